//! Where a tile stands on the wall, in pixels, and how far in front.

use crate::{
    i18n::{label, live_text, use_locale},
    pages::builder::editor::Editor,
};
use components::controls::{Button, FieldKind, TextField};
use leptos::prelude::*;
use model::{
    board::TileId,
    layout::{Depth, LEAST_FRAME_PX, MOST_WALL_PX, WallFrame, WallRect},
};

/// One of the four numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    Left,
    Top,
    Width,
    Height,
}

impl Part {
    const fn of(self, rect: WallRect) -> u16 {
        match self {
            Self::Left => rect.x,
            Self::Top => rect.y,
            Self::Width => rect.w,
            Self::Height => rect.h,
        }
    }

    const fn put(self, rect: WallRect, number: u16) -> WallRect {
        match self {
            Self::Left => WallRect { x: number, ..rect },
            Self::Top => WallRect { y: number, ..rect },
            Self::Width => WallRect { w: number, ..rect },
            Self::Height => WallRect { h: number, ..rect },
        }
    }
}

/// Place and size in pixels, and the place in the stack.
#[component]
pub(crate) fn FrameSection(editor: Editor, id: TileId) -> impl IntoView {
    let locale = use_locale();
    let board = editor.board();
    let frame = Memo::new(move |_| board.with(|board| board.wall().frame(id)));
    let field = move |part: Part, name: &'static str, label: Signal<String>| {
        let bounds = match part {
            Part::Left | Part::Top => (0, MOST_WALL_PX),
            Part::Width | Part::Height => (LEAST_FRAME_PX, MOST_WALL_PX),
        };
        view! {
            <TextField
                name
                label
                kind=FieldKind::Number
                bounds
                value=Signal::derive(move || frame.get().map(|frame| part.of(frame.rect).to_string()).unwrap_or_default())
                on_change=move |text: String| {
                    // What is no number leaves the frame where it is, and the field shows its place again.
                    if let (Some(frame), Ok(number)) = (frame.get_untracked(), text.trim().parse::<u16>()) {
                        let frame = WallFrame { rect: part.put(frame.rect, number), ..frame };
                        editor.edit(|board| board.framing(&[frame]));
                    }
                }
            />
        }
    };
    let stack = move |depth: Depth, label: Signal<String>| {
        view! {
            <Button on_click=move |()| editor.edit(|board| board.restacking(&[id], depth))>{move || label.get()}</Button>
        }
    };
    view! {
        <section class="inspector__section">
            <h3 class="inspector__heading">{live_text!(locale, inspector.frame)}</h3>
            <div class="inspector__numbers">
                {field(Part::Left, "frame-left", label!(locale, inspector.left))}
                {field(Part::Top, "frame-top", label!(locale, inspector.top_px))}
                {field(Part::Width, "frame-width", label!(locale, inspector.width))}
                {field(Part::Height, "frame-height", label!(locale, inspector.height))}
            </div>
            <div class="inspector__buttons">
                {stack(Depth::Front, label!(locale, inspector.to_front))}
                {stack(Depth::Forward, label!(locale, inspector.forward))}
                {stack(Depth::Backward, label!(locale, inspector.backward))}
                {stack(Depth::Back, label!(locale, inspector.to_back))}
            </div>
        </section>
    }
}
