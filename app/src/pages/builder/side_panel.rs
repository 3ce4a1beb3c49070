//! The left side: components to drag onto the board, the layers that are on it, or its history.

use super::{editor::Editor, history::HistoryPanel, layers::LayerList};
use crate::i18n::{label, live_text, use_locale};
use components::{
    arranging::ArrangingTiles,
    controls::{IconName, Tab, Tabs},
    palette::{PaletteItem, Spot},
    tile::Names,
};
use leptos::prelude::*;
use model::board::ComponentKind;

/// What the panel shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Side {
    Components,
    Layers,
    History,
}

/// Three tabs: components, layers, and history.
#[component]
pub(crate) fn SidePanel(editor: Editor, names: Signal<Names>, tiles: ArrangingTiles) -> impl IntoView {
    let locale = use_locale();
    let side = RwSignal::new(Side::Components);
    let on_add = Callback::new(move |(kind, spot): (ComponentKind, Spot)| match spot {
        Spot::At(rect) => editor.add(kind.blank(), |board, tile| board.adding(tile, Some(rect))),
        Spot::OnWall { x, y } => editor.add(kind.blank(), |board, tile| board.adding_to_wall(tile, x, y)),
        Spot::Inside(container) => editor.add_inside(container, kind.blank(), Some(editor.page_of(container))),
        Spot::FirstFree => editor.add(kind.blank(), |board, tile| board.adding(tile, None)),
    });
    let tabs = vec![
        Tab { value: Side::Components, icon: IconName::Plus, label: label!(locale, builder.palette) },
        Tab { value: Side::Layers, icon: IconName::Layers, label: label!(locale, builder.layers) },
        Tab { value: Side::History, icon: IconName::Clock, label: label!(locale, history.title) },
    ];
    view! {
        <aside class="builder__palette" aria-label=live_text!(locale, builder.side_panel)>
            <Tabs label=label!(locale, builder.side_panel) tabs chosen=side on_choose=move |chosen| side.set(chosen) />
            {move || match side.get() {
                Side::Components => {
                    view! {
                        <div class="builder__components">
                            {ComponentKind::ALL
                                .into_iter()
                                .map(|kind| view! { <PaletteItem kind locale on_add /> })
                                .collect_view()}
                        </div>
                        <p class="builder__hint">{live_text!(locale, builder.palette_hint)}</p>
                    }
                        .into_any()
                }
                Side::Layers => view! { <LayerList editor names tiles /> }.into_any(),
                Side::History => view! { <HistoryPanel editor names /> }.into_any(),
            }}
        </aside>
    }
}
