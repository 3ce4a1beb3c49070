//! Which kinds of data the cells are about, and whose rows are shown.

use super::draft::{AT_ONCE, DeskState};
use crate::i18n::{domain_name, label, live_text, region_name, text, use_locale};
use components::controls::{Choice, FieldKind, SelectField, TextField};
use leptos::prelude::*;
use model::{geo::Region, metric::Domain};

#[component]
pub(super) fn Choosing(state: DeskState) -> impl IntoView {
    let locale = use_locale();
    let regions = Signal::derive(move || {
        let everybody = Choice::new("", text!(locale.get(), desk.everybody));
        let named = Region::all().map(|region| Choice::new(region.code(), region_name(region, locale.get())));
        std::iter::once(everybody).chain(named).collect::<Vec<_>>()
    });
    let only = Signal::derive(move || state.only.get().map_or("", Region::code).to_owned());
    view! {
        <div class="desk__choosing">
            <fieldset class="desk__domains">
                <legend class="field__label">{live_text!(locale, desk.domains)}</legend>
                {Domain::ALL.into_iter().map(|domain| view! { <DomainChip state domain /> }).collect_view()}
                <button
                    type="button"
                    class="desk__chip desk__chip--every"
                    on:click=move |_| state.domains.set(Domain::ALL.into_iter().collect())
                >
                    {live_text!(locale, desk.every_domain)}
                </button>
            </fieldset>
            <div class="desk__search" role="search">
                <TextField
                    name="desk-search"
                    label=label!(locale, people.search)
                    placeholder=label!(locale, people.search_example)
                    kind=FieldKind::Search
                    value=state.words
                    on_input=move |typed| {
                        state.shown.set(AT_ONCE);
                        state.words.set(typed);
                    }
                />
                <SelectField
                    name="desk-only"
                    label=label!(locale, desk.only)
                    choices=regions
                    value=only
                    on_change=move |chosen: String| state.only.set(chosen.parse().ok())
                />
            </div>
        </div>
    }
    .into_any()
}

/// A kind of data. The last one that is looked at stays: a desk about nothing shows nothing.
#[component]
fn DomainChip(state: DeskState, domain: Domain) -> impl IntoView {
    let locale = use_locale();
    let is_chosen = move || state.domains.with(|domains| domains.contains(&domain));
    let choose = move |_| {
        state.domains.update(|domains| {
            if !domains.remove(&domain) || domains.is_empty() {
                domains.insert(domain);
            }
        });
    };
    view! {
        <button type="button" class="desk__chip" aria-pressed=move || is_chosen().to_string() on:click=choose>
            {move || domain_name(domain, locale.get())}
        </button>
    }
    .into_any()
}
