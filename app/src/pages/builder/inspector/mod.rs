//! The inspector: what the selected tile shows and how.

mod board_filters;
mod card;
mod course;
mod data;
mod definition;
mod explained;
mod filter_tile;
mod filters;
mod following;
mod frame;
mod link;
mod look;
mod metric;
mod outcome;
mod pages;
mod position;
mod sessions;
mod several;
mod still;
mod style;
mod suggested;
mod theme;
mod typing;
mod values;
mod wall;

use super::{editor::Editor, previews::Previews};
use crate::i18n::{component_name, label, live_text, use_locale};
use board_filters::BoardFiltersSection;
pub(super) use board_filters::values_of;
use card::CardSection;
use components::{
    controls::{IconButton, IconName},
    tile::Names,
};
use data::DataSection;
use filter_tile::FilterTileSection;
use following::FollowingSection;
use frame::FrameSection;
use leptos::{prelude::*, web_sys};
use link::LinkSection;
use model::{
    board::{ByShape, ComponentKind, StillKind, TileId},
    layout::LayoutName,
    metric::CatalogueView,
};
use pages::{ContainedSection, PagesSection};
use position::PositionSection;
use several::{HandlingSection, SeveralInspector};
use style::StyleSection;
use theme::ThemeSection;
use wall::WallSection;
use wasm_bindgen::JsCast as _;

/// The catalogue of this page.
pub(crate) type Catalogue = StoredValue<CatalogueView>;

/// Ids of the fields that the focus goes to first: the metric, the text, or what a filter is about.
const FIRST_FIELDS: [&str; 3] = ["field-tile-metric", "field-tile-text", "field-tile-about"];

/// Puts the focus on the first field, once the inspector has drawn the tile.
pub(crate) fn focus_inspector() {
    request_animation_frame(|| {
        let field = FIRST_FIELDS.into_iter().find_map(|id| document().get_element_by_id(id));
        if let Some(field) = field.and_then(|field| field.dyn_into::<web_sys::HtmlElement>().ok()) {
            // A field that can't take the focus leaves it on the tile.
            let _ = field.focus();
        }
    });
}

/// What can be chosen for the selected tile.
#[component]
pub(crate) fn Inspector(
    editor: Editor,
    catalogue: Catalogue,
    names: Signal<Names>,
    previews: Previews,
) -> impl IntoView {
    let locale = use_locale();
    let board = editor.board();
    // Drawn anew only for other tiles, so that a field keeps the focus while its tile changes.
    let inspected = Memo::new(move |_| {
        editor.selected.with(|selected| {
            board.with(|board| {
                let there = selected.tiles().iter().filter_map(|id| board.tile(*id));
                there.map(|tile| (tile.id, tile.content.kind())).collect::<Vec<_>>()
            })
        })
    });
    view! {
        <aside class="inspector" aria-label=live_text!(locale, inspector.title)>
            {move || match inspected.get().as_slice() {
                [(id, kind)] => view! { <TileInspector editor catalogue names previews id=*id kind=*kind /> }.into_any(),
                [_, _, ..] => {
                    let tiles = inspected.with(|inspected| inspected.iter().map(|(id, _)| *id).collect::<Vec<_>>());
                    view! { <SeveralInspector editor tiles /> }.into_any()
                }
                [] if editor.layout.get() == LayoutName::Wall => {
                    view! {
                        <WallSection editor />
                        <ThemeSection editor />
                    }
                        .into_any()
                }
                [] => {
                    view! {
                        <div class="inspector__empty">
                            <p class="inspector__empty-title">{live_text!(locale, inspector.empty_title)}</p>
                            <p class="inspector__empty-advice">{live_text!(locale, inspector.empty_advice)}</p>
                        </div>
                        <BoardFiltersSection editor catalogue names />
                        <ThemeSection editor />
                    }
                        .into_any()
                }
            }}
        </aside>
    }
}

#[component]
fn TileInspector(
    editor: Editor,
    catalogue: Catalogue,
    names: Signal<Names>,
    previews: Previews,
    id: TileId,
    kind: ComponentKind,
) -> impl IntoView {
    let locale = use_locale();
    let board = editor.board();
    // It has no place of its own then, to be moved or hidden.
    let is_contained = Memo::new(move |_| board.with(|board| board.container_of(id).is_some()));
    view! {
        <header class="inspector__head">
            <h2 class="inspector__title">{move || component_name(kind, locale.get())}</h2>
            <IconButton
                icon=IconName::Copy
                label=label!(locale, inspector.duplicate)
                on_click=move |()| editor.duplicate(&[id])
            />
            <IconButton icon=IconName::Trash label=label!(locale, inspector.delete) on_click=move |()| editor.remove(&[id]) />
        </header>
        {match kind.by_shape() {
            ByShape::Still(StillKind::Filter) => view! { <FilterTileSection editor catalogue names id /> }.into_any(),
            ByShape::Still(
                StillKind::Text
                | StillKind::Image
                | StillKind::Video
                | StillKind::QrCode
                | StillKind::Clock
                | StillKind::Frame,
            ) => ().into_any(),
            ByShape::Container(_) => view! { <PagesSection editor names id kind /> }.into_any(),
            ByShape::Scalar(_)
            | ByShape::Series(_)
            | ByShape::Category(_)
            | ByShape::Matrix(_)
            | ByShape::Pair(_)
            | ByShape::Points(_)
            | ByShape::Spread(_)
            | ByShape::Table(_)
            | ByShape::Geo(_)
            | ByShape::Sessions(_) => {
                view! {
                    <DataSection editor catalogue names previews id kind />
                    <FollowingSection editor catalogue names id />
                }
                    .into_any()
            }
        }}
        <StyleSection editor id kind />
        {(!kind.is_container())
            .then(|| {
                view! {
                    <LinkSection editor id />
                    <ContainedSection editor names id />
                }
            })}
        <Show when=move || !is_contained.get()>
            {move || match editor.layout.get() {
                LayoutName::Desk => view! { <PositionSection editor id kind /> }.into_any(),
                LayoutName::Phone => view! { <CardSection editor id /> }.into_any(),
                LayoutName::Wall => view! { <FrameSection editor id /> }.into_any(),
            }}
            <HandlingSection editor tiles=StoredValue::new(vec![id]) />
        </Show>
    }
}
