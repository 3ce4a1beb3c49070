//! Tiles: one visual component on a board.

use super::{
    BoardId, CategoryBinding, FilterSubject, GeoBinding, GroupId, ScalarBinding, SeriesBinding, TableBinding, TileId,
};
use crate::{
    layout::GridSize,
    metric::{MetricQuery, MetricRef},
};
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

/// The shape of data that a component draws.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Shape {
    Scalar,
    Series,
    Category,
    Table,
    Geo,
    /// Draws no data.
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
}

impl ComponentKind {
    pub const ALL: [Self; 6] = [Self::Kpi, Self::Line, Self::Bar, Self::Table, Self::ProvinceMap, Self::Text];

    pub const fn name(self) -> &'static str {
        match self {
            Self::Kpi => "kpi",
            Self::Line => "line",
            Self::Bar => "bar",
            Self::Table => "table",
            Self::ProvinceMap => "province_map",
            Self::Text => "text",
        }
    }

    pub const fn shape(self) -> Shape {
        match self {
            Self::Kpi => Shape::Scalar,
            Self::Line => Shape::Series,
            Self::Bar => Shape::Category,
            Self::Table => Shape::Table,
            Self::ProvinceMap => Shape::Geo,
            Self::Text => Shape::None,
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
        }
    }

    /// The smallest size at which it can still be read.
    pub const fn least_size(self) -> GridSize {
        match self {
            Self::Kpi => GridSize { w: 2, h: 2 },
            Self::Line | Self::Bar | Self::Table => GridSize { w: 3, h: 4 },
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
        }
    }
}

/// What a tile is and what it is bound to. `None` means that nothing has been chosen yet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(tag = "component", rename_all = "snake_case", deny_unknown_fields)]
pub enum TileContent {
    Kpi {
        #[serde(default)]
        binding: Option<ScalarBinding>,
    },
    Line {
        #[serde(default)]
        binding: Option<SeriesBinding>,
    },
    Bar {
        #[serde(default)]
        binding: Option<CategoryBinding>,
    },
    Table {
        #[serde(default)]
        binding: Option<TableBinding>,
    },
    ProvinceMap {
        #[serde(default)]
        binding: Option<GeoBinding>,
    },
    /// Plain text: headings, paragraphs and lists, never markup that runs.
    Text {
        #[serde(deserialize_with = "bounded_text")]
        text: String,
    },
}

fn bounded_text<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    let text = String::deserialize(deserializer)?;
    if text.len() > MAX_TEXT_BYTES { Err(de::Error::custom(InvalidText::TextTooLong(text.len()))) } else { Ok(text) }
}

impl TileContent {
    pub const fn kind(&self) -> ComponentKind {
        match self {
            Self::Kpi { .. } => ComponentKind::Kpi,
            Self::Line { .. } => ComponentKind::Line,
            Self::Bar { .. } => ComponentKind::Bar,
            Self::Table { .. } => ComponentKind::Table,
            Self::ProvinceMap { .. } => ComponentKind::ProvinceMap,
            Self::Text { .. } => ComponentKind::Text,
        }
    }

    /// The metric that it shows first, once it is bound.
    pub const fn first_metric(&self) -> Option<&MetricRef> {
        match self {
            Self::Kpi { binding: Some(binding) } => Some(&binding.metric),
            Self::Line { binding: Some(binding) } => Some(&binding.metric),
            Self::Bar { binding: Some(binding) } => Some(&binding.metric),
            Self::Table { binding: Some(binding) } => Some(&binding.metric),
            Self::ProvinceMap { binding: Some(binding) } => Some(&binding.metric),
            Self::Kpi { binding: None }
            | Self::Line { binding: None }
            | Self::Bar { binding: None }
            | Self::Table { binding: None }
            | Self::ProvinceMap { binding: None }
            | Self::Text { .. } => None,
        }
    }

    /// The query that fills it, once it is bound.
    pub fn query(&self) -> Option<MetricQuery> {
        match self {
            Self::Kpi { binding } => binding.as_ref().map(ScalarBinding::query),
            Self::Line { binding } => binding.as_ref().map(SeriesBinding::query),
            Self::Bar { binding } => binding.as_ref().map(CategoryBinding::query),
            Self::Table { binding } => binding.as_ref().map(TableBinding::query),
            Self::ProvinceMap { binding } => binding.as_ref().map(GeoBinding::query),
            Self::Text { .. } => None,
        }
    }
}

/// One tile. Its title may be empty: then the component shows the metric's name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Tile {
    pub id: TileId,
    #[serde(default, skip_serializing_if = "Title::is_empty")]
    pub title: Title,
    pub content: TileContent,
    /// Neither moved nor removed by a gesture, until it is unlocked.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub locked: bool,
    /// Tiles of one group are selected and moved together.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub group: Option<GroupId>,
    /// The board's filters that it does not follow.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub ignores: Vec<FilterSubject>,
    /// The board that leads on from here, read with what was chosen and clicked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub opens: Option<BoardId>,
}

impl Tile {
    /// A tile that is neither locked nor grouped, and follows all filters.
    pub const fn new(id: TileId, title: Title, content: TileContent) -> Self {
        Self { id, title, content, locked: false, group: None, ignores: Vec::new(), opens: None }
    }
}

/// How a tile may be handled by gestures.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Handling {
    pub tile: TileId,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub locked: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub group: Option<GroupId>,
}

impl Handling {
    pub const fn of(tile: &Tile) -> Self {
        Self { tile: tile.id, locked: tile.locked, group: tile.group }
    }
}
