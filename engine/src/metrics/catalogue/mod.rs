//! The catalogue: facts, measures, dimensions and metrics, as data.
//!
//! ```text
//! facts.toml → dimensions.toml → derived.toml → measures.toml → metrics/*.toml
//!   tables        what splits      rows from rows   aggregates     named, owned numbers
//! ```
//!
//! Each file only speaks of names that the ones before it define. What does not fit is an error with file, line and
//! reason, at start and in the tests, never at the moment somebody asks.

mod check;
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
mod shipped;
mod view;

#[cfg(test)]
mod tests;

pub(super) use derivation::{Branch, Derivation, FlowEnd, Way};
pub(super) use dimension::Dimension;
pub use error::CatalogueError;
pub(super) use fact::{Column, DimensionColumn, FactTable, Identifier, Relation, Source, TimeUnit};
pub(super) use formula::{Formula, Term, Value};
pub(super) use measure::{Aggregate, Condition, Measure, Test};
pub(super) use metric::{Definition, Metric};
pub(super) use nearest::nearest;

use indexmap::IndexMap;
use model::metric::{DimensionId, MetricId};
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
    pub metrics: &'a [CatalogueFile<'a>],
}

/// Everything that may be asked for. Whatever it holds has been checked.
#[derive(Debug)]
pub struct Catalogue {
    facts: BTreeMap<Source, FactTable>,
    dimensions: IndexMap<DimensionId, Dimension>,
    metrics: IndexMap<MetricId, Arc<Metric>>,
}

impl Catalogue {
    /// The catalogue that the product ships with.
    pub fn shipped() -> Result<Self, CatalogueError> {
        Self::read(shipped::FILES)
    }

    pub fn read(files: CatalogueFiles<'_>) -> Result<Self, CatalogueError> {
        let mut facts = fact::read(files.facts)?;
        let dimensions = dimension::read(files.dimensions)?;
        check::facts_speak_of_dimensions(files.facts, &facts, &dimensions)?;
        derived_file::read(files.derived, &dimensions, &mut facts)?;
        let measures = measure::read(files.measures, &facts)?;
        let mut metrics = IndexMap::new();
        for &file in files.metrics {
            metric::read(
                file,
                &check::Known { facts: &facts, dimensions: &dimensions, measures: &measures },
                &mut metrics,
            )?;
        }
        Ok(Self { facts, dimensions, metrics })
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

    pub(super) fn metric(&self, id: &MetricId) -> Option<&Arc<Metric>> {
        self.metrics.get(id)
    }

    pub(super) fn metrics(&self) -> impl Iterator<Item = &Arc<Metric>> {
        self.metrics.values()
    }
}
