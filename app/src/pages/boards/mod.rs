//! The list of boards: find one, make one, take one away.

mod card;
mod delete;
mod folder;
mod name_words;
mod new;
mod shelf;
mod thumbnail;

pub(crate) use new::NewBoardDialog;
pub(crate) use thumbnail::Thumbnail;

use crate::{
    chrome::{DocumentTitle, Frame, Loaded, Message, load},
    i18n::{label, live_text, text, use_locale},
    routes,
    server_functions::{create_board, list_boards, mark_favourite},
};
use card::BoardCard;
use components::controls::{Button, ButtonKind, FieldKind, Icon, IconName, TextField};
use delete::DeleteBoardDialog;
use folder::FolderDialog;
use leptos::{prelude::*, task::spawn_local};
use leptos_router::hooks::use_query_map;
use model::{
    access::Account,
    board::{BoardId, BoardSummary, Title},
};
use shelf::{Shelf, folders, recent};
use std::sync::Arc;

/// So many boards are offered again.
const RECENT: usize = 4;
/// With fewer boards the list itself is short enough.
const MANY: usize = 4;

/// The list of boards.
#[component]
pub(crate) fn BoardListPage() -> impl IntoView {
    let locale = use_locale();
    let data = Resource::new_blocking(|| (), |()| load(list_boards()));
    view! {
        <DocumentTitle text=Signal::derive(move || text!(locale.get(), boards.page_title).to_owned()) />
        <Loaded data page=move |account, boards| view! { <BoardList account boards /> }.into_any() />
    }
}

#[component]
fn BoardList(account: Arc<Account>, boards: Vec<BoardSummary>) -> impl IntoView {
    let locale = use_locale();
    let (may_edit, calendar) = (account.role.may_edit(), account.calendar);
    let boards = RwSignal::new(boards);
    let search = RwSignal::new(String::new());
    let is_making = RwSignal::new(false);
    let make_board = Action::new(|title: &Title| {
        let title = title.clone();
        async move { create_board(title).await }
    });
    let deleted = RwSignal::new(None::<BoardSummary>);
    let moved = RwSignal::new(None::<BoardSummary>);
    let address = use_query_map();
    let shelf = Memo::new(move |_| address.with(Shelf::of_address));
    let found = Memo::new(move |_| {
        let (search, shelf) = (search.get(), shelf.get());
        let is_wanted = |board: &&BoardSummary| shelf.holds(board) && matches(board, &search);
        boards.with(|boards| boards.iter().filter(is_wanted).cloned().collect::<Vec<_>>())
    });
    let folders = Memo::new(move |_| boards.with(|boards| folders(boards)));
    let mark = move |(id, is_favourite): (BoardId, bool)| {
        let set = move |is_favourite: bool| {
            let _ = boards.try_update(|boards| {
                boards.iter_mut().filter(|board| board.id == id).for_each(|board| board.is_favourite = is_favourite);
            });
        };
        // Seen at once, and taken back where the server does not take it.
        set(is_favourite);
        spawn_local(async move {
            if mark_favourite(id, is_favourite).await.is_err() {
                set(!is_favourite);
            }
        });
    };
    let is_empty = Memo::new(move |_| boards.with(Vec::is_empty));
    let nothing_found = move || {
        if is_empty.get() || !found.with(Vec::is_empty) {
            return None;
        }
        let locale = locale.get();
        Some(match (search.with(|search| search.trim().is_empty()), shelf.get()) {
            (true, Shelf::Favourites) => text!(locale, boards.no_favourites).to_owned(),
            (true, Shelf::Folder(_)) => text!(locale, boards.empty_folder).to_owned(),
            (true, Shelf::All) | (false, _) => text!(locale, boards.nothing_found, search = search.get()),
        })
    };
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
                    {may_edit
                        .then(|| {
                            view! {
                                <a class="button button--secondary" href=routes::TEMPLATES>
                                    {live_text!(locale, templates.title)}
                                </a>
                                <a class="button button--secondary" href=routes::COMPONENTS>
                                    {live_text!(locale, gallery.title)}
                                </a>
                            }
                        })}
                    <a class="button button--secondary" href=routes::CATALOGUE>
                        {live_text!(locale, catalogue.title)}
                    </a>
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
                <Show when=move || !is_empty.get()>
                    <Shelves shelf folders />
                </Show>
                <Recent boards shelf search />
                <p class="boards__none" role="status">
                    {nothing_found}
                </p>
                <ul class="boards__grid">
                    <For each=move || found.get() key=|board| (board.id, board.edited_at, board.is_favourite, board.folder.clone()) let:board>
                        <BoardCard board may_edit calendar on_mark=mark on_move=move |board| moved.set(Some(board)) on_delete=move |board| deleted.set(Some(board)) />
                    </For>
                </ul>
            </main>
        </Frame>
        <NewBoardDialog title=label!(locale, boards.new) make=make_board open=is_making />
        <FolderDialog
            board=moved
            folders
            on_moved=move |(id, folder)| {
                boards.update(|boards| {
                    boards.iter_mut().filter(|board| board.id == id).for_each(|board| board.folder.clone_from(&folder));
                });
            }
        />
        <DeleteBoardDialog
            board=deleted
            on_deleted=move |id| boards.update(|boards| boards.retain(|board| board.id != id))
        />
    }
}

/// All, what is kept at hand, and a shelf for each folder.
#[component]
fn Shelves(shelf: Memo<Shelf>, folders: Memo<Vec<String>>) -> impl IntoView {
    let locale = use_locale();
    let shelves = move || {
        let fixed = [
            (Shelf::All, text!(locale.get(), boards.all).to_owned()),
            (Shelf::Favourites, text!(locale.get(), boards.favourites).to_owned()),
        ];
        let named = folders.get().into_iter().map(|folder| (Shelf::Folder(folder.clone()), folder));
        let link = |(own, name): (Shelf, String)| {
            let icon = match own {
                Shelf::All => IconName::Board,
                Shelf::Favourites => IconName::Star,
                Shelf::Folder(_) => IconName::Folder,
            };
            let address = own.address();
            let is_current = move || (shelf.get() == own).then_some("page");
            view! {
                <a class="boards__shelf" href=address aria-current=is_current>
                    <Icon name=icon />
                    <span>{name}</span>
                </a>
            }
        };
        fixed.into_iter().chain(named).map(link).collect_view()
    };
    view! {
        <nav class="boards__shelves" aria-label=live_text!(locale, boards.shelves)>
            {shelves}
        </nav>
    }
    .into_any()
}

/// What was opened last, where there is much to look through.
#[component]
fn Recent(boards: RwSignal<Vec<BoardSummary>>, shelf: Memo<Shelf>, search: RwSignal<String>) -> impl IntoView {
    let locale = use_locale();
    let last = Memo::new(move |_| {
        let is_wanted = shelf.get() == Shelf::All && search.with(|search| search.trim().is_empty());
        boards.with(|boards| if is_wanted && boards.len() > MANY { recent(boards, RECENT) } else { Vec::new() })
    });
    let link = move |board: BoardSummary| {
        let title = board.title.to_string();
        let to = if board.published_at.is_some() { routes::board(board.id) } else { routes::builder(board.id) };
        view! {
            <a class="boards__last" href=to>
                <Icon name=IconName::Clock />
                <span>
                    {move || if title.is_empty() { text!(locale.get(), boards.untitled).to_owned() } else { title.clone() }}
                </span>
            </a>
        }
    };
    view! {
        <Show when=move || !last.with(Vec::is_empty)>
            <section class="boards__recent" aria-label=live_text!(locale, boards.recent)>
                <h2 class="boards__subtitle">{live_text!(locale, boards.recent)}</h2>
                <div class="boards__lasts">{move || last.get().into_iter().map(link).collect_view()}</div>
            </section>
        </Show>
    }
    .into_any()
}

/// Whether every word of the search stands in the title, how it sounds, the folder or the editor's name.
fn matches(board: &BoardSummary, search: &str) -> bool {
    let folder = board.folder.as_ref().map(ToString::to_string).unwrap_or_default();
    let text = format!("{} {} {folder} {}", board.title, board.edited_by, board.sounds).to_lowercase();
    search.to_lowercase().split_whitespace().all(|word| text.contains(word))
}
