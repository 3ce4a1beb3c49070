//! What is told of moments: how many rows lie in each, how many play sessions go on.

use super::super::{CatalogueError, FactTable, Identifier, Source, TimeUnit, Way};
use super::{Reader, WrittenBranch};
use crate::events::Fact;
use model::metric::DimensionId;
use serde::Deserialize;
use toml::Spanned;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct WrittenSlices {
    pub(super) name: Spanned<String>,
    dimensions: Vec<Spanned<DimensionId>>,
    /// How long each is.
    seconds: Spanned<u32>,
    /// The column that is added up; where there is none, rows are counted.
    amount: Option<Spanned<Identifier>>,
    rows: WrittenBranch,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct WrittenConcurrency {
    pub(super) name: Spanned<String>,
    dimensions: Vec<Spanned<DimensionId>>,
    views: WrittenBranch,
}

impl Reader<'_> {
    pub(super) fn slices(&self, written: WrittenSlices) -> Result<FactTable, CatalogueError> {
        let rows = self.rows(written.rows)?;
        let counts = self.facts.get(&rows.source).map(|table| table.time.counts);
        let length_ms = i64::from(*written.seconds.get_ref()) * 1_000;
        let least_ms = match counts {
            Some(TimeUnit::Milliseconds) | None => 1_000,
            Some(TimeUnit::Minutes) => 60_000,
            Some(TimeUnit::Days) => return Err(self.file.error(written.name.span(), "its rows have no moment")),
        };
        if length_ms < least_ms || length_ms % least_ms != 0 {
            let reason = format!("a slice is a multiple of {} seconds, as its rows are", least_ms / 1_000);
            return Err(self.file.error(written.seconds.span(), reason));
        }
        let amount = written.amount.map(|amount| self.number_of(rows.source, &amount)).transpose()?;
        self.of_nobody(written.name.into_inner(), Way::Slices { rows, length_ms, amount }, &written.dimensions)
    }

    pub(super) fn concurrency(&self, written: WrittenConcurrency) -> Result<FactTable, CatalogueError> {
        let span = written.views.fact.span();
        let views = self.rows(written.views)?;
        if views.source != Source::Fact(Fact::View) {
            return Err(self.file.error(span, "only play sessions go on for a while"));
        }
        self.of_nobody(written.name.into_inner(), Way::Concurrency { views }, &written.dimensions)
    }
}
