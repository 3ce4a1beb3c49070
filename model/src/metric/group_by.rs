//! The ways in which the numbers of a query are split.

use super::DimensionId;
use crate::time::Grain;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use std::fmt;

/// One way the numbers are split: `"channel"` or `{"time": "minute"}`.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum GroupBy {
    Dimension(DimensionId),
    Time(Grain),
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenTime {
    time: Grain,
}

impl Serialize for GroupBy {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Dimension(id) => id.serialize(serializer),
            Self::Time(grain) => WrittenTime { time: *grain }.serialize(serializer),
        }
    }
}

impl<'de> Deserialize<'de> for GroupBy {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Visitor;

        impl<'de> de::Visitor<'de> for Visitor {
            type Value = GroupBy;

            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str(
                    "a dimension's name, or {\"time\": \"minute\" | \"hour\" | \"day\" | \"week\" | \"month\"}",
                )
            }

            fn visit_str<E: de::Error>(self, text: &str) -> Result<GroupBy, E> {
                text.parse().map(GroupBy::Dimension).map_err(E::custom)
            }

            fn visit_map<A: de::MapAccess<'de>>(self, map: A) -> Result<GroupBy, A::Error> {
                WrittenTime::deserialize(de::value::MapAccessDeserializer::new(map))
                    .map(|written| GroupBy::Time(written.time))
            }
        }
        deserializer.deserialize_any(Visitor)
    }
}
