//! A new board: its name, and on to the builder.

use super::name_words::wrong_with;
use crate::{
    error::AppError,
    i18n::{label, live_text, use_locale},
    routes,
};
use components::controls::{Button, ButtonKind, Dialog, Submits, TextField};
use leptos::{ev, prelude::*};
use leptos_router::hooks::use_navigate;
use model::board::{BoardId, Title};

/// What makes a board of a name.
pub(crate) type MakeBoard = Action<Title, Result<BoardId, AppError>>;

/// Asks for the name, makes the board and opens it in the builder. `usual` is the name that is there to begin with.
#[component]
pub(crate) fn NewBoardDialog(
    #[prop(into)] title: Signal<String>,
    #[prop(optional)] usual: String,
    make: MakeBoard,
    open: RwSignal<bool>,
) -> impl IntoView {
    let locale = use_locale();
    let name = RwSignal::new(usual);
    let navigate = use_navigate();
    Effect::new(move |_| {
        if let Some(Ok(id)) = make.value().get() {
            open.set(false);
            navigate(&routes::builder(id), leptos_router::NavigateOptions::default());
        }
    });
    let named = Memo::new(move |_| name.with(|name| Title::parse(name)));
    let wrong = Signal::derive(move || {
        let refused = make.value().get().and_then(Result::err);
        named.with(|named| wrong_with(named, refused, locale.get()))
    });
    let submit = move |event: ev::SubmitEvent| {
        event.prevent_default();
        if let Ok(named) = named.get_untracked()
            && !named.is_empty()
        {
            make.dispatch(named);
        }
    };
    view! {
        <Dialog name="new-board" title locale open>
            <form class="form" on:submit=submit>
                <TextField
                    name="board-name"
                    label=label!(locale, boards.name)
                    placeholder=label!(locale, boards.name_example)
                    value=name
                    error=wrong
                    required=true
                    on_input=move |text| name.set(text)
                />
                <div class="form__actions">
                    <Button on_click=move |()| open.set(false)>{live_text!(locale, common.cancel)}</Button>
                    <Button kind=ButtonKind::Primary submits=Submits::Form busy=make.pending()>
                        {live_text!(locale, boards.create)}
                    </Button>
                </div>
            </form>
        </Dialog>
    }
    .into_any()
}
