//! Statements answered from what was added up beforehand, and the text that adds it up.
//!
//! ```text
//! range      ─┬────────────────────────────┬─
//! days        ░│███│███│███│░░░│███│███│░░░░
//! read from   fact  roll-up  fact roll-up fact
//! ```
//!
//! What is read from either stands in one text, so all of it is of one moment. Counts and sums of the parts are added up
//! by whoever reads the rows; households are told apart over all parts together.

use super::{Bind, Compiler, Writer, derived::unmeasured, dialect, expression::HOUR_MS};
use crate::{
    events::{Fact, SqlWords},
    metrics::{
        catalogue::{Aggregate, Branch, Catalogue, Condition, HOUSEHOLD, Identifier, MOMENT, RollUp, Source, Test},
        plan::{Base, GroupKey, ScopedMeasure, Statement, Steps},
        scoped::ScopedRegions,
    },
};
use model::{
    metric::DimensionId,
    time::{Calendar, Day, Grain, Interval},
};
use std::collections::BTreeMap;

/// More parts than that are not worth their reading; the longest runs of days are taken.
const MOST_RUNS: usize = 6;

/// With more days named one by one, DuckDB no longer knows by the least and greatest of each row group which ones to skip.
const MOST_DAYS_NAMED: usize = 16;

/// The days of each fact that are added up, as runs, both ends in them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RolledUpDays(BTreeMap<Fact, Vec<(Day, Day)>>);

impl RolledUpDays {
    /// Takes days in any order.
    pub(crate) fn of(days: impl IntoIterator<Item = (Fact, Day)>) -> Self {
        let mut sorted: Vec<(Fact, Day)> = days.into_iter().collect();
        sorted.sort_unstable();
        let mut runs: BTreeMap<Fact, Vec<(Day, Day)>> = BTreeMap::new();
        for (fact, day) in sorted {
            let of_fact = runs.entry(fact).or_default();
            match of_fact.last_mut() {
                Some((_, last)) if day.0 <= last.0 + 1 => *last = day,
                Some(_) | None => of_fact.push((day, day)),
            }
        }
        Self(runs)
    }

    fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The parts of a range that lie in such days, whole, and what is left of it; `None` where it has no such day.
    pub(super) fn divide(&self, fact: Fact, interval: Interval, calendar: Calendar) -> Option<Divided> {
        let first = calendar.day_of(interval.from().plus_millis(-1)).plus(1);
        let last = calendar.day_of(interval.to()).plus(-1);
        let cut = |&(from, to): &(Day, Day)| (from.max(first), to.min(last));
        let mut runs: Vec<(Day, Day)> = self.0.get(&fact)?.iter().map(cut).filter(|(from, to)| from <= to).collect();
        runs.sort_by_key(|(from, to)| from.0 - to.0);
        runs.truncate(MOST_RUNS);
        runs.sort_unstable();
        let mut divided = Divided { days: 0, rolled_up: Vec::new(), rest: Vec::new(), rest_days: Vec::new() };
        let mut behind = interval.from();
        for (from, to) in runs {
            let (start, end) = (calendar.start_of(from), calendar.start_of(to.plus(1)));
            divided.rest.extend(Interval::new(behind, start));
            divided.rolled_up.extend(Interval::new(start, end));
            divided.days += u32::try_from(to.0 - from.0 + 1).unwrap_or(0);
            behind = end;
        }
        divided.rest.extend(Interval::new(behind, interval.to()));
        divided.rest_days = divided.rest.iter().flat_map(|part| days_of(*part, calendar)).collect();
        (divided.days > 0).then_some(divided)
    }
}

/// A range in parts, each in the order of time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Divided {
    /// How many days are added up.
    pub days: u32,
    pub rolled_up: Vec<Interval>,
    pub rest: Vec<Interval>,
    /// The days that the rest lies in, none of them among those that are read from the roll-up.
    pub rest_days: Vec<Day>,
}

impl Divided {
    /// What the fact is read for: parts of the range, and the only days in each where not all of them are meant. Every part is a
    /// statement of its own to the engine, which takes a millisecond or two to plan one.
    pub(super) fn rest_in_parts(&self, whole: Interval) -> Vec<(Interval, &[Day])> {
        if self.rest.len() > 1 && self.rest_days.len() <= MOST_DAYS_NAMED {
            return vec![(whole, &self.rest_days)];
        }
        self.rest.iter().map(|part| (*part, &[][..])).collect()
    }
}

fn days_of(interval: Interval, calendar: Calendar) -> impl Iterator<Item = Day> {
    let (first, last) = interval.days(calendar);
    (first.0..=last.0).map(Day)
}

/// How a statement is answered from a roll-up.
pub(super) struct Fitting<'a> {
    pub roll_up: &'a RollUp,
    pub divided: Divided,
}

/// The first roll-up that has all a statement needs, where some of its days are added up.
pub(super) fn fitting<'a>(catalogue: &'a Catalogue, statement: &Statement, days: &RolledUpDays) -> Option<Fitting<'a>> {
    let Base { source: Source::Fact(fact), interval, calendar, programmes: false, known_until: None, .. } =
        statement.base
    else {
        return None;
    };
    if days.is_empty() {
        return None;
    }
    let roll_up = catalogue.roll_ups().iter().find(|roll_up| roll_up.fact == fact && answers(roll_up, statement))?;
    Some(Fitting { roll_up, divided: days.divide(fact, interval, calendar)? })
}

/// Whether the roll-up's rows say all that the statement asks of the fact's.
fn answers(roll_up: &RollUp, statement: &Statement) -> bool {
    let Statement { base, keys, measures } = statement;
    let key = |key: &GroupKey| match key {
        GroupKey::Dimension(id) => roll_up.table.dimensions.contains_key(id),
        GroupKey::Step(steps) => has_whole_steps(roll_up.step, steps, base.calendar),
        GroupKey::Bucket(column) => roll_up.bucket.as_ref() == Some(column),
        GroupKey::Minute
        | GroupKey::OpenedDay
        | GroupKey::ClosedDay
        | GroupKey::AiringChannel
        | GroupKey::AiringStart
        | GroupKey::AiringStop => false,
    };
    // Rows of households are only read where households are counted: there are many.
    let counts_households = measures.iter().any(|measure| counted_column(&measure.aggregate).is_some());
    let measure = |measure: &ScopedMeasure| {
        let is_known = match counted_column(&measure.aggregate) {
            Some(column) => column.as_str() == HOUSEHOLD && occurring(roll_up, &measure.conditions).is_some(),
            None => roll_up.column(&measure.aggregate, &measure.conditions).is_some(),
        };
        measure.within.is_none() && is_known
    };
    roll_up.by_household == counts_households
        && keys.iter().all(key)
        && measures.iter().all(measure)
        && base.filters.iter().all(|filter| roll_up.table.dimensions.contains_key(&filter.dimension))
}

/// The roll-up in which households have a row for each day with a row of the fact that passes the conditions, what its own
/// rows must be for that, and the parts of the range.
pub(super) fn active_days<'a>(
    compiler: &Compiler<'a>,
    branch: &Branch,
    needed: &[&DimensionId],
    interval: Interval,
) -> Option<(Fitting<'a>, Condition)> {
    let Source::Fact(fact) = branch.source else { return None };
    let divided = compiler.rolled_up_days.divide(fact, interval, compiler.statement.base.calendar)?;
    let of_fact = compiler.catalogue.fact(branch.source)?;
    let knows = |roll_up: &RollUp| {
        let has =
            |id: &&DimensionId| roll_up.table.dimensions.contains_key(*id) || !of_fact.dimensions.contains_key(*id);
        roll_up.fact == fact && roll_up.by_household && needed.iter().all(has)
    };
    let mut roll_ups = compiler.catalogue.roll_ups().iter().filter(|roll_up| knows(roll_up));
    roll_ups
        .find_map(|roll_up| Some((roll_up, occurring(roll_up, &branch.conditions)?)))
        .map(|(roll_up, condition)| (Fitting { roll_up, divided }, condition))
}

/// What is told apart, where that is what is counted.
const fn counted_column(aggregate: &Aggregate) -> Option<&Identifier> {
    match aggregate {
        Aggregate::Distinct(column) | Aggregate::DistinctByDay(column) => Some(column),
        Aggregate::Count
        | Aggregate::Sum(_)
        | Aggregate::Buckets { .. }
        | Aggregate::Values(_)
        | Aggregate::Largest(_)
        | Aggregate::Amounts(_)
        | Aggregate::Stock(_)
        | Aggregate::Decaying { .. } => None,
    }
}

/// What a row of the roll-up must be for there to be a row of the fact behind it that passes the conditions.
fn occurring(roll_up: &RollUp, conditions: &[Condition]) -> Option<Condition> {
    let column = roll_up.column(&Aggregate::Count, conditions)?;
    Some(Condition::Column { column, test: Test::AtLeast(1) })
}

/// Whether no step begins within one of the roll-up's.
fn has_whole_steps(step: Grain, steps: &Steps, calendar: Calendar) -> bool {
    let starts_with_day = |moment: &model::time::Timestamp| calendar.start_of(calendar.day_of(*moment)) == *moment;
    let by_day = steps.day_ms == calendar.shift_ms() && steps.months.iter().all(starts_with_day);
    match (step, steps.grain) {
        (Grain::Hour, Grain::Hour) => steps.wall_ms == wall_ms(calendar),
        (Grain::Hour | Grain::Day, Grain::Day | Grain::Week | Grain::Month) => by_day,
        (Grain::Hour | Grain::Day, Grain::Minute | Grain::Hour) | (Grain::Minute | Grain::Week | Grain::Month, _) => {
            false
        }
    }
}

/// Milliseconds to add so that whole hours are the wall clock's.
fn wall_ms(calendar: Calendar) -> i64 {
    i64::from(calendar.offset_minutes) * 60_000
}

impl Compiler<'_> {
    /// The whole statement, in parts.
    pub(super) fn select_from_roll_up(&self, writer: &mut Writer<'_>, fitting: &Fitting<'_>) {
        if fitting.roll_up.by_household {
            self.select_households(writer, fitting);
            return;
        }
        self.parts(writer, fitting, |part, writer| part.select(writer));
    }

    /// Every part of the range, one after another, as rows of one relation.
    fn parts(
        &self,
        writer: &mut Writer<'_>,
        Fitting { roll_up, divided }: &Fitting<'_>,
        write: impl Fn(&Compiler<'_>, &mut Writer<'_>),
    ) {
        let rolled_up = divided.rolled_up.iter().map(|interval| (Some(*roll_up), *interval, &[][..]));
        let rest = divided.rest_in_parts(self.statement.base.interval).into_iter();
        let rest = rest.map(|(interval, only_days)| (None, interval, only_days));
        writer.list(rolled_up.chain(rest), "\nUNION ALL\n", |writer, (roll_up, interval, only_days)| {
            let base = Base { interval, ..self.statement.base.clone() };
            let statement = Statement { base, ..self.statement.clone() };
            write(&Compiler { statement: &statement, roll_up, only_days, ..*self }, writer);
        });
    }

    /// Households are told apart over all parts, so their rows come together before they are counted.
    fn select_households(&self, writer: &mut Writer<'_>, fitting: &Fitting<'_>) {
        let Statement { keys, measures, .. } = self.statement;
        writer.push("SELECT ");
        for index in 0..keys.len() {
            writer.push(&format!("h.k{index} AS k{index}, "));
        }
        for (index, measure) in measures.iter().enumerate() {
            let amount = format!("h.m{index}");
            let counted = match counted_column(&measure.aggregate) {
                Some(_) => format!("count(DISTINCT {amount})"),
                None => added_up(self, &measure.aggregate, &amount),
            };
            writer.push(&format!("{counted} AS m{index}, "));
        }
        let dialect = self.dialect;
        writer.push(&format!(
            "{} AS newest, {} AS simulated\nFROM (\n",
            dialect.largest("h.newest"),
            dialect.largest("h.simulated")
        ));
        self.parts(writer, fitting, |part, writer| {
            writer.push("SELECT ");
            for (index, key) in keys.iter().enumerate() {
                part.key(writer, key);
                writer.push(&format!(" AS k{index}, "));
            }
            for (index, measure) in measures.iter().enumerate() {
                part.amount_of_row(writer, measure);
                writer.push(&format!(" AS m{index}, "));
            }
            let newest = part.table().map_or(MOMENT, |table| table.newest.as_str());
            writer.push(&format!("f.{newest} AS newest, f.simulated AS simulated"));
            part.source(writer);
            part.conditions(writer);
        });
        writer.push("\n) AS h");
        self.group_by_keys(writer);
    }

    /// What one row gives to a measure, null where nothing.
    fn amount_of_row(&self, writer: &mut Writer<'_>, measure: &ScopedMeasure) {
        let value = self.value_of_row(&measure.aggregate);
        match self.roll_up {
            Some(roll_up) if counted_column(&measure.aggregate).is_none() => {
                writer.push(&amount_in(roll_up, measure));
            }
            Some(roll_up) => {
                let conditions = occurring(roll_up, &measure.conditions).into_iter().collect();
                self.when(writer, &ScopedMeasure { conditions, ..measure.clone() }, &value);
            }
            None if measure.conditions.is_empty() => writer.push(&value),
            None => self.when(writer, measure, &value),
        }
    }

    fn value_of_row(&self, aggregate: &Aggregate) -> String {
        match aggregate {
            Aggregate::Distinct(column) | Aggregate::Sum(column) => format!("f.{}", column.as_str()),
            Aggregate::DistinctByDay(column) => self.with_day(column),
            Aggregate::Count => "1".to_owned(),
            // Plans of such never fit a roll-up of households.
            Aggregate::Buckets { .. }
            | Aggregate::Values(_)
            | Aggregate::Largest(_)
            | Aggregate::Amounts(_)
            | Aggregate::Stock(_)
            | Aggregate::Decaying { .. } => "NULL".to_owned(),
        }
    }

    /// What the rows of a roll-up come to.
    pub(super) fn measure_of_roll_up(&self, writer: &mut Writer<'_>, roll_up: &RollUp, measure: &ScopedMeasure) {
        writer.push(&added_up(self, &measure.aggregate, &amount_in(roll_up, measure)));
    }
}

fn amount_in(roll_up: &RollUp, measure: &ScopedMeasure) -> String {
    let column = roll_up.column(&measure.aggregate, &measure.conditions);
    column.map_or_else(|| "NULL".to_owned(), |column| format!("f.{}", column.as_str()))
}

/// Amounts of the same measure added up. Of no rows a count is nothing, and a sum unknown.
fn added_up(compiler: &Compiler<'_>, aggregate: &Aggregate, amount: &str) -> String {
    let sum = compiler.dialect.sum(amount);
    match aggregate {
        Aggregate::Sum(_) | Aggregate::Stock(_) | Aggregate::Decaying { .. } | Aggregate::Largest(_) => sum,
        Aggregate::Count
        | Aggregate::Buckets { .. }
        | Aggregate::Values(_)
        | Aggregate::Distinct(_)
        | Aggregate::DistinctByDay(_)
        | Aggregate::Amounts(_) => format!("coalesce({sum}, 0)"),
    }
}

/// The rows of a roll-up about one day, which is the last of the values: text and the values before it.
pub(in crate::metrics) fn rows_of_a_day(
    catalogue: &Catalogue,
    roll_up: &RollUp,
    calendar: Calendar,
) -> (String, Vec<Bind>) {
    let dialect = dialect::of(SqlWords::DuckDb);
    let start = calendar.start_of(Day(0));
    let interval = Interval::new(start, start.plus_millis(1));
    let Some(interval) = interval else { return (String::new(), Vec::new()) };
    let base = Base {
        source: Source::Fact(roll_up.fact),
        regions: ScopedRegions::nowhere(),
        interval,
        calendar,
        filters: Vec::new(),
        programmes: false,
        known_until: None,
    };
    let statement = Statement { base, keys: Vec::new(), measures: Vec::new() };
    let no_days = RolledUpDays::default();
    let compiler =
        Compiler { catalogue, statement: &statement, dialect, rolled_up_days: &no_days, roll_up: None, only_days: &[] };
    let mut writer = Writer { dialect, text: String::new(), binds: Vec::new() };
    let (wall_ms, day_ms) = (wall_ms(calendar), calendar.shift_ms());
    let moment = match roll_up.step {
        Grain::Hour => {
            let hour = dialect.whole_division(&format!("{} + {wall_ms}", compiler.time()), HOUR_MS);
            format!("({hour}) * {HOUR_MS} - {wall_ms}")
        }
        Grain::Minute | Grain::Day | Grain::Week | Grain::Month => {
            format!("{} * {} - {day_ms}", dialect.wide("f.day"), super::expression::DAY_MS)
        }
    };
    writer.push(&format!("SELECT f.org AS org, f.day AS day, {moment} AS {MOMENT}"));
    for column in &roll_up.columns {
        writer.push(&format!(", f.{0} AS {0}", column.as_str()));
    }
    for (index, measure) in roll_up.measures.iter().enumerate() {
        writer.push(", ");
        let scoped = ScopedMeasure {
            aggregate: measure.aggregate.clone(),
            conditions: measure.conditions.clone(),
            ..unmeasured()
        };
        compiler.measure(&mut writer, &scoped);
        writer.push(&format!(" AS m{index}"));
    }
    if let Some(table) = compiler.table() {
        writer.push(&format!(", max(f.{}) AS newest, max(f.simulated) AS simulated", table.newest.as_str()));
    }
    compiler.source(&mut writer);
    writer.push(&format!("\nWHERE f.day = ${}", writer.binds.len() + 1));
    let columns: Vec<String> = roll_up.columns.iter().map(|column| format!("f.{}", column.as_str())).collect();
    let keys = [format!("f.org, f.day, {MOMENT}")].into_iter().chain(columns).collect::<Vec<_>>().join(", ");
    writer.push(&format!("\nGROUP BY {keys}\nORDER BY f.org, f.province NULLS FIRST, {MOMENT}"));
    (writer.text, writer.binds)
}

#[cfg(test)]
mod tests {
    use super::*;
    use model::time::Timestamp;
    use proptest::prelude::*;

    const FACT: Fact = Fact::View;

    proptest! {
        #[test]
        fn a_range_is_divided_without_gap_or_overlap(
            days in prop::collection::btree_set(0_i32..40, 0..40),
            from in 0_i64..40 * 1_440,
            minutes in 1_i64..40 * 1_440,
        ) {
            let calendar = Calendar::CHINA;
            let at = |minute: i64| Timestamp::from_millis(minute * 60_000);
            let interval = Interval::new(at(from), at(from + minutes)).unwrap();
            let added_up = RolledUpDays::of(days.iter().map(|day| (FACT, Day(*day))));
            let whole = |day: Day| interval.from() <= calendar.start_of(day) && calendar.start_of(day.plus(1)) <= interval.to();
            match added_up.divide(FACT, interval, calendar) {
                None => prop_assert!(!days.iter().any(|day| whole(Day(*day)))),
                Some(Divided { days: count, rolled_up, rest, rest_days }) => {
                    let mut parts: Vec<Interval> = rolled_up.iter().chain(&rest).copied().collect();
                    parts.sort_unstable_by_key(|part| part.from());
                    prop_assert_eq!(parts.first().unwrap().from(), interval.from());
                    prop_assert_eq!(parts.last().unwrap().to(), interval.to());
                    prop_assert!(parts.windows(2).all(|pair| pair[0].to() == pair[1].from()));
                    let mut told = 0;
                    for part in rolled_up {
                        let (first, last) = part.days(calendar);
                        for day in first.0..=last.0 {
                            prop_assert!(days.contains(&day) && whole(Day(day)) && !rest_days.contains(&Day(day)));
                            told += 1;
                        }
                    }
                    prop_assert_eq!(told, count);
                }
            }
        }
    }

    #[test]
    fn steps_must_hold_the_roll_ups_whole() {
        let of = |grain: Grain, calendar: Calendar| Steps {
            grain,
            wall_ms: wall_ms(calendar),
            day_ms: calendar.shift_ms(),
            months: Vec::new(),
            count: 3,
        };
        let china = Calendar::CHINA;
        let steps = |step: Grain, grain: Grain| has_whole_steps(step, &of(grain, china), china);
        assert!(steps(Grain::Hour, Grain::Hour) && steps(Grain::Hour, Grain::Week) && steps(Grain::Day, Grain::Day));
        assert!(!steps(Grain::Day, Grain::Hour) && !steps(Grain::Hour, Grain::Minute));
        let elsewhere = Calendar { offset_minutes: 330, ..china };
        assert!(!has_whole_steps(Grain::Day, &of(Grain::Day, elsewhere), china), "their days begin at other moments");
        let from_noon =
            Steps { months: vec![china.start_of(Day(3)).plus_millis(43_200_000)], ..of(Grain::Month, china) };
        assert!(!has_whole_steps(Grain::Hour, &from_noon, china));
    }
}
