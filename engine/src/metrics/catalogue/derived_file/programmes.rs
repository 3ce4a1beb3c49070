//! What is told of programmes: who stays when one begins, and what is played of them afterwards.

use super::super::{CatalogueError, Column, FactTable, Source, TimeUnit, Way};
use super::{Own, Reader, WrittenBranch};
use crate::events::Fact;
use model::metric::DimensionId;
use serde::Deserialize;
use toml::Spanned;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct WrittenInheritance {
    pub(super) name: Spanned<String>,
    dimensions: Vec<Spanned<DimensionId>>,
    /// Of the programme that begins.
    programme_dimension: Spanned<DimensionId>,
    minutes: WrittenBranch,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct WrittenProgrammePlays {
    pub(super) name: Spanned<String>,
    dimensions: Vec<Spanned<DimensionId>>,
    programme_dimension: Spanned<DimensionId>,
    views: WrittenBranch,
}

impl Reader<'_> {
    pub(super) fn inheritance(&self, written: WrittenInheritance) -> Result<FactTable, CatalogueError> {
        let span = written.minutes.fact.span();
        let minutes = self.branch(written.minutes)?;
        if minutes.source != Source::Fact(Fact::MinuteAudience) {
            return Err(self.file.error(span, "only minutes tell who is on a channel when a programme begins"));
        }
        let own = Own {
            time: ("minute", TimeUnit::Minutes),
            columns: &[("stayed", Column::Boolean)],
            dimensions: &[(&written.programme_dimension, "title")],
        };
        self.table(written.name.into_inner(), Way::Inheritance { minutes }, &written.dimensions, &own)
    }

    pub(super) fn programme_plays(&self, written: WrittenProgrammePlays) -> Result<FactTable, CatalogueError> {
        let span = written.views.fact.span();
        let views = self.rows(written.views)?;
        if views.source != Source::Fact(Fact::View) {
            return Err(self.file.error(span, "only play sessions play a programme"));
        }
        let own = Own {
            time: ("t", TimeUnit::Milliseconds),
            columns: &[],
            dimensions: &[(&written.programme_dimension, "title")],
        };
        self.table(written.name.into_inner(), Way::ProgrammePlays { views }, &written.dimensions, &own)
    }
}
