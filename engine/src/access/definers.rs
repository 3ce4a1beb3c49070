//! The right to define metrics: given and taken on the command line.

use super::{Access, Action, AuditEntry, HOME, UserId, people::no_such_user, record};
use crate::postgres::OrProblem as _;
use model::{
    access::EmailAddress,
    problem::{Problem, ProblemCode},
};
use serde_json::json;

impl Access {
    /// Lets an editor add metrics of the organisation's own, or no longer. Administrators always may, viewers never.
    pub async fn let_define_metrics(&self, email: &str, may: bool) -> Result<(), Problem> {
        let attempting = "give the right to define metrics";
        let email = EmailAddress::normal(email);
        let mut transaction = self.pool().begin().await.or_problem(attempting)?;
        let user = sqlx::query!(
            "select id, role from app_user where email = $1 and organisation_id = $2 and disabled_at is null for update",
            email,
            HOME.0,
        )
        .fetch_optional(&mut *transaction)
        .await
        .or_problem(attempting)?
        .ok_or_else(|| no_such_user(&email))?;
        if may && user.role == "viewer" {
            let detail = format!("{email} is a viewer: only editors and administrators define metrics");
            return Err(Problem::new(ProblemCode::MalformedRequest, detail).with("field", "role"));
        }
        sqlx::query!("update app_user set may_define_metrics = $2 where id = $1", user.id, may)
            .execute(&mut *transaction)
            .await
            .or_problem(attempting)?;
        let entry = AuditEntry {
            at: self.now(),
            organisation: Some(HOME),
            actor: None,
            action: if may { Action::RightGiven } else { Action::RightTaken },
            subject: &email,
            details: json!({ "right": "define_metrics" }),
        };
        record(&mut transaction, entry).await?;
        transaction.commit().await.or_problem(attempting)?;
        self.forget(UserId(user.id));
        Ok(())
    }
}
