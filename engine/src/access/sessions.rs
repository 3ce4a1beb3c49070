//! Sessions of signed-in browsers.

use super::{
    Access, Action, AuditEntry, Principal, SessionToken, UserId, record,
    remembered::{Validity, WRITE_SEEN_EVERY_MS},
    rights,
    secret::SecretHash,
};
use crate::postgres::{OrProblem as _, as_database_time, as_timestamp};
use model::{
    problem::{Problem, ProblemCode},
    time::Timestamp,
};
use serde_json::json;

const HOUR_MS: i64 = 60 * 60_000;
/// A session ends so long after it was last used: a working day. An open board counts as use, so a wall does not go
/// dark; whoever walks away from a closed browser is signed out by the next morning.
pub const IDLE_LIMIT_MS: i64 = 12 * HOUR_MS;
/// A session ends so long after the sign-in, used or not: once a week everybody shows their password again.
pub const ABSOLUTE_LIMIT_MS: i64 = 7 * 24 * HOUR_MS;

impl Access {
    /// `SignInRequired` where the session is unknown, idle too long, too old, or its user is disabled. Answered from
    /// memory, and as fresh as the rows.
    pub async fn principal_of_session(&self, token: &SessionToken) -> Result<Principal, Problem> {
        let now = self.now();
        let secret = token.hash();
        if let Some(recalled) = self.remembered().recall(secret, now) {
            if recalled.write_seen {
                self.write_seen(secret, now).await;
            }
            return Ok(recalled.principal);
        }
        let epoch = self.epoch();
        let session = sqlx::query!(
            "select user_id, expires_at from session
            where token_hash = $1 and ended_at is null and expires_at > $2 and last_seen_at > $3",
            secret.as_bytes(),
            as_database_time(now),
            as_database_time(now.plus_millis(-IDLE_LIMIT_MS)),
        )
        .fetch_optional(self.pool())
        .await
        .or_problem("read a session")?
        .ok_or_else(sign_in_required)?;
        let user = UserId(session.user_id);
        let principal = rights::read(self.pool(), user, now).await?.ok_or_else(sign_in_required)?;
        self.write_seen(secret, now).await;
        let validity = Validity::Session { last_seen: now, expires: as_timestamp(session.expires_at) };
        self.remembered().keep(secret, &principal, validity, epoch, now);
        Ok(principal)
    }

    /// Ends the session. Ending one that has ended already is no mistake.
    pub async fn sign_out(&self, token: &SessionToken) -> Result<(), Problem> {
        let attempting = "end a session";
        let now = self.now();
        let secret = token.hash();
        let mut transaction = self.pool().begin().await.or_problem(attempting)?;
        let ended = sqlx::query!(
            "update session s set ended_at = $2 from app_user u
            where s.token_hash = $1 and s.ended_at is null and u.id = s.user_id
            returning s.user_id, u.email, u.organisation_id",
            secret.as_bytes(),
            as_database_time(now),
        )
        .fetch_optional(&mut *transaction)
        .await
        .or_problem(attempting)?;
        let Some(ended) = ended else { return Ok(()) };
        let user = UserId(ended.user_id);
        let entry = AuditEntry {
            at: now,
            organisation: Some(model::access::OrganisationId(ended.organisation_id)),
            actor: Some(user),
            action: Action::SignedOut,
            subject: &ended.email,
            details: json!({}),
        };
        record(&mut transaction, entry).await?;
        transaction.commit().await.or_problem(attempting)?;
        self.forget(user);
        Ok(())
    }

    /// Failing to note that somebody was seen is no reason to turn them away.
    async fn write_seen(&self, secret: SecretHash, now: Timestamp) {
        let written = sqlx::query!(
            "update session set last_seen_at = $2 where token_hash = $1 and last_seen_at <= $3",
            secret.as_bytes(),
            as_database_time(now),
            as_database_time(now.plus_millis(-WRITE_SEEN_EVERY_MS)),
        )
        .execute(self.pool())
        .await;
        if let Err(error) = written {
            tracing::warn!(%error, "can't note that a session was used");
        }
    }
}

fn sign_in_required() -> Problem {
    Problem::new(ProblemCode::SignInRequired, "sign in first: there is no session, or it has ended")
}
