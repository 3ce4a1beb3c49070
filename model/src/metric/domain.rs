//! Kinds of data: what a grant is given for.

use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};

/// A kind of data. Grants are kept domain by domain; a metric names the ones it needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum Domain {
    Audience,
    Operation,
    Content,
    Orders,
    Quality,
    Web,
    Interaction,
    Media,
    Appraisal,
}

/// A text that names no domain.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "“{0}” is no domain: expected audience, operation, content, orders, quality, web, interaction, media or appraisal"
)]
pub struct UnknownDomain(pub String);

impl Domain {
    pub const ALL: [Self; 9] = [
        Self::Audience,
        Self::Operation,
        Self::Content,
        Self::Orders,
        Self::Quality,
        Self::Web,
        Self::Interaction,
        Self::Media,
        Self::Appraisal,
    ];

    pub const fn name(self) -> &'static str {
        match self {
            Self::Audience => "audience",
            Self::Operation => "operation",
            Self::Content => "content",
            Self::Orders => "orders",
            Self::Quality => "quality",
            Self::Web => "web",
            Self::Interaction => "interaction",
            Self::Media => "media",
            Self::Appraisal => "appraisal",
        }
    }
}

impl FromStr for Domain {
    type Err = UnknownDomain;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::ALL.into_iter().find(|domain| domain.name() == text).ok_or_else(|| UnknownDomain(text.to_owned()))
    }
}

impl fmt::Display for Domain {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.name())
    }
}
