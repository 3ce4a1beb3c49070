//! A board as a file: what people keep beside their code, review, and apply to a server.

mod spread;
#[cfg(test)]
mod tests;

use super::{Board, BoardId};
use serde::{Deserialize, Serialize};

/// A board as a file: made by `lingdong board export`, looked over by `lint`, applied by `apply`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct BoardFile {
    /// Where an editor of text finds the schema of this file. Nothing else reads it.
    #[serde(rename = "$schema", default, skip_serializing_if = "Option::is_none")]
    pub schema: Option<String>,
    /// Which board it is. Applied without one, or with one that is not there yet, the file makes a new board.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<BoardId>,
    pub board: Board,
}

impl BoardFile {
    /// Where exported files look for their schema: beside themselves.
    pub const SCHEMA: &str = "./board.schema.json";

    /// A board as it is exported.
    pub fn of(id: BoardId, board: Board) -> Self {
        Self { schema: Some(Self::SCHEMA.to_owned()), id: Some(id), board }
    }

    /// The file's text: the same board is the same text, and a small edit is a small difference.
    pub fn write(&self) -> String {
        // Nothing in it can fail to be written.
        spread::over_lines(&serde_json::to_string(self).unwrap_or_default())
    }
}
