//! The kinds of components.

use super::{Pace, Pages, TileContent};
use crate::layout::GridSize;
use serde::{Deserialize, Serialize};

/// The shape of data that a component draws.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Shape {
    Scalar,
    Series,
    Category,
    Table,
    Geo,
    /// Draws no data of its own.
    None,
}

/// A kind of component, as the palette offers it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ComponentKind {
    Kpi,
    Line,
    Bar,
    Table,
    ProvinceMap,
    Text,
    /// Tiles in one place, a page of them at a time: the reader turns the pages.
    Tabs,
    /// The same, and the pages turn by themselves.
    Carousel,
}

impl ComponentKind {
    pub const ALL: [Self; 8] =
        [Self::Kpi, Self::Line, Self::Bar, Self::Table, Self::ProvinceMap, Self::Text, Self::Tabs, Self::Carousel];

    pub const fn name(self) -> &'static str {
        match self {
            Self::Kpi => "kpi",
            Self::Line => "line",
            Self::Bar => "bar",
            Self::Table => "table",
            Self::ProvinceMap => "province_map",
            Self::Text => "text",
            Self::Tabs => "tabs",
            Self::Carousel => "carousel",
        }
    }

    pub const fn shape(self) -> Shape {
        match self {
            Self::Kpi => Shape::Scalar,
            Self::Line => Shape::Series,
            Self::Bar => Shape::Category,
            Self::Table => Shape::Table,
            Self::ProvinceMap => Shape::Geo,
            Self::Text | Self::Tabs | Self::Carousel => Shape::None,
        }
    }

    /// Whether other tiles stand in it.
    pub const fn is_container(self) -> bool {
        match self {
            Self::Tabs | Self::Carousel => true,
            Self::Kpi | Self::Line | Self::Bar | Self::Table | Self::ProvinceMap | Self::Text => false,
        }
    }

    /// The size a new tile gets.
    pub const fn usual_size(self) -> GridSize {
        match self {
            Self::Kpi => GridSize { w: 3, h: 3 },
            Self::Line => GridSize { w: 6, h: 6 },
            Self::Bar => GridSize { w: 4, h: 6 },
            Self::Table => GridSize { w: 6, h: 7 },
            Self::ProvinceMap => GridSize { w: 5, h: 8 },
            Self::Text => GridSize { w: 4, h: 3 },
            Self::Tabs | Self::Carousel => GridSize { w: 6, h: 8 },
        }
    }

    /// The smallest size at which it can still be read.
    pub const fn least_size(self) -> GridSize {
        match self {
            Self::Kpi => GridSize { w: 2, h: 2 },
            Self::Line | Self::Bar | Self::Table | Self::Tabs | Self::Carousel => GridSize { w: 3, h: 4 },
            Self::ProvinceMap => GridSize { w: 4, h: 6 },
            Self::Text => GridSize { w: 2, h: 1 },
        }
    }

    /// A tile of this kind with nothing bound yet.
    pub const fn blank(self) -> TileContent {
        match self {
            Self::Kpi => TileContent::Kpi { binding: None },
            Self::Line => TileContent::Line { binding: None },
            Self::Bar => TileContent::Bar { binding: None },
            Self::Table => TileContent::Table { binding: None },
            Self::ProvinceMap => TileContent::ProvinceMap { binding: None },
            Self::Text => TileContent::Text { text: String::new() },
            Self::Tabs => TileContent::Tabs { pages: Pages::NONE },
            Self::Carousel => TileContent::Carousel { pages: Pages::NONE, seconds: Pace::USUAL },
        }
    }
}
