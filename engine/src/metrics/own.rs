//! The catalogue takes own metrics in, and looks over those that are being composed.

use super::{Metrics, SharedFrame, catalogue::OwnDocument, scoped::ScopedRegions};
use crate::access::Scope;
use model::{
    access::OrganisationId,
    metric::{
        MetricQuery,
        own::{Checked, Composable, Mistake, OwnMetricId},
    },
    problem::Problem,
};

impl Metrics {
    /// From here on the organisation has these own metrics. What was remembered of answers under others is not used again.
    pub(crate) fn put_own(&self, organisation: OrganisationId, own: Vec<OwnDocument>) {
        self.asker.catalogues.put(organisation, own);
    }

    /// The organisations that have metrics of their own.
    pub(crate) fn organisations_with_own(&self) -> Vec<OrganisationId> {
        self.asker.catalogues.organisations()
    }

    /// The own metrics of the scope's organisation, whoever may see them.
    pub(crate) fn own(&self, scope: &Scope) -> Vec<OwnDocument> {
        self.asker.edition(scope).own.clone()
    }

    /// Moves when what the names of the catalogue mean has moved for the scope's organisation.
    pub(crate) fn edition(&self, scope: &Scope) -> u64 {
        self.asker.edition(scope).number
    }

    /// What somebody may compose with.
    pub fn composable(&self, scope: &Scope) -> Composable {
        self.asker.edition(scope).catalogue.composable_view(scope)
    }

    /// Whether something is granted of all that an own metric is made of. To others it does not exist.
    pub(crate) fn is_shown(&self, scope: &Scope, document: &OwnDocument) -> bool {
        let edition = self.asker.edition(scope);
        let domains = edition.catalogue.domains_of(&document.metric.value, &edition.own);
        ScopedRegions::of(scope, &domains).is_some()
    }

    /// Why an own metric can't be worked out any more; nothing where it can.
    pub(crate) fn broken(&self, scope: &Scope, id: &OwnMetricId) -> Vec<Mistake> {
        self.asker.edition(scope).catalogue.broken(id.metric())
    }

    /// Looks a metric over that is to be one of `after`, where there were those of `before`.
    pub(crate) fn check_own(
        &self,
        scope: &Scope,
        before: &[OwnDocument],
        after: &[OwnDocument],
        id: &OwnMetricId,
    ) -> Checked {
        match self.asker.catalogues.shipped().check_own(before, after, id.metric(), scope) {
            Ok(metric) => Checked { mistakes: Vec::new(), derived: Some(metric.derived()) },
            Err(mistakes) => Checked { mistakes, derived: None },
        }
    }

    /// Answers as they would be with these own metrics.
    pub(crate) async fn ask_with_own(
        &self,
        scope: &Scope,
        own: Vec<OwnDocument>,
        queries: &[MetricQuery],
    ) -> Vec<Result<SharedFrame, Problem>> {
        let edition = self.asker.catalogues.edition(own);
        self.asker.ask_many_in(&edition, self.lane, scope, queries).await
    }
}
