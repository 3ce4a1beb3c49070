//! Samples of many values: how a component bears them, and what it costs.

use super::{Said, Sample, dimension, frame, jitter, metric, moment, rounded, scatter, sessions, steps, time, whole};
use model::{
    board::{ByShape, ComponentKind, SeriesKind},
    formatting::Locale,
    frame::Cell,
    metric::Unit,
    time::Grain,
};

fn named(zh: &str, en: &str, number: usize, said: Said) -> Cell {
    Cell::Text(format!("{} {}", said.in_words(zh, en), number + 1))
}

/// The sample of a kind with about so many points; `None` where a component has a fixed number of them, or draws none.
pub fn large(kind: ComponentKind, points: usize, locale: Locale) -> Option<Sample> {
    let said = Said(locale);
    let plays = || metric("content.plays", Unit::Count);
    let number = |at: usize| whole(900_000.0 / (at as f64 + 2.0) * jitter(at, 30) + f64::from(scatter(at) % 400));
    match kind.by_shape() {
        ByShape::Series(SeriesKind::CalendarHeat | SeriesKind::WeekHeat)
        | ByShape::Scalar(_)
        | ByShape::Spread(_)
        | ByShape::Geo(_)
        | ByShape::Still(_)
        | ByShape::Container(_) => None,
        ByShape::Series(of) => {
            // A minute curve has its programmes in turn; the others have four lines.
            let grain = if of == SeriesKind::MinuteCurve { Grain::Minute } else { Grain::Hour };
            let lines = if of == SeriesKind::MinuteCurve { 1 } else { 4 };
            let rows = steps(points / lines, grain).into_iter().enumerate().flat_map(|(at, step)| {
                (0..lines).map(move |line| {
                    let own = if lines == 1 { at / 40 } else { line };
                    vec![moment(step), named("系列", "Series", own, said), whole(40_000.0 * jitter(at * 7 + line, 40))]
                })
            });
            let split = if of == SeriesKind::MinuteCurve { "programme" } else { "channel" };
            Some(Sample { grain, ..Sample::of(frame(vec![time(), dimension(split), plays()], rows.collect())) })
        }
        ByShape::Pair(_) => {
            let row = |(at, step)| vec![moment(step), number(at), rounded(jitter(at, 60))];
            let rows = steps(points, Grain::Hour).into_iter().enumerate().map(row).collect();
            let columns = vec![time(), plays(), metric("qoe.fail_pct", Unit::Percent)];
            Some(Sample { grain: Grain::Hour, ..Sample::of(frame(columns, rows)) })
        }
        ByShape::Category(_) => {
            let row = |at: usize| vec![named("频道", "Channel", at, said), number(at)];
            Some(Sample::of(frame(vec![dimension("channel"), plays()], (0..points).map(row).collect())))
        }
        ByShape::Matrix(_) => {
            let side = (points as f64).sqrt() as usize;
            let rows = (0..side).flat_map(|one| {
                (0..side).map(move |other| {
                    vec![
                        named("频道", "Channel", one, said),
                        named("节点", "Node", other, said),
                        whole(9_000.0 * jitter(one * side + other, 90)),
                    ]
                })
            });
            Some(Sample::of(frame(vec![dimension("channel"), dimension("isp"), plays()], rows.collect())))
        }
        ByShape::Points(_) => {
            let row = |at: usize| vec![named("频道", "Channel", at, said), number(at), rounded(jitter(at * 3, 90))];
            let columns = vec![dimension("channel"), plays(), metric("qoe.fail_pct", Unit::Percent)];
            Some(Sample::of(frame(columns, (0..points).map(row).collect())))
        }
        ByShape::Sessions(_) => Some(sessions::large(points, said)),
        ByShape::Table(_) => {
            let row = |at: usize| vec![named("频道", "Channel", at, said), number(at), rounded(jitter(at, 80))];
            let columns = vec![dimension("channel"), plays(), metric("qoe.fail_pct", Unit::Percent)];
            Some(Sample::of(frame(columns, (0..points).map(row).collect())))
        }
    }
}
