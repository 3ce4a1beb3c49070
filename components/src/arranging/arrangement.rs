//! What a layout says for itself.

use super::{ArrangingTiles, Arrow, Edges, Grip};
use crate::words;
use leptos::{ev, prelude::*};
use model::{board::TileId, formatting::Locale};

/// What every layout that is arranged by hand has. Cheap to copy.
#[derive(Clone, Copy)]
pub(crate) struct Arranging {
    pub(crate) tiles: ArrangingTiles,
    pub(crate) locale: Signal<Locale>,
    /// What is read aloud.
    pub(crate) said: RwSignal<String>,
    /// The container that what is held would go into.
    pub(crate) receiver: RwSignal<Option<TileId>>,
}

impl Arranging {
    pub(crate) fn new(tiles: ArrangingTiles, locale: Signal<Locale>) -> Self {
        Self { tiles, locale, said: RwSignal::new(String::new()), receiver: RwSignal::new(None) }
    }
}

/// A layout that is arranged by hand. Cheap to copy.
pub(crate) trait Arrangement: Copy + Send + Sync + 'static {
    /// The block its classes are named after.
    const BLOCK: &'static str;
    /// The element that says which keys there are.
    const KEYS_ID: &'static str;
    /// The edges by which its tiles are resized.
    const EDGES: &'static [Edges];
    /// Whether a finger moves a tile by itself. Otherwise it scrolls the page, and the tile's grip moves the tile.
    const MOVES_ON_TOUCH: bool;

    fn arranging(self) -> Arranging;
    /// The tiles in the order in which the focus goes through them.
    fn order(self) -> Vec<TileId>;
    fn is_dragging(self) -> bool;
    /// The pointer takes hold of a tile that is not locked; nothing happens while another one is held.
    fn take(self, tile: TileId, grip: Grip, event: &ev::PointerEvent);
    /// Escape, or the browser took the pointer away: everything is as it was.
    fn cancel(self);
    /// An arrow is pressed on a tile that is not locked.
    fn press_arrow(self, tile: TileId, arrow: Arrow, event: &ev::KeyboardEvent);

    fn tiles(self) -> ArrangingTiles {
        self.arranging().tiles
    }

    fn locale(self) -> Signal<Locale> {
        self.arranging().locale
    }

    /// The container that what is held would go into is shown.
    fn receive(self, receiver: Option<TileId>) {
        let shown = self.arranging().receiver;
        if shown.get_untracked() != receiver {
            shown.set(receiver);
        }
    }

    /// What was held goes into a container.
    fn enter(self, container: TileId, tiles: Vec<TileId>) {
        let locale = self.locale().get_untracked();
        self.say(words::put_into(&self.tiles().label_of.run(container), locale));
        self.tiles().on_enter.run((container, tiles));
    }

    fn say(self, text: String) {
        self.arranging().said.set(text);
    }
}

/// The browser took the pointer away from the layout. A finger belongs at first to what it was put on, until the layout takes
/// it over: that this ends is told to the layout too, and is no loss.
pub(crate) fn is_pointer_lost(event: &ev::PointerEvent) -> bool {
    event.target() == event.current_target()
}

/// Tells whether a tile is in the hand.
pub(crate) fn tell_held<A: Arrangement>(stage: A) {
    let is_held = stage.tiles().is_held;
    let is_dragging = Memo::new(move |_| stage.is_dragging());
    Effect::new(move |_| is_held.set(is_dragging.get()));
    on_cleanup(move || {
        is_held.try_set(false);
    });
}

/// Escape ends a drag wherever the focus is.
pub(crate) fn cancel_by_escape<A: Arrangement>(stage: A) {
    Effect::new(move |_| {
        let listener = window_event_listener(ev::keydown, move |event| {
            if event.key() == "Escape" && untrack(|| stage.is_dragging()) {
                event.prevent_default();
                event.stop_propagation();
                stage.cancel();
            }
        });
        on_cleanup(move || listener.remove());
    });
}
