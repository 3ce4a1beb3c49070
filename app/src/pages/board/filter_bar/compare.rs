//! The filter about what numbers are compared with.

use super::super::published::PublishedBoard;
use crate::i18n::{compare_name, live_text, text};
use components::controls::{Icon, IconName};
use leptos::prelude::*;
use model::{board::Reading, time::Compare};

#[component]
pub(in crate::pages::board) fn CompareFilter(published: PublishedBoard, usual: Option<Compare>) -> impl IntoView {
    let locale = published.locale;
    let current = Memo::new(move |_| published.reading.with(|reading| reading.compare.or(usual)));
    let name = move || current.get().map_or("", Compare::name);
    let choices = move || {
        let locale = locale.get();
        let own = usual.is_none().then(|| (String::new(), text!(locale, filters.own_compares)));
        let named = Compare::ALL.into_iter().map(|one| (one.name().to_owned(), compare_name(one, locale)));
        own.into_iter()
            .chain(named)
            .map(|(value, words)| {
                let own = value.clone();
                view! { <option value=value selected=move || name() == own>{words}</option> }
            })
            .collect_view()
    };
    view! {
        <label class="checks__button filters__time">
            <span class="checks__label">{live_text!(locale, filters.compare)}</span>
            <select
                class="filters__select"
                class:filters__select--chosen=move || current.get().is_some()
                prop:value=move || name().to_owned()
                on:change:target=move |event| {
                    let compare = Compare::named(&event.target().value()).filter(|compare| Some(*compare) != usual);
                    published.read_so(move |reading| Reading { compare, ..reading });
                }
            >
                {choices}
            </select>
            <Icon name=IconName::ChevronDown />
        </label>
    }
    .into_any()
}
