//! Who did what, when. Written in the transaction of what it tells of.

use crate::postgres::{OrProblem as _, as_database_time};
use model::{access::OrganisationId, problem::Problem, time::Timestamp};
use serde_json::Value;
use sqlx::PgConnection;

use super::UserId;

/// What is worth remembering.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Action {
    SignedIn,
    SignInFailed,
    SignedOut,
    UserAdded,
    UserChanged,
    UserDisabled,
    UserEnabled,
    Invited,
    PasswordChosen,
    SessionsEnded,
    Granted,
    GrantsChanged,
    TokenCreated,
    RightGiven,
    RightTaken,
    MetricDefined,
    MetricRetired,
    MetricBroughtBack,
    BoardCreated,
    BoardPublished,
    BoardScheduled,
    BoardMoved,
    BoardDeleted,
    TemplateKept,
    AppearanceChanged,
    ThemeKept,
    ThemeRemoved,
    ThemeBroughtBack,
    DaysDropped,
}

impl Action {
    const fn name(self) -> &'static str {
        match self {
            Self::SignedIn => "signed_in",
            Self::SignInFailed => "sign_in_failed",
            Self::SignedOut => "signed_out",
            Self::UserAdded => "user_added",
            Self::UserChanged => "user_changed",
            Self::UserDisabled => "user_disabled",
            Self::UserEnabled => "user_enabled",
            Self::Invited => "invited",
            Self::PasswordChosen => "password_chosen",
            Self::SessionsEnded => "sessions_ended",
            Self::Granted => "granted",
            Self::GrantsChanged => "grants_changed",
            Self::TokenCreated => "token_created",
            Self::RightGiven => "right_given",
            Self::RightTaken => "right_taken",
            Self::MetricDefined => "metric_defined",
            Self::MetricRetired => "metric_retired",
            Self::MetricBroughtBack => "metric_brought_back",
            Self::BoardCreated => "board_created",
            Self::BoardPublished => "board_published",
            Self::BoardScheduled => "board_scheduled",
            Self::BoardMoved => "board_moved",
            Self::BoardDeleted => "board_deleted",
            Self::TemplateKept => "template_kept",
            Self::AppearanceChanged => "appearance_changed",
            Self::ThemeKept => "theme_kept",
            Self::ThemeRemoved => "theme_removed",
            Self::ThemeBroughtBack => "theme_brought_back",
            Self::DaysDropped => "days_dropped",
        }
    }
}

/// One line of the audit log.
#[derive(Debug)]
pub(crate) struct AuditEntry<'a> {
    pub(crate) at: Timestamp,
    pub(crate) organisation: Option<OrganisationId>,
    /// `None`: the command line, or somebody who is not signed in.
    pub(crate) actor: Option<UserId>,
    pub(crate) action: Action,
    pub(crate) subject: &'a str,
    pub(crate) details: Value,
}

/// Adds a line.
pub(crate) async fn record(connection: &mut PgConnection, entry: AuditEntry<'_>) -> Result<(), Problem> {
    sqlx::query!(
        "insert into audit_entry (at, organisation_id, actor_id, action, subject, details)
        values ($1, $2, $3, $4, $5, $6)",
        as_database_time(entry.at),
        entry.organisation.map(|organisation| organisation.0),
        entry.actor.map(|actor| actor.0),
        entry.action.name(),
        entry.subject,
        entry.details,
    )
    .execute(connection)
    .await
    .or_problem("write the audit log")?;
    Ok(())
}
