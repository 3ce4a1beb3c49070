//! What people do to their own account: the password, and the browsers that are signed in.

use super::{
    Access, Action, AuditEntry, Client, IDLE_LIMIT_MS, Principal, SessionToken, attempts::From, passwords,
    passwords::Verdict, people::end_sessions, record,
};
use crate::postgres::{OrProblem as _, as_database_time, as_timestamp};
use model::{
    access::{Device, OwnSession, SessionId},
    problem::{Problem, ProblemCode},
};
use serde_json::json;

impl Access {
    /// The browsers that are signed in, the one last used first. `current` is the one that asks.
    pub async fn own_sessions(&self, who: &Principal, current: &SessionToken) -> Result<Vec<OwnSession>, Problem> {
        let now = self.now();
        let secret = current.hash();
        let rows = sqlx::query!(
            r#"select id, agent, network, created_at, last_seen_at, token_hash = $2 as "is_current!" from session
            where user_id = $1 and ended_at is null and expires_at > $3 and last_seen_at > $4
            order by last_seen_at desc, id desc"#,
            who.user().0,
            secret.as_bytes(),
            as_database_time(now),
            as_database_time(now.plus_millis(-IDLE_LIMIT_MS)),
        )
        .fetch_all(self.pool())
        .await
        .or_problem("list sessions")?;
        Ok(rows
            .into_iter()
            .map(|row| OwnSession {
                id: SessionId(row.id),
                device: Device::of_agent(&row.agent),
                network: row.network,
                began: as_timestamp(row.created_at),
                last_seen: as_timestamp(row.last_seen_at),
                is_current: row.is_current,
            })
            .collect())
    }

    /// Signs one of their browsers out. One of somebody else's, or one that has ended, is none of theirs.
    pub async fn end_own_session(&self, who: &Principal, session: SessionId) -> Result<(), Problem> {
        let attempting = "end a session";
        let now = self.now();
        let mut transaction = self.pool().begin().await.or_problem(attempting)?;
        let ended = sqlx::query!(
            "update session set ended_at = $3 where id = $1 and user_id = $2 and ended_at is null",
            session.0,
            who.user().0,
            as_database_time(now),
        )
        .execute(&mut *transaction)
        .await
        .or_problem(attempting)?;
        if ended.rows_affected() == 0 {
            return Err(
                Problem::new(ProblemCode::NotFound, "this browser is signed out already").with("what", "session")
            );
        }
        let entry = AuditEntry {
            at: now,
            organisation: Some(who.organisation()),
            actor: Some(who.user()),
            action: Action::SessionsEnded,
            subject: &who.account().email,
            details: json!({ "session": session }),
        };
        record(&mut transaction, entry).await?;
        transaction.commit().await.or_problem(attempting)?;
        self.forget(who.user());
        Ok(())
    }

    /// Changes the password, which whoever holds the browser must prove to know. Every browser is signed out, and this one
    /// goes on with a new session: whoever had got hold of the old one has nothing.
    pub async fn change_own_password(
        &self,
        who: &Principal,
        current: &str,
        chosen: String,
        client: impl Into<Client> + Send,
    ) -> Result<SessionToken, Problem> {
        let attempting = "change a password";
        let client = client.into();
        let email = who.account().email.clone();
        passwords::check(&chosen, &email)?;
        let stored = sqlx::query!("select password_hash from app_user where id = $1", who.user().0)
            .fetch_one(self.pool())
            .await
            .or_problem(attempting)?
            .password_hash;
        if self.prove(&email, current, stored, From::Known, &client).await? == Verdict::Wrong {
            let detail = "the current password is wrong";
            let refusal = Problem::new(ProblemCode::MalformedRequest, detail).with("field", "current");
            return Err(refusal.with("rule", "wrong"));
        }
        let now = self.now();
        let hash = self.passwords().hash(chosen).await?;
        let mut transaction = self.pool().begin().await.or_problem(attempting)?;
        sqlx::query!("update app_user set password_hash = $2 where id = $1", who.user().0, hash)
            .execute(&mut *transaction)
            .await
            .or_problem(attempting)?;
        end_sessions(&mut transaction, who.user(), now).await?;
        let entry = AuditEntry {
            at: now,
            organisation: Some(who.organisation()),
            actor: Some(who.user()),
            action: Action::PasswordChosen,
            subject: &email,
            details: json!({}),
        };
        record(&mut transaction, entry).await?;
        transaction.commit().await.or_problem(attempting)?;
        self.forget(who.user());
        self.start_session(&email, who.user(), who.organisation(), &client, None).await
    }
}
