//! What page and wall share of a published board: its title and its tiles.

use super::live::LiveBoard;
use crate::{
    i18n::{text, use_locale},
    pages::tile_title::fallback_title,
};
use components::tile::{Names, TileCard};
use leptos::prelude::*;
use model::{
    board::{Board, BoardView, TileId},
    formatting::Locale,
    metric::CatalogueView,
};

/// A published board whose numbers are kept up to date. Cheap to copy.
#[derive(Clone, Copy)]
pub(super) struct PublishedBoard {
    pub(super) board: StoredValue<Board>,
    pub(super) names: Signal<Names>,
    pub(super) live: LiveBoard,
    locale: Signal<Locale>,
    /// Draws a tile; called once for each.
    pub(super) render_tile: Callback<TileId, AnyView>,
}

impl PublishedBoard {
    /// Follows the board's stream; `reload` is called where only a new page shows what changed.
    pub(super) fn follow(view: &BoardView, catalogue: &CatalogueView, reload: Callback<()>) -> Self {
        let locale = use_locale();
        let names = Signal::stored(Names::from_catalogue(catalogue));
        let live = LiveBoard::new(view);
        live.follow(reload);
        let (board, calendar) = (StoredValue::new(view.board.clone()), view.calendar);
        let render_tile = Callback::new(move |id: TileId| {
            let Some(tile) = board.with_value(|board| board.tile(id).cloned()) else { return ().into_any() };
            let content = tile.content.clone();
            view! {
                <TileCard
                    tile=Signal::stored(tile)
                    title_fallback=Signal::derive(move || {
                        names.with(|names| fallback_title(&content, names, locale.get()))
                    })
                    state=live.tile(id)
                    locale
                    names
                    calendar=Signal::stored(calendar)
                />
            }
            .into_any()
        });
        Self { board, names, live, locale, render_tile }
    }

    /// The board's title, or what a board without one is called.
    pub(super) fn title(self) -> String {
        let title = self.board.with_value(|board| board.title().to_string());
        if title.is_empty() { text!(self.locale.get(), boards.untitled).to_owned() } else { title }
    }
}
