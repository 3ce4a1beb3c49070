//! From the database into the running catalogue.

use crate::{
    metrics::{Metrics, OwnDocument},
    postgres::{Notice, OrProblem as _},
};
use model::{access::OrganisationId, metric::own::OwnMetric, problem::Problem};
use serde_json::Value;
use sqlx::{PgConnection, PgPool};
use std::{collections::BTreeSet, sync::Arc, time::Duration};
use tokio::sync::{
    Mutex,
    broadcast::{Receiver, error::RecvError},
};

/// A reading that failed is tried again so soon.
const AGAIN_AFTER: Duration = Duration::from_millis(250);

/// Reads own metrics and puts them in force, one reading at a time: an older one never comes after a newer one.
#[derive(Debug)]
pub(super) struct Loader {
    pool: PgPool,
    metrics: Metrics,
    turn: Mutex<()>,
}

impl Loader {
    pub(super) fn new(pool: PgPool, metrics: Metrics) -> Self {
        Self { pool, metrics, turn: Mutex::new(()) }
    }

    pub(super) async fn load(&self, organisation: OrganisationId) -> Result<(), Problem> {
        let attempting = "read own metrics";
        let _turn = self.turn.lock().await;
        let mut connection = self.pool.acquire().await.or_problem(attempting)?;
        self.metrics.put_own(organisation, documents(&mut connection, organisation).await?);
        Ok(())
    }

    pub(super) async fn load_all(&self) -> Result<(), Problem> {
        let rows = sqlx::query!("select distinct organisation_id from own_metric")
            .fetch_all(&self.pool)
            .await
            .or_problem("read own metrics")?;
        let stored = rows.into_iter().map(|row| OrganisationId(row.organisation_id));
        let known = self.metrics.organisations_with_own();
        for organisation in stored.chain(known) {
            self.load(organisation).await?;
        }
        Ok(())
    }

    /// Follows the database's notices until there are no more.
    pub(super) async fn follow(self: Arc<Self>, mut notices: Receiver<Notice>) {
        // What still has to be read; `None`: all of it.
        let mut waiting: BTreeSet<Option<i32>> = BTreeSet::new();
        loop {
            let notice = if waiting.is_empty() {
                notices.recv().await
            } else {
                match tokio::time::timeout(AGAIN_AFTER, notices.recv()).await {
                    Ok(notice) => notice,
                    Err(_again) => Ok(Notice::Interrupted),
                }
            };
            match notice {
                Ok(Notice::OwnMetrics(organisation)) => {
                    waiting.insert(Some(organisation));
                }
                // What happened before may have been missed.
                Ok(Notice::Listening) | Err(RecvError::Lagged(_)) => {
                    waiting.insert(None);
                }
                Ok(Notice::Interrupted | Notice::RightsOf(_) | Notice::RightsOfAll | Notice::Board(_)) => {}
                Err(RecvError::Closed) => return,
            }
            let mut failed = BTreeSet::new();
            for organisation in std::mem::take(&mut waiting) {
                let read = match organisation {
                    Some(organisation) => self.load(OrganisationId(organisation)).await,
                    None => self.load_all().await,
                };
                if let Err(problem) = read {
                    tracing::warn!(%problem, "own metrics could not be read; it is tried again");
                    failed.insert(organisation);
                }
            }
            waiting = failed;
        }
    }
}

/// All own metrics of an organisation, in the order of their ids.
pub(super) async fn documents(
    connection: &mut PgConnection,
    organisation: OrganisationId,
) -> Result<Vec<OwnDocument>, Problem> {
    let rows = sqlx::query!(
        r#"select m.id, m.version, m.retired_at is not null as "is_retired!", v.document
        from own_metric m
        join own_metric_version v
            on v.organisation_id = m.organisation_id and v.metric_id = m.id and v.version = m.version
        where m.organisation_id = $1
        order by m.id"#,
        organisation.0,
    )
    .fetch_all(connection)
    .await
    .or_problem("read own metrics")?;
    let mut documents = Vec::with_capacity(rows.len());
    for row in rows {
        // One that a newer program wrote keeps the others from nothing.
        match as_metric(row.document) {
            Ok(metric) => documents.push(OwnDocument {
                metric,
                version: u32::try_from(row.version).unwrap_or_default(),
                is_retired: row.is_retired,
            }),
            Err(error) => tracing::error!(metric.id = %row.id, %error, "an own metric can't be read by this program"),
        }
    }
    Ok(documents)
}

/// A document as the database holds it.
pub(super) fn as_metric(document: Value) -> Result<OwnMetric, serde_json::Error> {
    serde_json::from_value(document)
}
