//! Changes in plain words.

use crate::{
    i18n::{component_name, text},
    pages::tile_title::label_title,
};
use components::tile::Names;
use model::{
    board::{Change, TileLabel},
    formatting::Locale,
    layout::LayoutName,
};

/// So many tiles are told by name; more are counted.
const NAMED: usize = 3;

/// What a change did: `移动了 收视率、播放次数`.
pub(crate) fn change_words(change: &Change, names: &Names, locale: Locale) -> String {
    let tiles = |tiles: &[TileLabel]| listed(tiles, names, locale);
    match change {
        Change::RenamedBoard { title } => text!(locale, history.renamed_board, title = title.to_string()),
        Change::Added { tiles: added } => text!(locale, history.added, tiles = tiles(added)),
        Change::Removed { tiles: removed } => text!(locale, history.removed, tiles = tiles(removed)),
        Change::Placed { layout: LayoutName::Desk, tiles: placed } => {
            text!(locale, history.placed, tiles = tiles(placed))
        }
        Change::Placed { layout, tiles: placed } => {
            text!(locale, history.placed_on, layout = layout_name(*layout, locale), tiles = tiles(placed))
        }
        Change::Arranged { layout } => text!(locale, history.arranged, layout = layout_name(*layout, locale)),
        Change::Handled { tiles: handled } => text!(locale, history.handled, tiles = tiles(handled)),
        Change::RenamedTile { tile, title } => {
            let title = if title.is_empty() { component_name(tile.kind, locale).to_owned() } else { title.to_string() };
            text!(locale, history.renamed_tile, tile = label_title(tile, names, locale), title = title)
        }
        Change::Rebound { tiles: rebound } => text!(locale, history.rebound, tiles = tiles(rebound)),
        Change::Contained { containers, tiles: moved } if moved.is_empty() => {
            text!(locale, history.turned, tiles = tiles(containers))
        }
        Change::Contained { containers, tiles: moved } => {
            text!(locale, history.contained, containers = tiles(containers), tiles = tiles(moved))
        }
        Change::Filtered => text!(locale, history.filtered).to_owned(),
        Change::Painted => text!(locale, history.painted).to_owned(),
        Change::Followed { tiles: followed } => text!(locale, history.followed, tiles = tiles(followed)),
        Change::Linked { tiles: linked } => text!(locale, history.linked, tiles = tiles(linked)),
        Change::Restored => text!(locale, history.restored).to_owned(),
    }
}

fn layout_name(layout: LayoutName, locale: Locale) -> &'static str {
    match layout {
        LayoutName::Desk => text!(locale, builder.desk),
        LayoutName::Phone => text!(locale, builder.phone),
        LayoutName::Wall => text!(locale, builder.wall),
    }
}

fn listed(tiles: &[TileLabel], names: &Names, locale: Locale) -> String {
    let named: Vec<String> = tiles.iter().take(NAMED).map(|tile| label_title(tile, names, locale)).collect();
    let named = named.join(text!(locale, common.list_separator));
    if tiles.len() > NAMED {
        text!(locale, history.and_more, tiles = named, count = tiles.len() - NAMED)
    } else {
        named
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use model::board::{ComponentKind, TileId, Title};

    fn label(number: u128, title: &str) -> TileLabel {
        let title = Title::parse(title).unwrap();
        TileLabel { id: TileId::from_u128(number), title, kind: ComponentKind::Kpi, metric: None }
    }

    #[test]
    fn a_few_tiles_are_named_and_many_are_counted() {
        let tiles: Vec<TileLabel> = (1..6).map(|number| label(number, &format!("甲{number}"))).collect();
        let few = Change::Removed { tiles: tiles[..2].to_vec() };
        let many = Change::Removed { tiles };
        let names = Names::default();
        assert_eq!(change_words(&few, &names, Locale::ZhCn), "删除了 甲1、甲2");
        assert_eq!(change_words(&few, &names, Locale::En), "Removed 甲1, 甲2");
        assert_eq!(change_words(&many, &names, Locale::En), "Removed 甲1, 甲2, 甲3 and 2 more");
        let unnamed = Change::Placed { layout: LayoutName::Wall, tiles: vec![label(1, "")] };
        assert_eq!(change_words(&unnamed, &names, Locale::ZhCn), "在大屏版移动了 指标卡");
    }
}
