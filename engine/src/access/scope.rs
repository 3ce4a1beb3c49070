//! What a principal may see: a map domain → set of (organisation, region).
//!
//! It is the union of grants, kept domain by domain. A product of unions would leak: a grant of audience in Zhejiang
//! and one of orders in Guangdong must not give orders in Zhejiang. There is no "all": a national scope lists every
//! region that was granted, and rows of unknown province need a grant of their own.

use model::{
    access::{OrganisationId, ScopeSummary},
    geo::Region,
    metric::Domain,
};
use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

/// Pairs of (organisation, region).
pub type ScopePairs = BTreeSet<(OrganisationId, Region)>;

/// The pairs of a domain for which nothing is granted.
static NO_PAIRS: ScopePairs = ScopePairs::new();

/// What a principal may see, never empty. Made only from grants read from the database: its fields are private, and
/// it has neither a `Default` nor a `Deserialize`.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Scope {
    /// Whose catalogue they choose from: that of the organisation they belong to, whatever data they were granted.
    organisation: OrganisationId,
    /// No set in it is empty, and there is at least one. Every query carries a scope along, so that is shared.
    granted: Arc<BTreeMap<Domain, ScopePairs>>,
    /// Whether single play sessions may be shown, and not only numbers made of many. It stands here and not beside, so that
    /// whatever is shared by scope (cached answers, streams of boards) is never shared with somebody who may not.
    sees_sessions: bool,
}

impl Scope {
    /// The union of somebody's grants, domain by domain; `None` where nothing is granted at all.
    pub(super) fn of_grants(
        organisation: OrganisationId,
        grants: impl IntoIterator<Item = (Domain, OrganisationId, Region)>,
    ) -> Option<Self> {
        let mut granted = BTreeMap::<Domain, ScopePairs>::new();
        for (domain, organisation, region) in grants {
            granted.entry(domain).or_default().insert((organisation, region));
        }
        if granted.is_empty() {
            None
        } else {
            Some(Self { organisation, granted: Arc::new(granted), sees_sessions: false })
        }
    }

    /// The same for somebody who may be shown single sessions, or may not.
    #[must_use]
    pub(super) fn with_sessions(self, sees_sessions: bool) -> Self {
        Self { sees_sessions, ..self }
    }

    /// Whether single play sessions may be shown.
    pub const fn sees_sessions(&self) -> bool {
        self.sees_sessions
    }

    /// The organisation that they belong to.
    pub const fn organisation(&self) -> OrganisationId {
        self.organisation
    }

    /// Pairs granted for a domain; empty where nothing is granted.
    pub fn pairs(&self, domain: Domain) -> &ScopePairs {
        self.granted.get(&domain).unwrap_or(&NO_PAIRS)
    }

    /// The domains for which anything is granted.
    pub fn domains(&self) -> impl Iterator<Item = Domain> + '_ {
        self.granted.keys().copied()
    }

    /// Whether everything in `other` is granted here too. A grant may only pass on what its giver holds.
    pub fn covers(&self, other: &Self) -> bool {
        other.granted.iter().all(|(domain, pairs)| pairs.is_subset(self.pairs(*domain)))
    }

    /// For display: regions by domain, without organisations.
    pub fn summary(&self) -> ScopeSummary {
        let regions = self
            .granted
            .iter()
            .map(|(domain, pairs)| (*domain, pairs.iter().map(|(_, region)| *region).collect()))
            .collect();
        ScopeSummary { regions }
    }

    /// The same of one organisation's data alone.
    pub(super) fn held_of(&self, organisation: OrganisationId) -> ScopeSummary {
        let of_organisation = |pairs: &ScopePairs| -> BTreeSet<Region> {
            pairs.iter().filter(|(owner, _)| *owner == organisation).map(|(_, region)| *region).collect()
        };
        let regions = self.granted.iter().map(|(domain, pairs)| (*domain, of_organisation(pairs)));
        ScopeSummary { regions: regions.filter(|(_, regions)| !regions.is_empty()).collect() }
    }

    /// A scope of these pairs for somebody of the home organisation, for tests of the parts that need one.
    ///
    /// # Panics
    /// When there are none: an empty scope can't be made.
    #[cfg(test)]
    pub(crate) fn for_tests(pairs: BTreeMap<Domain, ScopePairs>) -> Self {
        let grants = pairs.into_iter().flat_map(|(domain, pairs)| {
            pairs.into_iter().map(move |(organisation, region)| (domain, organisation, region))
        });
        Self::of_grants(super::HOME, grants).expect("a scope holds at least one pair")
    }

    /// The same for an editor.
    #[cfg(test)]
    pub(crate) fn with_sessions_for_tests(self) -> Self {
        self.with_sessions(true)
    }

    /// The same for somebody of another organisation.
    #[cfg(test)]
    pub(crate) fn held_by(&self, organisation: OrganisationId) -> Self {
        Self { organisation, ..self.clone() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use model::geo::Province;
    use proptest::prelude::*;

    const HOME: OrganisationId = OrganisationId(1);
    const ZJ: Region = Region::Province(Province::ZJ);
    const GD: Region = Region::Province(Province::GD);

    #[test]
    fn grants_do_not_leak_from_one_domain_into_another() {
        let scope = Scope::for_tests(BTreeMap::from([
            (Domain::Audience, ScopePairs::from([(HOME, ZJ)])),
            (Domain::Orders, ScopePairs::from([(HOME, GD)])),
        ]));
        assert_eq!(scope.pairs(Domain::Audience), &BTreeSet::from([(HOME, ZJ)]));
        assert_eq!(scope.pairs(Domain::Orders), &BTreeSet::from([(HOME, GD)]));
        assert!(scope.pairs(Domain::Quality).is_empty());
    }

    #[test]
    fn a_scope_of_nothing_is_no_scope() {
        assert_eq!(Scope::of_grants(HOME, []), None);
    }

    fn grants() -> impl Strategy<Value = Vec<(Domain, OrganisationId, Region)>> {
        let domain = prop::sample::select(Domain::ALL.to_vec());
        let region = prop::sample::select(Region::all().collect::<Vec<_>>());
        prop::collection::vec((domain, (1..4_i32).prop_map(OrganisationId), region), 1..20)
    }

    proptest! {
        #[test]
        fn a_scope_holds_its_grants_and_nothing_else(grants in grants()) {
            let scope = Scope::of_grants(HOME, grants.clone()).unwrap();
            for domain in Domain::ALL {
                for organisation in (1..4).map(OrganisationId) {
                    for region in Region::all() {
                        let held = scope.pairs(domain).contains(&(organisation, region));
                        prop_assert_eq!(held, grants.contains(&(domain, organisation, region)));
                    }
                }
            }
        }

        #[test]
        fn a_part_is_covered_and_an_addition_is_not(grants in grants(), more in grants()) {
            let scope = Scope::of_grants(HOME, grants.clone()).unwrap();
            let wider = Scope::of_grants(HOME, grants.iter().chain(&more).copied()).unwrap();
            prop_assert!(wider.covers(&scope));
            let added = more.iter().any(|grant| !grants.contains(grant));
            prop_assert_eq!(scope.covers(&wider), !added);
        }
    }
}
