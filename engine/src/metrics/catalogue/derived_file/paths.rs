//! Ways: from page to page, from pages to a play, and from channel to channel.

use super::super::{CatalogueError, Column, DimensionColumn, FactTable, FlowEnd, Identifier, Source, TimeUnit, Way};
use super::{Own, Reader, WrittenBranch};
use crate::events::Fact;
use model::metric::DimensionId;
use serde::Deserialize;
use toml::Spanned;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct WrittenPageSteps {
    pub(super) name: Spanned<String>,
    dimensions: Vec<Spanned<DimensionId>>,
    page_dimension: Spanned<DimensionId>,
    previous_dimension: Spanned<DimensionId>,
    next_dimension: Spanned<DimensionId>,
    source_dimension: Spanned<DimensionId>,
    campaign_dimension: Spanned<DimensionId>,
    openings: WrittenBranch,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct WrittenStepsToPlay {
    pub(super) name: Spanned<String>,
    dimensions: Vec<Spanned<DimensionId>>,
    openings: WrittenBranch,
    plays: WrittenBranch,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct WrittenChannelFlow {
    pub(super) name: Spanned<String>,
    dimensions: Vec<Spanned<DimensionId>>,
    end: Option<WrittenEnd>,
    from_dimension: Spanned<DimensionId>,
    to_dimension: Spanned<DimensionId>,
    minutes: WrittenBranch,
}

#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "snake_case")]
enum WrittenEnd {
    Arrival,
    Departure,
}

impl Reader<'_> {
    pub(super) fn page_steps(&self, written: WrittenPageSteps) -> Result<FactTable, CatalogueError> {
        let span = written.openings.fact.span();
        let openings = self.branch(written.openings)?;
        if openings.source != Source::Fact(Fact::PageEvent) {
            return Err(self.file.error(span, "only what happens on pages tells which page was opened after which"));
        }
        let own = Own {
            time: ("t", TimeUnit::Milliseconds),
            columns: &[
                ("is_entry", Column::Boolean),
                ("is_exit", Column::Boolean),
                ("visit_ms", Column::Integer),
                ("look_ms", Column::Integer),
            ],
            dimensions: &[
                (&written.page_dimension, "page"),
                (&written.previous_dimension, "previous_page"),
                (&written.next_dimension, "next_page"),
                (&written.source_dimension, "source"),
                (&written.campaign_dimension, "campaign"),
            ],
        };
        self.table(written.name.into_inner(), Way::PageSteps { openings }, &written.dimensions, &own)
    }

    pub(super) fn steps_to_play(&self, written: WrittenStepsToPlay) -> Result<FactTable, CatalogueError> {
        let spans = [written.openings.fact.span(), written.plays.fact.span()];
        let (openings, plays) = (self.branch(written.openings)?, self.branch(written.plays)?);
        let expected = [Fact::PageEvent, Fact::View];
        for ((branch, fact), span) in [&openings, &plays].into_iter().zip(expected).zip(spans) {
            if branch.source != Source::Fact(fact) {
                return Err(self.file.error(span, "steps are pages, and lead to a play session"));
            }
        }
        let own = Own { time: ("t", TimeUnit::Milliseconds), columns: &[("steps", Column::Integer)], dimensions: &[] };
        let way = Way::StepsToPlay { openings, plays };
        self.table(written.name.into_inner(), way, &written.dimensions, &own)
    }

    pub(super) fn channel_flow(&self, written: WrittenChannelFlow) -> Result<FactTable, CatalogueError> {
        let span = written.minutes.fact.span();
        let minutes = self.branch(written.minutes)?;
        if minutes.source != Source::Fact(Fact::MinuteAudience) {
            return Err(self.file.error(span, "only minutes tell who moves from one channel to another"));
        }
        let end = match written.end {
            Some(WrittenEnd::Arrival) => FlowEnd::Arrival,
            Some(WrittenEnd::Departure) => FlowEnd::Departure,
            None => FlowEnd::Both,
        };
        let own = Own {
            time: ("minute", TimeUnit::Minutes),
            columns: &[("from_channel", Column::Text), ("to_channel", Column::Text)],
            dimensions: &[(&written.from_dimension, "from_channel"), (&written.to_dimension, "to_channel")],
        };
        let way = Way::ChannelFlow { minutes, end };
        let mut table = self.table(written.name.into_inner(), way, &written.dimensions, &own)?;
        let channel = match end {
            FlowEnd::Arrival => Some("to_channel"),
            FlowEnd::Departure => Some("from_channel"),
            FlowEnd::Both => None,
        };
        if let (Some(column), Ok(id)) = (channel, "channel".parse()) {
            table.dimensions.insert(id, DimensionColumn::Own(Identifier::of_derivation(column)));
        }
        Ok(table)
    }
}
