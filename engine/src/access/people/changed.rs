//! Changing people: their name and role, and whether they may come in at all.

use super::within::Target;
use crate::{
    access::{Access, Action, AuditEntry, Principal, UserId, record},
    postgres::{OrProblem as _, as_database_time},
};
use model::{
    access::{PersonChange, PersonId},
    problem::Problem,
    time::Timestamp,
};
use serde_json::json;
use sqlx::PgConnection;

impl Access {
    /// Changes name, role and the right to define metrics. Obeyed by the next call of that person.
    pub async fn change_person(&self, who: &Principal, person: PersonId, change: PersonChange) -> Result<(), Problem> {
        let attempting = "change a person";
        let now = self.now();
        let mut transaction = self.pool().begin().await.or_problem(attempting)?;
        let target = Target::of(&mut transaction, who, person, now).await?;
        let moves_rights = target.role != change.role || target.may_define_metrics != change.may_define_metrics;
        if moves_rights {
            target.must_not_be(who)?;
        }
        // A role opens more of what was granted: single plays, for one.
        if change.role > target.role {
            target.must_be_within(who)?;
        }
        sqlx::query!(
            "update app_user set name = $2, role = $3, may_define_metrics = $4 where id = $1",
            person.0,
            change.name.as_str(),
            change.role.name(),
            change.may_define_metrics,
        )
        .execute(&mut *transaction)
        .await
        .or_problem(attempting)?;
        let entry = AuditEntry {
            at: now,
            organisation: Some(who.organisation()),
            actor: Some(who.user()),
            action: Action::UserChanged,
            subject: &target.email,
            details: json!({
                "name": [target.name, change.name],
                "role": [target.role.name(), change.role.name()],
                "may_define_metrics": [target.may_define_metrics, change.may_define_metrics],
            }),
        };
        record(&mut transaction, entry).await?;
        transaction.commit().await.or_problem(attempting)?;
        self.forget(target.user);
        Ok(())
    }

    /// From now on they may do nothing: sessions, tokens and invitations end, open streams with them. Their boards stay.
    pub async fn disable_person(&self, who: &Principal, person: PersonId) -> Result<(), Problem> {
        let attempting = "disable a person";
        let now = self.now();
        let mut transaction = self.pool().begin().await.or_problem(attempting)?;
        let target = Target::of(&mut transaction, who, person, now).await?;
        target.must_not_be(who)?;
        if target.is_disabled {
            return Ok(());
        }
        sqlx::query!("update app_user set disabled_at = $2 where id = $1", person.0, as_database_time(now))
            .execute(&mut *transaction)
            .await
            .or_problem(attempting)?;
        end_sessions(&mut transaction, target.user, now).await?;
        sqlx::query!("delete from api_token where user_id = $1", person.0)
            .execute(&mut *transaction)
            .await
            .or_problem(attempting)?;
        sqlx::query!("delete from invitation where user_id = $1", person.0)
            .execute(&mut *transaction)
            .await
            .or_problem(attempting)?;
        note(&mut transaction, who, Action::UserDisabled, &target.email, now).await?;
        transaction.commit().await.or_problem(attempting)?;
        self.forget(target.user);
        Ok(())
    }

    /// They may come in again, with the grants that have not expired meanwhile.
    pub async fn enable_person(&self, who: &Principal, person: PersonId) -> Result<(), Problem> {
        let attempting = "enable a person";
        let now = self.now();
        let mut transaction = self.pool().begin().await.or_problem(attempting)?;
        let target = Target::of(&mut transaction, who, person, now).await?;
        if !target.is_disabled {
            return Ok(());
        }
        target.must_be_within(who)?;
        sqlx::query!("update app_user set disabled_at = null where id = $1", person.0)
            .execute(&mut *transaction)
            .await
            .or_problem(attempting)?;
        note(&mut transaction, who, Action::UserEnabled, &target.email, now).await?;
        transaction.commit().await.or_problem(attempting)?;
        self.forget(target.user);
        Ok(())
    }

    /// Signs all browsers of somebody out; the password stays.
    pub async fn end_sessions_of(&self, who: &Principal, person: PersonId) -> Result<(), Problem> {
        let attempting = "sign a person out";
        let now = self.now();
        let mut transaction = self.pool().begin().await.or_problem(attempting)?;
        let target = Target::of(&mut transaction, who, person, now).await?;
        end_sessions(&mut transaction, target.user, now).await?;
        note(&mut transaction, who, Action::SessionsEnded, &target.email, now).await?;
        transaction.commit().await.or_problem(attempting)?;
        self.forget(target.user);
        Ok(())
    }
}

/// Writes a deed down that has nothing more to tell.
async fn note(
    connection: &mut PgConnection,
    who: &Principal,
    action: Action,
    subject: &str,
    at: Timestamp,
) -> Result<(), Problem> {
    let (organisation, actor) = (Some(who.organisation()), Some(who.user()));
    record(connection, AuditEntry { at, organisation, actor, action, subject, details: json!({}) }).await
}

/// Ends every session of somebody.
pub(in crate::access) async fn end_sessions(
    connection: &mut PgConnection,
    user: UserId,
    now: Timestamp,
) -> Result<(), Problem> {
    sqlx::query!(
        "update session set ended_at = $2 where user_id = $1 and ended_at is null",
        user.0,
        as_database_time(now),
    )
    .execute(connection)
    .await
    .or_problem("end sessions")?;
    Ok(())
}
