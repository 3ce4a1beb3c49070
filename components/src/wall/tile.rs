//! One tile of the wall.

use super::{place::frame_classes, stage::WallStage};
use crate::{arranging::ArrangedTile, tile::TileSpace};
use leptos::prelude::*;
use model::{
    board::TileId,
    layout::{GridSize, WallFrame, WallLayout, WallRect},
};

const NOWHERE: WallRect = WallRect { x: 0, y: 0, w: 24, h: 24 };

/// A tile in its frame, to be looked at.
#[component]
pub(super) fn FramedTile(
    tile: TileId,
    shown: Signal<WallLayout>,
    render_tile: Callback<TileId, AnyView>,
) -> impl IntoView {
    let frame = frame_of(tile, shown);
    provide_space(frame, shown);
    let class = move || {
        let away = if frame.get().hidden { " wall__tile--away" } else { "" };
        format!("wall__tile {}{away}", frame_classes(frame.get().rect))
    };
    view! {
        <div class=class>
            <div class="wall__content">{render_tile.run(tile)}</div>
        </div>
    }
    .into_any()
}

/// A tile in its frame, to be arranged. What is hidden stays in sight, to be shown again.
#[component]
pub(super) fn WallTile(
    tile: TileId,
    stage: WallStage,
    shown: Signal<WallLayout>,
    render_tile: Callback<TileId, AnyView>,
) -> impl IntoView {
    let frame = frame_of(tile, shown);
    provide_space(frame, shown);
    let is_entering = Memo::new(move |_| stage.is_entering(tile));
    let class = Signal::derive(move || {
        let hidden = if frame.get().hidden { " wall__tile--hidden" } else { "" };
        let entering = if is_entering.get() { " wall__tile--entering" } else { "" };
        format!("wall__tile {}{hidden}{entering}", frame_classes(frame.get().rect))
    });
    view! { <ArrangedTile stage tile class content=render_tile.run(tile) /> }.into_any()
}

/// A tile that was just removed keeps its last place until it is gone.
fn frame_of(tile: TileId, shown: Signal<WallLayout>) -> Memo<WallFrame> {
    Memo::new(move |before: Option<&WallFrame>| {
        let now = shown.with(|shown| shown.frame(tile));
        now.or(before.copied()).unwrap_or(WallFrame { tile, rect: NOWHERE, hidden: true })
    })
}

/// Also for the first paint, before the chart can be measured: about the grid units of a desk.
fn provide_space(frame: Memo<WallFrame>, shown: Signal<WallLayout>) {
    provide_context(TileSpace(Memo::new(move |_| {
        let (rect, size) = (frame.get().rect, shown.with(WallLayout::size));
        let units = |length: u16, whole: u16, units: f64| (f64::from(length) / f64::from(whole) * units).round() as u16;
        GridSize { w: units(rect.w, size.w(), 12.0).max(1), h: units(rect.h, size.h(), 15.0).max(1) }
    })));
}
