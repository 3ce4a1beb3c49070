//! A tile's content and place in a few words, for showing two versions side by side.

use super::choice::Choices;
use crate::{
    i18n::{compare_name, component_name, grain_name, text, time_range_name},
    pages::{
        filter_words::{subject_name, usual_words},
        theme_words::theme_name,
        tile_title::spoken_title,
    },
};
use components::tile::Names;
use leptos::prelude::use_context;
use model::{
    appearance::{Appearance, ThemeChoice},
    board::{
        Board, BoardFilter, BoardId, FilterSubject, Handling, Operation, Pages, Still, TileContent, TileId, Touched,
        TouchedProperty,
    },
    formatting::Locale,
    layout::{CardWidth, DeskLayout, PhoneLayout, WallFrame, WallLayout},
    metric::FilterValues,
};

/// What an edit would change against that board, as (what it is about, how it would be, how it is); everything it touches
/// where it would change nothing.
pub(crate) fn differences(mine: &Operation, theirs: &Board, names: &Names, locale: Locale) -> Vec<Difference> {
    let all: Vec<Difference> = mine
        .touched()
        .into_iter()
        .map(|touched| Difference {
            subject: subject(theirs, touched, names, locale),
            mine: outcome(mine, touched, names, locale),
            theirs: state_of(theirs, touched, names, locale),
        })
        .collect();
    if all.iter().any(Difference::differs) { all.into_iter().filter(Difference::differs).collect() } else { all }
}

/// One thing that two people have edited.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Difference {
    pub subject: String,
    pub mine: String,
    pub theirs: String,
}

impl Difference {
    fn differs(&self) -> bool {
        self.mine != self.theirs
    }
}

/// What is touched: `标题 · 全国收视`.
fn subject(board: &Board, touched: Touched, names: &Names, locale: Locale) -> String {
    match touched {
        Touched::BoardTitle => text!(locale, conflict.board_title).to_owned(),
        Touched::Board => text!(locale, conflict.whole_board).to_owned(),
        Touched::Filters => text!(locale, filters.title).to_owned(),
        Touched::Theme => text!(locale, theme.of_board).to_owned(),
        Touched::Phone => text!(locale, conflict.whole_phone).to_owned(),
        Touched::Wall => text!(locale, conflict.whole_wall).to_owned(),
        Touched::Tile(id, property) => {
            let tile = board.tile(id).map_or_else(
                || text!(locale, conflict.removed_tile).to_owned(),
                |tile| spoken_title(tile, names, locale),
            );
            let property = match property {
                TouchedProperty::Existence => text!(locale, conflict.existence),
                TouchedProperty::DeskPlace => text!(locale, conflict.place),
                TouchedProperty::PhonePlace => text!(locale, conflict.phone_place),
                TouchedProperty::WallPlace => text!(locale, conflict.wall_place),
                TouchedProperty::Title => text!(locale, conflict.title_of_tile),
                TouchedProperty::Content => text!(locale, conflict.content),
                TouchedProperty::Handling => text!(locale, conflict.handling),
                TouchedProperty::Following => text!(locale, filters.title),
                TouchedProperty::Link => text!(locale, inspector.opens),
            };
            format!("{tile} · {property}")
        }
    }
}

/// How a board has the property that was touched.
fn state_of(board: &Board, touched: Touched, names: &Names, locale: Locale) -> String {
    let gone = || text!(locale, conflict.gone).to_owned();
    match touched {
        Touched::BoardTitle => board.title().to_string(),
        Touched::Board => whole(board, locale),
        Touched::Phone => phone(board.layouts().phone.as_ref(), locale),
        Touched::Wall => wall(board.layouts().wall.as_ref(), locale),
        Touched::Filters => filters(board.filters(), names, locale),
        Touched::Theme => theme(board.theme(), locale),
        Touched::Tile(id, _) if board.tile(id).is_none() => gone(),
        Touched::Tile(id, TouchedProperty::DeskPlace) => desk_place(board.desk(), id, locale),
        Touched::Tile(id, TouchedProperty::PhonePlace) => phone_place(&board.phone(), id, locale),
        Touched::Tile(id, TouchedProperty::WallPlace) => wall_place(&board.wall(), id, locale),
        Touched::Tile(id, TouchedProperty::Title) => board.tile(id).map_or_else(gone, |tile| tile.title.to_string()),
        Touched::Tile(id, TouchedProperty::Existence | TouchedProperty::Content) => {
            board.tile(id).map_or_else(gone, |tile| content(&tile.content, names, locale))
        }
        Touched::Tile(id, TouchedProperty::Handling) => {
            board.tile(id).map_or_else(gone, |tile| handling(Handling::of(tile), locale))
        }
        Touched::Tile(id, TouchedProperty::Link) => board.tile(id).map_or_else(gone, |tile| link(tile.opens, locale)),
        Touched::Tile(id, TouchedProperty::Following) => {
            board.tile(id).map_or_else(gone, |tile| ignored(&tile.ignores, names, locale))
        }
    }
}

/// What an operation would make of the property it touches.
fn outcome(operation: &Operation, touched: Touched, names: &Names, locale: Locale) -> String {
    let tile = match touched {
        Touched::Tile(tile, _) => Some(tile),
        Touched::BoardTitle | Touched::Filters | Touched::Theme | Touched::Phone | Touched::Wall | Touched::Board => {
            None
        }
    };
    let drafted = || text!(locale, conflict.drafted).to_owned();
    match operation {
        Operation::RenameBoard { title } | Operation::RenameTile { title, .. } => title.to_string(),
        Operation::AddInside { pages, .. } | Operation::RemoveInside { pages, .. }
            if matches!(touched, Touched::Tile(_, TouchedProperty::Content)) =>
        {
            pages_of(pages, locale)
        }
        Operation::AddTiles { tiles, .. } | Operation::AddInside { tiles, .. } => {
            let added = tiles.iter().find(|added| Some(added.id) == tile);
            added.map(|added| content(&added.content, names, locale)).unwrap_or_default()
        }
        Operation::RemoveTiles { .. } | Operation::RemoveInside { .. } => text!(locale, conflict.gone).to_owned(),
        Operation::PlaceTiles { desk, .. } => tile.map(|tile| desk_place(desk, tile, locale)).unwrap_or_default(),
        Operation::ArrangePhone { phone: arranged, .. } => match (tile, arranged) {
            (Some(tile), Some(arranged)) => phone_place(arranged, tile, locale),
            (Some(_), None) => drafted(),
            (None, arranged) => phone(arranged.as_ref(), locale),
        },
        Operation::ArrangeWall { wall: arranged, .. } => match (tile, arranged) {
            (Some(tile), Some(arranged)) => wall_place(arranged, tile, locale),
            (Some(_), None) => drafted(),
            (None, arranged) => wall(arranged.as_ref(), locale),
        },
        Operation::Handle { tiles } => {
            let handled = tiles.iter().find(|handled| Some(handled.tile) == tile);
            handled.map(|handled| handling(*handled, locale)).unwrap_or_default()
        }
        Operation::SetContent { content: made, .. } => content(made, names, locale),
        Operation::SetPages { pages, .. } => pages_of(pages, locale),
        Operation::SetFilters { filters: set } => filters(set, names, locale),
        Operation::SetTheme { theme: chosen } => theme(*chosen, locale),
        Operation::IgnoreFilters { ignores, .. } => ignored(ignores, names, locale),
        Operation::SetLink { opens, .. } => link(*opens, locale),
        Operation::RestoreBoard { board } => whole(board, locale),
    }
}

fn theme(chosen: Option<ThemeChoice>, locale: Locale) -> String {
    let appearance = use_context::<Appearance>().unwrap_or_default();
    theme_name(chosen, &appearance, locale)
}

fn whole(board: &Board, locale: Locale) -> String {
    text!(locale, conflict.tiles, title = board.title().to_string(), count = board.tiles().len())
}

fn desk_place(desk: &DeskLayout, id: TileId, locale: Locale) -> String {
    desk.rect(id).map_or_else(
        || text!(locale, conflict.hidden).to_owned(),
        |rect| format!("{}, {} · {} × {}", rect.x() + 1, rect.y() + 1, rect.w(), rect.h()),
    )
}

fn phone_place(phone: &PhoneLayout, id: TileId, locale: Locale) -> String {
    match (phone.card(id), phone.position(id)) {
        (Some(card), Some(position)) if !card.hidden => {
            let width = match card.width {
                CardWidth::Full => text!(locale, inspector.card_full),
                CardWidth::Half => text!(locale, inspector.card_half),
            };
            format!("{} · {width} · {}", position + 1, card.rows)
        }
        (Some(_) | None, _) => text!(locale, conflict.hidden).to_owned(),
    }
}

fn wall_place(wall: &WallLayout, id: TileId, locale: Locale) -> String {
    match wall.frame(id).filter(|frame| !frame.hidden) {
        Some(WallFrame { rect, .. }) => format!("{}, {} · {} × {} px", rect.x, rect.y, rect.w, rect.h),
        None => text!(locale, conflict.hidden).to_owned(),
    }
}

fn phone(phone: Option<&PhoneLayout>, locale: Locale) -> String {
    match phone {
        Some(_) => text!(locale, conflict.arranged).to_owned(),
        None => text!(locale, conflict.drafted).to_owned(),
    }
}

fn wall(wall: Option<&WallLayout>, locale: Locale) -> String {
    match wall {
        Some(wall) => format!("{} × {} px", wall.size().w(), wall.size().h()),
        None => text!(locale, conflict.drafted).to_owned(),
    }
}

/// The filters of a board: `时间 = 近 7 天 · 省份`.
fn filters(filters: &[BoardFilter], names: &Names, locale: Locale) -> String {
    let written = filters.iter().map(|filter| {
        let name = subject_name(&filter.subject(), names, locale);
        let usual = usual_words(filter, names, locale);
        usual.map_or_else(|| name.clone(), |usual| format!("{name} = {usual}"))
    });
    let written = written.collect::<Vec<_>>().join(" · ");
    if written.is_empty() { text!(locale, filters.none).to_owned() } else { written }
}

fn ignored(ignores: &[FilterSubject], names: &Names, locale: Locale) -> String {
    if ignores.is_empty() {
        return text!(locale, filters.follows_all).to_owned();
    }
    let named = ignores.iter().map(|subject| subject_name(subject, names, locale)).collect::<Vec<_>>();
    text!(locale, filters.ignores, names = named.join(text!(locale, common.list_separator)))
}

fn link(opens: Option<BoardId>, locale: Locale) -> String {
    opens.map_or_else(|| text!(locale, inspector.opens_nothing).to_owned(), |board| board.to_string())
}

fn handling(handling: Handling, locale: Locale) -> String {
    let lock = if handling.locked { text!(locale, conflict.locked) } else { text!(locale, conflict.unlocked) };
    let group = if handling.group.is_some() { text!(locale, conflict.grouped) } else { text!(locale, conflict.single) };
    format!("{lock} · {group}")
}

/// What stands in a container: `标签页 2 页，3 个组件`.
fn pages_of(pages: &Pages, locale: Locale) -> String {
    text!(locale, pages.summary, pages = pages.all().len(), tiles = pages.tiles().count())
}

fn content(content: &TileContent, names: &Names, locale: Locale) -> String {
    if let TileContent::Still(Still::Text { text }) = content {
        return text.clone();
    }
    if let Some(pages) = content.pages() {
        return format!("{} · {}", component_name(content.kind(), locale), pages_of(pages, locale));
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
