//! Which container a tile stands in.

use super::change;
use crate::{
    i18n::{label, live_text, use_locale},
    pages::{builder::editor::Editor, tile_title::spoken_title},
};
use components::{
    arranging::Selection,
    controls::{AddMenu, Button, Choice, IconName},
    tile::Names,
};
use leptos::prelude::*;
use model::board::{Pages, TileId};

/// Which container a tile stands in, or may be put into.
#[component]
pub(crate) fn ContainedSection(editor: Editor, names: Signal<Names>, id: TileId) -> impl IntoView {
    let locale = use_locale();
    let board = editor.board();
    let container = Memo::new(move |_| board.with(|board| board.container_of(id).map(|container| container.id)));
    let containers = Signal::derive(move || {
        board.with(|board| {
            let with_room = board.tiles().iter().filter(|tile| tile.content.pages().is_some_and(Pages::has_room));
            let choice = |tile| names.with(|names| spoken_title(tile, names, locale.get()));
            with_room.map(|tile| Choice::new(tile.id.to_string(), choice(tile))).collect::<Vec<_>>()
        })
    });
    let put = move |written: String| {
        if let Ok(container) = written.parse::<TileId>() {
            editor.enter(container, &[id], None);
        }
    };
    let stands = move |container: TileId| {
        let go = move |()| editor.selected.set(Selection::of([container]));
        let out = move |()| change(editor, container, |pages| pages.without_tile(id));
        view! {
            <div class="inspector__buttons">
                <Button icon=IconName::ChevronLeft on_click=go>
                    {live_text!(locale, pages.to_container)}
                </Button>
                <Button icon=IconName::SignOut on_click=out>
                    {live_text!(locale, pages.out)}
                </Button>
            </div>
            <p class="inspector__note">{live_text!(locale, pages.contained_note)}</p>
        }
    };
    let is_offered = Memo::new(move |_| container.get().is_some() || !containers.with(Vec::is_empty));
    view! {
        <Show when=move || is_offered.get()>
            <section class="inspector__section">
                <h3 class="inspector__heading">{live_text!(locale, pages.container)}</h3>
                {move || match container.get() {
                    Some(container) => stands(container).into_any(),
                    None => {
                        view! { <AddMenu name="tile-container" label=label!(locale, pages.put_into) offered=containers on_add=put /> }
                            .into_any()
                    }
                }}
            </section>
        </Show>
    }
    .into_any()
}
