//! Putting a board into a folder.

use super::name_words::wrong_with;
use crate::{
    i18n::{label, live_text, text, use_locale},
    server_functions::move_to_folder,
};
use components::controls::{Button, ButtonKind, Dialog, Submits, TextField};
use leptos::{ev, prelude::*};
use model::board::{BoardId, BoardSummary, Title};

/// Asks for the folder: one there is, another name for a new one, or none. `board` is the one to ask about.
#[component]
pub(super) fn FolderDialog(
    board: RwSignal<Option<BoardSummary>>,
    #[prop(into)] folders: Signal<Vec<String>>,
    #[prop(into)] on_moved: Callback<(BoardId, Option<Title>)>,
) -> impl IntoView {
    let locale = use_locale();
    let open = RwSignal::new(false);
    let name = RwSignal::new(String::new());
    Effect::new(move |_| {
        board.with(|board| {
            let folder = board.as_ref().and_then(|board| board.folder.as_ref());
            name.set(folder.map(ToString::to_string).unwrap_or_default());
            open.set(board.is_some());
        });
    });
    Effect::new(move |before: Option<bool>| {
        let now = open.get();
        if before == Some(true) && !now {
            board.set(None);
        }
        now
    });
    let moving = Action::new(move |(id, folder): &(BoardId, Title)| {
        let (id, folder) = (*id, folder.clone());
        async move {
            let moved = move_to_folder(id, folder.clone()).await;
            if moved.is_ok() {
                on_moved.run((id, (!folder.is_empty()).then_some(folder)));
                open.set(false);
            }
            moved
        }
    });
    let title = Memo::new(move |_| name.with(|name| Title::parse(name)));
    let wrong = Signal::derive(move || {
        let refused = moving.value().get().and_then(Result::err);
        title.with(|title| wrong_with(title, refused, locale.get()))
    });
    let submit = move |event: ev::SubmitEvent| {
        event.prevent_default();
        if let (Some(board), Ok(folder)) = (board.get_untracked(), title.get_untracked()) {
            moving.dispatch((board.id, folder));
        }
    };
    let there = move || {
        let choose = |folder: String| {
            let own = folder.clone();
            view! {
                <button type="button" class="filters__chip" on:click=move |_| name.set(own.clone())>
                    <span>{folder}</span>
                </button>
            }
        };
        folders.get().into_iter().map(choose).collect_view()
    };
    view! {
        <Dialog name="folder" title=label!(locale, boards.move_title) locale open>
            <form class="form" on:submit=submit>
                <TextField
                    name="folder-name"
                    label=label!(locale, boards.folder)
                    hint=label!(locale, boards.folder_hint)
                    value=name
                    error=wrong
                    on_input=move |text| name.set(text)
                />
                <div class="boards__folders">{there}</div>
                <div class="form__actions">
                    <Button on_click=move |()| open.set(false)>{live_text!(locale, common.cancel)}</Button>
                    <Button kind=ButtonKind::Primary submits=Submits::Form busy=moving.pending()>
                        {move || {
                            if name.with(|name| name.trim().is_empty()) {
                                text!(locale.get(), boards.move_out)
                            } else {
                                text!(locale.get(), boards.move_in)
                            }
                        }}
                    </Button>
                </div>
            </form>
        </Dialog>
    }
}
