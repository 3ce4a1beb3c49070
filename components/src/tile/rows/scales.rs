//! What is the same for all rows of a table: what its columns of numbers are, how many decimals they have, how wide they
//! are.

use super::Rows;
use crate::{chart::text_width_px, tile::sight::is_long};
use model::{
    formatting::column_decimals,
    frame::{Cell, Column, ColumnKind, Frame},
    metric::{Calculation, Unit},
};
use std::collections::BTreeSet;

/// The size of the text in a table; `style/tokens.css` says the same.
const TEXT_PX: f64 = 13.0;

/// Which numbers have a bar behind them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum InCellBars {
    None,
    FirstMetric,
}

/// What a column of numbers is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Figures {
    Metric,
    /// What it is compared with.
    Before,
    /// The change in percent.
    Change,
}

pub(crate) fn figures(column: &Column) -> Figures {
    match (column.name.contains('@'), column.name.ends_with("_pct")) {
        (false, _) => Figures::Metric,
        (true, false) => Figures::Before,
        (true, true) => Figures::Change,
    }
}

/// The column with bars and its largest number.
fn most(frame: &Frame, bars: InCellBars) -> Option<(usize, f64)> {
    match bars {
        InCellBars::None => None,
        InCellBars::FirstMetric => {
            let column = frame.metric_columns().next()?;
            // A longer bar for a lower place would be read the wrong way round.
            let name = &frame.columns.get(column)?.name;
            let places = [Calculation::Rank, Calculation::RankChange].map(|places| format!("~{places}"));
            if places.iter().any(|places| name.ends_with(places)) {
                return None;
            }
            let most = frame.cells(column).filter_map(Cell::as_number).fold(0.0, f64::max);
            (most > 0.0).then_some((column, most))
        }
    }
}

/// So many decimals has each column, the number and what it is compared with alike.
fn decimals(frame: &Frame, wished: Option<u8>) -> Vec<usize> {
    let metric = |column: &Column| column.name.split('@').next().unwrap_or_default().to_owned();
    let of_metric = |name: &str| {
        let alike = frame.columns.iter().enumerate().filter(|(_, column)| {
            column.kind == ColumnKind::Number && figures(column) != Figures::Change && metric(column) == name
        });
        let unit = frame.columns.iter().find(|column| column.name == name).and_then(|column| column.unit);
        let values = alike.flat_map(|(index, _)| frame.cells(index).filter_map(Cell::as_number));
        column_decimals(values, unit.unwrap_or(Unit::Count), wished)
    };
    frame.columns.iter().map(|column| of_metric(&metric(column))).collect()
}

/// What is the same for all rows of a frame.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Scales {
    /// The column with bars and its largest number.
    pub(crate) most: Option<(usize, f64)>,
    /// So many decimals has each column.
    pub(crate) decimals: Vec<usize>,
    /// The column whose numbers have tones.
    pub(super) toned: Option<usize>,
    /// The row with the widest text of each column, where not all rows are drawn: columns keep their width whatever part
    /// of the table is in sight.
    pub(super) widest: Vec<usize>,
}

impl Rows<'_> {
    pub(crate) fn scales(self, frame: &Frame) -> Scales {
        let is_toned = !self.look.thresholds.is_empty();
        Scales {
            most: most(frame, self.bars),
            decimals: decimals(frame, self.look.decimals),
            toned: frame.metric_columns().next().filter(|_| is_toned),
            widest: if is_long(frame.rows.len()) { self.widest(frame) } else { Vec::new() },
        }
    }

    /// The row with the widest text of each column. Figures are all of one width and numbers of a column have the same
    /// decimals, so that the widest is the largest or the least.
    fn widest(self, frame: &Frame) -> Vec<usize> {
        let of_numbers = |column: usize| {
            let numbers = frame.cells(column).enumerate().filter_map(|(row, cell)| Some((row, cell.as_number()?)));
            let size = |number: f64| if number < 0.0 { -10.0 * number } else { number };
            numbers.max_by(|one, other| size(one.1).total_cmp(&size(other.1))).map(|(row, _)| row)
        };
        let of_names = |column: usize, id: &str| {
            let told: BTreeSet<Option<&str>> = frame.cells(column).map(Cell::as_text).collect();
            let width =
                |value: Option<&str>| text_width_px(&self.reading.names.value(id, value, self.reading.locale), TEXT_PX);
            let widest = told.into_iter().max_by(|one, other| width(*one).total_cmp(&width(*other)))?;
            frame.cells(column).position(|cell| cell.as_text() == widest)
        };
        let columns = frame.columns.iter().enumerate();
        let widest = columns.map(|(index, column)| match column.kind {
            ColumnKind::Number => of_numbers(index),
            // All names of steps are about as wide.
            ColumnKind::Time => None,
            ColumnKind::Dimension => of_names(index, &column.name),
        });
        widest.map(Option::unwrap_or_default).collect()
    }
}
