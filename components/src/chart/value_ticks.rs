//! The ticks of an axis of numbers, with the room they take.

use super::{
    Align, Area, Ink, Mark, Point, Weight,
    scene::{FONT_PX, LABEL_PX},
    text_width_px,
    ticks::ValueAxis,
};
use model::{
    formatting::{Locale, axis_number, short_number},
    metric::Unit,
};

/// Between the labels of an axis and the plot.
pub(super) const BESIDE_PX: f64 = 8.0;

/// Half a pixel in, so that a line of one pixel is one pixel.
pub(super) fn crisp(position: f64) -> f64 {
    position.floor() + 0.5
}

/// A label in the usual size.
pub(super) fn label(x: f64, y: f64, text: String, ink: Ink, align: Align) -> Mark {
    Mark::Label { at: Point { x, y }, text, ink, align, weight: Weight::Regular, px: FONT_PX }
}

/// Ticks and what is written at them.
pub(super) struct ValueTicks<'a> {
    axis: &'a ValueAxis,
    texts: Vec<(f64, String)>,
    unit: String,
}

impl<'a> ValueTicks<'a> {
    pub(super) fn new(axis: &'a ValueAxis, unit: Unit, locale: Locale) -> Self {
        let texts = axis.ticks.iter().map(|tick| (*tick, axis_number(*tick, unit, locale))).collect();
        Self { axis, texts, unit: short_number(0.0, unit, locale).suffix.trim().to_owned() }
    }

    /// How wide the widest label is, with the gap beside it.
    pub(super) fn room_px(&self) -> f64 {
        self.texts.iter().map(|(_, text)| text_width_px(text, FONT_PX)).fold(0.0, f64::max) + BESIDE_PX
    }

    /// Level lines through the plot with a label to the left of each, and the unit above them.
    pub(super) fn draw_upright(&self, marks: &mut Vec<Mark>, plot: Area) {
        for (index, (value, text)) in self.texts.iter().enumerate() {
            let y = plot.bottom() - self.axis.share(*value) * plot.h;
            marks.push(Mark::Line {
                points: vec![Point { x: plot.x, y: crisp(y) }, Point { x: plot.right(), y: crisp(y) }],
                ink: if self.is_foot(index, *value) { Ink::Axis } else { Ink::Grid },
                width: 1.0,
            });
            if index % self.every(plot.h) == 0 {
                marks.push(label(plot.x - BESIDE_PX, y, text.clone(), Ink::Muted, Align::End));
            }
        }
        if !self.unit.is_empty() {
            marks.push(label(plot.x, LABEL_PX / 2.0, self.unit.clone(), Ink::Muted, Align::Start));
        }
    }

    /// Labels to the right of the plot, for a second axis; the lines are those of the first.
    pub(super) fn draw_right(&self, marks: &mut Vec<Mark>, plot: Area) {
        for (index, (value, text)) in self.texts.iter().enumerate() {
            if index % self.every(plot.h) == 0 {
                let y = plot.bottom() - self.axis.share(*value) * plot.h;
                marks.push(label(plot.right() + BESIDE_PX, y, text.clone(), Ink::Muted, Align::Start));
            }
        }
        if !self.unit.is_empty() {
            marks.push(label(plot.right(), LABEL_PX / 2.0, self.unit.clone(), Ink::Muted, Align::End));
        }
    }

    /// Upright lines through the plot with a label under each. Labels that would meet the one before, or leave
    /// the ends, are left out.
    pub(super) fn draw_level(&self, marks: &mut Vec<Mark>, plot: Area, ends: (f64, f64)) {
        let mut free = ends.0;
        for (index, (value, text)) in self.texts.iter().enumerate() {
            let x = plot.x + self.axis.share(*value) * plot.w;
            marks.push(Mark::Line {
                points: vec![Point { x: crisp(x), y: plot.y }, Point { x: crisp(x), y: plot.bottom() }],
                ink: if self.is_foot(index, *value) { Ink::Axis } else { Ink::Grid },
                width: 1.0,
            });
            let text = if index + 1 == self.texts.len() { format!("{text}{}", self.unit) } else { text.clone() };
            let half = text_width_px(&text, FONT_PX) / 2.0;
            let middle = x.min(ends.1 - half);
            if middle - half >= free {
                marks.push(label(middle, plot.bottom() + LABEL_PX * 0.75, text, Ink::Muted, Align::Middle));
                free = middle + half + BESIDE_PX;
            }
        }
    }

    /// The foot is drawn stronger, and so is zero where the axis goes below it.
    fn is_foot(&self, index: usize, value: f64) -> bool {
        if self.axis.from < 0.0 && self.axis.to > 0.0 { value == 0.0 } else { index == 0 }
    }

    /// In a low plot only every second label, or fewer, are written.
    fn every(&self, height_px: f64) -> usize {
        let apart_px = height_px / (self.texts.len().saturating_sub(1)).max(1) as f64;
        (LABEL_PX / apart_px).ceil().max(1.0) as usize
    }
}
