//! One tile of the grid that is edited.

use super::{
    motion::{Glide, Seen},
    stage::Stage,
    view::{rect_of, tile_classes},
};
use crate::{
    arranging::{ArrangedTile, Arrangement as _, GripHandle},
    controls::{Icon, IconButton, IconName},
    tile::TileSpace,
    words,
};
use leptos::prelude::*;
use model::{
    board::TileId,
    layout::{DeskLayout, GridRect, PhoneLayout},
};

/// A tile in its place, with grips around it and tools on it.
#[component]
pub(super) fn GridTile(
    tile: TileId,
    stage: Stage,
    shown: Signal<DeskLayout>,
    phone: Signal<PhoneLayout>,
    render_tile: Callback<TileId, AnyView>,
) -> impl IntoView {
    let (settled, shown) = (rect_of(tile, stage.layout), rect_of(tile, shown));
    let is_pulled = Memo::new(move |_| stage.is_pulled(tile));
    // In the page it keeps its place while something moves, unless its size changes.
    let place = Memo::new(move |_| if is_pulled.get() { shown.get() } else { settled.get() });
    provide_context(TileSpace(Memo::new(move |_| place.get().size())));
    let is_dragged = Memo::new(move |_| stage.is_dragged(tile));
    let class = Signal::derive(move || {
        let dragged = if is_dragged.get() { " board__tile--dragged" } else { "" };
        format!("{}{dragged}", tile_classes(tile, place.get(), stage.layout, phone))
    });
    Effect::new(move |before: Option<(GridRect, GridRect)>| {
        let (place, to) = (place.get(), shown.get());
        if let Some((place_before, shown_before)) = before
            && (place_before, shown_before) != (place, to)
            && !is_dragged.get_untracked()
        {
            let seen = match stage.floated(tile) {
                Some(point) => Seen::Floating(point),
                None if place_before == place => Seen::AsDrawn,
                None => Seen::At(shown_before),
            };
            stage.glide(Glide { tile, seen, place, to });
        }
        (place, to)
    });
    view! {
        <ArrangedTile stage tile class content=render_tile.run(tile)>
            <TileTools stage tile />
        </ArrangedTile>
    }
    .into_any()
}

#[component]
fn TileTools(stage: Stage, tile: TileId) -> impl IntoView {
    let tiles = stage.editing.tiles;
    let is_locked = Memo::new(move |_| tiles.is_locked.run(tile));
    let say = move |words: words::Words| Signal::derive(move || words.in_locale(stage.locale().get()).to_owned());
    view! {
        <Show when=move || is_locked.get() fallback=move || view! { <GripHandle stage tile /> }>
            <span class="board__grip board__grip--locked" title=say(words::LOCKED)>
                <Icon name=IconName::Lock />
            </span>
        </Show>
        <IconButton
            icon=IconName::Settings
            label=say(words::OPEN_INSPECTOR)
            on_click=move |()| tiles.on_open.run(tile)
        />
        <Show when=move || !is_locked.get()>
            <IconButton
                icon=IconName::Trash
                label=say(words::REMOVE)
                on_click=move |()| tiles.on_remove.run(vec![tile])
            />
        </Show>
    }
}
