//! Who asks.

use super::Scope;
use model::{
    access::{Account, OrganisationId, Role},
    problem::{Problem, ProblemCode},
    time::Timestamp,
};
use std::sync::Arc;

/// A person's row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct UserId(pub(crate) i32);

/// Who asks. Made only by [`super::Access`] from a session or a token; cheap to clone.
#[derive(Debug, Clone)]
pub struct Principal(Arc<Rights>);

/// What the database says of a person at one moment.
#[derive(Debug)]
pub(super) struct Rights {
    pub(super) user: UserId,
    pub(super) organisation: OrganisationId,
    pub(super) account: Account,
    /// `None` where nothing is granted.
    pub(super) scope: Option<Scope>,
    /// When the first of the grants expires.
    pub(super) scope_ends: Option<Timestamp>,
}

impl Principal {
    pub(super) fn new(rights: Rights) -> Self {
        Self(Arc::new(rights))
    }

    pub fn account(&self) -> &Account {
        &self.0.account
    }

    pub fn user(&self) -> UserId {
        self.0.user
    }

    pub fn organisation(&self) -> OrganisationId {
        self.0.organisation
    }

    pub fn role(&self) -> Role {
        self.0.account.role
    }

    /// What they may see. An empty scope is an error ([`ProblemCode::EmptyScope`]), never an empty filter.
    pub fn scope(&self) -> Result<&Scope, Problem> {
        self.0.scope.as_ref().ok_or_else(|| {
            Problem::new(
                ProblemCode::EmptyScope,
                "no data is granted to this account; ask an administrator for a grant",
            )
        })
    }

    /// Whether they may make boards and ask queries, else [`ProblemCode::Forbidden`].
    pub fn require_editor(&self) -> Result<(), Problem> {
        if self.role().may_edit() {
            Ok(())
        } else {
            Err(Problem::new(ProblemCode::Forbidden, "only editors may do this; ask an administrator for the role")
                .with("role", self.role().name()))
        }
    }

    /// Whether they may set what holds for the whole organisation, else [`ProblemCode::Forbidden`].
    pub fn require_administrator(&self) -> Result<(), Problem> {
        if self.role().may_administer() {
            Ok(())
        } else {
            Err(Problem::new(ProblemCode::Forbidden, "only administrators may do this")
                .with("role", self.role().name()))
        }
    }

    /// Whether they may add metrics of the organisation's own, else [`ProblemCode::Forbidden`].
    pub fn require_definer(&self) -> Result<(), Problem> {
        if self.0.account.may_define_metrics {
            Ok(())
        } else {
            let detail = "only administrators, and editors with the right to define metrics, may do this";
            Err(Problem::new(ProblemCode::Forbidden, detail).with("role", self.role().name()))
        }
    }

    /// Whether both are one reading of the rows, so that nothing can differ. `false` says nothing.
    pub(crate) fn is_same_reading(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }

    /// When the first of the grants expires.
    pub(super) fn scope_ends(&self) -> Option<Timestamp> {
        self.0.scope_ends
    }
}
