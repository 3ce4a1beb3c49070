//! What tiles hold that draw no numbers: words, addresses, a border.

use super::typing::Typing;
use crate::{
    i18n::{label, text, use_locale},
    pages::builder::editor::Editor,
};
use components::controls::{Choice, FieldKind, SelectField, TextField};
use leptos::prelude::*;
use model::{
    board::{FrameStyle, MAX_TEXT_BYTES, Operation, Still, StillKind, Tile, TileContent, TileId, Title, WebAddress},
    formatting::Locale,
};

pub(super) fn still_of(tile: Option<&Tile>) -> Option<&Still> {
    match tile.map(|tile| &tile.content) {
        Some(TileContent::Still(still)) => Some(still),
        Some(
            TileContent::Scalar(_)
            | TileContent::Series(_)
            | TileContent::Category(_)
            | TileContent::Matrix(_)
            | TileContent::Pair(_)
            | TileContent::Points(_)
            | TileContent::Spread(_)
            | TileContent::Table(_)
            | TileContent::Geo(_)
            | TileContent::Sessions(_)
            | TileContent::Tabs { .. }
            | TileContent::Carousel { .. },
        )
        | None => None,
    }
}

pub(super) fn keep(editor: Editor, id: TileId, still: Still) {
    editor.apply_to(id, Operation::SetContent { tile: id, content: TileContent::Still(still) });
}

/// The fields of a kind.
#[component]
pub(super) fn StillFields(editor: Editor, id: TileId, kind: StillKind) -> impl IntoView {
    match kind {
        StillKind::Text | StillKind::QrCode => view! { <WordsField editor id kind /> }.into_any(),
        StillKind::Image | StillKind::Video => view! { <AddressFields editor id kind /> }.into_any(),
        StillKind::Frame => view! { <FrameStyleField editor id /> }.into_any(),
        // A filter has a section of its own.
        StillKind::Clock | StillKind::Filter => ().into_any(),
    }
}

#[component]
fn WordsField(editor: Editor, id: TileId, kind: StillKind) -> impl IntoView {
    let locale = use_locale();
    let tile = editor.tile(id);
    let words = Signal::derive(move || {
        tile.with(|tile| match still_of(tile.as_ref()) {
            Some(Still::Text { text } | Still::QrCode { text }) => text.clone(),
            Some(
                Still::Image { .. } | Still::Video { .. } | Still::Clock | Still::Frame { .. } | Still::Filter { .. },
            )
            | None => String::new(),
        })
    });
    let is_too_long = RwSignal::new(false);
    let typing = Typing::new(editor, move |text: String| {
        is_too_long.set(text.len() > MAX_TEXT_BYTES);
        if text.len() <= MAX_TEXT_BYTES {
            keep(editor, id, if kind == StillKind::QrCode { Still::QrCode { text } } else { Still::Text { text } });
        }
    });
    let error = Signal::derive(move || {
        if is_too_long.get() { text!(locale.get(), inspector.text_too_long).to_owned() } else { String::new() }
    });
    let hint = Signal::derive(move || {
        let locale = locale.get();
        let hint =
            if kind == StillKind::QrCode { text!(locale, look.code_hint) } else { text!(locale, inspector.text_hint) };
        hint.to_owned()
    });
    view! {
        <TextField
            name="tile-text"
            label=label!(locale, inspector.text)
            hint
            kind=FieldKind::Paragraph
            rows=if kind == StillKind::QrCode { 3_u16 } else { 8_u16 }
            value=words
            error
            on_input=typing.on_input()
            on_change=typing.on_change()
        />
    }
}

/// A picture or a film of that address and description.
fn of_address(kind: StillKind, address: Option<WebAddress>, description: Title) -> Still {
    if kind == StillKind::Video { Still::Video { address, description } } else { Still::Image { address, description } }
}

#[component]
fn AddressFields(editor: Editor, id: TileId, kind: StillKind) -> impl IntoView {
    let locale = use_locale();
    let tile = editor.tile(id);
    let held = Memo::new(move |_| {
        tile.with(|tile| match still_of(tile.as_ref()) {
            Some(Still::Image { address, description } | Still::Video { address, description }) => {
                (address.clone(), description.clone())
            }
            Some(
                Still::Text { .. } | Still::QrCode { .. } | Still::Clock | Still::Frame { .. } | Still::Filter { .. },
            )
            | None => (None, Title::default()),
        })
    });
    let is_wrong = RwSignal::new(false);
    let describe = Typing::new(editor, move |words: String| {
        if let Ok(description) = Title::parse(&words) {
            keep(editor, id, of_address(kind, held.get_untracked().0, description));
        }
    });
    view! {
        <TextField
            name="tile-address"
            label=label!(locale, look.address)
            hint=label!(locale, look.address_hint)
            value=Signal::derive(move || held.with(|(address, _)| address.as_ref().map(ToString::to_string).unwrap_or_default()))
            error=Signal::derive(move || {
                if is_wrong.get() { text!(locale.get(), look.address_wrong).to_owned() } else { String::new() }
            })
            on_change=move |words: String| {
                let address = words.trim().parse::<WebAddress>();
                is_wrong.set(address.is_err() && !words.trim().is_empty());
                if !is_wrong.get_untracked() {
                    keep(editor, id, of_address(kind, address.ok(), held.get_untracked().1));
                }
            }
        />
        <TextField
            name="tile-description"
            label=label!(locale, look.description)
            hint=label!(locale, look.description_hint)
            value=Signal::derive(move || held.with(|(_, description)| description.to_string()))
            on_input=describe.on_input()
            on_change=describe.on_change()
        />
    }
    .into_any()
}

fn frame_style_name(style: FrameStyle, locale: Locale) -> &'static str {
    match style {
        FrameStyle::Corners => text!(locale, look.frame_corners),
        FrameStyle::Line => text!(locale, look.frame_line),
        FrameStyle::Heading => text!(locale, look.frame_heading),
        FrameStyle::Rule => text!(locale, look.frame_rule),
    }
}

#[component]
fn FrameStyleField(editor: Editor, id: TileId) -> impl IntoView {
    let locale = use_locale();
    let tile = editor.tile(id);
    let choices = Signal::derive(move || {
        let named = |style: FrameStyle| Choice::new(style.name(), frame_style_name(style, locale.get()));
        FrameStyle::ALL.into_iter().map(named).collect::<Vec<_>>()
    });
    let value = Signal::derive(move || {
        tile.with(|tile| match still_of(tile.as_ref()) {
            Some(Still::Frame { style }) => style.name().to_owned(),
            Some(
                Still::Text { .. }
                | Still::QrCode { .. }
                | Still::Image { .. }
                | Still::Video { .. }
                | Still::Clock
                | Still::Filter { .. },
            )
            | None => String::new(),
        })
    });
    view! {
        <SelectField
            name="tile-frame-style"
            label=label!(locale, look.frame_style)
            choices
            value
            on_change=move |name: String| {
                if let Some(style) = FrameStyle::ALL.into_iter().find(|style| style.name() == name) {
                    keep(editor, id, Still::Frame { style });
                }
            }
        />
    }
}
