//! What a tile is held by, and where the arrow keys point.

use super::{Arrangement, adds_to_selection};
use crate::{
    browser::prevent_flick,
    controls::{Icon, IconName},
    words,
};
use leptos::{ev, prelude::*};
use model::board::TileId;

/// What a tile is held by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Grip {
    Whole,
    Edges(Edges),
}

/// The edges that are pulled: one, or two at a corner.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Edges {
    Right,
    Bottom,
    Left,
    Top,
    BottomRight,
    BottomLeft,
    TopLeft,
    TopRight,
}

impl Edges {
    /// In the order in which they are drawn: corners over edges.
    pub(crate) const ALL: [Self; 8] = [
        Self::Right,
        Self::Bottom,
        Self::Left,
        Self::Top,
        Self::BottomRight,
        Self::BottomLeft,
        Self::TopLeft,
        Self::TopRight,
    ];

    pub(crate) const fn class(self) -> &'static str {
        match self {
            Self::Right => "board__edge board__edge--right",
            Self::Bottom => "board__edge board__edge--bottom",
            Self::Left => "board__edge board__edge--left",
            Self::Top => "board__edge board__edge--top",
            Self::BottomRight => "board__edge board__edge--bottom-right",
            Self::BottomLeft => "board__edge board__edge--bottom-left",
            Self::TopLeft => "board__edge board__edge--top-left",
            Self::TopRight => "board__edge board__edge--top-right",
        }
    }

    /// How far the left, top, right and bottom edges go when the pointer has gone so far.
    pub(crate) const fn pulled(self, dx: i32, dy: i32) -> (i32, i32, i32, i32) {
        match self {
            Self::Right => (0, 0, dx, 0),
            Self::Bottom => (0, 0, 0, dy),
            Self::Left => (dx, 0, 0, 0),
            Self::Top => (0, dy, 0, 0),
            Self::BottomRight => (0, 0, dx, dy),
            Self::BottomLeft => (dx, 0, 0, dy),
            Self::TopLeft => (dx, dy, 0, 0),
            Self::TopRight => (0, dy, dx, 0),
        }
    }
}

/// What an arrow key does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Arrow {
    Left,
    Right,
    Up,
    Down,
}

impl Arrow {
    pub(crate) fn from_key(key: &str) -> Option<Self> {
        match key {
            "ArrowLeft" => Some(Self::Left),
            "ArrowRight" => Some(Self::Right),
            "ArrowUp" => Some(Self::Up),
            "ArrowDown" => Some(Self::Down),
            _ => None,
        }
    }

    pub(crate) const fn units(self) -> (i32, i32) {
        match self {
            Self::Left => (-1, 0),
            Self::Right => (1, 0),
            Self::Up => (0, -1),
            Self::Down => (0, 1),
        }
    }
}

/// The edges of a tile, to be pulled.
pub(super) fn edge_handles<A: Arrangement>(stage: A, tile: TileId) -> impl IntoView {
    let handle = move |edges: Edges| {
        view! {
            <span
                class=edges.class()
                on:pointerdown=move |event| hold(stage, tile, Grip::Edges(edges), &event)
                on:touchmove:capture=move |event| prevent_flick(&event)
            ></span>
        }
    };
    A::EDGES.iter().copied().map(handle).collect_view()
}

/// What a tile is moved by on touch, where the tile itself scrolls the page.
#[component]
pub(crate) fn GripHandle<A: Arrangement>(stage: A, tile: TileId) -> impl IntoView {
    let locale = stage.locale();
    view! {
        <span
            class="board__grip"
            title=move || words::DRAG_TO_MOVE.in_locale(locale.get())
            on:pointerdown=move |event| hold(stage, tile, Grip::Whole, &event)
            on:touchmove:capture=move |event| prevent_flick(&event)
        >
            <Icon name=IconName::Grip />
        </span>
    }
}

/// A press on a tile: it is selected, and held unless it is locked.
pub(super) fn hold<A: Arrangement>(stage: A, tile: TileId, grip: Grip, event: &ev::PointerEvent) {
    // With a key held down a press chooses one tile more: that is told apart when it ends, as a click.
    if event.button() != 0 || !event.is_primary() || adds_to_selection(event) {
        return;
    }
    // The press is a handle's, not also the tile's, and not the empty board's.
    event.stop_propagation();
    let tiles = stage.tiles();
    tiles.select_unless_selected(tile);
    if !tiles.is_locked.run(tile) {
        stage.take(tile, grip, event);
    }
}
