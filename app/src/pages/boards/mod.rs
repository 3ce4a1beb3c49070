//! The list of boards: find one, make one, take one away.

mod card;
mod delete;
mod new;
mod thumbnail;

pub(crate) use new::NewBoardDialog;

use crate::{
    chrome::{Frame, Loaded, Message, load},
    i18n::{label, live_text, text, use_locale},
    server_functions::list_boards,
};
use card::BoardCard;
use components::controls::{Button, ButtonKind, FieldKind, IconName, TextField};
use delete::DeleteBoardDialog;
use leptos::prelude::*;
use leptos_meta::Title;
use model::{access::Account, board::BoardSummary};
use std::sync::Arc;

/// The list of boards.
#[component]
pub(crate) fn BoardListPage() -> impl IntoView {
    let locale = use_locale();
    let data = Resource::new_blocking(|| (), |()| load(list_boards()));
    view! {
        <Title text=move || text!(locale.get(), boards.page_title) />
        <Loaded
            data
            page=move |account, boards| view! { <BoardList account boards /> }.into_any()
        />
    }
}

#[component]
fn BoardList(account: Arc<Account>, boards: Vec<BoardSummary>) -> impl IntoView {
    let locale = use_locale();
    let (may_edit, calendar) = (account.role.may_edit(), account.calendar);
    let boards = RwSignal::new(boards);
    let search = RwSignal::new(String::new());
    let is_making = RwSignal::new(false);
    let deleted = RwSignal::new(None::<BoardSummary>);
    let found = Memo::new(move |_| {
        let search = search.get();
        boards.with(|boards| boards.iter().filter(|board| matches(board, &search)).cloned().collect::<Vec<_>>())
    });
    let is_empty = Memo::new(move |_| boards.with(Vec::is_empty));
    let nothing_found = Memo::new(move |_| !is_empty.get() && found.with(Vec::is_empty));
    let make = move || {
        may_edit.then(|| {
            view! {
                <Button kind=ButtonKind::Primary icon=IconName::Plus on_click=move |()| is_making.set(true)>
                    {live_text!(locale, boards.new)}
                </Button>
            }
        })
    };
    view! {
        <Frame account>
            <main id="content" class="page boards">
                <header class="boards__head">
                    <h1 class="boards__title">{live_text!(locale, boards.title)}</h1>
                    <div class="boards__search">
                        <TextField
                            name="board-search"
                            label=label!(locale, boards.search)
                            placeholder=label!(locale, boards.search)
                            kind=FieldKind::Search
                            value=search
                            on_input=move |text| search.set(text)
                        />
                    </div>
                    {make()}
                </header>
                <Show when=move || is_empty.get()>
                    <Message
                        icon=IconName::Board
                        title=label!(locale, boards.empty_title)
                        advice=Signal::derive(move || {
                            if may_edit {
                                text!(locale.get(), boards.empty_for_editors).to_owned()
                            } else {
                                text!(locale.get(), boards.empty_for_viewers).to_owned()
                            }
                        })
                    >
                        {make()}
                    </Message>
                </Show>
                <p class="boards__none" role="status">
                    {move || nothing_found.get().then(|| text!(locale.get(), boards.nothing_found, search = search.get()))}
                </p>
                <ul class="boards__grid">
                    <For each=move || found.get() key=|board| (board.id, board.edited_at) let:board>
                        <BoardCard board may_edit calendar on_delete=move |board| deleted.set(Some(board)) />
                    </For>
                </ul>
            </main>
        </Frame>
        <NewBoardDialog open=is_making />
        <DeleteBoardDialog
            board=deleted
            on_deleted=move |id| boards.update(|boards| boards.retain(|board| board.id != id))
        />
    }
}

/// Whether every word of the search stands in the title or the editor's name, in any case.
fn matches(board: &BoardSummary, search: &str) -> bool {
    let text = format!("{} {}", board.title, board.edited_by).to_lowercase();
    search.to_lowercase().split_whitespace().all(|word| text.contains(word))
}
