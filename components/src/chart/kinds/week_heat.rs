//! The week by the hour: the mean of all hours that fall on the same weekday and time of day.

use super::{
    super::{
        Align, Area, Chart, Ink, Mark, Readout, ReadoutRow, Scene, Size, Source, Unfit,
        columns::{groups, measure, number},
        numbers::Numbers,
        scene::{FONT_PX, Hits, LABEL_PX},
        step_scale::StepScale,
        text_width_px,
        time_axis::weekday_name,
        value_ticks::{BESIDE_PX, label},
    },
    cell_grid::{CellGrid, inks, row_names_px},
};
use crate::words;
use model::{board::ComponentKind, formatting::Locale, time::Grain};

const DAYS: usize = 7;
const HOURS: usize = 24;
const HOUR_MS: i64 = 3_600_000;
/// Lower than this the hours have no names.
const NAMES_FROM_PX: f64 = 84.0;

/// All hours of one weekday and time of day.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
struct Hour {
    sum: f64,
    count: u32,
}

impl Hour {
    fn mean(self) -> Option<f64> {
        (self.count > 0).then(|| self.sum / f64::from(self.count))
    }
}

/// A week of hours.
#[derive(Debug, Clone, PartialEq)]
pub struct WeekHeatSpec {
    measure: String,
    numbers: Numbers,
    scale: StepScale,
    /// The hour at which the organisation's day begins: the first column.
    first_hour: usize,
    /// Monday first, day by day.
    hours: Vec<Hour>,
    is_empty: bool,
}

impl WeekHeatSpec {
    /// Reads the first measure by time, in steps of an hour or less. Days are those of the organisation: one that begins at
    /// 02:00 has the hours before it in the row of the day before.
    pub fn read(source: &Source) -> Result<Self, Unfit> {
        let measure = measure(source)?;
        let groups = groups(source);
        let [time] = groups.as_slice() else { return Err(Unfit::Shape) };
        let has_hours = match source.grain {
            Grain::Minute | Grain::Hour => true,
            Grain::Day | Grain::Week | Grain::Month => false,
        };
        if !time.is_time || !has_hours {
            return Err(Unfit::Shape);
        }
        let calendar = source.reading.calendar;
        let mut hours = vec![Hour::default(); DAYS * HOURS];
        for row in 0..source.frame.rows.len() {
            let (Some(step), Some(value)) = (time.step(source, row), number(source, row, measure.column)) else {
                continue;
            };
            let since = (step.millis() + calendar.shift_ms()).rem_euclid(HOURS as i64 * HOUR_MS);
            let place = usize::from(calendar.day_of(step).weekday()) * HOURS + (since / HOUR_MS) as usize;
            if let Some(hour) = hours.get_mut(place) {
                hour.sum += value;
                hour.count += 1;
            }
        }
        let means: Vec<f64> = hours.iter().filter_map(|hour| hour.mean()).collect();
        if means.is_empty() && !source.frame.rows.is_empty() {
            return Err(Unfit::AllUndefined);
        }
        Ok(Self {
            numbers: Numbers::of(means.iter().copied(), measure.unit, source.look, source.reading.locale),
            scale: StepScale::fitting(means.iter().copied(), measure.unit),
            first_hour: usize::from(calendar.day_starts_at_minute / 60),
            is_empty: means.is_empty(),
            measure: measure.name,
            hours,
        })
    }

    fn locale(&self) -> Locale {
        self.numbers.locale
    }

    fn clock(&self, column: usize) -> usize {
        (self.first_hour + column) % HOURS
    }

    /// The numbers as the cells have them, with as many decimals as all of them have room for.
    fn decimals(&self, grid: CellGrid) -> Option<usize> {
        let fits = |most: &usize| {
            let means = self.hours.iter().filter_map(|hour| hour.mean());
            let texts: Vec<String> = means.map(|mean| self.numbers.figure(mean, *most)).collect();
            grid.have_room(texts.iter().map(String::as_str))
        };
        if grid.have_room(["0"]) { (0..=2).rev().find(fits) } else { None }
    }

    fn draw_hours(&self, marks: &mut Vec<Mark>, grid: CellGrid) {
        let widest = text_width_px("23", FONT_PX);
        let every =
            [1, 2, 3, 6, 12, 24].into_iter().find(|every| grid.column_px() * *every as f64 >= widest + BESIDE_PX);
        for column in (0..HOURS).step_by(every.unwrap_or(HOURS)) {
            let text = self.clock(column).to_string();
            let (x, half) =
                (grid.plot.x + grid.column_px() * (column as f64 + 0.5), text_width_px(&text, FONT_PX) / 2.0);
            if x - half >= 0.0 && x + half <= grid.plot.right() {
                marks.push(label(x, grid.plot.bottom() + LABEL_PX * 0.75, text, Ink::Muted, Align::Middle));
            }
        }
    }
}

impl Chart for WeekHeatSpec {
    fn scene(&self, size: Size) -> Scene {
        if self.is_empty {
            return Scene::empty(size);
        }
        let head = self.scale.legend_px(size, self.locale());
        let foot = if size.h >= NAMES_FROM_PX { LABEL_PX * 1.5 } else { 0.0 };
        let names: Vec<String> = (0..DAYS as u8).map(|day| weekday_name(day, self.locale())).collect();
        let left = row_names_px(names.iter().map(String::as_str), size);
        let plot = Area { x: left, y: head, w: (size.w - left).max(1.0), h: (size.h - head - foot).max(1.0) };
        let grid = CellGrid { plot, rows: DAYS, columns: HOURS };
        let decimals = self.decimals(grid);

        let mut marks = Vec::new();
        if head > 0.0 {
            self.scale.draw_legend(&mut marks, size.w, self.locale());
        }
        if left > 0.0 {
            grid.draw_row_names(&mut marks, &names, Ink::Text);
        }
        let places: Vec<Area> = (0..self.hours.len()).map(|index| grid.place(index / HOURS, index % HOURS)).collect();
        for (hour, place) in self.hours.iter().zip(&places) {
            let (ink, on) = inks(&self.scale, hour.mean());
            grid.fill(&mut marks, *place, ink);
            if let (Some(mean), Some(decimals)) = (hour.mean(), decimals) {
                CellGrid::write(&mut marks, *place, self.numbers.figure(mean, decimals), on);
            }
        }
        if foot > 0.0 {
            self.draw_hours(&mut marks, grid);
        }
        Scene { size, marks, hits: Hits::Marks(places) }
    }

    fn readout(&self, hit: usize) -> Readout {
        let Some(hour) = self.hours.get(hit) else {
            return Readout::default();
        };
        let weekday = weekday_name((hit / HOURS) as u8, self.locale());
        let from = self.clock(hit % HOURS);
        let mean = words::MEAN.in_locale(self.locale());
        let row = |name: String, value: String| ReadoutRow { colour: None, name, value };
        Readout {
            heading: format!("{weekday} {from:02}:00–{:02}:00", (from + 1) % HOURS),
            rows: vec![
                row(format!("{} · {mean}", self.measure), self.numbers.exact_or_dash(hour.mean())),
                row(words::HOURS_COUNTED.in_locale(self.locale()).to_owned(), hour.count.to_string()),
            ],
            note: None,
        }
    }

    fn summary(&self) -> String {
        let means = self.hours.iter().enumerate().filter_map(|(index, hour)| Some((index, hour.mean()?)));
        let most = means.max_by(|(_, one), (_, other)| one.total_cmp(other));
        let most = most.map(|(index, mean)| (self.readout(index).heading, self.numbers.short(mean)));
        let most = most.as_ref().map(|(name, value)| (name.as_str(), value.clone()));
        words::cells_summary(ComponentKind::WeekHeat, &self.measure, (DAYS, HOURS), most, self.locale())
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::*;
    use super::*;
    use model::{
        frame::{Cell, Frame},
        metric::Unit,
        time::{Calendar, Timestamp},
    };
    use proptest::prelude::*;

    fn by_hour(values: &[Option<f64>]) -> Frame {
        let mut moment = Timestamp::parse("2026-11-16T00:00:00+08:00").unwrap();
        let mut rows = Vec::new();
        for value in values {
            rows.push(vec![text(&moment.to_rfc3339(480).unwrap()), value.map_or(Cell::Null, Cell::Number)]);
            moment = Calendar::CHINA.next(moment, Grain::Hour);
        }
        frame(vec![time(), metric("content.plays", Unit::Count)], rows)
    }

    fn read(source: &Source) -> Result<WeekHeatSpec, Unfit> {
        WeekHeatSpec::read(&Source { grain: Grain::Hour, ..*source })
    }

    #[test]
    fn hours_of_the_same_weekday_are_one() {
        let values: Vec<Option<f64>> = (0..24 * 14).map(|hour| Some(f64::from(hour / 24 * 10 + hour % 24))).collect();
        let frame = by_hour(&values);
        let chart = read(&source(&frame)).unwrap();
        insta::assert_snapshot!(drawn(&chart, 320.0, 180.0));
        assert_eq!(chart.readout(20).spoken(), "周一 20:00–21:00, content.plays · 平均 55, 计入小时数 2");
        assert_eq!(chart.summary(), "时段热力图：content.plays，7 行 × 24 列，最高 周日 23:00–00:00 118");
    }

    #[test]
    fn a_day_that_begins_at_two_keeps_its_night() {
        let frame = by_hour(&[Some(5.0)]);
        let mut source = source(&frame);
        source.reading.calendar.day_starts_at_minute = 120;
        let chart = read(&source).unwrap();
        // Monday's midnight belongs to Sunday, as its last hour but one.
        assert_eq!(chart.hours[6 * 24 + 22].count, 1);
        assert!(chart.readout(6 * 24 + 22).heading.starts_with("周日 00:00"));
    }

    #[test]
    fn days_and_dimensions_are_no_hours() {
        let frame = by_hour(&[Some(5.0)]);
        assert_eq!(WeekHeatSpec::read(&source(&frame)), Err(Unfit::Shape));
        for (_, frame) in hard_by_one() {
            assert!(read(&source(&frame)).is_err());
        }
        assert_eq!(read(&source(&by_hour(&[None]))), Err(Unfit::AllUndefined));
    }

    proptest! {
        #[test]
        fn every_number_counts_once(
            values in prop::collection::vec(prop::option::weighted(0.9, -1e3_f64..1e9), 1..400),
            w in 20.0_f64..900.0,
            h in 12.0_f64..500.0,
        ) {
            prop_assume!(values.iter().any(Option::is_some));
            let frame = by_hour(&values);
            let chart = read(&source(&frame)).unwrap();
            let counted: u32 = chart.hours.iter().map(|hour| hour.count).sum();
            prop_assert_eq!(counted as usize, values.iter().flatten().count());
            let scene = assert_sound(&chart, Size { w, h });
            prop_assert_eq!(scene.hit_count(), 168);
        }
    }
}
