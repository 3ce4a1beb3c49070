//! The text of a statement that is answered from a roll-up.

use super::{
    super::{Compiler, Writer},
    choosing::{Fitting, counted_column, occurring, tells_rows_apart},
};
use crate::metrics::{
    catalogue::{Aggregate, MOMENT, RollUp},
    plan::{Base, ScopedMeasure, Statement},
};

impl Compiler<'_> {
    /// The whole statement, in parts.
    pub(in crate::metrics::sql) fn select_from_roll_up(&self, writer: &mut Writer<'_>, fitting: &Fitting<'_>) {
        if fitting.roll_up.by_household {
            self.select_households(writer, fitting);
            return;
        }
        let has_nothing_to_group = tells_rows_apart(fitting.roll_up, self.statement);
        self.parts(writer, fitting, |part, writer| {
            if part.roll_up.is_some() && has_nothing_to_group {
                part.select_rows(writer);
            } else {
                part.select(writer);
            }
        });
    }

    /// Every part of the range, one after another, as rows of one relation.
    fn parts(
        &self,
        writer: &mut Writer<'_>,
        Fitting { roll_up, divided }: &Fitting<'_>,
        write: impl Fn(&Compiler<'_>, &mut Writer<'_>),
    ) {
        writer.added_up.extend(divided.days(self.statement.base.calendar));
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
            part.select_rows(writer);
        });
        writer.push("\n) AS h");
        self.group_by_keys(writer);
    }

    /// The rows by themselves, with what each gives to the measures.
    fn select_rows(&self, writer: &mut Writer<'_>) {
        let Statement { keys, measures, .. } = self.statement;
        writer.push("SELECT ");
        for (index, key) in keys.iter().enumerate() {
            self.key(writer, key);
            writer.push(&format!(" AS k{index}, "));
        }
        for (index, measure) in measures.iter().enumerate() {
            self.amount_of_row(writer, measure);
            writer.push(&format!(" AS m{index}, "));
        }
        let newest = self.table().map_or(MOMENT, |table| table.newest.as_str());
        writer.push(&format!("f.{newest} AS newest, f.simulated AS simulated"));
        self.source(writer);
        self.conditions(writer);
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
    pub(in crate::metrics::sql) fn measure_of_roll_up(
        &self,
        writer: &mut Writer<'_>,
        roll_up: &RollUp,
        measure: &ScopedMeasure,
    ) {
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
