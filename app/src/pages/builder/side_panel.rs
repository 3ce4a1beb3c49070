//! The left side: components to drag onto the board, the layers that are on it, or its history.

use super::{editor::Editor, history::HistoryPanel, layers::LayerList};
use crate::i18n::{label, live_text, use_locale};
use components::{
    controls::{IconName, Tab, Tabs},
    grid::{GridEditing, PaletteItem},
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
pub(crate) fn SidePanel(editor: Editor, names: Signal<Names>, editing: GridEditing) -> impl IntoView {
    let locale = use_locale();
    let side = RwSignal::new(Side::Components);
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
                                .map(|kind| view! { <PaletteItem kind locale editing /> })
                                .collect_view()}
                        </div>
                        <p class="builder__hint">{live_text!(locale, builder.palette_hint)}</p>
                    }
                        .into_any()
                }
                Side::Layers => view! { <LayerList editor names editing /> }.into_any(),
                Side::History => view! { <HistoryPanel editor names /> }.into_any(),
            }}
        </aside>
    }
}
