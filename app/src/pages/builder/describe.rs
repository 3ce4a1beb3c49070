//! A tile's content and place in a few words, for showing two versions side by side.

use super::choice::Choices;
use crate::{
    i18n::{compare_name, component_name, grain_name, text, time_range_name},
    pages::tile_title::spoken_title,
};
use components::tile::Names;
use model::{
    board::{Board, Operation, TileContent, TileId, Touched, TouchedProperty},
    formatting::Locale,
    metric::FilterValues,
};

/// What the operation is about: `标题 · 全国收视`.
pub(crate) fn subject(board: &Board, touched: Touched, names: &Names, locale: Locale) -> String {
    match touched {
        Touched::BoardTitle => text!(locale, conflict.board_title).to_owned(),
        Touched::Tile(id, property) => {
            let tile = board.tile(id).map_or_else(
                || text!(locale, conflict.removed_tile).to_owned(),
                |tile| spoken_title(tile, names, locale),
            );
            let property = match property {
                TouchedProperty::Existence => text!(locale, conflict.existence),
                TouchedProperty::Place => text!(locale, conflict.place),
                TouchedProperty::Title => text!(locale, conflict.title_of_tile),
                TouchedProperty::Content => text!(locale, conflict.content),
            };
            format!("{tile} · {property}")
        }
    }
}

/// How a board has the property that was touched.
pub(crate) fn state_of(board: &Board, touched: Touched, names: &Names, locale: Locale) -> String {
    let gone = || text!(locale, conflict.gone).to_owned();
    match touched {
        Touched::BoardTitle => board.title().to_string(),
        Touched::Tile(id, TouchedProperty::Place) => place(board, id).unwrap_or_else(gone),
        Touched::Tile(id, TouchedProperty::Title) => board.tile(id).map_or_else(gone, |tile| tile.title.to_string()),
        Touched::Tile(id, TouchedProperty::Existence | TouchedProperty::Content) => {
            board.tile(id).map_or_else(gone, |tile| content(&tile.content, names, locale))
        }
    }
}

/// What an operation would make of it.
pub(crate) fn outcome(operation: &Operation, names: &Names, locale: Locale) -> String {
    match operation {
        Operation::RenameBoard { title } | Operation::RenameTile { title, .. } => title.to_string(),
        Operation::AddTile { tile, .. } => content(&tile.content, names, locale),
        Operation::RemoveTile { .. } => text!(locale, conflict.gone).to_owned(),
        Operation::PlaceTile { tile, desk } => desk
            .rect(*tile)
            .map(|rect| format!("{}, {} · {} × {}", rect.x() + 1, rect.y() + 1, rect.w(), rect.h()))
            .unwrap_or_default(),
        Operation::SetContent { content: made, .. } => content(made, names, locale),
    }
}

fn place(board: &Board, id: TileId) -> Option<String> {
    let rect = board.desk().rect(id)?;
    Some(format!("{}, {} · {} × {}", rect.x() + 1, rect.y() + 1, rect.w(), rect.h()))
}

fn content(content: &TileContent, names: &Names, locale: Locale) -> String {
    if let TileContent::Text { text } = content {
        return text.clone();
    }
    let Some(choices) = Choices::of(content) else {
        return component_name(content.kind(), locale).to_owned();
    };
    let metrics = std::iter::once(&choices.metric).chain(&choices.more_metrics);
    let mut parts: Vec<String> = metrics.map(|metric| names.column(&metric.column_name(), locale)).collect();
    parts.extend(choices.by.iter().map(|dimension| names.dimension(dimension.as_str(), locale)));
    parts.extend(choices.grain.map(|grain| grain_name(grain, locale).to_owned()));
    parts.push(time_range_name(choices.time, locale));
    parts.extend(choices.compare.map(|compare| compare_name(compare, locale).to_owned()));
    for filter in &choices.filters {
        let (sign, values) = match &filter.values {
            FilterValues::In(values) => ("=", values),
            FilterValues::NotIn(values) => ("≠", values),
        };
        let dimension = filter.dimension.as_str();
        let values: Vec<String> = values.iter().map(|value| names.value(dimension, value.as_deref(), locale)).collect();
        parts.push(format!("{} {sign} {}", names.dimension(dimension, locale), values.join(" / ")));
    }
    parts.join(" · ")
}
