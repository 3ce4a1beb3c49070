//! The kinds of components, and what is known of each: one place for palette, inspector, gallery and layouts.

use super::ByShape;
use crate::layout::{CardWidth, GridSize};
use serde::{Deserialize, Serialize};

/// The shape of data that a component draws.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Shape {
    /// One number.
    Scalar,
    /// Numbers along time.
    Series,
    /// Numbers by the values of one dimension.
    Category,
    /// Numbers by two things: dimensions, or one and time.
    Matrix,
    /// Two metrics along time.
    Pair,
    /// Two or three metrics of each value of a dimension.
    Points,
    /// How the values of single events are spread.
    Spread,
    /// Several metrics by several dimensions.
    Table,
    /// Numbers by province.
    Geo,
    /// Single play sessions, span by span.
    Sessions,
    /// Draws no data of its own.
    None,
}

/// The shelf of the palette on which a component lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Family {
    Figures,
    Trends,
    Rankings,
    Parts,
    Relations,
    Maps,
    Tables,
    Decorations,
    Controls,
    Containers,
}

impl Family {
    pub const ALL: [Self; 10] = [
        Self::Figures,
        Self::Trends,
        Self::Rankings,
        Self::Parts,
        Self::Relations,
        Self::Maps,
        Self::Tables,
        Self::Decorations,
        Self::Controls,
        Self::Containers,
    ];
}

/// A part of the look that a component heeds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum LookPart {
    /// Digits after the point, and whether numbers are written in full.
    Numbers,
    Target,
    Thresholds,
    Annotations,
    Holidays,
    Stacking,
    Direction,
    Hole,
    Hub,
    Picture,
}

impl LookPart {
    /// The field under which it is written first.
    pub const fn field(self) -> &'static str {
        match self {
            Self::Numbers => "decimals",
            Self::Target => "target",
            Self::Thresholds => "thresholds",
            Self::Annotations => "annotations",
            Self::Holidays => "holidays",
            Self::Stacking => "stacking",
            Self::Direction => "direction",
            Self::Hole => "hole",
            Self::Hub => "hub",
            Self::Picture => "picture",
        }
    }
}

/// A kind of component, as the palette offers it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum ComponentKind {
    Kpi,
    /// Digits that flip like those of a station's board.
    FlipCounter,
    Gauge,
    /// A bar on its way to a target.
    Bullet,
    Line,
    /// The surface under a course; several stacked.
    Area,
    /// Minute by minute, with the programmes beneath.
    MinuteCurve,
    /// A year of days.
    CalendarHeat,
    /// Hours of the day by days of the week.
    WeekHeat,
    /// Who was first, step by step.
    RankRace,
    /// What happened in single play sessions, a line for each.
    SessionTimeline,
    /// Columns and a line, each with an axis of its own.
    Combo,
    /// A ranking with level bars.
    Bar,
    RankList,
    /// Bars of several series: beside each other, stacked, or shares.
    Columns,
    Pie,
    /// A pie whose parts differ by radius.
    Rose,
    Treemap,
    Sunburst,
    /// What is left from step to step.
    Funnel,
    /// What adds up to the whole.
    Waterfall,
    WordCloud,
    Heatmap,
    Sankey,
    /// Who came back, by the day they came first.
    Retention,
    Radar,
    Scatter,
    Histogram,
    BoxPlot,
    ProvinceMap,
    BoundaryMap,
    FlowMap,
    Table,
    Pivot,
    /// Names and numbers that pass by in one line.
    Ticker,
    /// Clicks over the picture of a page.
    PageHeat,
    Text,
    Image,
    Video,
    QrCode,
    /// The time, and how fresh the numbers are.
    Clock,
    /// A border around what stands on it.
    Frame,
    /// One of the board's filters, set on the board itself.
    Filter,
    /// Tiles in one place, a page of them at a time: the reader turns the pages.
    Tabs,
    /// The same, and the pages turn by themselves.
    Carousel,
}

/// What is known of a kind of component.
#[derive(Debug, Clone, Copy)]
pub struct ComponentFacts {
    /// As it is written in files.
    pub name: &'static str,
    pub family: Family,
    /// The size a new tile gets.
    pub usual_size: GridSize,
    /// The smallest size at which it can still be read.
    pub least_size: GridSize,
    /// How a tile usually stands on a phone.
    pub phone: (CardWidth, u16),
    /// What of the look it heeds, in the order in which it is asked for.
    pub look: &'static [LookPart],
}

const fn facts(
    name: &'static str,
    family: Family,
    (w, h): (u16, u16),
    (least_w, least_h): (u16, u16),
    phone: (CardWidth, u16),
    look: &'static [LookPart],
) -> ComponentFacts {
    let (usual_size, least_size) = (GridSize { w, h }, GridSize { w: least_w, h: least_h });
    ComponentFacts { name, family, usual_size, least_size, phone, look }
}

impl ComponentKind {
    pub const ALL: [Self; 45] = [
        Self::Kpi,
        Self::FlipCounter,
        Self::Gauge,
        Self::Bullet,
        Self::Line,
        Self::Area,
        Self::Combo,
        Self::MinuteCurve,
        Self::CalendarHeat,
        Self::WeekHeat,
        Self::RankRace,
        Self::SessionTimeline,
        Self::Bar,
        Self::RankList,
        Self::Columns,
        Self::Waterfall,
        Self::Ticker,
        Self::Pie,
        Self::Rose,
        Self::Treemap,
        Self::Sunburst,
        Self::Funnel,
        Self::WordCloud,
        Self::Heatmap,
        Self::Sankey,
        Self::Retention,
        Self::Radar,
        Self::Scatter,
        Self::Histogram,
        Self::BoxPlot,
        Self::PageHeat,
        Self::ProvinceMap,
        Self::BoundaryMap,
        Self::FlowMap,
        Self::Table,
        Self::Pivot,
        Self::Text,
        Self::Image,
        Self::Video,
        Self::QrCode,
        Self::Clock,
        Self::Frame,
        Self::Filter,
        Self::Tabs,
        Self::Carousel,
    ];

    pub const fn facts(self) -> ComponentFacts {
        use CardWidth::{Full, Half};
        use Family::{Containers, Controls, Decorations, Figures, Maps, Parts, Rankings, Relations, Tables, Trends};
        use LookPart::{Annotations, Direction, Hole, Holidays, Hub, Numbers, Picture, Stacking, Target, Thresholds};
        match self {
            Self::Kpi => facts("kpi", Figures, (3, 3), (2, 2), (Half, 3), &[Numbers, Target, Thresholds]),
            Self::FlipCounter => facts("flip_counter", Figures, (4, 3), (2, 2), (Full, 3), &[Numbers]),
            Self::Gauge => facts("gauge", Figures, (3, 5), (2, 3), (Half, 4), &[Numbers, Target, Thresholds]),
            Self::Bullet => facts("bullet", Figures, (4, 2), (3, 2), (Full, 2), &[Numbers, Target, Thresholds]),
            Self::Line => facts("line", Trends, (6, 6), (3, 4), (Full, 6), &[Numbers, Target, Holidays, Annotations]),
            Self::Area => facts("area", Trends, (6, 6), (3, 4), (Full, 6), &[Numbers, Stacking, Holidays, Annotations]),
            Self::Combo => facts("combo", Trends, (6, 6), (3, 4), (Full, 6), &[Numbers, Holidays, Annotations]),
            Self::MinuteCurve => facts("minute_curve", Trends, (8, 7), (4, 5), (Full, 7), &[Numbers, Annotations]),
            Self::CalendarHeat => facts("calendar_heat", Trends, (8, 5), (4, 4), (Full, 5), &[Numbers, Holidays]),
            Self::WeekHeat => facts("week_heat", Trends, (6, 6), (4, 5), (Full, 6), &[Numbers]),
            Self::RankRace => facts("rank_race", Trends, (6, 7), (4, 5), (Full, 7), &[]),
            Self::SessionTimeline => facts("session_timeline", Trends, (8, 7), (4, 4), (Full, 8), &[]),
            Self::Bar => facts("bar", Rankings, (4, 6), (3, 4), (Full, 6), &[Numbers, Target, Thresholds]),
            Self::RankList => facts("rank_list", Rankings, (4, 7), (3, 4), (Full, 7), &[Numbers]),
            Self::Columns => {
                facts("columns", Rankings, (6, 6), (3, 4), (Full, 6), &[Numbers, Stacking, Direction, Target])
            }
            Self::Waterfall => facts("waterfall", Rankings, (6, 6), (3, 4), (Full, 6), &[Numbers]),
            Self::Ticker => facts("ticker", Rankings, (12, 1), (4, 1), (Full, 2), &[Numbers]),
            Self::Pie => facts("pie", Parts, (4, 6), (3, 4), (Full, 6), &[Numbers, Hole]),
            Self::Rose => facts("rose", Parts, (4, 6), (3, 4), (Full, 6), &[Numbers]),
            Self::Treemap => facts("treemap", Parts, (6, 6), (3, 4), (Full, 6), &[Numbers]),
            Self::Sunburst => facts("sunburst", Parts, (5, 7), (3, 5), (Full, 7), &[Numbers]),
            Self::Funnel => facts("funnel", Parts, (5, 6), (3, 4), (Full, 6), &[Numbers]),
            Self::WordCloud => facts("word_cloud", Parts, (5, 5), (3, 4), (Full, 5), &[]),
            Self::Heatmap => facts("heatmap", Relations, (6, 7), (4, 5), (Full, 7), &[Numbers]),
            Self::Sankey => facts("sankey", Relations, (6, 7), (4, 5), (Full, 7), &[Numbers]),
            Self::Retention => facts("retention", Relations, (8, 7), (4, 5), (Full, 7), &[]),
            Self::Radar => facts("radar", Relations, (4, 6), (3, 5), (Full, 6), &[Numbers]),
            Self::Scatter => facts("scatter", Relations, (6, 6), (3, 4), (Full, 6), &[Numbers]),
            Self::Histogram => facts("histogram", Relations, (6, 6), (3, 4), (Full, 6), &[Numbers]),
            Self::BoxPlot => facts("box_plot", Relations, (6, 6), (3, 4), (Full, 6), &[Numbers]),
            Self::PageHeat => facts("page_heat", Relations, (6, 8), (4, 5), (Full, 7), &[Picture, Numbers]),
            Self::ProvinceMap => facts("province_map", Maps, (5, 8), (4, 6), (Full, 7), &[Numbers]),
            Self::BoundaryMap => facts("boundary_map", Maps, (6, 8), (4, 6), (Full, 7), &[Numbers]),
            Self::FlowMap => facts("flow_map", Maps, (6, 8), (4, 6), (Full, 7), &[Hub, Numbers]),
            Self::Table => facts("table", Tables, (6, 7), (3, 4), (Full, 7), &[Numbers, Thresholds]),
            Self::Pivot => facts("pivot", Tables, (6, 7), (3, 4), (Full, 7), &[Numbers, Thresholds]),
            Self::Text => facts("text", Decorations, (4, 3), (2, 1), (Full, 3), &[]),
            Self::Image => facts("image", Decorations, (4, 5), (1, 1), (Full, 5), &[]),
            Self::Video => facts("video", Decorations, (6, 7), (3, 3), (Full, 6), &[]),
            Self::QrCode => facts("qr_code", Decorations, (3, 5), (2, 3), (Full, 6), &[]),
            Self::Clock => facts("clock", Decorations, (3, 2), (2, 1), (Full, 2), &[]),
            Self::Frame => facts("frame", Decorations, (6, 3), (2, 1), (Full, 2), &[]),
            Self::Filter => facts("filter", Controls, (4, 1), (2, 1), (Full, 1), &[]),
            Self::Tabs => facts("tabs", Containers, (6, 8), (3, 4), (Full, 7), &[]),
            Self::Carousel => facts("carousel", Containers, (6, 8), (3, 4), (Full, 7), &[]),
        }
    }

    pub const fn name(self) -> &'static str {
        self.facts().name
    }

    pub const fn shape(self) -> Shape {
        match self.by_shape() {
            ByShape::Scalar(_) => Shape::Scalar,
            ByShape::Series(_) => Shape::Series,
            ByShape::Category(_) => Shape::Category,
            ByShape::Matrix(_) => Shape::Matrix,
            ByShape::Pair(_) => Shape::Pair,
            ByShape::Points(_) => Shape::Points,
            ByShape::Spread(_) => Shape::Spread,
            ByShape::Table(_) => Shape::Table,
            ByShape::Geo(_) => Shape::Geo,
            ByShape::Sessions(_) => Shape::Sessions,
            ByShape::Still(_) | ByShape::Container(_) => Shape::None,
        }
    }

    /// The size a new tile gets.
    pub const fn usual_size(self) -> GridSize {
        self.facts().usual_size
    }

    /// The smallest size at which it can still be read.
    pub const fn least_size(self) -> GridSize {
        self.facts().least_size
    }

    /// Whether other tiles stand in it.
    pub const fn is_container(self) -> bool {
        matches!(self, Self::Tabs | Self::Carousel)
    }

    /// Whether it heeds that part of the look.
    pub fn heeds(self, part: LookPart) -> bool {
        self.facts().look.contains(&part)
    }
}
