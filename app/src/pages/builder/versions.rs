//! What was published before, with one press to go back to it.

use super::editor::Editor;
use crate::{
    i18n::{error_words, live_text, text, use_locale},
    pages::change_words::change_words,
    server_functions::{list_versions, roll_back},
};
use components::{
    controls::{Button, ButtonKind},
    tile::Names,
};
use leptos::{prelude::*, task::spawn_local};
use model::{
    board::PublishedVersion,
    formatting::{clock_time, step_label},
    time::Grain,
};

/// So many changes of a version are told; more are counted.
const TOLD: usize = 4;

/// The published versions, read whenever `open` opens.
#[component]
pub(crate) fn VersionList(editor: Editor, names: Signal<Names>, open: RwSignal<bool>) -> impl IntoView {
    let locale = use_locale();
    let versions = RwSignal::new(Vec::<PublishedVersion>::new());
    let problem = RwSignal::new(None::<String>);
    let asked = RwSignal::new(None::<i32>);
    let is_busy = RwSignal::new(false);
    let read = move || {
        spawn_local(async move {
            match list_versions(editor.id).await {
                Ok(read) => {
                    problem.try_set(None);
                    versions.try_set(read);
                }
                Err(error) => {
                    let words = error_words(&error, locale.get_untracked());
                    problem.try_set(Some(format!("{} {}", words.title, words.advice)));
                }
            }
        });
    };
    let published = Memo::new(move |_| editor.draft().published);
    Effect::new(move |_| {
        published.track();
        if open.get() {
            asked.set(None);
            read();
        }
    });
    let go_back = move |number: i32| {
        is_busy.set(true);
        spawn_local(async move {
            let answer = roll_back(editor.id, number).await;
            is_busy.try_set(false);
            asked.try_set(None);
            if let Err(error) = answer {
                let words = error_words(&error, locale.get_untracked());
                problem.try_set(Some(format!("{} {}", words.title, words.advice)));
            }
            editor.refresh();
            read();
        });
    };
    let row = move |version: PublishedVersion| {
        let number = version.number;
        let calendar = editor.calendar();
        let moment = format!("{} {}", step_label(version.at, Grain::Day, calendar), clock_time(version.at, calendar));
        let who = version.who.clone();
        let changes = move || {
            let locale = locale.get();
            let told = version.changes.iter().take(TOLD);
            let mut told: Vec<String> =
                names.with(|names| told.map(|change| change_words(change, names, locale)).collect());
            if version.changes.len() > TOLD {
                told.push(text!(locale, versions.more_changes, count = version.changes.len() - TOLD));
            }
            told.into_iter().map(|words| view! { <li>{words}</li> }).collect_view()
        };
        let is_current = move || published.get() == Some(number);
        let is_asked = move || asked.get() == Some(number);
        view! {
            <li class="version">
                <p class="version__head">
                    <strong>{move || text!(locale.get(), versions.number, number = number)}</strong>
                    <span class="version__facts">{moment}" · "{who}</span>
                    <Show when=is_current>
                        <span class="badge badge--published">{live_text!(locale, versions.current)}</span>
                    </Show>
                </p>
                <ul class="version__changes">{changes}</ul>
                <Show when=move || !is_current()>
                    <Show
                        when=is_asked
                        fallback=move || {
                            view! {
                                <Button on_click=move |()| asked.set(Some(number))>
                                    {live_text!(locale, versions.go_back)}
                                </Button>
                            }
                        }
                    >
                        <p class="dialog__note">{live_text!(locale, versions.question)}</p>
                        <div class="form__actions">
                            <Button on_click=move |()| asked.set(None)>{live_text!(locale, common.cancel)}</Button>
                            <Button kind=ButtonKind::Primary busy=is_busy on_click=move |()| go_back(number)>
                                {live_text!(locale, versions.confirm)}
                            </Button>
                        </div>
                    </Show>
                </Show>
            </li>
        }
    };
    view! {
        <Show when=move || !versions.with(Vec::is_empty)>
            <h3 class="versions__heading">{live_text!(locale, versions.title)}</h3>
        </Show>
        <p class="dialog__note" role="status">{move || problem.get()}</p>
        <ul class="versions">{move || versions.get().into_iter().map(row).collect_view()}</ul>
    }
}
