//! One card of the phone.

use super::stage::PhoneStage;
use crate::{
    arranging::{ArrangedTile, GripHandle},
    grid::phone_classes,
    tile::TileSpace,
};
use leptos::prelude::*;
use model::{
    board::TileId,
    layout::{CardWidth, GridSize, PhoneCard, PhoneLayout},
};

/// A card in its place, to be moved.
#[component]
pub(super) fn PhoneTile(
    tile: TileId,
    stage: PhoneStage,
    shown: Memo<PhoneLayout>,
    render_tile: Callback<TileId, AnyView>,
) -> impl IntoView {
    let card = Memo::new(move |before: Option<&Option<PhoneCard>>| {
        // A tile that was just removed keeps its last place until it is gone.
        shown.with(|shown| shown.card(tile)).or_else(|| before.copied().flatten())
    });
    provide_context(TileSpace(Memo::new(move |_| {
        let (columns, rows) = card.get().map_or((4, 3), |card| match card.width {
            CardWidth::Full => (4, card.rows),
            CardWidth::Half => (2, card.rows),
        });
        GridSize { w: columns, h: rows }
    })));
    let is_dragged = Memo::new(move |_| stage.dragged() == Some(tile));
    let class = Signal::derive(move || {
        let position = shown.with(|shown| shown.position(tile));
        // What is hidden stays in sight here, to be shown again.
        let classes = phone_classes(card.get().map(|card| PhoneCard { hidden: false, ..card }), position);
        let hidden = if card.get().is_some_and(|card| card.hidden) { " board__tile--hidden-here" } else { "" };
        let dragged = if is_dragged.get() { " board__tile--carried" } else { "" };
        format!("board__tile {classes}{hidden}{dragged}")
    });
    view! {
        <ArrangedTile stage tile class content=render_tile.run(tile)>
            <GripHandle stage tile />
        </ArrangedTile>
    }
    .into_any()
}
