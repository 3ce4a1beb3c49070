//! Formulas as files write them.

use model::metric::DimensionId;
use serde::Deserialize;
use std::collections::BTreeSet;
use toml::Spanned;

/// A formula as it is written: exactly one of these is there.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct WrittenFormula {
    pub measure: Option<Spanned<String>>,
    pub ignoring: Option<BTreeSet<DimensionId>>,
    pub divided: Option<Box<WrittenDivided>>,
    pub ratio: Option<Box<WrittenRatio>>,
    pub plus: Option<Box<WrittenPlus>>,
    pub less: Option<Box<WrittenLess>>,
    pub per_minute: Option<WrittenTerm>,
    pub per_day: Option<Box<WrittenFormula>>,
    pub universe: Option<WrittenTerm>,
    pub stock: Option<WrittenTerm>,
    pub stock_before: Option<WrittenTerm>,
    pub age: Option<WrittenTerm>,
    pub slice_percentile: Option<WrittenSlicePercentile>,
    pub distribution: Option<Box<WrittenDistribution>>,
    pub weighted_ranks: Option<Vec<WrittenWeighted>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct WrittenTerm {
    pub measure: Spanned<String>,
    #[serde(default)]
    pub ignoring: BTreeSet<DimensionId>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct WrittenDivided {
    pub of: WrittenFormula,
    pub by: f64,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct WrittenRatio {
    pub of: WrittenFormula,
    pub to: WrittenFormula,
    #[serde(default = "one")]
    pub scale: f64,
}

const fn one() -> f64 {
    1.0
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct WrittenWeighted {
    pub weight: f64,
    pub of: WrittenFormula,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct WrittenPlus {
    pub of: WrittenFormula,
    pub and: WrittenFormula,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct WrittenLess {
    pub of: WrittenFormula,
    pub less: WrittenFormula,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct WrittenSlicePercentile {
    pub of: WrittenTerm,
    pub percent: u8,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct WrittenDistribution {
    pub sum: WrittenTerm,
    pub count: WrittenTerm,
    pub buckets: WrittenTerm,
    #[serde(default = "one")]
    pub divided_by: f64,
}
