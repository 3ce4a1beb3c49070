//! One tile of the wall.

use super::{place::frame_classes, stage::WallStage};
use crate::{
    browser::is_focused_by_key,
    grid::{Edges, Grip},
    tile::TileSpace,
    words,
};
use leptos::{ev, prelude::*};
use model::{
    board::TileId,
    layout::{GridSize, WallFrame, WallLayout, WallRect},
};

const NOWHERE: WallRect = WallRect { x: 0, y: 0, w: 24, h: 24 };

/// A tile in its frame.
#[component]
pub(super) fn WallTile(
    tile: TileId,
    #[prop(into)] shown: Signal<WallLayout>,
    #[prop(optional)] stage: Option<WallStage>,
    render_tile: Callback<TileId, AnyView>,
) -> impl IntoView {
    let frame = Memo::new(move |before: Option<&WallFrame>| {
        // A tile that was just removed keeps its last place until it is gone.
        let now = shown.with(|shown| shown.frame(tile));
        now.or(before.copied()).unwrap_or(WallFrame { tile, rect: NOWHERE, hidden: true })
    });
    // Also for the first paint, before the chart can be measured: about the grid units of a desk.
    provide_context(TileSpace(Memo::new(move |_| {
        let (rect, size) = (frame.get().rect, shown.with(WallLayout::size));
        let units = |length: u16, whole: u16, units: f64| (f64::from(length) / f64::from(whole) * units).round() as u16;
        GridSize { w: units(rect.w, size.w(), 12.0).max(1), h: units(rect.h, size.h(), 15.0).max(1) }
    })));
    let class = move || format!("wall__tile {}", frame_classes(frame.get().rect));
    let is_hidden = Memo::new(move |_| frame.get().hidden);
    let Some(stage) = stage else {
        return view! {
            <div class=class class:wall__tile--away=move || is_hidden.get()>
                <div class="wall__content">{render_tile.run(tile)}</div>
            </div>
        }
        .into_any();
    };
    let editing = stage.editing;
    let is_selected = Memo::new(move |_| editing.selected.with(|selected| selected.contains(tile)));
    let is_locked = Memo::new(move |_| editing.is_locked.run(tile));
    let choose = move |event: ev::MouseEvent| {
        if event.shift_key() || event.ctrl_key() || event.meta_key() {
            editing.toggle(tile);
        } else {
            editing.select(tile);
        }
    };
    let edges = move || {
        let edge = |edges: Edges| {
            view! {
                <span
                    class=edges.class()
                    on:pointerdown=move |event| {
                        event.stop_propagation();
                        stage.take(tile, Grip::Edges(edges), &event);
                    }
                ></span>
            }
        };
        (!is_locked.get()).then(|| Edges::ALL.map(edge).collect_view())
    };
    view! {
        <div
            id=format!("frame-{tile}")
            class=class
            class:wall__tile--selected=move || is_selected.get()
            class:wall__tile--locked=move || is_locked.get()
            class:wall__tile--hidden=move || is_hidden.get()
            tabindex="0"
            role="group"
            aria-roledescription=move || words::MOVABLE.in_locale(stage.locale.get())
            aria-label=move || editing.label_of.run(tile)
            aria-describedby="wall-keys"
            on:pointerdown=move |event| stage.take(tile, Grip::Whole, &event)
            on:click=choose
            on:dblclick=move |_| editing.on_open.run(tile)
            on:focus=move |event| {
                let keeps = editing.selected.with_untracked(|selected| selected.contains(tile) || selected.is_gathering());
                if !keeps && is_focused_by_key(&event) {
                    editing.select(tile);
                }
            }
            on:keydown=move |event| {
                if event.target() == event.current_target() {
                    stage.press(tile, &event);
                }
            }
        >
            <div class="wall__content" inert=true>
                {render_tile.run(tile)}
            </div>
            {edges}
        </div>
    }
    .into_any()
}
