//! Own metrics: what an organisation adds to the catalogue that is shipped.
//!
//! ```text
//! OwnMetric → Composer → Metric        its terms found in the catalogue, all else derived
//!               unit, narrowing
//! Catalogue + [OwnDocument] → Catalogue of the organisation
//! ```
//!
//! One that can't be worked out (any more) breaks nothing else: it stands aside with its mistakes, and whoever asks for it
//! is told so.

mod composer;
mod narrowing;
#[cfg(test)]
mod tests;
mod unit;
mod words;

use super::{Catalogue, Metric, Unusable};
use crate::access::Scope;
use composer::{Composer, MAX_CHAIN};
use model::metric::{
    Domain, MetricId,
    own::{Composition, Mistake, OwnMetric, OwnMetricId, Rule, TermSource},
};
use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

/// An own metric as it is kept.
#[derive(Debug, Clone, PartialEq)]
pub struct OwnDocument {
    pub metric: OwnMetric,
    pub version: u32,
    pub is_retired: bool,
}

/// An own metric, worked out; or what is wrong with it.
type Outcome = Result<(Arc<Metric>, usize), Vec<Mistake>>;

impl Catalogue {
    /// This catalogue with own metrics beside the shipped ones.
    pub(in crate::metrics) fn with_own(&self, documents: &[OwnDocument]) -> Self {
        let mut resolver = Resolver::new(self, documents, None);
        let mut catalogue = self.clone();
        for document in documents {
            let id = document.metric.id.metric();
            match resolver.outcome(id) {
                _ if document.is_retired => drop(catalogue.unusable.insert(id.clone(), Unusable::Retired)),
                Some(Ok((metric, _))) => drop(catalogue.metrics.insert(id.clone(), metric)),
                Some(Err(mistakes)) => drop(catalogue.unusable.insert(id.clone(), Unusable::Broken(mistakes))),
                None => {}
            }
        }
        catalogue
    }

    /// Looks one of the own metrics over that there are to be, with the grants of whoever composes it: the metric, or all
    /// that is wrong with it. What was right `before` and is made of it must stay right as well.
    pub(in crate::metrics) fn check_own(
        &self,
        before: &[OwnDocument],
        after: &[OwnDocument],
        id: &MetricId,
        scope: &Scope,
    ) -> Result<Arc<Metric>, Vec<Mistake>> {
        let documents = before;
        let mut after = Resolver::new(self, after, Some((id, scope)));
        let (metric, _) = after.outcome(id).unwrap_or_else(|| Err(Vec::new()))?;
        let mut before = Resolver::new(self, documents, None);
        let mut broken = Vec::new();
        for document in documents.iter().filter(|document| !document.is_retired) {
            let other = document.metric.id.metric();
            let was_right = before.outcome(other).is_some_and(|outcome| outcome.is_ok());
            if was_right && let Some(Err(mistakes)) = after.outcome(other) {
                let reason = mistakes.first().map(ToString::to_string).unwrap_or_default();
                broken.push(Mistake::new("value", Rule::Breaks { id: other.to_string(), reason }));
            }
        }
        if broken.is_empty() { Ok(metric) } else { Err(broken) }
    }
}

impl Catalogue {
    /// All kinds of data that a composition is made of, also where it can't be worked out.
    pub(in crate::metrics) fn domains_of(&self, composition: &Composition, own: &[OwnDocument]) -> Vec<Domain> {
        let mut domains = BTreeSet::new();
        self.gather_domains(composition, own, MAX_CHAIN, &mut domains);
        domains.into_iter().collect()
    }

    fn gather_domains(
        &self,
        composition: &Composition,
        own: &[OwnDocument],
        chain: usize,
        domains: &mut BTreeSet<Domain>,
    ) {
        for (_, term) in composition.terms("") {
            match &term.source {
                TermSource::Measure { id, .. } => domains.extend(self.composable(id).map(|known| known.domain)),
                TermSource::Metric { id, .. } => {
                    let inner = own.iter().find(|document| document.metric.id.metric() == id);
                    match (self.metric(id), inner) {
                        (Some(metric), _) => domains.extend(metric.domains.iter().copied()),
                        (None, Some(inner)) if chain > 0 => {
                            self.gather_domains(&inner.metric.value, own, chain - 1, domains);
                        }
                        (None, Some(_) | None) => {}
                    }
                }
            }
        }
    }

    /// What is wrong with an own metric that can't be worked out any more.
    pub(in crate::metrics) fn broken(&self, id: &MetricId) -> Vec<Mistake> {
        match self.unusable(id) {
            Some(Unusable::Broken(mistakes)) => mistakes.clone(),
            Some(Unusable::Retired) | None => Vec::new(),
        }
    }
}

/// The living own metrics that are made of this one, directly.
pub(crate) fn made_of<'a>(documents: &'a [OwnDocument], id: &OwnMetricId) -> Vec<&'a OwnMetricId> {
    let uses = |document: &&OwnDocument| !document.is_retired && document.metric.value.metrics().contains(id.metric());
    documents.iter().filter(uses).map(|document| &document.metric.id).collect()
}

/// Works own metrics out in the order in which they are made of one another.
struct Resolver<'a> {
    shipped: &'a Catalogue,
    documents: BTreeMap<&'a MetricId, &'a OwnDocument>,
    /// The one that is being composed, and by whose grants.
    draft: Option<(&'a MetricId, &'a Scope)>,
    done: BTreeMap<MetricId, Outcome>,
    /// What is being worked out just now.
    path: BTreeSet<MetricId>,
}

impl<'a> Resolver<'a> {
    fn new(shipped: &'a Catalogue, documents: &'a [OwnDocument], draft: Option<(&'a MetricId, &'a Scope)>) -> Self {
        let documents = documents.iter().map(|document| (document.metric.id.metric(), document)).collect();
        Self { shipped, documents, draft, done: BTreeMap::new(), path: BTreeSet::new() }
    }

    /// `None` where there is no such own metric.
    fn outcome(&mut self, id: &MetricId) -> Option<Outcome> {
        let document = *self.documents.get(id)?;
        if let Some(done) = self.done.get(id) {
            return Some(done.clone());
        }
        self.path.insert(id.clone());
        let scope = self.draft.filter(|(draft, _)| *draft == id).map(|(_, scope)| scope);
        let shipped = self.shipped;
        let mut chain = 0;
        let mut find = |term: &MetricId| {
            let (metric, length) = self.term(term, scope.is_some())?;
            chain = chain.max(length);
            Ok(metric)
        };
        let composer = Composer { catalogue: shipped, scope, find: &mut find, mistakes: Vec::new() };
        let composed = composer.compose(&document.metric, document.version);
        let outcome = composed.and_then(|metric| {
            if chain < MAX_CHAIN {
                Ok((Arc::new(metric), chain + 1))
            } else {
                Err(vec![Mistake::new("value", Rule::TooDeep { limit: MAX_CHAIN })])
            }
        });
        self.path.remove(id);
        self.done.insert(id.clone(), outcome.clone());
        Some(outcome)
    }

    /// A metric that another one is made of, and how many own ones it is itself made of, one after the other.
    fn term(&mut self, id: &MetricId, is_composed_now: bool) -> Result<(Arc<Metric>, usize), Rule> {
        let name = || id.to_string();
        if self.path.contains(id) {
            return Err(Rule::Cycle { through: name() });
        }
        if let Some(metric) = self.shipped.metric(id) {
            return Ok((Arc::clone(metric), 0));
        }
        let is_retired = self.documents.get(id).is_some_and(|document| document.is_retired);
        match self.outcome(id) {
            Some(Ok(_)) if is_retired && is_composed_now => Err(Rule::Retired { id: name() }),
            Some(Ok(found)) => Ok(found),
            Some(Err(mistakes)) if mistakes.iter().any(|it| matches!(it.rule, Rule::Cycle { .. })) => {
                Err(Rule::Cycle { through: name() })
            }
            Some(Err(_)) => Err(Rule::Broken { id: name() }),
            None => Err(Rule::UnknownMetric { id: name() }),
        }
    }
}
