//! Cells in rows and columns: where they stand, how they are filled, and what is written in them.

use super::super::{
    Align, Area, Ink, Mark, Point, Size, Weight,
    scene::{FONT_PX, LABEL_PX},
    shortened,
    step_scale::StepScale,
    strokes::hatch,
    text_width_px,
    value_ticks::{BESIDE_PX, label},
};

/// Cells smaller than this touch, so that the colour is seen and not the gaps.
const GAP_FROM_PX: f64 = 5.0;
const GAP_PX: f64 = 1.0;
/// How much of the width the rows' names may take, and under which width they are left out.
const NAME_SHARE: f64 = 0.28;
const NAMES_FROM_PX: f64 = 120.0;
/// Beside a number within its cell.
const INSIDE_PX: f64 = 3.0;
/// Hatched cells that are drawn at the most, in lines.
const MOST_HATCH_LINES: usize = 500;

/// How wide the rows' names may be, with the gap beside them.
pub(super) fn row_names_px<'a>(names: impl IntoIterator<Item = &'a str>, size: Size) -> f64 {
    let widest = names.into_iter().map(|name| text_width_px(name, FONT_PX)).fold(0.0, f64::max);
    if size.w < NAMES_FROM_PX || widest == 0.0 {
        return 0.0;
    }
    widest.min(size.w * NAME_SHARE).ceil() + BESIDE_PX
}

/// So many rows and columns over a plot.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct CellGrid {
    pub(super) plot: Area,
    pub(super) rows: usize,
    pub(super) columns: usize,
}

impl CellGrid {
    /// How wide a column is.
    pub(super) fn column_px(self) -> f64 {
        self.plot.w / self.columns.max(1) as f64
    }

    /// How high a row is.
    pub(super) fn row_px(self) -> f64 {
        self.plot.h / self.rows.max(1) as f64
    }

    /// A cell with half of the gaps around it: where it is pointed at. Edges are whole pixels while cells are larger.
    pub(super) fn place(self, row: usize, column: usize) -> Area {
        self.span(row, column, column + 1)
    }

    /// Several columns of a row, from the first to before the last.
    pub(super) fn span(self, row: usize, from: usize, to: usize) -> Area {
        let edge = |start: f64, step: f64, index: usize| {
            let edge = start + step * index as f64;
            if step >= 1.0 { edge.round() } else { edge }
        };
        let (x, right) =
            (edge(self.plot.x, self.column_px(), from), edge(self.plot.x, self.column_px(), to).max(self.plot.x));
        let (y, bottom) = (edge(self.plot.y, self.row_px(), row), edge(self.plot.y, self.row_px(), row + 1));
        Area { x, y, w: (right - x).max(0.0), h: (bottom - y).max(0.0) }
    }

    /// Whether cells are large enough for a gap between them.
    pub(super) fn has_gaps(self) -> bool {
        self.column_px() >= GAP_FROM_PX && self.row_px() >= GAP_FROM_PX
    }

    /// Fills a place with an ink, with a gap around it where it is large enough.
    pub(super) fn fill(self, marks: &mut Vec<Mark>, place: Area, ink: Ink) {
        let gap = |step: f64| if step >= GAP_FROM_PX { GAP_PX } else { 0.0 };
        let (gap_x, gap_y) = (gap(self.column_px()), gap(self.row_px()));
        let area = Area { w: (place.w - gap_x).max(0.0), h: (place.h - gap_y).max(0.0), ..place };
        if gap_x > 0.0 && gap_y > 0.0 {
            marks.push(Mark::Rect { area, ink });
        } else {
            // Rectangles have round corners, between which the ground would be seen.
            let corners =
                [(area.x, area.y), (area.right(), area.y), (area.right(), area.bottom()), (area.x, area.bottom())];
            marks.push(Mark::Polygon { points: corners.map(|(x, y)| Point { x, y }).to_vec(), ink });
        }
    }

    /// Hatches places whose numbers say little, as long as they are few enough to be seen.
    pub(super) fn hatch_all(self, marks: &mut Vec<Mark>, places: &[Area]) {
        let lines = |place: &Area| ((place.w + place.h) / 6.0) as usize;
        let is_large = self.column_px() >= 2.0 * GAP_FROM_PX && self.row_px() >= 2.0 * GAP_FROM_PX;
        if is_large && places.iter().map(lines).sum::<usize>() <= MOST_HATCH_LINES {
            for place in places {
                hatch(marks, Area { w: place.w - GAP_PX, h: place.h - GAP_PX, ..*place });
            }
        }
    }

    /// Whether every one of these texts has room in a cell.
    pub(super) fn have_room<'a>(self, texts: impl IntoIterator<Item = &'a str>) -> bool {
        // Edges are rounded, so a cell may be a pixel smaller.
        let room = self.column_px().floor() - GAP_PX - 2.0 * INSIDE_PX;
        self.row_px() >= LABEL_PX + GAP_PX && texts.into_iter().all(|text| text_width_px(text, FONT_PX) <= room)
    }

    /// Writes a text into the middle of a cell.
    pub(super) fn write(marks: &mut Vec<Mark>, place: Area, text: String, ink: Ink) {
        let at = Point { x: place.x + (place.w - GAP_PX) / 2.0, y: place.y + (place.h - GAP_PX) / 2.0 };
        marks.push(Mark::Label { at, text, ink, align: Align::Middle, weight: Weight::Regular, px: FONT_PX });
    }

    /// Names to the left of the rows; where rows are low only every so manieth.
    pub(super) fn draw_row_names(self, marks: &mut Vec<Mark>, names: &[String], ink: Ink) {
        let room = self.plot.x - BESIDE_PX;
        let every = (LABEL_PX / self.row_px()).ceil().max(1.0) as usize;
        let middle = |row: usize| self.plot.y + self.row_px() * (row as f64 + 0.5);
        let is_inside = |(row, _): &(usize, &String)| {
            middle(*row) - LABEL_PX / 2.0 >= self.plot.y - 0.01
                && middle(*row) + LABEL_PX / 2.0 <= self.plot.bottom() + 0.01
        };
        for (row, name) in names.iter().enumerate().filter(is_inside).step_by(every) {
            let text = shortened(name.trim(), FONT_PX, room);
            if !text.is_empty() {
                marks.push(label(room, middle(row), text, ink, Align::End));
            }
        }
    }
}

/// The ink of a cell and of what is written in it.
pub(super) fn inks(scale: &StepScale, value: Option<f64>) -> (Ink, Ink) {
    match value {
        Some(value) => {
            let step = scale.step(value);
            (Ink::Step(step), Ink::OnStep(step))
        }
        None => (Ink::NoValue, Ink::Muted),
    }
}
