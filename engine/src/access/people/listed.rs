//! Everybody of an organisation, as its administrators see them.

use crate::{
    access::{Access, IDLE_LIMIT_MS, Principal, Scope, UserId, held::HeldScopes, rights},
    postgres::{OrProblem as _, as_database_time, as_timestamp},
};
use model::{
    access::{Person, PersonId, PersonState, ScopeSummary},
    problem::Problem,
};

const ATTEMPTING: &str = "list the people";

impl Access {
    /// Everybody of the administrator's organisation, by address.
    pub async fn people(&self, who: &Principal) -> Result<Vec<Person>, Problem> {
        who.require_administrator()?;
        let now = self.now();
        let rows = sqlx::query!(
            r#"select u.id, u.email, u.name, u.role, u.may_define_metrics, u.created_at, u.disabled_at,
                u.password_hash is not null as "has_password!",
                i.expires_at as "invited_until?",
                (select max(s.last_seen_at) from session s where s.user_id = u.id) as last_seen,
                (select count(*) from session s where s.user_id = u.id and s.ended_at is null
                    and s.expires_at > $2 and s.last_seen_at > $3) as "sessions!"
            from app_user u left join invitation i on i.user_id = u.id and i.expires_at > $2
            where u.organisation_id = $1
            order by u.email"#,
            who.organisation().0,
            as_database_time(now),
            as_database_time(now.plus_millis(-IDLE_LIMIT_MS)),
        )
        .fetch_all(self.pool())
        .await
        .or_problem(ATTEMPTING)?;
        let mut scopes = HeldScopes::of_organisation(self.pool(), who.organisation(), now).await?;
        let mut people = Vec::with_capacity(rows.len());
        for row in rows {
            let scope = scopes.take(UserId(row.id), who.organisation());
            let state = match (row.disabled_at, row.has_password) {
                (Some(since), _) => PersonState::Disabled { since: as_timestamp(since) },
                (None, true) => PersonState::Active,
                (None, false) => PersonState::Invited { until: row.invited_until.map(as_timestamp) },
            };
            people.push(Person {
                id: PersonId(row.id),
                email: row.email,
                name: row.name,
                role: rights::role(&row.role)?,
                may_define_metrics: row.may_define_metrics,
                state,
                is_within: who.holds_all_of(scope.as_ref()),
                scope: scope.as_ref().map_or_else(ScopeSummary::default, Scope::summary),
                added: as_timestamp(row.created_at),
                last_seen: row.last_seen.map(as_timestamp),
                sessions: u32::try_from(row.sessions).unwrap_or(u32::MAX),
                is_self: who.user().0 == row.id,
            });
        }
        Ok(people)
    }
}
