//! Rectangles in grid units.

use serde::{Deserialize, Deserializer, Serialize, de};

/// Columns of the desk grid.
pub const COLUMNS: u16 = 12;
/// The tallest a tile may be, in rows.
pub const MAX_HEIGHT: u16 = 60;
/// The deepest row a board may reach.
pub const MAX_ROWS: u16 = 2_000;

/// A width and a height in grid units, at least 1 × 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct GridSize {
    pub w: u16,
    pub h: u16,
}

/// A place in the grid, always inside the columns and at least 1 × 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
pub struct GridRect {
    x: u16,
    y: u16,
    w: u16,
    h: u16,
}

impl GridRect {
    /// The nearest valid place: the size is cut to the grid first, then the corner is moved inside.
    pub fn clamped(x: i32, y: i32, w: i32, h: i32) -> Self {
        let within = |value: i32, low: u16, high: u16| value.clamp(i32::from(low), i32::from(high)) as u16;
        let w = within(w, 1, COLUMNS);
        let h = within(h, 1, MAX_HEIGHT);
        Self { x: within(x, 0, COLUMNS - w), y: within(y, 0, MAX_ROWS), w, h }
    }

    pub fn sized(x: u16, y: u16, size: GridSize) -> Self {
        Self::clamped(x.into(), y.into(), size.w.into(), size.h.into())
    }

    pub const fn x(self) -> u16 {
        self.x
    }

    pub const fn y(self) -> u16 {
        self.y
    }

    pub const fn w(self) -> u16 {
        self.w
    }

    pub const fn h(self) -> u16 {
        self.h
    }

    pub const fn size(self) -> GridSize {
        GridSize { w: self.w, h: self.h }
    }

    /// The column after the last.
    pub const fn right(self) -> u16 {
        self.x + self.w
    }

    /// The row after the last.
    pub const fn bottom(self) -> u16 {
        self.y + self.h
    }

    pub const fn overlaps(self, other: Self) -> bool {
        self.x < other.right() && other.x < self.right() && self.y < other.bottom() && other.y < self.bottom()
    }

    #[must_use]
    pub const fn at_row(self, y: u16) -> Self {
        Self { y, ..self }
    }

    /// Moved by so many columns and rows, kept inside.
    #[must_use]
    pub fn moved(self, columns: i32, rows: i32) -> Self {
        Self::clamped(i32::from(self.x) + columns, i32::from(self.y) + rows, self.w.into(), self.h.into())
    }

    /// Grown at the right and bottom edges, kept inside and not below `least`.
    #[must_use]
    pub fn resized(self, columns: i32, rows: i32, least: GridSize) -> Self {
        let widest = i32::from(COLUMNS - self.x);
        let w = (i32::from(self.w) + columns).clamp(i32::from(least.w).min(widest), widest);
        let h = (i32::from(self.h) + rows).max(least.h.into());
        Self::clamped(self.x.into(), self.y.into(), w, h)
    }
}

impl<'de> Deserialize<'de> for GridRect {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        #[serde(deny_unknown_fields)]
        struct Written {
            x: u16,
            y: u16,
            w: u16,
            h: u16,
        }
        let Written { x, y, w, h } = Written::deserialize(deserializer)?;
        let rect = Self::clamped(x.into(), y.into(), w.into(), h.into());
        if rect == (Self { x, y, w, h }) {
            Ok(rect)
        } else {
            Err(de::Error::custom(format!("the place {x},{y} {w}×{h} leaves the grid of {COLUMNS} columns")))
        }
    }
}
