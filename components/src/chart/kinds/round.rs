//! What round charts share: where they stand, names beside them with a line to what each names, or a list of names where
//! these have no room, and texts within sectors.

use crate::{
    chart::{
        Align, Area, Ink, Mark, Point, SeriesColour, Size, Weight,
        polar::around,
        scene::{FONT_PX, LABEL_PX, Shape},
        shortened, text_width_px,
        value_ticks::label,
    },
    words,
};
use model::formatting::Locale;

/// From the circle to the bend of a line, and from there to the name.
const BEND_PX: f64 = 6.0;
const BESIDE_PX: f64 = 6.0;
/// With less than this the names stand in a list, or nowhere.
const LEAST_RADIUS_PX: f64 = 36.0;
/// How much of the width the names of one side may take, and how much room one long name can ask for.
const NAME_SHARE: f64 = 0.28;
const MOST_NAME_PX: f64 = 112.0;
/// How much of the width a list may take.
const LIST_SHARE: f64 = 0.48;
const LIST_ROW_PX: f64 = 20.0;
const SWATCH_PX: f64 = 8.0;
const LEAST_LIST_PX: f64 = 84.0;
const MOST_LIST_PX: f64 = 240.0;

/// Where the names of a round chart stand.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum NamesAt {
    Sides,
    List(Area),
    Nowhere,
}

/// Where a round chart stands.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Round {
    pub(super) centre: Point,
    pub(super) radius: f64,
    pub(super) names: NamesAt,
}

/// The place of a round chart with so many names, the widest of them so wide.
pub(super) fn round(size: Size, names: usize, widest_px: f64) -> Round {
    let middle = Point { x: size.w / 2.0, y: size.h / 2.0 };
    let bare = (size.w.min(size.h) / 2.0 - 1.0).max(1.0);
    if names == 0 {
        return Round { centre: middle, radius: bare, names: NamesAt::Nowhere };
    }
    let wished = widest_px.min(MOST_NAME_PX);
    let radius = (size.w / 2.0 - wished - BEND_PX - 2.0 * BESIDE_PX).min(size.h / 2.0 - BEND_PX - LABEL_PX / 2.0);
    // Names cut short, or so many that the circle drowns in them, say less than a list.
    let rows = (size.h / LABEL_PX).floor();
    let has_sides = wished <= size.w * NAME_SHARE && names as f64 <= rows * 1.5;
    if has_sides && radius >= LEAST_RADIUS_PX && radius >= bare * 0.6 {
        return Round { centre: middle, radius, names: NamesAt::Sides };
    }
    let widest_list = (size.w * LIST_SHARE).clamp(LEAST_LIST_PX, MOST_LIST_PX);
    let list_w = (widest_px + SWATCH_PX + 2.0 * BESIDE_PX).clamp(LEAST_LIST_PX, widest_list);
    let beside = (size.h / 2.0 - 1.0).min((size.w - list_w) / 2.0 - 2.0 * BESIDE_PX);
    if beside >= LEAST_RADIUS_PX && size.h >= 2.0 * LIST_ROW_PX {
        // Both together in the middle.
        let gap = 3.0 * BESIDE_PX;
        let from = ((size.w - beside * 2.0 - gap - list_w) / 2.0).max(0.0);
        let left = from + beside * 2.0 + gap;
        let list = Area { x: left, y: 0.0, w: list_w.min(size.w - left), h: size.h };
        let centre = Point { x: from + beside, y: middle.y };
        return Round { centre, radius: beside, names: NamesAt::List(list) };
    }
    let rows = names.min(3) as f64;
    let above = (size.w / 2.0 - 1.0).min((size.h - rows * LIST_ROW_PX) / 2.0 - BESIDE_PX);
    if above >= LEAST_RADIUS_PX && size.w >= LEAST_LIST_PX {
        let top = above * 2.0 + 2.0 * BESIDE_PX;
        let list = Area { x: 0.0, y: top, w: size.w, h: size.h - top };
        return Round { centre: Point { x: middle.x, y: above + 1.0 }, radius: above, names: NamesAt::List(list) };
    }
    Round { centre: middle, radius: bare, names: NamesAt::Nowhere }
}

/// What is written for one sector.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct SectorName {
    pub(super) turn: f64,
    /// How far from the centre the line to the name begins.
    pub(super) radius: f64,
    pub(super) name: String,
    /// Behind the name; never shortened.
    pub(super) value: String,
    pub(super) colour: SeriesColour,
}

impl SectorName {
    pub(super) fn width_px(&self) -> f64 {
        text_width_px(&self.name, FONT_PX) + self.value_px()
    }

    fn value_px(&self) -> f64 {
        if self.value.is_empty() { 0.0 } else { BESIDE_PX + text_width_px(&self.value, FONT_PX) }
    }
}

/// Writes the names on both sides of the circle, pushed apart where they would meet. The first come first: those for
/// which a side has no room are left out.
pub(super) fn draw_side_names(marks: &mut Vec<Mark>, at: Round, size: Size, names: &[SectorName]) {
    let room = (size.h / LABEL_PX).floor() as usize;
    for is_right in [true, false] {
        let on_side = names.iter().filter(|name| (name.turn.rem_euclid(1.0) < 0.5) == is_right);
        let mut side: Vec<&SectorName> = on_side.take(room).collect();
        let wished = |name: &SectorName| around(at.centre, name.turn, at.radius + BEND_PX).y;
        side.sort_by(|one, other| wished(one).total_cmp(&wished(other)));
        let heights = pushed_apart(&side.iter().map(|name| wished(name)).collect::<Vec<_>>(), size.h);
        for (name, y) in side.into_iter().zip(heights) {
            draw_side_name(marks, at, size, name, y);
        }
    }
}

/// Heights one label apart, as near to those wished as the room allows.
fn pushed_apart(wished: &[f64], height_px: f64) -> Vec<f64> {
    let mut free = 0.0;
    let mut placed: Vec<f64> = Vec::with_capacity(wished.len());
    for y in wished {
        let y = y.max(free + LABEL_PX / 2.0);
        placed.push(y);
        free = y + LABEL_PX / 2.0;
    }
    // What was pushed off the foot pushes the others up again.
    let mut ceiling = height_px;
    for y in placed.iter_mut().rev() {
        *y = y.min(ceiling - LABEL_PX / 2.0);
        ceiling = *y - LABEL_PX / 2.0;
    }
    placed
}

fn draw_side_name(marks: &mut Vec<Mark>, at: Round, size: Size, name: &SectorName, y: f64) {
    let side = if name.turn.rem_euclid(1.0) < 0.5 { 1.0 } else { -1.0 };
    let bend = around(at.centre, name.turn, at.radius + BEND_PX);
    // The name keeps off the circle also where it was pushed to another height.
    let clear = at.radius + BEND_PX;
    let dy = y - at.centre.y;
    let off = (clear * clear - dy * dy).max(0.0).sqrt().max((bend.x - at.centre.x) * side).max(2.0);
    let end = Point { x: at.centre.x + side * (off + BESIDE_PX / 2.0), y };
    let x = end.x + side * BESIDE_PX / 2.0;
    let room = if side > 0.0 { size.w - x } else { x };
    let text = shortened(&name.name, FONT_PX, room - name.value_px());
    if text.is_empty() {
        return;
    }
    let points = vec![around(at.centre, name.turn, name.radius), bend, end];
    marks.push(Mark::Line { points, ink: Ink::Axis, width: 1.0 });
    let value_x = if side > 0.0 { x + text_width_px(&text, FONT_PX) + BESIDE_PX } else { x };
    let align = if side > 0.0 { Align::Start } else { Align::End };
    let name_x = if side > 0.0 { x } else { x - name.value_px() };
    marks.push(label(name_x, y, text, Ink::Text, align));
    if !name.value.is_empty() {
        marks.push(label(value_x, y, name.value.clone(), Ink::Muted, align));
    }
}

/// Lists the names with their colours; if not all have room, the last row says how many are left out.
pub(super) fn draw_list(marks: &mut Vec<Mark>, area: Area, names: &[SectorName], locale: Locale) {
    let room = ((area.h / LIST_ROW_PX).floor() as usize).max(1);
    let shown = if names.len() > room { room - 1 } else { names.len() };
    let rows = names.len().min(room) as f64;
    let top = area.y + ((area.h - rows * LIST_ROW_PX) / 2.0).max(0.0);
    let text_x = area.x + SWATCH_PX + BESIDE_PX;
    for (index, name) in names.iter().take(shown).enumerate() {
        let y = top + (index as f64 + 0.5) * LIST_ROW_PX;
        let swatch = Area { x: area.x, y: y - SWATCH_PX / 2.0, w: SWATCH_PX, h: SWATCH_PX };
        marks.push(Mark::Rect { area: swatch, ink: Ink::Series(name.colour) });
        let text = shortened(&name.name, FONT_PX, area.right() - text_x - name.value_px());
        if !text.is_empty() {
            marks.push(label(text_x, y, text, Ink::Text, Align::Start));
            if !name.value.is_empty() {
                marks.push(label(area.right(), y, name.value.clone(), Ink::Muted, Align::End));
            }
        }
    }
    if shown < names.len() {
        let y = top + (shown as f64 + 0.5) * LIST_ROW_PX;
        let text = shortened(&words::more_items(names.len() - shown, locale), FONT_PX, area.right() - text_x);
        if !text.is_empty() {
            marks.push(label(text_x, y, text, Ink::Muted, Align::Start));
        }
    }
}

/// Whether an outline holds an area: its corners and the middles of its sides lie within.
pub(super) fn holds(outline: &Shape, area: Area) -> bool {
    let middle = area.centre();
    let (xs, ys) = ([area.x, middle.x, area.right()], [area.y, middle.y, area.bottom()]);
    xs.iter().all(|x| ys.iter().all(|y| outline.contains(Point { x: *x, y: *y })))
}

/// Writes a text on a sector where it has room, and says whether it had.
pub(super) fn draw_within(marks: &mut Vec<Mark>, outline: &Shape, text: &str, ink: Ink) -> bool {
    let mark = label(outline.anchor.x, outline.anchor.y, text.to_owned(), ink, Align::Middle);
    let fits = mark.label_area().is_some_and(|area| holds(outline, area));
    if fits {
        marks.push(mark);
    }
    fits
}

/// Writes a number with what it is beneath it into a hole, as large as it fits.
pub(super) fn draw_in_hole(marks: &mut Vec<Mark>, centre: Point, radius: f64, number: &str, name: &str) {
    const LARGEST_PX: f64 = 32.0;
    let room = radius * 2.0 * 0.8;
    let px = (LARGEST_PX * room / text_width_px(number, LARGEST_PX).max(1.0)).min(LARGEST_PX).min(radius * 0.6).floor();
    if px < FONT_PX {
        return;
    }
    let name_w = text_width_px(name, FONT_PX);
    let has_name = name_w <= room * 0.8 && radius >= 2.0 * LABEL_PX;
    let y = if has_name { centre.y - LABEL_PX * 0.45 } else { centre.y };
    let at = Point { x: centre.x, y };
    let (text, weight) = (number.to_owned(), Weight::Strong);
    marks.push(Mark::Label { at, text, ink: Ink::Text, align: Align::Middle, weight, px });
    if has_name {
        let y = y + f64::midpoint(px * LABEL_PX / FONT_PX, LABEL_PX);
        marks.push(label(centre.x, y, name.to_owned(), Ink::Muted, Align::Middle));
    }
}

/// A hair of the surface between two sectors.
pub(super) fn draw_parting(marks: &mut Vec<Mark>, centre: Point, (inner, outer): (f64, f64), turn: f64) {
    let points = vec![around(centre, turn, inner), around(centre, turn, outer)];
    marks.push(Mark::Line { points, ink: Ink::Surface, width: 1.5 });
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn heights_are_a_label_apart_and_inside(
            mut wished in prop::collection::vec(-50.0_f64..400.0, 0..20),
            spare in 0.0_f64..200.0,
        ) {
            wished.sort_by(f64::total_cmp);
            let height = wished.len() as f64 * LABEL_PX + spare;
            let placed = pushed_apart(&wished, height);
            prop_assert!(placed.windows(2).all(|pair| pair[1] - pair[0] >= LABEL_PX - 1e-6));
            prop_assert!(placed.iter().all(|y| (LABEL_PX / 2.0 - 1e-6..=height - LABEL_PX / 2.0 + 1e-6).contains(y)));
        }
    }
}
