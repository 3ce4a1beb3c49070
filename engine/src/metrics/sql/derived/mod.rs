//! Derived rows: a statement within the statement.
//!
//! The scope stands in every branch, on the rows of the facts themselves; what is grouped and joined after that has passed
//! it. Filters on dimensions that the rows carry along stand there too, so that a number is the same whether it is one of a
//! split or the only one left by a filter; for the same reason rows are told apart by whatever they are split by.

mod account_state;
mod acquired;
mod answers;
mod channel_flow;
mod cohort;
mod concurrency;
mod funnel;
mod funnel_hours;
mod inheritance;
mod item_totals;
mod node_faults;
mod page_steps;
mod power;
mod programme_plays;
mod progress;
mod ranking;
mod reported;
mod rolling;
mod settled;
mod slices;
mod spots;
mod steps_to_play;
mod subscriptions;

use super::{
    Compiler, Writer,
    expression::DAY_MS,
    rolled_up::{active_days, occurs},
};
use crate::events::Fact;
use crate::metrics::{
    catalogue::{Aggregate, Branch, Derivation, DimensionColumn, Occurrence, Relation, Source, TimeUnit, Way},
    plan::{Base, GroupKey, ScopedMeasure, Statement},
};
use model::{
    metric::{DimensionId, Filter},
    time::{Day, Interval, Timestamp},
};

/// Web analytics usage: after so long with nothing, the next thing begins another visit.
const LONGEST_QUIET_MS: i64 = 30 * 60_000;

/// Between the rows of several branches.
const UNION: &str = "\nUNION ALL\n";

/// What a derivation needs to know of the statement around it.
#[derive(Clone)]
struct Deriving<'a> {
    compiler: &'a Compiler<'a>,
    derivation: &'a Derivation,
    /// The places of the carried dimensions that the statement is split by.
    carried: Vec<usize>,
}

/// The filters of a statement over derived rows that its branches can't apply.
pub(super) fn outer_filters<'a>(derivation: &Derivation, filters: &'a [Filter]) -> Vec<&'a Filter> {
    filters.iter().filter(|filter| !derivation.carried.contains(&filter.dimension)).collect()
}

/// Writes the derived rows, without the parentheses around them.
pub(super) fn write(compiler: &Compiler<'_>, writer: &mut Writer<'_>, derivation: &Derivation) {
    let is_split = |id: &DimensionId| compiler.statement.keys.contains(&GroupKey::Dimension(id.clone()));
    let carried = derivation.carried.iter().enumerate().filter(|(_, id)| is_split(id)).map(|(index, _)| index);
    let deriving = Deriving { compiler, derivation, carried: carried.collect() };
    match &derivation.way {
        Way::Funnel { steps, window } => deriving.funnel(writer, steps, *window),
        Way::Cohort { activity } => deriving.cohort(writer, activity),
        Way::AccountState { activity, suspension } => deriving.account_state(writer, activity, suspension),
        Way::ItemTotals { rows, item, amount } => deriving.item_totals(writer, rows, item, amount),
        Way::Answers { wishes, answers, within_ms } => deriving.answers(writer, wishes, answers, *within_ms),
        Way::Slices { rows, length_ms, amount } => deriving.slices(writer, rows, *length_ms, amount.as_ref()),
        Way::Concurrency { views } => deriving.concurrency(writer, views),
        Way::OnTime { events, longest_ms } => deriving.on_time(writer, events, *longest_ms),
        Way::BoxesOn { events, longest_ms } => deriving.boxes_on(writer, events, *longest_ms),
        Way::Subscriptions { begins, ends } => deriving.subscriptions(writer, begins, ends),
        Way::Inheritance { minutes } => deriving.inheritance(writer, minutes),
        Way::ProgrammePlays { views } => deriving.programme_plays(writer, views),
        Way::Spots { spots, minutes } => deriving.spots(writer, spots, minutes),
        Way::StepsToPlay { openings, plays } => deriving.steps_to_play(writer, openings, plays),
        Way::PageSteps { openings } => deriving.page_steps(writer, openings),
        Way::Rolling { activity, days } => deriving.rolling(writer, activity, *days),
        Way::Progress { views } => deriving.progress(writer, views),
        Way::Ranking { rows, item } => deriving.ranking(writer, rows, item),
        Way::Reported { figures, items, standing } => deriving.reported(writer, figures, items, *standing),
        Way::Settled { orders, shares } => deriving.settled(writer, orders, shares),
        Way::Acquired { visits, plays, orders, days } => deriving.acquired(writer, visits, plays, orders, *days),
        Way::NodeFaults { requests, cohort, node, rule } => {
            deriving.node_faults(writer, requests, &[cohort.as_slice(), node.as_slice()], rule);
        }
        Way::ChannelFlow { minutes, end } => deriving.channel_flow(writer, minutes, *end),
    }
}

impl Deriving<'_> {
    fn base(&self) -> &Base {
        &self.compiler.statement.base
    }

    /// Days of the statement's own range, both of them in it.
    fn range(&self) -> (Day, Day) {
        self.base().interval.days(self.base().calendar)
    }

    /// The last day of which something is known.
    fn last_known_day(&self) -> Day {
        let until = self.base().known_until.unwrap_or(self.base().interval.to());
        self.base().calendar.day_of(until.plus_millis(-1))
    }

    /// All that is known, from the first row on.
    fn history(&self) -> Interval {
        let start = Timestamp::from_millis(0);
        Interval::new(start, self.base().calendar.start_of(self.last_known_day().plus(1)))
            .unwrap_or(self.base().interval)
    }

    /// The days that the range touches, whole.
    fn whole_days(&self) -> Interval {
        let (first, last) = self.range();
        let calendar = self.base().calendar;
        Interval::new(calendar.start_of(first), calendar.start_of(last.plus(1))).unwrap_or(self.base().interval)
    }

    /// `, l.d0 AS d0, …` for the carried dimensions.
    fn carried(&self, alias: &str) -> String {
        self.carried.iter().map(|index| format!(", {alias}.d{index} AS d{index}")).collect::<Vec<_>>().concat()
    }

    /// `, l.d0, …`, to group by.
    fn by_carried(&self, alias: &str) -> String {
        self.carried.iter().map(|index| format!(", {alias}.d{index}")).collect::<Vec<_>>().concat()
    }

    /// The same household, in the same place of the split. What is unknown is one place too.
    fn same_household(&self, one: &str, two: &str) -> String {
        let same = |index: &usize| format!(" AND coalesce({one}.d{index}, '') = coalesce({two}.d{index}, '')");
        let places = self.carried.iter().map(same).collect::<Vec<_>>().concat();
        format!("{one}.org = {two}.org AND {one}.household = {two}.household{places}")
    }

    /// The derivation without what its rows carry along, for rows that are looked up whatever they are split and filtered by.
    fn carrying_nothing(&self) -> Derivation {
        Derivation { carried: Vec::new(), ..self.derivation.clone() }
    }

    /// Rows of a fact within the scope that name a household: org, household, and what [`rows`](Self::rows) have.
    fn branch(
        &self,
        writer: &mut Writer<'_>,
        branch: &Branch,
        interval: Interval,
        columns: impl Fn(&Compiler<'_>) -> String,
    ) {
        self.rows(writer, branch, interval, |compiler| format!(", f.household AS household{}", columns(compiler)));
        writer.push("\n  AND f.household IS NOT NULL");
    }

    /// Rows of a fact within the scope: org, newest, simulated, the carried dimensions, and `columns` made from the row by the
    /// fact's own compiler.
    fn rows(
        &self,
        writer: &mut Writer<'_>,
        branch: &Branch,
        interval: Interval,
        columns: impl Fn(&Compiler<'_>) -> String,
    ) {
        self.rows_with(writer, branch, interval, |compiler, writer| writer.push(&columns(compiler)));
    }

    /// The same, with columns that hold values.
    fn rows_with(
        &self,
        writer: &mut Writer<'_>,
        branch: &Branch,
        interval: Interval,
        columns: impl Fn(&Compiler<'_>, &mut Writer<'_>),
    ) {
        // An account is what its contract says, whatever the events of its activity say or leave out; and a wish is what it is,
        // whatever came of it.
        let is_beside = match &self.derivation.way {
            Way::AccountState { .. } => branch.source != Source::Fact(Fact::Account),
            Way::Answers { answers, .. } => branch == answers,
            // Where and by whom a spot is watched is said by the minutes; the spot must only be one that may be known.
            Way::Spots { spots, .. } => branch == spots,
            Way::Funnel { .. }
            | Way::Cohort { .. }
            | Way::ItemTotals { .. }
            | Way::PageSteps { .. }
            | Way::ChannelFlow { .. }
            | Way::Slices { .. }
            | Way::OnTime { .. }
            | Way::BoxesOn { .. }
            | Way::Subscriptions { .. }
            | Way::Inheritance { .. }
            | Way::ProgrammePlays { .. }
            | Way::StepsToPlay { .. }
            | Way::Rolling { .. }
            | Way::Progress { .. }
            | Way::Ranking { .. }
            | Way::Reported { .. }
            | Way::Settled { .. }
            | Way::Acquired { .. }
            | Way::NodeFaults { .. }
            | Way::Concurrency { .. } => false,
        };
        let applies = |filter: &&Filter| !is_beside && self.derivation.carried.contains(&filter.dimension);
        let filters = self.base().filters.iter().filter(applies);
        let regions = self.base().beside.as_ref().filter(|_| is_beside).unwrap_or(&self.base().regions);
        let base = Base {
            source: branch.source,
            regions: regions.clone(),
            interval,
            filters: filters.cloned().collect(),
            programmes: false,
            known_until: None,
            ..self.base().clone()
        };
        let statement = Statement { base, keys: Vec::new(), measures: Vec::new() };
        let compiler = Compiler { statement: &statement, ..*self.compiler };
        let Some(table) = compiler.table() else { return };
        let relation = match &table.relation {
            Relation::Table(relation) => relation.as_str(),
            // Derivations are made of facts only.
            Relation::Derived(_) => return,
        };
        writer.push("SELECT f.org AS org");
        columns(&compiler, writer);
        for index in &self.carried {
            let column = self.derivation.carried.get(*index).and_then(|id| table.dimensions.get(id));
            if let Some(DimensionColumn::Own(column)) = column {
                writer.push(&format!(", f.{} AS d{index}", column.as_str()));
            }
        }
        // Of what is added up, that is told which is told of those rows alone that pass.
        let occurrence = compiler.roll_up.and_then(|roll_up| roll_up.occurrence(&branch.conditions));
        let (newest, simulated) = match &occurrence {
            Some(occurrence) => (&occurrence.newest, occurrence.simulated.as_str()),
            None => (&table.newest, "simulated"),
        };
        writer.push(&format!(
            ", f.{} AS newest, f.{simulated} AS simulated\nFROM {}",
            newest.as_str(),
            compiler.dialect.table(relation, "f")
        ));
        compiler.conditions(writer);
        let occurs = |occurrence: &Occurrence| vec![occurs(&occurrence.count)];
        let conditions = occurrence.as_ref().map_or_else(|| branch.conditions.clone(), occurs);
        for condition in &conditions {
            writer.push("\n  AND ");
            compiler.condition(writer, condition, &unmeasured());
        }
    }

    /// The branches one after another, as rows of one relation with the day of each: at least one for each household and
    /// day on which it was active.
    fn days_of_activity(&self, writer: &mut Writer<'_>, activity: &[Branch], interval: Interval) {
        let day = |compiler: &Compiler<'_>| format!(", {} AS day", compiler.day());
        let filtered = self.base().filters.iter().map(|filter| &filter.dimension);
        let split = self.carried.iter().filter_map(|index| self.derivation.carried.get(*index));
        let needed: Vec<&DimensionId> =
            filtered.filter(|id| self.derivation.carried.contains(id)).chain(split).collect();
        writer.list(activity, UNION, |writer, branch| {
            let Some(fitting) = active_days(self.compiler, branch, &needed, interval) else {
                self.branch(writer, branch, interval, day);
                return;
            };
            writer.added_up.extend(fitting.divided.days(self.base().calendar));
            let compiler = Compiler { roll_up: Some(fitting.roll_up), ..*self.compiler };
            let of_roll_up = Deriving { compiler: &compiler, ..self.clone() };
            writer.list(&fitting.divided.rolled_up, UNION, |writer, part| {
                of_roll_up.branch(writer, branch, *part, day);
            });
            for (part, only_days) in fitting.divided.rest_in_parts(interval) {
                let compiler = Compiler { only_days, ..*self.compiler };
                writer.push(UNION);
                Deriving { compiler: &compiler, ..self.clone() }.branch(writer, branch, part, day);
            }
        });
    }
}

/// A measure for conditions that are of none.
pub(super) fn unmeasured() -> ScopedMeasure {
    ScopedMeasure { aggregate: Aggregate::Count, conditions: Vec::new(), within: None }
}

impl Compiler<'_> {
    /// The organisation's day of a row.
    fn day(&self) -> String {
        let shift_ms = self.statement.base.calendar.shift_ms();
        match self.table().map(|table| table.time.counts) {
            Some(TimeUnit::Days) => self.time(),
            Some(TimeUnit::Milliseconds) => {
                self.dialect.whole_division(&format!("{} + {shift_ms}", self.time()), DAY_MS)
            }
            Some(TimeUnit::Minutes) | None => {
                let unit = self.unit_ms();
                self.dialect.whole_division(&format!("{} + {}", self.time(), shift_ms / unit), DAY_MS / unit)
            }
        }
    }
}
