//! A metric in a query, which statistic of it, and by whose definition.

use super::{Calculation, InvalidId, MetricId, ProfileId};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use std::{fmt, str::FromStr};

/// A metric, which statistic of it, and by whose definition.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct MetricRef {
    pub id: MetricId,
    pub stat: Option<Stat>,
    pub profile: Option<ProfileId>,
    /// What is worked out from its numbers and shown in their place.
    pub calculation: Option<Calculation>,
}

impl MetricRef {
    pub const fn plain(id: MetricId) -> Self {
        Self { id, stat: None, profile: None, calculation: None }
    }

    /// The same with its own numbers.
    #[must_use]
    pub fn without_calculation(&self) -> Self {
        Self { calculation: None, ..self.clone() }
    }

    /// The name of its result column: `qoe.startup_s`, `qoe.startup_s:p95`, `qoe.startup_s:p95:mux`, `content.plays~share`.
    pub fn column_name(&self) -> String {
        let mut name = self.id.to_string();
        let stat = self.stat.map(|stat| stat.to_string());
        let profile = self.profile.as_ref().map(ToString::to_string);
        for part in [stat, profile].into_iter().flatten() {
            name.push(':');
            name.push_str(&part);
        }
        if let Some(calculation) = self.calculation {
            name.push('~');
            name.push_str(&calculation.to_string());
        }
        name
    }
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenMetricRef {
    id: MetricId,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    stat: Option<Stat>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    profile: Option<ProfileId>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    calculation: Option<Calculation>,
}

impl Serialize for MetricRef {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self { id, stat, profile, calculation } = self.clone();
        if stat.is_none() && profile.is_none() && calculation.is_none() {
            return id.serialize(serializer);
        }
        WrittenMetricRef { id, stat, profile, calculation }.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for MetricRef {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Visitor;

        impl<'de> de::Visitor<'de> for Visitor {
            type Value = MetricRef;

            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str("a metric's name, or {\"id\": …, \"stat\": …, \"profile\": …, \"calculation\": …}")
            }

            fn visit_str<E: de::Error>(self, text: &str) -> Result<MetricRef, E> {
                text.parse().map(MetricRef::plain).map_err(E::custom)
            }

            fn visit_map<A: de::MapAccess<'de>>(self, map: A) -> Result<MetricRef, A::Error> {
                let written = WrittenMetricRef::deserialize(de::value::MapAccessDeserializer::new(map))?;
                let WrittenMetricRef { id, stat, profile, calculation } = written;
                Ok(MetricRef { id, stat, profile, calculation })
            }
        }
        deserializer.deserialize_any(Visitor)
    }
}

/// A quantile in whole percent, 1 to 99.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Quantile(u8);

impl Quantile {
    pub const MEDIAN: Self = Self(50);
    pub const P95: Self = Self(95);

    pub fn new(percent: u8) -> Option<Self> {
        (1..=99).contains(&percent).then_some(Self(percent))
    }

    /// Between 0 and 1.
    pub fn fraction(self) -> f64 {
        f64::from(self.0) / 100.0
    }
}

/// Which statistic of a distribution.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Stat {
    Mean,
    Quantile(Quantile),
}

impl fmt::Display for Stat {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Mean => formatter.write_str("mean"),
            Self::Quantile(quantile) => write!(formatter, "p{}", quantile.0),
        }
    }
}

impl FromStr for Stat {
    type Err = InvalidId;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let quantile = || Quantile::new(text.strip_prefix('p')?.parse().ok()?).map(Self::Quantile);
        if text == "mean" { Ok(Self::Mean) } else { quantile().ok_or_else(|| InvalidId(text.to_owned())) }
    }
}

impl Serialize for Stat {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Stat {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(|_| de::Error::custom(format!("“{text}” is no statistic: expected mean or p1 to p99")))
    }
}
