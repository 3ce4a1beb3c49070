//! Taking a board away, after asking.

use crate::{
    i18n::{error_words, label, live_text, text, use_locale},
    server_functions::delete_board,
};
use components::controls::{Button, ButtonKind, Dialog, ToastKind, Toasts};
use leptos::prelude::*;
use model::board::{BoardId, BoardSummary};

/// Asks, and deletes. `board` is the one to ask about.
#[component]
pub(crate) fn DeleteBoardDialog(
    board: RwSignal<Option<BoardSummary>>,
    #[prop(into)] on_deleted: Callback<BoardId>,
) -> impl IntoView {
    let locale = use_locale();
    let toasts = use_context::<Toasts>();
    let open = RwSignal::new(false);
    Effect::new(move |_| open.set(board.with(Option::is_some)));
    Effect::new(move |before: Option<bool>| {
        let now = open.get();
        if before == Some(true) && !now {
            board.set(None);
        }
        now
    });
    let delete = Action::new(move |id: &BoardId| {
        let id = *id;
        async move {
            let told = match delete_board(id).await {
                Ok(()) => {
                    on_deleted.run(id);
                    (ToastKind::Done, text!(locale.get_untracked(), boards.deleted).to_owned())
                }
                Err(error) => {
                    let words = error_words(&error, locale.get_untracked());
                    (ToastKind::Error, format!("{} {}", words.title, words.advice))
                }
            };
            open.set(false);
            if let Some(toasts) = toasts {
                toasts.show(told.0, told.1);
            }
        }
    });
    let question = move || {
        board.with(|board| {
            board.as_ref().map(|board| text!(locale.get(), boards.delete_question, title = board.title.to_string()))
        })
    };
    view! {
        <Dialog name="delete-board" title=label!(locale, boards.delete_title) locale open>
            <p class="dialog__text">{question}</p>
            <div class="form__actions">
                <Button on_click=move |()| open.set(false)>{live_text!(locale, common.cancel)}</Button>
                <Button
                    kind=ButtonKind::Danger
                    busy=delete.pending()
                    on_click=move |()| {
                        if let Some(board) = board.get_untracked() {
                            delete.dispatch(board.id);
                        }
                    }
                >
                    {live_text!(locale, boards.delete)}
                </Button>
            </div>
        </Dialog>
    }
}
