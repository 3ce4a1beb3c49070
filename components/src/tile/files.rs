//! Where a tile is had as a file.

use leptos::prelude::*;
use model::board::TileId;

/// In which form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FileForm {
    Png,
    Svg,
    Csv,
}

impl FileForm {
    pub const ALL: [Self; 3] = [Self::Png, Self::Svg, Self::Csv];

    pub const fn name(self) -> &'static str {
        match self {
            Self::Png => "png",
            Self::Svg => "svg",
            Self::Csv => "csv",
        }
    }
}

/// Has a tile as a file; whoever draws tiles of a published board may provide it, and their menus then offer it.
#[derive(Debug, Clone, Copy)]
pub struct TileFiles(pub Callback<(TileId, FileForm)>);
