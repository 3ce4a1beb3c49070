//! Quantiles of a measure, as the columns of a frame: `play.startup_ms:p50` is the number below which half of all lie.

use super::super::{Source, columns::number, numbers::Numbers};
use model::{frame::ColumnKind, metric::Unit};

/// One quantile: of how many percent, and its number.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Quantile {
    pub(super) percent: u8,
    pub(super) value: f64,
}

/// What the columns of quantiles have in common.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct QuantileColumns {
    /// What the numbers are, without their quantile.
    pub(super) measure: String,
    pub(super) unit: Unit,
    /// Columns and their percents, rising.
    columns: Vec<(u8, usize)>,
}

impl QuantileColumns {
    /// The columns of a frame that are quantiles; `None` where it has none.
    pub(super) fn of(source: &Source) -> Option<Self> {
        let percent = |name: &str| name.rsplit_once(":p").and_then(|(_, percent)| percent.parse::<u8>().ok());
        let columns = source.frame.columns.iter().enumerate();
        let mut columns: Vec<(u8, usize)> = columns
            .filter(|(_, column)| column.kind == ColumnKind::Number)
            .filter_map(|(index, column)| Some((percent(&column.name)?, index)))
            .collect();
        columns.sort_unstable();
        columns.dedup_by_key(|(percent, _)| *percent);
        let (_, first) = columns.first()?;
        let described = source.frame.columns.get(*first)?;
        let name = described.name.rsplit_once(":p").map_or(described.name.as_str(), |(name, _)| name);
        let measure = source.reading.names.column(name, source.reading.locale);
        Some(Self { measure, unit: described.unit.unwrap_or(Unit::Count), columns })
    }

    /// The quantiles of a row that are known. Those from a sketch may disagree by a hair, so none is below the one before.
    pub(super) fn read(&self, source: &Source, row: usize) -> Vec<Quantile> {
        let mut least = f64::NEG_INFINITY;
        let known = self.columns.iter().filter_map(|(percent, column)| {
            let value = number(source, row, *column)?.max(least);
            least = value;
            Some(Quantile { percent: *percent, value })
        });
        known.collect()
    }

    /// How they are written.
    pub(super) fn numbers(&self, values: impl IntoIterator<Item = f64>, source: &Source) -> Numbers {
        Numbers::of(values, self.unit, source.look, source.reading.locale)
    }
}

/// The number of one quantile.
pub(super) fn at(quantiles: &[Quantile], percent: u8) -> Option<f64> {
    quantiles.iter().find(|quantile| quantile.percent == percent).map(|quantile| quantile.value)
}
