//! How a frame's columns are read: what it is grouped by, and what is measured. Numbers that are not finite are read as
//! undefined, so that none reaches a drawing.

use super::{
    SeriesColour, Source, Unfit,
    series_colour::value_colours,
    time_axis::{brief_step, step_in_full},
};
use crate::tile::OTHER;
use model::{
    frame::ColumnKind,
    metric::Unit,
    time::{Grain, Timestamp},
};
use std::collections::BTreeMap;

/// A column of numbers that is no comparison.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Measure {
    pub(crate) column: usize,
    pub(crate) unit: Unit,
    pub(crate) name: String,
}

/// All measures, in the order of the query.
pub(super) fn measures(source: &Source) -> Vec<Measure> {
    let described = |column: usize| {
        let described = source.frame.columns.get(column)?;
        let name = source.reading.names.column(&described.name, source.reading.locale);
        Some(Measure { column, unit: described.unit.unwrap_or(Unit::Count), name })
    };
    source.frame.metric_columns().filter_map(described).collect()
}

/// The first measure.
pub(super) fn measure(source: &Source) -> Result<Measure, Unfit> {
    measures(source).into_iter().next().ok_or(Unfit::Shape)
}

/// The number of a measure in a row.
pub(super) fn number(source: &Source, row: usize, column: usize) -> Option<f64> {
    let cell = source.frame.rows.get(row)?.get(column)?;
    cell.as_number().filter(|number| number.is_finite())
}

/// A column that rows are grouped by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Group {
    pub(super) column: usize,
    pub(super) is_time: bool,
}

/// What the rows are grouped by, in the order of the query: values of dimensions and steps of time.
pub(super) fn groups(source: &Source) -> Vec<Group> {
    let columns = source.frame.columns.iter().enumerate();
    let group = |(column, described): (usize, &model::frame::Column)| match described.kind {
        ColumnKind::Dimension => Some(Group { column, is_time: false }),
        ColumnKind::Time => Some(Group { column, is_time: true }),
        ColumnKind::Number => None,
    };
    columns.filter_map(group).collect()
}

impl Group {
    /// What a row holds in it; `None` is "unknown".
    pub(super) fn key<'a>(self, source: &Source<'a>, row: usize) -> Option<&'a str> {
        source.frame.rows.get(row)?.get(self.column)?.as_text()
    }

    /// The start of the step, where it is one.
    pub(super) fn step(self, source: &Source, row: usize) -> Option<Timestamp> {
        if self.is_time { self.key(source, row).and_then(|text| Timestamp::parse(text).ok()) } else { None }
    }

    /// What the column is called.
    pub(super) fn title(self, source: &Source) -> String {
        let name = source.frame.columns.get(self.column).map_or("", |column| column.name.as_str());
        source.reading.names.column(name, source.reading.locale)
    }

    /// How a value of it is read: a step briefly, as beside an axis.
    pub(super) fn name(self, source: &Source, key: Option<&str>) -> String {
        self.named(source, key, brief_step)
    }

    /// How a value of it is read alone: a step with its whole date.
    pub(super) fn full_name(self, source: &Source, key: Option<&str>) -> String {
        self.named(source, key, step_in_full)
    }

    fn named(
        self,
        source: &Source,
        key: Option<&str>,
        step: fn(Timestamp, Grain, model::time::Calendar, model::formatting::Locale) -> String,
    ) -> String {
        let reading = source.reading;
        if let (true, Some(at)) = (self.is_time, key.and_then(|text| Timestamp::parse(text).ok())) {
            return step(at, source.grain, reading.calendar, reading.locale);
        }
        let name = source.frame.columns.get(self.column).map_or("", |column| column.name.as_str());
        reading.names.value(name, key, reading.locale)
    }
}

/// One part of what is told apart by one dimension.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Part {
    pub(super) name: String,
    /// Finite; `None` is undefined.
    pub(super) value: Option<f64>,
    pub(super) colour: SeriesColour,
    /// Whether it is all the rest together, or unknown.
    pub(super) is_rest: bool,
    /// Its row in the frame.
    pub(super) row: usize,
}

/// The first measure by the first group, in the order of the rows, with the colour that each value has on the whole
/// board. What the reader has taken out by the legend is left out.
pub(super) fn parts(source: &Source) -> Result<(Measure, Vec<Part>), Unfit> {
    let measure = measure(source)?;
    let group = groups(source).into_iter().next().ok_or(Unfit::Shape)?;
    let keys: Vec<Option<&str>> = (0..source.frame.rows.len()).map(|row| group.key(source, row)).collect();
    let colours = value_colours(&keys);
    let part = |((row, key), colour): ((usize, Option<&str>), SeriesColour)| Part {
        name: group.name(source, key),
        value: number(source, row, measure.column),
        colour,
        is_rest: matches!(key, None | Some(OTHER)),
        row,
    };
    let all = keys.into_iter().enumerate().zip(colours).map(part);
    let parts: Vec<Part> = all.filter(|part| !source.hidden.contains(&part.name)).collect();
    Ok((measure, parts))
}

/// Parts that make up a whole: all known and none negative, and something to share out. Undefined ones and zeros are left
/// out, since they are no part.
pub(super) fn parts_of_a_whole(source: &Source) -> Result<(Measure, Vec<Part>), Unfit> {
    let (measure, mut parts) = parts(source)?;
    if parts.iter().all(|part| part.value.is_none()) && !parts.is_empty() {
        return Err(Unfit::AllUndefined);
    }
    if parts.iter().any(|part| part.value.is_some_and(|value| value < 0.0)) {
        return Err(Unfit::Negative);
    }
    parts.retain(|part| part.value.is_some_and(|value| value > 0.0));
    if parts.is_empty() && !source.frame.rows.is_empty() && source.hidden.is_empty() {
        return Err(Unfit::ZeroTotal);
    }
    Ok((measure, parts))
}

/// A value along one side of a matrix.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Heading {
    /// `None` is "unknown".
    pub(crate) key: Option<String>,
    /// As beside an axis.
    pub(crate) name: String,
    /// As it is read alone.
    pub(crate) full_name: String,
}

impl Heading {
    pub(crate) fn is_rest(&self) -> bool {
        matches!(self.key.as_deref(), None | Some(OTHER))
    }
}

/// One cell of a matrix.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct MatrixCell {
    /// Finite; `None` is undefined.
    pub(crate) value: Option<f64>,
    /// How many cases it ought to rest on, where it rests on fewer.
    pub(crate) minimum_missed: Option<u32>,
    pub(crate) row: usize,
}

/// A measure by two groups.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Matrix {
    pub(crate) measure: Measure,
    pub(crate) first_title: String,
    pub(crate) second_title: String,
    pub(crate) first: Vec<Heading>,
    pub(crate) second: Vec<Heading>,
    cells: BTreeMap<(usize, usize), MatrixCell>,
}

impl Matrix {
    /// `None` where there is no such row.
    pub(crate) fn cell(&self, first: usize, second: usize) -> Option<MatrixCell> {
        self.cells.get(&(first, second)).copied()
    }

    pub(crate) fn value(&self, first: usize, second: usize) -> Option<f64> {
        self.cell(first, second).and_then(|cell| cell.value)
    }

    /// All cells that have a row, with the places of their headings.
    pub(crate) fn cells(&self) -> impl Iterator<Item = ((usize, usize), MatrixCell)> {
        self.cells.iter().map(|(at, cell)| (*at, *cell))
    }

    /// All known numbers.
    pub(crate) fn values(&self) -> impl Iterator<Item = f64> {
        self.cells.values().filter_map(|cell| cell.value)
    }
}

/// The first measure by the first two groups. Values of dimensions stand in the order in which they first come, with the
/// rest at the end; steps of time in their own order.
pub(crate) fn matrix(source: &Source) -> Result<Matrix, Unfit> {
    let measure = measure(source)?;
    let (first, second) = match groups(source).as_slice() {
        [first, second, ..] => (*first, *second),
        [] | [_] => return Err(Unfit::Shape),
    };
    let (first_headings, first_places) = headings(source, first);
    let (second_headings, second_places) = headings(source, second);
    let small = source.frame.columns.get(measure.column);
    let mut cells = BTreeMap::new();
    for (row, at) in first_places.into_iter().zip(second_places).enumerate() {
        let minimum_missed = small.and_then(|column| column.minimum_missed(row));
        cells.insert(at, MatrixCell { value: number(source, row, measure.column), minimum_missed, row });
    }
    Ok(Matrix {
        measure,
        first_title: first.title(source),
        second_title: second.title(source),
        first: first_headings,
        second: second_headings,
        cells,
    })
}

/// The values of a group, told apart, and which of them each row has.
fn headings(source: &Source, group: Group) -> (Vec<Heading>, Vec<usize>) {
    let mut places: BTreeMap<Option<&str>, usize> = BTreeMap::new();
    let mut keys: Vec<Option<&str>> = Vec::new();
    let of_rows: Vec<Option<&str>> = (0..source.frame.rows.len()).map(|row| group.key(source, row)).collect();
    for key in &of_rows {
        places.entry(*key).or_insert_with(|| {
            keys.push(*key);
            0
        });
    }
    if group.is_time {
        // All starts are in one offset, so texts of one length are in order as they are.
        keys.sort_by_key(|key| key.and_then(|text| Timestamp::parse(text).ok()));
    } else {
        keys.sort_by_key(|key| match key {
            Some(OTHER) => 1,
            None => 2,
            Some(_) => 0,
        });
    }
    for (place, key) in keys.iter().enumerate() {
        places.insert(*key, place);
    }
    let heading = |key: Option<&str>| Heading {
        key: key.map(str::to_owned),
        name: group.name(source, key),
        full_name: group.full_name(source, key),
    };
    let of_rows = of_rows.iter().map(|key| places.get(key).copied().unwrap_or_default()).collect();
    (keys.into_iter().map(heading).collect(), of_rows)
}

/// Colours for the values of a side of a matrix, as on the whole board.
pub(super) fn heading_colours(headings: &[Heading]) -> Vec<SeriesColour> {
    let keys: Vec<Option<&str>> = headings.iter().map(|heading| heading.key.as_deref()).collect();
    value_colours(&keys)
}
