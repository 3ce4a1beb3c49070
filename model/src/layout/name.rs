//! The layouts by name.

use serde::{Deserialize, Serialize};

/// A layout of a board.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LayoutName {
    Desk,
    Phone,
    Wall,
}
