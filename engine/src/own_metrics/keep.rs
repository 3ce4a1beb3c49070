//! A new version is kept.

use super::{
    OwnMetrics, SCHEMA_VERSION,
    check::{taken, with},
    loading::documents,
    service::{no_such_metric, record_change},
};
use crate::{
    access::{Action, Principal},
    metrics::OwnDocument,
    postgres::{OrProblem as _, as_database_time},
};
use model::{
    metric::own::{MAX_NOTE_CHARS, Mistake, OwnMetric, OwnMetricId, Rule, Saved},
    problem::{Problem, ProblemCode},
    text::LocalText,
};
use serde_json::json;
use sqlx::{PgConnection, types::Json};

/// A metric to be kept.
#[derive(Debug, Clone)]
pub struct NewVersion {
    pub metric: OwnMetric,
    /// The version that its author had before them; none for a new metric.
    pub base: Option<u32>,
    /// What they say about the change.
    pub note: String,
}

impl OwnMetrics {
    /// Keeps a metric as its newest version. The same as before makes no new one; one that others have changed meanwhile is
    /// refused as `metric_changed`.
    pub async fn keep(&self, who: &Principal, new: NewVersion) -> Result<Saved, Problem> {
        let attempting = "keep a metric";
        who.require_definer()?;
        let scope = who.scope()?;
        let (metric, note) = (trimmed(new.metric), new.note.trim().to_owned());
        let id = metric.id.clone();
        if let Some(base) = new.base {
            let found = self.find(who, &id)?;
            if found.version != base {
                return Err(changed(&id, found.version));
            }
        }
        if note.chars().count() > MAX_NOTE_CHARS {
            let mistakes = vec![Mistake::new("note", Rule::TooLong { limit: MAX_NOTE_CHARS })];
            return Ok(Saved::Refused { mistakes });
        }
        let mut transaction = self.pool().begin().await.or_problem(attempting)?;
        let before = locked_documents(&mut transaction, who).await?;
        let now = before.iter().find(|document| document.metric.id == id);
        match (now, new.base) {
            (Some(_), None) => return Ok(Saved::Refused { mistakes: vec![taken(&metric)] }),
            (None, Some(_)) => return Err(no_such_metric(id.as_str())),
            (Some(now), Some(base)) if now.version != base => return Err(changed(&id, now.version)),
            (Some(now), Some(_)) if now.is_retired => return Err(retired(&id)),
            (Some(now), Some(_)) if now.metric == metric => {
                return Ok(Saved::Kept { id, version: now.version });
            }
            (Some(_) | None, Some(_) | None) => {}
        }
        let after = with(&before, &metric);
        let checked = self.metrics().check_own(scope, &before, &after, &id);
        if !checked.mistakes.is_empty() {
            return Ok(Saved::Refused { mistakes: checked.mistakes });
        }
        let version = self.write(&mut transaction, who, &metric, now.map(|now| now.version), &note).await?;
        transaction.commit().await.or_problem(attempting)?;
        self.loader().load(who.organisation()).await?;
        Ok(Saved::Kept { id, version })
    }

    /// Adds the version after `before` and returns its number.
    pub(super) async fn write(
        &self,
        connection: &mut PgConnection,
        who: &Principal,
        metric: &OwnMetric,
        before: Option<u32>,
        note: &str,
    ) -> Result<u32, Problem> {
        let attempting = "keep a metric";
        let version = before.map_or(1, |before| before.saturating_add(1));
        let number = i32::try_from(version).unwrap_or(i32::MAX);
        let (organisation, now) = (who.organisation().0, self.now());
        sqlx::query!(
            "insert into own_metric (organisation_id, id, version) values ($1, $2, $3)
            on conflict on constraint own_metric_pkey do update set version = excluded.version",
            organisation,
            metric.id.as_str(),
            number,
        )
        .execute(&mut *connection)
        .await
        .or_problem(attempting)?;
        sqlx::query!(
            "insert into own_metric_version
                (organisation_id, metric_id, version, document, schema_version, note, author_id, at)
            values ($1, $2, $3, $4, $5, $6, $7, $8)",
            organisation,
            metric.id.as_str(),
            number,
            Json(metric) as _,
            SCHEMA_VERSION,
            note,
            who.user().0,
            as_database_time(now),
        )
        .execute(&mut *connection)
        .await
        .or_problem(attempting)?;
        record_change(connection, who, &metric.id, Action::MetricDefined, json!({ "version": version }), now).await?;
        Ok(version)
    }
}

/// The own metrics of somebody's organisation, which nobody else changes until the transaction ends: whether they fit
/// together is a question about all of them.
pub(super) async fn locked_documents(
    connection: &mut PgConnection,
    who: &Principal,
) -> Result<Vec<OwnDocument>, Problem> {
    sqlx::query!("select id from organisation where id = $1 for no key update", who.organisation().0)
        .fetch_one(&mut *connection)
        .await
        .or_problem("lock the own metrics")?;
    documents(connection, who.organisation()).await
}

fn trimmed(metric: OwnMetric) -> OwnMetric {
    let text = |text: &str| text.trim().to_owned();
    let both = |both: &LocalText| LocalText { zh: text(&both.zh), en: text(&both.en) };
    OwnMetric {
        name: both(&metric.name),
        definition: both(&metric.definition),
        owner: text(&metric.owner),
        source: text(&metric.source),
        ..metric
    }
}

fn changed(id: &OwnMetricId, version: u32) -> Problem {
    let detail = format!("“{id}” was changed meanwhile: it is at version {version}. Open it again and compare.");
    Problem::new(ProblemCode::MetricChanged, detail).with("metric", id).with("version", version)
}

fn retired(id: &OwnMetricId) -> Problem {
    Problem::new(ProblemCode::MetricRetired, format!("“{id}” was retired: bring it back before it is changed"))
        .with("metric", id)
}
