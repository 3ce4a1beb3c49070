//! Where tiles stand: all that overlaps, leaves the layout, or is no tile of the board.

use super::{
    Finding, FindingTile, Rule, containers,
    source::{Part, Source},
    tiles::SeenTile,
};
use model::{
    board::{MAX_TILES, TileId},
    layout::{DeskLayout, MAX_HEIGHT, PhoneCard, PhoneLayout, Placed, WallFrame, WallLayout, WallRect, WallSize},
};
use serde::de::DeserializeOwned;
use std::collections::{BTreeMap, BTreeSet};

/// Looks at the layouts that a board has, at its containers, and for tiles that are shown nowhere.
pub(super) fn look_at<'a>(
    source: &Source<'a>,
    board: &BTreeMap<String, Part<'a>>,
    tiles: &[SeenTile<'a>],
    findings: &mut Vec<Finding>,
) {
    let inside = containers::look_at(source, tiles, findings);
    let looking = Looking { source, tiles, inside: &inside };
    let before = findings.len();
    let mut shown = BTreeSet::new();
    if let Some(desk) = board.get("desk") {
        shown.extend(looking.desk(desk, findings));
    }
    if let Some(phone) = board.get("phone").filter(|phone| phone.text() != "null") {
        shown.extend(looking.phone(phone, findings));
    }
    if let Some(wall) = board.get("wall").filter(|wall| wall.text() != "null") {
        shown.extend(looking.wall(wall, findings));
    }
    shown.extend(&inside);
    // Where a layout is wrong, its places may be what is missing.
    if findings.len() > before || !board.contains_key("desk") {
        return;
    }
    for tile in tiles {
        if let Some(named) = tile.named.as_ref().filter(|named| !shown.contains(&named.id)) {
            let what = "the tile is shown nowhere: give it a place in “desk”, or put it into a container";
            findings.push(source.at(&tile.part, Finding::warning(Rule::Layout, what)).of_tile(Some(named)));
        }
    }
}

struct Looking<'s, 'a> {
    source: &'s Source<'a>,
    tiles: &'s [SeenTile<'a>],
    /// What stands in containers, and so in no layout of its own.
    inside: &'s BTreeSet<TileId>,
}

impl<'a> Looking<'_, 'a> {
    fn named(&self, tile: TileId) -> Option<&FindingTile> {
        self.tiles.iter().filter_map(|seen| seen.named.as_ref()).find(|named| named.id == tile)
    }

    fn wrong(&self, part: &Part<'a>, tile: TileId, what: impl Into<String>) -> Finding {
        self.source.at(part, Finding::error(Rule::Layout, what)).of_tile(self.named(tile))
    }

    /// The tile as a message calls it.
    fn called(&self, tile: TileId) -> String {
        self.named(tile)
            .filter(|named| !named.title.is_empty())
            .map_or_else(|| tile.to_string(), |named| format!("“{}” ({tile})", named.title))
    }

    /// Entries that could be read, each about one tile of the board and about none twice.
    fn entries<T: DeserializeOwned>(
        &self,
        layout: &Part<'a>,
        tile_of: impl Fn(&T) -> TileId,
        findings: &mut Vec<Finding>,
    ) -> Vec<(Part<'a>, T)> {
        let Some(entries) = layout.entries() else {
            findings.push(
                self.source.at(layout, Finding::error(Rule::Layout, "this is no list: expected places of tiles")),
            );
            return Vec::new();
        };
        if entries.len() > MAX_TILES {
            let what = format!("there are {} places, and a board holds at most {MAX_TILES} tiles", entries.len());
            findings.push(self.source.at(layout, Finding::error(Rule::Layout, what)));
        }
        let mut read: Vec<(Part<'a>, T)> = Vec::new();
        for part in entries.into_iter().take(MAX_TILES) {
            match self.source.read::<T>(&part, Rule::Layout) {
                Ok(entry) => {
                    let tile = tile_of(&entry);
                    if self.named(tile).is_none() {
                        let what = format!("there is no tile {tile} on the board: add it, or take its place away");
                        findings.push(self.wrong(&part, tile, what));
                    } else if self.inside.contains(&tile) {
                        let what = "the tile stands in a container: take its place here away, or take it out there";
                        findings.push(self.wrong(&part, tile, what));
                    } else if read.iter().any(|(_, other)| tile_of(other) == tile) {
                        findings.push(self.wrong(&part, tile, "the tile stands here twice: take one place away"));
                    }
                    read.push((part, entry));
                }
                Err(finding) => findings.push(self.about_its_tile(&part, finding)),
            }
        }
        read
    }

    /// With the tile of an entry that can't be read as a whole.
    fn about_its_tile(&self, part: &Part<'a>, finding: Finding) -> Finding {
        let tile = part.members().and_then(|members| self.source.read(members.get("tile")?, Rule::Layout).ok());
        finding.of_tile(tile.and_then(|tile| self.named(tile)))
    }

    fn desk(&self, desk: &Part<'a>, findings: &mut Vec<Finding>) -> Vec<TileId> {
        let before = findings.len();
        let placed = self.entries(desk, |placed: &Placed| placed.tile, findings);
        for (index, (_, one)) in placed.iter().enumerate() {
            for (part, other) in placed.iter().skip(index + 1) {
                if one.tile != other.tile && one.rect.overlaps(other.rect) {
                    let what = format!("the tile overlaps {} on the desk: move one of them", self.called(one.tile));
                    findings.push(self.wrong(part, other.tile, what));
                }
            }
        }
        self.strictly::<DeskLayout>(desk, before, findings);
        placed.into_iter().map(|(_, placed)| placed.tile).collect()
    }

    fn phone(&self, phone: &Part<'a>, findings: &mut Vec<Finding>) -> Vec<TileId> {
        let before = findings.len();
        let cards = self.entries(phone, |card: &PhoneCard| card.tile, findings);
        for (part, card) in cards.iter().filter(|(_, card)| !(1..=MAX_HEIGHT).contains(&card.rows)) {
            let what = format!("the card is {} rows high: 1 to {MAX_HEIGHT} are", card.rows);
            findings.push(self.wrong(part, card.tile, what));
        }
        self.all_are_there(phone, "phone", cards.iter().map(|(_, card)| card.tile).collect(), findings);
        self.strictly::<PhoneLayout>(phone, before, findings);
        cards.into_iter().filter(|(_, card)| !card.hidden).map(|(_, card)| card.tile).collect()
    }

    fn wall(&self, wall: &Part<'a>, findings: &mut Vec<Finding>) -> Vec<TileId> {
        let before = findings.len();
        let members = wall.members().unwrap_or_default();
        let size = members.get("size").and_then(|size| {
            self.source.read::<WallSize>(size, Rule::Layout).map_err(|finding| findings.push(finding)).ok()
        });
        let frames = members.get("frames").map(|frames| self.entries(frames, |frame: &WallFrame| frame.tile, findings));
        let frames = frames.unwrap_or_default();
        for (part, frame) in &frames {
            let WallRect { x, y, w, h } = frame.rect;
            let inside = size.map(|size| WallRect::clamped(x.into(), y.into(), w.into(), h.into(), size));
            if inside.is_some_and(|inside| inside != frame.rect) {
                let what = format!("the frame at {x},{y} {w}×{h} leaves the wall, or is too small to be seen");
                findings.push(self.wrong(part, frame.tile, what));
            }
        }
        self.all_are_there(wall, "wall", frames.iter().map(|(_, frame)| frame.tile).collect(), findings);
        self.strictly::<WallLayout>(wall, before, findings);
        frames.into_iter().filter(|(_, frame)| !frame.hidden).map(|(_, frame)| frame.tile).collect()
    }

    /// Phone and wall, once arranged, hold every tile, if only hidden.
    fn all_are_there(&self, layout: &Part<'a>, name: &str, held: Vec<TileId>, findings: &mut Vec<Finding>) {
        let needs_place = |tile: &&FindingTile| !held.contains(&tile.id) && !self.inside.contains(&tile.id);
        for named in self.tiles.iter().filter_map(|tile| tile.named.as_ref()).filter(needs_place) {
            let what = format!(
                "the tile has no place in “{name}”: give it one, “hidden” if need be, or take “{name}” away to have it \
                 drafted from the desk"
            );
            findings.push(self.wrong(layout, named.id, what));
        }
    }

    /// Whatever only the layout as a whole can tell.
    fn strictly<T: DeserializeOwned>(&self, layout: &Part<'a>, before: usize, findings: &mut Vec<Finding>) {
        if findings.len() == before
            && let Err(finding) = self.source.read::<T>(layout, Rule::Layout)
        {
            findings.push(finding);
        }
    }
}
