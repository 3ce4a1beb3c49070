//! A published board, alive: drawn on the server with its numbers, then kept up to date by the stream.

mod filling;
mod filter_bar;
mod filter_tile;
mod freshness;
mod glance;
mod live;
mod pick_bar;
mod published;
mod reading;
mod stream;
mod wall;

#[cfg(feature = "hydrate")]
pub(crate) use glance::{charts_came, end as end_of_glance, glance, replay, tell_alive};
pub(crate) use wall::WallPage;

use crate::{
    chrome::{DocumentTitle, Frame, Loaded, Message, PageData, load, use_appearance},
    error::AppError,
    i18n::{label, live_text, text, use_locale},
    pages::change_words::change_words,
    routes,
    server_functions::{catalogue, open_board},
};
use components::{
    controls::{Button, ButtonKind, Icon, IconName},
    grid::GridView,
};
use filter_bar::FilterBar;
use filter_tile::provide_filter_tiles;
use freshness::Freshness;
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use model::{
    access::Account,
    board::{Board, BoardId, BoardView},
    metric::CatalogueView,
};
use published::PublishedBoard;
use reading::reading_of_address;
use std::sync::Arc;

/// The board that the address names. A text that is no id is nobody's board: the server says so as for any other.
pub(crate) fn board_of_address() -> Memo<BoardId> {
    let params = use_params_map();
    Memo::new(move |_| {
        params.with(|params| params.get_str("id").and_then(|id| id.parse().ok())).unwrap_or(BoardId::from_u128(0))
    })
}

/// The board of the address as it is read there, with the catalogue. Choosing something else is told by the stream.
fn published_board() -> Resource<Result<PageData<(BoardView, CatalogueView)>, AppError>> {
    let (id, reading) = (board_of_address(), reading_of_address());
    Resource::new_blocking(
        move || id.get(),
        move |id| {
            let reading = reading.get_untracked();
            load(async move {
                let (view, catalogue) = futures::try_join!(open_board(id, reading), catalogue())?;
                let catalogue = catalogue.of_metrics(&view.metrics());
                Ok((view, catalogue))
            })
        },
    )
}

/// A published board.
#[component]
pub(crate) fn BoardPage() -> impl IntoView {
    let data = published_board();
    view! {
        <Loaded
            data
            page=move |account, (view, catalogue)| {
                view! { <BoardViewer account view catalogue reload=move |()| data.refetch() /> }.into_any()
            }
        />
    }
}

#[component]
fn BoardViewer(
    account: Arc<Account>,
    view: BoardView,
    catalogue: CatalogueView,
    #[prop(into)] reload: Callback<()>,
) -> impl IntoView {
    let locale = use_locale();
    let published = PublishedBoard::follow(&view, catalogue, reload);
    let PublishedBoard { board, names, live, .. } = published;
    provide_filter_tiles(published);
    let render_tile = published.tiles_to_pick_from();
    let title = move || published.title();
    let (id, may_edit) = (view.id, view.may_edit);
    let BoardView { version, published_by, changes, .. } = view;
    let told = published.told();
    let is_empty = board.with_value(|board| board.tiles().is_empty());
    let paint = Signal::stored(use_appearance().paint(board.with_value(Board::theme)));
    let heading = move || {
        view! {
            <h1 class="topbar__title">{title}</h1>
            <Freshness live />
        }
    };
    let actions = move || {
        let edit = may_edit.then(|| {
            view! {
                <a class="button button--secondary" href=routes::builder(id) aria-label=live_text!(locale, board.edit)>
                    <Icon name=IconName::Edit />
                    <span class="button__label">{live_text!(locale, board.edit)}</span>
                </a>
            }
        });
        view! {
            <a
                class="button button--icon"
                href=routes::wall(id)
                aria-label=live_text!(locale, board.open_wall)
                title=live_text!(locale, board.open_wall)
            >
                <Icon name=IconName::Wall />
            </a>
            {edit}
        }
    };
    view! {
        <DocumentTitle text=Signal::derive(title) />
        <Frame account heading=heading actions=actions paint>
            <Show when=move || live.has_newer_version()>
                <div class="banner" role="status">
                    <p class="banner__text">{live_text!(locale, board.newer)}</p>
                    <Button kind=ButtonKind::Primary on_click=move |()| reload.run(())>
                        {live_text!(locale, board.show_newer)}
                    </Button>
                </div>
            </Show>
            <main id="content" class="page board-page" data-glanced=told>
                {(!is_empty).then(|| view! { <FilterBar published /> })}
                {if is_empty {
                    view! {
                        <Message
                            icon=IconName::Board
                            title=label!(locale, board.empty_title)
                            advice=label!(locale, board.empty_advice)
                        />
                    }
                        .into_any()
                } else {
                    let layout = Signal::stored(board.with_value(|board| board.desk().clone()));
                    let phone = Signal::stored(board.with_value(Board::phone));
                    view! { <GridView layout phone locale render_tile /> }
                        .into_any()
                }}
                <footer class="board-page__foot">
                    <p>{move || text!(locale.get(), board.version, number = version, name = published_by.clone())}</p>
                    {(!changes.is_empty())
                        .then(|| {
                            let changes = StoredValue::new(changes);
                            let words = move || {
                                let locale = locale.get();
                                names
                                    .with(|names| {
                                        changes.with_value(|changes| {
                                            changes
                                                .iter()
                                                .map(|change| view! { <li>{change_words(change, names, locale)}</li> })
                                                .collect_view()
                                        })
                                    })
                            };
                            view! {
                                <details class="board-page__changes">
                                    <summary>{live_text!(locale, board.what_changed)}</summary>
                                    <ul>{words}</ul>
                                </details>
                            }
                        })}
                </footer>
            </main>
        </Frame>
    }
}
