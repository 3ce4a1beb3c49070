//! Dimensions: what numbers may be split and filtered by.

use super::{CatalogueError, CatalogueFile};
use indexmap::IndexMap;
use model::{
    metric::{DimensionId, DimensionKind},
    text::LocalText,
};
use serde::Deserialize;
use toml::Spanned;

/// A dimension, as it is shipped.
#[derive(Debug, Clone)]
pub(in crate::metrics) struct Dimension {
    pub id: DimensionId,
    pub name: LocalText,
    pub kind: DimensionKind,
    /// How many values to expect; `None` where there may be many.
    pub about: Option<u32>,
    /// How a number is read, with `{}` in its place.
    pub written: Option<LocalText>,
    /// Names of known values.
    pub values: IndexMap<String, LocalText>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct DimensionsFile {
    dimension: Vec<WrittenDimension>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenDimension {
    id: Spanned<DimensionId>,
    name: LocalText,
    kind: DimensionKind,
    about: Option<u32>,
    written: Option<LocalText>,
    #[serde(default)]
    values: IndexMap<String, LocalText>,
}

pub(super) fn read(file: CatalogueFile<'_>) -> Result<IndexMap<DimensionId, Dimension>, CatalogueError> {
    let written: DimensionsFile = file.parse()?;
    let mut dimensions = IndexMap::new();
    for dimension in written.dimension {
        let span = dimension.id.span();
        let id = dimension.id.into_inner();
        let read = Dimension {
            id: id.clone(),
            name: dimension.name,
            kind: dimension.kind,
            about: dimension.about,
            written: dimension.written,
            values: dimension.values,
        };
        if dimensions.insert(id.clone(), read).is_some() {
            return Err(file.error(span, format!("the dimension “{id}” stands here twice")));
        }
    }
    Ok(dimensions)
}
