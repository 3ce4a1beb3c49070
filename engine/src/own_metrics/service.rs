//! The door.

use super::loading::Loader;
use crate::{
    access::{Action, AuditEntry, Principal, record},
    clock::SharedClock,
    metrics::{Metrics, OwnDocument},
    postgres::Databases,
};
use model::{
    metric::own::OwnMetricId,
    problem::{Problem, ProblemCode},
    time::Timestamp,
};
use serde_json::Value;
use sqlx::{PgConnection, PgPool};
use std::sync::Arc;
use tokio_util::task::AbortOnDropHandle;

/// All own metrics. Cheap to clone.
#[derive(Debug, Clone)]
pub struct OwnMetrics {
    parts: Arc<Parts>,
}

#[derive(Debug)]
struct Parts {
    pool: PgPool,
    clock: SharedClock,
    metrics: Metrics,
    loader: Arc<Loader>,
    _follower: AbortOnDropHandle<()>,
}

impl OwnMetrics {
    /// Takes all own metrics into the catalogue, and follows the database's notices for as long as it lives.
    pub async fn open(databases: &Databases, metrics: Metrics, clock: SharedClock) -> Result<Self, Problem> {
        let pool = databases.application.clone();
        let loader = Arc::new(Loader::new(pool.clone(), metrics.clone()));
        // Listened to before it is read: what changes in between is read once more, and not missed.
        let (_, notices) = databases.notices().subscribe();
        loader.load_all().await?;
        let follower = AbortOnDropHandle::new(tokio::spawn(Arc::clone(&loader).follow(notices)));
        Ok(Self { parts: Arc::new(Parts { pool, clock, metrics, loader, _follower: follower }) })
    }

    pub(super) fn pool(&self) -> &PgPool {
        &self.parts.pool
    }

    pub(super) fn now(&self) -> Timestamp {
        self.parts.clock.now()
    }

    pub(super) fn metrics(&self) -> &Metrics {
        &self.parts.metrics
    }

    pub(super) fn loader(&self) -> &Loader {
        &self.parts.loader
    }

    /// The own metrics that this person may know of: those of their organisation that something is granted of.
    pub(super) fn shown(&self, who: &Principal) -> Vec<OwnDocument> {
        let Ok(scope) = who.scope() else { return Vec::new() };
        let own = self.metrics().own(scope);
        own.into_iter().filter(|document| self.metrics().is_shown(scope, document)).collect()
    }

    /// One of them. What is not granted, what another organisation has and what does not exist look the same.
    pub(super) fn find(&self, who: &Principal, id: &OwnMetricId) -> Result<OwnDocument, Problem> {
        self.shown(who)
            .into_iter()
            .find(|document| document.metric.id == *id)
            .ok_or_else(|| no_such_metric(id.as_str()))
    }
}

/// The same words for one that is not there and for one that is none of theirs.
pub(super) fn no_such_metric(id: &str) -> Problem {
    let named: String = id.chars().take(64).collect();
    Problem::new(ProblemCode::NotFound, format!("there is no metric “{named}” that this person may see"))
}

/// Adds a line about an own metric to the audit log.
pub(super) async fn record_change(
    connection: &mut PgConnection,
    who: &Principal,
    id: &OwnMetricId,
    action: Action,
    details: Value,
    at: Timestamp,
) -> Result<(), Problem> {
    let (organisation, actor) = (Some(who.organisation()), Some(who.user()));
    record(connection, AuditEntry { at, organisation, actor, action, subject: id.as_str(), details }).await
}
