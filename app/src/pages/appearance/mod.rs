//! What an organisation sets for how its boards look: for administrators.
//!
//! - [`conventions`]: which colour rises, the approval number of maps, the theme of boards that choose none
//! - [`themes`]: the themes of the organisation
//! - [`editor`]: one of them, changed; [`preview`]: tiles drawn in it; [`colour_field`]: one of its colours

mod colour_field;
mod conventions;
mod editor;
mod finding_words;
mod preview;
mod themes;
mod workshop;

use crate::{
    chrome::{DocumentTitle, Frame, Loaded, PageData, load},
    error::AppError,
    i18n::{live_text, text, use_locale},
    server_functions::open_appearance,
};
use conventions::Conventions;
use leptos::prelude::*;
use leptos_router::{LazyRoute, lazy_route};
use model::{access::Account, appearance::AppearanceSettings};
use std::sync::Arc;
use themes::Themes;
use workshop::Workshop;

/// Where the look of boards is set. Its code is a part of the bundle that only administrators load.
pub(crate) struct AppearanceRoute {
    data: Resource<Result<PageData<AppearanceSettings>, AppError>>,
}

#[lazy_route]
impl LazyRoute for AppearanceRoute {
    fn data() -> Self {
        Self { data: Resource::new_blocking(|| (), |()| load(open_appearance())) }
    }

    fn view(this: Self) -> AnyView {
        let page = move |account, settings| view! { <AppearancePage account settings /> }.into_any();
        view! { <Loaded data=this.data page /> }.into_any()
    }
}

#[component]
fn AppearancePage(account: Arc<Account>, settings: AppearanceSettings) -> impl IntoView {
    let locale = use_locale();
    let calendar = account.calendar;
    let AppearanceSettings { appearance, themes, shipped } = settings;
    let workshop = Workshop::of(themes, shipped);
    view! {
        <DocumentTitle text=Signal::derive(move || text!(locale.get(), appearance.page_title).to_owned()) />
        <Frame account>
            <main id="content" class="page appearance">
                <header class="appearance__head">
                    <h1 class="appearance__title">{live_text!(locale, appearance.title)}</h1>
                    <p class="appearance__lead">{live_text!(locale, appearance.lead)}</p>
                </header>
                <Conventions appearance workshop />
                <Themes workshop calendar />
            </main>
        </Frame>
    }
    .into_any()
}
