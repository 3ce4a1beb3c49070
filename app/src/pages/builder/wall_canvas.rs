//! The wall in the builder: the canvas, and how large it is drawn.

use super::{
    editor::Editor,
    shortcuts::{Place, place_of},
};
use crate::{
    i18n::{label, text, use_locale},
    routes,
};
use components::{
    arranging::ArrangingTiles,
    controls::{Button, ButtonKind, Icon, IconButton, IconName},
    wall::{WallBoard, WallEditing, Zoom},
};
use leptos::{ev, prelude::*};
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
    zoom_by_keys(zoom, percent);
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

/// What a key makes of the zoom, `percent` being how large the wall is drawn.
fn zoomed_by(key: &str, percent: u16) -> Option<Zoom> {
    match key {
        // Without Shift it is the same key on many layouts.
        "+" | "=" => Some(Zoom::larger(percent)),
        "-" => Some(Zoom::smaller(percent)),
        "0" => Some(Zoom::Fit),
        _ => None,
    }
}

/// Listens for as long as the wall is worked on. With Ctrl held down the keys are the browser's.
fn zoom_by_keys(zoom: RwSignal<Zoom>, percent: RwSignal<u16>) {
    Effect::new(move |_| {
        let listener = window_event_listener(ev::keydown, move |event| {
            let is_ours = !(event.ctrl_key() || event.meta_key() || event.alt_key() || event.is_composing());
            let zoomed = zoomed_by(&event.key(), percent.get_untracked()).filter(|_| is_ours);
            if let Some(zoomed) = zoomed.filter(|_| place_of(event.as_ref()) == Place::Board) {
                event.prevent_default();
                zoom.set(zoomed);
            }
        });
        on_cleanup(move || listener.remove());
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_draw_the_wall_larger_smaller_and_whole() {
        assert_eq!(zoomed_by("+", 28), Some(Zoom::Times(0.33)));
        assert_eq!(zoomed_by("=", 28), zoomed_by("+", 28));
        assert_eq!(zoomed_by("-", 28), Some(Zoom::Times(0.25)));
        assert_eq!(zoomed_by("0", 28), Some(Zoom::Fit));
        assert_eq!(zoomed_by("1", 28), None);
    }
}
