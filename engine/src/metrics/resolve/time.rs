//! The time of a query: which steps it may have, and how many.

use super::invalid;
use crate::metrics::{catalogue::Metric, timeline::Timeline};
use model::{
    metric::{MAX_STEPS, MetricQuery},
    problem::{Problem, ProblemCode},
    time::{Calendar, Grain, Interval, TimeRange, Timestamp},
};

/// 1 January 1000 and of 9000: far from where the arithmetic of moments ends.
const FIRST_YEAR_MS: i64 = -30_610_224_000_000;
const LAST_YEAR_MS: i64 = 221_845_392_000_000;
/// The longest range: ten years, and what whole steps add at its ends. Numbers are weighed day by day, so a range of
/// millennia would be long work for nothing.
const MAX_DAYS: i64 = 3_750;

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
    // Numbers and the courses beside them are about the same time.
    let cut = grain.or(query.course).unwrap_or_else(|| usual_grain(query.time));
    let interval = query.time.interval(now, calendar, cut);
    must_be_near(interval)?;
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

/// Neither longer than anybody looks back, nor in years that no calendar has.
fn must_be_near(interval: Interval) -> Result<(), Problem> {
    let days = interval.length_ms() / Grain::Day.shortest_ms();
    if days > MAX_DAYS {
        let detail = format!("The range has {days} days: {MAX_DAYS} at most. Take a shorter range.");
        return Err(Problem::new(ProblemCode::RangeTooLong, detail).with("days", days).with("limit_days", MAX_DAYS));
    }
    let is_dated = |moment: Timestamp| (FIRST_YEAR_MS..=LAST_YEAR_MS).contains(&moment.millis());
    if is_dated(interval.from()) && is_dated(interval.to()) {
        return Ok(());
    }
    Err(invalid("the range lies outside the years 1000 to 9000"))
}

#[cfg(test)]
mod tests {
    use crate::metrics::{catalogue::Catalogue, resolve::resolve};
    use model::{
        board::{SeriesBinding, SeriesKind},
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
            let query = SeriesBinding { metric, grain, split, filters: Vec::new(), time };
            let query = query.query(SeriesKind::Line);
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
    fn a_range_of_millennia_or_past_the_calendar_is_refused() {
        let catalogue = Catalogue::shipped().unwrap();
        let ask = |range: &str| {
            let query = serde_json::from_str(&format!(r#"{{"metrics":["tv.rating_pct"],"time":{range}}}"#)).unwrap();
            let now = Timestamp::from_millis(1_763_611_200_000);
            resolve(&catalogue, &query, now, Calendar::CHINA).map(|_| ()).map_err(|problem| problem.code)
        };
        let millennia = r#"{"from":"0001-01-01T00:00:00Z","to":"2026-01-01T00:00:00Z"}"#;
        assert_eq!(ask(millennia), Err(ProblemCode::RangeTooLong));
        let everything = format!(r#"{{"from":{},"to":{}}}"#, i64::MIN, i64::MAX);
        assert_eq!(ask(&everything), Err(ProblemCode::RangeTooLong));
        let beyond = format!(r#"{{"from":{},"to":{}}}"#, i64::MAX - 1, i64::MAX);
        assert_eq!(ask(&beyond), Err(ProblemCode::InvalidQuery));
        assert_eq!(ask(r#"{"last":"3650d"}"#), Ok(()));
        assert_eq!(ask(r#"{"from":"2016-01-01T00:00:00Z","to":"2026-01-01T00:00:00Z"}"#), Ok(()));
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
        let resolved =
            resolve(&Catalogue::shipped().unwrap(), &query.query(SeriesKind::Line), now, Calendar::CHINA).unwrap();
        assert!(resolved.limit as usize >= 1_440 * 9);
    }
}
