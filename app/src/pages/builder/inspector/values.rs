//! The values that a filter's menu offers.

use super::data::Binding;
use crate::{server_functions::filter_values, time::after};
use leptos::{prelude::*, task::spawn_local};
use model::metric::DimensionId;
use std::time::Duration;

/// A pause in typing after which the server is asked.
const SEARCH_PAUSE: Duration = Duration::from_millis(200);

/// The values that occur in this editor's scope, most frequent first, and what was found by searching beside them:
/// the menu looks through all of them by their names too, which the server does not know.
pub(super) fn values_of(
    binding: Binding,
    dimension: StoredValue<DimensionId>,
    search: RwSignal<String>,
) -> RwSignal<Vec<String>> {
    let found = RwSignal::new(Vec::new());
    let metric =
        Memo::new(move |_| binding.choices.with(|choices| choices.as_ref().map(|choices| choices.metric.id.clone())));
    let search = Memo::new(move |_| search.with(|search| search.trim().to_owned()));
    Effect::new(move |_| {
        let Some(metric) = metric.get() else { return };
        let (dimension, wanted) = (dimension.get_value(), search.get());
        let pause = if wanted.is_empty() { Duration::ZERO } else { SEARCH_PAUSE };
        after(pause, move || {
            spawn_local(async move {
                // Without an answer the menu stays as it is and the group can still be removed.
                let Ok(values) = filter_values(metric, dimension, wanted.clone()).await else { return };
                // An answer to an earlier search may come after that to a later one.
                if search.try_get_untracked().as_ref() == Some(&wanted) {
                    let _ = found.try_update(|found| merge(found, values, wanted.is_empty()));
                }
            });
        });
    });
    found
}

/// Puts newly found values behind those that are there, which keep their order; or in their place.
fn merge(found: &mut Vec<String>, values: Vec<String>, replaces: bool) {
    if replaces {
        found.clear();
    }
    for value in values {
        if !found.contains(&value) {
            found.push(value);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::merge;

    #[test]
    fn what_is_found_by_searching_joins_what_is_frequent() {
        let values = |values: &[&str]| values.iter().map(|value| (*value).to_owned()).collect::<Vec<_>>();
        let mut found = values(&["CCTV1", "CCTV2"]);
        merge(&mut found, values(&["CCTV2", "CETV4"]), false);
        assert_eq!(found, ["CCTV1", "CCTV2", "CETV4"]);
        merge(&mut found, values(&["CCTV1"]), true);
        assert_eq!(found, ["CCTV1"]);
    }
}
