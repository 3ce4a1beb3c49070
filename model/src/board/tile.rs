//! Tiles: one visual component on a board.

use super::{
    BoardId, CategoryBinding, ComponentKind, FilterSubject, GeoBinding, GroupId, InvalidText, MAX_TEXT_BYTES, Pace,
    Pages, ScalarBinding, SeriesBinding, TableBinding, TileId, Title,
};
use crate::metric::{MetricQuery, MetricRef};
use serde::{Deserialize, Deserializer, Serialize, de};

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
    /// Pages that the reader turns.
    Tabs {
        #[serde(default)]
        pages: Pages,
    },
    /// Pages that turn by themselves.
    Carousel {
        #[serde(default)]
        pages: Pages,
        /// How long each page stands.
        #[serde(default)]
        seconds: Pace,
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
            Self::Tabs { .. } => ComponentKind::Tabs,
            Self::Carousel { .. } => ComponentKind::Carousel,
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
            | Self::Text { .. }
            | Self::Tabs { .. }
            | Self::Carousel { .. } => None,
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
            Self::Text { .. } | Self::Tabs { .. } | Self::Carousel { .. } => None,
        }
    }

    /// What stands in it, where it is a container.
    pub const fn pages(&self) -> Option<&Pages> {
        match self {
            Self::Tabs { pages } | Self::Carousel { pages, .. } => Some(pages),
            Self::Kpi { .. }
            | Self::Line { .. }
            | Self::Bar { .. }
            | Self::Table { .. }
            | Self::ProvinceMap { .. }
            | Self::Text { .. } => None,
        }
    }

    /// How long each page stands, where they turn by themselves.
    pub const fn pace(&self) -> Option<Pace> {
        match self {
            Self::Carousel { seconds, .. } => Some(*seconds),
            Self::Tabs { .. }
            | Self::Kpi { .. }
            | Self::Line { .. }
            | Self::Bar { .. }
            | Self::Table { .. }
            | Self::ProvinceMap { .. }
            | Self::Text { .. } => None,
        }
    }

    /// The pages, to be changed.
    pub(super) const fn pages_mut(&mut self) -> Option<&mut Pages> {
        match self {
            Self::Tabs { pages } | Self::Carousel { pages, .. } => Some(pages),
            Self::Kpi { .. }
            | Self::Line { .. }
            | Self::Bar { .. }
            | Self::Table { .. }
            | Self::ProvinceMap { .. }
            | Self::Text { .. } => None,
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
