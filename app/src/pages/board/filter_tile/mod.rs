//! The board's filters as tiles: what is the bar's above the board stands on it, where its maker put it. Both change the same
//! reading, which the address carries.
//!
//! - [`segments`]: all of it beside each other, as links
//! - [`without_script`]: a form, for browsers that run none

mod segments;
mod without_script;

use super::{
    filter_bar::{CompareFilter, TimeFilter, ValuesFilter},
    published::PublishedBoard,
};
use crate::{
    i18n::{compare_name, text},
    pages::{
        filter_words::{subject_name, values_words},
        time_ranges::range_words,
    },
};
use components::tile::{FilterShown, FilterTile, FilterTiles};
use leptos::prelude::*;
use model::board::{BoardFilter, FilterDisplay, FilterSubject};
use segments::FilterSegments;
use without_script::WithoutScript;

/// Lets the tiles of this page set filters.
pub(super) fn provide_filter_tiles(published: PublishedBoard) {
    provide_context(FilterTiles(Callback::new(move |filter: FilterTile| {
        let FilterTile { tile, about, display } = filter;
        let Some(declared) = published.board.with_value(|board| board.filter(&about).cloned()) else {
            return view! { <Gone published about /> }.into_any();
        };
        let live = match display {
            FilterDisplay::Menu => menu(published, declared, &format!("-{tile}")),
            FilterDisplay::Segments => {
                view! { <FilterSegments published filter=declared place=format!("-{tile}") /> }.into_any()
            }
        };
        view! {
            <div class="filter-tile__live">{live}</div>
            <WithoutScript published about />
        }
        .into_any()
    })));
}

/// Lets the tiles of this page say what is chosen. Nobody stands at a wall to press a button.
pub(super) fn provide_shown_filters(published: PublishedBoard) {
    provide_context(FilterTiles(Callback::new(move |FilterTile { about, .. }: FilterTile| {
        if published.board.with_value(|board| board.filter(&about).is_none()) {
            return view! { <Gone published about /> }.into_any();
        }
        let of = StoredValue::new(about);
        let name = name_of(published, of);
        let chosen = Signal::derive(move || of.with_value(|about| chosen_words(published, about)));
        view! { <FilterShown name chosen /> }.into_any()
    })));
}

/// The same control as above a board.
fn menu(published: PublishedBoard, filter: BoardFilter, place: &str) -> AnyView {
    let place = place.to_owned();
    match filter {
        BoardFilter::Time { usual } => view! { <TimeFilter published usual place /> }.into_any(),
        BoardFilter::Compare { usual } => view! { <CompareFilter published usual /> }.into_any(),
        BoardFilter::Values { dim, .. } => view! { <ValuesFilter published dimension=dim place /> }.into_any(),
    }
}

/// A board without that filter has nothing to set: its makers are told so while they edit, readers see it here.
#[component]
fn Gone(published: PublishedBoard, about: FilterSubject) -> impl IntoView {
    let name = name_of(published, StoredValue::new(about));
    view! {
        <p class="filter-tile__gone">
            {move || text!(published.locale.get(), filters.tile_gone, name = name.get())}
        </p>
    }
}

fn name_of(published: PublishedBoard, about: StoredValue<FilterSubject>) -> Signal<String> {
    Signal::derive(move || {
        published.names.with(|names| about.with_value(|about| subject_name(about, names, published.locale.get())))
    })
}

/// What is chosen of a filter now: `近 7 天`, `浙江、广东`, `全部`.
fn chosen_words(published: PublishedBoard, about: &FilterSubject) -> String {
    let locale = published.locale.get();
    published.reading.with(|reading| {
        published.board.with_value(|board| match about {
            FilterSubject::Time => board.chosen_time(reading).map_or_else(
                || text!(locale, filters.own_times).to_owned(),
                |time| range_words(time, published.calendar, locale),
            ),
            FilterSubject::Compare => board
                .chosen_compare(reading)
                .map_or_else(|| text!(locale, filters.own_compares), |compare| compare_name(compare, locale))
                .to_owned(),
            FilterSubject::Dimension(dimension) => board.chosen(reading, dimension).map_or_else(
                || text!(locale, filters.all).to_owned(),
                |values| published.names.with(|names| values_words(dimension, values, names, locale)),
            ),
        })
    })
}
