//! Expressions: steps, days, dimensions, measures.

use super::{Compiler, Writer};
use crate::metrics::{
    catalogue::{Aggregate, Condition, DimensionColumn, HOUSEHOLD, Identifier, Test, TimeUnit},
    plan::{ScopedMeasure, Steps},
};
use model::{metric::DimensionId, time::Grain};

const MINUTE_MS: i64 = 60_000;
pub(super) const HOUR_MS: i64 = 60 * MINUTE_MS;
pub(super) const DAY_MS: i64 = 24 * HOUR_MS;
/// 1970-01-01 was a Thursday, three days after a Monday.
const TO_MONDAY_MS: i64 = 3 * DAY_MS;

impl Compiler<'_> {
    /// The column that the time range is about.
    pub(super) fn time(&self) -> String {
        format!("f.{}", self.time_column())
    }

    pub(super) fn time_column(&self) -> &str {
        self.table().map_or("start_minute", |table| table.time.column.as_str())
    }

    /// Milliseconds in a unit of the time column.
    pub(super) fn unit_ms(&self) -> i64 {
        match self.table().map(|table| table.time.counts) {
            Some(TimeUnit::Milliseconds) => 1,
            Some(TimeUnit::Minutes) | None => MINUTE_MS,
            Some(TimeUnit::Days) => DAY_MS,
        }
    }

    pub(super) fn dimension(&self, id: &DimensionId) -> String {
        match self.table().map(|table| table.dimensions.get(id)) {
            Some(Some(DimensionColumn::Own(column))) => format!("f.{}", column.as_str()),
            Some(Some(DimensionColumn::Programme { joined })) => format!("p.{}", joined.as_str()),
            // Plans only name dimensions that the fact has.
            Some(None) => "NULL".to_owned(),
            None if id.as_str() == "channel" => "f.channel_id".to_owned(),
            None => "f.title".to_owned(),
        }
    }

    /// The number of the step that a row lies in.
    pub(super) fn step(&self, steps: &Steps) -> String {
        let (time, unit) = (self.time(), self.unit_ms());
        let cut = |shift_ms: i64, length_ms: i64| {
            if length_ms == unit && shift_ms == 0 {
                return time.clone();
            }
            self.dialect.whole_division(&format!("{time} + {}", shift_ms / unit), length_ms / unit)
        };
        match steps.grain {
            Grain::Minute => cut(0, MINUTE_MS),
            Grain::Hour => cut(steps.wall_ms, HOUR_MS),
            Grain::Day => cut(steps.day_ms, DAY_MS),
            Grain::Week => cut(steps.day_ms + TO_MONDAY_MS, 7 * DAY_MS),
            Grain::Month => self.by_month(steps, |ordinal| ordinal.to_string()),
        }
    }

    /// Months have no fixed length, so their starts are compared one by one.
    fn by_month(&self, steps: &Steps, written: impl Fn(usize) -> String) -> String {
        if steps.months.is_empty() {
            return written(0);
        }
        let (time, unit) = (self.time(), self.unit_ms());
        let whens: Vec<String> = steps
            .months
            .iter()
            .enumerate()
            .map(|(ordinal, next)| {
                format!("WHEN {time} < {} THEN {}", next.millis().div_euclid(unit), written(ordinal))
            })
            .collect();
        format!("CASE {} ELSE {} END", whens.join(" "), written(steps.months.len()))
    }

    /// The first minute of the step that a row lies in, for rows that are minutes.
    fn first_minute_of_step(&self, steps: &Steps) -> Option<String> {
        let step = self.step(steps);
        let minutes = |ms: i64| ms / MINUTE_MS;
        match steps.grain {
            // One minute is never a run; the range itself is the bound.
            Grain::Minute => None,
            Grain::Hour => Some(format!("({step}) * 60 - {}", minutes(steps.wall_ms))),
            Grain::Day => Some(format!("({step}) * 1440 - {}", minutes(steps.day_ms))),
            Grain::Week => Some(format!("({step}) * 10080 - {}", minutes(steps.day_ms + TO_MONDAY_MS))),
            Grain::Month => Some(self.by_month(steps, |ordinal| {
                let start = ordinal.checked_sub(1).and_then(|before| steps.months.get(before));
                let first = start.copied().unwrap_or(self.statement.base.interval.from());
                first.millis().div_euclid(MINUTE_MS).to_string()
            })),
        }
    }

    pub(super) fn opened_day(&self) -> String {
        let (first, _) = self.statement.base.interval.days(self.statement.base.calendar);
        self.dialect.larger(&self.time(), &first.0.to_string())
    }

    pub(super) fn closed_day(&self) -> String {
        let (_, last) = self.statement.base.interval.days(self.statement.base.calendar);
        // Rows that say nothing of an end are one day's.
        let until = self.table().and_then(|table| table.time.until.as_ref());
        let until = until.map_or_else(|| format!("{} + 1", self.time()), |until| format!("f.{}", until.as_str()));
        format!("CASE WHEN {until} <= {} THEN {until} END", last.0)
    }

    pub(super) fn measure(&self, writer: &mut Writer<'_>, measure: &ScopedMeasure) {
        if let Some(roll_up) = self.roll_up {
            self.measure_of_roll_up(writer, roll_up, measure);
            return;
        }
        let (before, value, after) = match &measure.aggregate {
            Aggregate::Count | Aggregate::Amounts(_) | Aggregate::Stock(None) => {
                ("count(".to_owned(), "1".to_owned(), ")")
            }
            // To tell them apart costs several times what counting them does.
            Aggregate::Distinct(column) if column.as_str() == HOUSEHOLD && self.has_households_once() => {
                ("count(".to_owned(), format!("f.{}", column.as_str()), ")")
            }
            Aggregate::Distinct(column) => ("count(DISTINCT ".to_owned(), format!("f.{}", column.as_str()), ")"),
            Aggregate::DistinctByDay(column) => ("count(DISTINCT ".to_owned(), self.with_day(column), ")"),
            Aggregate::Decaying { half_life_ms } => {
                let end = self.age_counts_until(measure);
                let age_ms = self.dialect.larger(&format!("{end} - {}", self.time()), "0");
                let [before, after] = self.around_sum();
                writer.push(&before);
                self.when(writer, measure, &self.dialect.millionths_left(&age_ms, *half_life_ms));
                writer.push(&after);
                return;
            }
            Aggregate::Largest(column) => ("max(".to_owned(), format!("f.{}", column.as_str()), ")"),
            Aggregate::Buckets { of, times: None } | Aggregate::Values(of) => {
                ("count(".to_owned(), format!("f.{}", of.as_str()), ")")
            }
            Aggregate::Sum(column)
            | Aggregate::Stock(Some(column))
            | Aggregate::Buckets { times: Some(column), .. } => {
                let [before, after] = self.around_sum();
                let value = format!("f.{}", column.as_str());
                writer.push(&before);
                self.when(writer, measure, &value);
                writer.push(&after);
                return;
            }
        };
        writer.push(&before);
        self.when(writer, measure, &value);
        writer.push(after);
    }

    /// A column together with the organisation's day of the row.
    pub(super) fn with_day(&self, column: &Identifier) -> String {
        let shift_ms = self.statement.base.calendar.shift_ms();
        let day = self.dialect.whole_division(&format!("{} + {shift_ms}", self.time()), DAY_MS);
        self.dialect.pair(&format!("f.{}", column.as_str()), &day)
    }

    /// The end of the step that a row lies in, or of the range, in milliseconds; never a moment to come.
    fn age_counts_until(&self, measure: &ScopedMeasure) -> String {
        let base = &self.statement.base;
        let end = base.known_until.unwrap_or(base.interval.to()).millis().to_string();
        let Some(steps) = &measure.within else { return end };
        let behind = |length_ms: i64, shift_ms: i64| format!("({} + 1) * {length_ms} - {shift_ms}", self.step(steps));
        let of_step = match steps.grain {
            Grain::Minute => behind(MINUTE_MS, 0),
            Grain::Hour => behind(HOUR_MS, steps.wall_ms),
            Grain::Day => behind(DAY_MS, steps.day_ms),
            Grain::Week => behind(7 * DAY_MS, steps.day_ms + TO_MONDAY_MS),
            Grain::Month => self.by_month(steps, |ordinal| {
                let next = steps.months.get(ordinal).copied().unwrap_or(base.interval.to());
                next.millis().to_string()
            }),
        };
        self.dialect.smaller(&of_step, &end)
    }

    fn around_sum(&self) -> [String; 2] {
        let sum = self.dialect.sum("\u{0}");
        let (before, after) = sum.split_once('\u{0}').unwrap_or((&sum, ""));
        [before.to_owned(), after.to_owned()]
    }

    /// The value of rows that pass the measure's conditions, null for the others.
    pub(super) fn when(&self, writer: &mut Writer<'_>, measure: &ScopedMeasure, value: &str) {
        if measure.conditions.is_empty() {
            writer.push(if value == "1" { "*" } else { value });
            return;
        }
        writer.push("CASE WHEN ");
        writer.list(&measure.conditions, " AND ", |writer, condition| {
            self.condition(writer, condition, measure);
        });
        writer.push(&format!(" THEN {value} END"));
    }

    pub(super) fn condition(&self, writer: &mut Writer<'_>, condition: &Condition, measure: &ScopedMeasure) {
        match condition {
            Condition::Column { column, test } => {
                let column = format!("f.{}", column.as_str());
                match test {
                    Test::Is(true) => writer.push(&column),
                    Test::Is(false) => writer.push(&format!("NOT {column}")),
                    Test::Known(true) => writer.push(&format!("{column} IS NOT NULL")),
                    Test::Known(false) => writer.push(&format!("{column} IS NULL")),
                    Test::AtLeast(least) => writer.push(&format!("{column} >= {least}")),
                    Test::AtMost(most) => writer.push(&format!("{column} <= {most}")),
                    Test::AtMostPercentOf(percent, of) => {
                        writer.push(&format!("{column} * 100 <= f.{} * {percent}", of.as_str()));
                    }
                    Test::OneOf(values) => self.named(writer, &column, values),
                    Test::NoneOf(values) => {
                        writer.push("(NOT ");
                        self.named(writer, &column, values);
                        writer.push(&format!(" OR {column} IS NULL)"));
                    }
                }
            }
            Condition::Any(any) => {
                writer.push("(");
                writer.list(any, " OR ", |writer, condition| {
                    self.condition(writer, condition, measure);
                });
                writer.push(")");
            }
            Condition::UnbrokenMinutes(minutes) => {
                let from = self.statement.base.interval.from().millis().div_euclid(MINUTE_MS);
                let mut start = self.dialect.larger("f.run_start_minute", &from.to_string());
                if let Some(step) = measure.within.as_ref().and_then(|steps| self.first_minute_of_step(steps)) {
                    start = self.dialect.larger(&start, &step);
                }
                if self.statement.base.programmes {
                    start = self.dialect.larger(&start, "coalesce(p.began, f.run_start_minute)");
                }
                writer.push(&format!("{} - {start} >= {}", self.time(), i64::from(*minutes) - 1));
            }
        }
    }
}
