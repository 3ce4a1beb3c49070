//! The people of the organisation: for administrators.
//!
//! - [`roll`]: the list that all parts of the page share
//! - [`row`]: one of them; [`one`]: the same, to be changed
//! - [`invite`]: adding somebody; [`let_in`]: the link that lets them in
//! - [`refusal`]: why something was not done, in words

mod invite;
mod let_in;
mod one;
mod refusal;
mod roll;
mod row;

use super::{SettingsFrame, SettingsPage};
use crate::i18n::{label, live_text, role_name, text, use_locale};
use components::controls::{Button, ButtonKind, Choice, FieldKind, IconName, SelectField, TextField};
use invite::InviteDialog;
use leptos::prelude::*;
use let_in::LetInDialog;
use model::access::{Account, Invited, Person, PersonId, Role};
use one::PersonDialog;
use roll::{Roll, Wanted};
use row::PersonRow;
use std::sync::Arc;

#[component]
pub(super) fn PeoplePage(account: Arc<Account>, people: Vec<Person>) -> impl IntoView {
    let locale = use_locale();
    let calendar = account.calendar;
    let roll = Roll::of(people);
    let wanted = RwSignal::new(Wanted::default());
    let is_inviting = RwSignal::new(false);
    let opened = RwSignal::new(None::<PersonId>);
    let invited = RwSignal::new(None::<Invited>);
    let found = Memo::new(move |_| wanted.with(|wanted| roll.matching(wanted)));
    let nothing_found = move || found.with(Vec::is_empty).then(|| text!(locale.get(), people.nothing_found).to_owned());
    view! {
        <SettingsFrame
            account
            page=SettingsPage::People
            title=label!(locale, people.page_title)
            class="people"
        >
                <header class="people__head">
                    <h1 class="people__title">{live_text!(locale, people.title)}</h1>
                    <p class="people__count" role="status">
                        {move || text!(locale.get(), people.count, shown = found.with(Vec::len), all = roll.count())}
                    </p>
                    <Button kind=ButtonKind::Primary icon=IconName::Plus on_click=move |()| is_inviting.set(true)>
                        {live_text!(locale, people.add)}
                    </Button>
                </header>
                <Search wanted />
                <table class="people__table">
                    <thead>
                        <tr>
                            <th scope="col">{live_text!(locale, people.person)}</th>
                            <th scope="col">{live_text!(locale, people.role)}</th>
                            <th scope="col">{live_text!(locale, people.scope)}</th>
                            <th scope="col">{live_text!(locale, people.last_seen)}</th>
                            <th scope="col">{live_text!(locale, people.state)}</th>
                        </tr>
                    </thead>
                    <tbody>
                        <For each=move || found.get() key=Clone::clone let:person>
                            <PersonRow person calendar on_open=move |id| opened.set(Some(id)) />
                        </For>
                    </tbody>
                </table>
                <p class="people__none">{nothing_found}</p>
        </SettingsFrame>
        <InviteDialog roll open=is_inviting on_invited=move |done| invited.set(Some(done)) />
        <PersonDialog roll opened calendar on_invited=move |done| invited.set(Some(done)) />
        <LetInDialog roll invited calendar />
    }
    .into_any()
}

/// By words, role and state.
#[component]
fn Search(wanted: RwSignal<Wanted>) -> impl IntoView {
    let locale = use_locale();
    let roles = Signal::derive(move || {
        let all = Choice::new("", text!(locale.get(), people.all_roles));
        let named = Role::ALL.into_iter().map(|role| Choice::new(role.name(), role_name(role, locale.get())));
        std::iter::once(all).chain(named).collect::<Vec<_>>()
    });
    let role = Signal::derive(move || wanted.with(|wanted| wanted.role.map_or("", Role::name).to_owned()));
    view! {
        <div class="people__search" role="search">
            <TextField
                name="people-search"
                label=label!(locale, people.search)
                placeholder=label!(locale, people.search_example)
                kind=FieldKind::Search
                value=Signal::derive(move || wanted.with(|wanted| wanted.words.clone()))
                on_input=move |typed| wanted.update(|wanted| wanted.words = typed)
            />
            <SelectField
                name="people-role"
                label=label!(locale, people.role)
                choices=roles
                value=role
                on_change=move |chosen: String| {
                    let role = Role::ALL.into_iter().find(|role| role.name() == chosen);
                    wanted.update(|wanted| wanted.role = role);
                }
            />
        </div>
    }
    .into_any()
}
