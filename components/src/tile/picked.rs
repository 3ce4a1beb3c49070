//! What somebody pointed out in a tile's numbers, to go on from there.

use super::{Names, OTHER, card::Reader};
use crate::chart::step_in_full;
use leptos::prelude::*;
use model::{
    formatting::Locale,
    frame::Frame,
    geo::{Province, Region},
    metric::DimensionId,
    time::{Grain, Timestamp},
};

/// A value of a dimension, or a step of the time axis, in a tile's numbers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Picked {
    /// `None` stands for "unknown".
    Value {
        dimension: DimensionId,
        value: Option<String>,
    },
    Step {
        from: Timestamp,
        to: Timestamp,
        grain: Grain,
    },
}

impl Picked {
    /// What it is called.
    pub fn name(&self, names: &Names, locale: Locale, calendar: model::time::Calendar) -> String {
        match self {
            Self::Value { dimension, value } => names.value(dimension.as_str(), value.as_deref(), locale),
            Self::Step { from, grain, .. } => step_in_full(*from, *grain, calendar, locale),
        }
    }

    /// The value that a row stands for by its first dimension; `None` for "other", which is no value.
    pub(super) fn of_row(frame: &Frame, row: usize) -> Option<Self> {
        Self::of_cell(frame, row, frame.dimension_columns().next()?)
    }

    /// The value in a column of a row.
    pub(super) fn of_cell(frame: &Frame, row: usize, column: usize) -> Option<Self> {
        let dimension = frame.columns.get(column)?.name.parse().ok()?;
        let value = frame.rows.get(row)?.get(column)?.as_text();
        (value != Some(OTHER)).then(|| Self::Value { dimension, value: value.map(str::to_owned) })
    }

    /// A tile of the province map, where it lies within the scope.
    pub(super) fn of_province(frame: &Frame, index: usize) -> Option<Self> {
        let dimension = frame.columns.get(frame.dimension_columns().next()?)?.name.parse().ok()?;
        let province = *Province::ALL.get(index)?;
        let scope = &frame.columns.get(frame.metric_columns().next()?)?.scope;
        scope
            .contains(&Region::Province(province))
            .then(|| Self::Value { dimension, value: Some(province.code().to_owned()) })
    }

    pub(super) fn of_step(steps: &[Timestamp], index: usize, grain: Grain, reader: Reader) -> Option<Self> {
        let from = *steps.get(index)?;
        Some(Self::Step { from, to: reader.calendar.get_untracked().next(from, grain), grain })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use model::frame::{Cell, Column, ColumnKind, FrameState};

    #[test]
    fn the_rest_is_no_value_and_the_unknown_is_one() {
        let column = |name: &str, kind| Column::new(name, kind);
        let row = |cell: Cell| vec![cell, Cell::Integer(1)];
        let frame = Frame {
            columns: vec![column("channel", ColumnKind::Dimension), column("content.plays", ColumnKind::Number)],
            rows: vec![row(Cell::Text("CCTV-1".to_owned())), row(Cell::Null), row(Cell::Text(OTHER.to_owned()))],
            as_of: None,
            etag: String::new(),
            simulated: false,
            state: FrameState::Ready,
            warnings: Vec::new(),
        };
        let channel = || "channel".parse().unwrap();
        let picked = |row| Picked::of_row(&frame, row);
        assert_eq!(picked(0), Some(Picked::Value { dimension: channel(), value: Some("CCTV-1".to_owned()) }));
        assert_eq!(picked(1), Some(Picked::Value { dimension: channel(), value: None }));
        assert_eq!((picked(2), picked(3)), (None, None));
    }
}
