//! Which values of a dimension count in a query.

use super::DimensionId;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

/// Which values of a dimension count.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Filter {
    pub dimension: DimensionId,
    pub values: FilterValues,
}

/// The values of a filter; `None` stands for "unknown".
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum FilterValues {
    In(Vec<Option<String>>),
    NotIn(Vec<Option<String>>),
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenFilter {
    dim: DimensionId,
    #[serde(default, rename = "in", skip_serializing_if = "Option::is_none")]
    within: Option<Vec<Option<String>>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    not_in: Option<Vec<Option<String>>>,
}

impl Serialize for Filter {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let (within, not_in) = match &self.values {
            FilterValues::In(values) => (Some(values.clone()), None),
            FilterValues::NotIn(values) => (None, Some(values.clone())),
        };
        WrittenFilter { dim: self.dimension.clone(), within, not_in }.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Filter {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let written = WrittenFilter::deserialize(deserializer)?;
        let values = match (written.within, written.not_in) {
            (Some(values), None) => FilterValues::In(values),
            (None, Some(values)) => FilterValues::NotIn(values),
            (None, None) | (Some(_), Some(_)) => {
                return Err(de::Error::custom(format!(
                    "the filter on “{}” needs one of “in” and “not_in”",
                    written.dim
                )));
            }
        };
        Ok(Self { dimension: written.dim, values })
    }
}
