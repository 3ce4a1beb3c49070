//! Signing in with a password.

use super::{
    ABSOLUTE_LIMIT_MS, Access, Action, AuditEntry, Client, SessionToken, UserId, attempts::From, network::Network,
    passwords::Verdict, record,
};
use crate::postgres::{OrProblem as _, as_database_time};
use model::{
    access::{EmailAddress, OrganisationId},
    problem::{Problem, ProblemCode},
};
use serde_json::json;

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
        client: impl Into<Client> + Send,
        previous: Option<&SessionToken>,
    ) -> Result<SessionToken, Problem> {
        let client = client.into();
        // No address is longer, and what is typed here is kept in memory and in the audit log.
        let email: String = EmailAddress::normal(email).chars().take(EmailAddress::MOST_BYTES).collect();
        let (candidate, from) = self.candidate(&email, client.network()).await?;
        let stored = candidate.as_ref().map(|candidate| candidate.password_hash.clone());
        let verdict = self.prove(&email, password, stored, from, &client).await?;
        match candidate {
            Some(candidate) if verdict != Verdict::Wrong => {
                if verdict == Verdict::RightButCheap {
                    self.rehash(candidate.user, password).await?;
                }
                self.start_session(&email, candidate.user, candidate.organisation, &client, previous).await
            }
            candidate => {
                self.record_failure(&email, client.network(), candidate.as_ref()).await?;
                Err(Problem::new(ProblemCode::SignInFailed, "the address or the password is wrong"))
            }
        }
    }

    /// Whether a password is right; each wrong one is charged to the account and to the network that it came from.
    pub(super) async fn prove(
        &self,
        email: &str,
        password: &str,
        stored: Option<String>,
        from: From,
        client: &Client,
    ) -> Result<Verdict, Problem> {
        let attempt = self.attempts().admit(email, from, client.network(), self.now()).map_err(too_many_attempts)?;
        match self.passwords().verify(password.to_owned(), stored).await {
            Ok(Verdict::Wrong) => {}
            Ok(verdict) => {
                attempt.succeeded();
                return Ok(verdict);
            }
            Err(problem) => {
                // Nobody has looked at the password.
                attempt.withdraw();
                return Err(problem);
            }
        }
        Ok(Verdict::Wrong)
    }

    async fn candidate(&self, email: &str, network: Network) -> Result<(Option<Candidate>, From), Problem> {
        let row = sqlx::query!(
            r#"select u.id, u.organisation_id, u.password_hash, u.disabled_at is null as "enabled!",
                exists (select from session s where s.user_id = u.id and s.network = $2 and s.created_at > $3)
                    as "known!"
            from app_user u where u.email = $1"#,
            email,
            network.to_string(),
            as_database_time(self.now().plus_millis(-KNOWN_FOR_MS)),
        )
        .fetch_optional(self.pool())
        .await
        .or_problem(ATTEMPTING)?;
        let from = match &row {
            Some(row) if row.known => From::Known,
            Some(_) | None => From::Stranger,
        };
        // Who has not chosen a password yet is nobody here.
        let candidate = row.filter(|row| row.enabled).and_then(|row| {
            Some(Candidate {
                user: UserId(row.id),
                organisation: OrganisationId(row.organisation_id),
                password_hash: row.password_hash?,
            })
        });
        Ok((candidate, from))
    }

    /// Begins a session of somebody who has just proved who they are, and ends `previous`.
    pub(super) async fn start_session(
        &self,
        email: &str,
        user: UserId,
        organisation: OrganisationId,
        client: &Client,
        previous: Option<&SessionToken>,
    ) -> Result<SessionToken, Problem> {
        let now = self.now();
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
            "insert into session (token_hash, user_id, network, agent, created_at, last_seen_at, expires_at)
            values ($1, $2, $3, $4, $5, $5, $6)",
            secret.as_bytes(),
            user.0,
            client.network().to_string(),
            client.agent(),
            at,
            as_database_time(now.plus_millis(ABSOLUTE_LIMIT_MS)),
        )
        .execute(&mut *transaction)
        .await
        .or_problem(ATTEMPTING)?;
        let entry = AuditEntry {
            at: now,
            organisation: Some(organisation),
            actor: Some(user),
            action: Action::SignedIn,
            subject: email,
            details: json!({ "network": client.network().to_string() }),
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
    ) -> Result<(), Problem> {
        let mut connection = self.pool().acquire().await.or_problem(ATTEMPTING)?;
        let entry = AuditEntry {
            at: self.now(),
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
