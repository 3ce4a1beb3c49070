//! Checks that span several files of the catalogue.

use super::{CatalogueError, CatalogueFile, Dimension, FactTable, Formula, Measure, Metric, Source, Term};
use indexmap::IndexMap;
use model::metric::DimensionId;
use std::{collections::BTreeMap, sync::Arc};
use toml::Spanned;

/// What the files read so far define.
pub(super) struct Known<'a> {
    pub facts: &'a BTreeMap<Source, FactTable>,
    pub dimensions: &'a IndexMap<DimensionId, Dimension>,
    pub measures: &'a BTreeMap<String, Arc<Measure>>,
}

/// A column for a dimension that does not exist would never be asked for: a typing error.
pub(super) fn facts_speak_of_dimensions(
    file: CatalogueFile<'_>,
    facts: &BTreeMap<Source, FactTable>,
    dimensions: &IndexMap<DimensionId, Dimension>,
) -> Result<(), CatalogueError> {
    for table in facts.values() {
        if let Some(unknown) = table.dimensions.keys().find(|id| !dimensions.contains_key(*id)) {
            let at = file.text.find(&format!("dimensions.{unknown}")).unwrap_or_default();
            let name = &table.name;
            return Err(file.error(
                at..at,
                format!("the fact “{name}” has a dimension “{unknown}” that is not in dimensions.toml"),
            ));
        }
    }
    Ok(())
}

/// Every term can apply or ignore every dimension of its metric, so that a query which names only those always has a
/// meaning: a ratio can't be narrowed in its numerator alone.
pub(super) fn every_term_knows_every_dimension(
    file: CatalogueFile<'_>,
    known: &Known<'_>,
    metric: &Metric,
    written: &[Spanned<DimensionId>],
) -> Result<(), CatalogueError> {
    let values = metric.value.values();
    let terms: Vec<&Term> =
        values.iter().flat_map(|value| value.terms()).chain(metric.sample.iter().flat_map(Formula::terms)).collect();
    for dimension in written {
        let id = dimension.get_ref();
        if !known.dimensions.contains_key(id) {
            return Err(file.error(dimension.span(), format!("the dimension “{id}” is not in dimensions.toml")));
        }
        let neither = |term: &&&Term| {
            let knows = known.facts.get(&term.measure.source).is_some_and(|table| table.dimensions.contains_key(id));
            !knows && !term.ignoring.contains(id)
        };
        if let Some(term) = terms.iter().find(neither) {
            return Err(file.error(
                dimension.span(),
                format!(
                    "“{}” can't have the dimension “{id}”: its term “{}” (fact “{}”) neither knows nor ignores it",
                    metric.id,
                    term.measure.id,
                    known.facts.get(&term.measure.source).map_or("", |table| table.name.as_str()),
                ),
            ));
        }
    }
    Ok(())
}
