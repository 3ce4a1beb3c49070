//! Out of use, and back.

use super::{
    OwnMetrics,
    keep::locked_documents,
    service::{no_such_metric, record_change},
};
use crate::{
    access::{Action, Principal},
    metrics::made_of,
    postgres::{OrProblem as _, as_database_time},
};
use model::{
    metric::own::OwnMetricId,
    problem::{Problem, ProblemCode},
};
use serde_json::json;

impl OwnMetrics {
    /// Takes a metric out of use: nobody is offered it, and boards that name it say so. Its versions stay. What other own
    /// metrics are made of stays in use (`metric_in_use`).
    pub async fn retire(&self, who: &Principal, id: &OwnMetricId) -> Result<(), Problem> {
        self.set_retired(who, id, true).await
    }

    /// Brings a retired metric back as it was.
    pub async fn bring_back(&self, who: &Principal, id: &OwnMetricId) -> Result<(), Problem> {
        self.set_retired(who, id, false).await
    }

    async fn set_retired(&self, who: &Principal, id: &OwnMetricId, retired: bool) -> Result<(), Problem> {
        let attempting = "retire a metric";
        who.require_definer()?;
        self.find(who, id)?;
        let now = self.now();
        let mut transaction = self.pool().begin().await.or_problem(attempting)?;
        let documents = locked_documents(&mut transaction, who).await?;
        let found = documents.iter().find(|document| document.metric.id == *id);
        let found = found.ok_or_else(|| no_such_metric(id.as_str()))?;
        if found.is_retired == retired {
            return Ok(());
        }
        let users = made_of(&documents, id);
        if retired && !users.is_empty() {
            let names: Vec<&str> = users.into_iter().map(OwnMetricId::as_str).collect();
            let detail = format!("other metrics are made of “{id}”: {}", names.join(", "));
            return Err(Problem::new(ProblemCode::MetricInUse, detail).with("metrics", names.join(", ")));
        }
        sqlx::query!(
            "update own_metric set retired_at = $3 where organisation_id = $1 and id = $2",
            who.organisation().0,
            id.as_str(),
            retired.then(|| as_database_time(now)),
        )
        .execute(&mut *transaction)
        .await
        .or_problem(attempting)?;
        let action = if retired { Action::MetricRetired } else { Action::MetricBroughtBack };
        record_change(&mut transaction, who, id, action, json!({}), now).await?;
        transaction.commit().await.or_problem(attempting)?;
        self.loader().load(who.organisation()).await
    }
}
