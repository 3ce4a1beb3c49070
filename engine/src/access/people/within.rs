//! What an administrator may do to somebody.

use crate::{
    access::{Principal, Scope, UserId, held::HeldScopes, rights},
    postgres::OrProblem as _,
};
use model::{
    access::{PersonId, Role},
    problem::{Problem, ProblemCode},
    time::Timestamp,
};
use sqlx::PgConnection;

/// Whether `other` holds everything that `person` holds.
pub(super) fn within(person: &Principal, other: &Principal) -> bool {
    person.organisation() == other.organisation() && other.holds_all_of(person.scope().ok())
}

impl Principal {
    /// Whether all of a scope is granted to them as well; what holds nothing is held by everybody.
    pub(in crate::access) fn holds_all_of(&self, scope: Option<&Scope>) -> bool {
        scope.is_none_or(|scope| self.scope().is_ok_and(|held| held.covers(scope)))
    }
}

/// Somebody of the administrator's organisation, locked until the transaction ends.
pub(super) struct Target {
    pub(super) user: UserId,
    pub(super) email: String,
    pub(super) name: String,
    pub(super) role: Role,
    pub(super) may_define_metrics: bool,
    pub(super) is_disabled: bool,
    scope: Option<Scope>,
}

impl Target {
    /// [`ProblemCode::Forbidden`] for all but administrators, [`ProblemCode::NotFound`] for people of others.
    pub(super) async fn of(
        connection: &mut PgConnection,
        who: &Principal,
        person: PersonId,
        now: Timestamp,
    ) -> Result<Self, Problem> {
        who.require_administrator()?;
        let row = sqlx::query!(
            r#"select email, name, role, may_define_metrics, disabled_at is not null as "is_disabled!" from app_user
            where id = $1 and organisation_id = $2 for update"#,
            person.0,
            who.organisation().0,
        )
        .fetch_optional(&mut *connection)
        .await
        .or_problem("look a person up")?
        .ok_or_else(|| {
            Problem::new(ProblemCode::NotFound, "there is no such person in your organisation").with("what", "person")
        })?;
        let scope = HeldScopes::of_person(&mut *connection, UserId(person.0), who.organisation(), now).await?;
        Ok(Self {
            user: UserId(person.0),
            email: row.email,
            name: row.name,
            role: rights::role(&row.role)?,
            may_define_metrics: row.may_define_metrics,
            is_disabled: row.is_disabled,
            scope,
        })
    }

    /// Nobody takes their own rights away by mistake; and so the last administrator stays.
    pub(super) fn must_not_be(&self, who: &Principal) -> Result<(), Problem> {
        if self.user == who.user() {
            let detail = "this is your own account; another administrator can do it";
            return Err(Problem::new(ProblemCode::Forbidden, detail).with("rule", "own_account"));
        }
        Ok(())
    }

    pub(super) fn must_be_enabled(&self) -> Result<(), Problem> {
        if self.is_disabled {
            let detail = format!("{} is disabled; enable the account first", self.email);
            return Err(Problem::new(ProblemCode::MalformedRequest, detail).with("rule", "disabled"));
        }
        Ok(())
    }

    /// Whoever lets somebody in, or raises them, holds all that they hold.
    pub(super) fn must_be_within(&self, who: &Principal) -> Result<(), Problem> {
        if !who.holds_all_of(self.scope.as_ref()) {
            let detail =
                format!("{} may see data that is not granted to you; ask an administrator who holds it", self.email);
            return Err(Problem::new(ProblemCode::Forbidden, detail).with("rule", "holds_more"));
        }
        Ok(())
    }
}
