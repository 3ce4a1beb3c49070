//! The wall layout: a free canvas in the physical pixels of the screen it is made for.

use super::{COLUMNS, DeskLayout, GridRect, GridSize, Placed};
use crate::board::TileId;
use serde::{Deserialize, Deserializer, Serialize, de};

/// The least and the most pixels of a wall along a side.
pub const LEAST_WALL_PX: u16 = 320;
pub const MOST_WALL_PX: u16 = 16_384;
/// The least pixels of a frame along a side.
pub const LEAST_FRAME_PX: u16 = 24;

/// How many pixels a wall has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
pub struct WallSize {
    w: u16,
    h: u16,
}

impl WallSize {
    pub const FULL_HD: Self = Self { w: 1_920, h: 1_080 };

    /// The nearest size that a wall may have.
    pub fn clamped(w: i32, h: i32) -> Self {
        let within = |value: i32| value.clamp(LEAST_WALL_PX.into(), MOST_WALL_PX.into()) as u16;
        Self { w: within(w), h: within(h) }
    }

    pub const fn w(self) -> u16 {
        self.w
    }

    pub const fn h(self) -> u16 {
        self.h
    }

    /// The band along the top that holds the board's title and the time: a thirteenth of the height.
    pub const fn head_px(self) -> u16 {
        self.h / 27 * 2
    }

    /// What a drafted frame keeps from the edges.
    const fn margin_px(self) -> u16 {
        self.h / 45
    }

    /// What drafted frames keep from one another.
    const fn gap_px(self) -> u16 {
        self.h / 67
    }
}

/// A place on a wall, in pixels from its top left corner.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct WallRect {
    pub x: u16,
    pub y: u16,
    pub w: u16,
    pub h: u16,
}

impl WallRect {
    /// The nearest place inside a wall of that size: cut to the wall first, then moved inside.
    pub fn clamped(x: i32, y: i32, w: i32, h: i32, wall: WallSize) -> Self {
        let along = |start: i32, length: i32, whole: u16| {
            let length = length.clamp(LEAST_FRAME_PX.into(), whole.into());
            (start.clamp(0, i32::from(whole) - length) as u16, length as u16)
        };
        let ((x, w), (y, h)) = (along(x, w, wall.w), along(y, h, wall.h));
        Self { x, y, w, h }
    }

    pub const fn right(self) -> u16 {
        self.x + self.w
    }

    pub const fn bottom(self) -> u16 {
        self.y + self.h
    }

    fn is_inside(self, wall: WallSize) -> bool {
        Self::clamped(self.x.into(), self.y.into(), self.w.into(), self.h.into(), wall) == self
    }
}

/// A tile on the wall.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct WallFrame {
    pub tile: TileId,
    pub rect: WallRect,
    /// Kept in its place, and not shown.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub hidden: bool,
}

/// Where frames go in the stack.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Depth {
    Front,
    Forward,
    Backward,
    Back,
}

/// Frames from the hindmost to the foremost, each inside the wall; no tile twice.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct WallLayout {
    size: WallSize,
    frames: Vec<WallFrame>,
}

impl WallLayout {
    /// A wall without frames.
    pub const fn empty(size: WallSize) -> Self {
        Self { size, frames: Vec::new() }
    }

    /// A first draft from the desk: the same arrangement, stretched over the whole wall under its head.
    pub fn draft(desk: &DeskLayout, size: WallSize) -> Self {
        let rows = desk.height().max(1);
        let frame =
            |placed: &Placed| WallFrame { tile: placed.tile, rect: drafted(placed.rect, size, rows), hidden: false };
        Self { size, frames: desk.placed().iter().map(frame).collect() }
    }

    pub const fn size(&self) -> WallSize {
        self.size
    }

    pub fn frames(&self) -> &[WallFrame] {
        &self.frames
    }

    pub fn frame(&self, tile: TileId) -> Option<WallFrame> {
        self.frames.iter().copied().find(|frame| frame.tile == tile)
    }

    /// Counted from the hindmost.
    pub fn depth(&self, tile: TileId) -> Option<usize> {
        self.frames.iter().position(|frame| frame.tile == tile)
    }

    /// With those frames as they say, moved inside where they leave the wall; new ones in front.
    #[must_use]
    pub fn set(&self, frames: &[WallFrame]) -> Self {
        let mut wall = self.clone();
        for frame in frames {
            let depth = wall.depth(frame.tile).unwrap_or(wall.frames.len());
            wall = wall.put(*frame, depth);
        }
        wall
    }

    /// With that frame as the `depth`th from the back, cut to the front.
    #[must_use]
    pub fn put(&self, frame: WallFrame, depth: usize) -> Self {
        let WallRect { x, y, w, h } = frame.rect;
        let rect = WallRect::clamped(x.into(), y.into(), w.into(), h.into(), self.size);
        let mut frames: Vec<WallFrame> = self.frames.iter().copied().filter(|other| other.tile != frame.tile).collect();
        frames.insert(depth.min(frames.len()), WallFrame { rect, ..frame });
        Self { size: self.size, frames }
    }

    /// A new tile in front, in the middle of the wall, as large as a tile of that size is in a draft of twelve rows.
    #[must_use]
    pub fn append(&self, tile: TileId, size: GridSize) -> Self {
        let drafted = drafted(GridRect::sized(0, 0, size), self.size, 12);
        let middle = |whole: u16, length: u16| (i32::from(whole) - i32::from(length)) / 2;
        let (x, y) = (middle(self.size.w, drafted.w), middle(self.size.h, drafted.h));
        // One after another would hide each other: each stands a little lower.
        let step = i32::from(self.size.gap_px()) * (self.frames.len() % 8) as i32;
        let rect = WallRect::clamped(x + step, y + step, drafted.w.into(), drafted.h.into(), self.size);
        self.put(WallFrame { tile, rect, hidden: false }, self.frames.len())
    }

    #[must_use]
    pub fn remove(&self, tiles: &[TileId]) -> Self {
        let frames = self.frames.iter().copied().filter(|frame| !tiles.contains(&frame.tile)).collect();
        Self { size: self.size, frames }
    }

    /// Those tiles in front of, or behind, the others; among themselves they keep their order.
    #[must_use]
    pub fn restack(&self, tiles: &[TileId], depth: Depth) -> Self {
        let is_moved = |frame: &WallFrame| tiles.contains(&frame.tile);
        let mut frames = self.frames.clone();
        match depth {
            Depth::Front => frames.sort_by_key(is_moved),
            Depth::Back => frames.sort_by_key(|frame| !is_moved(frame)),
            Depth::Forward => {
                for index in (1..frames.len()).rev() {
                    swap_where(&mut frames, index - 1, |behind, before| is_moved(behind) && !is_moved(before));
                }
            }
            Depth::Backward => {
                for index in 1..frames.len() {
                    swap_where(&mut frames, index - 1, |behind, before| !is_moved(behind) && is_moved(before));
                }
            }
        }
        Self { size: self.size, frames }
    }

    /// The same picture on a wall of another size: scaled alike in both directions, in the middle.
    #[must_use]
    pub fn resized(&self, size: WallSize) -> Self {
        let ratio = |to: u16, from: u16| f64::from(to) / f64::from(from);
        let scale = ratio(size.w, self.size.w).min(ratio(size.h, self.size.h));
        let offset = |to: u16, from: u16| (f64::from(to) - f64::from(from) * scale) / 2.0;
        let (left, top) = (offset(size.w, self.size.w), offset(size.h, self.size.h));
        let px = |value: f64| value.round() as i32;
        let scaled = |frame: &WallFrame| {
            let rect = frame.rect;
            let (x, y) = (px(f64::from(rect.x) * scale + left), px(f64::from(rect.y) * scale + top));
            let (right, bottom) =
                (px(f64::from(rect.right()) * scale + left), px(f64::from(rect.bottom()) * scale + top));
            WallFrame { rect: WallRect::clamped(x, y, right - x, bottom - y, size), ..*frame }
        };
        Self { size, frames: self.frames.iter().map(scaled).collect() }
    }

    /// The same arrangement on the desk: to the nearest columns and rows, with gravity. Hidden frames stay away.
    pub fn on_desk(&self) -> DeskLayout {
        let (column, row) = (pitch(self.size.w, self.size, COLUMNS), desk_row_px(self.size));
        let (margin, head) = (f64::from(self.size.margin_px()), f64::from(self.size.head_px()));
        let gap = f64::from(self.size.gap_px());
        let units = |px: f64, pitch: f64| (px / pitch).round() as i32;
        let mut placed: Vec<Placed> = self
            .frames
            .iter()
            .filter(|frame| !frame.hidden)
            .map(|frame| {
                let rect = frame.rect;
                let (x, y) = (units(f64::from(rect.x) - margin, column), units(f64::from(rect.y) - head, row));
                let (w, h) = (units(f64::from(rect.w) + gap, column), units(f64::from(rect.h) + gap, row));
                Placed { tile: frame.tile, rect: GridRect::clamped(x, y, w, h) }
            })
            .collect();
        placed.sort_by_key(|placed| (placed.rect.y(), placed.rect.x()));
        placed.iter().fold(DeskLayout::default(), |desk, placed| {
            // Under all that stand in its columns already: nobody is pushed away.
            let under = desk
                .placed()
                .iter()
                .filter(|other| other.rect.x() < placed.rect.right() && placed.rect.x() < other.rect.right());
            let row = under.map(|other| other.rect.bottom()).max().unwrap_or(0);
            desk.place(placed.tile, placed.rect.at_row(row))
        })
    }
}

/// From the left edge of a drafted column to that of the next.
fn pitch(whole: u16, size: WallSize, count: u16) -> f64 {
    f64::from(whole.saturating_sub(2 * size.margin_px()) + size.gap_px()) / f64::from(count)
}

/// A row of the desk on a wall of that size: as high, against a column, as on a desk of 1,376 px.
fn desk_row_px(size: WallSize) -> f64 {
    pitch(size.w, size, COLUMNS) * 52.0 / 115.7
}

/// Where a place of a desk of so many rows stands on the wall.
fn drafted(rect: GridRect, size: WallSize, rows: u16) -> WallRect {
    let (column, gap) = (pitch(size.w, size, COLUMNS), f64::from(size.gap_px()));
    let height = size.h.saturating_sub(size.head_px() + size.margin_px()) + size.gap_px();
    let row = f64::from(height) / f64::from(rows);
    let edge = |start: u16, count: u16, pitch: f64| (f64::from(start) + f64::from(count) * pitch).round() as i32;
    let (left, right) = (edge(size.margin_px(), rect.x(), column), edge(size.margin_px(), rect.right(), column));
    let (top, bottom) = (edge(size.head_px(), rect.y(), row), edge(size.head_px(), rect.bottom(), row));
    WallRect::clamped(left, top, right - left - gap as i32, bottom - top - gap as i32, size)
}

fn swap_where(frames: &mut [WallFrame], index: usize, belongs: impl Fn(&WallFrame, &WallFrame) -> bool) {
    if let Some([behind, before]) = frames.get_mut(index..index + 2)
        && belongs(behind, before)
    {
        std::mem::swap(behind, before);
    }
}

impl<'de> Deserialize<'de> for WallSize {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        #[serde(deny_unknown_fields)]
        struct Written {
            w: u16,
            h: u16,
        }
        let Written { w, h } = Written::deserialize(deserializer)?;
        let size = Self::clamped(w.into(), h.into());
        if size == (Self { w, h }) {
            Ok(size)
        } else {
            let message = format!("a wall has {LEAST_WALL_PX} to {MOST_WALL_PX} pixels along each side, not {w} × {h}");
            Err(de::Error::custom(message))
        }
    }
}

impl<'de> Deserialize<'de> for WallLayout {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        #[serde(deny_unknown_fields)]
        struct Written {
            size: WallSize,
            frames: Vec<WallFrame>,
        }
        let Written { size, frames } = Written::deserialize(deserializer)?;
        for (index, frame) in frames.iter().enumerate() {
            if !frame.rect.is_inside(size) {
                let WallRect { x, y, w, h } = frame.rect;
                let message = format!(
                    "the frame of tile {} at {x},{y} {w}×{h} leaves the wall of {}×{} or is smaller than {LEAST_FRAME_PX} px",
                    frame.tile, size.w, size.h
                );
                return Err(de::Error::custom(message));
            }
            if frames.iter().take(index).any(|other| other.tile == frame.tile) {
                return Err(de::Error::custom(format!("tile {} stands twice on the wall", frame.tile)));
            }
        }
        Ok(Self { size, frames })
    }
}

#[cfg(test)]
mod tests;
