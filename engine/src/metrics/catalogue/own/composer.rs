//! From a composition to a metric: formula, unit, additivity, dimensions and steps, all derived.

use super::{narrowing::Narrowing, unit};
use crate::{
    access::Scope,
    metrics::{
        catalogue::{
            Aggregate, Catalogue, Definition, DimensionColumn, Formula, Metric, Term, TimeUnit, Value, formula_of,
        },
        scoped::ScopedRegions,
    },
};
use model::{
    metric::{
        Additivity, DimensionId, Domain, MeasureId, MetricId, Unit,
        own::{ComposedTerm, Composition, Mistake, OwnMetric, Rule, TermSource},
    },
    problem::ProblemCode,
    time::Grain,
};
use std::{collections::BTreeSet, sync::Arc};

/// The most terms of a formula, with those that are taken over.
const MAX_TERMS: usize = 24;
/// How many own metrics may be made of one another, one after the other.
pub(super) const MAX_CHAIN: usize = 4;

/// Where a term's metric is found; or why it can't be used.
pub(super) type Find<'a> = dyn FnMut(&MetricId) -> Result<Arc<Metric>, Rule> + 'a;

/// Composes one metric.
pub(super) struct Composer<'a, 'f> {
    /// For facts, dimensions and measures.
    pub catalogue: &'a Catalogue,
    /// Whose grants decide what exists; `None` where the metric was checked when it was kept.
    pub scope: Option<&'a Scope>,
    pub find: &'a mut Find<'f>,
    pub mistakes: Vec<Mistake>,
}

/// A part of a formula.
struct Composed {
    formula: Formula<Term>,
    unit: Unit,
    additivity: Additivity,
    domains: BTreeSet<Domain>,
    dimensions: BTreeSet<DimensionId>,
    grains: Vec<Grain>,
    /// The strictest minimum of the metrics in it, and what is counted against it.
    sample: Option<(u32, Formula<Term>)>,
}

impl Composer<'_, '_> {
    /// The metric, or everything that is wrong with it.
    pub(super) fn compose(mut self, own: &OwnMetric, version: u32) -> Result<Metric, Vec<Mistake>> {
        self.mistakes.extend(own.mistakes());
        // Compositions that are too deep are not gone down into.
        let is_too_deep = self.mistakes.iter().any(|mistake| matches!(mistake.rule, Rule::TooDeep { .. }));
        let composed = if is_too_deep { None } else { self.part(&own.value, "value") };
        if let Some(composed) = &composed {
            self.look_at_whole(own, composed);
        }
        match composed {
            Some(composed) if self.mistakes.is_empty() => Ok(self.metric(own, version, composed)),
            Some(_) | None => Err(self.mistakes),
        }
    }

    fn look_at_whole(&mut self, own: &OwnMetric, composed: &Composed) {
        if let Some(given) = own.unit.filter(|given| *given != composed.unit) {
            self.wrong("unit", Rule::UnitDoesNotFit { given, derived: composed.unit });
        }
        if composed.formula.terms().len() > MAX_TERMS {
            self.wrong("value", Rule::TooManyTerms { limit: MAX_TERMS });
        }
        if composed.grains.is_empty() {
            self.wrong("value", Rule::NoStep);
        }
        let domains: Vec<Domain> = composed.domains.iter().copied().collect();
        if self.scope.is_some_and(|scope| ScopedRegions::of(scope, &domains).is_none()) {
            self.wrong("value", Rule::NothingGranted);
        }
    }

    fn metric(&self, own: &OwnMetric, version: u32, composed: Composed) -> Metric {
        let Composed { formula, unit, additivity, domains, dimensions, grains, sample } = composed;
        let (minimum_sample, sample) = sample.map_or((0, None), |(minimum, sample)| (minimum, Some(sample)));
        let ordered = self.catalogue.dimensions().map(|dimension| &dimension.id);
        Metric {
            id: own.id.metric().clone(),
            name: own.name.clone(),
            definition: own.definition.clone(),
            formula: self.catalogue.formula_in_words(&own.value),
            unit,
            additivity,
            domains: domains.into_iter().collect(),
            dimensions: ordered.filter(|id| dimensions.contains(*id)).cloned().collect(),
            grains,
            stats: Vec::new(),
            value: Definition::One(Value::One(formula)),
            minimum_sample,
            sample,
            owner: own.owner.clone(),
            source: own.source.clone(),
            version,
        }
    }

    fn part(&mut self, composition: &Composition, field: &str) -> Option<Composed> {
        let (first, second) = composition.fields(field);
        match composition {
            Composition::Term(term) => self.term(term, field),
            Composition::Plus { of, and } => {
                let (of, and) = self.both((of, &first), (and, &second));
                self.sum(field, of?, and?, |of, and| Formula::Plus { of, and })
            }
            Composition::Less { of, less } => {
                let (of, less) = self.both((of, &first), (less, &second));
                self.sum(field, of?, less?, |of, less| Formula::Less { of, less })
            }
            Composition::Ratio { of, to, scale } => {
                let (of, to) = self.both((of, &first), (to, &second));
                let (of, to) = (of?, to?);
                let unit = unit::ratio(of.unit, to.unit, *scale);
                let ratio = |of, to| Formula::Ratio { of, to, scale: *scale };
                Some(joined(of, to, unit, Additivity::Ratio, ratio))
            }
            Composition::Divided { of, by } => {
                let of = self.part(of, &first)?;
                let unit = unit::divided(of.unit, *by);
                Some(Composed { formula: Formula::Divided { of: Box::new(of.formula), by: *by }, unit, ..of })
            }
        }
    }

    /// Both, so that the mistakes of both are found.
    fn both(&mut self, one: (&Composition, &str), other: (&Composition, &str)) -> (Option<Composed>, Option<Composed>) {
        (self.part(one.0, one.1), self.part(other.0, other.1))
    }

    fn sum(
        &mut self,
        field: &str,
        one: Composed,
        other: Composed,
        formula: impl FnOnce(Box<Formula<Term>>, Box<Formula<Term>>) -> Formula<Term>,
    ) -> Option<Composed> {
        let Some(unit) = unit::added(one.unit, other.unit) else {
            self.wrong(field, Rule::DifferentUnits { one: one.unit, other: other.unit });
            return None;
        };
        let additivity = of_sum(one.additivity, other.additivity);
        Some(joined(one, other, unit, additivity, formula))
    }

    fn term(&mut self, term: &ComposedTerm, field: &str) -> Option<Composed> {
        let composed = match &term.source {
            TermSource::Measure { id, ignoring } => self.measure(id, ignoring),
            TermSource::Metric { id, stat, profile } => (self.find)(id).and_then(|metric| {
                if self.scope.is_some_and(|scope| ScopedRegions::of(scope, &metric.domains).is_none()) {
                    return Err(Rule::UnknownMetric { id: id.to_string() });
                }
                let formula = formula_of(&metric, *stat, profile.as_ref()).map_err(|problem| {
                    let id = id.to_string();
                    let is_stat = problem.code == ProblemCode::UnknownStat;
                    if is_stat { Rule::UnknownStat { id } } else { Rule::UnknownProfile { id } }
                })?;
                let sample = metric.sample.clone().map(|sample| (metric.minimum_sample, sample));
                Ok(Composed {
                    formula,
                    unit: metric.unit,
                    additivity: metric.additivity,
                    domains: metric.domains.iter().copied().collect(),
                    dimensions: metric.dimensions.iter().cloned().collect(),
                    grains: metric.grains.clone(),
                    sample,
                })
            }),
        };
        match composed {
            Ok(composed) => self.narrowed(term, composed, field),
            Err(rule) => {
                self.wrong(field, rule);
                None
            }
        }
    }

    fn measure(&self, id: &MeasureId, ignoring: &BTreeSet<DimensionId>) -> Result<Composed, Rule> {
        let unknown = || Rule::UnknownMeasure { id: id.to_string() };
        let known = self.catalogue.composable(id).ok_or_else(unknown)?;
        // What is not granted looks as if it did not exist.
        if self.scope.is_some_and(|scope| scope.pairs(known.domain).is_empty()) {
            return Err(unknown());
        }
        let table = self.catalogue.fact(known.measure.source).ok_or_else(unknown)?;
        for dimension in ignoring {
            let name = || dimension.to_string();
            if self.catalogue.dimension(dimension).is_none() {
                return Err(Rule::UnknownDimension { dimension: name() });
            }
            if matches!(table.dimensions.get(dimension), Some(DimensionColumn::Programme { .. })) {
                return Err(Rule::NotForNarrowing { dimension: name() });
            }
        }
        let additivity = match known.measure.aggregate {
            Aggregate::Count | Aggregate::Sum(_) => Additivity::Additive,
            // The peak of a sum is at most the sum of the peaks, as with what is told apart.
            Aggregate::Distinct(_) | Aggregate::DistinctByDay(_) | Aggregate::Largest(_) => Additivity::Distinct,
            Aggregate::Buckets { .. } | Aggregate::Amounts(_) | Aggregate::Values(_) => Additivity::Quantile,
            Aggregate::Stock(_) | Aggregate::Decaying { .. } => Additivity::SemiAdditive,
        };
        let finest = match table.time.counts {
            TimeUnit::Milliseconds | TimeUnit::Minutes => Grain::Minute,
            TimeUnit::Days => Grain::Day,
        };
        let grains = Grain::ALL.into_iter().filter(|grain| *grain >= finest).collect();
        let term = Term { measure: Arc::clone(&known.measure), ignoring: ignoring.clone(), from_day_before: false };
        Ok(Composed {
            formula: Formula::Term(term),
            unit: known.unit,
            additivity,
            domains: BTreeSet::from([known.domain]),
            dimensions: table.dimensions.keys().chain(ignoring).cloned().collect(),
            grains,
            sample: None,
        })
    }

    fn narrowed(&mut self, term: &ComposedTerm, mut composed: Composed, field: &str) -> Option<Composed> {
        let mut is_right = true;
        for (index, filter) in term.filters.iter().enumerate() {
            let narrow = |composed: &Composed| {
                let narrowing = Narrowing::of(self.catalogue, filter)?;
                if !composed.dimensions.contains(&filter.dimension) {
                    let of = match &term.source {
                        TermSource::Measure { id, .. } => id.to_string(),
                        TermSource::Metric { id, .. } => id.to_string(),
                    };
                    return Err(Rule::NotADimension { of, dimension: filter.dimension.to_string() });
                }
                let sample = composed.sample.as_ref().map(|(least, sample)| Ok((*least, narrowing.narrow(sample)?)));
                Ok((narrowing.narrow(&composed.formula)?, sample.transpose()?))
            };
            match narrow(&composed) {
                Ok((formula, sample)) => composed = Composed { formula, sample, ..composed },
                Err(rule) => {
                    is_right = false;
                    self.wrong(&format!("{field}.where[{index}]"), rule);
                }
            }
        }
        is_right.then_some(composed)
    }

    fn wrong(&mut self, field: &str, rule: Rule) {
        let mistake = Mistake::new(field, rule);
        // A filter may have been found wrong in itself already.
        if self.mistakes.iter().all(|known| known.field != mistake.field) {
            self.mistakes.push(mistake);
        }
    }
}

/// Two parts as one.
fn joined(
    one: Composed,
    other: Composed,
    unit: Unit,
    additivity: Additivity,
    formula: impl FnOnce(Box<Formula<Term>>, Box<Formula<Term>>) -> Formula<Term>,
) -> Composed {
    let sample = match (one.sample, other.sample) {
        (Some(one), Some(other)) => Some(if other.0 > one.0 { other } else { one }),
        (one, other) => one.or(other),
    };
    Composed {
        formula: formula(Box::new(one.formula), Box::new(other.formula)),
        unit,
        additivity,
        domains: one.domains.union(&other.domains).copied().collect(),
        dimensions: one.dimensions.intersection(&other.dimensions).cloned().collect(),
        grains: one.grains.into_iter().filter(|grain| other.grains.contains(grain)).collect(),
        sample,
    }
}

/// What a sum of two is: it adds up as little as the one that adds up less.
const fn of_sum(one: Additivity, other: Additivity) -> Additivity {
    match (one, other) {
        (Additivity::Quantile, _) | (_, Additivity::Quantile) => Additivity::Quantile,
        (Additivity::Ratio, _) | (_, Additivity::Ratio) => Additivity::Ratio,
        (Additivity::Distinct, _) | (_, Additivity::Distinct) => Additivity::Distinct,
        (Additivity::SemiAdditive, _) | (_, Additivity::SemiAdditive) => Additivity::SemiAdditive,
        (Additivity::Additive, Additivity::Additive) => Additivity::Additive,
    }
}
