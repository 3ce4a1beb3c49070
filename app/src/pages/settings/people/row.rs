//! One person in the list.

use crate::{
    chrome::scope_lines,
    i18n::{live_text, role_name, text, use_locale},
};
use leptos::prelude::*;
use model::{
    access::{Person, PersonId, PersonState},
    formatting::{Locale, clock_time, step_label},
    time::{Calendar, Grain, Timestamp},
};

#[component]
pub(super) fn PersonRow(
    person: Person,
    calendar: Calendar,
    #[prop(into)] on_open: Callback<PersonId>,
) -> impl IntoView {
    let locale = use_locale();
    let Person { id, email, name, role, state, scope, last_seen, is_self, .. } = person;
    let spoken = name.clone();
    let scope = move || {
        let lines = scope_lines(&scope, locale.get());
        if lines.is_empty() {
            return view! { <span class="people__nothing">{text!(locale.get(), people.no_scope)}</span> }.into_any();
        }
        let line = |(domains, regions): (String, String)| {
            view! {
                <span class="people__grant">
                    <span class="people__regions">{regions}</span>
                    <span class="people__domains">{domains}</span>
                </span>
            }
        };
        lines.into_iter().map(line).collect_view().into_any()
    };
    view! {
        <tr class="people__row">
            <th scope="row" class="people__person">
                <button
                    type="button"
                    class="people__open"
                    aria-label=move || text!(locale.get(), people.change_named, name = spoken.clone())
                    on:click=move |_| on_open.run(id)
                >
                    {name}
                </button>
                {is_self.then(|| view! { <span class="badge">{live_text!(locale, people.you)}</span> })}
                <span class="people__email">{email}</span>
            </th>
            <td>{move || role_name(role, locale.get())}</td>
            <td class="people__scope">{scope}</td>
            <td class="people__seen">
                {move || last_seen.map_or_else(|| text!(locale.get(), people.never).to_owned(), |at| moment(at, calendar))}
            </td>
            <td>
                <span class=state_class(state)>{move || state_name(state, locale.get())}</span>
            </td>
        </tr>
    }
    .into_any()
}

const fn state_class(state: PersonState) -> &'static str {
    match state {
        PersonState::Invited { .. } => "badge badge--edited",
        PersonState::Active => "badge badge--published",
        PersonState::Disabled { .. } => "badge",
    }
}

pub(super) fn state_name(state: PersonState, locale: Locale) -> &'static str {
    match state {
        PersonState::Invited { until: Some(_) } => text!(locale, people.invited),
        PersonState::Invited { until: None } => text!(locale, people.invitation_over),
        PersonState::Active => text!(locale, people.active),
        PersonState::Disabled { .. } => text!(locale, people.disabled),
    }
}

/// Date and time on the organisation's wall clock: `11-21 09:30`.
pub(super) fn moment(at: Timestamp, calendar: Calendar) -> String {
    format!("{} {}", step_label(at, Grain::Day, calendar), clock_time(at, calendar))
}
