//! Filters that stand on the draft, as they are drawn while it is edited or looked at: as readers will find them, with what
//! they begin with, and not to be operated.

use super::{
    editor::Editor,
    inspector::{Catalogue, values_of},
};
use crate::{
    i18n::{text, use_locale},
    pages::{
        filter_offers::{Asked, Offered},
        filter_words::{subject_name, usual_words},
    },
};
use components::{
    controls::{Segment, Segments},
    tile::{FilterShown, FilterTile, FilterTiles, Names},
};
use leptos::{prelude::*, task::spawn_local};
use model::board::{BoardFilter, FilterDisplay, FilterSubject, Reading};

/// Lets the tiles of this page show filters.
pub(super) fn provide_drawn_filters(editor: Editor, catalogue: Catalogue, names: Signal<Names>) {
    provide_context(FilterTiles(Callback::new(move |FilterTile { about, display, .. }: FilterTile| {
        view! { <DrawnFilter editor catalogue names about display /> }.into_any()
    })));
}

#[component]
fn DrawnFilter(
    editor: Editor,
    catalogue: Catalogue,
    names: Signal<Names>,
    about: FilterSubject,
    display: FilterDisplay,
) -> impl IntoView {
    let locale = use_locale();
    let board = editor.board();
    let about = StoredValue::new(about);
    let filter = Memo::new(move |_| board.with(|board| about.with_value(|about| board.filter(about).cloned())));
    let name = Signal::derive(move || names.with(|names| about.with_value(|it| subject_name(it, names, locale.get()))));
    let chosen = Signal::derive(move || {
        let usual = |filter: &BoardFilter| names.with(|names| usual_words(filter, names, locale.get()));
        filter.with(|filter| filter.as_ref().and_then(usual)).unwrap_or_else(|| {
            let locale = locale.get();
            about.with_value(|about| match about {
                FilterSubject::Time => text!(locale, filters.own_times).to_owned(),
                FilterSubject::Compare => text!(locale, filters.own_compares).to_owned(),
                FilterSubject::Dimension(_) => text!(locale, filters.all).to_owned(),
            })
        })
    });
    let values = RwSignal::new(Vec::new());
    if let (FilterDisplay::Segments, FilterSubject::Dimension(dimension)) = (display, about.get_value()) {
        Effect::new(move |_| {
            let asked = values_of(editor, catalogue, dimension.clone(), String::new());
            spawn_local(async move {
                if let Ok(answer) = asked.await {
                    let _ = values.try_set(answer);
                }
            });
        });
    }
    let segments = Signal::derive(move || {
        let (locale, calendar, reading) = (locale.get(), editor.calendar(), Reading::default());
        let offered = board.with(|board| {
            names.with(|names| {
                let asked = Asked { board, reading: &reading, names, locale, calendar };
                values.with(|values: &Vec<String>| about.with_value(|about| asked.offered(about, values)))
            })
        });
        let segment = |Offered { words, is_chosen, .. }: Offered| Segment { label: words, to: None, is_chosen };
        offered.into_iter().map(segment).collect::<Vec<_>>()
    });
    let is_there = Memo::new(move |_| filter.with(Option::is_some));
    move || match (is_there.get(), display) {
        (false, _) => view! {
            <p class="filter-tile__gone">
                {move || text!(locale.get(), filters.tile_gone, name = name.get())}
            </p>
        }
        .into_any(),
        (true, FilterDisplay::Menu) => view! { <FilterShown name chosen /> }.into_any(),
        (true, FilterDisplay::Segments) => view! { <Segments label=name segments /> }.into_any(),
    }
}
