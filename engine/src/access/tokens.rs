//! Bearer tokens for programs.

use super::{
    Access, Action, AuditEntry, Principal, UserId, people::no_such_user, record, remembered::Validity, rights,
    secret::BearerToken,
};
use crate::postgres::{OrProblem as _, as_database_time, as_timestamp};
use model::{
    access::{EmailAddress, OrganisationId},
    problem::{Problem, ProblemCode},
};
use serde_json::json;

impl Access {
    /// `WrongToken` where it is unknown, revoked or expired, or its user is disabled. Answered from memory, and as
    /// fresh as the rows.
    pub async fn principal_of_bearer(&self, token: &str) -> Result<Principal, Problem> {
        let now = self.now();
        let secret = BearerToken::parse(token).ok_or_else(wrong_token)?.hash();
        if let Some(recalled) = self.remembered().recall(secret, now) {
            return Ok(recalled.principal);
        }
        let epoch = self.epoch();
        let row = sqlx::query!(
            "select user_id, expires_at from api_token
            where token_hash = $1 and (expires_at is null or expires_at > $2)",
            secret.as_bytes(),
            as_database_time(now),
        )
        .fetch_optional(self.pool())
        .await
        .or_problem("read a token")?
        .ok_or_else(wrong_token)?;
        let principal = rights::read(self.pool(), UserId(row.user_id), now).await?.ok_or_else(wrong_token)?;
        let validity = Validity::Token { expires: row.expires_at.map(as_timestamp) };
        self.remembered().keep(secret, &principal, validity, epoch, now);
        Ok(principal)
    }

    /// The secret of a new bearer token; it can't be shown again.
    pub async fn create_token(&self, email: &str) -> Result<String, Problem> {
        let attempting = "create a token";
        let now = self.now();
        let email = EmailAddress::normal(email);
        let token = BearerToken::generate();
        let secret = token.hash();
        let mut transaction = self.pool().begin().await.or_problem(attempting)?;
        let user = sqlx::query!(
            "insert into api_token (token_hash, user_id, created_at)
            select $1, id, $3 from app_user where email = $2 and disabled_at is null
            returning user_id, (select organisation_id from app_user where id = user_id) as organisation_id",
            secret.as_bytes(),
            email,
            as_database_time(now),
        )
        .fetch_optional(&mut *transaction)
        .await
        .or_problem(attempting)?
        .ok_or_else(|| no_such_user(&email))?;
        let entry = AuditEntry {
            at: now,
            organisation: user.organisation_id.map(OrganisationId),
            actor: None,
            action: Action::TokenCreated,
            subject: &email,
            details: json!({}),
        };
        record(&mut transaction, entry).await?;
        transaction.commit().await.or_problem(attempting)?;
        Ok(token.reveal())
    }
}

fn wrong_token() -> Problem {
    Problem::new(
        ProblemCode::WrongToken,
        "the bearer token is unknown or has ended; make one with `lingdong token create`",
    )
}
