//! What can go wrong, as data: a stable code and its parameters. Pages word it in the reader's language.
//!
//! Over HTTP it is a problem detail (RFC 9457) of type `urn:lingdong:problem:<code>`.

use serde::{Deserialize, Serialize};
use std::{collections::BTreeMap, fmt};

/// The stable code of a problem.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum ProblemCode {
    // Who is asking
    SignInRequired,
    SignInFailed,
    TooManyAttempts,
    WrongWriteKey,
    WrongToken,
    CrossSite,
    Forbidden,
    EmptyScope,
    // What was asked
    NotFound,
    MalformedJson,
    MalformedRequest,
    BodyTooLarge,
    UnsupportedEncoding,
    UnknownMetric,
    UnknownDimension,
    DimensionNotOfMetric,
    UnknownStat,
    UnknownProfile,
    InvalidQuery,
    TooManyQueries,
    TooManySteps,
    RangeTooLong,
    /// More rows than an answer may have.
    AnswerTooLarge,
    /// More memory than a query may have.
    TooMuchMemory,
    // Own metrics
    MetricRetired,
    MetricBroken,
    MetricChanged,
    MetricInUse,
    InvalidMetric,
    // Boards
    BoardNotFound,
    InvalidOperation,
    EditConflict,
    NothingToUndo,
    NothingToRedo,
    NeverPublished,
    // The server
    Overloaded,
    TimedOut,
    Unavailable,
    Internal,
}

impl ProblemCode {
    /// The HTTP status that goes with it.
    pub const fn status(self) -> u16 {
        match self {
            Self::MalformedJson
            | Self::MalformedRequest
            | Self::UnknownMetric
            | Self::UnknownDimension
            | Self::DimensionNotOfMetric
            | Self::UnknownStat
            | Self::UnknownProfile
            | Self::InvalidQuery
            | Self::TooManyQueries
            | Self::TooManySteps
            | Self::RangeTooLong
            | Self::AnswerTooLarge
            | Self::TooMuchMemory
            | Self::InvalidMetric
            | Self::InvalidOperation => 400,
            Self::SignInRequired | Self::SignInFailed | Self::WrongWriteKey | Self::WrongToken => 401,
            Self::CrossSite | Self::Forbidden | Self::EmptyScope => 403,
            Self::NotFound | Self::BoardNotFound | Self::NeverPublished => 404,
            Self::EditConflict
            | Self::NothingToUndo
            | Self::NothingToRedo
            | Self::MetricBroken
            | Self::MetricChanged
            | Self::MetricInUse => 409,
            Self::MetricRetired => 410,
            Self::BodyTooLarge => 413,
            Self::UnsupportedEncoding => 415,
            Self::TooManyAttempts => 429,
            Self::Internal => 500,
            Self::Overloaded | Self::Unavailable => 503,
            Self::TimedOut => 504,
        }
    }

    /// Whether it means that what was shown before may not be shown any longer.
    pub const fn takes_numbers_away(self) -> bool {
        matches!(self, Self::Forbidden | Self::EmptyScope)
    }

    /// The code as it is written.
    pub fn name(self) -> String {
        serde_json::to_value(self).ok().and_then(|value| value.as_str().map(str::to_owned)).unwrap_or_default()
    }
}

/// One problem, ready to be sent to whoever asked. It never holds what they may not see.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Problem {
    pub code: ProblemCode,
    /// Values that the wording needs: `metric`, `dimension`, `seconds`, `expected` …
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub parameters: BTreeMap<String, String>,
    /// In English, for logs and programs; pages word the code themselves.
    pub detail: String,
    /// An id to quote; the log has the whole story under it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub incident: Option<String>,
}

impl Problem {
    pub fn new(code: ProblemCode, detail: impl Into<String>) -> Self {
        Self { code, parameters: BTreeMap::new(), detail: detail.into(), incident: None }
    }

    #[must_use]
    pub fn with(mut self, name: &str, value: impl fmt::Display) -> Self {
        self.parameters.insert(name.to_owned(), value.to_string());
        self
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.detail)
    }
}

impl std::error::Error for Problem {}
