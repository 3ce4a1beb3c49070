//! Where a tile stands, in numbers: the way to move and resize it without dragging.

use crate::{
    i18n::{label, live_text, use_locale},
    pages::builder::editor::Editor,
};
use components::controls::{FieldKind, TextField};
use leptos::prelude::*;
use model::{
    board::{ComponentKind, TileId},
    layout::{COLUMNS, GridRect, GridSize, MAX_HEIGHT, MAX_ROWS, Placed},
};

/// One of the four numbers. Columns and rows are counted from 1, as people count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    Column,
    Row,
    Width,
    Height,
}

impl Part {
    const fn of(self, rect: GridRect) -> u16 {
        match self {
            Self::Column => rect.x() + 1,
            Self::Row => rect.y() + 1,
            Self::Width => rect.w(),
            Self::Height => rect.h(),
        }
    }

    /// The place with this number in it: the nearest that there is, and not too small to be read.
    fn put(self, rect: GridRect, number: i32, least: GridSize) -> GridRect {
        let (mut x, mut y) = (i32::from(rect.x()), i32::from(rect.y()));
        let (mut w, mut h) = (i32::from(rect.w()), i32::from(rect.h()));
        match self {
            Self::Column => x = number.saturating_sub(1),
            Self::Row => y = number.saturating_sub(1),
            Self::Width => w = number.max(least.w.into()),
            Self::Height => h = number.max(least.h.into()),
        }
        GridRect::clamped(x, y, w, h)
    }

    fn bounds(self, least: GridSize) -> (u16, u16) {
        match self {
            Self::Column => (1, COLUMNS),
            Self::Row => (1, MAX_ROWS),
            Self::Width => (least.w, COLUMNS),
            Self::Height => (least.h, MAX_HEIGHT),
        }
    }
}

/// Column, row, width and height.
#[component]
pub(crate) fn PositionSection(editor: Editor, id: TileId, kind: ComponentKind) -> impl IntoView {
    let locale = use_locale();
    let field = move |part: Part, name: &'static str, label: Signal<String>| {
        view! { <PositionField editor id kind part name label /> }
    };
    let is_shown = Memo::new(move |_| editor.board().with(|board| board.desk().rect(id).is_some()));
    view! {
        <Show when=move || is_shown.get()>
            <section class="inspector__section">
                <h3 class="inspector__heading">{live_text!(locale, inspector.position)}</h3>
                <div class="inspector__numbers">
                    {field(Part::Column, "tile-column", label!(locale, inspector.column))}
                    {field(Part::Row, "tile-row", label!(locale, inspector.row))}
                    {field(Part::Width, "tile-width", label!(locale, inspector.width))}
                    {field(Part::Height, "tile-height", label!(locale, inspector.height))}
                </div>
                <p class="inspector__note">{live_text!(locale, inspector.position_hint)}</p>
            </section>
        </Show>
    }
}

#[component]
fn PositionField(
    editor: Editor,
    id: TileId,
    kind: ComponentKind,
    part: Part,
    name: &'static str,
    label: Signal<String>,
) -> impl IntoView {
    let board = editor.board();
    let rect = Memo::new(move |_| board.with(|board| board.desk().rect(id)));
    let least = kind.least_size();
    let place = move |text: String| {
        // What is no number leaves the tile where it is, and the field says so by showing its place again.
        if let (Some(rect), Ok(number)) = (rect.get_untracked(), text.trim().parse()) {
            editor.place(&[Placed { tile: id, rect: part.put(rect, number, least) }]);
        }
    };
    // A number that was typed and not confirmed counts when another tile is selected, as it does on leaving the field.
    let typed = StoredValue::new(None::<String>);
    on_cleanup(move || {
        if let Some(text) = typed.try_update_value(Option::take).flatten() {
            place(text);
        }
    });
    view! {
        <TextField
            name
            label
            kind=FieldKind::Number
            bounds=part.bounds(least)
            value=Signal::derive(move || rect.get().map(|rect| part.of(rect).to_string()).unwrap_or_default())
            on_input=move |text: String| typed.set_value(Some(text))
            on_change=move |text: String| {
                typed.set_value(None);
                place(text);
            }
        />
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LEAST: GridSize = GridSize { w: 2, h: 3 };

    #[test]
    fn every_number_is_read_back_as_it_was_put() {
        let rect = GridRect::clamped(2, 4, 4, 5);
        for part in [Part::Column, Part::Row, Part::Width, Part::Height] {
            assert_eq!(part.put(rect, part.of(rect).into(), LEAST), rect);
            assert_eq!(part.of(part.put(rect, 7, LEAST)), 7);
        }
    }

    #[test]
    fn a_number_beyond_the_board_is_the_nearest_that_there_is() {
        let rect = GridRect::clamped(2, 4, 4, 5);
        assert_eq!(Part::Column.put(rect, 12, LEAST).right(), COLUMNS);
        assert_eq!(Part::Column.put(rect, i32::MIN, LEAST).x(), 0);
        assert_eq!(Part::Width.put(rect, 99, LEAST), GridRect::clamped(0, 4, 12, 5));
        assert_eq!(Part::Width.put(rect, 0, LEAST).size(), GridSize { w: 2, h: 5 });
        assert_eq!(Part::Height.put(rect, 1, LEAST).h(), 3);
    }
}
