//! How a tile looks: its title, and the words of a text tile.

use super::typing::Typing;
use crate::{
    i18n::{label, live_text, text, use_locale},
    pages::builder::editor::Editor,
};
use components::controls::{FieldKind, TextField};
use leptos::prelude::*;
use model::board::{ComponentKind, InvalidText, MAX_TEXT_BYTES, Operation, Shape, TileContent, TileId, Title};

/// Title and text.
#[component]
pub(crate) fn StyleSection(editor: Editor, id: TileId, kind: ComponentKind) -> impl IntoView {
    let locale = use_locale();
    let tile = editor.tile(id);
    let title =
        Signal::derive(move || tile.with(|tile| tile.as_ref().map(|tile| tile.title.to_string()).unwrap_or_default()));
    let wrong_title = RwSignal::new(None::<usize>);
    let typing = Typing::new(editor, move |text: String| match Title::parse(&text) {
        Ok(title) => {
            wrong_title.set(None);
            editor.apply_to(id, Operation::RenameTile { tile: id, title });
        }
        Err(InvalidText::TitleTooLong(count) | InvalidText::TextTooLong(count)) => wrong_title.set(Some(count)),
    });
    let error = Signal::derive(move || {
        wrong_title.get().map(|count| text!(locale.get(), boards.name_too_long, count = count)).unwrap_or_default()
    });
    view! {
        <section class="inspector__section">
            <h3 class="inspector__heading">{live_text!(locale, inspector.style)}</h3>
            {(kind == ComponentKind::Text).then(|| view! { <TextOfTile editor id /> })}
            <TextField
                name="tile-title"
                label=label!(locale, inspector.tile_title)
                hint=Signal::derive(move || {
                    let hint = if kind.shape() == Shape::None { "" } else { text!(locale.get(), inspector.tile_title_hint) };
                    hint.to_owned()
                })
                value=title
                error
                on_input=typing.on_input()
                on_change=typing.on_change()
            />
        </section>
    }
}

#[component]
fn TextOfTile(editor: Editor, id: TileId) -> impl IntoView {
    let locale = use_locale();
    let tile = editor.tile(id);
    let words = Signal::derive(move || {
        tile.with(|tile| match tile.as_ref().map(|tile| &tile.content) {
            Some(TileContent::Text { text }) => text.clone(),
            Some(
                TileContent::Kpi { .. }
                | TileContent::Line { .. }
                | TileContent::Bar { .. }
                | TileContent::Table { .. }
                | TileContent::ProvinceMap { .. }
                | TileContent::Tabs { .. }
                | TileContent::Carousel { .. },
            )
            | None => String::new(),
        })
    });
    let is_too_long = RwSignal::new(false);
    let typing = Typing::new(editor, move |text: String| {
        is_too_long.set(text.len() > MAX_TEXT_BYTES);
        if text.len() <= MAX_TEXT_BYTES {
            editor.apply_to(id, Operation::SetContent { tile: id, content: TileContent::Text { text } });
        }
    });
    let error = Signal::derive(move || {
        if is_too_long.get() { text!(locale.get(), inspector.text_too_long).to_owned() } else { String::new() }
    });
    view! {
        <TextField
            name="tile-text"
            label=label!(locale, inspector.text)
            hint=label!(locale, inspector.text_hint)
            kind=FieldKind::Paragraph
            rows=8_u16
            value=words
            error
            on_input=typing.on_input()
            on_change=typing.on_change()
        />
    }
}
