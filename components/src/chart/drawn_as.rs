//! A frame as the chart of a tile's component.

use super::{ChartSpec, OtherChart, Source, Unfit, bar_spec, line_spec, map_spec, others};
use model::{
    board::{ComponentKind, Family},
    frame::Frame,
};

/// The chart of a kind of component that is drawn as one. `None` while its code is on its way.
pub fn chart_of(kind: ComponentKind, source: &Source) -> Option<Result<ChartSpec, Unfit>> {
    let fits = |chart: Option<ChartSpec>| Some(chart.ok_or(Unfit::Shape));
    match kind {
        ComponentKind::Line => fits(line_spec(source.frame, source.grain, source.reading).map(|mut line| {
            line.series.retain(|series| !source.hidden.contains(&series.name));
            for entry in &mut line.legend {
                entry.is_hidden = source.hidden.contains(&entry.name);
            }
            line.target.clone_from(&source.look.target);
            line.annotations.clone_from(&source.look.annotations);
            line.marks_days_off = source.look.holidays;
            ChartSpec::Line(line)
        })),
        ComponentKind::Bar => fits(bar_spec(source.frame, source.reading).map(ChartSpec::Bar)),
        ComponentKind::ProvinceMap => fits(map_spec(source.frame, source.reading).map(ChartSpec::Map)),
        other => others::read(other, source).map(|read| read.map(|chart| ChartSpec::Other(OtherChart(chart)))),
    }
}

/// The row of a frame that one of a chart's hits stands for, where it is one row.
pub fn row_of_hit(spec: &ChartSpec, frame: &Frame, hit: usize) -> Option<usize> {
    match spec {
        ChartSpec::Bar(_) => (hit < frame.rows.len()).then_some(hit),
        ChartSpec::Other(other) => other.0.row(hit),
        ChartSpec::Line(_) | ChartSpec::Map(_) => None,
    }
}

/// Whether a kind of component is drawn by code that is loaded when it is first used.
pub const fn needs_other_charts(kind: ComponentKind) -> bool {
    match kind.facts().family {
        Family::Decorations | Family::Controls | Family::Containers | Family::Tables => false,
        Family::Figures | Family::Trends | Family::Rankings | Family::Parts | Family::Relations | Family::Maps => {
            !matches!(
                kind,
                ComponentKind::Kpi
                    | ComponentKind::FlipCounter
                    | ComponentKind::Line
                    | ComponentKind::Bar
                    | ComponentKind::ProvinceMap
                    | ComponentKind::Ticker
            )
        }
    }
}
