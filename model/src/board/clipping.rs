//! Tiles on the clipboard: JSON that can be pasted into any board, here or elsewhere.

use super::{Board, GroupId, Layouts, MAX_TILES, Operation, Pages, Tile, TileId};
use crate::layout::{GridRect, GridSize, PhoneCard, Placed, WallFrame, WallRect};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use uuid::Uuid;

/// Tiles that were copied, with the places that they had.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Clipping {
    /// Tells it from other JSON; the number moves with the form.
    lingdong_tiles: u8,
    tiles: Vec<ClippedTile>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct ClippedTile {
    tile: Tile,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    desk: Option<GridRect>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    phone: Option<PhoneCard>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    wall: Option<WallRect>,
}

/// Why a text can't be pasted as tiles.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ClippingError {
    #[error("the clipboard holds no tiles")]
    NoTiles,
    #[error("the clipboard holds tiles that can't be read: {0}")]
    Malformed(String),
}

const FORM: u8 = 1;
/// Beside what it was copied from, so that both are seen.
const WALL_OFFSET_PX: u16 = 24;

impl Clipping {
    /// Those tiles of a board with what stands in them, in its order; `None` where it has none of them.
    pub fn of(board: &Board, tiles: &[TileId]) -> Option<Self> {
        let inside: Vec<TileId> = tiles.iter().flat_map(|tile| board.inside(*tile)).collect();
        let is_copied = |tile: TileId| tiles.contains(&tile) || inside.contains(&tile);
        let (phone, wall) = (&board.layouts().phone, &board.layouts().wall);
        let clipped = |tile: &Tile| {
            // Copied without its container it stands by itself.
            let stands_alone = !inside.contains(&tile.id) && board.container_of(tile.id).is_some();
            let GridSize { w, h } = tile.content.kind().usual_size();
            let alone = stands_alone.then(|| GridRect::clamped(0, 0, w.into(), h.into()));
            ClippedTile {
                tile: tile.clone(),
                desk: board.desk().rect(tile.id).or(alone),
                phone: phone.as_ref().and_then(|phone| phone.card(tile.id)),
                wall: wall.as_ref().and_then(|wall| wall.frame(tile.id)).map(|frame| frame.rect),
            }
        };
        let tiles: Vec<ClippedTile> = board.tiles().iter().filter(|tile| is_copied(tile.id)).map(clipped).collect();
        (!tiles.is_empty()).then_some(Self { lingdong_tiles: FORM, tiles })
    }

    /// What was copied, as text.
    pub fn write(&self) -> String {
        // Nothing in it can fail to be written.
        serde_json::to_string(self).unwrap_or_default()
    }

    pub fn read(text: &str) -> Result<Self, ClippingError> {
        #[derive(Deserialize)]
        struct Marked {
            #[serde(rename = "lingdong_tiles")]
            form: u8,
        }
        let marked: Marked = serde_json::from_str(text).map_err(|_| ClippingError::NoTiles)?;
        if marked.form != FORM {
            return Err(ClippingError::Malformed(format!("they are in form {}, and {FORM} is known", marked.form)));
        }
        let clipping: Self = serde_json::from_str(text).map_err(|error| ClippingError::Malformed(error.to_string()))?;
        match clipping.tiles.len() {
            0 => Err(ClippingError::NoTiles),
            count if count > MAX_TILES => {
                Err(ClippingError::Malformed(format!("{count} tiles: a board holds {MAX_TILES}")))
            }
            _ => Ok(clipping),
        }
    }

    /// The tiles once more, as new ones, under all that stands on that board. They are the operation's tiles.
    pub fn pasting(&self, onto: &Board, mut new_id: impl FnMut() -> Uuid) -> Operation {
        let mut groups: BTreeMap<GroupId, GroupId> = BTreeMap::new();
        let mut layouts: Layouts = onto.layouts().clone();
        let bottom = i32::from(layouts.desk.height());
        let (mut tiles, mut targets) = (Vec::new(), Vec::new());
        let pages = self.tiles.iter().filter_map(|clipped| clipped.tile.content.pages());
        let inside: Vec<TileId> = pages.flat_map(Pages::tiles).collect();
        let ids: BTreeMap<TileId, TileId> =
            self.tiles.iter().map(|clipped| (clipped.tile.id, TileId::new(new_id()))).collect();
        for clipped in &self.tiles {
            let id = ids.get(&clipped.tile.id).copied().unwrap_or(clipped.tile.id);
            let group = clipped.tile.group.map(|group| *groups.entry(group).or_insert_with(|| GroupId::new(new_id())));
            let mut tile = Tile { id, group, ..clipped.tile.clone() };
            if let Some(pages) = tile.content.pages_mut() {
                *pages = pages.renamed(|tile| ids.get(&tile).copied());
            }
            let kind = tile.content.kind();
            if let Some(rect) = clipped.desk.filter(|_| !inside.contains(&clipped.tile.id)) {
                targets.push(Placed { tile: id, rect: rect.moved(0, bottom) });
            }
            tiles.push(tile);
            if inside.contains(&clipped.tile.id) {
                continue;
            }
            layouts.phone = layouts.phone.map(|phone| {
                phone.set(
                    clipped.phone.map_or_else(|| PhoneCard::usual(id, kind), |card| PhoneCard { tile: id, ..card }),
                )
            });
            layouts.wall = layouts.wall.map(|wall| match clipped.wall {
                Some(WallRect { x, y, w, h }) => {
                    let beside = |start: u16| i32::from(start) + i32::from(WALL_OFFSET_PX);
                    let rect = WallRect::clamped(beside(x), beside(y), w.into(), h.into(), wall.size());
                    wall.set(&[WallFrame { tile: id, rect, hidden: false }])
                }
                None => wall.append(id, kind.usual_size()),
            });
        }
        layouts.desk = layouts.desk.place_all(&targets);
        Operation::AddTiles { tiles, layouts }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::board::{ComponentKind, ContainerPage, Title};

    fn id(number: u128) -> TileId {
        TileId::from_u128(number)
    }

    fn board() -> Board {
        let board = (1..4).fold(Board::default(), |board, number| {
            let tile = Tile::new(id(number), Title::parse("播放").unwrap(), ComponentKind::Kpi.blank());
            board.apply(&board.adding(tile, None)).unwrap().board
        });
        board.apply(&board.grouping(&[id(1), id(2)], Some(GroupId::from_u128(9)))).unwrap().board
    }

    fn pasted(clipping: &Clipping, onto: &Board) -> Board {
        let mut next = 100;
        let operation = clipping.pasting(onto, || {
            next += 1;
            Uuid::from_u128(next)
        });
        onto.apply(&operation).unwrap().board
    }

    #[test]
    fn tiles_go_to_another_board_as_they_stood_together() {
        let clipping = Clipping::of(&board(), &[id(1), id(2)]).unwrap();
        let read = Clipping::read(&clipping.write()).unwrap();
        assert_eq!(read, clipping);
        let other = pasted(&read, &Board::default());
        let rects: Vec<GridRect> = other.desk().placed().iter().map(|placed| placed.rect).collect();
        assert_eq!(rects, [GridRect::clamped(0, 0, 3, 3), GridRect::clamped(3, 0, 3, 3)]);
        let groups: Vec<Option<GroupId>> = other.tiles().iter().map(|tile| tile.group).collect();
        assert!(groups[0].is_some() && groups[0] == groups[1] && groups[0] != Some(GroupId::from_u128(9)));
        let same = pasted(&read, &board());
        assert_eq!(same.tiles().len(), 5);
        assert_eq!(same.desk().rect(id(3)), board().desk().rect(id(3)), "nobody is pushed away");
    }

    #[test]
    fn an_arranged_phone_and_wall_take_them_too() {
        let board = board();
        let arranged = |operation: Operation, board: &Board| board.apply(&operation).unwrap().board;
        let phone = Operation::ArrangePhone { tiles: Vec::new(), phone: Some(board.phone()) };
        let wall = Operation::ArrangeWall { tiles: Vec::new(), wall: Some(board.wall()) };
        let board = arranged(wall, &arranged(phone, &board));
        let after = pasted(&Clipping::of(&board, &[id(1)]).unwrap(), &board);
        assert_eq!((after.phone().cards().len(), after.wall().frames().len()), (4, 4));
    }

    #[test]
    fn a_container_is_copied_with_what_stands_in_it() {
        let tabs = Tile::new(id(9), Title::default(), ComponentKind::Tabs.blank());
        let board = board().apply(&board().adding(tabs, None)).unwrap().board;
        let page = ContainerPage { title: Title::default(), tiles: vec![id(1)] };
        let board = board.apply(&board.containing(id(9), Pages::NONE.with_page(page))).unwrap().board;
        let other = pasted(&Clipping::of(&board, &[id(9)]).unwrap(), &Board::default());
        let (container, inside) = (&other.tiles()[1], &other.tiles()[0]);
        assert_eq!(other.inside(container.id), [inside.id]);
        assert_eq!((other.tiles().len(), other.desk().placed().len()), (2, 1));
        let alone = pasted(&Clipping::of(&board, &[id(1)]).unwrap(), &board);
        assert!(alone.desk().rect(alone.tiles().last().unwrap().id).is_some(), "alone it stands by itself");
    }

    #[test]
    fn what_is_no_tiles_says_so() {
        for text in ["", "hello", "[]", "{}", "{\"lingdong_tiles\":1,\"tiles\":[]}"] {
            assert_eq!(Clipping::read(text), Err(ClippingError::NoTiles), "{text}");
        }
        let script = r#"{"lingdong_tiles":1,"tiles":[{"tile":{"id":"00000000-0000-0000-0000-000000000001",
            "content":{"component":"script","text":"x"}}}]}"#;
        assert!(
            matches!(Clipping::read(script), Err(ClippingError::Malformed(why)) if why.contains("unknown variant"))
        );
        assert!(matches!(Clipping::read(r#"{"lingdong_tiles":2}"#), Err(ClippingError::Malformed(_))));
    }
}
