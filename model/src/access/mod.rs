//! What a person may be shown about their own rights. The proofs themselves live in the engine.

mod desk;
mod own;
mod person;

pub use desk::{Desk, DeskChange, DeskDraft, Filled, Given, GrantCell, Grantee};
pub use own::{Browser, Device, OwnSession, SessionId, System};
pub use person::{
    EmailAddress, InvalidEmail, InvalidName, Invitation, Invited, NewPerson, Person, PersonChange, PersonId,
    PersonName, PersonState,
};

use crate::{appearance::Appearance, geo::Region, metric::Domain, time::Calendar};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// An organisation: a node of the tree national → province → city → county.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct OrganisationId(pub i32);

/// What a person may do, apart from what they may see.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Opens published boards.
    Viewer,
    /// Makes and publishes boards, and asks queries.
    Editor,
    /// Gives accounts and grants. Sees no data without a grant.
    Admin,
}

impl Role {
    pub const ALL: [Self; 3] = [Self::Viewer, Self::Editor, Self::Admin];

    pub const fn name(self) -> &'static str {
        match self {
            Self::Viewer => "viewer",
            Self::Editor => "editor",
            Self::Admin => "admin",
        }
    }

    /// Whether they may add metrics of the organisation's own; editors where they were `given` the right.
    pub const fn may_define_metrics(self, given: bool) -> bool {
        match self {
            Self::Viewer => false,
            Self::Editor => given,
            Self::Admin => true,
        }
    }

    /// Whether they may set what holds for the whole organisation.
    pub const fn may_administer(self) -> bool {
        match self {
            Self::Viewer | Self::Editor => false,
            Self::Admin => true,
        }
    }

    /// Whether they may be shown single play sessions, which stay below every minimum of cases.
    pub const fn may_see_sessions(self) -> bool {
        self.may_edit()
    }

    pub const fn may_edit(self) -> bool {
        match self {
            Self::Viewer => false,
            Self::Editor | Self::Admin => true,
        }
    }
}

/// Which regions a person may see, kind of data by kind of data; for display only.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct ScopeSummary {
    pub regions: BTreeMap<Domain, BTreeSet<Region>>,
}

/// Who is signed in, as pages show it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Account {
    pub email: String,
    pub name: String,
    pub role: Role,
    /// Whether they may add metrics of the organisation's own.
    pub may_define_metrics: bool,
    pub organisation: String,
    /// The organisation's wall clock.
    pub calendar: Calendar,
    pub scope: ScopeSummary,
    /// How the boards of the organisation look.
    pub appearance: Appearance,
}
