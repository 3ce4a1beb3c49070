//! A pivot table: a row for each value of one thing, a column for each of another, and a number where they meet.

mod drawing;
mod view;

pub(super) use view::PivotTable;

use super::{
    Picked,
    sorting::{Sorting, compare},
    table::Heading,
};
use crate::{
    chart::{Matrix, MatrixHeading, Source, Unfit, matrix},
    words,
};
use model::{
    board::{Look, Tone},
    formatting::{Locale, column_decimals, column_number, exact_number},
    frame::{Cell, ColumnKind},
    metric::Unit,
};

/// How many steps the sequential scale has.
const STEPS: u8 = 7;

/// How a cell is shaded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Shade {
    Plain,
    /// From 1, the faintest, to [`STEPS`].
    Step(u8),
    Tone(Tone),
}

/// Where a row and a column meet.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct PivotCell {
    pub(crate) text: String,
    /// With its row, its column and all its figures.
    in_full: String,
    /// `None` where there is no number.
    value: Option<f64>,
    pub(crate) shade: Shade,
    pub(crate) is_small: bool,
}

#[derive(Debug, Clone, PartialEq)]
pub(crate) struct PivotRow {
    pub(crate) name: String,
    /// What it is sorted by: names as they are kept, moments as they follow each other.
    key: Cell,
    /// Where its name stands in the frame, where one can go on from there.
    place: Option<(usize, usize)>,
    pub(crate) cells: Vec<PivotCell>,
}

/// A frame as a pivot table. Shaded from its least to its largest number, or by the tones of the look.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Pivot {
    corner: String,
    unit: Unit,
    /// Names of the columns: as they stand over them, and in full.
    columns: Vec<(String, String)>,
    pub(crate) rows: Vec<PivotRow>,
    locale: Locale,
}

/// From the least to the largest number: the scale of the shades. Nothing is told apart where all are equal.
#[derive(Debug, Clone, Copy)]
struct Heat {
    least: f64,
    range: f64,
}

impl Heat {
    fn of(values: impl Iterator<Item = f64>) -> Option<Self> {
        let ends = values.fold(None, |ends: Option<(f64, f64)>, value| {
            Some(ends.map_or((value, value), |(least, most)| (least.min(value), most.max(value))))
        });
        let heat = ends.map(|(least, most)| Self { least, range: most - least });
        heat.filter(|heat| heat.range > 0.0 && heat.range.is_finite())
    }

    fn step(self, value: f64) -> u8 {
        let share = ((value - self.least) / self.range).clamp(0.0, 1.0);
        ((share * f64::from(STEPS)).floor() as u8).min(STEPS - 1) + 1
    }
}

impl Pivot {
    /// The first metric of a frame by its first two groups: the values of the first are rows, those of the second columns.
    pub(super) fn read(source: &Source) -> Result<Self, Unfit> {
        let matrix = matrix(source)?;
        let locale = source.reading.locale;
        let unit = matrix.measure.unit;
        let decimals = column_decimals(matrix.values(), unit, source.look.decimals);
        let heat = Heat::of(matrix.values());
        let cell = |row: usize, column: usize| {
            let Some(cell) = matrix.cell(row, column) else { return PivotCell::absent() };
            let text = match cell.value {
                Some(value) => column_number(value, unit, decimals),
                None => words::NO_VALUE.in_locale(locale).to_owned(),
            };
            let exact = cell.value.map_or_else(|| text.clone(), |value| exact_number(value, unit, locale).joined());
            let names = [matrix.first.get(row), matrix.second.get(column)];
            let names = names.into_iter().flatten().map(|heading| heading.full_name.clone());
            let why = cell.minimum_missed.map(|minimum| words::fewer_than(minimum, locale));
            PivotCell {
                text,
                in_full: names.chain([exact]).chain(why).collect::<Vec<_>>().join(" · "),
                value: cell.value,
                shade: cell.value.map_or(Shade::Plain, |value| shade(value, source.look, heat)),
                is_small: cell.minimum_missed.is_some(),
            }
        };
        let places = places(&matrix, source);
        let row = |(index, heading): (usize, &MatrixHeading)| PivotRow {
            name: heading.full_name.clone(),
            key: heading.key.clone().map_or(Cell::Null, Cell::Text),
            place: places.get(index).copied().flatten(),
            cells: (0..matrix.second.len()).map(|column| cell(index, column)).collect(),
        };
        Ok(Self {
            corner: format!("{} × {}", matrix.first_title, matrix.second_title),
            unit,
            columns: matrix.second.iter().map(|heading| (heading.name.clone(), heading.full_name.clone())).collect(),
            rows: matrix.first.iter().enumerate().map(row).collect(),
            locale,
        })
    }

    /// What stands over the columns.
    pub(crate) fn headings(&self) -> Vec<Heading> {
        let corner = Heading { name: self.corner.clone(), kind: ColumnKind::Dimension, unit: Some(self.unit) };
        let column =
            |(name, _): &(String, String)| Heading { name: name.clone(), kind: ColumnKind::Number, unit: None };
        std::iter::once(corner).chain(self.columns.iter().map(column)).collect()
    }

    /// The rows in the order wished; without a wish as they came.
    pub(super) fn order(&self, sorting: Option<Sorting>) -> Vec<usize> {
        let mut order: Vec<usize> = (0..self.rows.len()).collect();
        if let Some(Sorting { column, is_descending }) = sorting {
            let value = |row: usize| {
                let row = self.rows.get(row);
                let cell = column.checked_sub(1).map(|column| row.and_then(|row| row.cells.get(column)?.value));
                match cell {
                    Some(value) => value.map_or(Cell::Null, Cell::Number),
                    None => row.map_or(Cell::Null, |row| row.key.clone()),
                }
            };
            order.sort_by_cached_key(|row| ByValue { value: value(*row), is_descending });
        }
        order
    }
}

/// Where the names of the rows stand in the frame, where they are values that one can go on from.
fn places(matrix: &Matrix, source: &Source) -> Vec<Option<(usize, usize)>> {
    let groups = source.frame.columns.iter().enumerate().filter(|(_, column)| column.kind != ColumnKind::Number);
    let first = groups.map(|(index, column)| (index, column.kind)).next();
    let column = first.filter(|(_, kind)| *kind == ColumnKind::Dimension).map(|(index, _)| index);
    let mut places = vec![None; matrix.first.len()];
    let Some(column) = column else { return places };
    for ((first, _), cell) in matrix.cells() {
        if let Some(place @ None) = places.get_mut(first) {
            *place = Picked::of_cell(source.frame, cell.row, column).map(|_| (cell.row, column));
        }
    }
    places
}

fn shade(value: f64, look: &Look, heat: Option<Heat>) -> Shade {
    if look.thresholds.is_empty() {
        heat.map_or(Shade::Plain, |heat| Shade::Step(heat.step(value)))
    } else {
        look.tone_of(value).map_or(Shade::Plain, Shade::Tone)
    }
}

/// Values in the order of a table.
struct ByValue {
    value: Cell,
    is_descending: bool,
}

impl Ord for ByValue {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        compare(&self.value, &other.value, self.is_descending)
    }
}

impl PartialOrd for ByValue {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for ByValue {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for ByValue {}

impl PivotCell {
    /// Where nothing was counted.
    const fn absent() -> Self {
        Self { text: String::new(), in_full: String::new(), value: None, shade: Shade::Plain, is_small: false }
    }
}

#[cfg(test)]
mod tests;
