//! What pages are painted in: the look of the organisation, and the style sheet of a theme of its own.

use leptos::prelude::*;
use model::{
    access::Account,
    appearance::{Appearance, Paint},
};

/// Provides the look of the organisation to everything below: tiles are drawn by it.
pub(super) fn provide_appearance(account: &Account) {
    provide_context(account.appearance.clone());
    provide_context(account.appearance.house.clone());
}

/// The look of the organisation.
pub(crate) fn use_appearance() -> Appearance {
    use_context().unwrap_or_default()
}

/// The style sheet of a theme that an organisation made; nothing for others. Stands within what is painted.
#[component]
pub(crate) fn ThemeSheet(#[prop(into)] paint: Signal<Option<Paint>>) -> impl IntoView {
    let address = move || paint.get().and_then(Paint::style_sheet);
    move || address().map(|href| view! { <link rel="stylesheet" href=href /> })
}
