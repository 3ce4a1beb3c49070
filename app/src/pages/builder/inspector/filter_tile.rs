//! Which of the board's filters a tile sets, and how it is operated.

use super::{
    Catalogue,
    board_filters::{add_filter, addable},
    still::{keep, still_of},
};
use crate::{
    i18n::{label, live_text, text, use_locale},
    pages::{builder::editor::Editor, filter_words::subject_name},
};
use components::{
    controls::{Button, ButtonKind, Choice, SelectField},
    tile::Names,
};
use leptos::prelude::*;
use model::{
    board::{BoardFilter, FilterDisplay, FilterSubject, Still, TileId},
    formatting::Locale,
};

/// How the menu writes that nothing is chosen yet.
const NONE: &str = "";

#[component]
pub(super) fn FilterTileSection(
    editor: Editor,
    catalogue: Catalogue,
    names: Signal<Names>,
    id: TileId,
) -> impl IntoView {
    let locale = use_locale();
    let (board, tile) = (editor.board(), editor.tile(id));
    let held = Memo::new(move |_| {
        tile.with(|tile| match still_of(tile.as_ref()) {
            Some(Still::Filter { about, display }) => (about.clone(), *display),
            Some(
                Still::Text { .. }
                | Still::QrCode { .. }
                | Still::Image { .. }
                | Still::Video { .. }
                | Still::Clock
                | Still::Frame { .. },
            )
            | None => (None, FilterDisplay::default()),
        })
    });
    let missing = Memo::new(move |_| {
        held.with(|(about, _)| about.clone()).filter(|about| board.with(|board| board.filter(about).is_none()))
    });
    let choices = Signal::derive(move || {
        let there = board.with(|board| board.filters().iter().map(BoardFilter::subject).collect::<Vec<_>>());
        let free = addable(editor, catalogue);
        // What it is about stays a choice, also where no tile knows it any longer.
        let own = missing.get().filter(|missing| !free.contains(missing));
        let none = held.with(|(about, _)| about.is_none());
        let none = none.then(|| Choice::new(NONE, text!(locale.get(), filters.tile_about_none)));
        let named = |subject: FilterSubject| {
            Choice::new(subject.to_string(), names.with(|names| subject_name(&subject, names, locale.get())))
        };
        none.into_iter().chain(there.into_iter().chain(own).chain(free).map(named)).collect::<Vec<_>>()
    });
    let choose = move |subject: String| {
        if let Ok(about) = subject.parse::<FilterSubject>() {
            add_filter(editor, about.clone());
            let display = held.with_untracked(|(_, display)| *display);
            keep(editor, id, Still::Filter { about: Some(about), display });
        }
    };
    let displays = Signal::derive(move || {
        let named = |display: FilterDisplay| Choice::new(display.name(), display_name(display, locale.get()));
        FilterDisplay::ALL.into_iter().map(named).collect::<Vec<_>>()
    });
    let show_as = move |name: String| {
        if let Some(display) = FilterDisplay::ALL.into_iter().find(|display| display.name() == name) {
            keep(editor, id, Still::Filter { about: held.with_untracked(|(about, _)| about.clone()), display });
        }
    };
    let lacking = move || {
        missing.get().map(|about| {
            let name = names.with(|names| subject_name(&about, names, locale.get()));
            view! {
                <p class="inspector__note" role="status">
                    {text!(locale.get(), filters.tile_lacks, name = name)}
                </p>
                <Button kind=ButtonKind::Secondary on_click=move |()| add_filter(editor, about.clone())>
                    {live_text!(locale, filters.tile_add)}
                </Button>
            }
        })
    };
    view! {
        <section class="inspector__section">
            <h3 class="inspector__heading">{live_text!(locale, filters.tile_about)}</h3>
            <SelectField
                name="tile-about"
                label=label!(locale, filters.tile_about)
                choices
                value=Signal::derive(move || {
                    held.with(|(about, _)| about.as_ref().map_or_else(|| NONE.to_owned(), ToString::to_string))
                })
                on_change=choose
            />
            <p class="inspector__note">{live_text!(locale, filters.tile_about_hint)}</p>
            {lacking}
            <SelectField
                name="tile-display"
                label=label!(locale, filters.tile_display)
                choices=displays
                value=Signal::derive(move || held.with(|(_, display)| display.name().to_owned()))
                on_change=show_as
            />
        </section>
    }
    .into_any()
}

fn display_name(display: FilterDisplay, locale: Locale) -> &'static str {
    match display {
        FilterDisplay::Menu => text!(locale, filters.tile_menu),
        FilterDisplay::Segments => text!(locale, filters.tile_segments),
    }
}
