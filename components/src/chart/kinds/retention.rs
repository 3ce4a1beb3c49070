//! Retention triangles: who came back on which day after the first, a row for each day of first use.

use super::{
    super::{
        Align, Area, Chart, Ink, Mark, Point, Readout, ReadoutRow, Scene, Size, Source, Unfit, Weight,
        columns::{Heading, MatrixCell, Measure, groups, matrix, measures, number},
        numbers::Numbers,
        scene::{FONT_PX, Hits, LABEL_PX},
        step_scale::StepScale,
        text_width_px,
        value_ticks::{BESIDE_PX, label},
    },
    cell_grid::{CellGrid, inks, row_names_px},
};
use crate::words;
use model::formatting::Locale;

/// Days after the first that are drawn at the most, and cells: of more days of first use the newest are kept.
const MOST_DAYS: usize = 40;
const MOST_COHORTS: usize = 60;
const MOST_CELLS: usize = 1_200;
const MOST_ROW_PX: f64 = 32.0;
/// Between the mean and the rows that it is of.
const UNDER_MEAN_PX: f64 = 6.0;
/// Narrower than this it is not said how many each cohort has.
const SIZES_FROM_PX: f64 = 240.0;
/// Lower than this the columns have no names.
const NAMES_FROM_PX: f64 = 84.0;

/// Those who came first on one day.
#[derive(Debug, Clone, PartialEq)]
struct Cohort {
    heading: Heading,
    /// How many they are, where a second measure says so.
    size: Option<f64>,
    /// One for each day; `None` where the frame has no such row.
    cells: Vec<Option<MatrixCell>>,
}

impl Cohort {
    fn value(&self, day: usize) -> Option<f64> {
        self.cells.get(day).copied().flatten().and_then(|cell| cell.value)
    }

    /// Whether that day has not come yet: nothing is known of it nor of any later day.
    fn is_ahead(&self, day: usize) -> bool {
        (day..self.cells.len()).all(|day| self.value(day).is_none())
    }
}

/// A retention triangle.
#[derive(Debug, Clone, PartialEq)]
pub struct RetentionSpec {
    measure: Measure,
    numbers: Numbers,
    /// What the sizes of cohorts are called, and how they are written.
    sizes: Option<(String, Numbers)>,
    scale: StepScale,
    cohorts: Vec<Cohort>,
    days: Vec<Heading>,
    means: Vec<Option<f64>>,
}

impl RetentionSpec {
    /// Reads the first measure, percent, by the day of first use and the number of days since: time and a dimension whose
    /// values are numbers. A second measure is how many there were at first.
    pub fn read(source: &Source) -> Result<Self, Unfit> {
        let matrix = matrix(source)?;
        if matrix.values().next().is_none() && !source.frame.rows.is_empty() {
            return Err(Unfit::AllUndefined);
        }
        let is_turned = matches!(groups(source).as_slice(), [first, second, ..] if second.is_time && !first.is_time);
        let (firsts, seconds) =
            if is_turned { (&matrix.second, &matrix.first) } else { (&matrix.first, &matrix.second) };
        let mut days: Vec<usize> = (0..seconds.len()).collect();
        let day_number = |index: &usize| {
            let key = seconds.get(*index).and_then(|heading| heading.key.as_deref());
            key.and_then(|key| key.parse::<u32>().ok()).unwrap_or(u32::MAX)
        };
        days.sort_by_key(day_number);
        days.truncate(MOST_DAYS);
        let most_cohorts = MOST_COHORTS.min(MOST_CELLS / days.len().max(1));
        let size_column = measures(source).get(1).cloned();
        let cohort = |(index, heading): (usize, &Heading)| {
            let at = |day: &usize| if is_turned { (*day, index) } else { (index, *day) };
            let cells: Vec<Option<MatrixCell>> =
                days.iter().map(at).map(|(first, second)| matrix.cell(first, second)).collect();
            let size_of = |cell: &MatrixCell| number(source, cell.row, size_column.as_ref()?.column);
            let size = cells.iter().flatten().filter_map(size_of).reduce(f64::max);
            Cohort { heading: heading.clone(), size, cells }
        };
        let newest = firsts.len().saturating_sub(most_cohorts);
        let cohorts: Vec<Cohort> = firsts.iter().enumerate().skip(newest).map(cohort).collect();
        let known = |from: usize| {
            let cohorts = cohorts.iter();
            cohorts.flat_map(move |cohort| cohort.cells.iter().skip(from).flatten().filter_map(|cell| cell.value))
        };
        // On the first day all are there: were it on the scale, the others would hardly differ.
        let scaled = usize::from(days.first().map(day_number) == Some(0) && known(1).next().is_some());
        let locale = source.reading.locale;
        let sizes = || cohorts.iter().filter_map(|cohort| cohort.size);
        Ok(Self {
            numbers: Numbers::of(known(0), matrix.measure.unit, source.look, locale),
            sizes: size_column.map(|measure| (measure.name, Numbers::of(sizes(), measure.unit, source.look, locale))),
            scale: StepScale::fitting(known(scaled), matrix.measure.unit),
            means: (0..days.len()).map(|day| mean(&cohorts, day)).collect(),
            days: days.iter().filter_map(|day| seconds.get(*day)).cloned().collect(),
            measure: matrix.measure.clone(),
            cohorts,
        })
    }

    fn locale(&self) -> Locale {
        self.numbers.locale
    }

    fn size_text(&self, cohort: &Cohort) -> Option<String> {
        let (_, numbers) = self.sizes.as_ref()?;
        cohort.size.map(|size| numbers.figure(size, 2))
    }

    /// The numbers as the cells have them, with as many decimals as all of them have room for.
    fn decimals(&self, grid: CellGrid) -> Option<usize> {
        let values = || {
            let cells = self.cohorts.iter().flat_map(|cohort| cohort.cells.iter().flatten());
            cells.filter_map(|cell| cell.value).chain(self.means.iter().flatten().copied())
        };
        let fits = |most: &usize| {
            let texts: Vec<String> = values().map(|value| self.numbers.figure(value, *most)).collect();
            grid.have_room(texts.iter().map(String::as_str))
        };
        if grid.have_room(["0"]) { (0..=1).rev().find(fits) } else { None }
    }

    fn draw_cell(
        &self,
        marks: &mut Vec<Mark>,
        grid: CellGrid,
        place: Area,
        value: Option<f64>,
        decimals: Option<usize>,
    ) {
        let (ink, on) = inks(&self.scale, value);
        grid.fill(marks, place, ink);
        if let (Some(value), Some(decimals)) = (value, decimals) {
            CellGrid::write(marks, place, self.numbers.figure(value, decimals), on);
        }
    }

    /// Over the columns: the number of each day, as far as they stand apart.
    fn draw_days(&self, marks: &mut Vec<Mark>, grid: CellGrid, middle: f64) {
        let mut free = grid.plot.x;
        if grid.plot.x > 0.0 {
            let text = words::DAY.in_locale(self.locale());
            if text_width_px(text, FONT_PX) <= grid.plot.x - BESIDE_PX {
                marks.push(label(grid.plot.x - BESIDE_PX, middle, text.to_owned(), Ink::Muted, Align::End));
            }
        }
        for (day, heading) in self.days.iter().enumerate() {
            let text = heading.key.clone().unwrap_or_else(|| heading.name.clone());
            let (x, half) = (grid.plot.x + grid.column_px() * (day as f64 + 0.5), text_width_px(&text, FONT_PX) / 2.0);
            if x - half >= free && x + half <= grid.plot.right() {
                marks.push(label(x, middle, text, Ink::Muted, Align::Middle));
                free = x + half + BESIDE_PX;
            }
        }
    }

    /// To the left of the rows: the day, and how many they were.
    fn draw_names(&self, marks: &mut Vec<Mark>, grid: CellGrid, size_w: f64) {
        let names: Vec<String> = self.cohorts.iter().map(|cohort| cohort.heading.name.clone()).collect();
        if size_w == 0.0 {
            return grid.draw_row_names(marks, &names, Ink::Text);
        }
        let beside = CellGrid { plot: Area { x: grid.plot.x - size_w, ..grid.plot }, ..grid };
        beside.draw_row_names(marks, &names, Ink::Text);
        let sizes: Vec<String> = self.cohorts.iter().map(|cohort| self.size_text(cohort).unwrap_or_default()).collect();
        grid.draw_row_names(marks, &sizes, Ink::Muted);
    }
}

/// The mean over all for whom that day has come, each cohort counted by its size where sizes are known.
fn mean(cohorts: &[Cohort], day: usize) -> Option<f64> {
    let known = cohorts.iter().filter_map(|cohort| Some((cohort.value(day)?, cohort.size)));
    let known: Vec<(f64, Option<f64>)> = known.collect();
    let has_sizes = known.iter().all(|(_, size)| size.is_some_and(|size| size > 0.0));
    let weight = |size: Option<f64>| if has_sizes { size.unwrap_or(1.0) } else { 1.0 };
    let whole: f64 = known.iter().map(|(_, size)| weight(*size)).sum();
    (whole > 0.0).then(|| known.iter().map(|(value, size)| value * weight(*size)).sum::<f64>() / whole)
}

impl Chart for RetentionSpec {
    fn scene(&self, size: Size) -> Scene {
        if self.cohorts.is_empty() || self.days.is_empty() {
            return Scene::empty(size);
        }
        let legend = self.scale.legend_px(size, self.locale());
        let head = legend + if size.h >= NAMES_FROM_PX { LABEL_PX + 4.0 } else { 0.0 };
        let names = self.cohorts.iter().map(|cohort| cohort.heading.name.as_str());
        let name_w = row_names_px(names.chain([words::MEAN.in_locale(self.locale())]), size);
        let texts: Vec<String> = self.cohorts.iter().filter_map(|cohort| self.size_text(cohort)).collect();
        let size_w = if size.w >= SIZES_FROM_PX { row_names_px(texts.iter().map(String::as_str), size) } else { 0.0 };
        let left = name_w + size_w;
        let room = (size.h - head - UNDER_MEAN_PX).max(1.0);
        let row_px = (room / (self.cohorts.len() + 1) as f64).min(MOST_ROW_PX);
        let w = (size.w - left).max(1.0);
        let mean_plot = Area { x: left, y: head, w, h: row_px };
        let mean_grid = CellGrid { plot: mean_plot, rows: 1, columns: self.days.len() };
        let y = (head + row_px + UNDER_MEAN_PX).min(size.h - 1.0);
        let plot = Area { x: left, y, w, h: (row_px * self.cohorts.len() as f64).min(size.h - y) };
        let grid = CellGrid { plot, rows: self.cohorts.len(), columns: self.days.len() };
        let decimals = self.decimals(grid);

        let mut marks = Vec::new();
        if legend > 0.0 {
            self.scale.draw_legend(&mut marks, size.w, self.locale());
        }
        if head > legend {
            self.draw_days(&mut marks, grid, legend + LABEL_PX / 2.0);
        }
        for (day, mean) in self.means.iter().enumerate() {
            self.draw_cell(&mut marks, mean_grid, mean_grid.place(0, day), *mean, decimals);
        }
        if name_w > 0.0 && row_px >= LABEL_PX {
            let at = Point { x: left - size_w - BESIDE_PX, y: mean_plot.centre().y };
            let text = words::MEAN.in_locale(self.locale()).to_owned();
            if text_width_px(&text, FONT_PX) <= at.x {
                marks.push(Mark::Label {
                    at,
                    text,
                    ink: Ink::Text,
                    align: Align::End,
                    weight: Weight::Strong,
                    px: FONT_PX,
                });
            }
        }
        for (row, cohort) in self.cohorts.iter().enumerate() {
            for day in (0..self.days.len()).take_while(|day| !cohort.is_ahead(*day)) {
                self.draw_cell(&mut marks, grid, grid.place(row, day), cohort.value(day), decimals);
            }
        }
        if name_w > 0.0 {
            self.draw_names(&mut marks, grid, size_w);
        }
        let means = (0..self.days.len()).map(|day| mean_grid.place(0, day));
        let places = (0..self.cohorts.len()).flat_map(|row| (0..self.days.len()).map(move |day| grid.place(row, day)));
        Scene { size, marks, hits: Hits::Marks(means.chain(places).collect()) }
    }

    fn readout(&self, hit: usize) -> Readout {
        let days = self.days.len().max(1);
        let (row, day) = (hit / days, hit % days);
        let Some(heading) = self.days.get(day) else {
            return Readout::default();
        };
        let number = |name: String, value: String| ReadoutRow { colour: None, name, value };
        let Some(row) = row.checked_sub(1) else {
            let value = self.numbers.exact_or_dash(self.means.get(day).copied().flatten());
            let mean = words::MEAN.in_locale(self.locale());
            let rows = vec![number(self.measure.name.clone(), value)];
            return Readout { heading: format!("{mean} · {}", self.day_name(heading)), rows, note: None };
        };
        let Some(cohort) = self.cohorts.get(row) else {
            return Readout::default();
        };
        let mut rows = vec![number(self.measure.name.clone(), self.numbers.exact_or_dash(cohort.value(day)))];
        if let (Some((name, numbers)), Some(size)) = (&self.sizes, cohort.size) {
            rows.push(number(name.clone(), numbers.exact(size)));
        }
        let is_small = cohort.cells.get(day).copied().flatten().is_some_and(|cell| cell.minimum_missed.is_some());
        let note = match (cohort.is_ahead(day), is_small) {
            (true, _) => Some(words::NOT_THERE_YET),
            (false, true) => Some(words::SMALL_SAMPLE),
            (false, false) => None,
        };
        let heading = format!("{} · {}", cohort.heading.full_name, self.day_name(heading));
        Readout { heading, rows, note: note.map(|note| note.in_locale(self.locale())) }
    }

    fn summary(&self) -> String {
        let last = self.means.iter().enumerate().rev().find_map(|(day, mean)| Some((day, (*mean)?)));
        let last = last.and_then(|(day, mean)| Some((self.day_name(self.days.get(day)?), self.numbers.short(mean))));
        words::retention_summary(&self.measure.name, self.cohorts.len(), last, self.locale())
    }

    fn row(&self, hit: usize) -> Option<usize> {
        let days = self.days.len().max(1);
        let cohort = self.cohorts.get((hit / days).checked_sub(1)?)?;
        cohort.cells.get(hit % days).copied().flatten().map(|cell| cell.row)
    }
}

impl RetentionSpec {
    /// A day as it is read alone: as the dimension writes it, or else with what the number is.
    fn day_name(&self, heading: &Heading) -> String {
        match &heading.key {
            Some(key) if *key == heading.full_name => words::day_number(key, self.locale()),
            Some(_) | None => heading.full_name.clone(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::{matrix_frames::*, tests::*};
    use super::*;
    use model::{frame::Frame, metric::Unit};
    use proptest::prelude::*;

    fn cohorts(count: usize, days: &[u32]) -> Frame {
        let mut rows = Vec::new();
        for cohort in 0..count {
            for day in days.iter().filter(|day| cohort + **day as usize <= count) {
                let kept = 100.0 / (1.0 + f64::from(*day) * 0.4) - if *day > 0 { cohort as f64 } else { 0.0 };
                let start = format!("2026-11-{:02}T00:00:00+08:00", cohort % 28 + 1);
                let size = model::frame::Cell::Integer(1_200 + 37 * cohort as i64);
                rows.push(vec![text(&start), text(&day.to_string()), model::frame::Cell::Number(kept), size]);
            }
        }
        let columns = vec![
            time(),
            dimension("day_number"),
            metric("iptv.retention_pct", Unit::Percent),
            metric("iptv.first_day", Unit::Users),
        ];
        frame(columns, rows)
    }

    #[test]
    fn a_triangle_with_its_mean() {
        let frame = cohorts(4, &[0, 1, 10, 2]);
        let chart = RetentionSpec::read(&source(&frame)).unwrap();
        insta::assert_snapshot!(drawn(&chart, 420.0, 200.0));
        let days: Vec<&str> = chart.days.iter().map(|day| day.key.as_deref().unwrap()).collect();
        assert_eq!(days, ["0", "1", "2"], "by number");
        assert_eq!(
            chart.readout(3).spoken(),
            "11月1日 周日 · 第 0 天, iptv.retention_pct 100%, iptv.first_day 1,200人"
        );
        assert_eq!(chart.readout(chart.scene(Size { w: 9.0, h: 9.0 }).hit_count() - 1).note, Some("数据尚未到达"));
        assert_eq!(chart.row(4), Some(1));
    }

    #[test]
    fn hard_frames_are_borne() {
        assert_bears_hard_frames(hard_by_two(), RetentionSpec::read);
    }

    proptest! {
        #[test]
        fn a_mean_lies_among_its_numbers(count in 1_usize..28, w in 20.0_f64..900.0, h in 12.0_f64..600.0) {
            let frame = cohorts(count, &[0, 1, 2, 3, 7, 14]);
            let chart = RetentionSpec::read(&source(&frame)).unwrap();
            for (day, mean) in chart.means.iter().enumerate() {
                let known = || chart.cohorts.iter().filter_map(|cohort| cohort.value(day));
                let (low, high) = (known().fold(f64::INFINITY, f64::min), known().fold(f64::NEG_INFINITY, f64::max));
                prop_assert!(mean.is_none_or(|mean| (low - 1e-9..=high + 1e-9).contains(&mean)));
            }
            assert_sound(&chart, Size { w, h });
        }
    }
}
