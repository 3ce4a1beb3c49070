//! Letting somebody in: by a link that works once, through which they choose a password that nobody else ever knows.
//!
//! Whoever has the link becomes that person, so only those may make one who hold everything the person holds, both when it is
//! made and when it is taken: otherwise an administrator could see through somebody else's eyes what was never granted to
//! them.

use super::within::{Target, within};
use crate::{
    access::{
        Access, Action, AuditEntry, Client, Principal, SessionToken, UserId, passwords, record, rights,
        secret::{InvitationToken, SecretHash},
    },
    postgres::{OrProblem as _, as_database_time, as_timestamp},
};
use model::{
    access::{Invitation, Invited, NewPerson, OrganisationId, PersonId},
    problem::{Problem, ProblemCode},
    time::Timestamp,
};
use serde_json::json;
use sqlx::{PgConnection, PgPool};

/// An invitation stands so long: over a long weekend, no longer.
const STANDS_FOR_MS: i64 = 7 * 24 * 60 * 60_000;

impl Access {
    /// Adds somebody to the administrator's organisation, without any grant of data, and invites them.
    pub async fn invite(&self, who: &Principal, person: NewPerson) -> Result<Invited, Problem> {
        who.require_administrator()?;
        let attempting = "add a person";
        let now = self.now();
        let mut transaction = self.pool().begin().await.or_problem(attempting)?;
        let added = sqlx::query!(
            "insert into app_user (organisation_id, email, name, role, created_at) values ($1, $2, $3, $4, $5)
            on conflict on constraint app_user_email_key do nothing
            returning id",
            who.organisation().0,
            person.email.as_str(),
            person.name.as_str(),
            person.role.name(),
            as_database_time(now),
        )
        .fetch_optional(&mut *transaction)
        .await
        .or_problem(attempting)?
        .ok_or_else(|| super::taken(&person.email))?;
        let entry = AuditEntry {
            at: now,
            organisation: Some(who.organisation()),
            actor: Some(who.user()),
            action: Action::UserAdded,
            subject: person.email.as_str(),
            details: json!({ "role": person.role.name() }),
        };
        record(&mut transaction, entry).await?;
        let invited = write_invitation(&mut transaction, who, UserId(added.id), person.email.as_str(), now).await?;
        transaction.commit().await.or_problem(attempting)?;
        Ok(invited)
    }

    /// Invites somebody again: their password no longer works, their browsers are signed out, and the invitation before this
    /// one is void.
    pub async fn invite_again(&self, who: &Principal, person: PersonId) -> Result<Invited, Problem> {
        let attempting = "invite a person";
        let now = self.now();
        let mut transaction = self.pool().begin().await.or_problem(attempting)?;
        let target = Target::of(&mut transaction, who, person, now).await?;
        target.must_not_be(who)?;
        target.must_be_enabled()?;
        target.must_be_within(who)?;
        sqlx::query!("update app_user set password_hash = null where id = $1", person.0)
            .execute(&mut *transaction)
            .await
            .or_problem(attempting)?;
        super::end_sessions(&mut transaction, target.user, now).await?;
        let invited = write_invitation(&mut transaction, who, target.user, &target.email, now).await?;
        transaction.commit().await.or_problem(attempting)?;
        self.forget(target.user);
        Ok(invited)
    }

    /// Whom an invitation is for; [`ProblemCode::NotFound`] where it does not stand, whatever the reason.
    pub async fn invitation(&self, token: &str) -> Result<Invitation, Problem> {
        let standing = Standing::read(self.pool(), token, self.now()).await?;
        Ok(Invitation { email: standing.email, name: standing.name, organisation: standing.organisation_name })
    }

    /// Takes an invitation: the password is theirs from now on, and they are signed in.
    pub async fn accept_invitation(
        &self,
        token: &str,
        password: String,
        client: impl Into<Client> + Send,
        previous: Option<&SessionToken>,
    ) -> Result<SessionToken, Problem> {
        let attempting = "take an invitation";
        let now = self.now();
        let standing = Standing::read(self.pool(), token, now).await?;
        passwords::check(&password, &standing.email)?;
        let hash = self.passwords().hash(password).await?;
        let mut transaction = self.pool().begin().await.or_problem(attempting)?;
        // Of two that take it at once, one finds it gone.
        let taken = sqlx::query!("delete from invitation where token_hash = $1", standing.secret.as_bytes())
            .execute(&mut *transaction)
            .await
            .or_problem(attempting)?;
        if taken.rows_affected() == 0 {
            return Err(stands_no_longer());
        }
        sqlx::query!("update app_user set password_hash = $2 where id = $1", standing.user.0, hash)
            .execute(&mut *transaction)
            .await
            .or_problem(attempting)?;
        let entry = AuditEntry {
            at: now,
            organisation: Some(standing.organisation),
            actor: Some(standing.user),
            action: Action::PasswordChosen,
            subject: &standing.email,
            details: json!({}),
        };
        record(&mut transaction, entry).await?;
        transaction.commit().await.or_problem(attempting)?;
        self.forget(standing.user);
        self.start_session(&standing.email, standing.user, standing.organisation, &client.into(), previous).await
    }
}

/// An invitation that may be taken.
struct Standing {
    secret: SecretHash,
    user: UserId,
    email: String,
    name: String,
    organisation: OrganisationId,
    organisation_name: String,
}

impl Standing {
    async fn read(pool: &PgPool, token: &str, now: Timestamp) -> Result<Self, Problem> {
        let secret = InvitationToken::parse(token).ok_or_else(stands_no_longer)?.hash();
        let row = sqlx::query!(
            r#"select i.user_id, i.invited_by, u.email, u.name, u.organisation_id, o.name as organisation_name
            from invitation i join app_user u on u.id = i.user_id join organisation o on o.id = u.organisation_id
            where i.token_hash = $1 and i.expires_at > $2 and u.disabled_at is null"#,
            secret.as_bytes(),
            as_database_time(now),
        )
        .fetch_optional(pool)
        .await
        .or_problem("read an invitation")?
        .ok_or_else(stands_no_longer)?;
        let user = UserId(row.user_id);
        if let Some(inviter) = row.invited_by {
            let inviter = rights::read(pool, UserId(inviter), now).await?.ok_or_else(stands_no_longer)?;
            let invited = rights::read(pool, user, now).await?.ok_or_else(stands_no_longer)?;
            if !inviter.role().may_administer() || !within(&invited, &inviter) {
                return Err(stands_no_longer());
            }
        }
        Ok(Self {
            secret,
            user,
            email: row.email,
            name: row.name,
            organisation: OrganisationId(row.organisation_id),
            organisation_name: row.organisation_name,
        })
    }
}

async fn write_invitation(
    connection: &mut PgConnection,
    who: &Principal,
    user: UserId,
    email: &str,
    now: Timestamp,
) -> Result<Invited, Problem> {
    let token = InvitationToken::generate();
    let secret = token.hash();
    let until = now.plus_millis(STANDS_FOR_MS);
    let written = sqlx::query!(
        "insert into invitation (token_hash, user_id, invited_by, created_at, expires_at) values ($1, $2, $3, $4, $5)
        on conflict on constraint invitation_user_once do update
        set token_hash = excluded.token_hash, invited_by = excluded.invited_by, created_at = excluded.created_at,
            expires_at = excluded.expires_at
        returning expires_at",
        secret.as_bytes(),
        user.0,
        who.user().0,
        as_database_time(now),
        as_database_time(until),
    )
    .fetch_one(&mut *connection)
    .await
    .or_problem("write an invitation")?;
    let entry = AuditEntry {
        at: now,
        organisation: Some(who.organisation()),
        actor: Some(who.user()),
        action: Action::Invited,
        subject: email,
        details: json!({ "until": until }),
    };
    record(connection, entry).await?;
    Ok(Invited { person: PersonId(user.0), token: token.reveal(), until: as_timestamp(written.expires_at) })
}

/// The same words for an invitation that never was, was taken, is too old, or whose giver could not give it now: whoever
/// guesses learns nothing.
fn stands_no_longer() -> Problem {
    Problem::new(
        ProblemCode::NotFound,
        "this invitation has been used, has expired or was replaced; ask an administrator for a new one",
    )
    .with("what", "invitation")
}
