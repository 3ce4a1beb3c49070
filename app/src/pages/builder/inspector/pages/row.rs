//! One page of a container.

use super::{change, enter};
use crate::{
    i18n::{text, use_locale},
    pages::{
        builder::{editor::Editor, inspector::typing::Typing},
        tile_title::spoken_title,
    },
};
use components::{
    arranging::Selection,
    controls::{AddMenu, Choice, IconButton, IconName, TextField},
    tile::Names,
};
use leptos::prelude::*;
use model::{
    board::{ContainerPage, MAX_TILES_OF_PAGE, Pages, TileId, Title},
    formatting::Locale,
};

/// One page: its name, its tiles, and its place among the others.
#[component]
pub(super) fn PageRow(
    editor: Editor,
    names: Signal<Names>,
    id: TileId,
    pages: Memo<Pages>,
    index: usize,
    offered: Signal<Vec<Choice>>,
) -> impl IntoView {
    let locale = use_locale();
    let board = editor.board();
    let page = Memo::new(move |_| pages.with(|pages| pages.all().get(index).cloned()).unwrap_or_default());
    let number = index + 1;
    let tiles = Memo::new(move |_| {
        board.with(|board| {
            names.with(|names| {
                let there = page.get().tiles.into_iter().filter_map(|tile| board.tile(tile));
                there.map(|tile| (tile.id, spoken_title(tile, names, locale.get()))).collect::<Vec<_>>()
            })
        })
    });
    let too_long = RwSignal::new(None::<usize>);
    let typing = Typing::new(editor, move |words: String| match Title::parse(&words) {
        Ok(title) => {
            too_long.set(None);
            change(editor, id, |pages| {
                let page = pages.all().get(index).cloned().unwrap_or_default();
                pages.with_page_at(index, ContainerPage { title, ..page })
            });
        }
        Err(_) => too_long.set(Some(words.chars().count())),
    });
    let error = Signal::derive(move || {
        too_long.get().map(|count| text!(locale.get(), boards.name_too_long, count = count)).unwrap_or_default()
    });
    let is_first = index == 0;
    let is_last = Memo::new(move |_| pages.with(|pages| number == pages.all().len()));
    let is_shown = Memo::new(move |_| editor.page_of(id) == index);
    let move_page = move |later: bool| {
        change(editor, id, |pages| pages.with_page_moved(index, later));
        editor.turn(id, if later { number } else { index.saturating_sub(1) });
    };
    let named = move |words: fn(Locale, usize) -> String| Signal::derive(move || words(locale.get(), number));
    view! {
        <div class="container-page" class:container-page--shown=move || is_shown.get() on:focusin=move |_| editor.turn(id, index)>
            <div class="container-page__head">
                <TextField
                    name=format!("container-page-{number}")
                    label=named(|locale, number| text!(locale, pages.page_name, number = number))
                    placeholder=Signal::derive(move || {
                        tiles.with(|tiles| tiles.first().map(|(_, name)| name.clone()).unwrap_or_default())
                    })
                    value=Signal::derive(move || page.with(|page| page.title.to_string()))
                    error
                    on_input=typing.on_input()
                    on_change=typing.on_change()
                />
                <div class="container-page__tools">
                    {(!is_first)
                        .then(|| {
                            view! {
                                <IconButton
                                    icon=IconName::ArrowUp
                                    label=named(|locale, number| text!(locale, pages.earlier, number = number))
                                    on_click=move |()| move_page(false)
                                />
                            }
                        })}
                    <Show when=move || !is_last.get()>
                        <IconButton
                            icon=IconName::ArrowDown
                            label=named(|locale, number| text!(locale, pages.later, number = number))
                            on_click=move |()| move_page(true)
                        />
                    </Show>
                    <IconButton
                        icon=IconName::Close
                        label=named(|locale, number| text!(locale, pages.remove, number = number))
                        on_click=move |()| change(editor, id, |pages| pages.without_page(index))
                    />
                </div>
            </div>
            <ul class="container-page__tiles">
                <For each=move || tiles.get() key=Clone::clone let((tile, name))>
                    <TileRow editor container=id tile name />
                </For>
            </ul>
            <Show when=move || page.with(|page| page.tiles.len() < MAX_TILES_OF_PAGE)>
                <AddMenu
                    name=format!("container-add-to-{number}")
                    label=named(|locale, number| text!(locale, pages.add_tile, number = number))
                    offered
                    on_add=move |written: String| enter(editor, id, &written, Some(index))
                />
            </Show>
        </div>
    }
    .into_any()
}

#[component]
fn TileRow(editor: Editor, container: TileId, tile: TileId, name: String) -> impl IntoView {
    let locale = use_locale();
    let out = name.clone();
    view! {
        <li class="container-page__tile">
            <button type="button" class="layer__name" on:click=move |_| editor.selected.set(Selection::of([tile]))>
                <span class="layer__words">{name}</span>
            </button>
            <IconButton
                icon=IconName::SignOut
                label=Signal::derive(move || text!(locale.get(), pages.take_out, name = out.clone()))
                on_click=move |()| change(editor, container, |pages| pages.without_tile(tile))
            />
        </li>
    }
}
