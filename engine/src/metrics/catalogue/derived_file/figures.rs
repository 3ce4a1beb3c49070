//! What is told with the help of figures that others report: the figures themselves, what is settled by them, and what a
//! source of visitors brought for its cost.

use super::super::{CatalogueError, Column, FactTable, Identifier, Source, Standing, TimeUnit, Way};
use super::{Own, Reader, WrittenBranch};
use crate::events::Fact;
use model::metric::DimensionId;
use serde::Deserialize;
use toml::Spanned;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct WrittenReported {
    pub(super) name: Spanned<String>,
    dimensions: Vec<Spanned<DimensionId>>,
    /// The columns that tell items apart.
    items: Vec<Spanned<Identifier>>,
    stands: WrittenStanding,
    figures: WrittenBranch,
}

#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "snake_case")]
enum WrittenStanding {
    UntilTheNext,
    ForItsDay,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct WrittenSettled {
    pub(super) name: Spanned<String>,
    dimensions: Vec<Spanned<DimensionId>>,
    orders: WrittenBranch,
    shares: WrittenBranch,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct WrittenAcquired {
    pub(super) name: Spanned<String>,
    dimensions: Vec<Spanned<DimensionId>>,
    source_dimension: Spanned<DimensionId>,
    /// How long after the first visit plays and payments count.
    days: Spanned<u16>,
    visits: WrittenBranch,
    plays: WrittenBranch,
    orders: WrittenBranch,
}

impl Reader<'_> {
    pub(super) fn reported(&self, written: WrittenReported) -> Result<FactTable, CatalogueError> {
        let figures = self.of_fact(written.figures, Fact::Figure, "only figures are reported")?;
        let known = self.facts.get(&figures.source).map(|table| &table.columns);
        let mut items = Vec::new();
        for item in written.items {
            if known.and_then(|columns| columns.get(item.get_ref())) != Some(&Column::Text) {
                let reason = format!("“{}” is no column that tells figures apart", item.get_ref().as_str());
                return Err(self.file.error(item.span(), reason));
            }
            items.push(item.into_inner());
        }
        let (standing, until) = match written.stands {
            WrittenStanding::UntilTheNext => (Standing::UntilTheNext, Some("until_day")),
            WrittenStanding::ForItsDay => (Standing::ForItsDay, None),
        };
        let own = Own {
            time: ("day", TimeUnit::Days),
            columns: &[("figure", Column::Text), ("amount", Column::Integer)],
            dimensions: &[],
        };
        let way = Way::Reported { figures, items, standing };
        let mut table = self.table(written.name.into_inner(), way, &written.dimensions, &own)?;
        table.time.until = until.map(Identifier::of_derivation);
        // A figure is nobody's.
        table.columns.remove(&Identifier::of_derivation("household"));
        Ok(table)
    }

    pub(super) fn settled(&self, written: WrittenSettled) -> Result<FactTable, CatalogueError> {
        let orders = self.of_fact(written.orders, Fact::OrderEvent, "only orders are settled")?;
        let shares = self.of_fact(written.shares, Fact::Figure, "shares are figures that are reported")?;
        let own = Own {
            time: ("t", TimeUnit::Milliseconds),
            columns: &[("order_status", Column::Text), ("fen", Column::Integer), ("fen_milli", Column::Integer)],
            dimensions: &[],
        };
        self.table(written.name.into_inner(), Way::Settled { orders, shares }, &written.dimensions, &own)
    }

    pub(super) fn acquired(&self, written: WrittenAcquired) -> Result<FactTable, CatalogueError> {
        let days = *written.days.get_ref();
        if !(8..=366).contains(&days) {
            return Err(self.file.error(written.days.span(), "what came of a visit is looked at for 8 to 366 days"));
        }
        let visits = self.of_fact(written.visits, Fact::PageEvent, "visits are pages that were opened")?;
        let plays = self.of_fact(written.plays, Fact::View, "plays are play sessions")?;
        let orders = self.of_fact(written.orders, Fact::OrderEvent, "only orders are paid")?;
        let own = Own {
            time: ("t", TimeUnit::Milliseconds),
            columns: &[
                ("due", Column::Boolean),
                ("returned", Column::Boolean),
                ("play_ms", Column::Integer),
                ("paid_fen", Column::Integer),
            ],
            dimensions: &[(&written.source_dimension, "source")],
        };
        let way = Way::Acquired { visits, plays, orders, days };
        self.table(written.name.into_inner(), way, &written.dimensions, &own)
    }

    fn of_fact(&self, written: WrittenBranch, fact: Fact, reason: &str) -> Result<super::Branch, CatalogueError> {
        let span = written.fact.span();
        let branch = self.rows(written)?;
        if branch.source == Source::Fact(fact) { Ok(branch) } else { Err(self.file.error(span, reason)) }
    }
}
