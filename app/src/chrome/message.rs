//! A page-wide message: what happened, what to do, and one action.

use crate::{
    error::AppError,
    i18n::{error_words, text, use_locale},
    routes,
};
use components::controls::{Icon, IconName};
use leptos::prelude::*;
use model::problem::ProblemCode;

/// What happened and what to do, in the middle of the page; children are the one action.
#[component]
pub(crate) fn Message(
    icon: IconName,
    #[prop(into)] title: Signal<String>,
    #[prop(into)] advice: Signal<String>,
    #[prop(optional)] children: Option<Children>,
) -> impl IntoView {
    view! {
        <section class="message">
            <span class="message__icon">
                <Icon name=icon />
            </span>
            <h1 class="message__title">{move || title.get()}</h1>
            <p class="message__advice">{move || advice.get()}</p>
            {children.map(|children| view! { <div class="message__action">{children()}</div> })}
        </section>
    }
}

/// The message for an error, with the way on that fits it.
#[component]
pub(crate) fn ProblemMessage(error: AppError) -> impl IntoView {
    let locale = use_locale();
    let icon = match error.code() {
        Some(ProblemCode::Forbidden | ProblemCode::EmptyScope) => IconName::Lock,
        Some(ProblemCode::NotFound | ProblemCode::BoardNotFound) => IconName::Search,
        Some(ProblemCode::NeverPublished) => IconName::Board,
        Some(_) | None => IconName::Warning,
    };
    let retries = error.may_be_retried();
    let words = Memo::new(move |_| error_words(&error, locale.get()));
    let incident = move || {
        words.with(|words| words.incident.clone()).map(|incident| text!(locale.get(), common.incident, id = incident))
    };
    let (rel, target) = if retries { ("external", "") } else { ("", routes::BOARDS) };
    view! {
        <Message
            icon
            title=Signal::derive(move || words.with(|words| words.title.clone()))
            advice=Signal::derive(move || words.with(|words| words.advice.clone()))
        >
            // A plain link: to try again, it asks the server anew, with or without wasm.
            <a class="button button--primary" rel=rel href=target>
                {move || if retries { text!(locale.get(), common.try_again) } else { text!(locale.get(), common.to_boards) }}
            </a>
            <p class="message__incident">{incident}</p>
        </Message>
    }
}
