//! The list of what happened, newest first, and more of it on demand.

use super::{naming::NamingDialog, row::HistoryRow};
use crate::{
    i18n::{error_words, live_text, text, use_locale},
    pages::builder::editor::Editor,
    server_functions::{board_history, restore_board, revert_change},
};
use components::{
    controls::{Button, ToastKind, Toasts},
    tile::Names,
};
use leptos::{prelude::*, task::spawn_local};
use model::board::{HistoryEntry, OperationId};
use uuid::Uuid;

/// What is done with an entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum WayBack {
    /// All that came after it is taken back.
    Restore,
    /// Only this one is taken back.
    Revert,
}

/// The history. It is read anew whenever the draft has moved on.
#[component]
pub(crate) fn HistoryPanel(editor: Editor, names: Signal<Names>) -> impl IntoView {
    let locale = use_locale();
    let toasts = use_context::<Toasts>();
    let entries = RwSignal::new(Vec::<HistoryEntry>::new());
    let has_more = RwSignal::new(false);
    let problem = RwSignal::new(None::<String>);
    let is_busy = RwSignal::new(false);
    let naming = RwSignal::new(None::<HistoryEntry>);
    let round = RwSignal::new(0_u32);
    let read = move |before: Option<i64>| {
        spawn_local(async move {
            match board_history(editor.id, before).await {
                Ok(page) => {
                    problem.try_set(None);
                    has_more.try_set(page.has_more);
                    entries.try_update(|entries| {
                        if before.is_none() {
                            entries.clear();
                        }
                        entries.extend(page.entries);
                    });
                }
                Err(error) => {
                    let words = error_words(&error, locale.get_untracked());
                    problem.try_set(Some(format!("{} {}", words.title, words.advice)));
                }
            }
        });
    };
    Effect::new(move |_| {
        editor.draft_version();
        round.track();
        read(None);
    });
    let go_back = Callback::new(move |(way, version): (WayBack, i64)| {
        if is_busy.get_untracked() {
            return;
        }
        is_busy.set(true);
        spawn_local(async move {
            let id = OperationId::new(Uuid::now_v7());
            let answer = match way {
                WayBack::Restore => restore_board(editor.id, version, id).await,
                WayBack::Revert => revert_change(editor.id, version, id).await,
            };
            is_busy.try_set(false);
            match answer {
                Ok(draft) => editor.take(draft),
                Err(error) => {
                    let words = error_words(&error, locale.get_untracked());
                    if let Some(toasts) = toasts {
                        toasts.show(ToastKind::Error, format!("{} {}", words.title, words.advice));
                    }
                }
            }
        });
    });
    // What still waits for the server would come after it.
    let may_go_back = Signal::derive(move || editor.is_saved() && !is_busy.get());
    let last = move || entries.with(|entries| entries.last().map(|entry| entry.version));
    view! {
        <p class="layers__none" role="status">
            {move || {
                problem
                    .get()
                    .or_else(|| entries.with(Vec::is_empty).then(|| text!(locale.get(), history.empty).to_owned()))
            }}
        </p>
        <ol class="history" aria-label=live_text!(locale, history.title)>
            <For
                each=move || entries.get()
                key=|entry| (entry.version, entry.is_undone, entry.name.clone(), entry.published)
                let:entry
            >
                <HistoryRow
                    entry
                    names
                    calendar=editor.calendar()
                    may_go_back
                    on_go_back=go_back
                    on_name=move |entry| naming.set(Some(entry))
                />
            </For>
        </ol>
        <Show when=move || has_more.get()>
            <Button on_click=move |()| read(last())>{live_text!(locale, history.more)}</Button>
        </Show>
        <NamingDialog board=editor.id entry=naming on_named=move |()| round.update(|round| *round += 1) />
    }
}
