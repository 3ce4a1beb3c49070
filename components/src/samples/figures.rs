//! Samples of one number, and of how numbers are spread.

use super::{Sample, frame, metric, rounded};
use model::{
    board::{Given, ScalarKind, SpreadKind, Target, Threshold, Title, Tone},
    frame::Cell,
    metric::Unit,
};

pub(super) fn scalar(kind: ScalarKind) -> Sample {
    match kind {
        ScalarKind::Kpi | ScalarKind::FlipCounter => {
            let columns = vec![
                metric("content.plays", Unit::Count),
                metric("content.plays@previous_period", Unit::Count),
                metric("content.plays@previous_period_pct", Unit::Percent),
            ];
            Sample::of(frame(
                columns,
                vec![vec![Cell::Integer(1_284_530), Cell::Integer(1_190_200), Cell::Number(7.93)]],
            ))
        }
        ScalarKind::Gauge | ScalarKind::Bullet => {
            let mut sample = Sample::of(frame(
                vec![metric("content.availability_pct", Unit::Percent)],
                vec![vec![Cell::Number(94.6)]],
            ));
            let given = |value: f64| Given::new(value);
            let threshold = |(from, tone): (f64, Tone)| Some(Threshold { from: given(from)?, tone });
            let thresholds = [(0.0, Tone::Danger), (80.0, Tone::Warning), (90.0, Tone::Good)];
            sample.look.thresholds = thresholds.into_iter().filter_map(threshold).collect();
            sample.look.target = given(97.0).map(|value| Target { value, label: Title::default() });
            sample
        }
    }
}

/// Quantiles of start-up times, in seconds: most are short, and the tail is long.
pub(super) fn spread(kind: SpreadKind) -> Sample {
    match kind {
        SpreadKind::Histogram => {
            const QUANTILES: [(u8, f64); 13] = [
                (1, 0.32),
                (5, 0.45),
                (10, 0.56),
                (20, 0.72),
                (30, 0.85),
                (40, 0.98),
                (50, 1.12),
                (60, 1.3),
                (70, 1.55),
                (80, 1.95),
                (90, 2.8),
                (95, 3.9),
                (99, 7.6),
            ];
            let columns = QUANTILES.map(|(percent, _)| metric(&format!("qoe.startup_s:p{percent}"), Unit::Seconds));
            Sample::of(frame(columns.to_vec(), vec![QUANTILES.map(|(_, seconds)| rounded(seconds)).to_vec()]))
        }
        SpreadKind::BoxPlot => {
            const PERCENTS: [u8; 5] = [5, 25, 50, 75, 95];
            const NETWORKS: [(&str, [f64; 5]); 4] = [
                ("ChinaNet", [0.41, 0.74, 1.02, 1.61, 3.2]),
                ("Unicom", [0.44, 0.8, 1.15, 1.74, 3.7]),
                ("CMCC", [0.52, 0.95, 1.36, 2.1, 4.9]),
                ("CERNET", [0.6, 1.1, 1.62, 2.6, 5.8]),
            ];
            let quantiles = PERCENTS.map(|percent| metric(&format!("qoe.startup_s:p{percent}"), Unit::Seconds));
            let columns = std::iter::once(super::dimension("isp")).chain(quantiles).collect();
            let row = |(name, numbers): &(&str, [f64; 5])| {
                std::iter::once(Cell::Text((*name).to_owned())).chain(numbers.map(rounded)).collect()
            };
            Sample::of(frame(columns, NETWORKS.iter().map(row).collect()))
        }
    }
}
