//! Where labels may still stand: within the scene, and where nothing stands that they would cover.

use super::{Area, Mark, Size};

/// The room that labels have left.
#[derive(Debug)]
pub(super) struct LabelRoom {
    size: Size,
    taken: Vec<Area>,
}

impl LabelRoom {
    /// With the labels that are drawn so far.
    pub(super) fn among(marks: &[Mark], size: Size) -> Self {
        Self { size, taken: marks.iter().filter_map(Mark::label_area).collect() }
    }

    /// How wide the scene is.
    pub(super) fn width(&self) -> f64 {
        self.size.w
    }

    /// Keeps labels off an area.
    pub(super) fn keep_off(&mut self, area: Area) {
        self.taken.push(area);
    }

    /// Whether an area lies within the scene, and nothing stands there yet.
    pub(super) fn is_free(&self, area: Area) -> bool {
        let is_inside = area.x >= 0.0 && area.y >= 0.0 && area.right() <= self.size.w && area.bottom() <= self.size.h;
        is_inside && self.taken.iter().all(|taken| !taken.overlaps(area))
    }

    /// Writes a label where there is room for it. Whether there was.
    pub(super) fn write(&mut self, marks: &mut Vec<Mark>, label: Mark) -> bool {
        self.write_first(marks, [label])
    }

    /// Writes the first of the labels that there is room for, if any; they say the same in several places.
    pub(super) fn write_first(&mut self, marks: &mut Vec<Mark>, places: impl IntoIterator<Item = Mark>) -> bool {
        for label in places {
            if let Some(area) = label.label_area().filter(|area| self.is_free(*area)) {
                self.keep_off(area);
                marks.push(label);
                return true;
            }
        }
        false
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Align, Ink, value_ticks::label};
    use super::*;

    #[test]
    fn a_label_is_written_where_nothing_stands() {
        let mut marks = Vec::new();
        let mut room = LabelRoom::among(&marks, Size { w: 100.0, h: 40.0 });
        let text = |x, y| label(x, y, "直播".to_owned(), Ink::Text, Align::Start);
        assert!(room.write(&mut marks, text(0.0, 8.0)));
        assert!(!room.write(&mut marks, text(10.0, 12.0)), "there stands one");
        assert!(!room.write(&mut marks, text(90.0, 8.0)), "it would be cut");
        assert!(room.write(&mut marks, text(0.0, 24.0)));
        assert_eq!(marks.len(), 2);
    }
}
