//! Signing in with a password.

use super::{
    ABSOLUTE_LIMIT_MS, Access, Action, AuditEntry, SessionToken, UserId,
    attempts::From,
    network::Network,
    passwords::Verdict,
    people::{LONGEST_EMAIL_BYTES, normal_email},
    record,
};
use crate::postgres::{OrProblem as _, as_database_time};
use model::{
    access::OrganisationId,
    problem::{Problem, ProblemCode},
    time::Timestamp,
};
use serde_json::json;
use std::net::IpAddr;

const ATTEMPTING: &str = "sign somebody in";
/// An ended session is kept so long: its network stays one from which the owner is known.
const KNOWN_FOR_MS: i64 = 30 * 24 * 60 * 60_000;

/// Somebody who may sign in, if the password is right.
struct Candidate {
    user: UserId,
    organisation: OrganisationId,
    password_hash: String,
}

impl Access {
    /// Always a new token; `previous` is ended, so that a token planted before the sign-in never becomes anybody's.
    ///
    /// An unknown address, a disabled account and a wrong password are answered alike, in words and in time.
    pub async fn sign_in(
        &self,
        email: &str,
        password: &str,
        client: IpAddr,
        previous: Option<&SessionToken>,
    ) -> Result<SessionToken, Problem> {
        let now = self.now();
        // No address is longer, and what is typed here is kept in memory and in the audit log.
        let email: String = normal_email(email).chars().take(LONGEST_EMAIL_BYTES).collect();
        let network = Network::of(client);
        let (candidate, from) = self.candidate(&email, network, now).await?;
        let attempt = self.attempts().admit(&email, from, network, now).map_err(too_many_attempts)?;
        let stored = candidate.as_ref().map(|candidate| candidate.password_hash.clone());
        let verdict = match self.passwords().verify(password.to_owned(), stored).await {
            Ok(verdict) => verdict,
            Err(problem) => {
                // Nobody has looked at the password.
                attempt.withdraw();
                return Err(problem);
            }
        };
        match candidate {
            Some(candidate) if verdict != Verdict::Wrong => {
                attempt.succeeded();
                if verdict == Verdict::RightButCheap {
                    self.rehash(candidate.user, password).await?;
                }
                self.start_session(&email, &candidate, network, previous, now).await
            }
            candidate => {
                self.record_failure(&email, network, candidate.as_ref(), now).await?;
                Err(Problem::new(ProblemCode::SignInFailed, "the address or the password is wrong"))
            }
        }
    }

    async fn candidate(
        &self,
        email: &str,
        network: Network,
        now: Timestamp,
    ) -> Result<(Option<Candidate>, From), Problem> {
        let row = sqlx::query!(
            r#"select u.id, u.organisation_id, u.password_hash, u.disabled_at is null as "enabled!",
                exists (select from session s where s.user_id = u.id and s.network = $2 and s.created_at > $3)
                    as "known!"
            from app_user u where u.email = $1"#,
            email,
            network.to_string(),
            as_database_time(now.plus_millis(-KNOWN_FOR_MS)),
        )
        .fetch_optional(self.pool())
        .await
        .or_problem(ATTEMPTING)?;
        let from = match &row {
            Some(row) if row.known => From::Known,
            Some(_) | None => From::Stranger,
        };
        let candidate = row.filter(|row| row.enabled).map(|row| Candidate {
            user: UserId(row.id),
            organisation: OrganisationId(row.organisation_id),
            password_hash: row.password_hash,
        });
        Ok((candidate, from))
    }

    async fn start_session(
        &self,
        email: &str,
        candidate: &Candidate,
        network: Network,
        previous: Option<&SessionToken>,
        now: Timestamp,
    ) -> Result<SessionToken, Problem> {
        let token = SessionToken::generate();
        let secret = token.hash();
        let previous = previous.map(SessionToken::hash);
        let at = as_database_time(now);
        let mut transaction = self.pool().begin().await.or_problem(ATTEMPTING)?;
        let ended = match previous {
            Some(previous) => sqlx::query!(
                "update session set ended_at = $2 where token_hash = $1 and ended_at is null returning user_id",
                previous.as_bytes(),
                at,
            )
            .fetch_optional(&mut *transaction)
            .await
            .or_problem(ATTEMPTING)?
            .map(|row| UserId(row.user_id)),
            None => None,
        };
        sqlx::query!("delete from session where expires_at < $1", as_database_time(now.plus_millis(-KNOWN_FOR_MS)))
            .execute(&mut *transaction)
            .await
            .or_problem(ATTEMPTING)?;
        sqlx::query!(
            "insert into session (token_hash, user_id, network, created_at, last_seen_at, expires_at)
            values ($1, $2, $3, $4, $4, $5)",
            secret.as_bytes(),
            candidate.user.0,
            network.to_string(),
            at,
            as_database_time(now.plus_millis(ABSOLUTE_LIMIT_MS)),
        )
        .execute(&mut *transaction)
        .await
        .or_problem(ATTEMPTING)?;
        let entry = AuditEntry {
            at: now,
            organisation: Some(candidate.organisation),
            actor: Some(candidate.user),
            action: Action::SignedIn,
            subject: email,
            details: json!({ "network": network.to_string() }),
        };
        record(&mut transaction, entry).await?;
        transaction.commit().await.or_problem(ATTEMPTING)?;
        if let Some(user) = ended {
            self.forget(user);
        }
        Ok(token)
    }

    async fn record_failure(
        &self,
        email: &str,
        network: Network,
        candidate: Option<&Candidate>,
        now: Timestamp,
    ) -> Result<(), Problem> {
        let mut connection = self.pool().acquire().await.or_problem(ATTEMPTING)?;
        let entry = AuditEntry {
            at: now,
            organisation: candidate.map(|candidate| candidate.organisation),
            actor: None,
            action: Action::SignInFailed,
            subject: email,
            details: json!({ "network": network.to_string() }),
        };
        record(&mut connection, entry).await
    }

    /// The only moment at which the password is at hand.
    async fn rehash(&self, user: UserId, password: &str) -> Result<(), Problem> {
        let hash = self.passwords().hash(password.to_owned()).await?;
        sqlx::query!("update app_user set password_hash = $2 where id = $1", user.0, hash)
            .execute(self.pool())
            .await
            .or_problem(ATTEMPTING)?;
        Ok(())
    }
}

fn too_many_attempts(seconds: u64) -> Problem {
    let detail = format!("too many wrong passwords: try again in {seconds} s");
    Problem::new(ProblemCode::TooManyAttempts, detail).with("seconds", seconds)
}
