//! A switch: on or off, at once.

use leptos::prelude::*;

/// A switch with its words beside it.
#[component]
pub fn Switch(
    #[prop(into)] label: Signal<String>,
    #[prop(into)] checked: Signal<bool>,
    #[prop(optional, into)] disabled: Signal<bool>,
    #[prop(into)] on_change: Callback<bool>,
) -> impl IntoView {
    view! {
        <button
            type="button"
            class="switch"
            role="switch"
            aria-checked=move || checked.get().to_string()
            disabled=move || disabled.get()
            on:click=move |_| on_change.run(!checked.get_untracked())
        >
            <span class="switch__track" aria-hidden="true"></span>
            <span class="switch__label">{move || label.get()}</span>
        </button>
    }
}
