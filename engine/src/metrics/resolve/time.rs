//! The time of a query: which steps it may have, and how many.

use super::invalid;
use crate::metrics::{catalogue::Metric, timeline::Timeline};
use model::{
    metric::{MAX_STEPS, MetricQuery},
    problem::{Problem, ProblemCode},
    time::{Calendar, Grain, TimeRange, Timestamp},
};

/// Not every metric has a meaning by every step.
pub(super) fn must_step(metric: &Metric, grain: Grain) -> Result<(), Problem> {
    if metric.grains.contains(&grain) {
        return Ok(());
    }
    let offered: Vec<&str> = metric.grains.iter().map(|grain| grain.name()).collect();
    let detail =
        format!("The metric “{}” has no meaning by {}: expected {}", metric.id, grain.name(), offered.join(", "));
    Err(invalid(detail).with("metric", &metric.id).with("expected", offered.join(", ")))
}

/// Without a time axis, a sliding range is cut as a curve over it would usually be, so that the one number and the
/// curve beside it are about the same time, and the range moves no oftener than a reader could tell.
fn usual_grain(time: TimeRange) -> Grain {
    match time {
        TimeRange::Last(span) if span.minutes() >= 7 * 1_440 => Grain::Day,
        TimeRange::Last(span) if span.minutes() >= 360 => Grain::Hour,
        TimeRange::Last(_) | TimeRange::Between(_) | TimeRange::Word(_) => Grain::Minute,
    }
}

/// The time of a query at one moment, if its steps are not too many.
pub(super) fn timeline_of(
    query: &MetricQuery,
    now: Timestamp,
    calendar: Calendar,
    grain: Option<Grain>,
) -> Result<Timeline, Problem> {
    let interval = query.time.interval(now, calendar, grain.unwrap_or_else(|| usual_grain(query.time)));
    let shortest_step_ms = grain.map_or(i64::MAX, Grain::shortest_ms);
    // Checked before the steps are listed: a range of years by minutes would be a long list.
    let steps = interval.length_ms() / shortest_step_ms;
    if steps > MAX_STEPS {
        let name = grain.map_or("", Grain::name);
        let detail = format!(
            "The range has {steps} steps of a {name}: {MAX_STEPS} at most. Take a shorter range or a longer step."
        );
        return Err(Problem::new(ProblemCode::TooManySteps, detail).with("steps", steps).with("limit", MAX_STEPS));
    }
    Ok(Timeline::new(interval, now, calendar, grain))
}

#[cfg(test)]
mod tests {
    use crate::metrics::{catalogue::Catalogue, resolve::resolve};
    use model::{
        board::SeriesBinding,
        metric::MetricRef,
        problem::ProblemCode,
        time::{Calendar, CalendarWord, Grain, Interval, TimeRange, Timestamp},
    };
    use proptest::{prelude::*, sample::select};

    fn ranges() -> impl Strategy<Value = TimeRange> {
        let from = 1_500_000_000_000_i64..1_900_000_000_000;
        let between = (from, 1_i64..1_000_000).prop_map(|(from, minutes)| {
            let from = Timestamp::from_millis(from);
            TimeRange::Between(Interval::new(from, from.plus_millis(minutes * 60_000)).unwrap())
        });
        let last = (1_u32..2_000, select(vec!["m", "h", "d"]))
            .prop_map(|(count, unit)| TimeRange::Last(format!("{count}{unit}").parse().unwrap()));
        prop_oneof![between, last, select(CalendarWord::ALL.to_vec()).prop_map(TimeRange::Word)]
    }

    proptest! {
        /// A curve is shown whole or refused: cut at the end, it would look as if everything had stopped.
        #[test]
        fn a_series_is_never_truncated(
            time in ranges(),
            grain in select(vec![Grain::Minute, Grain::Hour, Grain::Day, Grain::Week, Grain::Month]),
            is_split in any::<bool>(),
            now in 1_500_000_000_000_i64..1_900_000_000_000,
        ) {
            let metric = MetricRef::plain("content.plays".parse().unwrap());
            let split = is_split.then(|| "channel".parse().unwrap());
            let query = SeriesBinding { metric, grain, split, filters: Vec::new(), time }.query();
            let catalogue = Catalogue::shipped().unwrap();
            match resolve(&catalogue, &query, Timestamp::from_millis(now), Calendar::CHINA) {
                Ok(resolved) => {
                    let lines = resolved.top.as_ref().map_or(1, |top| top.n + 1);
                    prop_assert!(resolved.timeline.steps.len() * lines <= resolved.limit as usize);
                }
                Err(problem) => prop_assert_eq!(problem.code, ProblemCode::TooManySteps),
            }
        }
    }

    #[test]
    fn a_day_of_minutes_by_channel_can_be_drawn() {
        let query = SeriesBinding {
            metric: MetricRef::plain("content.plays".parse().unwrap()),
            grain: Grain::Minute,
            split: Some("channel".parse().unwrap()),
            filters: Vec::new(),
            time: TimeRange::Word(CalendarWord::Today),
        };
        let now = Timestamp::from_millis(1_763_611_200_000);
        let resolved = resolve(&Catalogue::shipped().unwrap(), &query.query(), now, Calendar::CHINA).unwrap();
        assert!(resolved.limit as usize >= 1_440 * 9);
    }
}
