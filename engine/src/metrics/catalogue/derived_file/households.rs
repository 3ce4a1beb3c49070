//! What a household did: funnels, cohorts, states, rolling windows, and wishes that came about.

use super::super::{CatalogueError, Column, FactTable, Source, TimeUnit, Way, Window};
use super::{Own, Reader, WrittenBranch};
use crate::events::Fact;
use model::metric::DimensionId;
use serde::Deserialize;
use toml::Spanned;

/// A moment and its step are one number in the statements of a funnel.
const MOST_STEPS: usize = 15;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct WrittenFunnel {
    pub(super) name: Spanned<String>,
    dimensions: Vec<Spanned<DimensionId>>,
    /// The dimension whose values are the numbers of the steps.
    step_dimension: Spanned<DimensionId>,
    window: Spanned<WrittenWindow>,
    step: Vec<WrittenBranch>,
}

#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "snake_case")]
enum WrittenWindow {
    Day,
    Visit,
    Hours(u16),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct WrittenCohort {
    pub(super) name: Spanned<String>,
    dimensions: Vec<Spanned<DimensionId>>,
    day_dimension: Spanned<DimensionId>,
    week_dimension: Spanned<DimensionId>,
    activity: Vec<WrittenBranch>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct WrittenAccountState {
    pub(super) name: Spanned<String>,
    dimensions: Vec<Spanned<DimensionId>>,
    state_dimension: Spanned<DimensionId>,
    before_dimension: Spanned<DimensionId>,
    activity: Vec<WrittenBranch>,
    /// Where an account was stopped by its contract, and where it was let go on.
    suspension: WrittenBranch,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct WrittenRolling {
    pub(super) name: Spanned<String>,
    dimensions: Vec<Spanned<DimensionId>>,
    /// How many days the window has, the day it ends with too.
    days: Spanned<u16>,
    activity: Vec<WrittenBranch>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct WrittenAnswers {
    pub(super) name: Spanned<String>,
    dimensions: Vec<Spanned<DimensionId>>,
    /// How long after the wish.
    seconds: u16,
    wishes: WrittenBranch,
    answers: WrittenBranch,
}

impl Reader<'_> {
    pub(super) fn funnel(&self, written: WrittenFunnel) -> Result<FactTable, CatalogueError> {
        if written.step.len() < 2 {
            return Err(self.file.error(written.name.span(), "a funnel has two steps at least"));
        }
        if written.step.len() > MOST_STEPS {
            return Err(self.file.error(written.name.span(), "a funnel has fifteen steps at most"));
        }
        let window = match *written.window.get_ref() {
            WrittenWindow::Day => Window::Day,
            WrittenWindow::Visit => Window::Visit,
            WrittenWindow::Hours(hours @ 1..=720) => Window::Hours(hours),
            WrittenWindow::Hours(_) => {
                return Err(self.file.error(written.window.span(), "a window is between 1 and 720 hours"));
            }
        };
        let steps = self.branches(written.step)?;
        let own = Own {
            time: ("t1", TimeUnit::Milliseconds),
            columns: &[("step", Column::Integer)],
            dimensions: &[(&written.step_dimension, "step")],
        };
        self.table(written.name.into_inner(), Way::Funnel { steps, window }, &written.dimensions, &own)
    }

    pub(super) fn cohort(&self, written: WrittenCohort) -> Result<FactTable, CatalogueError> {
        let activity = self.branches(written.activity)?;
        let own = Own {
            time: ("first_day", TimeUnit::Days),
            columns: &[("active", Column::Boolean)],
            dimensions: &[(&written.day_dimension, "day_number"), (&written.week_dimension, "week_number")],
        };
        self.table(written.name.into_inner(), Way::Cohort { activity }, &written.dimensions, &own)
    }

    pub(super) fn account_state(&self, written: WrittenAccountState) -> Result<FactTable, CatalogueError> {
        let activity = self.branches(written.activity)?;
        let span = written.suspension.fact.span();
        let suspension = self.branch(written.suspension)?;
        if suspension.source != Source::Fact(Fact::AccountActivity) {
            return Err(self.file.error(span, "only the events of accounts tell when one is suspended"));
        }
        let own = Own {
            time: ("day", TimeUnit::Days),
            columns: &[("state", Column::Text), ("state_before", Column::Text)],
            dimensions: &[(&written.state_dimension, "state"), (&written.before_dimension, "state_before")],
        };
        self.table(written.name.into_inner(), Way::AccountState { activity, suspension }, &written.dimensions, &own)
    }

    pub(super) fn rolling(&self, written: WrittenRolling) -> Result<FactTable, CatalogueError> {
        let days = *written.days.get_ref();
        if !(1..=366).contains(&days) {
            return Err(self.file.error(written.days.span(), "a window is between 1 and 366 days"));
        }
        let activity = self.branches(written.activity)?;
        let own = Own { time: ("day", TimeUnit::Days), columns: &[], dimensions: &[] };
        self.table(written.name.into_inner(), Way::Rolling { activity, days }, &written.dimensions, &own)
    }

    pub(super) fn answers(&self, written: WrittenAnswers) -> Result<FactTable, CatalogueError> {
        let span = written.answers.fact.span();
        let (wishes, answers) = (self.branch(written.wishes)?, self.branch(written.answers)?);
        if wishes.source == answers.source {
            return Err(self.file.error(span, "what answers a wish is of another fact"));
        }
        let own =
            Own { time: ("t", TimeUnit::Milliseconds), columns: &[("answered", Column::Boolean)], dimensions: &[] };
        let way = Way::Answers { wishes, answers, within_ms: i64::from(written.seconds) * 1_000 };
        self.table(written.name.into_inner(), way, &written.dimensions, &own)
    }
}
