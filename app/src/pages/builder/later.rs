//! Publishing the draft at a later moment.

use super::editor::{Editor, SaveStatus};
use crate::{
    i18n::{error_words, label, live_text, text, use_locale},
    server_functions::schedule_board,
};
use components::controls::{Button, FieldKind, TextField};
use leptos::{prelude::*, task::spawn_local};
use model::{
    formatting::{clock_time, step_label},
    time::{Calendar, Grain, Timestamp},
};

/// What a field for date and time holds, on the organisation's clock: `2026-11-26T08:30`.
fn moment(text: &str, calendar: Calendar) -> Option<Timestamp> {
    let (sign, minutes) =
        if calendar.offset_minutes < 0 { ('-', -calendar.offset_minutes) } else { ('+', calendar.offset_minutes) };
    Timestamp::parse(&format!("{text}:00{sign}{:02}:{:02}", minutes / 60, minutes % 60)).ok()
}

/// Asks for the moment; says when it will be, and calls it off.
#[component]
pub(crate) fn PublishLater(editor: Editor) -> impl IntoView {
    let locale = use_locale();
    let typed = RwSignal::new(String::new());
    let problem = RwSignal::new(String::new());
    let is_busy = RwSignal::new(false);
    let scheduled = Memo::new(move |_| editor.draft().scheduled);
    let schedule = move |due: Option<Timestamp>| {
        is_busy.set(true);
        spawn_local(async move {
            let answer = schedule_board(editor.id, due).await;
            is_busy.try_set(false);
            match answer {
                Ok(()) => {
                    problem.try_set(String::new());
                    typed.try_set(String::new());
                }
                Err(error) => {
                    let words = error_words(&error, locale.get_untracked());
                    problem.try_set(format!("{} {}", words.title, words.advice));
                }
            }
            editor.refresh();
        });
    };
    let is_saved = Memo::new(move |_| editor.status() == SaveStatus::Saved);
    let told = move || {
        scheduled.get().map(|due| {
            let calendar = editor.calendar();
            let moment = format!("{} {}", step_label(due, Grain::Day, calendar), clock_time(due, calendar));
            text!(locale.get(), later.scheduled, moment = moment)
        })
    };
    view! {
        <details class="later">
            <summary>{live_text!(locale, later.title)}</summary>
            <div class="later__body">
                <TextField
                    name="publish-at"
                    label=label!(locale, later.moment)
                    hint=label!(locale, later.hint)
                    kind=FieldKind::Moment
                    value=typed
                    error=problem
                    on_input=move |text| typed.set(text)
                />
                <Button
                    busy=is_busy
                    disabled=Signal::derive(move || !is_saved.get() || typed.with(String::is_empty))
                    on_click=move |()| match moment(&typed.get_untracked(), editor.calendar()) {
                        Some(due) => schedule(Some(due)),
                        None => problem.set(text!(locale.get_untracked(), later.no_moment).to_owned()),
                    }
                >
                    {live_text!(locale, later.confirm)}
                </Button>
            </div>
        </details>
        <Show when=move || scheduled.get().is_some()>
            <p class="dialog__note" role="status">
                {told} " "
                <button type="button" class="link" on:click=move |_| schedule(None)>
                    {live_text!(locale, later.call_off)}
                </button>
            </p>
        </Show>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_is_on_the_clock_of_the_organisation() {
        assert_eq!(moment("2026-11-26T08:30", Calendar::CHINA), Timestamp::parse("2026-11-26T00:30:00Z").ok());
        let behind = Calendar { offset_minutes: -210, day_starts_at_minute: 0 };
        assert_eq!(moment("2026-11-26T08:30", behind), Timestamp::parse("2026-11-26T12:00:00Z").ok());
        assert_eq!(moment("tomorrow", Calendar::CHINA), None);
    }
}
