//! The keyboard way through the same edits.

use super::{Arrangement, Arrow, Selection, focus::neighbour, focus_soon};
use crate::words;
use leptos::{ev, prelude::*};
use model::board::TileId;

/// A key pressed on a tile. What it does, it does to all that are selected with it.
pub(crate) fn press<A: Arrangement>(stage: A, tile: TileId, event: &ev::KeyboardEvent) {
    let (tiles, locale) = (stage.tiles(), stage.locale().get_untracked());
    match (Arrow::from_key(&event.key()), event.key().as_str()) {
        (Some(_), _) if tiles.is_locked.run(tile) => stage.say(words::IS_LOCKED.in_locale(locale).to_owned()),
        (Some(arrow), _) => stage.press_arrow(tile, arrow, event),
        (None, "Delete" | "Backspace") => remove_with(stage, tile),
        (None, "Enter") => {
            tiles.select(tile);
            tiles.on_open.run(tile);
        }
        (None, " ") => {
            tiles.toggle(tile);
            let count = tiles.selected.with_untracked(|selected| selected.tiles().len());
            stage.say(words::selected_count(count, locale));
        }
        (None, "Escape") if untrack(|| stage.is_dragging()) => stage.cancel(),
        (None, "Escape") => tiles.selected.set(Selection::none()),
        (None, _) => return,
    }
    event.prevent_default();
    event.stop_propagation();
}

fn remove_with<A: Arrangement>(stage: A, tile: TileId) {
    let (tiles, locale) = (stage.tiles(), stage.locale().get_untracked());
    let removed = tiles.moved_with(tile);
    if removed.is_empty() {
        stage.say(words::IS_LOCKED.in_locale(locale).to_owned());
        return;
    }
    let labels: Vec<String> = removed.iter().map(|tile| tiles.label_of.run(*tile)).collect();
    stage.say(words::removed(&labels.join(words::LIST_SEPARATOR.in_locale(locale)), locale));
    let next = neighbour(&stage.order(), tile, &removed);
    tiles.on_remove.run(removed);
    // The focus goes on to where the removed tile stood, not back to the top of the page.
    if let Some(next) = next {
        focus_soon(next);
    }
}
