//! What stands in containers: it is on the board, in one of them, and is no container.

use super::{Finding, Rule, source::Source, tiles::SeenTile};
use model::board::{Pages, TileId};
use std::collections::BTreeSet;

/// Looks at all containers; gives the tiles that stand in them.
pub(super) fn look_at(source: &Source<'_>, tiles: &[SeenTile<'_>], findings: &mut Vec<Finding>) -> BTreeSet<TileId> {
    let mut inside = BTreeSet::new();
    for container in tiles {
        let pages = container.content.as_ref().and_then(|content| content.pages());
        for tile in pages.into_iter().flat_map(Pages::tiles) {
            let is_second = !inside.insert(tile);
            if let Some(finding) = wrong(tile, tiles, is_second) {
                let written = container.binding.as_ref().unwrap_or(&container.part);
                findings.push(source.at(written, finding).of_tile(container.named.as_ref()));
            }
        }
    }
    inside
}

fn wrong(tile: TileId, tiles: &[SeenTile<'_>], is_second: bool) -> Option<Finding> {
    let seen = tiles.iter().find(|seen| seen.named.as_ref().is_some_and(|named| named.id == tile));
    let is_container = seen.and_then(|seen| seen.content.as_ref()).is_some_and(|content| content.pages().is_some());
    let error = |what: String| Some(Finding::error(Rule::Layout, what));
    match seen {
        None => Some(Finding::warning(
            Rule::Layout,
            format!("there is no tile {tile} on the board: readers see a page without it"),
        )),
        Some(_) if is_container => error(format!("tile {tile} is a container itself: it can't stand in another one")),
        Some(_) if is_second => error(format!("tile {tile} stands in two containers: take it out of one")),
        Some(_) => None,
    }
}
