//! What lasts: boxes that are on, and subscriptions that live.

use super::super::{Branch, CatalogueError, Column, FactTable, Identifier, Source, TimeUnit, Way};
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

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct WrittenSubscriptions {
    pub(super) name: Spanned<String>,
    dimensions: Vec<Spanned<DimensionId>>,
    /// The steps of orders after which a subscription lives, …
    begins: WrittenBranch,
    /// … and those after which it does not.
    ends: WrittenBranch,
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

    pub(super) fn subscriptions(&self, written: WrittenSubscriptions) -> Result<FactTable, CatalogueError> {
        let spans = [written.begins.fact.span(), written.ends.fact.span()];
        let (begins, ends) = (self.branch(written.begins)?, self.branch(written.ends)?);
        for (branch, span) in [&begins, &ends].into_iter().zip(spans) {
            if branch.source != Source::Fact(Fact::OrderEvent) {
                return Err(self.file.error(span, "only the steps of orders tell what is subscribed to"));
            }
        }
        let own = Own { time: ("from_day", TimeUnit::Days), columns: &[], dimensions: &[] };
        let way = Way::Subscriptions { begins, ends };
        let mut table = self.table(written.name.into_inner(), way, &written.dimensions, &own)?;
        table.time.until = Some(Identifier::of_derivation("until_day"));
        Ok(table)
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
