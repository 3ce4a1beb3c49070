//! Which tiles of a board stand in which of its containers.

use super::{Board, Operation, OperationError, Pages, Tile, TileId};

impl Board {
    /// The container that a tile stands in.
    pub fn container_of(&self, tile: TileId) -> Option<&Tile> {
        self.tiles().iter().find(|other| other.content.pages().is_some_and(|pages| pages.contains(tile)))
    }

    /// The tiles of a container, page by page; of another tile none.
    pub fn inside(&self, container: TileId) -> Vec<TileId> {
        let pages = self.tile(container).and_then(|tile| tile.content.pages());
        pages.map(|pages| pages.tiles().filter(|tile| self.tile(*tile).is_some()).collect()).unwrap_or_default()
    }

    /// Whether a tile may be put into a container: it is none, and stands in none.
    pub fn may_enter(&self, tile: TileId) -> bool {
        let is_container = self.tile(tile).is_none_or(|tile| tile.content.kind().is_container());
        !is_container && self.container_of(tile).is_none()
    }

    /// Whether a tile is a container with room for another page.
    pub fn takes_in(&self, container: TileId) -> bool {
        self.tile(container).and_then(|tile| tile.content.pages()).is_some_and(Pages::has_room)
    }

    /// Tiles put into a container: on the so-manieth of its pages, counted from 0, or on a page of their own, also where
    /// that one is full. Those that may not enter, or find no room, stay where they are.
    pub fn entering(&self, container: TileId, tiles: &[TileId], page: Option<usize>) -> Option<Operation> {
        let before = self.tile(container)?.content.pages()?;
        let entering = tiles.iter().filter(|tile| self.may_enter(**tile));
        let pages = entering.fold(before.clone(), |pages, tile| pages.with_tile(*tile, page));
        (pages != *before).then(|| self.containing(container, pages))
    }

    /// A new tile that stands in a container from the start; `None` where there is no room or no container.
    pub fn adding_inside(&self, container: TileId, tile: Tile, page: Option<usize>) -> Option<Operation> {
        let before = self.tile(container)?.content.pages()?;
        let pages = before.with_tile(tile.id, page);
        let enters = pages != *before && !tile.content.kind().is_container();
        enters.then(|| Operation::AddInside { container, pages, tiles: vec![tile] })
    }

    /// A container with other pages: what comes into it leaves its place, and what leaves it stands wherever there is room
    /// first.
    pub fn containing(&self, container: TileId, pages: Pages) -> Operation {
        let before = self.inside(container);
        let entering: Vec<TileId> = pages.tiles().filter(|tile| !before.contains(tile)).collect();
        let leaving: Vec<&Tile> =
            before.iter().filter(|tile| !pages.contains(**tile)).filter_map(|tile| self.tile(*tile)).collect();
        let without = self.layouts().remove(&entering);
        let layouts = leaving.iter().fold(without, |layouts, tile| layouts.append(tile.id, tile.content.kind()));
        let tiles = entering.into_iter().chain(leaving.iter().map(|tile| tile.id)).collect();
        Operation::SetPages { container, pages, tiles, layouts }
    }

    /// What stands in a container stands nowhere else, and is none.
    pub(super) fn check_containers(&self) -> Result<(), OperationError> {
        let mut contained: Vec<TileId> =
            self.tiles().iter().filter_map(|tile| tile.content.pages()).flat_map(Pages::tiles).collect();
        contained.sort_unstable();
        if let Some([twice, _]) = contained.array_windows().find(|[one, next]| one == next) {
            return Err(OperationError::StandsTwice(*twice));
        }
        contained.iter().filter_map(|tile| self.tile(*tile)).try_for_each(|tile| match tile.content.pages() {
            Some(_) => Err(OperationError::ContainerInContainer(tile.id)),
            None if self.layouts().have_place_of(tile.id) => Err(OperationError::StandsTwice(tile.id)),
            None => Ok(()),
        })
    }
}
