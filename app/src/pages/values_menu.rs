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
    /// Where it stands, where there may be more than one of a dimension on the page.
    #[prop(optional, into)]
    place: String,
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
    let list = RwSignal::new(ValuesList::default());
    let asked = StoredValue::new(Asked::default());
    let on_search = Callback::new(move |search: String| {
        asked.update_value(|asked| asked.note(&search));
        let Some(now) = asked.try_get_value() else { return };
        let pause = if search.is_empty() { Duration::ZERO } else { SEARCH_PAUSE };
        after(pause, move || {
            // What was typed on meanwhile is asked for instead.
            let is_wanted = move |now: &Asked| asked.try_get_value().is_some_and(|latest| latest.still_wants(now));
            if !is_wanted(&now) {
                return;
            }
            let Some(answer) = ask.try_with_value(|ask| ask(now.search.clone())) else { return };
            spawn_local(async move {
                let answer = answer.await.ok();
                if is_wanted(&now) {
                    let ticked = ticked.get_untracked();
                    let _ = list.try_update(|list| list.take(&now, answer, ticked));
                }
            });
        });
    });
    let offer = Signal::derive(move || match list.with(ValuesList::values) {
        Values::Awaited => Offer::Awaited,
        Values::NotLoaded => Offer::Failed(text!(locale.get(), filters.not_loaded).to_owned()),
        Values::There(values) => {
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
            name=format!("filter-{}{place}", dimension.get_value())
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

/// What the server was last asked for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Asked {
    /// How often it was asked for the whole list: with each opening, and where a search is taken back.
    listing: u32,
    search: String,
}

impl Asked {
    fn note(&mut self, search: &str) {
        self.listing += u32::from(search.is_empty());
        search.clone_into(&mut self.search);
    }

    /// The whole list is wanted also while it is searched: names are known only here, so only what is in it is found by its
    /// name. Of searches only the latest counts.
    fn still_wants(&self, earlier: &Self) -> bool {
        self.listing == earlier.listing && (earlier.search.is_empty() || self.search == earlier.search)
    }
}

/// What has come of a list of values and of the searches in it.
#[derive(Debug, Clone, Default)]
struct ValuesList {
    whole: Values,
    /// By searches since the whole list was asked for the last time.
    found: Vec<String>,
    found_in: u32,
    /// The latest search had no answer.
    has_missed: bool,
}

/// What a list can show.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
enum Values {
    #[default]
    Awaited,
    NotLoaded,
    There(Vec<String>),
}

impl ValuesList {
    /// An answer of the server; `None`: there was none.
    fn take(&mut self, asked: &Asked, answer: Option<Vec<String>>, ticked: Vec<String>) {
        if self.found_in != asked.listing {
            self.found_in = asked.listing;
            self.found.clear();
            self.has_missed = false;
        }
        if asked.search.is_empty() {
            // What is ticked stands first and can be let go, also where it does not occur any more.
            self.whole = answer.map_or(Values::NotLoaded, |values| Values::There(joined(ticked, &values)));
        } else {
            self.has_missed = answer.is_none();
            self.found = joined(std::mem::take(&mut self.found), &answer.unwrap_or_default());
        }
    }

    /// What was found by searching joins what was offered before. In this order all stays while it is ticked and let go.
    fn values(&self) -> Values {
        match &self.whole {
            _ if self.has_missed => Values::NotLoaded,
            Values::Awaited => Values::Awaited,
            Values::NotLoaded if self.found.is_empty() => Values::NotLoaded,
            Values::NotLoaded => Values::There(self.found.clone()),
            Values::There(whole) => Values::There(joined(whole.clone(), &self.found)),
        }
    }
}

fn joined(mut values: Vec<String>, more: &[String]) -> Vec<String> {
    for value in more {
        if !values.contains(value) {
            values.push(value.clone());
        }
    }
    values
}

#[cfg(test)]
mod tests {
    use super::*;

    fn values(values: &[&str]) -> Vec<String> {
        values.iter().map(|value| (*value).to_owned()).collect()
    }

    fn asked(listing: u32, search: &str) -> Asked {
        Asked { listing, search: search.to_owned() }
    }

    #[test]
    fn the_list_keeps_its_order_and_grows_by_what_is_found() {
        let mut list = ValuesList::default();
        list.take(&asked(1, ""), Some(values(&["GD", "ZJ"])), values(&["ZJ"]));
        assert_eq!(list.values(), Values::There(values(&["ZJ", "GD"])));
        list.take(&asked(1, "x"), Some(values(&["GD", "ZJ", "XZ"])), values(&["GD"]));
        assert_eq!(list.values(), Values::There(values(&["ZJ", "GD", "XZ"])));
        // Opened once more, with another one ticked.
        list.take(&asked(2, ""), Some(values(&["GD", "ZJ"])), values(&["XZ"]));
        assert_eq!(list.values(), Values::There(values(&["XZ", "GD", "ZJ"])));
    }

    #[test]
    fn a_search_that_is_answered_first_waits_for_the_list() {
        let mut list = ValuesList::default();
        list.take(&asked(1, "广东"), Some(values(&["广东台"])), Vec::new());
        assert_eq!(list.values(), Values::Awaited);
        list.take(&asked(1, ""), Some(values(&["GD"])), Vec::new());
        assert_eq!(list.values(), Values::There(values(&["GD", "广东台"])));
    }

    #[test]
    fn what_was_not_answered_is_said_until_something_is() {
        let mut list = ValuesList::default();
        list.take(&asked(1, ""), None, Vec::new());
        assert_eq!(list.values(), Values::NotLoaded);
        list.take(&asked(2, ""), Some(Vec::new()), Vec::new());
        assert_eq!(list.values(), Values::There(Vec::new()));
        list.take(&asked(2, "x"), None, Vec::new());
        assert_eq!(list.values(), Values::NotLoaded);
        list.take(&asked(3, ""), Some(values(&["GD"])), Vec::new());
        assert_eq!(list.values(), Values::There(values(&["GD"])));
    }

    #[test]
    fn what_a_search_finds_is_there_also_without_the_list() {
        let mut list = ValuesList::default();
        list.take(&asked(1, ""), None, Vec::new());
        list.take(&asked(1, "x"), Some(Vec::new()), Vec::new());
        assert_eq!(list.values(), Values::NotLoaded, "nothing was found where nothing could be looked through");
        list.take(&asked(1, "xz"), Some(values(&["XZ"])), Vec::new());
        assert_eq!(list.values(), Values::There(values(&["XZ"])));
    }

    #[test]
    fn the_list_is_wanted_while_it_is_searched_and_of_searches_the_latest() {
        let mut asked = Asked::default();
        let mut note = |search: &str| {
            asked.note(search);
            asked.clone()
        };
        let (list, one, two, again) = (note(""), note("广"), note("广东"), note(""));
        assert!(two.still_wants(&list) && two.still_wants(&two));
        assert!(!two.still_wants(&one));
        assert!(again.still_wants(&again) && !again.still_wants(&list) && !again.still_wants(&two));
    }
}
