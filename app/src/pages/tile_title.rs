//! What a tile is called while it has no title of its own.

use crate::i18n::component_name;
use components::tile::Names;
use model::{
    board::{Tile, TileContent, TileLabel},
    formatting::Locale,
};

/// The metric's name, or the component's while nothing is bound.
pub(crate) fn fallback_title(content: &TileContent, names: &Names, locale: Locale) -> String {
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
