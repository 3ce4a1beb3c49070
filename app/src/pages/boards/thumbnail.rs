//! A board drawn small, from its layout.

use leptos::prelude::*;
use model::layout::{COLUMNS, DeskLayout};

/// Rows that a thumbnail shows; what lies deeper is cut off.
const ROWS: u16 = 14;
/// Drawing units in a column, and in a row.
const COLUMN: u16 = 20;
const ROW: u16 = 10;
/// Half the gap between two tiles.
const GAP: u16 = 2;

/// The board's tiles as plain shapes.
#[component]
pub(crate) fn Thumbnail(desk: DeskLayout) -> impl IntoView {
    let shapes = desk
        .placed()
        .iter()
        .map(|placed| placed.rect)
        .filter(|rect| rect.y() < ROWS)
        .map(|rect| {
            view! {
                <rect
                    class="thumbnail__tile"
                    x=rect.x() * COLUMN + GAP
                    y=rect.y() * ROW + GAP
                    width=rect.w() * COLUMN - 2 * GAP
                    height=rect.h() * ROW - 2 * GAP
                    rx="3"
                />
            }
        })
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
