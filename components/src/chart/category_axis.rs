//! Names under the places of an axis: wrapped onto two lines or shortened where they are long, left out where there are
//! too many, and never on one another.

use super::{
    Align, Ink, Mark,
    scene::{FONT_PX, LABEL_PX},
    shortened, text_width_px,
    value_ticks::label,
};

/// Between two names.
const APART_PX: f64 = 8.0;
/// Narrower than this a name says nothing; then only some are written.
const LEAST_NAME_PX: f64 = 34.0;

/// How the names of an axis are written.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct CategoryAxis {
    /// Every how manieth is written.
    every: usize,
    /// How wide a name may be.
    room_px: f64,
    lines: usize,
}

impl CategoryAxis {
    /// For names whose places lie `apart_px` from one another.
    pub(super) fn fitting(names: &[&str], apart_px: f64) -> Self {
        let widest = names.iter().map(|name| text_width_px(name, FONT_PX)).fold(0.0, f64::max);
        let room = |every: usize| apart_px * every as f64 - APART_PX;
        let every = (1..=names.len().max(1)).find(|every| room(*every) >= widest.min(LEAST_NAME_PX));
        let every = every.unwrap_or(names.len().max(1));
        Self { every, room_px: room(every).max(1.0), lines: if widest > room(every) { 2 } else { 1 } }
    }

    /// How high the names stand together.
    pub(super) fn height_px(self) -> f64 {
        LABEL_PX * self.lines as f64 + LABEL_PX / 2.0
    }

    /// Writes the names under their places, within the ends.
    pub(super) fn draw(self, marks: &mut Vec<Mark>, places: &[(f64, &str)], foot: f64, ends: (f64, f64)) {
        for (x, name) in places.iter().step_by(self.every) {
            // Two that could be cut by an end have only the room up to it, on both sides.
            let room = self.room_px.min(2.0 * (x - ends.0)).min(2.0 * (ends.1 - x)).max(0.0);
            for (line, text) in wrapped(name, room, self.lines).into_iter().enumerate() {
                let y = foot + LABEL_PX * (line as f64 + 0.75);
                marks.push(label(*x, y, text, Ink::Muted, Align::Middle));
            }
        }
    }
}

/// A name on at most so many lines, the last shortened where it does not fit.
pub(super) fn wrapped(name: &str, room_px: f64, lines: usize) -> Vec<String> {
    let mut rest = name.trim();
    let mut written = Vec::new();
    while !rest.is_empty() && written.len() < lines {
        if written.len() + 1 == lines || text_width_px(rest, FONT_PX) <= room_px {
            let last = shortened(rest, FONT_PX, room_px);
            if !last.is_empty() {
                written.push(last);
            }
            break;
        }
        let (line, after) = cut(rest, room_px);
        if line.is_empty() {
            break;
        }
        written.push(line.trim_end().to_owned());
        rest = after.trim_start();
    }
    written
}

/// The beginning that fits, up to a blank where there is one, and what is left.
fn cut(text: &str, room_px: f64) -> (&str, &str) {
    let fits = |end: &usize| text.get(..*end).is_some_and(|start| text_width_px(start, FONT_PX) <= room_px);
    let ends: Vec<usize> = text.char_indices().map(|(at, sign)| at + sign.len_utf8()).take_while(fits).collect();
    let end = ends.last().copied().unwrap_or(0);
    let blank = text.get(..end).and_then(|start| start.rfind(' ')).filter(|blank| *blank > 0);
    text.split_at_checked(blank.unwrap_or(end)).unwrap_or((text, ""))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn long_names_are_wrapped_and_then_shortened() {
        assert_eq!(wrapped("中央广播电视总台体育赛事频道", 72.0, 2), ["中央广播电视", "总台体育赛…"]);
        assert_eq!(wrapped("Hunan Satellite TV", 70.0, 2), ["Hunan", "Satellite TV"]);
        assert_eq!(wrapped("湖南", 72.0, 2), ["湖南"]);
        assert_eq!(wrapped("湖南", 2.0, 2), Vec::<String>::new());
    }

    proptest! {
        #[test]
        fn names_never_meet(
            names in prop::collection::vec("[ -~一-龥]{0,24}", 1..60),
            w in 20.0_f64..900.0,
        ) {
            let apart = w / names.len() as f64;
            let texts: Vec<&str> = names.iter().map(String::as_str).collect();
            let places: Vec<(f64, &str)> =
                texts.iter().enumerate().map(|(index, name)| ((index as f64 + 0.5) * apart, *name)).collect();
            let axis = CategoryAxis::fitting(&texts, apart);
            let mut marks = Vec::new();
            axis.draw(&mut marks, &places, 0.0, (0.0, w));
            let areas: Vec<_> = marks.iter().filter_map(Mark::label_area).collect();
            for (index, area) in areas.iter().enumerate() {
                prop_assert!(area.x >= -1e-6 && area.right() <= w + 1e-6);
                prop_assert!(area.bottom() <= axis.height_px());
                let area = super::super::Area { w: area.w - 1e-6, h: area.h - 1e-6, ..*area };
                prop_assert!(areas[index + 1..].iter().all(|other| !area.overlaps(*other)));
            }
        }
    }
}
