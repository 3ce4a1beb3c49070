//! What lasts: boxes that are on.

use super::super::{Branch, CatalogueError, Column, FactTable, Source, TimeUnit, Way};
use super::{Own, Reader, WrittenBranch};
use crate::events::Fact;
use model::metric::DimensionId;
use serde::Deserialize;
use toml::Spanned;

const HOUR_MS: i64 = 3_600_000;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct WrittenPower {
    pub(super) name: Spanned<String>,
    dimensions: Vec<Spanned<DimensionId>>,
    /// How long a box that says nothing more is held to be on.
    hours: Spanned<u16>,
    /// What a box says of itself: all but `power_off` says that it is on.
    events: WrittenBranch,
}

impl Reader<'_> {
    pub(super) fn on_time(&self, written: WrittenPower) -> Result<FactTable, CatalogueError> {
        let (events, longest_ms) = self.power(written.events, &written.hours)?;
        let own = Own { time: ("t", TimeUnit::Milliseconds), columns: &[("on_ms", Column::Integer)], dimensions: &[] };
        self.table(written.name.into_inner(), Way::OnTime { events, longest_ms }, &written.dimensions, &own)
    }

    pub(super) fn boxes_on(&self, written: WrittenPower) -> Result<FactTable, CatalogueError> {
        let (events, longest_ms) = self.power(written.events, &written.hours)?;
        self.of_nobody(written.name.into_inner(), Way::BoxesOn { events, longest_ms }, &written.dimensions)
    }

    fn power(&self, events: WrittenBranch, hours: &Spanned<u16>) -> Result<(Branch, i64), CatalogueError> {
        // Rows of the day before the range are read too, and of no day before that.
        if !(1..=24).contains(hours.get_ref()) {
            return Err(self.file.error(hours.span(), "a silent box is held to be on for 1 to 24 hours"));
        }
        let span = events.fact.span();
        let events = self.branch(events)?;
        if events.source != Source::Fact(Fact::AccountActivity) {
            return Err(self.file.error(span, "only the events of accounts tell when a box is on"));
        }
        Ok((events, i64::from(*hours.get_ref()) * HOUR_MS))
    }
}
