//! Metric queries, scoped and answered.
//!
//! | stage | from | to | where |
//! |---|---|---|---|
//! | read the catalogue | TOML files, own metrics | [`Catalogue`], an edition of it for each organisation | `catalogue`, `catalogues` |
//! | resolve | `MetricQuery`, a wish | `Resolved`, names of the catalogue only | `resolve` |
//! | plan | `Resolved` and a [`Scope`] | `ScopedPlan`, requests per fact | `plan` |
//! | merge | requests of many queries | statements, as few scans as possible | `plan::merge` |
//! | write | a statement | [`Sql`], text and binds | `sql` |
//! | run | [`Sql`] | rows | [`crate::events::EventEngine`], through `cache` |
//! | fold, evaluate, order | rows | [`Frame`] | `frame` |
//!
//! Single sessions behind a number go the same way with two statements of their own (`sessions`).
//!
//! Every stage has a type of its own that only the stage before can make, so there is no other way to ask the event
//! store anything. The scope goes in once, at `plan`, onto the rows that every term is made of.

mod admission;
mod apart;
mod ask;
mod cache;
mod catalogue;
mod catalogues;
mod explain;
mod figures;
mod filter_values;
mod frame;
mod own;
mod plan;
mod prepared;
mod resolve;
mod running;
mod scoped;
mod sessions;
mod shared_frame;
mod slices;
mod sql;
mod timeline;
mod under_way;
mod waiters;

#[cfg(test)]
mod tests;

pub(crate) use catalogue::made_of;
pub use catalogue::{Catalogue, CatalogueError, CatalogueFile, CatalogueFiles, OwnDocument};
pub use figures::Figures;
pub use shared_frame::SharedFrame;
pub use sql::{Bind, RolledUpDays, Sql};

use crate::{
    access::{Principal, Scope},
    clock::SharedClock,
    events::{QueryEngine, RollUp},
    facts::CleaningRules,
    postgres::Failure,
};
use admission::Lane;
use ask::Asker;
use catalogue::Relation;
use model::{
    explanation::Explanation,
    metric::{CatalogueView, DimensionId, Filter, MetricId, MetricQuery},
    problem::{Problem, ProblemCode},
    time::Calendar,
};
use std::sync::Arc;

/// Answers metric queries; cheap to clone.
#[derive(Clone)]
pub struct Metrics {
    asker: Arc<Asker<QueryEngine>>,
    lane: Lane,
}

impl std::fmt::Debug for Metrics {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("Metrics").field("catalogues", &self.asker.catalogues).finish_non_exhaustive()
    }
}

impl Metrics {
    /// Over the catalogue that the product ships with.
    pub fn open(
        engine: QueryEngine,
        calendar: Calendar,
        rules: CleaningRules,
        clock: SharedClock,
    ) -> Result<Self, Failure> {
        let catalogue = Catalogue::with_rules(rules)?;
        if let QueryEngine::DuckDb(store) = &engine {
            store.roll_up(roll_ups(&catalogue, calendar))?;
        }
        let asker = Asker::new(engine, catalogue, calendar, clock);
        Ok(Self { asker: Arc::new(asker), lane: Lane::Server })
    }

    /// The same on behalf of a person, whose statements wait in a queue of their own.
    #[must_use]
    pub fn on_behalf_of(&self, who: &Principal) -> Self {
        Self { lane: Lane::Person(who.user()), ..self.clone() }
    }

    pub async fn ask(&self, scope: &Scope, query: &MetricQuery) -> Result<SharedFrame, Problem> {
        let outcome = self.ask_many(scope, std::slice::from_ref(query)).await.pop();
        outcome.unwrap_or_else(|| Err(Problem::new(ProblemCode::Internal, "the query was not answered")))
    }

    /// Equal scans are run once, whichever query they are for; answers come in the order of the queries, all as of one
    /// moment.
    pub async fn ask_many(&self, scope: &Scope, queries: &[MetricQuery]) -> Vec<Result<SharedFrame, Problem>> {
        self.asker.ask_many(self.lane, scope, queries).await
    }

    /// How the queries are answered, in their order; each is answered on the way. Of single sessions it is told how the number
    /// came about that they are behind.
    pub async fn explain_many(&self, scope: &Scope, queries: &[MetricQuery]) -> Vec<Result<Explanation, Problem>> {
        self.asker.explain_many(self.lane, scope, queries).await
    }

    /// Values of a dimension that occur within the scope, most frequent first, for filter menus; at most 200. `filters` on
    /// other dimensions leave only what occurs beside their values.
    pub async fn filter_values(
        &self,
        scope: &Scope,
        metric: &MetricId,
        dimension: &DimensionId,
        filters: &[Filter],
        search: &str,
    ) -> Result<Vec<String>, Problem> {
        self.asker.filter_values(self.lane, scope, metric, dimension, filters, search).await
    }

    /// All metrics and dimensions there are for the scope's organisation, for working out what a board asks.
    pub(crate) fn whole_catalogue(&self, scope: &Scope) -> Arc<CatalogueView> {
        Arc::clone(&self.asker.edition(scope).whole)
    }

    /// What answering has come to since the start.
    pub fn figures(&self) -> Figures {
        self.asker.results.counters().figures()
    }

    /// What this person may choose from: metrics of the domains in their scope.
    pub fn catalogue(&self, who: &Principal) -> CatalogueView {
        who.scope().map(|scope| self.asker.edition(scope).catalogue.view(scope)).unwrap_or_default()
    }
}

/// What is to be added up of days that are over.
fn roll_ups(catalogue: &Catalogue, calendar: Calendar) -> Vec<RollUp> {
    let defined = catalogue.roll_ups().iter().filter_map(|roll_up| {
        let Relation::Table(table) = &roll_up.table.relation else { return None };
        let (rows_of_a_day, binds) = sql::rows_of_a_day(catalogue, roll_up, calendar);
        Some(RollUp { fact: roll_up.fact, table: table.as_str().to_owned(), rows_of_a_day, binds })
    });
    defined.collect()
}
