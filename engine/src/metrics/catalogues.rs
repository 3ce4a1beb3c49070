//! The catalogue as each organisation has it: what is shipped, and what it added itself.
//!
//! An edition never changes. When an organisation's own metrics move, it gets a new edition with a number that was never
//! used before, and everything that is remembered of an answer is remembered under that number.

use super::catalogue::{Catalogue, OwnDocument};
use model::{access::OrganisationId, metric::CatalogueView};
use parking_lot::RwLock;
use rustc_hash::FxHashMap;
use std::sync::{
    Arc,
    atomic::{AtomicU64, Ordering},
};

/// The catalogue of an organisation from one moment to the next.
#[derive(Debug)]
pub(super) struct Edition {
    pub number: u64,
    pub catalogue: Catalogue,
    /// All metrics and dimensions in it.
    pub whole: Arc<CatalogueView>,
    pub own: Vec<OwnDocument>,
}

/// The editions in force.
#[derive(Debug)]
pub(super) struct Catalogues {
    shipped: Arc<Edition>,
    by_organisation: RwLock<FxHashMap<OrganisationId, Arc<Edition>>>,
    numbers: AtomicU64,
}

impl Catalogues {
    pub(super) fn new(shipped: Catalogue) -> Self {
        let whole = Arc::new(shipped.whole());
        let shipped = Arc::new(Edition { number: 0, catalogue: shipped, whole, own: Vec::new() });
        Self { shipped, by_organisation: RwLock::default(), numbers: AtomicU64::new(1) }
    }

    pub(super) fn shipped(&self) -> &Catalogue {
        &self.shipped.catalogue
    }

    pub(super) fn of(&self, organisation: OrganisationId) -> Arc<Edition> {
        let own = self.by_organisation.read().get(&organisation).map(Arc::clone);
        own.unwrap_or_else(|| Arc::clone(&self.shipped))
    }

    /// From here on the organisation has these own metrics, and no others.
    pub(super) fn put(&self, organisation: OrganisationId, own: Vec<OwnDocument>) {
        if self.of(organisation).own == own {
            return;
        }
        let edition = Arc::new(self.edition(own));
        self.by_organisation.write().insert(organisation, edition);
    }

    /// An edition that is in force nowhere: what there would be with these own metrics.
    pub(super) fn edition(&self, own: Vec<OwnDocument>) -> Edition {
        let catalogue = self.shipped.catalogue.with_own(&own);
        let whole = Arc::new(catalogue.whole());
        Edition { number: self.numbers.fetch_add(1, Ordering::Relaxed), catalogue, whole, own }
    }

    /// The organisations that have metrics of their own.
    pub(super) fn organisations(&self) -> Vec<OrganisationId> {
        self.by_organisation.read().keys().copied().collect()
    }
}
