//! The catalogue: facts, measures, dimensions and metrics, as data.
//!
//! ```text
//! facts.toml → dimensions.toml → derived.toml → measures.toml → metrics/*.toml → own metrics
//!   tables        what splits      rows from rows   aggregates     named, owned numbers
//!                                                       ↓
//!                                                 roll_ups.toml
//!                                                    added up beforehand
//! ```
//!
//! Each file only speaks of names that the ones before it define. What does not fit is an error with file, line and
//! reason, at start and in the tests, never at the moment somebody asks.

mod check;
mod composable;
mod derivation;
mod derived_file;
mod dimension;
mod error;
mod fact;
mod formula;
mod formula_file;
mod formula_reader;
mod measure;
mod metric;
mod nearest;
mod own;
mod roll_up;
mod ruled;
mod shipped;
mod view;

#[cfg(test)]
mod tests;

pub(super) use composable::ComposableMeasure;
pub(super) use derivation::{Branch, Derivation, FaultRule, FlowEnd, Standing, Way, Window};
pub(super) use dimension::Dimension;
pub use error::CatalogueError;
pub(super) use fact::{Column, DimensionColumn, FactTable, Identifier, Relation, Source, TimeUnit};
pub(super) use formula::{Formula, Term, Value};
pub(super) use measure::{Aggregate, Condition, Measure, Test};
pub(super) use metric::{Definition, Metric, formula_of};
pub(super) use nearest::nearest;
pub use own::OwnDocument;
pub(crate) use own::made_of;
pub(super) use roll_up::{HOUSEHOLD, MOMENT, Occurrence, PROVINCE, RollUp};

use crate::facts::CleaningRules;
use indexmap::IndexMap;
use model::metric::{DimensionId, MeasureId, MetricId, own::Mistake};
use std::{collections::BTreeMap, sync::Arc};

/// One file of the catalogue.
#[derive(Debug, Clone, Copy)]
pub struct CatalogueFile<'a> {
    /// As errors name it.
    pub name: &'a str,
    pub text: &'a str,
}

/// The files of a catalogue, in the order in which they may refer to each other.
#[derive(Debug, Clone, Copy)]
pub struct CatalogueFiles<'a> {
    pub facts: CatalogueFile<'a>,
    pub derived: CatalogueFile<'a>,
    pub dimensions: CatalogueFile<'a>,
    pub measures: CatalogueFile<'a>,
    /// What is added up of days that are over.
    pub roll_ups: CatalogueFile<'a>,
    /// Which of the measures metrics of one's own may be composed of.
    pub composable: CatalogueFile<'a>,
    pub metrics: &'a [CatalogueFile<'a>],
}

/// Everything that may be asked for. Whatever it holds has been checked.
#[derive(Debug, Clone)]
pub struct Catalogue {
    facts: Arc<BTreeMap<Source, FactTable>>,
    dimensions: Arc<IndexMap<DimensionId, Dimension>>,
    roll_ups: Arc<[RollUp]>,
    composable: Arc<IndexMap<MeasureId, ComposableMeasure>>,
    metrics: IndexMap<MetricId, Arc<Metric>>,
    /// Own metrics that boards may still name and nobody can ask for.
    unusable: BTreeMap<MetricId, Unusable>,
}

/// Why an own metric can't be asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Unusable {
    Retired,
    /// The catalogue has changed under it.
    Broken(Vec<Mistake>),
}

impl Catalogue {
    /// The catalogue that the product ships with.
    pub fn shipped() -> Result<Self, CatalogueError> {
        Self::read(shipped::FILES)
    }

    /// The same where an operator has set other figures than the standard's.
    pub fn with_rules(rules: CleaningRules) -> Result<Self, CatalogueError> {
        Self::read_by(shipped::FILES, rules)
    }

    /// Reads files by the standard's figures.
    pub fn read(files: CatalogueFiles<'_>) -> Result<Self, CatalogueError> {
        Self::read_by(files, CleaningRules::default())
    }

    fn read_by(files: CatalogueFiles<'_>, rules: CleaningRules) -> Result<Self, CatalogueError> {
        let measures_text = ruled::by_rules(files.measures.text, rules);
        let files = CatalogueFiles { measures: CatalogueFile { text: &measures_text, ..files.measures }, ..files };
        let mut facts = fact::read(files.facts)?;
        let dimensions = dimension::read(files.dimensions)?;
        check::facts_speak_of_dimensions(files.facts, &facts, &dimensions)?;
        derived_file::read(files.derived, &dimensions, &mut facts)?;
        let measures = measure::read(files.measures, &facts)?;
        let roll_ups = roll_up::read(files.roll_ups, &facts, &measures)?;
        let composable = composable::read(files.composable, &measures)?;
        let mut metrics = IndexMap::new();
        for &file in files.metrics {
            let text = ruled::by_rules(file.text, rules);
            metric::read(
                CatalogueFile { text: &text, ..file },
                &check::Known { facts: &facts, dimensions: &dimensions, measures: &measures },
                &mut metrics,
            )?;
        }
        Ok(Self {
            facts: Arc::new(facts),
            dimensions: Arc::new(dimensions),
            roll_ups: roll_ups.into(),
            composable: Arc::new(composable),
            metrics,
            unusable: BTreeMap::new(),
        })
    }

    pub(super) fn fact(&self, source: Source) -> Option<&FactTable> {
        self.facts.get(&source)
    }

    pub(super) fn dimension(&self, id: &DimensionId) -> Option<&Dimension> {
        self.dimensions.get(id)
    }

    pub(super) fn dimensions(&self) -> impl Iterator<Item = &Dimension> {
        self.dimensions.values()
    }

    /// What is added up beforehand, small ones first.
    pub(super) fn roll_ups(&self) -> &[RollUp] {
        &self.roll_ups
    }

    pub(super) fn metric(&self, id: &MetricId) -> Option<&Arc<Metric>> {
        self.metrics.get(id)
    }

    /// Why there is no such metric any more, where there was one.
    pub(super) fn unusable(&self, id: &MetricId) -> Option<&Unusable> {
        self.unusable.get(id)
    }

    pub(super) fn composable(&self, id: &MeasureId) -> Option<&ComposableMeasure> {
        self.composable.get(id)
    }

    pub(super) fn metrics(&self) -> impl Iterator<Item = &Arc<Metric>> {
        self.metrics.values()
    }
}
