//! What was on: a band for each programme from its first to its last minute on end.

use super::{
    super::super::{
        Align, Area, Ink, Mark, Point, SeriesColour, Source,
        columns::Group,
        scene::FONT_PX,
        shortened, text_width_px,
        value_ticks::{crisp, label},
    },
    Minute,
};
use crate::tile::OTHER;

/// A programme, on end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Programme {
    pub(super) name: String,
    /// Whether nothing is known of it, or it is all the rest.
    pub(super) is_rest: bool,
    pub(super) first: usize,
    pub(super) last: usize,
}

/// The runs of minutes of one programme.
pub(super) fn of(source: &Source, split: Group, minutes: &[Minute]) -> Vec<Programme> {
    let mut programmes: Vec<Programme> = Vec::new();
    let mut key_before = None;
    for (at, minute) in minutes.iter().enumerate() {
        let Some(row) = minute.row else {
            key_before = None;
            continue;
        };
        let key = split.key(source, row);
        match programmes.last_mut() {
            Some(running) if key_before == Some(key) && minute.is_next => running.last = at,
            Some(_) | None => programmes.push(Programme {
                name: split.name(source, key),
                is_rest: matches!(key, None | Some(OTHER)),
                first: at,
                last: at,
            }),
        }
        key_before = Some(key);
    }
    programmes
}

/// Beside a name in its band.
const PADDING_PX: f64 = 6.0;
/// Narrower bands have no name.
const LEAST_NAME_PX: f64 = 22.0;
/// Narrower bands are not told apart: they run into the one before.
const LEAST_BAND_PX: f64 = 2.0;
/// The strong edge above a band.
const EDGE_PX: f64 = 2.0;
/// Boundaries are drawn through the plot where bands are this wide.
const BOUNDED_FROM_PX: f64 = 18.0;

/// The ends of each band that is wide enough, with its programme.
pub(super) fn bands<'a>(programmes: &'a [Programme], at_x: &[f64], plot: Area) -> Vec<(f64, f64, &'a Programme)> {
    let half = match at_x {
        [first, second, ..] => (second - first) / 2.0,
        _ => plot.w / 2.0,
    };
    let mut bands: Vec<(f64, f64, &Programme)> = Vec::new();
    for programme in programmes {
        let (Some(first), Some(last)) = (at_x.get(programme.first), at_x.get(programme.last)) else { continue };
        let (left, right) = ((first - half).max(plot.x), (last + half).min(plot.right()));
        match bands.last_mut() {
            Some(before) if right - left < LEAST_BAND_PX && left - before.1 < LEAST_BAND_PX => before.1 = right,
            Some(_) | None => bands.push((left, right, programme)),
        }
    }
    bands
}

/// Thin lines through the plot where one programme ends and another begins.
pub(super) fn draw_boundaries(marks: &mut Vec<Mark>, bands: &[(f64, f64, &Programme)], plot: Area, foot: f64) {
    let wide = |band: &(f64, f64, &Programme)| band.1 - band.0 >= BOUNDED_FROM_PX;
    for band in bands.iter().filter(|band| wide(band) && band.0 > plot.x + 1.0) {
        let x = crisp(band.0);
        let points = vec![Point { x, y: plot.y }, Point { x, y: foot }];
        marks.push(Mark::Line { points, ink: Ink::Grid, width: 1.0 });
    }
}

/// The strip of bands.
pub(super) fn draw_strip(marks: &mut Vec<Mark>, bands: &[(f64, f64, &Programme)], strip: Area) {
    let mut named = 0_u8;
    for (left, right, programme) in bands {
        // A hair of the surface between two.
        let area = Area { x: *left, y: strip.y, w: (right - left - 1.0).max(0.5), h: strip.h };
        let colour = if programme.is_rest {
            SeriesColour::REST
        } else {
            named = (named + 1) % 2;
            SeriesColour::new(if named == 1 { 0 } else { 4 })
        };
        marks.push(Mark::Rect { area, ink: Ink::Under(colour) });
        marks.push(Mark::Rect { area: Area { h: EDGE_PX, ..area }, ink: Ink::Series(colour) });
        let room = area.w - 2.0 * PADDING_PX;
        if room < LEAST_NAME_PX.min(text_width_px(&programme.name, FONT_PX)) {
            continue;
        }
        let name = shortened(&programme.name, FONT_PX, room);
        if !name.is_empty() && name != "…" {
            let ink = if programme.is_rest { Ink::Muted } else { Ink::Text };
            let y = strip.y + strip.h / 2.0 + EDGE_PX / 2.0;
            marks.push(label(area.x + PADDING_PX, y, name, ink, Align::Start));
        }
    }
}
