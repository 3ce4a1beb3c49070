//! Where labels may still stand: within the scene, and apart from those before.

use super::super::{Area, Mark, Size};

/// The room that labels have taken.
pub(super) struct LabelRoom {
    size: Size,
    taken: Vec<Area>,
}

impl LabelRoom {
    /// The labels among the marks have theirs.
    pub(super) fn beside(size: Size, marks: &[Mark]) -> Self {
        Self { size, taken: marks.iter().filter_map(Mark::label_area).collect() }
    }

    /// Whether nothing stands there yet.
    pub(super) fn is_free(&self, area: Area) -> bool {
        let is_inside = area.x >= 0.0 && area.y >= 0.0 && area.right() <= self.size.w && area.bottom() <= self.size.h;
        is_inside && self.taken.iter().all(|other| !area.overlaps(*other))
    }

    /// Keeps an area free of the labels to come.
    pub(super) fn keep(&mut self, area: Area) {
        self.taken.push(area);
    }

    /// Draws the first of the labels that has room, if any; they say the same in several places.
    pub(super) fn place(&mut self, marks: &mut Vec<Mark>, places: impl IntoIterator<Item = Mark>) -> bool {
        for label in places {
            if let Some(area) = label.label_area().filter(|area| self.is_free(*area)) {
                self.keep(area);
                marks.push(label);
                return true;
            }
        }
        false
    }
}
