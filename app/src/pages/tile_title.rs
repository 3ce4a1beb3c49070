//! What tiles and boards are called while they have no title of their own.

use crate::{
    i18n::{component_name, text},
    pages::filter_words::subject_name,
};
use components::tile::Names;
use model::{
    board::{Still, Tile, TileContent, TileLabel, Title},
    formatting::Locale,
};

/// The board's title, or what a board without one is called.
pub(crate) fn board_title(title: &Title, locale: Locale) -> String {
    if title.is_empty() { text!(locale, boards.untitled).to_owned() } else { title.to_string() }
}

/// The metric's name, or what a filter is about, or the component's name while nothing is bound.
pub(crate) fn fallback_title(content: &TileContent, names: &Names, locale: Locale) -> String {
    if let TileContent::Still(Still::Filter { about: Some(about), .. }) = content {
        return subject_name(about, names, locale);
    }
    match content.first_metric() {
        Some(metric) => names.column(&metric.column_name(), locale),
        None => component_name(content.kind(), locale).to_owned(),
    }
}

/// What a tile is called when it is spoken of.
pub(crate) fn spoken_title(tile: &Tile, names: &Names, locale: Locale) -> String {
    label_title(&TileLabel::of(tile), names, locale)
}

/// The same for a tile that may be gone.
pub(crate) fn label_title(tile: &TileLabel, names: &Names, locale: Locale) -> String {
    match &tile.metric {
        _ if !tile.title.is_empty() => tile.title.to_string(),
        Some(metric) => names.column(&metric.column_name(), locale),
        None => component_name(tile.kind, locale).to_owned(),
    }
}
