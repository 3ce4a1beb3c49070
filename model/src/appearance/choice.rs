//! Which theme: one that is shipped, or one of the organisation's own.

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use std::{fmt, str::FromStr};
use uuid::Uuid;

/// A theme that is shipped.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BaseTheme {
    Light,
    Dark,
    /// As on the wall: dark and blue.
    Wall,
}

impl BaseTheme {
    pub const ALL: [Self; 3] = [Self::Light, Self::Dark, Self::Wall];

    /// In addresses, attributes and files.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Light => "light",
            Self::Dark => "dark",
            Self::Wall => "wall",
        }
    }

    /// The theme of that name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|theme| theme.name() == name)
    }
}

/// An own theme of an organisation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ThemeId(pub Uuid);

impl fmt::Display for ThemeId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(formatter)
    }
}

impl FromStr for ThemeId {
    type Err = uuid::Error;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Uuid::parse_str(text).map(Self)
    }
}

/// A theme that was chosen, written as `light`, `dark`, `wall`, or the id of an own one. An own one may be gone by now.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ThemeChoice {
    Shipped(BaseTheme),
    Own(ThemeId),
}

/// A text that names no theme.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("“{0}” names no theme: expected light, dark, wall, or the id of an own theme")]
pub struct InvalidTheme(String);

impl FromStr for ThemeChoice {
    type Err = InvalidTheme;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let own = || text.parse().map(Self::Own).map_err(|_| InvalidTheme(text.chars().take(48).collect()));
        BaseTheme::named(text).map(Self::Shipped).map_or_else(own, Ok)
    }
}

impl fmt::Display for ThemeChoice {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Shipped(base) => formatter.write_str(base.name()),
            Self::Own(id) => id.fmt(formatter),
        }
    }
}

impl Serialize for ThemeChoice {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for ThemeChoice {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(de::Error::custom)
    }
}

#[cfg(feature = "schema")]
impl schemars::JsonSchema for ThemeChoice {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "ThemeChoice".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({
            "description": "A theme: light, dark, wall, or the id of one of the organisation's own.",
            "type": "string",
            "pattern": "^(light|dark|wall|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})$"
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_choice_is_read_as_it_is_written() {
        let own = ThemeChoice::Own(ThemeId(Uuid::from_u128(7)));
        for choice in BaseTheme::ALL.map(ThemeChoice::Shipped).into_iter().chain([own]) {
            assert_eq!(choice.to_string().parse(), Ok(choice));
        }
        assert!("System".parse::<ThemeChoice>().is_err() && "\"]{}".parse::<ThemeChoice>().is_err());
    }
}
