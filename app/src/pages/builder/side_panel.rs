//! The left side: components to drag onto the board, the layers that are on it, or its history.

use super::{editor::Editor, history::HistoryPanel, layers::LayerList};
use crate::i18n::{label, live_text, use_locale};
use components::{
    arranging::ArrangingTiles,
    controls::{FieldKind, IconName, Tab, Tabs, TextField},
    palette::{PaletteItem, Spot},
    tile::{Names, family_name, kind_name},
};
use leptos::prelude::*;
use model::{
    board::{ComponentKind, Family},
    formatting::Locale,
};

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
                Side::Components => view! { <Shelves locale on_add /> }.into_any(),
                Side::Layers => view! { <LayerList editor names tiles /> }.into_any(),
                Side::History => view! { <HistoryPanel editor names /> }.into_any(),
            }}
        </aside>
    }
}

/// The components by what they are for, and a field to find one by its name.
#[component]
fn Shelves(locale: Signal<Locale>, on_add: Callback<(ComponentKind, Spot)>) -> impl IntoView {
    let sought = RwSignal::new(String::new());
    let is_found = move |kind: ComponentKind| {
        let sought = sought.with(|sought| sought.trim().to_lowercase());
        let names = [Locale::ZhCn, Locale::En].map(|locale| kind_name(kind, locale).to_lowercase());
        sought.is_empty() || kind.name().contains(&sought) || names.iter().any(|name| name.contains(&sought))
    };
    let of_family = move |family: Family| {
        let kinds = ComponentKind::ALL.into_iter().filter(move |kind| kind.facts().family == family);
        kinds.filter(|kind| is_found(*kind)).collect::<Vec<_>>()
    };
    let shelf = move |family: Family| {
        let kinds = Memo::new(move |_| of_family(family));
        view! {
            <Show when=move || !kinds.with(Vec::is_empty)>
                <section class="builder__shelf">
                    <h3 class="builder__shelf-name">{move || family_name(family, locale.get())}</h3>
                    <div class="builder__components">
                        <For each=move || kinds.get() key=|kind| *kind let:kind>
                            <PaletteItem kind locale on_add />
                        </For>
                    </div>
                </section>
            </Show>
        }
    };
    let is_nothing = move || !ComponentKind::ALL.into_iter().any(is_found);
    view! {
        <div class="builder__search">
            <TextField
                name="palette-search"
                label=label!(locale, builder.search_components)
                placeholder=label!(locale, builder.search_components)
                kind=FieldKind::Search
                value=Signal::derive(move || sought.get())
                on_input=move |words: String| sought.set(words)
            />
        </div>
        <div class="builder__shelves">{Family::ALL.into_iter().map(shelf).collect_view()}</div>
        <Show when=is_nothing>
            <p class="builder__hint">{live_text!(locale, builder.no_component)}</p>
        </Show>
        <p class="builder__hint">{live_text!(locale, builder.palette_hint)}</p>
    }
    .into_any()
}
