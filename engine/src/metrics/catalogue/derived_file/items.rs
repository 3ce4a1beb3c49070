//! What is told of items: their totals, their order, and how far plays came in them.

use super::super::{CatalogueError, Column, FactTable, Identifier, Source, TimeUnit, Way};
use super::{Own, Reader, WrittenBranch};
use crate::events::Fact;
use model::metric::DimensionId;
use serde::Deserialize;
use toml::Spanned;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct WrittenItemTotals {
    pub(super) name: Spanned<String>,
    dimensions: Vec<Spanned<DimensionId>>,
    item_dimension: Spanned<DimensionId>,
    /// The column that is added up.
    amount: Spanned<Identifier>,
    rows: WrittenBranch,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct WrittenProgress {
    pub(super) name: Spanned<String>,
    dimensions: Vec<Spanned<DimensionId>>,
    tenth_dimension: Spanned<DimensionId>,
    views: WrittenBranch,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct WrittenRanking {
    pub(super) name: Spanned<String>,
    dimensions: Vec<Spanned<DimensionId>>,
    /// What is put in an order.
    item_dimension: Spanned<DimensionId>,
    rows: WrittenBranch,
}

impl Reader<'_> {
    pub(super) fn item_totals(&self, written: WrittenItemTotals) -> Result<FactTable, CatalogueError> {
        let rows = self.rows(written.rows)?;
        let item = self.item(rows.source, &written.item_dimension)?;
        let amount = self.number_of(rows.source, &written.amount)?;
        let own = Own {
            time: ("t", TimeUnit::Milliseconds),
            columns: &[("amount", Column::Integer)],
            dimensions: &[(&written.item_dimension, "item")],
        };
        let way = Way::ItemTotals { rows, item, amount };
        let mut table = self.table(written.name.into_inner(), way, &written.dimensions, &own)?;
        // An item is nobody's.
        table.columns.remove(&Identifier::of_derivation("household"));
        Ok(table)
    }

    pub(super) fn progress(&self, written: WrittenProgress) -> Result<FactTable, CatalogueError> {
        let span = written.views.fact.span();
        let views = self.rows(written.views)?;
        if views.source != Source::Fact(Fact::View) {
            return Err(self.file.error(span, "only play sessions come so far in a title"));
        }
        let own = Own {
            time: ("t", TimeUnit::Milliseconds),
            columns: &[("reached", Column::Boolean)],
            dimensions: &[(&written.tenth_dimension, "tenth")],
        };
        self.table(written.name.into_inner(), Way::Progress { views }, &written.dimensions, &own)
    }

    pub(super) fn ranking(&self, written: WrittenRanking) -> Result<FactTable, CatalogueError> {
        let rows = self.rows(written.rows)?;
        let item = self.item(rows.source, &written.item_dimension)?;
        let own = Own {
            time: ("t", TimeUnit::Milliseconds),
            columns: &[
                ("amount", Column::Integer),
                ("squared", Column::Integer),
                ("leaning", Column::Integer),
                ("rank", Column::Integer),
            ],
            dimensions: &[],
        };
        let way = Way::Ranking { rows, item };
        let mut table = self.table(written.name.into_inner(), way, &written.dimensions, &own)?;
        // An item is nobody's.
        table.columns.remove(&Identifier::of_derivation("household"));
        Ok(table)
    }
}
