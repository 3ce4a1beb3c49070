//! People: adding, listing and changing them.
//!
//! - here: the first administrator, and what the command line does
//! - [`listed`], [`invited`], [`changed`]: what administrators do to the people of their organisation, as far as [`within`] lets
//!   them

mod changed;
mod invited;
mod listed;
mod within;

pub(super) use changed::end_sessions;

use super::{Access, Action, AuditEntry, HOME, Scope, UserId, held::HeldScopes, passwords, record, rights};
use crate::postgres::{OrProblem as _, as_database_time};
use model::{
    access::{EmailAddress, OrganisationId, PersonName, Role, ScopeSummary},
    problem::{Problem, ProblemCode},
    time::Timestamp,
};
use serde_json::json;
use sqlx::PgConnection;

/// The address of the administrator made at the first start.
const FIRST_ADMIN: &str = "admin@lingdong.local";
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
        insert(&mut transaction, &Typed::parse(&user)?, user.role, &hash, self.now()).await?;
        transaction.commit().await.or_problem(attempting)?;
        Ok(Some(FirstAdmin { email: user.email, password }))
    }

    /// Adds somebody to the organisation, without any grant of data. Returns the password, generated where none was
    /// given.
    pub async fn add_user(&self, user: NewUser) -> Result<String, Problem> {
        let attempting = "add a user";
        let typed = Typed::parse(&user)?;
        let password = match user.password {
            Some(password) => {
                passwords::check(&password, typed.email.as_str())?;
                password
            }
            None => passwords::generate(),
        };
        let hash = self.passwords().hash(password.clone()).await?;
        let mut transaction = self.pool().begin().await.or_problem(attempting)?;
        insert(&mut transaction, &typed, user.role, &hash, self.now()).await?;
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
        let mut scopes = HeldScopes::of_all(self.pool(), self.now()).await?;
        let mut rows = Vec::with_capacity(users.len());
        for user in users {
            let scope = scopes.take(UserId(user.id), OrganisationId(user.organisation_id));
            let scope = scope.as_ref().map_or_else(ScopeSummary::default, Scope::summary);
            let role = rights::role(&user.role)?;
            let may_define_metrics = role.may_define_metrics(user.may_define_metrics);
            rows.push(UserRow { email: user.email, name: user.name, role, may_define_metrics, scope });
        }
        Ok(rows)
    }
}

pub(super) fn no_such_user(email: &str) -> Problem {
    let detail = format!("there is no user {email}, or they are disabled; `lingdong user list` shows them");
    Problem::new(ProblemCode::NotFound, detail).with("email", email)
}

fn taken(email: &EmailAddress) -> Problem {
    Problem::new(ProblemCode::MalformedRequest, format!("there is a user {email} already"))
        .with("field", "email")
        .with("rule", "taken")
}

/// What was typed on the command line.
struct Typed {
    email: EmailAddress,
    name: PersonName,
}

impl Typed {
    fn parse(user: &NewUser) -> Result<Self, Problem> {
        let refusal = |field: &str, typed: &str, why: String| {
            Problem::new(ProblemCode::MalformedRequest, format!("{field} “{typed}”: {why}")).with("field", field)
        };
        Ok(Self {
            email: user.email.parse().map_err(|why| refusal("email", &user.email, format!("{why}")))?,
            name: user.name.parse().map_err(|why| refusal("name", &user.name, format!("{why}")))?,
        })
    }
}

async fn insert(
    connection: &mut PgConnection,
    user: &Typed,
    role: Role,
    password_hash: &str,
    now: Timestamp,
) -> Result<UserId, Problem> {
    let inserted = sqlx::query!(
        "insert into app_user (organisation_id, email, name, role, password_hash, created_at)
        values ($1, $2, $3, $4, $5, $6)
        on conflict on constraint app_user_email_key do nothing
        returning id",
        HOME.0,
        user.email.as_str(),
        user.name.as_str(),
        role.name(),
        password_hash,
        as_database_time(now),
    )
    .fetch_optional(&mut *connection)
    .await
    .or_problem("add a user")?
    .ok_or_else(|| taken(&user.email))?;
    let entry = AuditEntry {
        at: now,
        organisation: Some(HOME),
        actor: None,
        action: Action::UserAdded,
        subject: user.email.as_str(),
        details: json!({ "role": role.name() }),
    };
    record(connection, entry).await?;
    Ok(UserId(inserted.id))
}
