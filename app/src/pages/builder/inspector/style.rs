//! How a tile looks: its title, what it holds where it draws no numbers, and how it draws them where it does.

use super::{look::LookFields, still::StillFields, typing::Typing};
use crate::{
    i18n::{label, live_text, text, use_locale},
    pages::builder::editor::Editor,
};
use components::controls::TextField;
use leptos::prelude::*;
use model::board::{ByShape, ComponentKind, InvalidText, Operation, Shape, TileId, Title};

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
            {match kind.by_shape() {
                ByShape::Still(kind) => view! { <StillFields editor id kind /> }.into_any(),
                ByShape::Scalar(_)
                | ByShape::Series(_)
                | ByShape::Category(_)
                | ByShape::Matrix(_)
                | ByShape::Pair(_)
                | ByShape::Points(_)
                | ByShape::Spread(_)
                | ByShape::Table(_)
                | ByShape::Geo(_)
                | ByShape::Sessions(_)
                | ByShape::Container(_) => ().into_any(),
            }}
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
            <LookFields editor id kind />
        </section>
    }
}
