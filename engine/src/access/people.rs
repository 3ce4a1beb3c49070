//! People: adding and listing them.

use super::{Access, Action, AuditEntry, HOME, Scope, UserId, passwords, record, rights};
use crate::postgres::{OrProblem as _, as_database_time};
use model::{
    access::{OrganisationId, Role, ScopeSummary},
    problem::{Problem, ProblemCode},
    time::Timestamp,
};
use serde_json::json;
use sqlx::PgConnection;
use std::collections::HashMap;

/// The address of the administrator made at the first start.
const FIRST_ADMIN: &str = "admin@lingdong.local";
pub(super) const LONGEST_EMAIL_BYTES: usize = 254;
const LONGEST_NAME_CHARS: usize = 200;
/// Two first starts at once make one administrator: an arbitrary number that both lock.
const FIRST_ADMIN_LOCK: i64 = 0x6c69_6e67_646f_6e67;

/// How the first administrator signs in; shown once.
pub struct FirstAdmin {
    pub email: String,
    pub password: String,
}

/// Somebody to add.
pub struct NewUser {
    pub email: String,
    pub name: String,
    pub role: Role,
    /// Generated where none is given.
    pub password: Option<String>,
}

/// Somebody in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UserRow {
    pub email: String,
    pub name: String,
    pub role: Role,
    pub may_define_metrics: bool,
    pub scope: ScopeSummary,
}

impl Access {
    /// Creates the first administrator, without any grant of data; `None` where there has ever been one.
    pub async fn ensure_first_admin(&self) -> Result<Option<FirstAdmin>, Problem> {
        let attempting = "make the first administrator";
        let mut transaction = self.pool().begin().await.or_problem(attempting)?;
        sqlx::query!("select pg_advisory_xact_lock($1)", FIRST_ADMIN_LOCK)
            .execute(&mut *transaction)
            .await
            .or_problem(attempting)?;
        let exists = sqlx::query!(r#"select exists (select from app_user where role = 'admin') as "exists!""#)
            .fetch_one(&mut *transaction)
            .await
            .or_problem(attempting)?
            .exists;
        if exists {
            return Ok(None);
        }
        let password = passwords::generate();
        let user = NewUser {
            email: FIRST_ADMIN.to_owned(),
            name: "admin".to_owned(),
            role: Role::Admin,
            password: Some(password.clone()),
        };
        let hash = self.passwords().hash(password.clone()).await?;
        insert(&mut transaction, &user, &hash, self.now()).await?;
        transaction.commit().await.or_problem(attempting)?;
        Ok(Some(FirstAdmin { email: user.email, password }))
    }

    /// Adds somebody to the organisation, without any grant of data. Returns the password, generated where none was
    /// given.
    pub async fn add_user(&self, user: NewUser) -> Result<String, Problem> {
        let attempting = "add a user";
        let user = NewUser { email: normal_email(&user.email), name: user.name.trim().to_owned(), ..user };
        check(&user)?;
        let password = match &user.password {
            Some(password) => {
                passwords::check(password, &user.email)?;
                password.clone()
            }
            None => passwords::generate(),
        };
        let hash = self.passwords().hash(password.clone()).await?;
        let mut transaction = self.pool().begin().await.or_problem(attempting)?;
        insert(&mut transaction, &user, &hash, self.now()).await?;
        transaction.commit().await.or_problem(attempting)?;
        Ok(password)
    }

    /// Everybody, by address, with what they may see.
    pub async fn list_users(&self) -> Result<Vec<UserRow>, Problem> {
        let attempting = "list the users";
        let users = sqlx::query!(
            "select id, organisation_id, email, name, role, may_define_metrics from app_user order by email"
        )
        .fetch_all(self.pool())
        .await
        .or_problem(attempting)?;
        let grants = sqlx::query!(
            "select user_id, domain, organisation_id, region from grant_row
            where expires_at is null or expires_at > $1",
            as_database_time(self.now()),
        )
        .fetch_all(self.pool())
        .await
        .or_problem(attempting)?;
        let mut granted = HashMap::<i32, Vec<_>>::new();
        for grant in grants {
            let pair =
                (rights::domain(&grant.domain)?, OrganisationId(grant.organisation_id), rights::region(&grant.region)?);
            granted.entry(grant.user_id).or_default().push(pair);
        }
        let mut rows = Vec::with_capacity(users.len());
        for user in users {
            let organisation = OrganisationId(user.organisation_id);
            let scope = Scope::of_grants(organisation, granted.remove(&user.id).unwrap_or_default());
            let scope = scope.as_ref().map_or_else(ScopeSummary::default, Scope::summary);
            let role = rights::role(&user.role)?;
            let may_define_metrics = role.may_define_metrics(user.may_define_metrics);
            rows.push(UserRow { email: user.email, name: user.name, role, may_define_metrics, scope });
        }
        Ok(rows)
    }
}

/// An address as it is stored and compared.
pub(super) fn normal_email(email: &str) -> String {
    email.trim().to_lowercase()
}

pub(super) fn no_such_user(email: &str) -> Problem {
    let detail = format!("there is no user {email}, or they are disabled; `lingdong user list` shows them");
    Problem::new(ProblemCode::NotFound, detail).with("email", email)
}

fn check(user: &NewUser) -> Result<(), Problem> {
    let refusal =
        |field: &str, detail: String| Err(Problem::new(ProblemCode::MalformedRequest, detail).with("field", field));
    let (name, host) = user.email.split_once('@').unwrap_or_default();
    let odd = user.email.chars().any(|letter| letter.is_whitespace() || letter.is_control());
    if name.is_empty() || host.is_empty() || host.contains('@') || odd || user.email.len() > LONGEST_EMAIL_BYTES {
        return refusal("email", format!("“{}” is no e-mail address: expected name@example.com", user.email));
    }
    let name_chars = user.name.chars().count();
    if name_chars == 0 || name_chars > LONGEST_NAME_CHARS {
        return refusal("name", format!("the name has {name_chars} characters: expected 1 to {LONGEST_NAME_CHARS}"));
    }
    Ok(())
}

async fn insert(
    connection: &mut PgConnection,
    user: &NewUser,
    password_hash: &str,
    now: Timestamp,
) -> Result<UserId, Problem> {
    let inserted = sqlx::query!(
        "insert into app_user (organisation_id, email, name, role, password_hash, created_at)
        values ($1, $2, $3, $4, $5, $6)
        on conflict on constraint app_user_email_key do nothing
        returning id",
        HOME.0,
        user.email,
        user.name,
        user.role.name(),
        password_hash,
        as_database_time(now),
    )
    .fetch_optional(&mut *connection)
    .await
    .or_problem("add a user")?
    .ok_or_else(|| {
        Problem::new(ProblemCode::MalformedRequest, format!("there is a user {} already", user.email))
            .with("field", "email")
            .with("rule", "taken")
    })?;
    let entry = AuditEntry {
        at: now,
        organisation: Some(HOME),
        actor: None,
        action: Action::UserAdded,
        subject: &user.email,
        details: json!({ "role": user.role.name() }),
    };
    record(connection, entry).await?;
    Ok(UserId(inserted.id))
}
