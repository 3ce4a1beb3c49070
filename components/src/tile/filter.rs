//! A filter that stands on the board itself. What can be chosen and what follows from it is known to the page: it draws the
//! filter. Where none does, the tile shows what it is about.

use super::card::Reader;
use crate::{
    controls::{Segment, Segments},
    words,
};
use leptos::prelude::*;
use model::board::{FilterDisplay, FilterSubject, TileId};

/// What provinces to choose from look like.
const PROVINCE: &str = "province";
const EXAMPLES: [&str; 3] = ["ZJ", "GD", "BJ"];

/// The tile of a filter, as a page draws it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FilterTile {
    pub tile: TileId,
    pub about: FilterSubject,
    pub display: FilterDisplay,
}

/// Draws the filters of a board; provided by pages that know it.
#[derive(Clone, Copy)]
pub struct FilterTiles(pub Callback<FilterTile, AnyView>);

/// What a filter is about and what is chosen, to be looked at.
#[component]
pub fn FilterShown(#[prop(into)] name: Signal<String>, #[prop(into)] chosen: Signal<String>) -> impl IntoView {
    view! {
        <p class="filter-tile__shown">
            <span class="filter-tile__name">{move || name.get()}</span>
            <span class="filter-tile__chosen">{move || chosen.get()}</span>
        </p>
    }
    .into_any()
}

/// A filter, drawn by the page or without one.
#[component]
pub(super) fn FilterBody(filter: FilterTile, draw: Option<FilterTiles>, reader: Reader) -> impl IntoView {
    let body = match draw {
        Some(FilterTiles(draw)) => draw.run(filter),
        None => view! { <Unoperated filter reader /> }.into_any(),
    };
    view! { <div class="filter-tile">{body}</div> }.into_any()
}

/// Where there is no board to choose anything of: in the gallery, in templates, in files.
#[component]
fn Unoperated(filter: FilterTile, reader: Reader) -> impl IntoView {
    let FilterTile { about, display, .. } = filter;
    let of_nothing_chosen = match &about {
        FilterSubject::Time | FilterSubject::Compare => words::EACH_TILES_OWN,
        FilterSubject::Dimension(_) => words::ALL,
    };
    let is_province = matches!(&about, FilterSubject::Dimension(dimension) if dimension.as_str() == PROVINCE);
    let name = Signal::derive(move || match &about {
        FilterSubject::Time => reader.say(words::TIME).to_owned(),
        FilterSubject::Compare => reader.say(words::COMPARED).to_owned(),
        FilterSubject::Dimension(dimension) => {
            reader.names.with(|names| names.dimension(dimension.as_str(), reader.locale.get()))
        }
    });
    let chosen = Signal::derive(move || reader.say(of_nothing_chosen).to_owned());
    match display {
        FilterDisplay::Menu => view! { <FilterShown name chosen /> }.into_any(),
        FilterDisplay::Segments => {
            let segments = Signal::derive(move || {
                let segment = |label: String, is_chosen| Segment { label, to: None, is_chosen };
                let province =
                    |letters| reader.names.with(|names| names.value(PROVINCE, Some(letters), reader.locale.get()));
                let examples = EXAMPLES.into_iter().filter(|_| is_province);
                let examples = examples.map(|letters| segment(province(letters), false));
                std::iter::once(segment(chosen.get(), true)).chain(examples).collect::<Vec<_>>()
            });
            view! { <Segments label=name segments /> }.into_any()
        }
    }
}
