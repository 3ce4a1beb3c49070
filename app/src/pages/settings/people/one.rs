//! One person, to be changed, invited again, signed out or shut out.

use super::{
    invite::{role_choices, role_of},
    refusal::refusal,
    roll::Roll,
    row::{moment, state_name},
};
use crate::{
    error::AppError,
    i18n::{label, live_text, text, use_locale},
    server_functions::{change_person, disable_person, enable_person, invite_person_again, sign_person_out},
};
use components::controls::{
    Button, ButtonKind, Dialog, IconName, SelectField, Submits, Switch, TextField, ToastKind, Toasts,
};
use leptos::{ev, prelude::*};
use model::{
    access::{Invited, Person, PersonChange, PersonId, PersonName, PersonState, Role},
    time::Calendar,
};

/// What is done to somebody beside changing them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Deed {
    InviteAgain,
    SignOut,
    Disable,
    Enable,
}

#[component]
pub(super) fn PersonDialog(
    roll: Roll,
    opened: RwSignal<Option<PersonId>>,
    calendar: Calendar,
    #[prop(into)] on_invited: Callback<Invited>,
) -> impl IntoView {
    let locale = use_locale();
    let open = RwSignal::new(false);
    Effect::new(move |_| open.set(opened.with(Option::is_some)));
    Effect::new(move |before: Option<bool>| {
        let now = open.get();
        if before == Some(true) && !now {
            opened.set(None);
        }
        now
    });
    let person = Memo::new(move |_| opened.get().and_then(|id| roll.person(id)));
    let title = Signal::derive(move || person.get().map(|person| person.name).unwrap_or_default());
    view! {
        <Dialog name="person" title locale open>
            {move || {
                person.get().map(|person| view! { <OnePerson roll person open calendar on_invited /> })
            }}
        </Dialog>
    }
    .into_any()
}

#[component]
fn OnePerson(
    roll: Roll,
    person: Person,
    open: RwSignal<bool>,
    calendar: Calendar,
    on_invited: Callback<Invited>,
) -> impl IntoView {
    let locale = use_locale();
    let toasts = use_context::<Toasts>();
    let Person { id, email, name, role, may_define_metrics, state, sessions, is_self, is_within, last_seen, .. } =
        person;
    let name = RwSignal::new(name);
    let role = RwSignal::new(role);
    let defines = RwSignal::new(may_define_metrics);
    let asked = RwSignal::new(None::<Deed>);
    let tell = move |done: Result<(), AppError>| {
        let locale = locale.get_untracked();
        let told = match done {
            Ok(()) => (ToastKind::Done, text!(locale, people.saved).to_owned()),
            Err(error) => (ToastKind::Error, refusal(&error, locale)),
        };
        if let Some(toasts) = toasts {
            toasts.show(told.0, told.1);
        }
    };
    let save = Action::new(move |change: &PersonChange| {
        let change = change.clone();
        async move {
            let done = change_person(id, change).await;
            if done.is_ok() {
                open.set(false);
            }
            tell(done);
            let _ = roll.read_again().await;
        }
    });
    let act = Action::new(move |deed: &Deed| {
        let deed = *deed;
        async move {
            let done = match deed {
                Deed::InviteAgain => match invite_person_again(id).await {
                    Ok(invited) => {
                        open.set(false);
                        on_invited.run(invited);
                        let _ = roll.read_again().await;
                        return;
                    }
                    Err(error) => Err(error),
                },
                Deed::SignOut => sign_person_out(id).await,
                Deed::Disable => disable_person(id).await,
                Deed::Enable => enable_person(id).await,
            };
            tell(done);
            // The list may have moved, and with it what may be done.
            let _ = roll.read_again().await;
        }
    });
    let wrong_name = Signal::derive(move || {
        let is_wrong = name.with(|typed| typed.parse::<PersonName>().is_err());
        if is_wrong { text!(locale.get(), people.wrong_name, most = PersonName::MOST_CHARS) } else { String::new() }
    });
    let submit = move |event: ev::SubmitEvent| {
        event.prevent_default();
        if let Ok(name) = name.with_untracked(|typed| typed.parse()) {
            let may_define_metrics = defines.get_untracked();
            save.dispatch(PersonChange { name, role: role.get_untracked(), may_define_metrics });
        }
    };
    let is_out = matches!(state, PersonState::Disabled { .. });
    let seen = move || match last_seen {
        Some(at) => text!(locale.get(), people.seen_at, at = moment(at, calendar), count = sessions),
        None => text!(locale.get(), people.never_seen).to_owned(),
    };
    let deed = move |deed: Deed, icon: IconName, words: Signal<String>, is_barred: bool| {
        view! {
            <Button icon disabled=is_barred busy=act.pending() on_click=move |()| asked.set(Some(deed))>
                {move || words.get()}
            </Button>
        }
    };
    view! {
        <form class="form" on:submit=submit>
            <p class="person__told">
                <span>{email}</span>
                <span>{move || state_name(state, locale.get())}</span>
                <span>{seen}</span>
            </p>
            <TextField
                name="person-changed-name"
                label=label!(locale, people.name)
                value=name
                error=wrong_name
                required=true
                on_input=move |typed| name.set(typed)
            />
            <SelectField
                name="person-role"
                label=label!(locale, people.role)
                choices=Signal::derive(move || role_choices(locale.get()))
                value=Signal::derive(move || role.get().name().to_owned())
                disabled=Signal::stored(is_self)
                on_change=move |chosen: String| role.set(role_of(&chosen).unwrap_or(Role::Viewer))
            />
            <Show when=move || role.get() == Role::Editor>
                <Switch
                    label=label!(locale, people.defines)
                    checked=defines
                    disabled=Signal::stored(is_self)
                    on_change=move |on| defines.set(on)
                />
            </Show>
            <div class="form__actions">
                <Button on_click=move |()| open.set(false)>{live_text!(locale, common.cancel)}</Button>
                <Button kind=ButtonKind::Primary submits=Submits::Form busy=save.pending()>
                    {live_text!(locale, people.save)}
                </Button>
            </div>
        </form>
        <section class="person__deeds" aria-labelledby="person-deeds">
            <h3 class="person__heading" id="person-deeds">{live_text!(locale, people.access)}</h3>
            {(is_self || !is_within)
                .then(|| {
                    view! {
                        <p class="dialog__note">
                            {move || {
                                if is_self {
                                    text!(locale.get(), people.refused.own_account)
                                } else {
                                    text!(locale.get(), people.refused.holds_more)
                                }
                            }}
                        </p>
                    }
                })}
            <div class="person__buttons">
                {deed(Deed::SignOut, IconName::SignOut, label!(locale, people.sign_out), sessions == 0)}
                {deed(
                    Deed::InviteAgain,
                    IconName::User,
                    label!(locale, people.invite_again),
                    is_self || is_out || !is_within,
                )}
                {if is_out {
                    deed(Deed::Enable, IconName::Unlock, label!(locale, people.enable), !is_within)
                } else {
                    deed(Deed::Disable, IconName::Lock, label!(locale, people.disable), is_self)
                }}
            </div>
            <Question asked act />
        </section>
    }
    .into_any()
}

/// Says what will be lost, before it is.
#[component]
fn Question(asked: RwSignal<Option<Deed>>, act: Action<Deed, ()>) -> impl IntoView {
    let locale = use_locale();
    let question = move |deed: Deed| match deed {
        Deed::InviteAgain => text!(locale.get(), people.ask_invite_again),
        Deed::SignOut => text!(locale.get(), people.ask_sign_out),
        Deed::Disable => text!(locale.get(), people.ask_disable),
        Deed::Enable => text!(locale.get(), people.ask_enable),
    };
    view! {
        <div class="person__question" role="alert">
            {move || {
                asked
                    .get()
                    .map(|deed| {
                        view! {
                            <p>{move || question(deed)}</p>
                            <div class="form__actions">
                                <Button on_click=move |()| asked.set(None)>{live_text!(locale, common.cancel)}</Button>
                                <Button
                                    kind=if deed == Deed::Enable { ButtonKind::Primary } else { ButtonKind::Danger }
                                    on_click=move |()| {
                                        asked.set(None);
                                        act.dispatch(deed);
                                    }
                                >
                                    {live_text!(locale, people.go_on)}
                                </Button>
                            </div>
                        }
                    })
            }}
        </div>
    }
    .into_any()
}
