//! The bar above every page.

use super::{LanguageMenu, QuickSearch, ThemeMenu, ThemeSheet, account_menu::AccountMenu};
use crate::{
    i18n::{live_text, use_locale},
    routes,
};
use leptos::prelude::*;
use model::{access::Account, appearance::Paint};
use std::sync::Arc;

/// The bar and the page under it.
#[component]
pub(crate) fn Frame(
    account: Arc<Account>,
    /// What the page itself puts into the bar: its title and its state.
    #[prop(optional, into)]
    heading: ViewFnOnce,
    /// What can be done with the page.
    #[prop(optional, into)]
    actions: ViewFnOnce,
    /// What the page is painted in, where it is not what the reader prefers.
    #[prop(optional, into)]
    paint: Signal<Option<Paint>>,
    children: Children,
) -> impl IntoView {
    let locale = use_locale();
    let organisation = account.organisation.clone();
    view! {
        <div class="frame" data-board-theme=move || paint.get().map(Paint::name)>
            <ThemeSheet paint />
            <a class="skip-link" href="#content" rel="external">
                {live_text!(locale, common.skip)}
            </a>
            <header class="topbar">
                <a class="topbar__brand" href=routes::BOARDS title=live_text!(locale, common.to_boards)>
                    <Mark />
                    <span class="topbar__organisation">{organisation}</span>
                </a>
                <div class="topbar__heading">{heading.run()}</div>
                <div class="topbar__actions">{actions.run()}</div>
                <div class="topbar__tools">
                    <QuickSearch />
                    <LanguageMenu />
                    <ThemeMenu />
                    <AccountMenu account />
                </div>
            </header>
            {children()}
        </div>
    }
}

/// The mark of the product: three tiles and a moving one.
#[component]
pub(crate) fn Mark() -> impl IntoView {
    view! {
        <svg class="mark" viewBox="0 0 24 24" width="24" height="24" aria-hidden="true" focusable="false">
            <rect class="mark__tile" x="2" y="2" width="9" height="13" rx="2" />
            <rect class="mark__tile" x="2" y="17" width="9" height="5" rx="2" />
            <rect class="mark__tile" x="13" y="11" width="9" height="11" rx="2" />
            <rect class="mark__moving" x="13" y="2" width="9" height="7" rx="2" />
        </svg>
    }
}
