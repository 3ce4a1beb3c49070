//! The keyboard way through the same edits.

use super::{
    gesture::{moved, resized},
    stage::Stage,
};
use crate::{
    arranging::{Arrangement as _, Arrow, focus_soon},
    words,
};
use leptos::prelude::*;
use model::{board::TileId, layout::Placed};

impl Stage {
    /// An arrow moves a tile and what is selected with it by one step; with Shift it resizes the tile.
    pub(super) fn step(self, tile: TileId, arrow: Arrow, resizes: bool) {
        let (tiles, locale) = (self.editing.tiles, self.locale().get_untracked());
        let layout = self.layout.get_untracked();
        let targets = if resizes {
            let least = self.editing.kind_of.run(tile).least_size();
            resized(&layout, tile, arrow, least).map(|rect| Placed { tile, rect }).into_iter().collect()
        } else {
            moved(&layout, &tiles.moved_with(tile), arrow)
        };
        if targets.is_empty() {
            self.say(words::NOWHERE_TO_GO.in_locale(locale).to_owned());
            return;
        }
        if let Some(rect) = layout.place_all(&targets).rect(tile) {
            self.say(words::stands_at(rect, locale));
        }
        tiles.select_unless_selected(tile);
        self.editing.on_place.run(targets);
        // Tiles that change their order on the page lose the focus.
        focus_soon(tile);
    }
}
