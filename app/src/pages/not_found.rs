//! An address that leads nowhere.

use crate::{
    chrome::Message,
    i18n::{label, live_text, use_locale},
    routes,
};
use components::controls::IconName;
use leptos::prelude::*;

/// Says so, with the status 404.
#[component]
pub(crate) fn NotFoundPage() -> impl IntoView {
    #[cfg(feature = "ssr")]
    if let Some(response) = use_context::<leptos_axum::ResponseOptions>() {
        response.set_status(http::StatusCode::NOT_FOUND);
    }
    let locale = use_locale();
    view! {
        <main id="content" class="page page--message">
            <Message icon=IconName::Search title=label!(locale, problems.not_found.title) advice=label!(locale, problems.not_found.advice)>
                <a class="button button--primary" href=routes::BOARDS>
                    {live_text!(locale, common.to_boards)}
                </a>
            </Message>
        </main>
    }
}
