//! Statements cut into whole days, so that a range that moves on reads only what is new at its ends.
//!
//! Counts and sums of days, and what is told apart day by day, add up to those of the range, whichever scope and filters
//! they are under. A board of the last 30 days asks for another range each minute: its whole days are kept as results of
//! their own, each under the versions of its own day, and only the ends are read again. What is missing is read by one
//! statement split by day.

use super::{
    catalogue::{Aggregate, Condition, Source},
    plan::{Base, GroupKey, ScopedMeasure, Statement, Steps},
};
use crate::events::{Fact, ResultSet};
use model::time::{Calendar, Day, Grain, Interval};
use std::time::Duration;

/// With fewer whole days there is little to keep.
const FEWEST_DAYS: i32 = 2;
/// More rows than that in all days together push everything else out.
const MOST_ROWS: u32 = 1_000_000;
/// To find a row's cell in each of the tables that it is for, and to keep it, roughly.
const ADDING_A_ROW: Duration = Duration::from_nanos(300);
/// No statement takes less.
const AT_LEAST: Duration = Duration::from_millis(1);
/// So many days are read by one statement.
pub(super) const MOST_AT_ONCE: usize = 31;

/// A statement, and the whole days in its range.
#[derive(Debug, Clone)]
pub(super) struct Sliced<'a> {
    statement: &'a Statement,
    first: Day,
    last: Day,
}

/// One statement for several days, and how its rows tell the day.
#[derive(Debug)]
pub(super) struct DaysTogether {
    pub statement: Statement,
    division: Division,
}

/// Where the rows of a statement have the day.
#[derive(Debug, Clone, Copy)]
pub(super) struct Division {
    column: usize,
    /// The statement is split by day anyway.
    keeps_column: bool,
}

impl<'a> Sliced<'a> {
    /// `None` where the statement's numbers do not add up over days, or there are too few days.
    pub(super) fn of(statement: &'a Statement) -> Option<Self> {
        let Base { source, interval, calendar, programmes, known_until, .. } = &statement.base;
        let adds_up = is_of_moments(*source)
            && !programmes
            && known_until.is_none()
            && statement.keys.iter().all(is_of_one_day)
            && statement.measures.iter().all(adds_up_over_days);
        let first = calendar.day_of(interval.from().plus_millis(-1)).plus(1);
        let last = calendar.day_of(interval.to()).plus(-1);
        (adds_up && last.0 - first.0 + 1 >= FEWEST_DAYS).then_some(Self { statement, first, last })
    }

    /// Whether days are worth keeping, where the statement gave so many rows over some range and took so long. A province is
    /// read as fast as its days are added up where there are many rows.
    pub(super) fn pays(&self, rows: usize, took: Duration) -> bool {
        let is_split_by_time = self.statement.keys.iter().any(|key| matches!(key, GroupKey::Step(_)));
        let days = if is_split_by_time { 1 } else { self.days().count() };
        let of_days = u32::try_from(rows.saturating_mul(days)).unwrap_or(u32::MAX);
        of_days <= MOST_ROWS && ADDING_A_ROW.saturating_mul(of_days) <= took.max(AT_LEAST)
    }

    pub(super) fn days(&self) -> impl Iterator<Item = Day> + use<> {
        (self.first.0..=self.last.0).map(Day)
    }

    /// The statement without its range: what statements over other ranges have in common with it.
    pub(super) fn shape(&self) -> Statement {
        let moment = self.statement.base.calendar.start_of(Day(0));
        let mut shape = self.statement.clone();
        if let Some(interval) = Interval::new(moment, moment.plus_millis(1)) {
            shape.base.interval = interval;
        }
        for key in &mut shape.keys {
            if let GroupKey::Step(steps) = key {
                steps.count = 0;
            }
        }
        shape
    }

    /// One whole day of it.
    pub(super) fn day(&self, day: Day) -> Statement {
        self.over(day, day)
    }

    /// What lies before the first whole day and behind the last one.
    pub(super) fn ends(&self) -> impl Iterator<Item = Statement> + '_ {
        let Base { interval, calendar, .. } = self.statement.base;
        let before = Interval::new(interval.from(), calendar.start_of(self.first));
        let behind = Interval::new(calendar.start_of(self.last.plus(1)), interval.to());
        let end = |interval: Interval| (interval.length_ms() > 0).then(|| self.within(interval));
        before.and_then(end).into_iter().chain(behind.and_then(end))
    }

    /// One statement for all of these days, both ends in it.
    pub(super) fn together(&self, first: Day, last: Day) -> DaysTogether {
        let mut statement = self.over(first, last);
        let is_day = |key: &GroupKey| matches!(key, GroupKey::Step(steps) if steps.grain == Grain::Day);
        if let Some(column) = statement.keys.iter().position(is_day) {
            return DaysTogether { statement, division: Division { column, keeps_column: true } };
        }
        let column = statement.keys.len();
        statement.keys.push(GroupKey::Step(days_of(self.statement.base.calendar, first, last)));
        DaysTogether { statement, division: Division { column, keeps_column: false } }
    }

    fn over(&self, first: Day, last: Day) -> Statement {
        let calendar = self.statement.base.calendar;
        let interval = Interval::new(calendar.start_of(first), calendar.start_of(last.plus(1)));
        interval.map_or_else(|| self.statement.clone(), |interval| self.within(interval))
    }

    fn within(&self, interval: Interval) -> Statement {
        let mut statement = self.statement.clone();
        statement.base.interval = interval;
        statement
    }
}

impl DaysTogether {
    pub(super) const fn division(&self) -> Division {
        self.division
    }
}

impl Division {
    /// The rows of each day, as the statement over that day alone would give them.
    pub(super) fn apart(self, result: &ResultSet, first: Day, days: usize) -> Vec<ResultSet> {
        let mut of_days: Vec<Vec<usize>> = vec![Vec::new(); days];
        let column = result.column(self.column);
        for row in 0..result.row_count() {
            let day = column.and_then(|column| column.integer(row));
            let place = day.and_then(|day| usize::try_from(day - i64::from(first.0)).ok());
            if let Some(of_day) = place.and_then(|place| of_days.get_mut(place)) {
                of_day.push(row);
            }
        }
        let left_out = (!self.keeps_column).then_some(self.column);
        of_days.iter().map(|rows| result.some_rows(rows, left_out)).collect()
    }
}

fn days_of(calendar: Calendar, first: Day, last: Day) -> Steps {
    let wall_ms = i64::from(calendar.offset_minutes) * 60_000;
    let count = usize::try_from(last.0 - first.0 + 1).unwrap_or(1);
    Steps { grain: Grain::Day, wall_ms, day_ms: calendar.shift_ms(), months: Vec::new(), count }
}

/// Facts whose rows happened at a moment, and count in no other.
const fn is_of_moments(source: Source) -> bool {
    match source {
        Source::Fact(fact) => match fact {
            Fact::View
            | Fact::MinuteAudience
            | Fact::QualityMinute
            | Fact::AccountActivity
            | Fact::OrderEvent
            | Fact::PageEvent
            | Fact::Participation
            | Fact::Article
            | Fact::Advertisement
            | Fact::Service
            | Fact::Appraisal
            | Fact::Figure
            | Fact::Request
            | Fact::Arrival
            | Fact::Seek => true,
            Fact::Account | Fact::AccountOpening | Fact::AccountClosing | Fact::Programme => false,
        },
        Source::Derived(_) => false,
    }
}

/// Whether a day's rows fall into the same groups, whichever range they are asked for in.
fn is_of_one_day(key: &GroupKey) -> bool {
    match key {
        GroupKey::Dimension(_) | GroupKey::Bucket(_) => true,
        GroupKey::Step(steps) => steps.months.is_empty(),
        GroupKey::Minute
        | GroupKey::OpenedDay
        | GroupKey::ClosedDay
        | GroupKey::AiringChannel
        | GroupKey::AiringStart
        | GroupKey::AiringStop => false,
    }
}

fn adds_up_over_days(measure: &ScopedMeasure) -> bool {
    let adds_up = match measure.aggregate {
        Aggregate::Count
        | Aggregate::Sum(_)
        | Aggregate::Buckets { .. }
        | Aggregate::Values(_)
        | Aggregate::DistinctByDay(_) => true,
        Aggregate::Distinct(_)
        | Aggregate::Largest(_)
        | Aggregate::Amounts(_)
        | Aggregate::Stock(_)
        | Aggregate::Decaying { .. } => false,
    };
    adds_up && measure.conditions.iter().all(is_of_the_row)
}

/// An unbroken run of minutes may have begun in another day.
fn is_of_the_row(condition: &Condition) -> bool {
    match condition {
        Condition::Column { .. } => true,
        Condition::Any(conditions) => conditions.iter().all(is_of_the_row),
        Condition::UnbrokenMinutes(_) => false,
    }
}
