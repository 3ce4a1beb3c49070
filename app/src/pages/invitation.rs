//! Taking an invitation: somebody chooses a password, and is in. The form works before wasm has arrived and without it.

use crate::{
    chrome::{DocumentTitle, LanguageMenu, Mark, ThemeMenu},
    error::AppError,
    i18n::{error_words, label, live_text, text, use_locale},
    pages::password_words::password_refusal,
    routes,
    session::{AcceptInvitation, open_invitation},
};
use components::controls::{Button, ButtonKind, FieldKind, Icon, IconName, Submits, TextField};
use leptos::{form::ActionForm, prelude::*};
use leptos_router::hooks::use_query_map;
use model::{access::Invitation, problem::ProblemCode};

#[component]
pub(crate) fn InvitationPage() -> impl IntoView {
    let locale = use_locale();
    let query = use_query_map();
    let token = Memo::new(move |_| query.with(|query| query.get("invitation").unwrap_or_default()));
    let invitation = Resource::new_blocking(move || token.get(), open_invitation);
    view! {
        <DocumentTitle text=Signal::derive(move || text!(locale.get(), invitation.page_title).to_owned()) />
        <div class="sign-in">
            <div class="sign-in__tools">
                <LanguageMenu />
                <ThemeMenu />
            </div>
            <main id="content" class="sign-in__card">
                <header class="sign-in__head">
                    <Mark />
                    <h1 class="sign-in__name">{live_text!(locale, invitation.title)}</h1>
                </header>
                <Transition>
                    {move || Suspend::new(async move {
                        match invitation.await {
                            Ok(invitation) => view! { <Choosing invitation token=token.get_untracked() /> }.into_any(),
                            Err(error) => view! { <Over error /> }.into_any(),
                        }
                    })}
                </Transition>
            </main>
        </div>
    }
}

/// Who is invited, and the form.
#[component]
fn Choosing(invitation: Invitation, token: String) -> impl IntoView {
    let locale = use_locale();
    let action = ServerAction::<AcceptInvitation>::new();
    let error = Memo::new(move |_| action.value().with(|value| value.as_ref().and_then(|value| value.clone().err())));
    let wrong =
        Signal::derive(move || error.get().map(|error| password_refusal(&error, locale.get())).unwrap_or_default());
    let Invitation { email, name, organisation } = invitation;
    view! {
        <p class="sign-in__promise">
            {move || text!(locale.get(), invitation.told, name = name.clone(), organisation = organisation.clone())}
        </p>
        <ActionForm action>
            <input type="hidden" name="token" value=token />
            // For password managers: which account the password belongs to.
            <TextField
                name="email"
                label=label!(locale, sign_in.email)
                kind=FieldKind::Email
                value=Signal::stored(email)
                disabled=Signal::stored(true)
            />
            <TextField
                name="password"
                label=label!(locale, invitation.password)
                hint=label!(locale, invitation.hint)
                kind=FieldKind::NewPassword
                error=wrong
                required=true
            />
            <Button kind=ButtonKind::Primary submits=Submits::Form busy=action.pending()>
                {live_text!(locale, invitation.submit)}
            </Button>
        </ActionForm>
    }
    .into_any()
}

/// The invitation does not stand, or could not be read.
#[component]
fn Over(error: AppError) -> impl IntoView {
    let locale = use_locale();
    let is_over = error.code() == Some(ProblemCode::NotFound);
    let words = move || {
        if is_over {
            let locale = locale.get();
            (text!(locale, invitation.over).to_owned(), text!(locale, invitation.over_advice).to_owned())
        } else {
            let words = error_words(&error, locale.get());
            (words.title, words.advice)
        }
    };
    view! {
        <div class="sign-in__refusal" role="alert">
            {move || {
                let (title, advice) = words();
                view! {
                    <div class="sign-in__error">
                        <Icon name=IconName::Warning />
                        <div>
                            <p class="sign-in__error-title">{title}</p>
                            <p class="sign-in__error-advice">{advice}</p>
                        </div>
                    </div>
                }
            }}
        </div>
        <p class="sign-in__help">
            <a href=routes::SIGN_IN>{live_text!(locale, invitation.to_sign_in)}</a>
        </p>
    }
    .into_any()
}
