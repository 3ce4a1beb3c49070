//! The time of a query at one moment: the interval, how much of it has passed, and its steps.

use model::time::{Calendar, Day, Grain, Interval, Timestamp};

pub(super) const MINUTE_MS: i64 = 60_000;
pub(super) const DAY_MINUTES: i64 = 1_440;

/// Clock minutes since 1970, half-open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Minutes {
    pub from: i64,
    pub to: i64,
}

impl Minutes {
    pub(super) const fn count(self) -> i64 {
        if self.to > self.from { self.to - self.from } else { 0 }
    }

    /// How many stretches of so many minutes, counted since 1970, begin in these.
    pub(super) const fn beginnings_every(self, length: i64) -> i64 {
        let before = -(-self.from).div_euclid(length);
        let behind = -(-self.to).div_euclid(length);
        if self.to > self.from { behind - before } else { 0 }
    }

    pub(super) fn and(self, other: Self) -> Self {
        Self { from: self.from.max(other.from), to: self.to.min(other.to) }
    }
}

/// The minutes that begin inside an interval.
fn minutes_of(interval: Interval) -> Minutes {
    let first_at_or_after = |moment: Timestamp| -(-moment.millis()).div_euclid(MINUTE_MS);
    Minutes { from: first_at_or_after(interval.from()), to: first_at_or_after(interval.to()) }
}

/// The time of a query at one moment.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct Timeline {
    pub calendar: Calendar,
    pub interval: Interval,
    /// The part of the interval that has passed, up to the end of the running minute; `None` where all of it is to come.
    pub elapsed: Option<Interval>,
    pub grain: Option<Grain>,
    /// The starts of all steps; empty where there is no time axis.
    pub steps: Vec<Timestamp>,
    /// The moment at which it is asked.
    pub now: Timestamp,
    /// Whether all of it has passed, and the minute after it has begun.
    pub is_over: bool,
}

impl Timeline {
    pub(super) fn new(interval: Interval, now: Timestamp, calendar: Calendar, grain: Option<Grain>) -> Self {
        let passed_until = calendar.ceil(now, Grain::Minute);
        let elapsed = Interval::new(interval.from(), interval.to().min(passed_until));
        let steps = grain.map_or_else(Vec::new, |grain| interval.steps(calendar, grain).collect());
        Self { calendar, interval, elapsed, grain, steps, now, is_over: interval.to() < passed_until }
    }

    /// What this one is compared with, an interval that has passed, in steps of the same order. Where it is shorter, the
    /// last steps of this one have nothing to be compared with.
    pub(super) fn compared_over(&self, interval: Interval) -> Self {
        let steps = self.grain.map_or_else(Vec::new, |grain| interval.steps(self.calendar, grain).collect());
        Self {
            calendar: self.calendar,
            interval,
            elapsed: Some(interval),
            grain: self.grain,
            steps,
            now: self.now,
            is_over: true,
        }
    }

    /// Up to when is known what derived rows are made of: the end of the day of asking where all that came before counts, else the
    /// end of the range or of the last minute that is over.
    pub(super) fn known_until(&self, with_history: bool) -> Timestamp {
        if with_history {
            self.calendar.start_of(self.calendar.day_of(self.now).plus(1))
        } else {
            self.interval.to().min(self.calendar.floor(self.now, Grain::Minute))
        }
    }

    /// The same, in as many steps as this one has there, each as far after the beginning as its own. Weeks and months begin
    /// on other days than the calendar's then, so they are told apart by their starts, as months are.
    pub(super) fn moved_onto(&self, interval: Interval) -> Self {
        let distance_ms = interval.from().millis_since(self.interval.from());
        let moved = self.steps.iter().map(|start| start.plus_millis(distance_ms));
        let steps = moved.take_while(|start| *start < interval.to()).collect();
        let grain = self.grain.map(|grain| match grain {
            Grain::Minute | Grain::Hour | Grain::Day => grain,
            Grain::Week | Grain::Month => Grain::Month,
        });
        Self { calendar: self.calendar, interval, elapsed: Some(interval), grain, steps, now: self.now, is_over: true }
    }

    /// The steps before the first one that say what is usual: as many as [`Grain`] has to offer without a long search. `None`
    /// where there is no time axis.
    pub(super) fn history(&self) -> Option<Self> {
        let end = *self.steps.first()?;
        let day = self.calendar.day_of(end);
        let start = match self.grain? {
            Grain::Minute => end.plus_millis(-60 * MINUTE_MS),
            // Six weeks: six of the same hour of the week.
            Grain::Hour => end.plus_millis(-42 * DAY_MINUTES * MINUTE_MS),
            // Eight of the same weekday.
            Grain::Day => self.calendar.start_of(day.plus(-56)),
            Grain::Week => self.calendar.start_of(day.plus(-26 * 7)),
            Grain::Month => self.calendar.start_of(day.plus_months(-24)),
        };
        Some(self.compared_over(Interval::new(start, end)?))
    }

    /// Whether a step has ended: what still fills can't be told from what is low.
    pub(super) fn has_ended(&self, step: usize) -> bool {
        let end = self.steps.get(step + 1).copied().unwrap_or(self.interval.to());
        self.is_over || self.elapsed.is_some_and(|elapsed| end < elapsed.to())
    }

    /// How many steps have begun.
    pub(super) fn begun(&self) -> usize {
        let Some(elapsed) = self.elapsed else {
            return 0;
        };
        self.steps.iter().take_while(|start| **start < elapsed.to()).count()
    }

    /// The number that SQL gives to the step of a moment; steps of months are counted from the first one.
    pub(super) fn number_of_step(&self, ordinal: usize) -> Option<i64> {
        let start = self.steps.get(ordinal)?.millis();
        let wall = start + i64::from(self.calendar.offset_minutes) * MINUTE_MS;
        Some(match self.grain? {
            Grain::Minute => start.div_euclid(MINUTE_MS),
            Grain::Hour => wall.div_euclid(60 * MINUTE_MS),
            Grain::Day => i64::from(self.calendar.day_of(Timestamp::from_millis(start)).0),
            Grain::Week => (i64::from(self.calendar.day_of(Timestamp::from_millis(start)).0) + 3).div_euclid(7),
            Grain::Month => ordinal as i64,
        })
    }

    /// The first moments of the months after the first one.
    pub(super) fn month_starts(&self) -> Vec<Timestamp> {
        self.steps.iter().skip(1).copied().collect()
    }

    /// The passed minutes of a step, or of the whole where there is no time axis.
    pub(super) fn passed_minutes(&self, step: Option<usize>) -> Minutes {
        let Some(elapsed) = self.elapsed else {
            return Minutes { from: 0, to: 0 };
        };
        let all = minutes_of(elapsed);
        match step {
            None => all,
            Some(step) => {
                let next = self.steps.get(step + 1).copied().unwrap_or(self.interval.to());
                let of_step = self.steps.get(step).and_then(|start| Interval::new(*start, next)).map(minutes_of);
                of_step.map_or(Minutes { from: 0, to: 0 }, |minutes| minutes.and(all))
            }
        }
    }

    /// The day that a minute belongs to.
    fn day_of_minute(&self, minute: i64) -> Day {
        self.calendar.day_of(Timestamp::from_millis(minute * MINUTE_MS))
    }

    /// How many of the minutes lie in which day.
    pub(super) fn by_day(&self, minutes: Minutes) -> Vec<(Day, i64)> {
        let mut days = Vec::new();
        let mut from = minutes.from;
        while from < minutes.to {
            let day = self.day_of_minute(from);
            let next = self.calendar.start_of(day.plus(1)).millis().div_euclid(MINUTE_MS);
            let to = next.min(minutes.to).max(from + 1);
            days.push((day, to - from));
            from = to;
        }
        debug_assert!(days.iter().all(|(_, count)| *count <= DAY_MINUTES));
        days
    }

    /// The interval, and before it the whole of the day before the one in which it begins.
    pub(super) fn with_day_before(&self) -> Interval {
        let day_before = self.calendar.day_of(self.interval.from()).plus(-1);
        Interval::new(self.calendar.start_of(day_before), self.interval.to()).unwrap_or(self.interval)
    }

    /// The first day of a step, or of the whole, where it has begun.
    pub(super) fn first_day(&self, step: Option<usize>) -> Option<Day> {
        let minutes = self.passed_minutes(step);
        (minutes.count() > 0).then(|| self.day_of_minute(minutes.from))
    }

    /// The last day of a step, or of the whole, that has begun.
    pub(super) fn last_day(&self, step: Option<usize>) -> Option<Day> {
        let minutes = self.passed_minutes(step);
        (minutes.count() > 0).then(|| self.day_of_minute(minutes.to - 1))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use model::time::{Compare, TimeRange};

    fn at(text: &str) -> Timestamp {
        Timestamp::parse(text).unwrap()
    }

    fn timeline(from: &str, to: &str, now: &str, grain: Option<Grain>) -> Timeline {
        Timeline::new(Interval::new(at(from), at(to)).unwrap(), at(now), Calendar::CHINA, grain)
    }

    #[test]
    fn only_passed_minutes_count() {
        let timeline =
            timeline("2026-03-01T20:00:00+08:00", "2026-03-01T21:00:00+08:00", "2026-03-01T20:10:30+08:00", None);
        assert_eq!(timeline.passed_minutes(None).count(), 11);
        let later = Timeline::new(timeline.interval, at("2026-03-01T19:00:00+08:00"), Calendar::CHINA, None);
        assert_eq!((later.elapsed, later.passed_minutes(None).count()), (None, 0));
    }

    #[test]
    fn steps_to_come_have_not_begun() {
        let timeline = timeline(
            "2026-03-01T00:00:00+08:00",
            "2026-03-02T00:00:00+08:00",
            "2026-03-01T10:10:00+08:00",
            Some(Grain::Hour),
        );
        assert_eq!((timeline.steps.len(), timeline.begun()), (24, 11));
        assert_eq!(timeline.passed_minutes(Some(9)).count(), 60);
        assert_eq!(timeline.passed_minutes(Some(10)).count(), 10);
        assert_eq!(timeline.passed_minutes(Some(11)).count(), 0);
    }

    #[test]
    fn an_open_range_is_compared_with_what_had_passed_by_then() {
        let timeline =
            timeline("2026-03-02T00:00:00+08:00", "2026-03-03T00:00:00+08:00", "2026-03-02T10:00:00+08:00", None);
        let (whole, passed) = (timeline.interval, timeline.elapsed.unwrap());
        let earlier = Compare::Day.interval(TimeRange::Between(whole), whole, passed, Calendar::CHINA);
        let compared = timeline.compared_over(earlier);
        assert_eq!(
            compared.interval,
            Interval::new(at("2026-03-01T00:00:00+08:00"), at("2026-03-01T10:00:00+08:00")).unwrap()
        );
    }

    #[test]
    fn minutes_are_dealt_to_their_days() {
        let timeline = timeline("2026-03-01T23:00:00+08:00", "2026-03-03T01:00:00+08:00", "2027-01-01T00:00:00Z", None);
        let counts: Vec<i64> =
            timeline.by_day(timeline.passed_minutes(None)).into_iter().map(|(_, count)| count).collect();
        assert_eq!(counts, [60, 1_440, 60]);
    }
}
