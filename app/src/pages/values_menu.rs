//! The values of a dimension, to be ticked: those that occur in somebody's scope, read when the list is opened.

use crate::{
    error::AppError,
    i18n::text,
    pages::filter_words::{subject_name, values_words},
    time::after,
};
use components::{
    controls::{CheckMenu, Choice, Offer},
    tile::Names,
};
use leptos::{prelude::*, task::spawn_local};
use model::{
    board::{FilterSubject, MAX_CHOSEN},
    formatting::Locale,
    metric::DimensionId,
};
use std::{future::Future, time::Duration};

/// A pause in typing after which the server is asked.
const SEARCH_PAUSE: Duration = Duration::from_millis(200);
/// How the list writes the value "unknown", which no other value can be.
const UNKNOWN: &str = "\u{0}";

/// A menu of values; none ticked lets all in.
#[component]
pub(crate) fn ValuesMenu<Ask, Answer>(
    dimension: DimensionId,
    names: Signal<Names>,
    locale: Signal<Locale>,
    #[prop(into)] chosen: Signal<Vec<Option<String>>>,
    /// Asks for values that contain a text.
    ask: Ask,
    #[prop(into)] on_change: Callback<Vec<Option<String>>>,
) -> impl IntoView
where
    Ask: Fn(String) -> Answer + Send + Sync + 'static,
    Answer: Future<Output = Result<Vec<String>, AppError>> + 'static,
{
    let dimension = StoredValue::new(dimension);
    let ask = StoredValue::new(ask);
    let name = Signal::derive(move || {
        names.with(|names| subject_name(&FilterSubject::Dimension(dimension.get_value()), names, locale.get()))
    });
    let ticked: Signal<Vec<String>> = Signal::from(Memo::new(move |_| {
        chosen.get().into_iter().map(|value| value.unwrap_or_else(|| UNKNOWN.to_owned())).collect()
    }));
    let summary = Signal::derive(move || {
        chosen.with(|values| {
            if values.is_empty() {
                return text!(locale.get(), filters.all).to_owned();
            }
            names.with(|names| dimension.with_value(|dimension| values_words(dimension, values, names, locale.get())))
        })
    });
    let found = RwSignal::new(None::<Option<Vec<String>>>);
    let asked = StoredValue::new(String::new());
    let on_search = Callback::new(move |search: String| {
        asked.set_value(search.clone());
        let pause = if search.is_empty() { Duration::ZERO } else { SEARCH_PAUSE };
        after(pause, move || {
            if asked.try_get_value().as_ref() != Some(&search) {
                return;
            }
            let Some(answer) = ask.try_with_value(|ask| ask(search.clone())) else { return };
            spawn_local(async move {
                let answer = answer.await;
                // An answer to an earlier search may come after that to a later one.
                if asked.try_get_value().as_ref() == Some(&search) {
                    let before = found.get_untracked().flatten().filter(|_| !search.is_empty());
                    let offered = answer.ok().map(|values| offered(before, ticked.get_untracked(), values));
                    let _ = found.try_update(|found| *found = Some(offered));
                }
            });
        });
    });
    let offer = Signal::derive(move || match found.get() {
        None => Offer::Awaited,
        Some(None) => Offer::Failed(text!(locale.get(), filters.not_loaded).to_owned()),
        Some(Some(values)) => {
            let named = |value: String| {
                let label = names.with(|names| {
                    let value = (value != UNKNOWN).then_some(value.as_str());
                    dimension.with_value(|dimension| names.value(dimension.as_str(), value, locale.get()))
                });
                Choice::new(value, label)
            };
            Offer::There(values.into_iter().map(named).collect())
        }
    });
    let on_tick = Callback::new(move |values: Vec<String>| {
        let kept = |value: String| (value != UNKNOWN).then_some(value);
        on_change.run(values.into_iter().take(MAX_CHOSEN).map(kept).collect());
    });
    view! {
        <CheckMenu
            name=format!("filter-{}", dimension.get_value())
            label=name
            summary
            search_label=Signal::derive(move || text!(locale.get(), filters.search, name = name.get()))
            offer
            chosen=ticked
            locale
            on_search
            on_change=on_tick
        />
    }
    .into_any()
}

/// What is ticked stands first and can be let go, also where it does not occur any more; what is found by searching joins
/// what was offered before, which is searched by its names too. In this order all stays while it is ticked and let go.
fn offered(before: Option<Vec<String>>, ticked: Vec<String>, found: Vec<String>) -> Vec<String> {
    let mut offered = before.unwrap_or(ticked);
    for value in found {
        if !offered.contains(&value) {
            offered.push(value);
        }
    }
    offered
}

#[cfg(test)]
mod tests {
    use super::offered;

    #[test]
    fn the_list_keeps_its_order_and_grows_by_what_is_found() {
        let values = |values: &[&str]| values.iter().map(|value| (*value).to_owned()).collect::<Vec<_>>();
        let first = offered(None, values(&["ZJ"]), values(&["GD", "ZJ"]));
        assert_eq!(first, ["ZJ", "GD"]);
        assert_eq!(offered(Some(first), values(&["GD", "ZJ"]), values(&["XZ"])), ["ZJ", "GD", "XZ"]);
    }
}
