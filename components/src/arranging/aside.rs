//! What only a screen reader tells: the keys there are, and what just happened.

use super::Arrangement;
use crate::words::Words;
use leptos::prelude::*;

/// The keys of a layout, and what is said about what happens on it.
#[component]
pub(crate) fn SpokenAside<A: Arrangement>(stage: A, keys: Words) -> impl IntoView {
    let (locale, said) = (stage.locale(), stage.arranging().said);
    view! {
        <p id=A::KEYS_ID class="unseen">
            {move || keys.in_locale(locale.get())}
        </p>
        <p class="unseen" role="status" aria-live="polite">
            {move || said.get()}
        </p>
    }
}
