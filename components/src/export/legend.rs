//! The legend of a chart on a sheet.

use super::{
    pen::{Heaviness, Letters, Pen},
    theme::Role,
};
use crate::{
    chart::{Align, Area, LegendEntry, ink_key, shortened, text_width_px},
    words,
};
use model::formatting::Locale;

const ROW_PX: f64 = 20.0;
const SWATCH_PX: f64 = 8.0;
const AFTER_SWATCH_PX: f64 = 6.0;
const APART_PX: f64 = 16.0;
const MOST_ROWS: usize = 2;
const NAME_PX: f64 = 12.0;
/// A name is cut where it is longer than that.
const MOST_NAME_PX: f64 = 180.0;

/// The entries, each with its place: row, start, and its name as it is shown.
struct Laid<'a> {
    placed: Vec<(usize, f64, &'a LegendEntry, String)>,
    left_out: usize,
    /// Where what is said of those left out begins.
    end: (usize, f64),
}

fn laid(entries: &[LegendEntry], width: f64) -> Laid<'_> {
    let mut laid = Laid { placed: Vec::new(), left_out: 0, end: (0, 0.0) };
    // Room for "12 more".
    let rest_px = 72.0;
    for (index, entry) in entries.iter().enumerate() {
        let name = shortened(&entry.name, NAME_PX, MOST_NAME_PX.min(width - SWATCH_PX - AFTER_SWATCH_PX));
        let w = SWATCH_PX + AFTER_SWATCH_PX + text_width_px(&name, NAME_PX);
        let (mut row, mut x) = laid.end;
        let kept = if row + 1 == MOST_ROWS && index + 1 < entries.len() { rest_px } else { 0.0 };
        if x > 0.0 && x + w + kept > width {
            row += 1;
            x = 0.0;
        }
        if row >= MOST_ROWS {
            laid.left_out = entries.len() - index;
            break;
        }
        laid.placed.push((row, x, entry, name));
        laid.end = (row, x + w + APART_PX);
    }
    laid
}

/// How high the legend is.
pub(super) fn height(entries: &[LegendEntry], width: f64) -> f64 {
    laid(entries, width).placed.last().map_or(0.0, |(row, ..)| (*row as f64 + 1.0) * ROW_PX)
}

pub(super) fn draw(pen: &mut Pen, entries: &[LegendEntry], area: Area, locale: Locale) {
    let Laid { placed, left_out, end } = laid(entries, area.w);
    let letters = |role| Letters { px: NAME_PX, heaviness: Heaviness::Regular, role };
    let middle = |row: usize| area.y + (row as f64 + 0.5) * ROW_PX;
    for (row, x, entry, name) in placed {
        let (x, y) = (area.x + x, middle(row));
        pen.swatch(x, y - SWATCH_PX / 2.0, ink_key(entry.ink), entry.is_hidden);
        let role = if entry.is_hidden { Role::Faint } else { Role::Muted };
        pen.label((x + SWATCH_PX + AFTER_SWATCH_PX, y), Align::Start, letters(role), &name, MOST_NAME_PX);
    }
    if left_out > 0 {
        let (row, x) = end;
        let said = words::more_items(left_out, locale);
        pen.label((area.x + x, middle(row)), Align::Start, letters(Role::Faint), &said, area.w - x);
    }
}
