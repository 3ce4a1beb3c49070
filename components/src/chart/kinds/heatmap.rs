//! Heatmaps: a number by two things, as the colour of a cell. Time runs from left to right.

use super::{
    super::{
        Align, Area, Chart, Ink, Mark, Readout, ReadoutRow, Scene, Size, Source, Unfit,
        category_axis::CategoryAxis,
        columns::{Heading, Matrix, MatrixCell, Measure, groups, matrix},
        numbers::Numbers,
        scene::{FONT_PX, Hits, LABEL_PX},
        step_scale::StepScale,
        text_width_px,
        time_axis::time_ticks,
        value_ticks::label,
    },
    cell_grid::{CellGrid, inks, row_names_px},
};
use crate::words;
use model::{
    board::ComponentKind,
    formatting::Locale,
    time::{Calendar, Grain, Timestamp},
};

/// Values of dimensions that are drawn at the most, beneath each other and beside each other.
const MOST_ROWS: usize = 40;
const MOST_COLUMNS: usize = 36;
/// Cells that are drawn at the most; more steps than that share cells.
const MOST_CELLS: usize = 1_400;
/// The narrowest cell that is still seen.
const LEAST_CELL_PX: f64 = 2.0;
/// Lower than this the columns have no names.
const NAMES_FROM_PX: f64 = 84.0;

/// A heatmap.
#[derive(Debug, Clone, PartialEq)]
pub struct HeatmapSpec {
    measure: Measure,
    numbers: Numbers,
    scale: StepScale,
    calendar: Calendar,
    grain: Grain,
    rows: Vec<Heading>,
    columns: Vec<Heading>,
    /// The start of each column, where columns are steps of time.
    steps: Option<Vec<Timestamp>>,
    /// Row by row; `None` where the frame has no such row.
    cells: Vec<Option<MatrixCell>>,
    /// How many rows and columns more there are than are drawn.
    left_out: usize,
}

impl HeatmapSpec {
    /// Reads the first measure by the first two groups: rows are the values of the first and columns those of the second,
    /// but time always runs along the columns.
    pub fn read(source: &Source) -> Result<Self, Unfit> {
        let matrix = matrix(source)?;
        let is_time: Vec<bool> = groups(source).iter().take(2).map(|group| group.is_time).collect();
        let is_turned = is_time == [true, false];
        let has_steps = is_time.contains(&true);
        if matrix.values().next().is_none() && !source.frame.rows.is_empty() {
            return Err(Unfit::AllUndefined);
        }
        let Matrix { measure, first, second, .. } = &matrix;
        let (rows, columns) = if is_turned { (second, first) } else { (first, second) };
        let shown_rows = rows.len().min(MOST_ROWS);
        let shown_columns = if has_steps { columns.len() } else { columns.len().min(MOST_COLUMNS) };
        let cell =
            |row: usize, column: usize| if is_turned { matrix.cell(column, row) } else { matrix.cell(row, column) };
        let cells: Vec<Option<MatrixCell>> =
            (0..shown_rows).flat_map(|row| (0..shown_columns).map(move |column| cell(row, column))).collect();
        let columns_shown = columns.get(..shown_columns).unwrap_or_default();
        let start = |heading: &Heading| heading.key.as_deref().and_then(|text| Timestamp::parse(text).ok());
        let values = || cells.iter().flatten().filter_map(|cell| cell.value);
        Ok(Self {
            numbers: Numbers::of(values(), measure.unit, source.look, source.reading.locale),
            scale: StepScale::fitting(values(), measure.unit),
            calendar: source.reading.calendar,
            grain: source.grain,
            rows: rows.get(..shown_rows).unwrap_or_default().to_vec(),
            columns: columns_shown.to_vec(),
            steps: if has_steps { columns_shown.iter().map(start).collect() } else { None },
            left_out: rows.len() - shown_rows + columns.len() - shown_columns,
            measure: measure.clone(),
            cells,
        })
    }

    fn locale(&self) -> Locale {
        self.numbers.locale
    }

    fn cell(&self, row: usize, column: usize) -> Option<MatrixCell> {
        self.cells.get(row * self.columns.len() + column).copied().flatten()
    }

    /// The mean of the known numbers of several columns of a row.
    fn mean(&self, row: usize, from: usize, to: usize) -> Option<f64> {
        let known = (from..to).filter_map(|column| self.cell(row, column)?.value);
        let (sum, count) = known.fold((0.0, 0.0), |(sum, count), value| (sum + value, count + 1.0));
        (count > 0.0).then(|| sum / count)
    }

    fn draw_cells(&self, marks: &mut Vec<Mark>, grid: CellGrid) {
        let many = (grid.rows * grid.columns).div_ceil(MOST_CELLS);
        let narrow = (LEAST_CELL_PX / grid.column_px()).ceil() as usize;
        let each = if self.steps.is_some() { many.max(narrow).max(1) } else { 1 };
        let text = if each == 1 { self.texts(grid) } else { None };
        let mut small = Vec::new();
        for row in 0..grid.rows {
            let inked = |from: usize| {
                let to = (from + each).min(grid.columns);
                let (ink, on) = inks(&self.scale, self.mean(row, from, to));
                (from, to, ink, on)
            };
            let drawn: Vec<_> = (0..grid.columns).step_by(each).map(inked).collect();
            // Cells without gaps that are alike are one.
            let is_one =
                |one: &(usize, usize, Ink, Ink), other: &(usize, usize, Ink, Ink)| !grid.has_gaps() && one.2 == other.2;
            for run in drawn.chunk_by(is_one) {
                if let (Some((from, _, ink, _)), Some((_, to, _, _))) = (run.first(), run.last()) {
                    // The frame of an empty cell would fill it where it is small.
                    if *ink != Ink::NoValue || grid.has_gaps() {
                        grid.fill(marks, grid.span(row, *from, *to), *ink);
                    }
                }
            }
            let is_small = |column: &usize| self.cell(row, *column).is_some_and(|cell| cell.minimum_missed.is_some());
            small.extend((0..grid.columns).filter(is_small).map(|column| grid.place(row, column)));
        }
        grid.hatch_all(marks, &small);
        for (index, text) in text.into_iter().flatten().enumerate() {
            let (row, column) = (index / grid.columns, index % grid.columns);
            if let Some(text) = text {
                let (_, on) = inks(&self.scale, self.mean(row, column, column + 1));
                CellGrid::write(marks, grid.place(row, column), text, on);
            }
        }
    }

    /// The numbers as the cells have them, with as many decimals as all of them have room for; none where they have not.
    fn texts(&self, grid: CellGrid) -> Option<Vec<Option<String>>> {
        // A number is wider than its height: no need to write them all to see that they have no room.
        if !grid.have_room(["0"]) {
            return None;
        }
        (0..=2).rev().find_map(|most| {
            let text = |cell: &Option<MatrixCell>| Some(self.numbers.figure((*cell)?.value?, most));
            let texts: Vec<Option<String>> = self.cells.iter().map(text).collect();
            grid.have_room(texts.iter().flatten().map(String::as_str)).then_some(texts)
        })
    }

    fn draw_column_names(&self, marks: &mut Vec<Mark>, grid: CellGrid, axis: CategoryAxis) {
        let middle = |column: usize| grid.plot.x + grid.column_px() * (column as f64 + 0.5);
        // Nothing else stands beside the names.
        let ends = (0.0, grid.plot.right());
        let Some(steps) = &self.steps else {
            let named = self.columns.iter().enumerate();
            let places: Vec<(f64, &str)> =
                named.map(|(column, heading)| (middle(column), heading.name.as_str())).collect();
            return axis.draw(marks, &places, grid.plot.bottom(), ends);
        };
        let places: Vec<(Timestamp, f64)> =
            steps.iter().enumerate().map(|(column, step)| (*step, middle(column))).collect();
        for tick in time_ticks(&places, self.grain, self.calendar, self.locale(), ends) {
            if text_width_px(&tick.text, FONT_PX) <= grid.plot.w {
                marks.push(label(tick.x, grid.plot.bottom() + LABEL_PX * 0.75, tick.text, Ink::Muted, Align::Middle));
            }
        }
    }

    fn draw_head(&self, marks: &mut Vec<Mark>, size: Size) {
        self.scale.draw_legend(marks, size.w, self.locale());
        let text = words::more_items(self.left_out, self.locale());
        let room = size.w - self.scale.legend_width_px(self.locale()) - LABEL_PX;
        if self.left_out > 0 && text_width_px(&text, FONT_PX) <= room {
            marks.push(label(0.0, LABEL_PX / 2.0, text, Ink::Muted, Align::Start));
        }
    }
}

impl Chart for HeatmapSpec {
    fn scene(&self, size: Size) -> Scene {
        if self.cells.is_empty() {
            return Scene::empty(size);
        }
        let head = self.scale.legend_px(size, self.locale());
        let left = row_names_px(self.rows.iter().map(|row| row.name.as_str()), size);
        let names: Vec<&str> = self.columns.iter().map(|column| column.name.as_str()).collect();
        let w = (size.w - left).max(1.0);
        let axis = CategoryAxis::fitting(&names, w / names.len() as f64);
        let is_named = size.h >= NAMES_FROM_PX;
        let foot = match (is_named, self.steps.is_some()) {
            (false, _) => 0.0,
            (true, true) => LABEL_PX * 1.5,
            (true, false) => axis.height_px(),
        };
        let plot = Area { x: left, y: head, w, h: (size.h - head - foot).max(1.0) };
        let grid = CellGrid { plot, rows: self.rows.len(), columns: self.columns.len() };

        let mut marks = Vec::new();
        if head > 0.0 {
            self.draw_head(&mut marks, size);
        }
        let names: Vec<String> = self.rows.iter().map(|row| row.name.clone()).collect();
        grid.draw_row_names(&mut marks, &names, Ink::Text);
        self.draw_cells(&mut marks, grid);
        if is_named {
            self.draw_column_names(&mut marks, grid, axis);
        }
        let place = |index: usize| grid.place(index / grid.columns, index % grid.columns);
        Scene { size, marks, hits: Hits::Marks((0..self.cells.len()).map(place).collect()) }
    }

    fn readout(&self, hit: usize) -> Readout {
        let columns = self.columns.len().max(1);
        let (Some(row), Some(column)) = (self.rows.get(hit / columns), self.columns.get(hit % columns)) else {
            return Readout::default();
        };
        let cell = self.cell(hit / columns, hit % columns);
        let value = self.numbers.exact_or_dash(cell.and_then(|cell| cell.value));
        let is_small = cell.is_some_and(|cell| cell.minimum_missed.is_some());
        Readout {
            heading: format!("{} · {}", row.full_name, column.full_name),
            rows: vec![ReadoutRow { colour: None, name: self.measure.name.clone(), value }],
            note: is_small.then(|| words::SMALL_SAMPLE.in_locale(self.locale())),
        }
    }

    fn summary(&self) -> String {
        let known = self.cells.iter().enumerate().filter_map(|(index, cell)| Some((index, (*cell)?.value?)));
        let most = known.max_by(|(_, one), (_, other)| one.total_cmp(other));
        let most = most.map(|(index, value)| (self.readout(index).heading, self.numbers.short(value)));
        let most = most.as_ref().map(|(name, value)| (name.as_str(), value.clone()));
        let counts = (self.rows.len(), self.columns.len());
        words::cells_summary(ComponentKind::Heatmap, &self.measure.name, counts, most, self.locale())
    }

    fn row(&self, hit: usize) -> Option<usize> {
        self.cells.get(hit).copied().flatten().map(|cell| cell.row)
    }
}

#[cfg(test)]
mod tests {
    use super::super::{matrix_frames::*, tests::*};
    use super::*;
    use proptest::prelude::*;

    fn genres_by_hour() -> model::frame::Frame {
        let cells = [
            ("电视剧", "18", Some(420.0)),
            ("电视剧", "20", Some(1_310.0)),
            ("电视剧", "22", Some(870.0)),
            ("新闻", "18", Some(950.0)),
            ("新闻", "20", Some(380.0)),
            ("少儿", "18", Some(610.0)),
            ("少儿", "20", None),
        ];
        by_two("genre", "hour", &cells)
    }

    #[test]
    fn numbers_stand_in_cells_and_what_is_not_known_is_empty() {
        let mut frame = genres_by_hour();
        frame.columns[2].small = Some(model::frame::SmallSamples { minimum: 30, rows: vec![2] });
        let chart = HeatmapSpec::read(&source(&frame)).unwrap();
        insta::assert_snapshot!(drawn(&chart, 420.0, 180.0));
        assert_eq!(chart.readout(1).spoken(), "电视剧 · 20, content.plays 1,310");
        assert_eq!(chart.readout(2).note, Some("样本少"));
        assert_eq!(chart.readout(7).spoken(), "少儿 · 20, content.plays —");
        assert_eq!((chart.row(2), chart.row(5)), (Some(2), None));
        assert_eq!(chart.summary(), "热力矩阵：content.plays，3 行 × 3 列，最高 电视剧 · 20 1,310");
    }

    #[test]
    fn a_day_of_minutes_is_drawn_in_few_marks_and_read_minute_by_minute() {
        let frame = by_minute(12, 1_440);
        let source = Source { grain: Grain::Minute, ..source(&frame) };
        let chart = HeatmapSpec::read(&source).unwrap();
        let scene = assert_sound(&chart, Size { w: 900.0, h: 320.0 });
        assert!(scene.marks.len() <= 1_500, "{}", scene.marks.len());
        assert_eq!(scene.hit_count(), 12 * 1_440);
    }

    #[test]
    fn hard_frames_are_borne() {
        assert_bears_hard_frames(hard_by_two(), HeatmapSpec::read);
    }

    proptest! {
        #[test]
        fn a_larger_number_has_no_lighter_cell(values in prop::collection::vec(0.0_f64..1e6, 2..30)) {
            let scale = StepScale::fitting(values.iter().copied(), model::metric::Unit::Count);
            for one in &values {
                for other in values.iter().filter(|other| *other >= one) {
                    prop_assert!(scale.step(*other) >= scale.step(*one));
                }
            }
        }

        #[test]
        fn labels_stand_apart(rows in 1_usize..20, columns in 1_usize..40, w in 20.0_f64..900.0, h in 12.0_f64..500.0) {
            let frame = by_minute(rows, columns);
            let source = Source { grain: Grain::Minute, ..source(&frame) };
            assert_sound(&HeatmapSpec::read(&source).unwrap(), Size { w, h });
        }
    }
}
