//! Adding somebody: address, name, role.

use super::{refusal::refusal, roll::Roll};
use crate::{
    i18n::{label, live_text, role_name, text, use_locale},
    server_functions::invite_person,
};
use components::controls::{Button, ButtonKind, Choice, Dialog, FieldKind, SelectField, Submits, TextField};
use leptos::{ev, prelude::*};
use model::{
    access::{EmailAddress, Invited, NewPerson, PersonName, Role},
    formatting::Locale,
};

/// All roles, as choices.
pub(super) fn role_choices(locale: Locale) -> Vec<Choice> {
    Role::ALL.into_iter().map(|role| Choice::new(role.name(), role_name(role, locale))).collect()
}

pub(super) fn role_of(chosen: &str) -> Option<Role> {
    Role::ALL.into_iter().find(|role| role.name() == chosen)
}

#[component]
pub(super) fn InviteDialog(
    roll: Roll,
    open: RwSignal<bool>,
    #[prop(into)] on_invited: Callback<Invited>,
) -> impl IntoView {
    let locale = use_locale();
    let (email, name, role) = (RwSignal::new(String::new()), RwSignal::new(String::new()), RwSignal::new(Role::Viewer));
    // What is wrong is told once somebody has tried.
    let has_tried = RwSignal::new(false);
    let add = Action::new(move |person: &NewPerson| {
        let person = person.clone();
        async move {
            let done = invite_person(person).await;
            if let Ok(invited) = &done {
                // The link can't be shown again: the list may come later.
                open.set(false);
                on_invited.run(invited.clone());
                let _ = roll.read_again().await;
            }
            done
        }
    });
    Effect::new(move |_| {
        if open.get() {
            email.set(String::new());
            name.set(String::new());
            role.set(Role::Viewer);
            has_tried.set(false);
            add.clear();
        }
    });
    let refused = Signal::derive(move || {
        let refused = add.value().with(|done| done.as_ref().and_then(|done| done.as_ref().err().cloned()));
        refused.map(|error| refusal(&error, locale.get())).unwrap_or_default()
    });
    let wrong_email = Signal::derive(move || {
        let is_wrong = has_tried.get() && email.with(|typed| typed.parse::<EmailAddress>().is_err());
        if is_wrong { text!(locale.get(), people.wrong_email).to_owned() } else { refused.get() }
    });
    let wrong_name = Signal::derive(move || {
        let is_wrong = has_tried.get() && name.with(|typed| typed.parse::<PersonName>().is_err());
        if is_wrong { text!(locale.get(), people.wrong_name, most = PersonName::MOST_CHARS) } else { String::new() }
    });
    let submit = move |event: ev::SubmitEvent| {
        event.prevent_default();
        has_tried.set(true);
        let typed = (email.with_untracked(|typed| typed.parse()), name.with_untracked(|typed| typed.parse()));
        if let (Ok(email), Ok(name)) = typed {
            add.dispatch(NewPerson { email, name, role: role.get_untracked() });
        }
    };
    view! {
        <Dialog name="invite-person" title=label!(locale, people.add) locale open>
            <form class="form" novalidate on:submit=submit>
                <TextField
                    name="person-email"
                    label=label!(locale, people.email)
                    placeholder=Signal::stored("name@example.com".to_owned())
                    kind=FieldKind::EmailOfAnother
                    value=email
                    error=wrong_email
                    required=true
                    on_input=move |typed| {
                        add.clear();
                        email.set(typed);
                    }
                />
                <TextField
                    name="person-name"
                    label=label!(locale, people.name)
                    value=name
                    error=wrong_name
                    required=true
                    on_input=move |typed| name.set(typed)
                />
                <SelectField
                    name="person-new-role"
                    label=label!(locale, people.role)
                    choices=Signal::derive(move || role_choices(locale.get()))
                    value=Signal::derive(move || role.get().name().to_owned())
                    on_change=move |chosen: String| role.set(role_of(&chosen).unwrap_or(Role::Viewer))
                />
                <p class="dialog__note">{live_text!(locale, people.add_hint)}</p>
                <div class="form__actions">
                    <Button on_click=move |()| open.set(false)>{live_text!(locale, common.cancel)}</Button>
                    <Button kind=ButtonKind::Primary submits=Submits::Form busy=add.pending()>
                        {live_text!(locale, people.invite)}
                    </Button>
                </div>
            </form>
        </Dialog>
    }
    .into_any()
}
