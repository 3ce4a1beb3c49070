//! Which components suit what a tile shows, best first, and why. Pure.
//!
//! The rules are those of the handbooks: position along a common scale is read best (Cleveland and `McGill`, 1984), so bars
//! and lines come first; parts of a whole are few in a pie; time goes from left to right.

use super::{
    choice::Choices,
    fit::{Common, draws},
};
use model::{
    board::{ComponentKind, Look},
    frame::{Cell, Frame},
    metric::{Additivity, MetricInfo, Unit},
    time::Grain,
};
use std::{cmp::Reverse, collections::BTreeSet};

/// Why a component suits, or does not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Why {
    /// One number is read fastest in large type.
    OneNumber,
    /// A rate with an end.
    Rate,
    /// Numbers along time.
    Course,
    /// So many steps: columns can still be told apart.
    FewSteps(usize),
    /// Hours over several days.
    HoursOfDays,
    /// Days of several weeks.
    DaysOfWeeks,
    /// So many lines change places.
    Places(usize),
    /// Parts along time add up.
    PartsAlongTime(usize),
    /// A ranking of so many.
    Ranking(usize),
    /// So many parts of a whole: few enough for a pie.
    FewParts(usize),
    /// So many parts of a whole: bars rather than a pie.
    ManyParts(usize),
    /// Values that do not add up to a whole.
    NoWhole,
    /// Gains and losses.
    Signed,
    /// Steps, one after the other.
    Steps,
    /// Numbers by province.
    Provinces,
    /// Two things crossed.
    Crossed,
    /// From one to the other of the same kind.
    FromTo,
    /// Who came back.
    Cohorts,
    /// Every number is to be read.
    ToBeRead,
    /// Names and an impression.
    Impression,
    /// The single plays behind a number.
    Sessions,
}

/// A component that suits, and why.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Suggestion {
    pub kind: ComponentKind,
    pub why: Why,
    /// How well, 0 to 100.
    pub score: u8,
}

/// What is known of the numbers.
#[derive(Debug, Clone, PartialEq)]
struct Numbers {
    by: Vec<String>,
    grain: Option<Grain>,
    /// How many values the dimension has, if it is seen.
    values: usize,
    steps: usize,
    has_negative: bool,
    /// Whether they add up.
    is_whole: bool,
    unit: Unit,
}

impl Numbers {
    fn of(choices: &Choices, metric: &MetricInfo, frame: Option<&Frame>) -> Self {
        let distinct = |column: Option<usize>| {
            let cells = frame.into_iter().flat_map(|frame| {
                let cells = column.into_iter().flat_map(|column| frame.cells(column));
                cells.filter_map(Cell::as_text)
            });
            cells.collect::<BTreeSet<_>>().len()
        };
        let numbers = || {
            let columns = frame.into_iter().flat_map(|frame| frame.metric_columns().map(move |column| (frame, column)));
            columns.flat_map(|(frame, column)| frame.cells(column).filter_map(Cell::as_number))
        };
        Self {
            by: choices.by.iter().map(ToString::to_string).collect(),
            grain: choices.grain,
            values: distinct(frame.and_then(|frame| frame.dimension_columns().next())),
            steps: distinct(frame.and_then(Frame::time_column)),
            has_negative: numbers().any(|number| number < 0.0),
            is_whole: matches!(metric.additivity, Additivity::Additive),
            unit: metric.unit,
        }
    }

    fn is_by(&self, names: &[&str]) -> bool {
        self.by.iter().any(|by| names.contains(&by.as_str()))
    }
}

/// The most parts of a pie.
const MOST_PARTS: usize = 6;
/// The most columns that stand beside each other.
const MOST_COLUMNS: usize = 31;

/// All components that can draw what is chosen, best first. `frame` is what the tile shows now, if anything.
pub(crate) fn suggestions(
    kind: ComponentKind,
    choices: &Choices,
    metric: &MetricInfo,
    frame: Option<&Frame>,
) -> Vec<Suggestion> {
    let numbers = Numbers::of(choices, metric, frame);
    let candidates = ComponentKind::ALL.into_iter().filter(|candidate| *candidate != kind && draws(*candidate, metric));
    let fits = |candidate: &ComponentKind| keeps_the_question(*candidate, choices, metric);
    let mut suggestions: Vec<Suggestion> = candidates
        .filter(fits)
        .filter_map(|kind| judged(kind, &numbers).map(|(score, why)| Suggestion { kind, why, score }))
        .collect();
    suggestions.sort_by_key(|suggestion| Reverse(suggestion.score));
    suggestions
}

/// Whether a component asks for the same numbers: split by the same things, and along time or not.
fn keeps_the_question(kind: ComponentKind, choices: &Choices, metric: &MetricInfo) -> bool {
    let mut other = choices.clone();
    other.fit(kind, &Common::of([metric]));
    let is_along_time = |choices: &Choices| choices.grain.is_some();
    other.by == choices.by
        && is_along_time(&other) == is_along_time(choices)
        && other.content(kind, &Look::default()).query().is_some()
}

/// How well a component suits, and why; `None` where it does not.
fn judged(kind: ComponentKind, numbers: &Numbers) -> Option<(u8, Why)> {
    let Numbers { values, steps, .. } = *numbers;
    let is_rate = matches!(numbers.unit, Unit::Percent | Unit::Ratio);
    let is_whole = numbers.is_whole && !numbers.has_negative;
    let parts = if is_whole && values <= MOST_PARTS { Some((78, Why::FewParts(values))) } else { None };
    match kind {
        ComponentKind::Kpi => Some((95, Why::OneNumber)),
        ComponentKind::Gauge | ComponentKind::Bullet => {
            Some(if is_rate { (85, Why::Rate) } else { (40, Why::OneNumber) })
        }
        ComponentKind::FlipCounter => (!is_rate).then_some((60, Why::OneNumber)),
        ComponentKind::Line => Some((95, Why::Course)),
        ComponentKind::Area => Some(match (numbers.by.is_empty(), is_whole) {
            (true, _) => (80, Why::Course),
            (false, true) => (88, Why::PartsAlongTime(values)),
            (false, false) => (20, Why::NoWhole),
        }),
        ComponentKind::Columns if numbers.grain.is_some() => {
            (steps <= MOST_COLUMNS).then_some((75, Why::FewSteps(steps)))
        }
        ComponentKind::Columns => Some((70, Why::Ranking(values))),
        ComponentKind::WeekHeat => {
            (numbers.grain == Some(Grain::Hour) && steps >= 72).then_some((82, Why::HoursOfDays))
        }
        ComponentKind::CalendarHeat => {
            (numbers.grain == Some(Grain::Day) && steps >= 28).then_some((82, Why::DaysOfWeeks))
        }
        ComponentKind::RankRace => (values >= 3 && steps <= MOST_COLUMNS).then_some((66, Why::Places(values))),
        ComponentKind::MinuteCurve => (numbers.grain == Some(Grain::Minute))
            .then_some((if numbers.is_by(&["programme"]) { 97 } else { 70 }, Why::Course)),
        ComponentKind::Bar if is_whole && values > MOST_PARTS => Some((95, Why::ManyParts(values))),
        ComponentKind::Bar => Some((92, Why::Ranking(values))),
        ComponentKind::RankList => Some((80, Why::Ranking(values))),
        ComponentKind::Pie => parts,
        ComponentKind::Rose => parts.map(|(_, why)| (58, why)),
        ComponentKind::Treemap => (is_whole && values > MOST_PARTS).then_some((72, Why::ManyParts(values))),
        ComponentKind::Waterfall => {
            Some(if numbers.has_negative { (94, Why::Signed) } else { (25, Why::Ranking(values)) })
        }
        ComponentKind::Funnel => {
            let is_steps = numbers.is_by(&["guide_step", "web_step", "order_step", "interaction_step"]);
            is_steps.then_some((98, Why::Steps))
        }
        ComponentKind::WordCloud => (values >= 8 && is_whole).then_some((30, Why::Impression)),
        ComponentKind::PageHeat => numbers.is_by(&["slot"]).then_some((90, Why::Crossed)),
        ComponentKind::SessionTimeline => Some((35, Why::Sessions)),
        ComponentKind::Ticker => Some((22, Why::Ranking(values))),
        ComponentKind::ProvinceMap => Some((90, Why::Provinces)),
        ComponentKind::BoundaryMap => Some((84, Why::Provinces)),
        ComponentKind::FlowMap => Some((45, Why::Provinces)),
        ComponentKind::Heatmap => Some((88, Why::Crossed)),
        ComponentKind::Pivot => Some((80, Why::ToBeRead)),
        ComponentKind::Sankey => {
            let is_flow = numbers.is_by(&["to_channel", "next_page"]) || numbers.is_by(&["state_before"]);
            (numbers.by.len() == 2).then_some(if is_flow { (98, Why::FromTo) } else { (35, Why::Crossed) })
        }
        ComponentKind::Sunburst => (is_whole && numbers.by.len() == 2).then_some((55, Why::PartsAlongTime(values))),
        ComponentKind::Retention => numbers.is_by(&["day_number", "week_number"]).then_some((98, Why::Cohorts)),
        ComponentKind::Radar => (3..=12).contains(&values).then_some((40, Why::Crossed)),
        ComponentKind::Table => Some((50, Why::ToBeRead)),
        // They need more than what is chosen, or draw no numbers.
        ComponentKind::Combo
        | ComponentKind::Scatter
        | ComponentKind::Histogram
        | ComponentKind::BoxPlot
        | ComponentKind::Text
        | ComponentKind::Image
        | ComponentKind::Video
        | ComponentKind::QrCode
        | ComponentKind::Clock
        | ComponentKind::Frame
        | ComponentKind::Filter
        | ComponentKind::Tabs
        | ComponentKind::Carousel => None,
    }
}

#[cfg(test)]
mod tests {
    use super::{super::choice::tests::metric, *};
    use model::board::Shape;
    use model::frame::{Column, ColumnKind, FrameState};

    fn frame(values: usize, number: f64) -> Frame {
        Frame {
            columns: vec![
                Column::new("genre", ColumnKind::Dimension),
                Column::new("content.plays", ColumnKind::Number),
            ],
            rows: (0..values).map(|at| vec![Cell::Text(at.to_string()), Cell::Number(number)]).collect(),
            as_of: None,
            etag: String::new(),
            simulated: false,
            state: FrameState::Ready,
            warnings: Vec::new(),
        }
    }

    fn best(kind: ComponentKind, dimensions: &[&str], frame: &Frame) -> Vec<Suggestion> {
        let metric = metric("content.plays", dimensions, &Grain::ALL, &[]);
        let choices = Choices::usual(kind, &metric);
        suggestions(kind, &choices, &metric, Some(frame))
    }

    #[test]
    fn a_whole_of_twelve_parts_is_bars_rather_than_a_pie() {
        let all = best(ComponentKind::Pie, &["genre"], &frame(12, 5.0));
        assert_eq!((all[0].kind, all[0].why), (ComponentKind::Bar, Why::ManyParts(12)));
        let few = best(ComponentKind::Bar, &["genre"], &frame(4, 5.0));
        assert!(few.iter().any(|one| (one.kind, one.why) == (ComponentKind::Pie, Why::FewParts(4))));
        assert!(best(ComponentKind::Bar, &["genre"], &frame(12, 5.0)).iter().all(|one| one.kind != ComponentKind::Pie));
    }

    #[test]
    fn negative_numbers_are_no_parts() {
        let all = best(ComponentKind::Bar, &["genre"], &frame(4, -5.0));
        assert_eq!((all[0].kind, all[0].why), (ComponentKind::Waterfall, Why::Signed));
        assert!(all.iter().all(|one| !matches!(one.kind, ComponentKind::Pie | ComponentKind::Treemap)));
    }

    #[test]
    fn steps_are_a_funnel() {
        let all = best(ComponentKind::Bar, &["guide_step"], &frame(3, 5.0));
        assert_eq!((all[0].kind, all[0].why), (ComponentKind::Funnel, Why::Steps));
    }

    #[test]
    fn what_is_suggested_asks_for_the_same_numbers() {
        let metric = metric("content.plays", &["province", "genre"], &Grain::ALL, &[]);
        for kind in ComponentKind::ALL.into_iter().filter(|kind| kind.shape() != Shape::None) {
            let choices = Choices::usual(kind, &metric);
            for suggestion in suggestions(kind, &choices, &metric, None) {
                let mut other = choices.clone();
                other.fit(suggestion.kind, &Common::of([&metric]));
                assert_eq!(other.by, choices.by, "{kind:?} → {:?}", suggestion.kind);
            }
        }
    }
}
