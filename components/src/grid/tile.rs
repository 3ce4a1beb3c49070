//! One tile of the grid that is edited.

use super::{
    motion::Glide,
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
    let rect = rect_of(tile, shown);
    provide_context(TileSpace(Memo::new(move |_| rect.get().size())));
    let is_dragged = Memo::new(move |_| stage.is_dragged(tile));
    let class = Signal::derive(move || {
        let dragged = if is_dragged.get() { " board__tile--dragged" } else { "" };
        format!("{}{dragged}", tile_classes(tile, rect.get(), shown, phone))
    });
    Effect::new(move |before: Option<GridRect>| {
        let now = rect.get();
        if let Some(before) = before
            && before != now
            && !is_dragged.get_untracked()
        {
            stage.glide(Glide { tile, from: before, to: now });
        }
        now
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
