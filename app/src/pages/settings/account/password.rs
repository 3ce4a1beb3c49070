//! Choosing another password.

use crate::{
    error::AppError,
    i18n::{error_words, label, live_text, text, use_locale},
    pages::password_words::password_refusal,
    session::{change_own_password, list_own_sessions},
};
use components::controls::{Button, ButtonKind, FieldKind, Submits, TextField, ToastKind, Toasts};
use leptos::{ev, prelude::*};
use model::access::OwnSession;

#[component]
pub(super) fn PasswordForm(email: String, sessions: RwSignal<Vec<OwnSession>>) -> impl IntoView {
    let locale = use_locale();
    let toasts = use_context::<Toasts>();
    let (current, chosen) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let change = Action::new(move |(current_password, new_password): &(String, String)| {
        let (current_password, new_password) = (current_password.clone(), new_password.clone());
        async move {
            change_own_password(current_password, new_password).await?;
            let _ = (current.try_set(String::new()), chosen.try_set(String::new()));
            if let Ok(left) = list_own_sessions().await {
                let _ = sessions.try_set(left);
            }
            if let Some(toasts) = toasts {
                toasts.show(ToastKind::Done, text!(locale.get_untracked(), own_account.changed).to_owned());
            }
            Ok::<_, AppError>(())
        }
    });
    let refused =
        Memo::new(move |_| change.value().with(|done| done.as_ref().and_then(|done| done.as_ref().err().cloned())));
    let is_about_current = move |error: &AppError| match error {
        AppError::Refused(problem) => problem.parameters.get("field").is_none_or(|field| field != "password"),
        AppError::NotReached(_) => true,
    };
    let wrong_current = Signal::derive(move || {
        let error = refused.get().filter(is_about_current);
        let is_wrong = |error: &AppError| match error {
            AppError::Refused(problem) => problem.parameters.get("rule").is_some_and(|rule| rule == "wrong"),
            AppError::NotReached(_) => false,
        };
        error
            .map(|error| {
                if is_wrong(&error) {
                    return text!(locale.get(), own_account.wrong_password).to_owned();
                }
                let words = error_words(&error, locale.get());
                format!("{} {}", words.title, words.advice)
            })
            .unwrap_or_default()
    });
    let wrong_chosen = Signal::derive(move || {
        let error = refused.get().filter(|error| !is_about_current(error));
        error.map(|error| password_refusal(&error, locale.get())).unwrap_or_default()
    });
    let submit = move |event: ev::SubmitEvent| {
        event.prevent_default();
        change.dispatch((current.get_untracked(), chosen.get_untracked()));
    };
    view! {
        <form class="form own-account__form" on:submit=submit>
            // For password managers: which account the password belongs to.
            <input type="text" class="own-account__email" autocomplete="username" name="email" value=email readonly hidden />
            <TextField
                name="current-password"
                label=label!(locale, own_account.current)
                kind=FieldKind::Password
                value=current
                error=wrong_current
                required=true
                on_input=move |typed| current.set(typed)
            />
            <TextField
                name="new-password"
                label=label!(locale, invitation.password)
                hint=label!(locale, invitation.hint)
                kind=FieldKind::NewPassword
                value=chosen
                error=wrong_chosen
                required=true
                on_input=move |typed| chosen.set(typed)
            />
            <p class="dialog__note">{live_text!(locale, own_account.password_note)}</p>
            <div class="form__actions own-account__actions">
                <Button kind=ButtonKind::Primary submits=Submits::Form busy=change.pending()>
                    {live_text!(locale, own_account.change)}
                </Button>
            </div>
        </form>
    }
    .into_any()
}
