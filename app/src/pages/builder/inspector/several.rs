//! What can be done with several tiles at once.

use crate::{
    i18n::{label, live_text, text, use_locale},
    pages::builder::editor::Editor,
};
use components::controls::{Button, IconButton, IconName};
use leptos::prelude::*;
use model::{
    board::TileId,
    layout::{Alignment, LayoutName},
};

/// Aligning, spreading, grouping, locking, hiding, and taking away.
#[component]
pub(crate) fn SeveralInspector(editor: Editor, tiles: Vec<TileId>) -> impl IntoView {
    let locale = use_locale();
    let count = tiles.len();
    let tiles = StoredValue::new(tiles);
    let align = move |icon: IconName, alignment: Alignment, label: Signal<String>| {
        view! {
            <IconButton
                icon
                label
                on_click=move |()| {
                    let layout = editor.layout.get_untracked();
                    editor.edit(|board| {
                        tiles.with_value(|tiles| match layout {
                            LayoutName::Desk | LayoutName::Phone => board.aligning_on_desk(tiles, alignment),
                            LayoutName::Wall => board.aligning_on_wall(tiles, alignment),
                        })
                    });
                }
            />
        }
    };
    view! {
        <header class="inspector__head">
            <h2 class="inspector__title">{move || text!(locale.get(), inspector.several, count = count)}</h2>
        </header>
        <Show when=move || editor.layout.get() != LayoutName::Phone>
        <section class="inspector__section">
            <h3 class="inspector__heading">{live_text!(locale, inspector.align)}</h3>
            <div class="inspector__tools">
                {align(IconName::AlignLeft, Alignment::Left, label!(locale, inspector.align_left))}
                {align(IconName::AlignCentre, Alignment::Centre, label!(locale, inspector.align_centre))}
                {align(IconName::AlignRight, Alignment::Right, label!(locale, inspector.align_right))}
                {align(IconName::AlignTop, Alignment::Top, label!(locale, inspector.align_top))}
                {align(IconName::SameWidth, Alignment::SameWidth, label!(locale, inspector.same_width))}
                {align(IconName::SameHeight, Alignment::SameHeight, label!(locale, inspector.same_height))}
                <Show when=move || editor.layout.get() == LayoutName::Wall>
                    {align(IconName::AlignMiddle, Alignment::Middle, label!(locale, inspector.align_middle))}
                    {align(IconName::AlignBottom, Alignment::Bottom, label!(locale, inspector.align_bottom))}
                    {align(IconName::SpreadDown, Alignment::SpreadDown, label!(locale, inspector.spread_down))}
                </Show>
                {align(IconName::SpreadAcross, Alignment::SpreadAcross, label!(locale, inspector.spread_across))}
            </div>
            <p class="inspector__note">{live_text!(locale, inspector.align_hint)}</p>
        </section>
        </Show>
        <HandlingSection editor tiles />
        <section class="inspector__section">
            <div class="inspector__buttons">
                <Button icon=IconName::Copy on_click=move |()| editor.duplicate(&tiles.get_value())>
                    {live_text!(locale, inspector.duplicate_all)}
                </Button>
                <Button icon=IconName::Trash on_click=move |()| editor.remove(&tiles.get_value())>
                    {live_text!(locale, inspector.delete_all)}
                </Button>
            </div>
        </section>
    }
}

/// Locking, grouping and hiding, for one tile or for several.
#[component]
pub(crate) fn HandlingSection(editor: Editor, tiles: StoredValue<Vec<TileId>>) -> impl IntoView {
    let locale = use_locale();
    let board = editor.board();
    let any = move |holds: fn(&model::board::Board, TileId) -> bool| {
        board.with(|board| tiles.with_value(|tiles| tiles.iter().any(|tile| holds(board, *tile))))
    };
    let is_free = Memo::new(move |_| any(|board, tile| board.tile(tile).is_some_and(|tile| !tile.locked)));
    let is_grouped = Memo::new(move |_| any(|board, tile| board.tile(tile).is_some_and(|tile| tile.group.is_some())));
    let is_shown = Memo::new(move |_| {
        let layout = editor.layout.get();
        let shown = board.with(|board| board.shown_in(layout));
        tiles.with_value(|tiles| tiles.iter().any(|tile| shown.contains(tile)))
    });
    let several = tiles.with_value(Vec::len) > 1;
    let lock = move |()| {
        let locks = is_free.get_untracked();
        editor.edit(|board| tiles.with_value(|tiles| board.locking(tiles, locks)));
    };
    let group = move |()| {
        if is_grouped.get_untracked() {
            editor.edit(|board| tiles.with_value(|tiles| board.grouping(tiles, None)));
        } else {
            editor.group(&tiles.get_value());
        }
    };
    let hide = move |()| {
        let (layout, hides) = (editor.layout.get_untracked(), is_shown.get_untracked());
        editor.edit(|board| tiles.with_value(|tiles| board.hiding(layout, tiles, hides)));
    };
    let note = move || {
        if !is_shown.get() {
            Some(text!(locale.get(), inspector.hidden_note))
        } else if !is_free.get() {
            Some(text!(locale.get(), inspector.locked_note))
        } else {
            None
        }
    };
    view! {
        <section class="inspector__section">
            <h3 class="inspector__heading">{live_text!(locale, inspector.handling)}</h3>
            <div class="inspector__buttons">
                <Button icon=IconName::Lock on_click=lock>
                    {move || {
                        if is_free.get() { text!(locale.get(), inspector.lock) } else { text!(locale.get(), inspector.unlock) }
                    }}
                </Button>
                <Show when=move || several || is_grouped.get()>
                    <Button icon=IconName::Group on_click=group>
                        {move || {
                            if is_grouped.get() {
                                text!(locale.get(), inspector.ungroup)
                            } else {
                                text!(locale.get(), inspector.group)
                            }
                        }}
                    </Button>
                </Show>
                <Button icon=IconName::EyeOff on_click=hide>
                    {move || {
                        if is_shown.get() { text!(locale.get(), inspector.hide) } else { text!(locale.get(), inspector.show) }
                    }}
                </Button>
            </div>
            <p class="inspector__note" role="status">{note}</p>
        </section>
    }
}
