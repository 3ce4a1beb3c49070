//! The wall in the builder: the canvas, and how large it is drawn.

use super::editor::Editor;
use crate::{
    i18n::{label, text, use_locale},
    routes,
};
use components::{
    arranging::ArrangingTiles,
    controls::{Button, ButtonKind, Icon, IconButton, IconName},
    wall::{WallBoard, WallEditing, Zoom},
};
use leptos::prelude::*;
use model::{
    board::{Board, TileId},
    layout::WallFrame,
};

/// The wall with its zoom.
#[component]
pub(crate) fn WallCanvas(
    editor: Editor,
    tiles: ArrangingTiles,
    render_tile: Callback<TileId, AnyView>,
) -> impl IntoView {
    let locale = use_locale();
    let board = editor.board();
    let layout = Signal::from(Memo::new(move |_| board.with(Board::wall)));
    let zoom = RwSignal::new(Zoom::Fit);
    let percent = RwSignal::new(100_u16);
    let wall_editing = WallEditing {
        tiles,
        on_place: Callback::new(move |frames: Vec<WallFrame>| editor.edit(|board| board.framing(&frames))),
    };
    let title = move || editor.title(locale.get());
    let is_published = Memo::new(move |_| editor.draft().published.is_some());
    view! {
        <div class="wall-tools">
            <IconButton
                icon=IconName::Minus
                label=label!(locale, builder.zoom_out)
                on_click=move |()| zoom.set(Zoom::smaller(percent.get_untracked()))
            />
            <span class="wall-tools__percent">{move || format!("{} %", percent.get())}</span>
            <IconButton
                icon=IconName::Plus
                label=label!(locale, builder.zoom_in)
                on_click=move |()| zoom.set(Zoom::larger(percent.get_untracked()))
            />
            <Button kind=ButtonKind::Quiet on_click=move |()| zoom.set(Zoom::Fit)>
                {move || text!(locale.get(), builder.zoom_fit)}
            </Button>
            <Show when=move || is_published.get()>
                <a class="button button--quiet" href=routes::wall(editor.id) target="_blank" rel="noopener">
                    <Icon name=IconName::Wall />
                    <span class="button__label">{move || text!(locale.get(), builder.open_wall)}</span>
                </a>
            </Show>
        </div>
        <WallBoard
            layout
            locale
            head=move || view! { <span class="wall__title">{title}</span> }
            render_tile
            editing=wall_editing
            zoom
            on_zoom=move |by_hand| zoom.set(by_hand)
            on_scale=move |scale| percent.set(scale)
        />
    }
}
