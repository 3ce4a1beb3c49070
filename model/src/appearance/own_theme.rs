//! A theme that an organisation made of a shipped one.

use super::{BaseTheme, ThemeId, Token};
use crate::{board::Title, colour::Colour};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The most own themes of an organisation.
pub const MAX_THEMES: usize = 20;

/// A theme made of a shipped one by other colours.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OwnTheme {
    pub name: Title,
    pub base: BaseTheme,
    /// What is otherwise than in the shipped one.
    #[serde(default)]
    pub colours: BTreeMap<Token, Colour>,
}

/// An own theme as it is kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeptTheme {
    pub id: ThemeId,
    /// Counted from 1; it moves with every change.
    pub version: i32,
    pub theme: OwnTheme,
}

/// An own theme in a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ThemeLine {
    pub id: ThemeId,
    pub version: i32,
    pub name: Title,
}

impl KeptTheme {
    pub fn line(&self) -> ThemeLine {
        ThemeLine { id: self.id, version: self.version, name: self.theme.name.clone() }
    }
}
