//! The operations that editors make, worked out on the board as they see it.

use super::{Board, GroupId, Handling, Operation, Tile, TileId};
use crate::layout::{
    Alignment, Bounds, COLUMNS, Depth, GridRect, LayoutName, PhoneCard, Placed, WallFrame, WallRect, WallSize, aligned,
};
use std::collections::BTreeSet;

impl Board {
    /// A new tile on the desk: there, or at the first free place.
    pub fn adding(&self, tile: Tile, place: Option<GridRect>) -> Operation {
        let kind = tile.content.kind();
        let layouts = match place {
            Some(rect) => self.layouts().with_new_tile(tile.id, kind, self.desk().place(tile.id, rect)),
            None => self.layouts().append(tile.id, kind),
        };
        Operation::AddTiles { tiles: vec![tile], layouts }
    }

    /// A container goes with what stands in it.
    pub fn removing(&self, tiles: &[TileId]) -> Operation {
        let mut tiles = tiles.to_vec();
        for inside in tiles.clone().into_iter().flat_map(|tile| self.inside(tile)) {
            if !tiles.contains(&inside) {
                tiles.push(inside);
            }
        }
        Operation::RemoveTiles { layouts: self.layouts().remove(&tiles), tiles }
    }

    /// Tiles moved or resized on the desk, the others making room.
    pub fn placing(&self, targets: &[Placed]) -> Operation {
        let tiles = targets.iter().map(|target| target.tile).collect();
        Operation::PlaceTiles { tiles, desk: self.desk().place_all(targets) }
    }

    /// A card of the phone as it says, as the so-manieth, counted from 0.
    pub fn putting_card(&self, card: PhoneCard, position: usize) -> Operation {
        Operation::ArrangePhone { tiles: vec![card.tile], phone: Some(self.phone().put(card, position)) }
    }

    /// Frames of the wall as they say.
    pub fn framing(&self, frames: &[WallFrame]) -> Operation {
        let tiles = frames.iter().map(|frame| frame.tile).collect();
        Operation::ArrangeWall { tiles, wall: Some(self.wall().set(frames)) }
    }

    /// Frames of the wall in front of others, or behind them.
    pub fn restacking(&self, tiles: &[TileId], depth: Depth) -> Operation {
        Operation::ArrangeWall { tiles: tiles.to_vec(), wall: Some(self.wall().restack(tiles, depth)) }
    }

    /// Frames of the wall aligned or spread, with the first of them.
    pub fn aligning_on_wall(&self, tiles: &[TileId], alignment: Alignment) -> Operation {
        let wall = self.wall();
        let frames: Vec<WallFrame> = tiles.iter().filter_map(|tile| wall.frame(*tile)).collect();
        let bounds: Vec<Bounds> = frames.iter().map(|frame| frame.rect.into()).collect();
        let aligned: Vec<WallFrame> = frames
            .iter()
            .zip(aligned(&bounds, alignment))
            .map(|(frame, Bounds { x, y, w, h })| WallFrame {
                rect: WallRect::clamped(x, y, w, h, wall.size()),
                ..*frame
            })
            .collect();
        self.framing(&aligned)
    }

    /// The same picture on a wall of another size.
    pub fn resizing_wall(&self, size: WallSize) -> Operation {
        Operation::ArrangeWall { tiles: Vec::new(), wall: Some(self.wall().resized(size)) }
    }

    /// The wall drafted from the desk again, in its size; in the usual size it then follows the desk.
    pub fn drafting_wall(&self) -> Operation {
        let size = self.wall().size();
        let drafted = (size != WallSize::FULL_HD).then(|| self.layouts().drafted_wall(self.tiles(), size));
        Operation::ArrangeWall { tiles: Vec::new(), wall: drafted }
    }

    /// The desk arranged as the wall is.
    pub fn desk_from_wall(&self) -> Operation {
        let tiles = self.tiles().iter().map(|tile| tile.id).collect();
        Operation::PlaceTiles { tiles, desk: self.wall().on_desk() }
    }

    /// A new tile on the wall with its middle there; on the desk wherever there is room first.
    pub fn adding_to_wall(&self, tile: Tile, x: u16, y: u16) -> Operation {
        let kind = tile.content.kind();
        let mut layouts = self.layouts().append(tile.id, kind);
        let wall = self.wall().append(tile.id, kind.usual_size());
        layouts.wall = wall.frame(tile.id).map(|frame| {
            let (w, h) = (i32::from(frame.rect.w), i32::from(frame.rect.h));
            let rect = WallRect::clamped(i32::from(x) - w / 2, i32::from(y) - h / 2, w, h, wall.size());
            wall.set(&[WallFrame { rect, ..frame }])
        });
        Operation::AddTiles { tiles: vec![tile], layouts }
    }

    /// The phone drafted from the desk again.
    pub const fn drafting_phone() -> Operation {
        Operation::ArrangePhone { tiles: Vec::new(), phone: None }
    }

    /// The tiles that are to be seen in a layout.
    pub fn shown_in(&self, layout: LayoutName) -> BTreeSet<TileId> {
        match layout {
            LayoutName::Desk => self.desk().placed().iter().map(|placed| placed.tile).collect(),
            LayoutName::Phone => {
                self.phone().cards().iter().filter(|card| !card.hidden).map(|card| card.tile).collect()
            }
            LayoutName::Wall => {
                self.wall().frames().iter().filter(|frame| !frame.hidden).map(|frame| frame.tile).collect()
            }
        }
    }

    /// Tiles taken out of sight in a layout, where they stay on the board; or shown there again.
    pub fn hiding(&self, layout: LayoutName, tiles: &[TileId], hidden: bool) -> Operation {
        match layout {
            LayoutName::Desk if hidden => {
                Operation::PlaceTiles { tiles: tiles.to_vec(), desk: self.desk().remove(tiles) }
            }
            LayoutName::Desk => self.showing_on_desk(tiles),
            LayoutName::Phone => {
                let cards = self.phone();
                let cards = tiles
                    .iter()
                    .filter_map(|tile| self.phone().card(*tile))
                    .fold(cards, |phone, card| phone.set(PhoneCard { hidden, ..card }));
                Operation::ArrangePhone { tiles: tiles.to_vec(), phone: Some(cards) }
            }
            LayoutName::Wall => {
                let wall = self.wall();
                let frames: Vec<WallFrame> = tiles
                    .iter()
                    .filter_map(|tile| wall.frame(*tile))
                    .map(|frame| WallFrame { hidden, ..frame })
                    .collect();
                self.framing(&frames)
            }
        }
    }

    /// Each at the first free place.
    fn showing_on_desk(&self, tiles: &[TileId]) -> Operation {
        let hidden =
            tiles.iter().filter(|tile| self.desk().rect(**tile).is_none() && self.container_of(**tile).is_none());
        let desk = hidden
            .filter_map(|tile| self.tile(*tile))
            .fold(self.desk().clone(), |desk, tile| desk.append(tile.id, tile.content.kind().usual_size()));
        Operation::PlaceTiles { tiles: tiles.to_vec(), desk }
    }

    pub fn locking(&self, tiles: &[TileId], locked: bool) -> Operation {
        self.handling(tiles, |handling| Handling { locked, ..handling })
    }

    /// Tiles made a group, or taken out of theirs.
    pub fn grouping(&self, tiles: &[TileId], group: Option<GroupId>) -> Operation {
        self.handling(tiles, |handling| Handling { group, ..handling })
    }

    fn handling(&self, tiles: &[TileId], change: impl Fn(Handling) -> Handling) -> Operation {
        let tiles = tiles.iter().filter_map(|tile| self.tile(*tile)).map(|tile| change(Handling::of(tile))).collect();
        Operation::Handle { tiles }
    }

    /// Tiles aligned or spread on the desk, with the first of them; what leaves the columns is moved inside. Gravity
    /// decides the row in the end.
    pub fn aligning_on_desk(&self, tiles: &[TileId], alignment: Alignment) -> Operation {
        let placed: Vec<Placed> =
            tiles.iter().filter_map(|tile| self.desk().rect(*tile).map(|rect| Placed { tile: *tile, rect })).collect();
        let bounds: Vec<Bounds> = placed.iter().map(|placed| placed.rect.into()).collect();
        let targets: Vec<Placed> = placed
            .iter()
            .zip(aligned(&bounds, alignment))
            .map(|(placed, Bounds { x, y, w, h })| {
                let least = self.tile(placed.tile).map_or(1, |tile| tile.content.kind().least_size().w);
                // Wider than what is left of the columns, it stays in its place and ends at the edge.
                let w = w.max(least.into()).min(i32::from(COLUMNS) - x.clamp(0, i32::from(COLUMNS) - 1));
                Placed { rect: GridRect::clamped(x, y, w, h), ..*placed }
            })
            .collect();
        self.placing(&targets)
    }

    /// The tiles that are selected together with one: its group, itself first.
    pub fn together_with(&self, id: TileId) -> Vec<TileId> {
        let group = self.tile(id).and_then(|tile| tile.group);
        let mates = self.tiles().iter().filter(|tile| tile.id != id && group.is_some() && tile.group == group);
        std::iter::once(id).chain(mates.map(|tile| tile.id)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        board::{ComponentKind, Title},
        layout::WallLayout,
    };

    fn id(number: u128) -> TileId {
        TileId::from_u128(number)
    }

    fn after(board: &Board, operation: &Operation) -> Board {
        board.apply(operation).unwrap().board
    }

    fn three() -> Board {
        (1..4).fold(Board::default(), |board, number| {
            let tile = Tile::new(id(number), Title::default(), ComponentKind::Kpi.blank());
            after(&board, &board.adding(tile, None))
        })
    }

    #[test]
    fn hidden_on_the_desk_it_is_still_on_the_board() {
        let board = three();
        let hidden = after(&board, &board.hiding(LayoutName::Desk, &[id(1)], true));
        assert_eq!(hidden.shown_in(LayoutName::Desk), [id(2), id(3)].into());
        assert!(hidden.desk().rect(id(1)).is_none() && hidden.tile(id(1)).is_some());
        assert!(hidden.phone().card(id(1)).unwrap().hidden, "drafts follow the desk");
        assert!(hidden.wall().frame(id(1)).unwrap().hidden);
        let on_phone = after(&hidden, &hidden.hiding(LayoutName::Phone, &[id(1)], false));
        assert!(!on_phone.shown_in(LayoutName::Desk).contains(&id(1)));
        assert!(on_phone.shown_in(LayoutName::Phone).contains(&id(1)));
        assert_eq!(after(&on_phone, &Board::drafting_phone()), hidden);
        let shown = after(&hidden, &hidden.hiding(LayoutName::Desk, &[id(1), id(2)], false));
        assert_eq!(shown.desk().rect(id(2)), hidden.desk().rect(id(2)), "what is shown already stays");
        assert!(shown.desk().rect(id(1)).is_some());
    }

    #[test]
    fn the_wall_is_arranged_apart_from_the_desk() {
        let board = three();
        let rect = WallRect { x: 40, y: 200, w: 400, h: 300 };
        let framed = after(&board, &board.framing(&[WallFrame { tile: id(2), rect, hidden: false }]));
        assert_eq!((framed.desk(), framed.wall().frame(id(2)).unwrap().rect), (board.desk(), rect));
        let front = after(&framed, &framed.restacking(&[id(1)], Depth::Front));
        assert_eq!(front.wall().depth(id(1)), Some(2));
        let aligned = after(&front, &front.aligning_on_wall(&[id(2), id(3)], Alignment::SameWidth));
        assert_eq!(aligned.wall().frame(id(3)).unwrap().rect.w, 400);
        let wide = after(&aligned, &aligned.resizing_wall(WallSize::clamped(3_840, 1_080)));
        assert_eq!(wide.wall().size().w(), 3_840);
        assert_eq!(after(&wide, &wide.drafting_wall()).wall(), WallLayout::draft(board.desk(), wide.wall().size()));
        assert_eq!(
            after(&board, &board.drafting_wall()),
            board,
            "a draft in the usual size goes on following the desk"
        );
        let added = Tile::new(id(9), Title::default(), ComponentKind::Kpi.blank());
        let added = after(&board, &board.adding_to_wall(added, 1_900, 1_000));
        assert!(added.wall().frame(id(9)).is_some() && added.desk().rect(id(9)).is_some());
        let desk = after(&framed, &framed.desk_from_wall());
        assert_eq!(desk.desk().placed().len(), 3);
        let hidden = after(&board, &board.hiding(LayoutName::Wall, &[id(1)], true));
        assert!(!hidden.shown_in(LayoutName::Wall).contains(&id(1)));
        assert!(hidden.shown_in(LayoutName::Desk).contains(&id(1)));
    }

    #[test]
    fn a_group_is_selected_together() {
        let board = three();
        let grouped = after(&board, &board.grouping(&[id(1), id(3)], Some(GroupId::from_u128(5))));
        assert_eq!(grouped.together_with(id(3)), [id(3), id(1)]);
        assert_eq!(grouped.together_with(id(2)), [id(2)]);
        let locked = after(&grouped, &grouped.locking(&[id(1), id(2)], true));
        assert_eq!(locked.tile(id(1)).map(|tile| (tile.locked, tile.group)), Some((true, Some(GroupId::from_u128(5)))));
        let edited = grouped.apply(&grouped.locking(&[id(1), id(2)], true)).unwrap();
        assert_eq!(after(&edited.board, &edited.inverse), grouped);
    }

    #[test]
    fn tiles_are_aligned_inside_the_columns() {
        let board = three();
        let wide = after(&board, &board.placing(&[Placed { tile: id(1), rect: GridRect::clamped(0, 0, 8, 3) }]));
        let same = after(&wide, &wide.aligning_on_desk(&[id(1), id(2), id(3)], Alignment::SameWidth));
        for number in 1..4 {
            let rect = same.desk().rect(id(number)).unwrap();
            let before = wide.desk().rect(id(number)).unwrap();
            assert_eq!(rect.x(), before.x());
            assert_eq!(rect.w(), 8.min(COLUMNS - before.x()));
        }
        let left = after(&board, &board.aligning_on_desk(&[id(2), id(3)], Alignment::Left));
        assert_eq!(left.desk().rect(id(2)).unwrap().x(), left.desk().rect(id(3)).unwrap().x());
    }
}
