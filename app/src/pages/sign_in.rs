//! Signing in. The form works before wasm has arrived and without it.

use crate::{
    chrome::{DocumentTitle, LanguageMenu, Mark, ThemeMenu},
    error::AppError,
    i18n::{error_words, label, live_text, text, use_locale},
    session::SignIn,
    time::repeat_every,
};
use components::controls::{Button, ButtonKind, FieldKind, Icon, IconName, Submits, TextField};
use leptos::{form::ActionForm, prelude::*};
use leptos_router::hooks::use_query_map;
use model::problem::ProblemCode;
use std::time::Duration;

/// One card: who you are, and why it did not work.
#[component]
pub(crate) fn SignInPage() -> impl IntoView {
    let locale = use_locale();
    let action = ServerAction::<SignIn>::new();
    let query = use_query_map();
    let next = move || query.with(|query| query.get("next").unwrap_or_default());
    let error = Memo::new(move |_| action.value().with(|value| value.as_ref().and_then(|value| value.clone().err())));
    let seconds = count_down(error);
    view! {
        <DocumentTitle text=Signal::derive(move || text!(locale.get(), sign_in.page_title).to_owned()) />
        <div class="sign-in">
            <div class="sign-in__tools">
                <LanguageMenu />
                <ThemeMenu />
            </div>
            <main id="content" class="sign-in__card">
                <header class="sign-in__head">
                    <Mark />
                    <h1 class="sign-in__name">"灵动"</h1>
                    <p class="sign-in__promise">{live_text!(locale, sign_in.promise)}</p>
                </header>
                <ActionForm action>
                    <input type="hidden" name="next" value=next />
                    <Refusal error seconds />
                    <TextField
                        name="email"
                        label=label!(locale, sign_in.email)
                        kind=FieldKind::Email
                        required=true
                    />
                    <TextField
                        name="password"
                        label=label!(locale, sign_in.password)
                        kind=FieldKind::Password
                        required=true
                    />
                    <Button
                        kind=ButtonKind::Primary
                        submits=Submits::Form
                        busy=action.pending()
                        disabled=Signal::derive(move || seconds.get() > 0)
                    >
                        {live_text!(locale, sign_in.submit)}
                    </Button>
                </ActionForm>
                <p class="sign-in__help">{live_text!(locale, sign_in.help)}</p>
            </main>
        </div>
    }
}

/// Why the last try did not work, and how long to wait where it must be waited.
#[component]
fn Refusal(error: Memo<Option<AppError>>, seconds: RwSignal<u32>) -> impl IntoView {
    let locale = use_locale();
    let shown = move || {
        let mut error = error.get()?;
        if let AppError::Refused(problem) = &mut error
            && problem.code == ProblemCode::TooManyAttempts
            && seconds.get() > 0
        {
            problem.parameters.insert("seconds".to_owned(), seconds.get().to_string());
        }
        Some(error_words(&error, locale.get()))
    };
    view! {
        <div class="sign-in__refusal" role="alert">
            {move || {
                shown()
                    .map(|words| {
                        view! {
                            <div class="sign-in__error">
                                <Icon name=IconName::Warning />
                                <div>
                                    <p class="sign-in__error-title">{words.title}</p>
                                    <p class="sign-in__error-advice">{words.advice}</p>
                                </div>
                            </div>
                        }
                    })
            }}
        </div>
    }
}

/// Seconds until the next try is taken, counted down in the browser.
fn count_down(error: Memo<Option<AppError>>) -> RwSignal<u32> {
    let seconds = RwSignal::new(0_u32);
    Effect::new(move |_| {
        let told = error.with(|error| match error {
            Some(AppError::Refused(problem)) if problem.code == ProblemCode::TooManyAttempts => {
                problem.parameters.get("seconds").and_then(|seconds| seconds.parse().ok())
            }
            Some(AppError::Refused(_) | AppError::NotReached(_)) | None => None,
        });
        seconds.set(told.unwrap_or(0));
        if told.is_some() {
            repeat_every(Duration::from_secs(1), move || seconds.update(|left| *left = left.saturating_sub(1)));
        }
    });
    seconds
}
