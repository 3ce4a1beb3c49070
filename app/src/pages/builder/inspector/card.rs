//! Where a tile stands on the phone: its position among the cards, its width and its height.

use crate::{
    i18n::{label, live_text, text, use_locale},
    pages::builder::editor::Editor,
};
use components::controls::{Button, Choice, FieldKind, SelectField, TextField};
use leptos::prelude::*;
use model::{
    board::{Board, TileId},
    layout::{CardWidth, MAX_HEIGHT, PhoneCard},
};

const FULL: &str = "full";
const HALF: &str = "half";

/// Position, width and height of the card, and the way back to the draft.
#[component]
pub(crate) fn CardSection(editor: Editor, id: TileId) -> impl IntoView {
    let locale = use_locale();
    let board = editor.board();
    let stands = Memo::new(move |_| {
        board.with(|board| {
            let phone = board.phone();
            Some((phone.card(id)?, phone.position(id)?))
        })
    });
    let count = Memo::new(move |_| board.with(|board| board.tiles().len()));
    let is_arranged = Memo::new(move |_| board.with(|board| board.layouts().phone.is_some()));
    let put = move |change: &dyn Fn(PhoneCard, usize) -> (PhoneCard, usize)| {
        if let Some((card, position)) = stands.get_untracked() {
            let (card, position) = change(card, position);
            editor.edit(|board| board.putting_card(card, position));
        }
    };
    let read = move |read: fn(PhoneCard, usize) -> String| {
        Signal::derive(move || stands.get().map(|(card, position)| read(card, position)).unwrap_or_default())
    };
    let widths = Signal::derive(move || {
        vec![
            Choice::new(FULL, text!(locale.get(), inspector.card_full)),
            Choice::new(HALF, text!(locale.get(), inspector.card_half)),
        ]
    });
    view! {
        <section class="inspector__section">
            <h3 class="inspector__heading">{live_text!(locale, inspector.card)}</h3>
            <div class="inspector__numbers">
                <TextField
                    name="card-position"
                    label=label!(locale, inspector.card_position)
                    kind=FieldKind::Number
                    bounds=(1, u16::try_from(count.get_untracked()).unwrap_or(u16::MAX))
                    value=read(|_, position| (position + 1).to_string())
                    on_change=move |text: String| {
                        // What is no number leaves the card where it is, and the field shows its position again.
                        if let Ok(number) = text.trim().parse::<usize>() {
                            put(&|card, _| (card, number.saturating_sub(1)));
                        }
                    }
                />
                <TextField
                    name="card-rows"
                    label=label!(locale, inspector.card_rows)
                    kind=FieldKind::Number
                    bounds=(1, MAX_HEIGHT)
                    value=read(|card, _| card.rows.to_string())
                    on_change=move |text: String| {
                        if let Ok(rows) = text.trim().parse::<u16>() {
                            put(&|card, position| (PhoneCard { rows, ..card }, position));
                        }
                    }
                />
                <SelectField
                    name="card-width"
                    label=label!(locale, inspector.card_width)
                    choices=widths
                    value=read(|card, _| {
                        match card.width {
                            CardWidth::Full => FULL.to_owned(),
                            CardWidth::Half => HALF.to_owned(),
                        }
                    })
                    on_change=move |chosen: String| {
                        let width = if chosen == HALF { CardWidth::Half } else { CardWidth::Full };
                        put(&|card, position| (PhoneCard { width, ..card }, position));
                    }
                />
            </div>
            <p class="inspector__note">
                {move || {
                    if is_arranged.get() {
                        text!(locale.get(), inspector.card_arranged)
                    } else {
                        text!(locale.get(), inspector.card_drafted)
                    }
                }}
            </p>
            <Show when=move || is_arranged.get()>
                <Button on_click=move |()| editor.apply(Board::drafting_phone())>
                    {live_text!(locale, inspector.draft_again)}
                </Button>
            </Show>
        </section>
    }
}
