//! The wall as a whole: its size, and the ways between it and the desk.

use crate::{
    i18n::{label, live_text, text, use_locale},
    pages::builder::editor::Editor,
};
use components::controls::{Button, Choice, FieldKind, SelectField, TextField};
use leptos::prelude::*;
use model::{
    board::Board,
    layout::{LEAST_WALL_PX, MOST_WALL_PX, WallSize},
};

/// The sizes that screens usually have.
const USUAL: [(u16, u16); 6] =
    [(1_920, 1_080), (2_560, 1_440), (3_840, 2_160), (3_840, 1_080), (5_760, 1_080), (7_680, 2_160)];
const OTHER: &str = "other";

fn written(size: WallSize) -> String {
    format!("{} × {}", size.w(), size.h())
}

/// Shown while no tile is selected.
#[component]
pub(crate) fn WallSection(editor: Editor) -> impl IntoView {
    let locale = use_locale();
    let board = editor.board();
    let size = Memo::new(move |_| board.with(|board| board.wall().size()));
    let is_arranged = Memo::new(move |_| board.with(|board| board.layouts().wall.is_some()));
    let usual = || USUAL.into_iter().map(|(w, h)| WallSize::clamped(w.into(), h.into()));
    let choices = Signal::derive(move || {
        let mut choices: Vec<Choice> = usual().map(|size| Choice::new(written(size), written(size))).collect();
        choices.push(Choice::new(OTHER, text!(locale.get(), inspector.wall_other)));
        choices
    });
    let chosen = Signal::derive(move || {
        let size = size.get();
        if usual().any(|usual| usual == size) { written(size) } else { OTHER.to_owned() }
    });
    let resize = move |size: WallSize| {
        if editor.board().with_untracked(|board| board.wall().size()) != size {
            editor.edit(|board| board.resizing_wall(size));
        }
    };
    let side = move |name: &'static str, label: Signal<String>, is_width: bool| {
        view! {
            <TextField
                name
                label
                kind=FieldKind::Number
                bounds=(LEAST_WALL_PX, MOST_WALL_PX)
                value=Signal::derive(move || {
                    let size = size.get();
                    if is_width { size.w().to_string() } else { size.h().to_string() }
                })
                on_change=move |text: String| {
                    if let Ok(number) = text.trim().parse::<u16>() {
                        let now = size.get_untracked();
                        let (w, h) = if is_width { (number, now.h()) } else { (now.w(), number) };
                        resize(WallSize::clamped(w.into(), h.into()));
                    }
                }
            />
        }
    };
    view! {
        <header class="inspector__head">
            <h2 class="inspector__title">{live_text!(locale, inspector.wall)}</h2>
        </header>
        <section class="inspector__section">
            <SelectField
                name="wall-size"
                label=label!(locale, inspector.wall_size)
                choices
                value=chosen
                on_change=move |chosen: String| {
                    if let Some(size) = usual().find(|size| written(*size) == chosen) {
                        resize(size);
                    }
                }
            />
            <div class="inspector__numbers">
                {side("wall-width", label!(locale, inspector.wall_width), true)}
                {side("wall-height", label!(locale, inspector.wall_height), false)}
            </div>
        </section>
        <section class="inspector__section">
            <p class="inspector__note">
                {move || {
                    if is_arranged.get() {
                        text!(locale.get(), inspector.wall_arranged)
                    } else {
                        text!(locale.get(), inspector.wall_drafted)
                    }
                }}
            </p>
            <div class="inspector__buttons">
                <Show when=move || is_arranged.get()>
                    <Button on_click=move |()| editor.edit(Board::drafting_wall)>
                        {live_text!(locale, inspector.wall_again)}
                    </Button>
                    <Button on_click=move |()| editor.edit(Board::desk_from_wall)>
                        {live_text!(locale, inspector.desk_again)}
                    </Button>
                </Show>
            </div>
        </section>
    }
}
