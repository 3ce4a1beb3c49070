//! Derivations as their file writes them.

mod faults;
mod figures;
mod households;
mod items;
mod moments;
mod paths;
mod programmes;
#[cfg(test)]
mod refusals;
mod spans;

use self::{
    faults::WrittenNodeFaults,
    figures::{WrittenAcquired, WrittenReported, WrittenSettled},
    households::{WrittenAccountState, WrittenAnswers, WrittenCohort, WrittenFunnel, WrittenRolling},
    items::{WrittenItemTotals, WrittenProgress, WrittenRanking},
    moments::{WrittenConcurrency, WrittenSlices},
    paths::{WrittenChannelFlow, WrittenPageSteps, WrittenStepsToPlay},
    programmes::{WrittenInheritance, WrittenProgrammePlays, WrittenSpots},
    spans::{WrittenPower, WrittenSubscriptions},
};
use super::{
    Branch, CatalogueError, CatalogueFile, Column, Condition, Derivation, Dimension, DimensionColumn, FactTable,
    Identifier, Relation, Source, TimeUnit, Way,
    fact::TimeColumn,
    measure::{WrittenCondition, read_condition},
};
use crate::events::Fact;
use indexmap::IndexMap;
use model::metric::DimensionId;
use serde::Deserialize;
use std::{collections::BTreeMap, ops::Range};
use toml::Spanned;

/// Declares the lists of the file, and how they become tables: each by the reader's method of its name.
macro_rules! lists {
    ($($list:ident: $written:ty,)*) => {
        #[derive(Deserialize)]
        #[serde(deny_unknown_fields)]
        struct DerivedFile {
            $(#[serde(default)] $list: Vec<$written>,)*
        }

        impl DerivedFile {
            /// The tables in the order of the lists, each with the place of its name.
            fn tables(self, reader: &Reader<'_>) -> Result<Vec<(Range<usize>, FactTable)>, CatalogueError> {
                let mut tables = Vec::new();
                $(for written in self.$list {
                    tables.push((written.name.span(), reader.$list(written)?));
                })*
                Ok(tables)
            }
        }
    };
}

lists! {
    funnel: WrittenFunnel,
    cohort: WrittenCohort,
    account_state: WrittenAccountState,
    item_totals: WrittenItemTotals,
    answers: WrittenAnswers,
    slices: WrittenSlices,
    concurrency: WrittenConcurrency,
    on_time: WrittenPower,
    boxes_on: WrittenPower,
    subscriptions: WrittenSubscriptions,
    inheritance: WrittenInheritance,
    programme_plays: WrittenProgrammePlays,
    spots: WrittenSpots,
    steps_to_play: WrittenStepsToPlay,
    rolling: WrittenRolling,
    progress: WrittenProgress,
    ranking: WrittenRanking,
    reported: WrittenReported,
    settled: WrittenSettled,
    acquired: WrittenAcquired,
    node_faults: WrittenNodeFaults,
    page_steps: WrittenPageSteps,
    channel_flow: WrittenChannelFlow,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenBranch {
    fact: Spanned<String>,
    #[serde(default, rename = "where")]
    conditions: Vec<Spanned<WrittenCondition>>,
}

/// Reads the derivations and puts them beside the facts that they are made from.
pub(super) fn read(
    file: CatalogueFile<'_>,
    dimensions: &IndexMap<DimensionId, Dimension>,
    facts: &mut BTreeMap<Source, FactTable>,
) -> Result<(), CatalogueError> {
    let tables = file.parse::<DerivedFile>()?.tables(&Reader { file, dimensions, facts })?;
    for (index, (span, table)) in tables.into_iter().enumerate() {
        if facts.values().any(|other| other.name == table.name) {
            return Err(file.error(span, format!("there is a “{}” already", table.name)));
        }
        let index = u16::try_from(index).map_err(|_| file.error(span, "there are too many derivations"))?;
        facts.insert(Source::Derived(index), table);
    }
    Ok(())
}

struct Reader<'a> {
    file: CatalogueFile<'a>,
    dimensions: &'a IndexMap<DimensionId, Dimension>,
    facts: &'a BTreeMap<Source, FactTable>,
}

/// What a derivation adds to the columns that all of them have.
struct Own<'a> {
    time: (&'static str, TimeUnit),
    columns: &'static [(&'static str, Column)],
    dimensions: &'a [(&'a Spanned<DimensionId>, &'static str)],
}

impl Reader<'_> {
    /// Amounts of moments, which are nobody's.
    fn of_nobody(
        &self,
        name: String,
        way: Way,
        dimensions: &[Spanned<DimensionId>],
    ) -> Result<FactTable, CatalogueError> {
        let own = Own { time: ("t", TimeUnit::Milliseconds), columns: &[("amount", Column::Integer)], dimensions: &[] };
        let mut table = self.table(name, way, dimensions, &own)?;
        table.columns.remove(&Identifier::of_derivation("household"));
        Ok(table)
    }

    /// A column of a fact that can be added up.
    fn number_of(&self, source: Source, amount: &Spanned<Identifier>) -> Result<Identifier, CatalogueError> {
        match self.facts.get(&source).and_then(|table| table.columns.get(amount.get_ref())) {
            Some(Column::Integer) => Ok(amount.get_ref().clone()),
            Some(Column::Boolean | Column::Text) | None => {
                let reason = format!("“{}” is no number of its fact", amount.get_ref().as_str());
                Err(self.file.error(amount.span(), reason))
            }
        }
    }

    fn branches(&self, written: Vec<WrittenBranch>) -> Result<Vec<Branch>, CatalogueError> {
        written.into_iter().map(|branch| self.branch(branch)).collect()
    }

    /// Rows that say whose they are.
    fn branch(&self, written: WrittenBranch) -> Result<Branch, CatalogueError> {
        let span = written.fact.span();
        let branch = self.rows(written)?;
        match self.facts.get(&branch.source) {
            Some(table) if !table.columns.contains_key(&Identifier::of_derivation("household")) => {
                let reason = format!("rows of “{}” name no household, so they can't be put in an order", table.name);
                Err(self.file.error(span, reason))
            }
            Some(_) | None => Ok(branch),
        }
    }

    fn rows(&self, written: WrittenBranch) -> Result<Branch, CatalogueError> {
        let name = written.fact.get_ref();
        let found = self.facts.iter().find(|(_, table)| table.name == *name);
        let (source, table) = found
            .ok_or_else(|| self.file.error(written.fact.span(), format!("the fact “{name}” is not in facts.toml")))?;
        Ok(Branch { source: *source, conditions: self.conditions(*source, table, written.conditions)? })
    }

    fn conditions(
        &self,
        source: Source,
        table: &FactTable,
        written: Vec<Spanned<WrittenCondition>>,
    ) -> Result<Vec<Condition>, CatalogueError> {
        let conditions = written.into_iter().map(|condition| {
            let span = condition.span();
            read_condition(self.file, source, table, &span, condition.into_inner())
        });
        conditions.collect()
    }

    /// The column in which a fact has a dimension.
    fn item(&self, source: Source, dimension: &Spanned<DimensionId>) -> Result<Identifier, CatalogueError> {
        match self.facts.get(&source).and_then(|table| table.dimensions.get(dimension.get_ref())) {
            Some(DimensionColumn::Own(item)) => Ok(item.clone()),
            Some(DimensionColumn::Programme { .. }) | None => {
                let reason = format!("its fact does not know “{}”", dimension.get_ref());
                Err(self.file.error(dimension.span(), reason))
            }
        }
    }

    fn table(
        &self,
        name: String,
        way: Way,
        carried: &[Spanned<DimensionId>],
        own: &Own<'_>,
    ) -> Result<FactTable, CatalogueError> {
        let derivation = Derivation { way, carried: carried.iter().map(|id| id.get_ref().clone()).collect() };
        let sources = match derivation.way {
            // An account's state is split by what the account is, whatever the events of its activity say.
            Way::AccountState { .. } => vec![Source::Fact(Fact::Account)],
            // A wish is split by what it is.
            Way::Answers { ref wishes, .. } => vec![wishes.source],
            // What a provider gets is split by what the order is, and what a household does by the visit that brought it.
            Way::Settled { ref orders, .. } => vec![orders.source],
            Way::Acquired { ref visits, .. } => vec![visits.source],
            // Whoever watches a spot is in a place of their own.
            Way::Spots { ref minutes, .. } => vec![minutes.source],
            // A programme list is no fact, and carries nothing.
            Way::Inheritance { minutes: ref branch } | Way::ProgrammePlays { views: ref branch } => vec![branch.source],
            Way::Funnel { .. }
            | Way::Cohort { .. }
            | Way::ItemTotals { .. }
            | Way::Slices { .. }
            | Way::Concurrency { .. }
            | Way::OnTime { .. }
            | Way::BoxesOn { .. }
            | Way::Subscriptions { .. }
            | Way::StepsToPlay { .. }
            | Way::Rolling { .. }
            | Way::Progress { .. }
            | Way::Ranking { .. }
            | Way::Reported { .. }
            | Way::NodeFaults { .. }
            | Way::PageSteps { .. }
            | Way::ChannelFlow { .. } => derivation.sources(),
        };
        let mut dimensions = BTreeMap::new();
        for (index, id) in carried.iter().enumerate() {
            let knows = |source: &Source| {
                let column = self.facts.get(source).and_then(|table| table.dimensions.get(id.get_ref()));
                matches!(column, Some(DimensionColumn::Own(_)))
            };
            if let Some(lacking) = sources.iter().find(|source| !knows(source)) {
                let fact = self.facts.get(lacking).map_or("", |table| table.name.as_str());
                let reason = format!("“{name}” can't carry “{}”: the fact “{fact}” does not know it", id.get_ref());
                return Err(self.file.error(id.span(), reason));
            }
            dimensions.insert(id.get_ref().clone(), DimensionColumn::Own(Identifier::carried(index)));
        }
        for (id, column) in own.dimensions {
            if !self.dimensions.contains_key(id.get_ref()) {
                let reason = format!("the dimension “{}” is not in dimensions.toml", id.get_ref());
                return Err(self.file.error(id.span(), reason));
            }
            let column = DimensionColumn::Own(Identifier::of_derivation(column));
            if dimensions.insert(id.get_ref().clone(), column).is_some() {
                return Err(self.file.error(id.span(), format!("“{}” is carried already", id.get_ref())));
            }
        }
        let columns = std::iter::once(&("household", Column::Text)).chain(own.columns);
        let (time, counts) = own.time;
        Ok(FactTable {
            name,
            relation: Relation::Derived(derivation),
            time: TimeColumn { column: Identifier::of_derivation(time), until: None, counts },
            newest: Identifier::of_derivation("newest"),
            columns: columns.map(|(column, kind)| (Identifier::of_derivation(column), *kind)).collect(),
            dimensions,
        })
    }
}
