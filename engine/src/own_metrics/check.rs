//! A metric that is being composed: what is wrong with it, and what it would show.

use super::OwnMetrics;
use crate::{
    access::Principal,
    metrics::{OwnDocument, SharedFrame},
};
use model::{
    metric::{
        MetricQuery,
        own::{Checked, Composable, Mistake, OwnMetric, Rule},
    },
    problem::Problem,
    text::LocalText,
};

impl OwnMetrics {
    /// What this person may compose with.
    pub fn composable(&self, who: &Principal) -> Result<Composable, Problem> {
        who.require_definer()?;
        Ok(self.metrics().composable(who.scope()?))
    }

    /// Looks over a metric that is not kept yet. `is_new`: its id must not be taken.
    pub fn check(&self, who: &Principal, metric: &OwnMetric, is_new: bool) -> Result<Checked, Problem> {
        who.require_definer()?;
        let scope = who.scope()?;
        let before = self.metrics().own(scope);
        let after = with(&before, &with_texts(metric));
        let mut checked = self.metrics().check_own(scope, &before, &after, &metric.id);
        // What the formula gives can be told before the metric has a name.
        checked.mistakes.extend(metric.mistakes().into_iter().filter(|mistake| !mistake.field.starts_with("value")));
        if is_new && before.iter().any(|document| document.metric.id == metric.id) {
            checked.mistakes.insert(0, taken(metric));
        }
        Ok(checked)
    }

    /// The answers that boards would get if the metric were kept, within the scope of whoever composes it.
    pub async fn preview(
        &self,
        who: &Principal,
        metric: &OwnMetric,
        queries: &[MetricQuery],
    ) -> Result<Vec<Result<SharedFrame, Problem>>, Problem> {
        who.require_definer()?;
        let scope = who.scope()?;
        let before = self.metrics().own(scope);
        let after = with(&before, &with_texts(metric));
        let checked = self.metrics().check_own(scope, &before, &after, &metric.id);
        // Only what may be kept is asked for: the check is what keeps the composer to what is granted.
        if checked.derived.is_none() {
            return Ok(Vec::new());
        }
        Ok(self.metrics().ask_with_own(scope, after, queries).await)
    }
}

/// The same formula under texts that are all right.
fn with_texts(metric: &OwnMetric) -> OwnMetric {
    let filler = || "…".to_owned();
    let both = || LocalText { zh: filler(), en: filler() };
    OwnMetric { name: both(), definition: both(), owner: filler(), source: filler(), ..metric.clone() }
}

pub(super) fn taken(metric: &OwnMetric) -> Mistake {
    Mistake::new("id", Rule::Taken { id: metric.id.to_string() })
}

/// The own metrics with a new version of one among them.
pub(super) fn with(own: &[OwnDocument], metric: &OwnMetric) -> Vec<OwnDocument> {
    let before = own.iter().find(|document| document.metric.id == metric.id);
    let version = before.map_or(1, |document| document.version.saturating_add(1));
    let others = own.iter().filter(|document| document.metric.id != metric.id).cloned();
    others.chain([OwnDocument { metric: metric.clone(), version, is_retired: false }]).collect()
}
