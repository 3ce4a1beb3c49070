//! The colours of a theme that people choose.

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

/// A colour of a theme that is chosen; all others follow from these.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Token {
    /// Behind everything.
    Page,
    /// Behind the content of a card.
    Surface,
    Text,
    /// Text beside the main one.
    Muted,
    /// What can be pressed or is chosen.
    Accent,
    /// A series of a chart, by its place, 0 to 7.
    Series(SeriesPlace),
}

/// The place of a series among the eight.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SeriesPlace(u8);

impl SeriesPlace {
    /// Counted from 1.
    pub const fn number(self) -> u8 {
        self.0 + 1
    }
}

const SERIES: [&str; 8] =
    ["series-1", "series-2", "series-3", "series-4", "series-5", "series-6", "series-7", "series-8"];

impl Token {
    /// Those that are no series.
    pub const PLAIN: [Self; 5] = [Self::Page, Self::Surface, Self::Text, Self::Muted, Self::Accent];

    /// The series, in their order.
    pub fn series() -> impl Iterator<Item = Self> + Clone {
        (0..8).map(|place| Self::Series(SeriesPlace(place)))
    }

    /// All, in the order in which they are offered.
    pub fn all() -> impl Iterator<Item = Self> + Clone {
        Self::PLAIN.into_iter().chain(Self::series())
    }

    /// As the style sheet calls it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Page => "page",
            Self::Surface => "surface",
            Self::Text => "text",
            Self::Muted => "text-muted",
            Self::Accent => "accent",
            Self::Series(SeriesPlace(place)) => SERIES.get(usize::from(place)).copied().unwrap_or_default(),
        }
    }
}

impl Serialize for Token {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.name())
    }
}

impl<'de> Deserialize<'de> for Token {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let name = String::deserialize(deserializer)?;
        let found = Self::all().find(|token| token.name() == name);
        found.ok_or_else(|| de::Error::custom("this is none of the colours that a theme chooses"))
    }
}
