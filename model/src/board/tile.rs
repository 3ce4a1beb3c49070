//! Tiles: one visual component on a board.

use super::{
    BoardId, ByShape, CategoryBinding, CategoryKind, ComponentKind, ContainerKind, FilterSubject, GeoBinding, GeoKind,
    GroupId, Look, MatrixBinding, MatrixKind, Pace, Pages, PairBinding, PairKind, PointsBinding, PointsKind,
    ScalarBinding, ScalarKind, SeriesBinding, SeriesKind, SessionsBinding, SessionsKind, SpreadBinding, SpreadKind,
    Still, TableBinding, TableKind, TileId, Title, written::WrittenContent,
};
use crate::metric::{MetricQuery, MetricRef};
use serde::{Deserialize, Serialize};

/// A component that draws numbers, what it is bound to, and how it looks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bound<K, B> {
    pub kind: K,
    /// `None`: nothing has been chosen yet.
    pub binding: Option<B>,
    pub look: Look,
}

impl<K, B> Bound<K, B> {
    /// With nothing chosen yet.
    pub fn blank(kind: K) -> Self {
        Self { kind, binding: None, look: Look::default() }
    }

    /// Bound, and looking as it does by itself.
    pub fn to(kind: K, binding: B) -> Self {
        Self { kind, binding: Some(binding), look: Look::default() }
    }
}

/// What a tile is and what it is bound to: a variant for each shape of data, so that no component can hold a binding of
/// another shape.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "WrittenContent", into = "WrittenContent")]
pub enum TileContent {
    Scalar(Bound<ScalarKind, ScalarBinding>),
    Series(Bound<SeriesKind, SeriesBinding>),
    Category(Bound<CategoryKind, CategoryBinding>),
    Matrix(Bound<MatrixKind, MatrixBinding>),
    Pair(Bound<PairKind, PairBinding>),
    Points(Bound<PointsKind, PointsBinding>),
    Spread(Bound<SpreadKind, SpreadBinding>),
    Table(Bound<TableKind, TableBinding>),
    Geo(Bound<GeoKind, GeoBinding>),
    Sessions(Bound<SessionsKind, SessionsBinding>),
    /// Draws no numbers.
    Still(Still),
    /// Pages that the reader turns.
    Tabs {
        pages: Pages,
    },
    /// Pages that turn by themselves.
    Carousel {
        pages: Pages,
        /// How long each page stands.
        seconds: Pace,
    },
}

impl ComponentKind {
    /// A tile of this kind with nothing bound yet.
    pub fn blank(self) -> TileContent {
        match self.by_shape() {
            ByShape::Scalar(kind) => TileContent::Scalar(Bound::blank(kind)),
            ByShape::Series(kind) => TileContent::Series(Bound::blank(kind)),
            ByShape::Category(kind) => TileContent::Category(Bound::blank(kind)),
            ByShape::Matrix(kind) => TileContent::Matrix(Bound::blank(kind)),
            ByShape::Pair(kind) => TileContent::Pair(Bound::blank(kind)),
            ByShape::Points(kind) => TileContent::Points(Bound::blank(kind)),
            ByShape::Spread(kind) => TileContent::Spread(Bound::blank(kind)),
            ByShape::Table(kind) => TileContent::Table(Bound::blank(kind)),
            ByShape::Geo(kind) => TileContent::Geo(Bound::blank(kind)),
            ByShape::Sessions(kind) => TileContent::Sessions(Bound::blank(kind)),
            ByShape::Still(kind) => TileContent::Still(Still::blank(kind)),
            ByShape::Container(ContainerKind::Tabs) => TileContent::Tabs { pages: Pages::NONE },
            ByShape::Container(ContainerKind::Carousel) => {
                TileContent::Carousel { pages: Pages::NONE, seconds: Pace::USUAL }
            }
        }
    }
}

impl TileContent {
    /// A text.
    pub const fn text(text: String) -> Self {
        Self::Still(Still::Text { text })
    }

    pub const fn kind(&self) -> ComponentKind {
        match self {
            Self::Scalar(bound) => bound.kind.kind(),
            Self::Series(bound) => bound.kind.kind(),
            Self::Category(bound) => bound.kind.kind(),
            Self::Matrix(bound) => bound.kind.kind(),
            Self::Pair(bound) => bound.kind.kind(),
            Self::Points(bound) => bound.kind.kind(),
            Self::Spread(bound) => bound.kind.kind(),
            Self::Table(bound) => bound.kind.kind(),
            Self::Geo(bound) => bound.kind.kind(),
            Self::Sessions(bound) => bound.kind.kind(),
            Self::Still(still) => still.kind().kind(),
            Self::Tabs { .. } => ComponentKind::Tabs,
            Self::Carousel { .. } => ComponentKind::Carousel,
        }
    }

    /// The metric that it shows first, once it is bound.
    pub fn first_metric(&self) -> Option<&MetricRef> {
        match self {
            Self::Scalar(bound) => bound.binding.as_ref().map(|binding| &binding.metric),
            Self::Series(bound) => bound.binding.as_ref().map(|binding| &binding.metric),
            Self::Category(bound) => bound.binding.as_ref().map(|binding| &binding.metric),
            Self::Matrix(bound) => bound.binding.as_ref().map(|binding| &binding.metric),
            Self::Pair(bound) => bound.binding.as_ref().map(|binding| &binding.metric),
            Self::Points(bound) => bound.binding.as_ref().map(|binding| &binding.metric),
            Self::Spread(bound) => bound.binding.as_ref().map(|binding| &binding.metric),
            Self::Table(bound) => bound.binding.as_ref().map(|binding| &binding.metric),
            Self::Geo(bound) => bound.binding.as_ref().map(|binding| &binding.metric),
            Self::Sessions(bound) => bound.binding.as_ref().map(|binding| &binding.metric),
            Self::Still(_) | Self::Tabs { .. } | Self::Carousel { .. } => None,
        }
    }

    /// The query that fills it, once it is bound.
    pub fn query(&self) -> Option<MetricQuery> {
        match self {
            Self::Scalar(bound) => bound.binding.as_ref().map(ScalarBinding::query),
            Self::Series(bound) => bound.binding.as_ref().map(|binding| binding.query(bound.kind)),
            Self::Category(bound) => bound.binding.as_ref().map(CategoryBinding::query),
            Self::Matrix(bound) => bound.binding.as_ref().map(MatrixBinding::query),
            Self::Pair(bound) => bound.binding.as_ref().map(PairBinding::query),
            Self::Points(bound) => bound.binding.as_ref().map(PointsBinding::query),
            Self::Spread(bound) => bound.binding.as_ref().map(|binding| binding.query(bound.kind)),
            Self::Table(bound) => bound.binding.as_ref().map(TableBinding::query),
            Self::Geo(bound) => bound.binding.as_ref().map(GeoBinding::query),
            Self::Sessions(bound) => bound.binding.as_ref().map(SessionsBinding::query),
            Self::Still(_) | Self::Tabs { .. } | Self::Carousel { .. } => None,
        }
    }

    /// How it is drawn, where it draws numbers.
    pub const fn look(&self) -> Option<&Look> {
        match self {
            Self::Scalar(bound) => Some(&bound.look),
            Self::Series(bound) => Some(&bound.look),
            Self::Category(bound) => Some(&bound.look),
            Self::Matrix(bound) => Some(&bound.look),
            Self::Pair(bound) => Some(&bound.look),
            Self::Points(bound) => Some(&bound.look),
            Self::Spread(bound) => Some(&bound.look),
            Self::Table(bound) => Some(&bound.look),
            Self::Geo(bound) => Some(&bound.look),
            Self::Sessions(bound) => Some(&bound.look),
            Self::Still(_) | Self::Tabs { .. } | Self::Carousel { .. } => None,
        }
    }

    /// How it is drawn, to be changed.
    pub const fn look_mut(&mut self) -> Option<&mut Look> {
        match self {
            Self::Scalar(bound) => Some(&mut bound.look),
            Self::Series(bound) => Some(&mut bound.look),
            Self::Category(bound) => Some(&mut bound.look),
            Self::Matrix(bound) => Some(&mut bound.look),
            Self::Pair(bound) => Some(&mut bound.look),
            Self::Points(bound) => Some(&mut bound.look),
            Self::Spread(bound) => Some(&mut bound.look),
            Self::Table(bound) => Some(&mut bound.look),
            Self::Geo(bound) => Some(&mut bound.look),
            Self::Sessions(bound) => Some(&mut bound.look),
            Self::Still(_) | Self::Tabs { .. } | Self::Carousel { .. } => None,
        }
    }

    /// Its numbers in the order in which they stand beside each other, once it is bound.
    pub fn metrics(&self) -> Vec<&MetricRef> {
        match self {
            Self::Table(Bound { binding: Some(binding), .. }) => {
                std::iter::once(&binding.metric).chain(&binding.more_metrics).collect()
            }
            Self::Pair(Bound { binding: Some(binding), .. }) => vec![&binding.metric, &binding.second],
            Self::Points(Bound { binding: Some(binding), .. }) => binding.metrics().collect(),
            Self::Scalar(_)
            | Self::Series(_)
            | Self::Category(_)
            | Self::Matrix(_)
            | Self::Pair(_)
            | Self::Points(_)
            | Self::Spread(_)
            | Self::Table(_)
            | Self::Geo(_)
            | Self::Sessions(_)
            | Self::Still(_)
            | Self::Tabs { .. }
            | Self::Carousel { .. } => self.first_metric().into_iter().collect(),
        }
    }

    /// What stands in it, where it is a container, and how long each page stands, where they turn by themselves.
    const fn turned(&self) -> Option<(&Pages, Option<Pace>)> {
        match self {
            Self::Tabs { pages } => Some((pages, None)),
            Self::Carousel { pages, seconds } => Some((pages, Some(*seconds))),
            Self::Scalar(_)
            | Self::Series(_)
            | Self::Category(_)
            | Self::Matrix(_)
            | Self::Pair(_)
            | Self::Points(_)
            | Self::Spread(_)
            | Self::Table(_)
            | Self::Geo(_)
            | Self::Sessions(_)
            | Self::Still(_) => None,
        }
    }

    /// What stands in it, where it is a container.
    pub fn pages(&self) -> Option<&Pages> {
        self.turned().map(|(pages, _)| pages)
    }

    /// How long each page stands, where they turn by themselves.
    pub fn pace(&self) -> Option<Pace> {
        self.turned().and_then(|(_, pace)| pace)
    }

    /// The pages, to be changed.
    pub(super) const fn pages_mut(&mut self) -> Option<&mut Pages> {
        match self {
            Self::Tabs { pages } | Self::Carousel { pages, .. } => Some(pages),
            Self::Scalar(_)
            | Self::Series(_)
            | Self::Category(_)
            | Self::Matrix(_)
            | Self::Pair(_)
            | Self::Points(_)
            | Self::Spread(_)
            | Self::Table(_)
            | Self::Geo(_)
            | Self::Sessions(_)
            | Self::Still(_) => None,
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
