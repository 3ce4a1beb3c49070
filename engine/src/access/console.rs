//! Who acts through the command line.
//!
//! Whoever may open the data folder may make a token for anybody, so a name is enough here. What is then done is done with
//! that person's rights, and is theirs in history and audit.

use super::{Access, Principal, UserId, people::no_such_user, rights};
use crate::postgres::OrProblem as _;
use model::{
    access::EmailAddress,
    problem::{Problem, ProblemCode},
};

impl Access {
    /// The person of that address; without one the administrator, where there is exactly one.
    pub async fn principal_at_console(&self, email: Option<&str>) -> Result<Principal, Problem> {
        let email = email.map(EmailAddress::normal);
        let found = sqlx::query!(
            "select id from app_user
            where disabled_at is null and (email = $1 or $1::text is null and role = 'admin') limit 2",
            email.as_deref(),
        )
        .fetch_all(self.pool())
        .await
        .or_problem("look a person up")?;
        let unknown = || match &email {
            Some(email) => no_such_user(email),
            None => Problem::new(ProblemCode::MalformedRequest, "say with --user EMAIL whose rights to act with")
                .with("field", "user"),
        };
        match found.as_slice() {
            [one] => rights::read(self.pool(), UserId(one.id), self.now()).await?.ok_or_else(unknown),
            _ => Err(unknown()),
        }
    }
}
