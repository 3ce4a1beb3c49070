//! A button that opens a list in which several things can be ticked, with a search above it.

use super::{Choice, Icon, IconName, menu::is_within};
use crate::words;
use leptos::{ev, html, prelude::*};
use model::formatting::Locale;
use wasm_bindgen::JsCast as _;

/// What the list has to offer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Offer {
    /// On its way.
    Awaited,
    /// It could not be read, in the reader's words.
    Failed(String),
    There(Vec<Choice>),
}

/// Ticks are told one by one as they are made; Escape closes and gives the focus back.
#[component]
pub fn CheckMenu(
    /// Unique on the page.
    #[prop(into)]
    name: String,
    /// What is chosen: `省份`.
    #[prop(into)]
    label: Signal<String>,
    /// What is chosen now, in a few words: `浙江、广东`.
    #[prop(into)]
    summary: Signal<String>,
    #[prop(into)] search_label: Signal<String>,
    #[prop(into)] offer: Signal<Offer>,
    #[prop(into)] chosen: Signal<Vec<String>>,
    #[prop(into)] locale: Signal<Locale>,
    /// The list was opened, or is searched.
    on_search: Callback<String>,
    on_change: Callback<Vec<String>>,
) -> impl IntoView {
    let is_open = RwSignal::new(false);
    let search = RwSignal::new(String::new());
    let whole = NodeRef::<html::Div>::new();
    let button = NodeRef::<html::Button>::new();
    let field = NodeRef::<html::Input>::new();
    let list_id = StoredValue::new(format!("check-{name}"));
    // The field exists on the page only after the signal is seen.
    Effect::new(move |_| {
        if let (true, Some(field)) = (is_open.get(), field.get()) {
            let _ = field.focus();
        }
    });
    let open = move || {
        search.set(String::new());
        is_open.set(true);
        on_search.run(String::new());
    };
    let press = move |event: ev::KeyboardEvent| {
        if event.key() == "Escape" && is_open.get_untracked() {
            event.stop_propagation();
            event.prevent_default();
            is_open.set(false);
            let _ = button.get_untracked().map(|button| button.focus());
        }
    };
    // Closes when the focus leaves, by pointer or by Tab. A press on what takes no focus stays inside.
    let leave = move |event: ev::FocusEvent| {
        let to = event.related_target().and_then(|target| target.dyn_into::<web_sys::Node>().ok());
        let inside = to.is_some_and(|target| is_within(whole, &target));
        if !inside {
            is_open.try_set(false);
        }
    };
    let tick = move |value: &str, is_ticked: bool| {
        let mut now = chosen.get_untracked();
        now.retain(|chosen| chosen != value);
        if is_ticked {
            now.push(value.to_owned());
        }
        on_change.run(now);
    };
    let entries = move || match offer.get() {
        Offer::Awaited => {
            view! { <p class="checks__note" role="status">{move || words::LOADING.in_locale(locale.get())}</p> }
                .into_any()
        }
        Offer::Failed(reason) => view! { <p class="checks__note" role="status">{reason}</p> }.into_any(),
        Offer::There(choices) => {
            let shown: Vec<Choice> =
                search.with(|search| choices.into_iter().filter(|choice| choice.matches(search)).collect());
            if shown.is_empty() {
                let nothing = move || words::NOTHING_FOUND.in_locale(locale.get());
                return view! { <p class="checks__note" role="status">{nothing}</p> }.into_any();
            }
            let entry = |choice: Choice| {
                let (own, value) = (choice.value.clone(), choice.value);
                let is_ticked = Memo::new(move |_| chosen.with(|chosen| chosen.contains(&own)));
                view! {
                    <label class="checks__entry">
                        <input
                            type="checkbox"
                            class="checks__box"
                            prop:checked=move || is_ticked.get()
                            on:change:target=move |event| tick(&value, event.target().checked())
                        />
                        <span class="checks__name">{choice.label}</span>
                    </label>
                }
            };
            shown.into_iter().map(entry).collect_view().into_any()
        }
    };
    view! {
        <div class="checks" node_ref=whole on:keydown=press on:focusout=leave>
            <button
                type="button"
                node_ref=button
                class="checks__button"
                class:checks__button--chosen=move || !chosen.with(Vec::is_empty)
                aria-expanded=move || is_open.get().to_string()
                aria-controls=list_id.get_value()
                on:click=move |_| if is_open.get_untracked() { is_open.set(false) } else { open() }
            >
                <span class="checks__label">{move || label.get()}</span>
                <span class="checks__summary">{move || summary.get()}</span>
                <Icon name=IconName::ChevronDown />
            </button>
            <div
                id=list_id.get_value()
                class="checks__panel"
                hidden=move || !is_open.get()
                role="group"
                aria-label=move || label.get()
                // So that a press beside the entries does not take the focus out of the panel.
                tabindex="-1"
            >
                <Show when=move || is_open.get()>
                    <input
                        type="search"
                        node_ref=field
                        class="field__control checks__search"
                        aria-label=move || search_label.get()
                        placeholder=move || search_label.get()
                        prop:value=move || search.get()
                        on:input:target=move |event| {
                            search.set(event.target().value());
                            on_search.run(event.target().value());
                        }
                    />
                    <div class="checks__list">{entries}</div>
                    <Show when=move || !chosen.with(Vec::is_empty)>
                        <button type="button" class="button button--quiet" on:click=move |_| on_change.run(Vec::new())>
                            {move || words::LET_ALL_IN.in_locale(locale.get())}
                        </button>
                    </Show>
                </Show>
            </div>
        </div>
    }
    .into_any()
}
