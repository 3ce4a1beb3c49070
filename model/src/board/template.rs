//! Templates: boards that new ones begin with.

use super::{Board, ComponentKind, TileId, Title};
use crate::{layout::DeskLayout, text::LocalText};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use std::{collections::BTreeMap, fmt, str::FromStr};
use uuid::Uuid;

/// Which template: one that is shipped, by its name, or one that a department has kept.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TemplateId {
    Shipped(String),
    Own(Uuid),
}

/// A text that names no template.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("“{0}” names no template")]
pub struct InvalidTemplateId(String);

impl FromStr for TemplateId {
    type Err = InvalidTemplateId;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        if let Ok(id) = Uuid::parse_str(text) {
            return Ok(Self::Own(id));
        }
        let is_name = (1..=40).contains(&text.len())
            && text.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-');
        if is_name { Ok(Self::Shipped(text.to_owned())) } else { Err(InvalidTemplateId(text.to_owned())) }
    }
}

impl fmt::Display for TemplateId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Shipped(name) => formatter.write_str(name),
            Self::Own(id) => id.fmt(formatter),
        }
    }
}

impl Serialize for TemplateId {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for TemplateId {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(de::Error::custom)
    }
}

/// A template in a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TemplateSummary {
    pub id: TemplateId,
    pub name: LocalText,
    /// Which questions it answers.
    pub about: LocalText,
    /// For whom; empty for a department's own.
    pub audience: LocalText,
    pub desk: DeskLayout,
    pub kinds: BTreeMap<TileId, ComponentKind>,
    /// Who kept it, where a department did.
    pub kept_by: Option<String>,
}

impl TemplateSummary {
    /// Of a board that begins with it.
    pub fn of(id: TemplateId, [name, about, audience]: [LocalText; 3], board: &Board) -> Self {
        let kinds = board.tiles().iter().map(|tile| (tile.id, tile.content.kind())).collect();
        Self { id, name, about, audience, desk: board.desk().clone(), kinds, kept_by: None }
    }
}

/// A template with its board, in one language.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TemplateBoard {
    pub summary: TemplateSummary,
    pub board: Board,
}

impl TemplateBoard {
    /// A new board that begins with it. An empty title leaves the template's.
    pub fn begin(self, title: Title) -> Board {
        if title.is_empty() { self.board } else { self.board.with_title(title) }
    }
}

/// What a department calls a template of its own. Never without a title.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TemplateName {
    pub title: Title,
    pub about: Title,
}
