//! The tiles of the draft as they are drawn, while it is edited or looked at.

use super::{editor::Editor, previews::Previews};
use crate::pages::tile_title::{fallback_title, spoken_title};
use components::tile::{Inside, Names, TileCard};
use leptos::prelude::*;
use model::{
    board::{Board, Tile, TileId},
    formatting::Locale,
};

/// What drawing a tile takes. Cheap to copy.
#[derive(Clone, Copy)]
pub(super) struct DrawnTiles {
    pub(super) editor: Editor,
    /// The draft as readers first see it.
    pub(super) read: Memo<Board>,
    pub(super) names: Signal<Names>,
    pub(super) previews: Previews,
    pub(super) locale: Signal<Locale>,
    /// Whether somebody arranges them here; otherwise they are only looked at.
    pub(super) is_edited: bool,
}

impl DrawnTiles {
    /// Draws a tile; called once for each.
    pub(super) fn callback(self) -> Callback<TileId, AnyView> {
        Callback::new(move |id: TileId| self.draw(id))
    }

    fn draw(self, id: TileId) -> AnyView {
        let Self { editor, read, names, previews, locale, is_edited } = self;
        let tile = Memo::new(move |_| read.with(|board| board.tile(id).cloned()));
        // A tile that was just removed is drawn once more before its layout drops it.
        let Some(first) = tile.get_untracked() else { return ().into_any() };
        let shown = Memo::new(move |before: Option<&Tile>| {
            tile.get().or_else(|| before.cloned()).unwrap_or_else(|| first.clone())
        });
        let title_of = Callback::new(move |id: TileId| {
            names.with(|names| read.with(|board| board.tile(id).map(|tile| spoken_title(tile, names, locale.get()))))
        });
        // The pages are turned in the inspector, and stay where they are while somebody works on one.
        let page_of = is_edited.then(|| Callback::new(move |container: TileId| editor.page_of(container)));
        let inside = Inside { render: self.callback(), title_of, page_of };
        view! {
            <TileCard
                tile=shown
                title_fallback=Signal::derive(move || {
                    names.with(|names| shown.with(|tile| fallback_title(&tile.content, names, locale.get())))
                })
                state=previews.state(id)
                locale
                names
                calendar=Signal::stored(editor.calendar())
                inside
            />
        }
        .into_any()
    }
}
