//! Where a query may look: the regions left of a scope.

use crate::access::Scope;
use model::{
    access::OrganisationId,
    geo::Region,
    metric::{Domain, FilterValues},
};
use std::collections::{BTreeMap, BTreeSet};

/// The (organisation, region) pairs that a metric may be worked out from, at least one.
///
/// This is the only thing a plan takes its rows from, and a [`Scope`] is the only thing it is made from, so a plan
/// without a scope can't be written down. There is no "all": what is granted is listed.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct ScopedRegions(BTreeMap<OrganisationId, BTreeSet<Region>>);

impl ScopedRegions {
    /// What is granted for every one of the domains; `None` where that is nothing.
    pub(super) fn of(scope: &Scope, domains: &[Domain]) -> Option<Self> {
        let (first, rest) = domains.split_first()?;
        let granted =
            scope.pairs(*first).iter().filter(|pair| rest.iter().all(|domain| scope.pairs(*domain).contains(pair)));
        Self::from_pairs(granted.copied())
    }

    /// No region at all, for texts that are no statements: nobody can be shown what comes of them.
    pub(super) const fn nowhere() -> Self {
        Self(BTreeMap::new())
    }

    /// What a filter on provinces leaves. What lies outside, and what does not exist, is passed over in silence.
    pub(super) fn narrowed(&self, values: &FilterValues) -> Option<Self> {
        let named = |values: &[Option<String>]| -> BTreeSet<Region> {
            values
                .iter()
                .filter_map(|value| match value {
                    Some(text) => text.parse().ok(),
                    None => Some(Region::Unknown),
                })
                .collect()
        };
        let keep: Box<dyn Fn(Region) -> bool> = match values {
            FilterValues::In(values) => {
                let named = named(values);
                Box::new(move |region| named.contains(&region))
            }
            FilterValues::NotIn(values) => {
                let named = named(values);
                Box::new(move |region| !named.contains(&region))
            }
        };
        Self::from_pairs(self.pairs().filter(|(_, region)| keep(*region)))
    }

    fn from_pairs(pairs: impl Iterator<Item = (OrganisationId, Region)>) -> Option<Self> {
        let mut regions: BTreeMap<OrganisationId, BTreeSet<Region>> = BTreeMap::new();
        for (organisation, region) in pairs {
            regions.entry(organisation).or_default().insert(region);
        }
        (!regions.is_empty()).then_some(Self(regions))
    }

    fn pairs(&self) -> impl Iterator<Item = (OrganisationId, Region)> {
        self.0.iter().flat_map(|(organisation, regions)| regions.iter().map(|region| (*organisation, *region)))
    }

    pub(super) fn by_organisation(&self) -> impl Iterator<Item = (OrganisationId, &BTreeSet<Region>)> {
        self.0.iter().map(|(organisation, regions)| (*organisation, regions))
    }

    /// The same organisations, as programme lists know no provinces.
    pub(super) fn organisations(&self) -> impl Iterator<Item = OrganisationId> {
        self.0.keys().copied()
    }

    /// Every region in it, whatever the organisation, for the columns of a frame.
    pub(super) fn regions(&self) -> BTreeSet<Region> {
        self.0.values().flatten().copied().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::access::Scope;
    use model::geo::Province::{GD, ZJ};

    const ONE: OrganisationId = OrganisationId(1);

    fn scope(pairs: &[(Domain, Region)]) -> Scope {
        let mut granted: BTreeMap<Domain, BTreeSet<(OrganisationId, Region)>> = BTreeMap::new();
        for (domain, region) in pairs {
            granted.entry(*domain).or_default().insert((ONE, *region));
        }
        Scope::for_tests(granted)
    }

    #[test]
    fn a_product_of_unions_does_not_leak() {
        let scope = scope(&[(Domain::Audience, Region::Province(ZJ)), (Domain::Orders, Region::Province(GD))]);
        assert!(
            ScopedRegions::of(&scope, &[Domain::Orders]).unwrap().regions() == BTreeSet::from([Region::Province(GD)])
        );
        assert_eq!(ScopedRegions::of(&scope, &[Domain::Orders, Domain::Audience]), None);
        assert_eq!(ScopedRegions::of(&scope, &[Domain::Web]), None);
        assert_eq!(ScopedRegions::of(&scope, &[]), None);
    }

    #[test]
    fn what_is_forbidden_and_what_does_not_exist_are_the_same() {
        let scope = scope(&[(Domain::Audience, Region::Province(ZJ))]);
        let regions = ScopedRegions::of(&scope, &[Domain::Audience]).unwrap();
        let of = |codes: &[&str]| FilterValues::In(codes.iter().map(|code| Some((*code).to_owned())).collect());
        assert_eq!(regions.narrowed(&of(&["GD"])), None);
        assert_eq!(regions.narrowed(&of(&["Atlantis"])), None);
        assert_eq!(regions.narrowed(&of(&["ZJ", "GD"])), regions.narrowed(&of(&["ZJ", "Atlantis"])));
        assert_eq!(regions.narrowed(&FilterValues::In(vec![None])), None);
        assert_eq!(regions.narrowed(&FilterValues::NotIn(vec![None])), Some(regions.clone()));
    }
}
