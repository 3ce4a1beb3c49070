//! A board drawn small, from its layout.

use components::glyph::{GLYPH_SIZE, glyph};
use leptos::prelude::*;
use model::{
    board::{ComponentKind, TileId},
    layout::{COLUMNS, DeskLayout, GridRect},
};
use std::collections::BTreeMap;

/// Rows that a thumbnail shows; what lies deeper is cut off.
const ROWS: u16 = 14;
/// Drawing units in a column, and in a row.
const COLUMN: u16 = 20;
const ROW: u16 = 10;
/// Half the gap between two tiles.
const GAP: u16 = 2;
/// Between a tile's edge and what is drawn in it.
const PADDING: u16 = 3;

/// The board's tiles in their places, each drawn as what it is.
#[component]
pub(crate) fn Thumbnail(desk: DeskLayout, kinds: BTreeMap<TileId, ComponentKind>) -> impl IntoView {
    let shapes = desk
        .placed()
        .iter()
        .filter(|placed| placed.rect.y() < ROWS)
        .map(|placed| tile(placed.rect, kinds.get(&placed.tile).copied()))
        .collect_view();
    view! {
        <svg
            class="thumbnail"
            viewBox=format!("0 0 {} {}", COLUMNS * COLUMN, ROWS * ROW)
            preserveAspectRatio="xMidYMin slice"
            aria-hidden="true"
            focusable="false"
        >
            {shapes}
        </svg>
    }
}

fn tile(rect: GridRect, kind: Option<ComponentKind>) -> impl IntoView {
    let (x, y) = (rect.x() * COLUMN + GAP, rect.y() * ROW + GAP);
    let (w, h) = (rect.w() * COLUMN - 2 * GAP, rect.h() * ROW - 2 * GAP);
    let inside = |size: u16| size.saturating_sub(2 * PADDING);
    let (drawn_w, drawn_h) = GLYPH_SIZE;
    let drawn = kind.map(|kind| {
        view! {
            <svg
                x=x + PADDING
                y=y + PADDING
                width=inside(w)
                height=inside(h)
                viewBox=format!("0 0 {drawn_w} {drawn_h}")
                preserveAspectRatio="xMinYMid meet"
            >
                {glyph(kind)}
            </svg>
        }
    });
    view! {
        <rect class="thumbnail__tile" x=x y=y width=w height=h rx="3" />
        {drawn}
    }
}
