//! One thing that is wrong, or odd, with a board file.

use model::board::{TileId, Title};
use serde::Serialize;
use std::fmt;

/// Whether a file can be applied in spite of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    Error,
    Warning,
}

/// What was not kept to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Rule {
    /// The text is JSON.
    Json,
    /// The fields are there, known, and of their kind.
    Form,
    /// Tiles stand inside, apart, and where a reader sees them.
    Layout,
    /// Tiles are bound to something.
    Binding,
    /// Queries speak of what the catalogue has.
    Catalogue,
}

/// Where it is in the file: both counted from 1, columns in characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Place {
    pub line: usize,
    pub column: usize,
}

/// The tile that it is about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FindingTile {
    pub id: TileId,
    pub title: Title,
}

/// One thing that is wrong, or odd.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Finding {
    pub severity: Severity,
    pub rule: Rule,
    /// `None` where it is about the file as a whole.
    #[serde(flatten)]
    pub place: Option<Place>,
    /// The field, such as `board.tiles[3].content.binding.time`.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub path: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tile: Option<FindingTile>,
    /// In English: what is wrong, and what was expected or is to be done.
    pub message: String,
}

impl Finding {
    pub(super) fn error(rule: Rule, message: impl Into<String>) -> Self {
        Self { severity: Severity::Error, rule, place: None, path: String::new(), tile: None, message: message.into() }
    }

    pub(super) fn warning(rule: Rule, message: impl Into<String>) -> Self {
        Self { severity: Severity::Warning, ..Self::error(rule, message) }
    }

    #[must_use]
    pub(super) fn of_tile(self, tile: Option<&FindingTile>) -> Self {
        Self { tile: tile.cloned(), ..self }
    }
}

impl fmt::Display for Finding {
    /// `12:7: error: tile “播放” (0200…): there is no …` – after the name of a file, as compilers write it.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(Place { line, column }) = self.place {
            write!(formatter, "{line}:{column}: ")?;
        }
        formatter.write_str(match self.severity {
            Severity::Error => "error: ",
            Severity::Warning => "warning: ",
        })?;
        match &self.tile {
            Some(FindingTile { id, title }) if title.is_empty() => write!(formatter, "tile {id}: ")?,
            Some(FindingTile { id, title }) => write!(formatter, "tile “{title}” ({id}): ")?,
            None => {}
        }
        formatter.write_str(&self.message)?;
        if self.path.is_empty() { Ok(()) } else { write!(formatter, " [{}]", self.path) }
    }
}
