//! Charts whose code is loaded when a board first has one. Each is a file: how it reads a frame, how it is laid out, what
//! is read at its marks.

mod area;
mod boundary_map;
mod box_plot;
mod bullet;
mod calendar_heat;
mod cell_grid;
mod columns;
mod combo;
mod flow_map;
mod funnel;
mod gauge;
mod goal;
mod heatmap;
mod histogram;
mod minute_curve;
mod page_heat;
mod pie;
mod provinces;
mod quantiles;
mod radar;
mod rank_list;
mod rank_race;
mod retention;
mod rose;
mod round;
mod sankey;
mod scatter;
mod session_timeline;
mod slices;
mod sunburst;
mod treemap;
mod waterfall;
mod week_heat;
mod word_cloud;

#[cfg(test)]
mod matrix_frames;
#[cfg(test)]
mod tests;

pub use area::AreaSpec;
pub use boundary_map::BoundaryMapSpec;
pub use box_plot::BoxPlotSpec;
pub use bullet::BulletSpec;
pub use calendar_heat::CalendarHeatSpec;
pub use columns::ColumnsSpec;
pub use combo::ComboSpec;
pub use flow_map::FlowMapSpec;
pub use funnel::FunnelSpec;
pub use gauge::GaugeSpec;
pub use heatmap::HeatmapSpec;
pub use histogram::HistogramSpec;
pub use minute_curve::MinuteCurveSpec;
pub use page_heat::PageHeatSpec;
pub use pie::PieSpec;
pub use radar::RadarSpec;
pub use rank_list::RankListSpec;
pub use rank_race::RankRaceSpec;
pub use retention::RetentionSpec;
pub use rose::RoseSpec;
pub use sankey::SankeySpec;
pub use scatter::ScatterSpec;
pub use session_timeline::SessionTimelineSpec;
pub use sunburst::SunburstSpec;
pub use treemap::TreemapSpec;
pub use waterfall::WaterfallSpec;
pub use week_heat::WeekHeatSpec;
pub use word_cloud::WordCloudSpec;

use super::{Chart, Source, Unfit};
use model::board::ComponentKind;
use std::sync::Arc;

/// Reads a frame as the chart of a kind of component.
pub fn read(kind: ComponentKind, source: &Source) -> Result<Arc<dyn Chart>, Unfit> {
    Ok(match kind {
        ComponentKind::Gauge => Arc::new(GaugeSpec::read(source)?),
        ComponentKind::Bullet => Arc::new(BulletSpec::read(source)?),
        ComponentKind::Area => Arc::new(AreaSpec::read(source)?),
        ComponentKind::Combo => Arc::new(ComboSpec::read(source)?),
        ComponentKind::MinuteCurve => Arc::new(MinuteCurveSpec::read(source)?),
        ComponentKind::CalendarHeat => Arc::new(CalendarHeatSpec::read(source)?),
        ComponentKind::WeekHeat => Arc::new(WeekHeatSpec::read(source)?),
        ComponentKind::RankRace => Arc::new(RankRaceSpec::read(source)?),
        ComponentKind::SessionTimeline => Arc::new(SessionTimelineSpec::read(source)?),
        ComponentKind::RankList => Arc::new(RankListSpec::read(source)?),
        ComponentKind::Columns => Arc::new(ColumnsSpec::read(source)?),
        ComponentKind::Waterfall => Arc::new(WaterfallSpec::read(source)?),
        ComponentKind::Pie => Arc::new(PieSpec::read(source)?),
        ComponentKind::Rose => Arc::new(RoseSpec::read(source)?),
        ComponentKind::Treemap => Arc::new(TreemapSpec::read(source)?),
        ComponentKind::Sunburst => Arc::new(SunburstSpec::read(source)?),
        ComponentKind::Funnel => Arc::new(FunnelSpec::read(source)?),
        ComponentKind::WordCloud => Arc::new(WordCloudSpec::read(source)?),
        ComponentKind::Heatmap => Arc::new(HeatmapSpec::read(source)?),
        ComponentKind::Sankey => Arc::new(SankeySpec::read(source)?),
        ComponentKind::Retention => Arc::new(RetentionSpec::read(source)?),
        ComponentKind::Radar => Arc::new(RadarSpec::read(source)?),
        ComponentKind::Scatter => Arc::new(ScatterSpec::read(source)?),
        ComponentKind::Histogram => Arc::new(HistogramSpec::read(source)?),
        ComponentKind::BoxPlot => Arc::new(BoxPlotSpec::read(source)?),
        ComponentKind::PageHeat => Arc::new(PageHeatSpec::read(source)?),
        ComponentKind::BoundaryMap => Arc::new(BoundaryMapSpec::read(source)?),
        ComponentKind::FlowMap => Arc::new(FlowMapSpec::read(source)?),
        // Drawn otherwise, or by code that is always there.
        ComponentKind::Kpi
        | ComponentKind::FlipCounter
        | ComponentKind::Line
        | ComponentKind::Bar
        | ComponentKind::Ticker
        | ComponentKind::ProvinceMap
        | ComponentKind::Table
        | ComponentKind::Pivot
        | ComponentKind::Text
        | ComponentKind::Image
        | ComponentKind::Video
        | ComponentKind::QrCode
        | ComponentKind::Clock
        | ComponentKind::Frame
        | ComponentKind::Filter
        | ComponentKind::Tabs
        | ComponentKind::Carousel => return Err(Unfit::Shape),
    })
}
