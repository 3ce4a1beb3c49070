//! A component on its way from the palette to the board.

use crate::chart::Point;
use leptos::prelude::*;
use model::{
    board::{ComponentKind, TileId},
    layout::GridRect,
};

/// A component on its way from the palette, and where the pointer is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Carried {
    pub(crate) kind: ComponentKind,
    pub(crate) x: f64,
    pub(crate) y: f64,
}

/// What palette and board share while a new component is dragged. Provided by the builder page, above both.
#[derive(Debug, Clone, Copy)]
pub struct DragSpace {
    pub(crate) carried: RwSignal<Option<Carried>>,
    /// Where it would be dropped; set by the layout that the pointer is over.
    pub(super) target: RwSignal<Option<Spot>>,
}

impl DragSpace {
    /// Makes it and provides it to everything below.
    pub fn provide() -> Self {
        let space = Self { carried: RwSignal::new(None), target: RwSignal::new(None) };
        provide_context(space);
        space
    }

    /// Where the pointer is on the screen, while a component is carried.
    pub(crate) fn carried_at(self) -> Option<Point> {
        self.carried.get().map(|carried| Point { x: carried.x, y: carried.y })
    }

    /// Where it would be dropped now; `None` while it is over nothing that takes it.
    pub(crate) fn aim(self, target: Option<Spot>) {
        if self.target.get_untracked() != target {
            self.target.set(target);
        }
    }
}

/// Where a new tile was dropped.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Spot {
    /// Dropped there: `desk.place(id, rect)`.
    At(GridRect),
    /// Dropped on the wall, its middle so far from the wall's corner.
    OnWall { x: u16, y: u16 },
    /// Dropped on that container: into it.
    Inside(TileId),
    /// Chosen by keyboard or click, or dropped on the phone: wherever there is room first.
    FirstFree,
}
