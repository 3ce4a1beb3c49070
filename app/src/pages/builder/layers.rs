//! The list of what is on the board: find a tile, select it, lock it, hide it.

use super::editor::Editor;
use crate::{
    i18n::{label, live_text, text, use_locale},
    pages::tile_title::spoken_title,
};
use components::{
    arranging::ArrangingTiles,
    controls::{FieldKind, Icon, IconButton, IconName, TextField},
    tile::{Names, kind_icon},
};
use leptos::prelude::*;
use model::{
    board::{Board, ComponentKind, TileId},
    layout::LayoutName,
};

/// How a tile stands in the layout.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Standing {
    Shown,
    Hidden,
    /// In the container above it in the list.
    Inside,
}

/// A tile in the list.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct Layer {
    id: TileId,
    kind: ComponentKind,
    name: String,
    locked: bool,
    grouped: bool,
    standing: Standing,
}

/// In the order of the layout; on the desk, what is hidden after that. What stands in a container follows it.
fn layers(board: &Board, layout: LayoutName, name_of: impl Fn(TileId) -> String) -> Vec<Layer> {
    let order: Vec<TileId> = match layout {
        LayoutName::Desk => {
            let shown = board.desk().placed().iter().map(|placed| placed.tile);
            let is_hidden = |id: &TileId| board.desk().rect(*id).is_none() && board.container_of(*id).is_none();
            shown.chain(board.tiles().iter().map(|tile| tile.id).filter(is_hidden)).collect()
        }
        LayoutName::Phone => board.phone().cards().iter().map(|card| card.tile).collect(),
        // The foremost first, as it lies over the others.
        LayoutName::Wall => board.wall().frames().iter().rev().map(|frame| frame.tile).collect(),
    };
    let shown = board.shown_in(layout);
    let with_inside =
        |id: TileId| std::iter::once((id, false)).chain(board.inside(id).into_iter().map(|inside| (inside, true)));
    order
        .into_iter()
        .flat_map(with_inside)
        .filter_map(|(id, inside)| board.tile(id).map(|tile| (tile, inside)))
        .map(|(tile, inside)| Layer {
            id: tile.id,
            kind: tile.content.kind(),
            name: name_of(tile.id),
            locked: tile.locked,
            grouped: tile.group.is_some(),
            standing: match inside {
                true => Standing::Inside,
                false if shown.contains(&tile.id) => Standing::Shown,
                false => Standing::Hidden,
            },
        })
        .collect()
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
    let Layer { id, kind, name, locked, grouped, standing } = layer;
    let (hidden, inside) = (standing == Standing::Hidden, standing == Standing::Inside);
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
        <li class="layer" class:layer--selected=is_selected class:layer--hidden=hidden class:layer--inside=inside>
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
            {(!inside)
                .then(|| {
                    view! {
                        <IconButton
                            icon=if hidden { IconName::EyeOff } else { IconName::Eye }
                            label=hide_label
                            on_click=move |()| {
                                let layout = editor.layout.get_untracked();
                                editor.edit(|board| board.hiding(layout, &[id], !hidden));
                            }
                        />
                    }
                })}
        </li>
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use model::board::{ContainerPage, Pages, Tile, Title};

    #[test]
    fn what_stands_in_a_container_follows_it() {
        let board = [ComponentKind::Kpi, ComponentKind::Tabs, ComponentKind::Kpi].into_iter().zip(1..).fold(
            Board::default(),
            |board, (kind, number)| {
                let tile = Tile::new(TileId::from_u128(number), Title::default(), kind.blank());
                board.apply(&board.adding(tile, None)).unwrap().board
            },
        );
        let page = ContainerPage { title: Title::default(), tiles: vec![TileId::from_u128(1)] };
        let inside = board.containing(TileId::from_u128(2), Pages::NONE.with_page(page));
        let board = board.apply(&inside).unwrap().board;
        for layout in [LayoutName::Desk, LayoutName::Phone, LayoutName::Wall] {
            let listed = layers(&board, layout, |id| id.to_string());
            let place = |number| listed.iter().position(|layer| layer.id == TileId::from_u128(number)).unwrap();
            assert_eq!((listed.len(), place(1)), (3, place(2) + 1), "{layout:?}");
            assert_eq!(listed[place(1)].standing, Standing::Inside);
        }
    }

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
        assert_eq!(listed.iter().filter(|layer| layer.standing == Standing::Hidden).count(), 1);
    }
}
