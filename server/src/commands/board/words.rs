//! Changes in plain words, each on a line of its own. Unlike in the pages, every tile is named: this is for reviews.

use model::{
    board::{Change, TileLabel},
    layout::LayoutName,
};

/// What changed, or would. Where boards differ, there is at least one line.
pub(super) fn lines(changes: &[Change]) -> Vec<String> {
    if changes.is_empty() {
        // The one thing that is not told as a change.
        return vec!["  the order of the tiles".to_owned()];
    }
    changes.iter().map(|change| format!("  {}", words(change))).collect()
}

fn words(change: &Change) -> String {
    match change {
        Change::RenamedBoard { title } => format!("the board is called “{title}”"),
        Change::Added { tiles } => format!("added: {}", listed(tiles)),
        Change::Removed { tiles } => format!("removed: {}", listed(tiles)),
        Change::Placed { layout, tiles } => {
            format!("moved, resized, shown or hidden {}: {}", on(*layout), listed(tiles))
        }
        Change::Arranged { layout } => format!("arranged anew {}", on(*layout)),
        Change::Handled { tiles } => format!("locked, unlocked or grouped: {}", listed(tiles)),
        Change::RenamedTile { tile, title } if title.is_empty() => format!("{} has no title of its own", called(tile)),
        Change::RenamedTile { tile, title } => format!("{} is called “{title}”", called(tile)),
        Change::Rebound { tiles } => format!("shows something else: {}", listed(tiles)),
        Change::Contained { containers, tiles } if tiles.is_empty() => format!("other pages: {}", listed(containers)),
        Change::Contained { containers, tiles } => {
            format!("put into {} or taken out: {}", listed(containers), listed(tiles))
        }
        Change::Filtered => "the filters for readers".to_owned(),
        Change::Painted => "the theme".to_owned(),
        Change::Followed { tiles } => format!("follows other filters: {}", listed(tiles)),
        Change::Linked { tiles } => format!("leads on to another board: {}", listed(tiles)),
        Change::Restored => "the whole board".to_owned(),
    }
}

const fn on(layout: LayoutName) -> &'static str {
    match layout {
        LayoutName::Desk => "on the desk",
        LayoutName::Phone => "on the phone",
        LayoutName::Wall => "on the wall",
    }
}

fn listed(tiles: &[TileLabel]) -> String {
    tiles.iter().map(called).collect::<Vec<_>>().join(", ")
}

/// By its title, else by what it shows.
fn called(tile: &TileLabel) -> String {
    match &tile.metric {
        _ if !tile.title.is_empty() => format!("“{}”", tile.title),
        Some(metric) => format!("{} of {}", tile.kind.name(), metric.column_name()),
        None => format!("{} {}", tile.kind.name(), tile.id),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use model::board::{ComponentKind, TileId, Title};

    #[test]
    fn every_tile_is_named() {
        let label = |title: &str, metric: Option<&str>| TileLabel {
            id: TileId::from_u128(1),
            title: Title::parse(title).unwrap(),
            kind: ComponentKind::Kpi,
            metric: metric.map(|metric| serde_json::from_str(&format!("\"{metric}\"")).unwrap()),
        };
        let tiles = vec![label("甲", None), label("", Some("tv.ama")), label("", None)];
        let told = lines(&[Change::Removed { tiles }, Change::Arranged { layout: LayoutName::Wall }]);
        let expected = "  removed: “甲”, kpi of tv.ama, kpi 00000000-0000-0000-0000-000000000001";
        assert_eq!(told, [expected, "  arranged anew on the wall"]);
        assert_eq!(lines(&[]).len(), 1);
    }
}
