//! Draws the marks of a scene onto any plotters backend.
//!
//! Coordinates of plotters are whole numbers, so the canvas is drawn larger by [`SUBPIXELS`] and scaled down again by
//! the backend or by a `viewBox`; curves stay smooth.

use super::{Align, Ink, Mark, Point, Weight, scene::Size};
use plotters::{
    coord::Shift,
    drawing::{DrawingArea, DrawingAreaErrorKind},
    element::{Circle, PathElement, Polygon, Rectangle, Text},
    style::{
        Color as _, FontStyle, IntoFont as _, RGBColor, ShapeStyle, TextStyle,
        text_anchor::{HPos, Pos, VPos},
    },
};
use plotters_backend::DrawingBackend;

/// How many units of the canvas make a CSS pixel.
pub(crate) const SUBPIXELS: f64 = 4.0;

/// The canvas that a scene needs.
pub(crate) fn canvas_size(size: Size) -> (u32, u32) {
    ((size.w * SUBPIXELS).round().max(1.0) as u32, (size.h * SUBPIXELS).round().max(1.0) as u32)
}

fn units(px: f64) -> i32 {
    (px * SUBPIXELS).round() as i32
}

fn at(point: Point) -> (i32, i32) {
    (units(point.x), units(point.y))
}

/// Draws marks in order; `colour` gives each ink its colour. plotters knows no pictures that are fetched: a backend that
/// can show them draws them itself, between the marks before and those after.
pub(crate) fn paint<DB: DrawingBackend>(
    marks: &[Mark],
    area: &DrawingArea<DB, Shift>,
    colour: impl Fn(Ink) -> RGBColor,
) -> Result<(), DrawingAreaErrorKind<DB::ErrorType>> {
    for mark in marks {
        match mark {
            Mark::Line { points, ink, width } => {
                let style =
                    ShapeStyle { color: colour(*ink).to_rgba(), filled: false, stroke_width: units(*width) as u32 };
                area.draw(&PathElement::new(points.iter().copied().map(at).collect::<Vec<_>>(), style))?;
            }
            Mark::Polygon { points, ink } => {
                area.draw(&Polygon::new(points.iter().copied().map(at).collect::<Vec<_>>(), colour(*ink).filled()))?;
            }
            Mark::Rect { area: rect, ink } => {
                let corners = [(units(rect.x), units(rect.y)), (units(rect.right()), units(rect.bottom()))];
                area.draw(&Rectangle::new(corners, colour(*ink).filled()))?;
            }
            Mark::Disc { centre, radius, ink } => {
                area.draw(&Circle::new(at(*centre), units(*radius), colour(*ink).filled()))?;
            }
            Mark::Picture { .. } => {}
            Mark::Label { at: point, text, ink, align, weight, px } => {
                let horizontal = match align {
                    Align::Start => HPos::Left,
                    Align::Middle => HPos::Center,
                    Align::End => HPos::Right,
                };
                let weight = match weight {
                    Weight::Regular => FontStyle::Normal,
                    Weight::Strong => FontStyle::Bold,
                };
                let font = ("sans-serif", px * SUBPIXELS, weight).into_font();
                let colour = colour(*ink);
                let style = TextStyle::from(font).color(&colour).pos(Pos::new(horizontal, VPos::Center));
                area.draw(&Text::new(text.as_str(), at(*point), style))?;
            }
        }
    }
    area.present()
}
