//! Fewer scans: requests that read the same rows become one statement.
//!
//! Requests of one base and one grouping are measures of one statement. Beyond that, sums and counts split one way can
//! be added up from a finer split, so small groupings of one base are answered together from a common finer one, as
//! long as that stays small too. Distinct counts can't be added up and keep a grouping of their own.

use super::{GroupKey, Request, ScopedMeasure, Statement};
use crate::metrics::catalogue::{Catalogue, Source};
use std::collections::BTreeSet;

/// The most groups that a common finer split may be expected to have.
const MOST_GROUPS: u64 = 4_096;
/// What is expected where there may be many values.
const MANY: u64 = 100_000;

/// Where a request is answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::metrics) struct Answer {
    /// Index into [`Merged::statements`].
    pub statement: usize,
    /// The columns of the request's keys, in their order.
    pub keys: Vec<usize>,
    pub measure: usize,
    /// The columns of the newest event received and of whether any is simulated; programme lists have none.
    pub newest: usize,
}

/// Statements, and which of them answers which request.
#[derive(Debug, Default)]
pub(in crate::metrics) struct Merged {
    pub statements: Vec<Statement>,
    /// In the order of the requests.
    pub answers: Vec<Answer>,
}

/// A statement to be: its keys grow until no more requests join.
struct Cluster<'a> {
    keys: BTreeSet<GroupKey>,
    requests: Vec<&'a Request>,
    adds_up: bool,
}

/// Puts requests together. The same requests always become the same statements, in the same order.
pub(in crate::metrics) fn merge(catalogue: &Catalogue, requests: &[Request]) -> Merged {
    let mut bases: Vec<(&super::Base, Vec<&Request>)> = Vec::new();
    for request in requests {
        match bases.iter_mut().find(|(base, _)| **base == request.base) {
            Some((_, members)) => members.push(request),
            None => bases.push((&request.base, vec![request])),
        }
    }
    let mut statements = Vec::new();
    for (base, members) in bases {
        for cluster in clusters(catalogue, &members) {
            let measures: BTreeSet<ScopedMeasure> =
                cluster.requests.iter().map(|request| request.measure.clone()).collect();
            statements.push(Statement {
                base: base.clone(),
                keys: cluster.keys.into_iter().collect(),
                measures: measures.into_iter().collect(),
            });
        }
    }
    let answers = requests.iter().filter_map(|request| answer(&statements, request)).collect();
    Merged { statements, answers }
}

fn clusters<'a>(catalogue: &Catalogue, requests: &[&'a Request]) -> Vec<Cluster<'a>> {
    let mut sorted: Vec<&Request> = requests.to_vec();
    // The widest first, so that narrower ones find something to join.
    sorted.sort_by_key(|request| {
        std::cmp::Reverse((expected_groups(catalogue, request.keys.iter()), request.keys.clone()))
    });
    let mut clusters: Vec<Cluster<'a>> = Vec::new();
    for request in sorted {
        let keys: BTreeSet<GroupKey> = request.keys.iter().cloned().collect();
        let adds_up = may_be_finer(request);
        // What joining would make of a cluster: nothing where it can't, else how many groups.
        let joined = |cluster: &Cluster<'_>| {
            let groups = expected_groups(catalogue, cluster.keys.union(&keys));
            let fits = if adds_up && cluster.adds_up {
                groups <= MOST_GROUPS || keys.is_subset(&cluster.keys)
            } else {
                cluster.keys == keys && cluster.adds_up == adds_up
            };
            fits.then_some(groups)
        };
        let smallest = clusters.iter().enumerate().filter_map(|(index, cluster)| Some((joined(cluster)?, index))).min();
        match smallest.and_then(|(_, index)| clusters.get_mut(index)) {
            Some(cluster) => {
                cluster.keys.extend(keys);
                cluster.requests.push(request);
            }
            None => clusters.push(Cluster { keys, requests: vec![request], adds_up }),
        }
    }
    // Sums ride along with a distinct count of the same grouping.
    let (sums, mut others): (Vec<_>, Vec<_>) = clusters.into_iter().partition(|cluster| cluster.adds_up);
    for cluster in sums {
        match others.iter_mut().find(|other| other.keys == cluster.keys) {
            Some(other) => other.requests.extend(cluster.requests),
            None => others.push(cluster),
        }
    }
    others
}

/// Whether the request can be answered from a finer split. Stocks and programme lists are small as they are, and derived rows
/// are told apart by what they are split by.
fn may_be_finer(request: &Request) -> bool {
    let ordinary = |key: &GroupKey| match key {
        GroupKey::Dimension(_) | GroupKey::Step(_) | GroupKey::Bucket(_) | GroupKey::Minute => true,
        GroupKey::OpenedDay
        | GroupKey::ClosedDay
        | GroupKey::AiringChannel
        | GroupKey::AiringStart
        | GroupKey::AiringStop => false,
    };
    let is_fact = matches!(request.base.source, Source::Fact(_));
    is_fact && request.adds_up() && request.keys.iter().all(ordinary)
}

fn expected_groups<'a>(catalogue: &Catalogue, keys: impl Iterator<Item = &'a GroupKey>) -> u64 {
    keys.map(|key| match key {
        GroupKey::Dimension(id) => {
            catalogue.dimension(id).and_then(|dimension| dimension.about).map_or(MANY, u64::from)
        }
        GroupKey::Step(steps) => steps.count as u64,
        GroupKey::Bucket(_) => 500,
        GroupKey::Minute | GroupKey::AiringChannel | GroupKey::AiringStart | GroupKey::AiringStop => MANY,
        GroupKey::OpenedDay | GroupKey::ClosedDay => 30,
    })
    .fold(1, u64::saturating_mul)
}

fn answer(statements: &[Statement], request: &Request) -> Option<Answer> {
    let column = |statement: &Statement, key: &GroupKey| statement.keys.iter().position(|other| other == key);
    statements.iter().enumerate().find_map(|(index, statement)| {
        let fits = statement.base == request.base
            && (request.adds_up() && may_be_finer(request) || statement.keys == request.keys);
        if !fits {
            return None;
        }
        let measure = statement.measures.iter().position(|measure| *measure == request.measure)?;
        let keys = request.keys.iter().map(|key| column(statement, key)).collect::<Option<Vec<_>>>()?;
        let first = statement.keys.len();
        Some(Answer { statement: index, keys, measure: first + measure, newest: first + statement.measures.len() })
    })
}
