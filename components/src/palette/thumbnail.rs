//! Drawn thumbnails of the components, for the palette.

use leptos::prelude::*;
use model::board::{ComponentKind, Family};

/// How many units a drawing is wide and high.
pub const DRAWING_SIZE: (u16, u16) = (96, 52);

/// A small drawing of a component, in the colours of the theme.
#[component]
pub fn Thumbnail(kind: ComponentKind) -> impl IntoView {
    view! {
        <svg class="thumbnail" viewBox="0 0 96 52" aria-hidden="true" focusable="false">
            {drawing(kind)}
        </svg>
    }
}

/// The drawing alone, to stand in a larger one; its size is [`DRAWING_SIZE`].
pub fn drawing(kind: ComponentKind) -> AnyView {
    match standing_for(kind) {
        ComponentKind::Kpi => view! {
            <rect class="thumb-faint" x="10" y="11" width="26" height="4" rx="2" />
            <rect class="thumb-strong" x="10" y="21" width="38" height="10" rx="2" />
            <rect class="thumb-accent" x="10" y="38" width="18" height="5" rx="2.5" />
            <polyline class="thumb-line" points="56,42 64,36 71,39 79,29 86,31" />
        }
        .into_any(),
        ComponentKind::Line => view! {
            <polyline class="thumb-axis" points="10,8 10,44 88,44" />
            <polyline class="thumb-line" points="14,36 26,28 38,31 50,18 62,22 74,12 86,15" />
            <polyline class="thumb-second" points="14,40 26,37 38,38 50,31 62,33 74,27 86,29" />
        }
        .into_any(),
        ComponentKind::Bar => view! {
            <rect class="thumb-accent" x="14" y="9" width="70" height="6" rx="1.5" />
            <rect class="thumb-accent" x="14" y="19" width="54" height="6" rx="1.5" />
            <rect class="thumb-accent" x="14" y="29" width="40" height="6" rx="1.5" />
            <rect class="thumb-accent" x="14" y="39" width="24" height="6" rx="1.5" />
            <polyline class="thumb-axis" points="11,6 11,48" />
        }
        .into_any(),
        ComponentKind::Table => view! {
            <rect class="thumb-faint" x="10" y="9" width="20" height="4" rx="2" />
            <rect class="thumb-faint" x="68" y="9" width="18" height="4" rx="2" />
            <polyline class="thumb-axis" points="10,18 88,18" />
            <rect class="thumb-strong" x="10" y="23" width="30" height="4" rx="2" />
            <rect class="thumb-strong" x="72" y="23" width="14" height="4" rx="2" />
            <polyline class="thumb-axis" points="10,32 88,32" />
            <rect class="thumb-strong" x="10" y="37" width="24" height="4" rx="2" />
            <rect class="thumb-strong" x="76" y="37" width="10" height="4" rx="2" />
        }
        .into_any(),
        ComponentKind::ProvinceMap => {
            const TILES: [(u8, u8, bool); 14] = [
                (8, 1, false),
                (6, 1, false),
                (7, 1, true),
                (0, 2, false),
                (3, 2, false),
                (6, 2, true),
                (2, 3, false),
                (5, 3, true),
                (6, 3, true),
                (4, 4, false),
                (6, 4, true),
                (7, 4, true),
                (5, 5, false),
                (6, 5, true),
            ];
            let tile = |(column, row, is_strong): (u8, u8, bool)| {
                let (x, y) = (11.0 + f64::from(column) * 8.4, 2.0 + f64::from(row) * 7.6);
                let class = if is_strong { "thumb-accent" } else { "thumb-soft" };
                view! { <rect class=class x=x y=y width="7" height="6.4" rx="1" /> }
            };
            TILES.into_iter().map(tile).collect_view().into_any()
        }
        ComponentKind::Text => view! {
            <rect class="thumb-strong" x="10" y="10" width="34" height="6" rx="2" />
            <rect class="thumb-faint" x="10" y="23" width="76" height="4" rx="2" />
            <rect class="thumb-faint" x="10" y="31" width="70" height="4" rx="2" />
            <rect class="thumb-faint" x="10" y="39" width="46" height="4" rx="2" />
        }
        .into_any(),
        ComponentKind::Tabs => view! {
            <rect class="thumb-accent" x="10" y="8" width="22" height="5" rx="2" />
            <rect class="thumb-faint" x="37" y="8" width="20" height="5" rx="2" />
            <rect class="thumb-faint" x="62" y="8" width="20" height="5" rx="2" />
            <polyline class="thumb-axis" points="10,17 88,17" />
            <rect class="thumb-soft" x="10" y="22" width="78" height="23" rx="2" />
        }
        .into_any(),
        ComponentKind::Carousel => view! {
            <rect class="thumb-faint" x="4" y="13" width="8" height="22" rx="2" />
            <rect class="thumb-soft" x="18" y="8" width="60" height="31" rx="2" />
            <rect class="thumb-faint" x="84" y="13" width="8" height="22" rx="2" />
            <rect class="thumb-accent" x="36" y="44" width="10" height="4" rx="2" />
            <rect class="thumb-faint" x="49" y="44" width="4" height="4" rx="2" />
            <rect class="thumb-faint" x="56" y="44" width="4" height="4" rx="2" />
        }
        .into_any(),
        _ => ().into_any(),
    }
}

/// The kind whose drawing stands for a kind.
const fn standing_for(kind: ComponentKind) -> ComponentKind {
    match kind.facts().family {
        _ if matches!(kind, ComponentKind::Carousel) => ComponentKind::Carousel,
        Family::Figures => ComponentKind::Kpi,
        Family::Trends => ComponentKind::Line,
        Family::Rankings | Family::Parts | Family::Relations => ComponentKind::Bar,
        Family::Maps => ComponentKind::ProvinceMap,
        Family::Tables => ComponentKind::Table,
        Family::Decorations | Family::Controls => ComponentKind::Text,
        Family::Containers => ComponentKind::Tabs,
    }
}
