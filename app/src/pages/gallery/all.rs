//! All components by what they are for.

use super::shown::{Shown, ready, tile_of};
use crate::{
    i18n::{component_name, live_text, use_locale},
    routes,
};
use components::{glyph::Glyph, guide, tile::family_name};
use leptos::prelude::*;
use model::{
    board::{ComponentKind, Family},
    layout::GridSize,
    time::Calendar,
};

#[component]
pub(super) fn AllComponents(calendar: Calendar) -> impl IntoView {
    let locale = use_locale();
    let family = move |family: Family| {
        let kinds = ComponentKind::ALL.into_iter().filter(move |kind| kind.facts().family == family);
        view! {
            <section class="components__family">
                <h2 class="components__family-name">{move || family_name(family, locale.get())}</h2>
                <ul class="components__cards">
                    {kinds.map(|kind| view! { <Entry kind calendar /> }).collect_view()}
                </ul>
            </section>
        }
    };
    view! {
        <main id="content" class="page components">
            <header class="components__head">
                <h1 class="components__title">{live_text!(locale, gallery.title)}</h1>
                <p class="components__lead">{live_text!(locale, gallery.lead)}</p>
            </header>
            {Family::ALL.into_iter().map(family).collect_view()}
        </main>
    }
    .into_any()
}

/// One component: its picture leads to its page. What stands in a container would be other components.
#[component]
fn Entry(kind: ComponentKind, calendar: Calendar) -> impl IntoView {
    let locale = use_locale();
    let title = Signal::derive(move || component_name(kind, locale.get()).to_owned());
    let card = if kind.is_container() {
        view! {
            <div class="components__picture components__picture--glyph">
                <Glyph kind />
            </div>
        }
        .into_any()
    } else {
        view! {
            <div class="components__picture" inert aria-hidden="true">
                <Shown
                    tile=Signal::derive(move || tile_of(kind, locale.get()))
                    state=Signal::derive(move || ready(kind, locale.get()))
                    title
                    locale
                    calendar
                    size=GridSize { w: 4, h: 6 }
                />
            </div>
        }
        .into_any()
    };
    view! {
        <li class="components__entry">
            <a class="components__link" href=routes::component(kind)>
                {move || title.get()}
            </a>
            {card}
            <p class="components__when">{move || guide::when_to_use(kind, locale.get())}</p>
        </li>
    }
    .into_any()
}
