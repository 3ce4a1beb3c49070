//! A region: what a grant speaks of and what a row carries.

use super::{Province, UnknownProvince};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use std::{fmt, str::FromStr};

/// A province, or "we do not know where". Rows of unknown province need a grant of their own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Region {
    Province(Province),
    Unknown,
}

/// A text that names no region.
pub type UnknownRegion = UnknownProvince;

impl Region {
    /// Every region: the 34 provinces and the unknown one.
    pub fn all() -> impl Iterator<Item = Self> {
        Province::ALL.iter().copied().map(Self::Province).chain([Self::Unknown])
    }

    /// How it is written: the province's letters, or `unknown`.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Province(province) => province.code(),
            Self::Unknown => "unknown",
        }
    }

    /// The province, where it is one.
    pub const fn province(self) -> Option<Province> {
        match self {
            Self::Province(province) => Some(province),
            Self::Unknown => None,
        }
    }
}

impl FromStr for Region {
    type Err = UnknownRegion;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        if text == "unknown" { Ok(Self::Unknown) } else { text.parse().map(Self::Province) }
    }
}

impl fmt::Display for Region {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.code())
    }
}

impl Serialize for Region {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.code())
    }
}

impl<'de> Deserialize<'de> for Region {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(de::Error::custom)
    }
}
