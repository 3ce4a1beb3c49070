//! The list of what is on the board: find a tile, select it, lock it, hide it.

use super::editor::Editor;
use crate::{
    i18n::{label, live_text, text, use_locale},
    pages::tile_title::spoken_title,
};
use components::{
    arranging::ArrangingTiles,
    controls::{FieldKind, Icon, IconButton, IconName, TextField},
    tile::Names,
};
use leptos::prelude::*;
use model::{
    board::{Board, ComponentKind, TileId},
    layout::LayoutName,
};

/// A tile in the list.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct Layer {
    id: TileId,
    kind: ComponentKind,
    name: String,
    locked: bool,
    hidden: bool,
    grouped: bool,
}

/// In the order of the layout; on the desk, what is hidden after that.
fn layers(board: &Board, layout: LayoutName, name_of: impl Fn(TileId) -> String) -> Vec<Layer> {
    let order: Vec<TileId> = match layout {
        LayoutName::Desk => {
            let shown = board.desk().placed().iter().map(|placed| placed.tile);
            let hidden = board.tiles().iter().map(|tile| tile.id).filter(|id| board.desk().rect(*id).is_none());
            shown.chain(hidden).collect()
        }
        LayoutName::Phone => board.phone().cards().iter().map(|card| card.tile).collect(),
        // The foremost first, as it lies over the others.
        LayoutName::Wall => board.wall().frames().iter().rev().map(|frame| frame.tile).collect(),
    };
    let shown = board.shown_in(layout);
    order
        .into_iter()
        .filter_map(|id| board.tile(id))
        .map(|tile| Layer {
            id: tile.id,
            kind: tile.content.kind(),
            name: name_of(tile.id),
            locked: tile.locked,
            hidden: !shown.contains(&tile.id),
            grouped: tile.group.is_some(),
        })
        .collect()
}

pub(super) const fn kind_icon(kind: ComponentKind) -> IconName {
    match kind {
        ComponentKind::Kpi => IconName::Kpi,
        ComponentKind::Line => IconName::Line,
        ComponentKind::Bar => IconName::Bar,
        ComponentKind::Table => IconName::Table,
        ComponentKind::ProvinceMap => IconName::Map,
        ComponentKind::Text => IconName::Text,
    }
}

/// The layers with a search above them.
#[component]
pub(crate) fn LayerList(editor: Editor, names: Signal<Names>, tiles: ArrangingTiles) -> impl IntoView {
    let locale = use_locale();
    let search = RwSignal::new(String::new());
    let board = editor.board();
    let all = Memo::new(move |_| {
        names.with(|names| {
            board.with(|board| {
                let name = |id| board.tile(id).map(|tile| spoken_title(tile, names, locale.get())).unwrap_or_default();
                layers(board, editor.layout.get(), name)
            })
        })
    });
    let found = Memo::new(move |_| {
        let wanted = search.get().to_lowercase();
        let matches = |layer: &Layer| layer.name.to_lowercase().contains(wanted.trim());
        all.with(|all| all.iter().filter(|layer| matches(layer)).cloned().collect::<Vec<_>>())
    });
    let nothing = move || {
        let is_empty = all.with(Vec::is_empty);
        found.with(Vec::is_empty).then(|| {
            if is_empty {
                text!(locale.get(), builder.no_layers).to_owned()
            } else {
                text!(locale.get(), builder.no_layer_found, search = search.get())
            }
        })
    };
    view! {
        <TextField
            name="layer-search"
            label=label!(locale, builder.search_layers)
            placeholder=label!(locale, builder.search_layers)
            kind=FieldKind::Search
            value=search
            on_input=move |text| search.set(text)
        />
        <p class="layers__none" role="status">{nothing}</p>
        <ul class="layers" aria-label=live_text!(locale, builder.layers)>
            <For each=move || found.get() key=Layer::clone let:layer>
                <LayerRow editor tiles layer />
            </For>
        </ul>
    }
}

#[component]
fn LayerRow(editor: Editor, tiles: ArrangingTiles, layer: Layer) -> impl IntoView {
    let locale = use_locale();
    let Layer { id, kind, name, locked, hidden, grouped } = layer;
    let is_selected = Memo::new(move |_| editor.selected.with(|selected| selected.contains(id)));
    let name = StoredValue::new(name);
    let named = move |words: fn(model::formatting::Locale, String) -> String| {
        Signal::derive(move || words(locale.get(), name.get_value()))
    };
    let lock_label = if locked {
        named(|locale, name| text!(locale, builder.unlock_named, name = name))
    } else {
        named(|locale, name| text!(locale, builder.lock_named, name = name))
    };
    let hide_label = if hidden {
        named(|locale, name| text!(locale, builder.show_named, name = name))
    } else {
        named(|locale, name| text!(locale, builder.hide_named, name = name))
    };
    view! {
        <li class="layer" class:layer--selected=is_selected class:layer--hidden=hidden>
            <button
                type="button"
                class="layer__name"
                aria-pressed=move || is_selected.get().to_string()
                on:click=move |event| tiles.choose(id, &event)
                on:dblclick=move |_| tiles.on_open.run(id)
            >
                <Icon name=kind_icon(kind) />
                <span class="layer__words">{name.get_value()}</span>
                {grouped.then(|| view! { <Icon name=IconName::Group /> })}
            </button>
            <IconButton
                icon=if locked { IconName::Lock } else { IconName::Unlock }
                label=lock_label
                on_click=move |()| editor.edit(|board| board.locking(&[id], !locked))
            />
            <IconButton
                icon=if hidden { IconName::EyeOff } else { IconName::Eye }
                label=hide_label
                on_click=move |()| {
                    let layout = editor.layout.get_untracked();
                    editor.edit(|board| board.hiding(layout, &[id], !hidden));
                }
            />
        </li>
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use model::board::{Tile, Title};

    #[test]
    fn what_is_hidden_stands_at_the_end() {
        let board = (1..4).fold(Board::default(), |board, number| {
            let tile = Tile::new(TileId::from_u128(number), Title::default(), ComponentKind::Kpi.blank());
            board.apply(&board.adding(tile, None)).unwrap().board
        });
        let board = board.apply(&board.hiding(LayoutName::Desk, &[TileId::from_u128(1)], true)).unwrap().board;
        let listed = layers(&board, LayoutName::Desk, |id| id.to_string());
        let ids: Vec<TileId> = listed.iter().map(|layer| layer.id).collect();
        assert_eq!(ids, [2, 3, 1].map(TileId::from_u128));
        assert_eq!(listed.iter().filter(|layer| layer.hidden).count(), 1);
    }
}
