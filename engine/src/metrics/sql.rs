//! `Statement → Sql`: the only place that makes SQL text for the event store.
//!
//! Identifiers come from the catalogue, numbers of our own arithmetic stand as they are, everything else is a bind.
//! Statements only scan, join, filter and group; what else a query means is done in Rust, alike for every engine.

mod clickhouse;
mod derived;
mod dialect;
mod expression;
mod literal;
mod rolled_up;
mod sessions;
mod source;

use super::plan::{GroupKey, Statement};
use crate::{
    events::{Fact, SqlWords},
    metrics::catalogue::{Catalogue, RollUp, Source},
};
use dialect::Dialect;
use model::time::Day;
pub use rolled_up::RolledUpDays;
pub(super) use rolled_up::rows_of_a_day;
pub(super) use sessions::{EventColumn, SessionColumn, compile_session_events, compile_sessions};
use std::collections::BTreeSet;

/// A value in a statement.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Bind {
    Integer(i64),
    Text(String),
}

/// A statement for the event store: text and the values in it, in their order.
///
/// It can only be made from a [`Statement`], which holds the regions it may read, so nothing else can be asked.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Sql {
    text: String,
    binds: Vec<Bind>,
    days_added_up: u32,
}

impl Sql {
    pub fn text(&self) -> &str {
        &self.text
    }

    pub fn binds(&self) -> &[Bind] {
        &self.binds
    }

    /// How many days it reads from what is added up beforehand.
    pub const fn days_added_up(&self) -> u32 {
        self.days_added_up
    }
}

/// Text and binds as they grow, left to right.
struct Writer<'a> {
    dialect: &'a dyn Dialect,
    text: String,
    binds: Vec<Bind>,
    /// Days that are read from what is added up beforehand.
    added_up: BTreeSet<Day>,
}

impl<'a> Writer<'a> {
    const fn new(dialect: &'a dyn Dialect) -> Self {
        Self { dialect, text: String::new(), binds: Vec::new(), added_up: BTreeSet::new() }
    }

    fn push(&mut self, text: &str) {
        self.text.push_str(text);
    }

    fn integer(&mut self, value: i64) {
        self.bind(Bind::Integer(value));
    }

    fn value(&mut self, value: &str) {
        self.bind(Bind::Text(value.to_owned()));
    }

    fn bind(&mut self, bind: Bind) {
        self.text.push_str(&self.dialect.place(self.binds.len() + 1, &bind));
        self.binds.push(bind);
    }

    /// `one, two, three`, written by `write`.
    fn list<T>(&mut self, items: impl IntoIterator<Item = T>, separator: &str, mut write: impl FnMut(&mut Self, T)) {
        for (index, item) in items.into_iter().enumerate() {
            if index > 0 {
                self.push(separator);
            }
            write(self, item);
        }
    }
}

/// What compiling needs to know besides the statement.
#[derive(Clone, Copy)]
struct Compiler<'a> {
    catalogue: &'a Catalogue,
    statement: &'a Statement,
    dialect: &'a dyn Dialect,
    /// What need not be read from the facts themselves.
    rolled_up_days: &'a RolledUpDays,
    /// What is read in place of the fact's own table.
    roll_up: Option<&'a RollUp>,
    /// The only days of the range whose rows are read; all of them where none is named.
    only_days: &'a [Day],
}

/// Writes a statement in the words of an engine.
///
/// Columns: the keys, the measures, then the newest event received and whether any is simulated. Where days are added up
/// beforehand, groups may come in parts, which add up.
pub(super) fn compile(
    catalogue: &Catalogue,
    statement: &Statement,
    words: SqlWords,
    rolled_up_days: &RolledUpDays,
) -> Sql {
    let dialect = dialect::of(words);
    let compiler = Compiler { catalogue, statement, dialect, rolled_up_days, roll_up: None, only_days: &[] };
    let mut writer = Writer::new(dialect);
    match rolled_up::fitting(catalogue, statement, rolled_up_days) {
        Some(fitting) => compiler.select_from_roll_up(&mut writer, &fitting),
        None => compiler.select(&mut writer),
    }
    let days_added_up = u32::try_from(writer.added_up.len()).unwrap_or(u32::MAX);
    Sql { text: writer.text, binds: writer.binds, days_added_up }
}

impl Compiler<'_> {
    fn select(&self, writer: &mut Writer<'_>) {
        let Statement { keys, measures, .. } = self.statement;
        writer.push("SELECT ");
        let mut columns = 0;
        let mut comma = |writer: &mut Writer<'_>| {
            if columns > 0 {
                writer.push(", ");
            }
            columns += 1;
        };
        for (index, key) in keys.iter().enumerate() {
            comma(writer);
            self.key(writer, key);
            writer.push(&format!(" AS k{index}"));
        }
        for (index, measure) in measures.iter().enumerate() {
            comma(writer);
            self.measure(writer, measure);
            writer.push(&format!(" AS m{index}"));
        }
        if let Some(table) = self.table() {
            comma(writer);
            let newest = self.dialect.largest(&format!("f.{}", table.newest.as_str()));
            writer.push(&format!("{newest} AS newest, {} AS simulated", self.dialect.largest("f.simulated")));
        }
        self.source(writer);
        self.conditions(writer);
        self.group_by_keys(writer);
    }

    fn group_by_keys(&self, writer: &mut Writer<'_>) {
        if !self.statement.keys.is_empty() {
            writer.push("\nGROUP BY ");
            writer.list(0..self.statement.keys.len(), ", ", |writer, index| {
                writer.push(&format!("k{index}"));
            });
        }
    }

    /// What rows are read from; programme lists are no fact.
    fn table(&self) -> Option<&super::catalogue::FactTable> {
        match self.roll_up {
            Some(roll_up) => Some(&roll_up.table),
            None => self.catalogue.fact(self.statement.base.source),
        }
    }

    fn reads_programmes_only(&self) -> bool {
        self.statement.base.source == Source::Fact(Fact::Programme)
    }

    fn key(&self, writer: &mut Writer<'_>, key: &GroupKey) {
        match key {
            GroupKey::Dimension(id) => writer.push(&self.dimension(id)),
            GroupKey::Step(steps) => writer.push(&self.step(steps)),
            GroupKey::Bucket(column) => writer.push(&format!("f.{}", column.as_str())),
            GroupKey::Minute => writer.push(&self.time()),
            GroupKey::OpenedDay => writer.push(&self.opened_day()),
            GroupKey::ClosedDay => writer.push(&self.closed_day()),
            GroupKey::AiringChannel => writer.push("f.channel_id"),
            GroupKey::AiringStart => writer.push("f.start_minute"),
            GroupKey::AiringStop => writer.push("f.stop_minute"),
        }
    }
}
