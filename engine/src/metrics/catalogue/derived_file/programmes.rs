//! What is told of programmes and spots: who stays when one begins, what is played of it afterwards, and whom a spot meets.

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

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct WrittenSpots {
    pub(super) name: Spanned<String>,
    dimensions: Vec<Spanned<DimensionId>>,
    ad_dimension: Spanned<DimensionId>,
    advertiser_dimension: Spanned<DimensionId>,
    campaign_dimension: Spanned<DimensionId>,
    spots: WrittenBranch,
    minutes: WrittenBranch,
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

    pub(super) fn spots(&self, written: WrittenSpots) -> Result<FactTable, CatalogueError> {
        let spans = [written.spots.fact.span(), written.minutes.fact.span()];
        let (spots, minutes) = (self.rows(written.spots)?, self.branch(written.minutes)?);
        let expected = [Fact::Advertisement, Fact::MinuteAudience];
        for ((branch, fact), span) in [&spots, &minutes].into_iter().zip(expected).zip(spans) {
            if branch.source != Source::Fact(fact) {
                return Err(self.file.error(span, "a spot is an advertisement, and meets those who watch its minute"));
            }
        }
        let own = Own {
            time: ("t", TimeUnit::Milliseconds),
            columns: &[],
            dimensions: &[
                (&written.ad_dimension, "ad"),
                (&written.advertiser_dimension, "advertiser"),
                (&written.campaign_dimension, "campaign"),
            ],
        };
        self.table(written.name.into_inner(), Way::Spots { spots, minutes }, &written.dimensions, &own)
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
