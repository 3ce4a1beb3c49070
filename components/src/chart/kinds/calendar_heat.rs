//! Calendars of days: weeks as columns and weekdays as rows, or as a wall calendar where there are few days.

use super::{
    super::{
        Align, Area, Chart, Ink, Mark, Point, Readout, ReadoutRow, Scene, Size, Source, Unfit,
        columns::{groups, measure, number},
        numbers::Numbers,
        scene::{FONT_PX, Hits, LABEL_PX},
        step_scale::StepScale,
        text_width_px,
        time_axis::{brief_step, month_label, weekday_name},
        time_plot::StepReading,
        value_ticks::{BESIDE_PX, label},
    },
    cell_grid::{CellGrid, inks},
};
use crate::words;
use model::{
    board::ComponentKind,
    formatting::Locale,
    time::{Calendar, Day, Grain, SpecialDay, Timestamp},
};
use std::collections::BTreeMap;

/// Days that are drawn at the most; of more the newest are kept.
const MOST_DAYS: i32 = 400;
/// Up to so many days are laid out as a wall calendar.
const WALL_DAYS: usize = 42;
const WEEK: usize = 7;
const MOST_CELL_PX: f64 = 26.0;
/// The dot of a day off: its radius, its centre from the corner, and the least cell that has one.
const DOT_PX: f64 = 1.75;
const DOT_INSET_PX: f64 = 4.5;
const DOT_FROM_PX: f64 = 9.0;
const MOST_WALL_ROW_PX: f64 = 64.0;
/// Years may be broken into so many bands.
const MOST_BANDS: usize = 6;
/// Over a band, for its months.
const MONTHS_PX: f64 = 18.0;
/// Smaller than this only the cells are drawn.
const NAMES_FROM: Size = Size { w: 120.0, h: 84.0 };

/// A day.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
struct OneDay {
    value: Option<f64>,
    row: Option<usize>,
    /// Whether its data is not there yet.
    is_missing: bool,
}

/// A calendar of days.
#[derive(Debug, Clone, PartialEq)]
pub struct CalendarHeatSpec {
    measure: String,
    numbers: Numbers,
    scale: StepScale,
    calendar: Calendar,
    first: Day,
    /// Every day from the first to the last.
    days: Vec<OneDay>,
    /// The day that is still filling.
    filling: Option<usize>,
    /// Whether days off are marked.
    marks_days_off: bool,
}

impl CalendarHeatSpec {
    /// Reads the first measure by time, in steps of a day.
    pub fn read(source: &Source) -> Result<Self, Unfit> {
        let measure = measure(source)?;
        let groups = groups(source);
        let [time] = groups.as_slice() else { return Err(Unfit::Shape) };
        if !time.is_time || source.grain != Grain::Day {
            return Err(Unfit::Shape);
        }
        let calendar = source.reading.calendar;
        let mut by_day: BTreeMap<Day, OneDay> = BTreeMap::new();
        let missing = source.frame.columns.get(measure.column).into_iter().flat_map(|column| &column.missing);
        for start in missing.filter_map(|start| Timestamp::parse(start).ok()) {
            by_day.insert(calendar.day_of(start), OneDay { is_missing: true, ..OneDay::default() });
        }
        for row in 0..source.frame.rows.len() {
            if let Some(step) = time.step(source, row) {
                let value = number(source, row, measure.column);
                by_day.insert(calendar.day_of(step), OneDay { value, row: Some(row), is_missing: false });
            }
        }
        let values = || by_day.values().filter_map(|day| day.value);
        if values().next().is_none() && !source.frame.rows.is_empty() {
            return Err(Unfit::AllUndefined);
        }
        let last = by_day.keys().next_back().copied().unwrap_or(Day(0));
        let first = by_day.keys().next().copied().unwrap_or(Day(1)).max(last.plus(1 - MOST_DAYS));
        let days: Vec<OneDay> =
            (first.0..=last.0).map(|day| by_day.get(&Day(day)).copied().unwrap_or_default()).collect();
        let is_filling = |day: Day| source.frame.as_of.is_some_and(|as_of| calendar.start_of(day.plus(1)) > as_of);
        let newest = (0..days.len()).rev().find(|index| days.get(*index).is_some_and(|day| day.row.is_some()));
        Ok(Self {
            numbers: Numbers::of(values(), measure.unit, source.look, source.reading.locale),
            scale: StepScale::fitting(values(), measure.unit),
            filling: newest.filter(|index| is_filling(first.plus(*index as i32))),
            measure: measure.name,
            calendar,
            first,
            days,
            marks_days_off: source.look.holidays,
        })
    }

    fn locale(&self) -> Locale {
        self.numbers.locale
    }

    fn reading(&self) -> StepReading {
        StepReading {
            grain: Grain::Day,
            calendar: self.calendar,
            locale: self.locale(),
            marks_days_off: self.marks_days_off,
        }
    }

    fn day(&self, index: usize) -> Day {
        self.first.plus(index as i32)
    }

    fn start(&self, index: usize) -> Timestamp {
        self.calendar.start_of(self.day(index))
    }

    /// In which week from the first, and on which day of it.
    fn week_and_weekday(&self, index: usize) -> (usize, usize) {
        let day = self.day(index);
        ((day.monday().0 - self.first.monday().0) as usize / WEEK, usize::from(day.weekday()))
    }

    fn weeks(&self) -> usize {
        self.days.len().checked_sub(1).map_or(0, |last| self.week_and_weekday(last).0 + 1)
    }

    /// A day's cell. A dot in its corner says that the day is off.
    fn draw_day(&self, marks: &mut Vec<Mark>, grid: CellGrid, place: Area, index: usize) -> Ink {
        let day = self.days.get(index).copied().unwrap_or_default();
        let (ink, on) = inks(&self.scale, day.value);
        grid.fill(marks, place, ink);
        let is_off = self.marks_days_off && matches!(self.day(index).special(), Some(SpecialDay::Off(_)));
        if is_off && place.w.min(place.h) >= DOT_FROM_PX {
            let centre = Point { x: place.right() - DOT_INSET_PX, y: place.y + DOT_INSET_PX };
            marks.push(Mark::Disc { centre, radius: DOT_PX, ink: on });
        }
        if day.is_missing {
            grid.hatch_all(marks, &[place]);
        }
        on
    }

    /// Weeks beneath each other, with the day of the month in each cell and its number where there is room.
    fn wall(&self, size: Size, head: f64) -> (Vec<Mark>, Vec<Area>) {
        let mut marks = Vec::new();
        let is_named = size.w >= NAMES_FROM.w && size.h >= NAMES_FROM.h;
        let top = head + if is_named { MONTHS_PX } else { 0.0 };
        let h = (size.h - top).max(1.0).min(MOST_WALL_ROW_PX * self.weeks() as f64);
        let grid = CellGrid { plot: Area { x: 0.0, y: top, w: size.w, h }, rows: self.weeks(), columns: WEEK };
        if is_named {
            for day in 0..WEEK {
                let x = grid.column_px() * (day as f64 + 0.5);
                let text = weekday_name(day as u8, self.locale());
                if text_width_px(&text, FONT_PX) <= grid.column_px() {
                    marks.push(label(x, head + LABEL_PX / 2.0, text, Ink::Muted, Align::Middle));
                }
            }
        }
        let figures: Vec<String> =
            self.days.iter().filter_map(|day| day.value).map(|value| self.numbers.figure(value, 2)).collect();
        let has_dates = grid.have_room(["30"]);
        let has_figures = grid.row_px() >= 2.0 * LABEL_PX + 4.0 && grid.have_room(figures.iter().map(String::as_str));
        let mut areas = Vec::new();
        for (index, day) in self.days.iter().enumerate() {
            let (week, weekday) = self.week_and_weekday(index);
            let place = grid.place(week, weekday);
            let on = self.draw_day(&mut marks, grid, place, index);
            areas.push(place);
            if !has_dates {
                continue;
            }
            let (_, _, date) = self.day(index).year_month_day();
            let full = brief_step(self.start(index), Grain::Day, self.calendar, self.locale());
            // The first day and every first of a month say the month too.
            let says_month = (index == 0 || date == 1) && grid.have_room([full.as_str()]);
            let date = if says_month { full } else { date.to_string() };
            match day.value.filter(|_| has_figures) {
                Some(value) => {
                    CellGrid::write(&mut marks, Area { h: LABEL_PX + 4.0, ..place }, date, on);
                    let lower = Area { y: place.y + LABEL_PX + 2.0, h: place.h - LABEL_PX - 2.0, ..place };
                    CellGrid::write(&mut marks, lower, self.numbers.figure(value, 2), on);
                }
                None => CellGrid::write(&mut marks, place, date, on),
            }
        }
        (marks, areas)
    }

    /// Weeks beside each other, in as many bands as give the largest cells.
    fn year(&self, size: Size, head: f64) -> (Vec<Mark>, Vec<Area>) {
        let mut marks = Vec::new();
        let is_named = size.w >= NAMES_FROM.w && size.h >= NAMES_FROM.h;
        let names: Vec<String> = (0..WEEK as u8).map(|day| weekday_name(day, self.locale())).collect();
        let names_w = names.iter().map(|name| text_width_px(name, FONT_PX)).fold(0.0, f64::max);
        let left = if is_named { names_w + BESIDE_PX } else { 0.0 };
        let months = if is_named { MONTHS_PX } else { 0.0 };
        let cell = |bands: usize| {
            let columns = self.weeks().div_ceil(bands) as f64;
            let h = (size.h - head) / bands as f64 - months;
            ((size.w - left) / columns).min(h / WEEK as f64).clamp(0.0, MOST_CELL_PX)
        };
        let larger = |one: &usize, other: &usize| cell(*one).total_cmp(&cell(*other)).then(other.cmp(one));
        let bands = (1..=MOST_BANDS).max_by(larger).unwrap_or(1);
        // Whole pixels where cells are not tiny, so that all are alike.
        let side = if cell(bands) >= 4.0 { cell(bands).floor() } else { cell(bands).max(0.1) };
        let columns = self.weeks().div_ceil(bands);
        let band_h = side * WEEK as f64 + months;
        let grid = |band: usize| CellGrid {
            plot: Area {
                x: left,
                y: head + months + band_h * band as f64,
                w: side * columns as f64,
                h: side * WEEK as f64,
            },
            rows: WEEK,
            columns,
        };
        let mut areas = Vec::new();
        let mut free = (0, 0.0);
        for index in 0..self.days.len() {
            let (week, weekday) = self.week_and_weekday(index);
            let (band, column) = (week / columns, week % columns);
            let place = grid(band).place(weekday, column);
            self.draw_day(&mut marks, grid(band), place, index);
            areas.push(place);
            // Months are named over the week in which they begin; the first day where it begins none.
            let (_, _, date) = self.day(index).year_month_day();
            if is_named && (date == 1 || index == 0) {
                let text = month_label(self.start(index), self.calendar, self.locale());
                let from = if free.0 == band { free.1 } else { left };
                let w = text_width_px(&text, FONT_PX);
                if place.x >= from && place.x + w <= size.w {
                    marks.push(label(place.x, grid(band).plot.y - LABEL_PX * 0.6, text, Ink::Muted, Align::Start));
                    free = (band, place.x + w + BESIDE_PX);
                }
            }
        }
        if is_named {
            for band in 0..self.weeks().div_ceil(columns) {
                grid(band).draw_row_names(&mut marks, &names, Ink::Muted);
            }
        }
        (marks, areas)
    }
}

impl Chart for CalendarHeatSpec {
    fn scene(&self, size: Size) -> Scene {
        if self.days.is_empty() {
            return Scene::empty(size);
        }
        let head = self.scale.legend_px(size, self.locale());
        let (mut marks, areas) =
            if self.days.len() <= WALL_DAYS { self.wall(size, head) } else { self.year(size, head) };
        if head > 0.0 {
            self.scale.draw_legend(&mut marks, size.w, self.locale());
        }
        Scene { size, marks, hits: Hits::Marks(areas) }
    }

    fn readout(&self, hit: usize) -> Readout {
        let Some(day) = self.days.get(hit) else {
            return Readout::default();
        };
        let note = match (day.is_missing, self.filling == Some(hit)) {
            (true, _) => Some(words::NOT_THERE_YET),
            (false, true) => Some(words::STILL_FILLING),
            (false, false) => None,
        };
        let value = self.numbers.exact_or_dash(day.value);
        Readout {
            heading: self.reading().heading(self.start(hit)),
            rows: vec![ReadoutRow { colour: None, name: self.measure.clone(), value }],
            note: note.map(|note| note.in_locale(self.locale())),
        }
    }

    fn summary(&self) -> String {
        let known = self.days.iter().enumerate().filter_map(|(index, day)| Some((index, day.value?)));
        let most = known.max_by(|(_, one), (_, other)| one.total_cmp(other));
        let most = most.map(|(index, value)| (self.readout(index).heading, self.numbers.short(value)));
        let most = most.as_ref().map(|(name, value)| (name.as_str(), value.clone()));
        words::items_summary(ComponentKind::CalendarHeat, &self.measure, self.days.len(), most, self.locale())
    }

    fn row(&self, hit: usize) -> Option<usize> {
        self.days.get(hit).and_then(|day| day.row)
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::*;
    use super::*;
    use model::{
        frame::{Cell, Frame},
        metric::Unit,
    };
    use proptest::prelude::*;

    fn by_day(from: &str, values: &[Option<f64>]) -> Frame {
        let first = Day::parse(from).unwrap();
        let row = |(index, value): (usize, &Option<f64>)| {
            let start = Calendar::CHINA.start_of(first.plus(index as i32)).to_rfc3339(480).unwrap();
            vec![text(&start), value.map_or(Cell::Null, Cell::Number)]
        };
        frame(vec![time(), metric("content.plays", Unit::Count)], values.iter().enumerate().map(row).collect())
    }

    #[test]
    fn few_days_are_a_wall_calendar() {
        let values: Vec<Option<f64>> = (0..24).map(|day| (day != 5).then(|| f64::from(day * 40))).collect();
        let mut frame = by_day("2026-10-29", &values);
        frame.columns[1].missing = vec!["2026-11-22T00:00:00+08:00".to_owned()];
        let chart = CalendarHeatSpec::read(&source(&frame)).unwrap();
        insta::assert_snapshot!(drawn(&chart, 360.0, 260.0));
        assert_eq!(chart.readout(5).spoken(), "11月3日 周二, content.plays —");
        assert_eq!(chart.readout(23).note, Some("统计中，尚不完整"));
        assert_eq!(chart.readout(24).note, Some("数据尚未到达"));
        assert_eq!((chart.row(23), chart.row(24)), (Some(23), None));
        assert_eq!(chart.summary(), "日历热力图：content.plays，25 项，最高 11月21日 周六 920");
    }

    #[test]
    fn days_off_have_a_dot_and_say_what_for() {
        let frame = by_day("2026-09-28", &[Some(3.0); 14]);
        let dots = |chart: &CalendarHeatSpec| {
            let scene = assert_sound(chart, Size { w: 360.0, h: 260.0 });
            scene.marks.iter().filter(|mark| matches!(mark, Mark::Disc { .. })).count()
        };
        let plain = CalendarHeatSpec::read(&source(&frame)).unwrap();
        assert_eq!((dots(&plain), plain.readout(3).heading.as_str()), (0, "10月1日 周四"));
        let look = serde_json::from_str(r#"{"holidays":true}"#).unwrap();
        let marked = CalendarHeatSpec::read(&source_with(&frame, &look)).unwrap();
        assert_eq!((dots(&marked), marked.readout(3).heading.as_str()), (7, "10月1日 周四 · 国庆"));
        assert_eq!(marked.readout(12).heading, "10月10日 周六 · 调休上班");
    }

    #[test]
    fn a_year_is_weeks_beside_each_other() {
        let values: Vec<Option<f64>> = (0..365).map(|day| Some(f64::from(day * 31 % 400))).collect();
        let frame = by_day("2025-11-22", &values);
        let chart = CalendarHeatSpec::read(&source(&frame)).unwrap();
        assert_eq!(chart.weeks(), 53);
        let scene = assert_sound(&chart, Size { w: 900.0, h: 170.0 });
        assert_eq!(scene.hit_count(), 365);
        let says =
            |wanted: &str| scene.marks.iter().any(|mark| matches!(mark, Mark::Label { text, .. } if text == wanted));
        assert!(says("2026年") && says("3月") && says("周一"));
    }

    #[test]
    fn hours_and_dimensions_are_no_days() {
        let frame = by_day("2026-11-01", &[Some(1.0)]);
        let hours = Source { grain: Grain::Hour, ..source(&frame) };
        assert_eq!(CalendarHeatSpec::read(&hours), Err(Unfit::Shape));
        for (_, frame) in hard_by_one() {
            assert!(CalendarHeatSpec::read(&source(&frame)).is_err());
        }
    }

    proptest! {
        #[test]
        fn every_day_has_its_place(
            values in prop::collection::vec(prop::option::weighted(0.9, -1e3_f64..1e9), 1..500),
            start in 0_i32..3_000,
            w in 20.0_f64..900.0,
            h in 12.0_f64..500.0,
        ) {
            prop_assume!(values.iter().any(Option::is_some));
            let (year, month, day) = Day(18_000 + start).year_month_day();
            let frame = by_day(&format!("{year}-{month:02}-{day:02}"), &values);
            let chart = CalendarHeatSpec::read(&source(&frame)).unwrap();
            let scene = assert_sound(&chart, Size { w, h });
            prop_assert_eq!(scene.hit_count(), values.len().min(MOST_DAYS as usize));
        }
    }
}
