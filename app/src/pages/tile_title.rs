//! What a tile is called while it has no title of its own.

use crate::i18n::component_name;
use components::tile::Names;
use model::{
    board::{Tile, TileContent},
    formatting::Locale,
    metric::MetricRef,
};

/// The metric that a tile shows first.
pub(crate) const fn first_metric(content: &TileContent) -> Option<&MetricRef> {
    match content {
        TileContent::Kpi { binding: Some(binding) } => Some(&binding.metric),
        TileContent::Line { binding: Some(binding) } => Some(&binding.metric),
        TileContent::Bar { binding: Some(binding) } => Some(&binding.metric),
        TileContent::Table { binding: Some(binding) } => Some(&binding.metric),
        TileContent::ProvinceMap { binding: Some(binding) } => Some(&binding.metric),
        TileContent::Kpi { binding: None }
        | TileContent::Line { binding: None }
        | TileContent::Bar { binding: None }
        | TileContent::Table { binding: None }
        | TileContent::ProvinceMap { binding: None }
        | TileContent::Text { .. } => None,
    }
}

/// The metric's name, or the component's while nothing is bound.
pub(crate) fn fallback_title(content: &TileContent, names: &Names, locale: Locale) -> String {
    match first_metric(content) {
        Some(metric) => names.column(&metric.column_name(), locale),
        None => component_name(content.kind(), locale).to_owned(),
    }
}

/// What a tile is called when it is spoken of.
pub(crate) fn spoken_title(tile: &Tile, names: &Names, locale: Locale) -> String {
    if tile.title.is_empty() { fallback_title(&tile.content, names, locale) } else { tile.title.to_string() }
}
