//! All that applying would do, person by person, and the moment it is done.

use super::draft::DeskState;
use crate::{
    chrome::scope_lines,
    error::AppError,
    i18n::{error_words, label, live_text, text, use_locale},
    server_functions::change_grants,
};
use components::controls::{Button, ButtonKind, Dialog, FieldKind, Submits, TextField, ToastKind, Toasts};
use leptos::{ev, prelude::*};
use model::{
    access::{DeskChange, GrantCell, PersonId, ScopeSummary},
    formatting::Locale,
    time::{Calendar, Day, Timestamp},
};
use std::collections::{BTreeMap, BTreeSet};

#[component]
pub(super) fn Review(state: DeskState, open: RwSignal<bool>, calendar: Calendar) -> impl IntoView {
    let locale = use_locale();
    let toasts = use_context::<Toasts>();
    let until = RwSignal::new(String::new());
    Effect::new(move |_| {
        if open.get() {
            until.set(String::new());
        }
    });
    // The last day is told, and it is over when the day is.
    let ends = Memo::new(move |_| until.with(|typed| end_of(typed, calendar)));
    let apply = Action::new(move |change: &DeskChange| {
        let change = change.clone();
        async move {
            let done = change_grants(change).await;
            let told = match &done {
                Ok(()) => (ToastKind::Done, text!(locale.get_untracked(), desk.applied).to_owned()),
                Err(error) => (ToastKind::Error, refusal(error, locale.get_untracked())),
            };
            if let Some(toasts) = toasts {
                toasts.show(told.0, told.1);
            }
            if done.is_ok() {
                open.set(false);
                let _ = state.read_again().await;
            }
        }
    });
    let submit = move |event: ev::SubmitEvent| {
        event.prevent_default();
        if let Ok(until) = ends.get_untracked() {
            apply.dispatch(state.draft.with_untracked(|draft| draft.change(until)));
        }
    };
    let wrong = Signal::derive(move || {
        if ends.with(Result::is_err) { text!(locale.get(), desk.wrong_day).to_owned() } else { String::new() }
    });
    let changes = move || {
        let change = if open.get() { state.draft.with(|draft| draft.change(None)) } else { DeskChange::default() };
        let people: BTreeSet<PersonId> = change.give.iter().chain(&change.take).map(|cell| cell.person).collect();
        people.into_iter().map(|person| view! { <Changes state person change=change.clone() /> }).collect_view()
    };
    let gives = move || open.get() && state.draft.with(|draft| !draft.change(None).give.is_empty());
    view! {
        <Dialog name="desk-review" title=label!(locale, desk.review_title) locale open>
            <form class="form" on:submit=submit>
                <ul class="desk__changes">{changes}</ul>
                <Show when=gives>
                    <TextField
                        name="desk-until"
                        label=label!(locale, desk.until)
                        hint=label!(locale, desk.until_hint)
                        kind=FieldKind::Day
                        value=until
                        error=wrong
                        on_input=move |typed| until.set(typed)
                    />
                </Show>
                <div class="form__actions">
                    <Button on_click=move |()| open.set(false)>{live_text!(locale, common.cancel)}</Button>
                    <Button kind=ButtonKind::Primary submits=Submits::Form busy=apply.pending()>
                        {live_text!(locale, desk.apply)}
                    </Button>
                </div>
            </form>
        </Dialog>
    }
    .into_any()
}

/// The end of the day that was typed; nothing typed is no end.
fn end_of(typed: &str, calendar: Calendar) -> Result<Option<Timestamp>, ()> {
    if typed.trim().is_empty() {
        return Ok(None);
    }
    let day = Day::parse(typed.trim()).ok_or(())?;
    Ok(Some(calendar.start_of(day.plus(1))))
}

/// What one person is given, and what is taken from them.
#[component]
fn Changes(state: DeskState, person: PersonId, change: DeskChange) -> impl IntoView {
    let locale = use_locale();
    let name = state.person(person).map(|person| person.name).unwrap_or_default();
    let DeskChange { give, take, .. } = change;
    let lines = move |cells: &BTreeSet<GrantCell>, sign: &'static str, class: &'static str| {
        let mut regions = BTreeMap::<_, BTreeSet<_>>::new();
        for cell in cells.iter().filter(|cell| cell.person == person) {
            regions.entry(cell.domain).or_default().insert(cell.region);
        }
        let lines = scope_lines(&ScopeSummary { regions }, locale.get());
        lines
            .into_iter()
            .map(move |(domains, regions)| {
                view! {
                    <li class=class>
                        <span aria-hidden="true">{sign}</span>
                        <span>{regions}</span>
                        <span class="desk__of">{domains}</span>
                    </li>
                }
            })
            .collect_view()
    };
    view! {
        <li class="desk__change">
            <p class="desk__name">{name}</p>
            <ul>
                {move || lines(&give, "+", "desk__line desk__line--given")}
                {move || lines(&take, "−", "desk__line desk__line--taken")}
            </ul>
        </li>
    }
    .into_any()
}

fn refusal(error: &AppError, locale: Locale) -> String {
    let is_about_holding = match error {
        AppError::Refused(problem) => problem.parameters.get("rule").is_some_and(|rule| rule == "holds_less"),
        AppError::NotReached(_) => false,
    };
    if is_about_holding {
        return text!(locale, desk.holds_less).to_owned();
    }
    let words = error_words(error, locale);
    format!("{} {}", words.title, words.advice)
}
