//! An edit on top of a board that others have edited since: what it wants of each of its tiles, on the layouts as they
//! are by now. The others' tiles stay as they are.

use super::super::{Board, Layouts, Pages, Tile, TileId, layouts::contained};
use crate::layout::{DeskLayout, PhoneCard, PhoneLayout, Placed, WallLayout};

/// The layouts with the tiles that are added where they were put.
pub(super) fn added(tiles: &[Tile], wanted: &Layouts, onto: &Board) -> Layouts {
    let inside = contained(tiles);
    let is_free = |tile: &&Tile| !inside.contains(&tile.id) && onto.container_of(tile.id).is_none();
    with_new_tiles(&tiles.iter().filter(is_free).collect::<Vec<_>>(), wanted, onto.layouts())
}

/// The layouts after `tiles` were put into a container or taken out of it: the pages say which.
pub(super) fn turned(pages: &Pages, tiles: &[TileId], wanted: &Layouts, onto: &Board) -> Layouts {
    let (inside, outside): (Vec<TileId>, Vec<TileId>) = tiles.iter().partition(|tile| pages.contains(**tile));
    let left: Vec<&Tile> = outside.iter().filter_map(|tile| onto.tile(*tile)).collect();
    with_new_tiles(&left, wanted, &onto.layouts().remove(&inside))
}

/// The layouts with tiles that have no place in them yet.
fn with_new_tiles(tiles: &[&Tile], wanted: &Layouts, now: &Layouts) -> Layouts {
    let ids: Vec<TileId> = tiles.iter().map(|tile| tile.id).collect();
    let phone = now.phone.as_ref().map(|phone| {
        let whole =
            tiles.iter().fold(phone.clone(), |phone, tile| phone.set(PhoneCard::usual(tile.id, tile.content.kind())));
        wanted.phone.as_ref().map_or_else(|| whole.clone(), |wanted| with_cards(&whole, &ids, wanted))
    });
    let wall = now.wall.as_ref().map(|wall| {
        let whole =
            tiles.iter().fold(wall.clone(), |wall, tile| wall.append(tile.id, tile.content.kind().usual_size()));
        wanted.wall.as_ref().map_or_else(|| whole.clone(), |wanted| with_frames(&whole, &ids, wanted))
    });
    Layouts { desk: placed_on(&now.desk, &ids, &wanted.desk), phone, wall }
}

/// The desk with those tiles where they are wanted, or off it. What was put into a container meanwhile stays there.
pub(super) fn placed(tiles: &[TileId], wanted: &DeskLayout, onto: &Board) -> DeskLayout {
    let free: Vec<TileId> = tiles.iter().copied().filter(|tile| onto.container_of(*tile).is_none()).collect();
    placed_on(onto.desk(), &free, wanted)
}

fn placed_on(now: &DeskLayout, tiles: &[TileId], wanted: &DeskLayout) -> DeskLayout {
    let (mut targets, mut hidden) = (Vec::new(), Vec::new());
    for tile in tiles {
        match wanted.rect(*tile) {
            Some(rect) => targets.push(Placed { tile: *tile, rect }),
            None => hidden.push(*tile),
        }
    }
    let desk = if hidden.is_empty() { now.clone() } else { now.remove(&hidden) };
    desk.place_all(&targets)
}

/// The phone with the cards of those tiles as they are wanted; with no tiles, the phone as a whole.
pub(super) fn phone(tiles: &[TileId], wanted: Option<&PhoneLayout>, onto: &Board) -> Option<PhoneLayout> {
    if tiles.is_empty() {
        // Whole, but with the tiles that there are by now.
        return wanted.map(|wanted| with_cards(&onto.phone(), &ids(onto), wanted));
    }
    let drafted = || onto.layouts().drafted_phone(onto.tiles());
    let now = onto.layouts().phone.clone().unwrap_or_else(drafted);
    let wanted = wanted.cloned().unwrap_or_else(drafted);
    Some(with_cards(&now, tiles, &wanted))
}

/// The wall with the frames of those tiles as they are wanted; with no tiles, the wall as a whole.
pub(super) fn wall(tiles: &[TileId], wanted: Option<&WallLayout>, onto: &Board) -> Option<WallLayout> {
    let now = onto.layouts().wall.clone();
    let drafted = |size| onto.layouts().drafted_wall(onto.tiles(), size);
    if tiles.is_empty() {
        return wanted.map(|wanted| {
            let whole = now.map_or_else(|| drafted(wanted.size()), |now| now.resized(wanted.size()));
            with_frames(&whole, &ids(onto), wanted)
        });
    }
    let size = onto.wall().size();
    let now = now.unwrap_or_else(|| drafted(wanted.map_or(size, WallLayout::size)));
    let wanted = wanted.cloned().unwrap_or_else(|| drafted(now.size()));
    Some(with_frames(&now, tiles, &wanted))
}

fn ids(board: &Board) -> Vec<TileId> {
    board.tiles().iter().map(|tile| tile.id).collect()
}

/// In the order in which they are wanted, so that each finds its place among those before it.
fn with_cards(now: &PhoneLayout, tiles: &[TileId], wanted: &PhoneLayout) -> PhoneLayout {
    let is_ours = |card: &&PhoneCard| tiles.contains(&card.tile) && now.card(card.tile).is_some();
    wanted
        .cards()
        .iter()
        .filter(is_ours)
        .fold(now.clone(), |phone, card| phone.put(*card, wanted.position(card.tile).unwrap_or_default()))
}

fn with_frames(now: &WallLayout, tiles: &[TileId], wanted: &WallLayout) -> WallLayout {
    let is_ours = |tile: TileId| tiles.contains(&tile) && now.frame(tile).is_some();
    wanted
        .frames()
        .iter()
        .filter(|frame| is_ours(frame.tile))
        .fold(now.clone(), |wall, frame| wall.put(*frame, wanted.depth(frame.tile).unwrap_or_default()))
}
