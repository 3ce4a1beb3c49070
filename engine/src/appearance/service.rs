//! The door, and who may pass it.

use crate::{
    access::{Access, Action, AuditEntry, Principal, record},
    clock::SharedClock,
    postgres::{Databases, OrProblem as _},
};
use model::{
    appearance::{KeptTheme, OwnTheme, ThemeId},
    problem::{Problem, ProblemCode},
    time::Timestamp,
};
use serde_json::Value;
use sqlx::{PgConnection, PgPool, types::Json};

/// How the boards of all organisations look. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Appearances {
    pool: PgPool,
    clock: SharedClock,
    access: Access,
}

impl Appearances {
    pub fn open(databases: &Databases, access: Access, clock: SharedClock) -> Self {
        Self { pool: databases.application.clone(), clock, access }
    }

    pub(super) const fn pool(&self) -> &PgPool {
        &self.pool
    }

    pub(super) fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// After a change of our own: shown by the very next page, before the database has told us of it.
    pub(super) fn forget_what_was_shown(&self) {
        self.access.forget_all();
    }

    /// The own themes of somebody's organisation, by name.
    pub async fn themes(&self, who: &Principal) -> Result<Vec<KeptTheme>, Problem> {
        let rows = sqlx::query!(
            r#"select id, version, document as "document: Json<OwnTheme>" from own_theme
            where organisation_id = $1 and deleted_at is null
            order by document ->> 'name', id"#,
            who.organisation().0,
        )
        .fetch_all(&self.pool)
        .await
        .or_problem("list the themes")?;
        let kept =
            rows.into_iter().map(|row| KeptTheme { id: ThemeId(row.id), version: row.version, theme: row.document.0 });
        Ok(kept.collect())
    }

    /// An own theme of somebody's organisation; those of others are as if they were not there.
    pub async fn theme(&self, who: &Principal, id: ThemeId) -> Result<KeptTheme, Problem> {
        let row = sqlx::query!(
            r#"select version, document as "document: Json<OwnTheme>" from own_theme
            where id = $1 and organisation_id = $2 and deleted_at is null"#,
            id.0,
            who.organisation().0,
        )
        .fetch_optional(&self.pool)
        .await
        .or_problem("read a theme")?;
        let row = row.ok_or_else(|| no_such_theme(id))?;
        Ok(KeptTheme { id, version: row.version, theme: row.document.0 })
    }
}

/// Notes a change in the audit log, in its transaction.
pub(super) async fn record_change(
    connection: &mut PgConnection,
    who: &Principal,
    action: Action,
    subject: &str,
    details: Value,
    at: Timestamp,
) -> Result<(), Problem> {
    let (organisation, actor) = (Some(who.organisation()), Some(who.user()));
    record(connection, AuditEntry { at, organisation, actor, action, subject, details }).await
}

/// The same words for what is not there and for what is another organisation's.
pub(super) fn no_such_theme(id: ThemeId) -> Problem {
    Problem::new(ProblemCode::NotFound, format!("there is no theme {id}; it may have been removed")).with("theme", id)
}
