//! A published board on a wall: nothing around it, in the pixels of the screen it was made for.

use super::{filter_tile::provide_shown_filters, freshness::Freshness, published::PublishedBoard, published_board};
use crate::{
    chrome::{DocumentTitle, Loaded, ThemeSheet, use_appearance},
    i18n::{live_text, text, use_locale},
    routes,
};
use components::{
    controls::{Icon, IconName},
    wall::WallView,
};
use leptos::prelude::*;
use model::{
    board::{Board, BoardView},
    metric::CatalogueView,
};

/// The wall of a published board.
#[component]
pub(crate) fn WallPage() -> impl IntoView {
    let data = published_board();
    view! {
        <Loaded
            data
            page=move |_, (view, catalogue)| {
                view! { <Wall view catalogue reload=move |()| data.refetch() /> }.into_any()
            }
        />
    }
}

#[component]
fn Wall(view: BoardView, catalogue: CatalogueView, #[prop(into)] reload: Callback<()>) -> impl IntoView {
    let locale = use_locale();
    let published = PublishedBoard::follow(&view, catalogue, reload);
    provide_shown_filters(published);
    let PublishedBoard { board, live, .. } = published;
    let id = view.id;
    // Nobody stands at a wall to press a button: a new version shows itself.
    Effect::new(move |_| {
        if live.has_newer_version() {
            reload.run(());
        }
    });
    let title = move || published.title();
    let layout = Signal::stored(board.with_value(Board::wall));
    let paint = use_appearance().wall_paint(board.with_value(Board::theme));
    view! {
        <DocumentTitle text=Signal::derive(move || text!(locale.get(), wall.page_title, title = title())) />
        <main id="content" class="wall-page" data-board-theme=paint.name()>
            <ThemeSheet paint=Signal::stored(Some(paint)) />
            <WallView
                layout
                head=move || {
                    view! {
                        <h1 class="wall__title">{title}</h1>
                        <Freshness live />
                    }
                }
                render_tile=published.tiles()
            />
            <a class="button button--secondary wall-page__back" href=routes::board(id)>
                <Icon name=IconName::ChevronLeft />
                <span class="button__label">{live_text!(locale, wall.back)}</span>
            </a>
        </main>
    }
}
