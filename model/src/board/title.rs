//! Texts of a board: titles, and how long a text may be.

use serde::{Deserialize, Deserializer, Serialize, de};
use std::fmt;

/// The longest title, in characters.
pub const MAX_TITLE_CHARS: usize = 120;
/// The longest text of a text tile, in bytes.
pub const MAX_TEXT_BYTES: usize = 20_000;

/// A text that is too long.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum InvalidText {
    #[error("the title has {0} characters: at most {MAX_TITLE_CHARS} are kept")]
    TitleTooLong(usize),
    #[error("the text has {0} bytes: at most {MAX_TEXT_BYTES} are kept")]
    TextTooLong(usize),
}

/// A title of at most 120 characters on one line; may be empty.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize)]
#[serde(transparent)]
pub struct Title(String);

impl Title {
    /// Blanks at the ends are dropped and line breaks become blanks.
    pub fn parse(text: &str) -> Result<Self, InvalidText> {
        let one_line: String = text.trim().chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
        match one_line.chars().count() {
            count if count > MAX_TITLE_CHARS => Err(InvalidText::TitleTooLong(count)),
            _ => Ok(Self(one_line)),
        }
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl fmt::Display for Title {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for Title {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::parse(&String::deserialize(deserializer)?).map_err(de::Error::custom)
    }
}
