//! The gestures of the phone in the browser: what is held, and where it would stand.

use super::{
    editing::PhoneEditing,
    gesture::{Wish, drop_position},
};
use crate::{
    arranging::{Arrangement, Arranging, Arrow, Edges, Grip, focus_soon, tile_element},
    browser::{DRAG_THRESHOLD_PX, ScrollArea, client_point},
    chart::{Area, Point},
    palette::{DragSpace, Spot},
    words,
};
use leptos::{ev, html, prelude::*};
use model::{board::TileId, formatting::Locale, layout::PhoneLayout};

/// A card that is held by the pointer.
#[derive(Debug, Clone, PartialEq)]
struct Held {
    tile: TileId,
    pointer: i32,
    pressed_at: Point,
    /// Where the cards stood at the start, from the phone's top left corner.
    cards: Vec<(TileId, Area)>,
    position: usize,
    is_drag: bool,
}

/// What the parts of the phone share. Cheap to copy.
#[derive(Clone, Copy)]
pub(super) struct PhoneStage {
    pub(super) phone: NodeRef<html::Div>,
    pub(super) layout: Signal<PhoneLayout>,
    arranging: Arranging,
    pub(super) editing: PhoneEditing,
    held: RwSignal<Option<Held>>,
    pointer_at: StoredValue<Point>,
}

impl PhoneStage {
    pub(super) fn new(layout: Signal<PhoneLayout>, locale: Signal<Locale>, editing: PhoneEditing) -> Self {
        Self {
            phone: NodeRef::new(),
            layout,
            arranging: Arranging::new(editing.tiles, locale),
            editing,
            held: RwSignal::new(None),
            pointer_at: StoredValue::new(Point { x: 0.0, y: 0.0 }),
        }
    }

    /// How the cards would stand if the pointer let go now.
    pub(super) fn shown(self) -> PhoneLayout {
        let layout = self.layout.get();
        self.held.with(|held| match held.as_ref().filter(|held| held.is_drag) {
            Some(held) => match layout.card(held.tile) {
                Some(card) => layout.put(card, held.position),
                None => layout.clone(),
            },
            None => layout.clone(),
        })
    }

    pub(super) fn dragged(self) -> Option<TileId> {
        self.held.with(|held| held.as_ref().filter(|held| held.is_drag).map(|held| held.tile))
    }

    /// Where the cards stand, in their order, from the phone's corner.
    fn areas(self) -> Vec<(TileId, Area)> {
        let Some(phone) = self.phone.get_untracked() else { return Vec::new() };
        let corner = phone.get_bounding_client_rect();
        let area = |tile: TileId| {
            let rect = tile_element(tile)?.get_bounding_client_rect();
            let area = Area {
                x: rect.left() - corner.left(),
                y: rect.top() - corner.top(),
                w: rect.width(),
                h: rect.height(),
            };
            Some((tile, area))
        };
        self.layout.with_untracked(|layout| layout.cards().iter().filter_map(|card| area(card.tile)).collect())
    }

    pub(super) fn follow(self, event: &ev::PointerEvent) {
        let at = client_point(event);
        self.pointer_at.set_value(at);
        let begins = self.held.with_untracked(|held| {
            held.as_ref().is_some_and(|held| {
                let far = (at.x - held.pressed_at.x).hypot(at.y - held.pressed_at.y) >= DRAG_THRESHOLD_PX;
                held.pointer == event.pointer_id() && far && !held.is_drag
            })
        });
        if begins {
            // A browser that refuses sends the moves while the pointer is over the phone, which is enough to go on.
            let _ = self.phone.get_untracked().map(|phone| phone.set_pointer_capture(event.pointer_id()));
            self.held.update(|held| {
                if let Some(held) = held {
                    held.is_drag = true;
                }
            });
            self.every_frame();
        }
    }

    /// While a card is dragged: scrolls at the edges and shows the place, once for each frame drawn.
    fn every_frame(self) {
        let is_drag = self.held.try_with_untracked(|held| held.as_ref().is_some_and(|held| held.is_drag)) == Some(true);
        if let (true, Some(phone), Some(at)) = (is_drag, self.phone.get_untracked(), self.pointer_at.try_get_value()) {
            if let Some(area) = ScrollArea::around(&phone) {
                area.scroll_at_edges(at);
            }
            self.update();
            request_animation_frame(move || self.every_frame());
        }
    }

    fn update(self) {
        let (Some(phone), Some(at)) = (self.phone.get_untracked(), self.pointer_at.try_get_value()) else { return };
        let corner = phone.get_bounding_client_rect();
        let inside = Point { x: at.x - corner.left(), y: at.y - corner.top() };
        let position = self.held.with_untracked(|held| {
            let held = held.as_ref()?;
            let now = drop_position(&held.cards, held.tile, inside, corner.width());
            (now != held.position).then_some(now)
        });
        if let Some(position) = position {
            self.held.update(|held| {
                if let Some(held) = held {
                    held.position = position;
                }
            });
        }
    }

    pub(super) fn drop(self, event: &ev::PointerEvent) {
        let is_held = |held: &Held| held.pointer == event.pointer_id();
        let Some(held) = self.held.get_untracked().filter(is_held) else { return };
        if held.is_drag {
            self.pointer_at.set_value(client_point(event));
            self.update();
        }
        let Some(held) = self.held.get_untracked() else { return };
        self.held.set(None);
        let before = self.layout.with_untracked(|layout| layout.position(held.tile));
        if held.is_drag && before != Some(held.position) {
            self.put(held.tile, |_| held.position);
        }
    }

    /// A component that is dragged over from the palette stands last where it is dropped on the phone.
    pub(super) fn watch_palette(self) {
        let Some(space) = use_context::<DragSpace>() else { return };
        Effect::new(move |_| {
            let carried = space.carried_at();
            let phone = self.phone.get_untracked().map(|phone| phone.get_bounding_client_rect());
            let is_over = carried.zip(phone).is_some_and(|(at, phone)| {
                (phone.left()..phone.right()).contains(&at.x) && (phone.top()..phone.bottom()).contains(&at.y)
            });
            space.aim(is_over.then_some(Spot::FirstFree));
        });
    }

    fn put(self, tile: TileId, position: impl FnOnce(usize) -> usize) {
        let found = self.layout.with_untracked(|layout| Some((layout.card(tile)?, layout.position(tile)?)));
        if let Some((card, before)) = found {
            let position = position(before);
            self.say(words::stands_as(position + 1, self.locale().get_untracked()));
            self.editing.on_put.run((card, position));
        }
    }
}

impl Arrangement for PhoneStage {
    const BLOCK: &'static str = "board";
    const KEYS_ID: &'static str = "phone-keys";
    /// Cards are as wide as the phone or half of it, and as high as the inspector or the keyboard say.
    const EDGES: &'static [Edges] = &[];
    const MOVES_ON_TOUCH: bool = false;

    fn arranging(self) -> Arranging {
        self.arranging
    }

    fn order(self) -> Vec<TileId> {
        self.layout.with_untracked(|phone| phone.cards().iter().map(|card| card.tile).collect())
    }

    fn is_dragging(self) -> bool {
        self.dragged().is_some()
    }

    fn take(self, tile: TileId, _: Grip, event: &ev::PointerEvent) {
        if self.held.with_untracked(Option::is_some) {
            return;
        }
        let Some(position) = self.layout.with_untracked(|layout| layout.position(tile)) else { return };
        let pressed_at = client_point(event);
        self.pointer_at.set_value(pressed_at);
        let held =
            Held { tile, pointer: event.pointer_id(), pressed_at, cards: self.areas(), position, is_drag: false };
        self.held.set(Some(held));
    }

    fn cancel(self) {
        if let Some(held) = self.held.get_untracked() {
            if held.is_drag {
                self.say(words::CANCELLED.in_locale(self.locale().get_untracked()).to_owned());
            }
            self.held.set(None);
        }
    }

    fn press_arrow(self, tile: TileId, arrow: Arrow, event: &ev::KeyboardEvent) {
        let locale = self.locale().get_untracked();
        let wish = Wish::from_arrow(arrow, event.shift_key());
        match self.layout.with_untracked(|layout| wish.of(layout, tile)) {
            Some((card, position)) => {
                self.say(words::stands_as(position + 1, locale));
                self.editing.tiles.select_unless_selected(tile);
                self.editing.on_put.run((card, position));
                focus_soon(tile);
            }
            None => self.say(words::NOWHERE_TO_GO.in_locale(locale).to_owned()),
        }
    }
}
