//! Measures that own metrics may be composed of: what they are called, counted in, and granted by.

use super::{Aggregate, CatalogueError, CatalogueFile, Measure};
use indexmap::IndexMap;
use model::{
    metric::{Domain, MeasureId, Unit},
    text::LocalText,
};
use serde::Deserialize;
use std::{collections::BTreeMap, sync::Arc};
use toml::Spanned;

/// A measure, as somebody may compose with it.
#[derive(Debug)]
pub(in crate::metrics) struct ComposableMeasure {
    pub id: MeasureId,
    pub measure: Arc<Measure>,
    pub name: LocalText,
    pub unit: Unit,
    /// What has to be granted to whoever uses it.
    pub domain: Domain,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ComposableFile {
    composable: Vec<WrittenComposable>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenComposable {
    measure: Spanned<MeasureId>,
    name: LocalText,
    unit: Unit,
    domain: Domain,
}

pub(super) fn read(
    file: CatalogueFile<'_>,
    measures: &BTreeMap<String, Arc<Measure>>,
) -> Result<IndexMap<MeasureId, ComposableMeasure>, CatalogueError> {
    let written: ComposableFile = file.parse()?;
    let mut composable = IndexMap::new();
    for WrittenComposable { measure, name, unit, domain } in written.composable {
        let span = measure.span();
        let id = measure.into_inner();
        let known = measures
            .get(id.as_str())
            .ok_or_else(|| file.error(span.clone(), format!("the measure “{id}” is not in measures.toml")))?;
        match known.aggregate {
            Aggregate::Count
            | Aggregate::Sum(_)
            | Aggregate::Distinct(_)
            | Aggregate::DistinctByDay(_)
            | Aggregate::Largest(_) => {}
            Aggregate::Buckets { .. }
            | Aggregate::Amounts(_)
            | Aggregate::Values(_)
            | Aggregate::Stock(_)
            | Aggregate::Decaying { .. } => {
                return Err(file.error(span, format!("“{id}” is no number by itself, so nothing is composed of it")));
            }
        }
        let read = ComposableMeasure { id: id.clone(), measure: Arc::clone(known), name, unit, domain };
        if composable.insert(id.clone(), read).is_some() {
            return Err(file.error(span, format!("the measure “{id}” stands here twice")));
        }
    }
    Ok(composable)
}
