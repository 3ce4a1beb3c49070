//! A small board drawn in the theme that is being changed, with made-up numbers.

use super::workshop::Workshop;
use crate::{
    i18n::{component_name, live_text, use_locale},
    pages::gallery::{Shown, ready, tile_of},
};
use leptos::{html, prelude::*, web_sys};
use model::{board::ComponentKind, layout::GridSize, time::Calendar};

/// What shows all that a theme sets: text and change, series, a scale, a table with bars.
const SHOWN: [(ComponentKind, GridSize); 8] = [
    (ComponentKind::Kpi, GridSize { w: 3, h: 4 }),
    (ComponentKind::Line, GridSize { w: 6, h: 6 }),
    (ComponentKind::Columns, GridSize { w: 6, h: 6 }),
    (ComponentKind::Pie, GridSize { w: 4, h: 6 }),
    (ComponentKind::Bar, GridSize { w: 4, h: 6 }),
    (ComponentKind::Heatmap, GridSize { w: 6, h: 6 }),
    (ComponentKind::ProvinceMap, GridSize { w: 4, h: 6 }),
    (ComponentKind::Table, GridSize { w: 6, h: 6 }),
];

#[component]
pub(super) fn ThemePreview(workshop: Workshop, calendar: Calendar) -> impl IntoView {
    let locale = use_locale();
    let board = NodeRef::<html::Div>::new();
    // Set on the element itself, which the policy allows; once saved, a style sheet of the theme's own says the same.
    Effect::new(move |_| {
        let Some(element) = board.get() else { return };
        let style = web_sys::HtmlElement::style(&element);
        workshop.palette.with(|palette| {
            for (name, value) in palette.tokens() {
                let _ = style.set_property(&format!("--{name}"), value);
            }
            let _ = style.set_property("color-scheme", if palette.is_dark() { "dark" } else { "light" });
        });
    });
    let base =
        move || workshop.draft.with(|draft| draft.as_ref().map(|draft| draft.theme.base.name())).unwrap_or_default();
    let tile = move |(kind, size): (ComponentKind, GridSize)| {
        let title = Signal::derive(move || component_name(kind, locale.get()).to_owned());
        view! {
            <div class=format!("appearance__tile appearance__tile--{}", kind.name().replace('_', "-"))>
                <Shown
                    tile=Signal::derive(move || tile_of(kind, locale.get()))
                    state=Signal::derive(move || ready(kind, locale.get()))
                    title
                    locale
                    calendar
                    size
                />
            </div>
        }
    };
    view! {
        <h3 class="appearance__legend">{live_text!(locale, appearance.preview)}</h3>
        <div class="appearance__preview" node_ref=board data-board-theme=base inert aria-hidden="true">
            {SHOWN.into_iter().map(tile).collect_view()}
        </div>
    }
    .into_any()
}
