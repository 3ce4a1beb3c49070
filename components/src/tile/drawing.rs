//! By what a component is drawn.

use model::board::ComponentKind;

/// By what a component is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Drawing {
    /// One number in large type.
    Figure,
    /// One number whose digits flip.
    Flip,
    /// A scene.
    Chart,
    /// Rows of a table.
    Rows,
    /// Rows by one thing, columns by another.
    Pivot,
    /// Names and numbers in one line.
    Ticker,
    Text,
    Image,
    Video,
    QrCode,
    Clock,
    Frame,
    /// One of the board's filters.
    Filter,
    /// Other tiles.
    Pages,
}

impl Drawing {
    pub(crate) const fn of(kind: ComponentKind) -> Self {
        match kind {
            ComponentKind::Kpi => Self::Figure,
            ComponentKind::FlipCounter => Self::Flip,
            ComponentKind::Gauge
            | ComponentKind::Bullet
            | ComponentKind::Line
            | ComponentKind::Area
            | ComponentKind::MinuteCurve
            | ComponentKind::CalendarHeat
            | ComponentKind::WeekHeat
            | ComponentKind::RankRace
            | ComponentKind::SessionTimeline
            | ComponentKind::Combo
            | ComponentKind::Bar
            | ComponentKind::RankList
            | ComponentKind::Columns
            | ComponentKind::Pie
            | ComponentKind::Rose
            | ComponentKind::Treemap
            | ComponentKind::Sunburst
            | ComponentKind::Funnel
            | ComponentKind::Waterfall
            | ComponentKind::WordCloud
            | ComponentKind::Heatmap
            | ComponentKind::Sankey
            | ComponentKind::Retention
            | ComponentKind::Radar
            | ComponentKind::Scatter
            | ComponentKind::Histogram
            | ComponentKind::BoxPlot
            | ComponentKind::PageHeat
            | ComponentKind::ProvinceMap
            | ComponentKind::BoundaryMap
            | ComponentKind::FlowMap => Self::Chart,
            ComponentKind::Table => Self::Rows,
            ComponentKind::Pivot => Self::Pivot,
            ComponentKind::Ticker => Self::Ticker,
            ComponentKind::Text => Self::Text,
            ComponentKind::Image => Self::Image,
            ComponentKind::Video => Self::Video,
            ComponentKind::QrCode => Self::QrCode,
            ComponentKind::Clock => Self::Clock,
            ComponentKind::Frame => Self::Frame,
            ComponentKind::Filter => Self::Filter,
            ComponentKind::Tabs | ComponentKind::Carousel => Self::Pages,
        }
    }

    /// Whether it draws numbers.
    pub(crate) const fn has_numbers(self) -> bool {
        match self {
            Self::Figure | Self::Flip | Self::Chart | Self::Rows | Self::Pivot | Self::Ticker => true,
            Self::Text
            | Self::Image
            | Self::Video
            | Self::QrCode
            | Self::Clock
            | Self::Frame
            | Self::Filter
            | Self::Pages => false,
        }
    }
}
