//! The sequential scale: seven steps of equal width from zero to a round number, and its legend.

use super::{
    Align, Area, Ink, Mark, Size,
    line::least_step,
    scene::{FONT_PX, LABEL_PX},
    text_width_px,
    ticks::ValueAxis,
    value_ticks::label,
};
use model::{
    formatting::{Locale, axis_number, short_number},
    metric::Unit,
};

/// Steps of the sequential scale.
pub(super) const STEPS: u8 = 7;

/// How high the legend is with the gap under it.
const LEGEND_PX: f64 = 24.0;
const SWATCH_W_PX: f64 = 14.0;
const SWATCH_H_PX: f64 = 8.0;
const BESIDE_PX: f64 = 6.0;
/// A smaller chart has no room to say what its colours mean; the readout does.
const LEGEND_FROM: Size = Size { w: 200.0, h: 110.0 };

/// Seven steps between two round numbers.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct StepScale {
    axis: ValueAxis,
    unit: Unit,
}

impl StepScale {
    /// The scale on which all these numbers lie.
    pub(super) fn fitting(values: impl Iterator<Item = f64>, unit: Unit) -> Self {
        Self { axis: ValueAxis::fitting(values, least_step(unit)), unit }
    }

    /// Where it begins and where it ends.
    pub(super) const fn ends(&self) -> (f64, f64) {
        (self.axis.from, self.axis.to)
    }

    /// The step of a number; one outside the scale has the step at that end.
    pub(super) fn step(&self, value: f64) -> u8 {
        let share = self.axis.share(value).clamp(0.0, 1.0);
        ((share * f64::from(STEPS)).floor() as u8).min(STEPS - 1)
    }

    /// How high the legend over a chart of that size is; nothing where it has no room.
    pub(super) fn legend_px(&self, size: Size, locale: Locale) -> f64 {
        let w = self.legend_width_px(locale);
        if size.w >= LEGEND_FROM.w.max(w) && size.h >= LEGEND_FROM.h { LEGEND_PX } else { 0.0 }
    }

    /// How wide the legend is.
    pub(super) fn legend_width_px(&self, locale: Locale) -> f64 {
        let (low, high) = self.end_texts(locale);
        let swatches = SWATCH_W_PX * f64::from(STEPS) + 2.0 * BESIDE_PX;
        text_width_px(&low, FONT_PX) + text_width_px(&high, FONT_PX) + swatches
    }

    /// In one line that ends at the right: the least number, the seven steps, the largest with its unit.
    pub(super) fn draw_legend(&self, marks: &mut Vec<Mark>, right: f64, locale: Locale) {
        let (low, high) = self.end_texts(locale);
        let middle = LABEL_PX / 2.0;
        let after = right - text_width_px(&high, FONT_PX);
        let first = after - BESIDE_PX - SWATCH_W_PX * f64::from(STEPS);
        marks.push(label(first - BESIDE_PX, middle, low, Ink::Muted, Align::End));
        for step in 0..STEPS {
            let x = first + SWATCH_W_PX * f64::from(step);
            let area = Area { x, y: middle - SWATCH_H_PX / 2.0, w: SWATCH_W_PX - 1.0, h: SWATCH_H_PX };
            marks.push(Mark::Rect { area, ink: Ink::Step(step) });
        }
        marks.push(label(after, middle, high, Ink::Muted, Align::Start));
    }

    fn end_texts(&self, locale: Locale) -> (String, String) {
        let unit = short_number(0.0, self.unit, locale).suffix;
        let high = axis_number(self.axis.to, self.unit, locale);
        (axis_number(self.axis.from, self.unit, locale), format!("{high}{unit}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_number_has_a_step() {
        let scale = StepScale::fitting([0.0, 40.0, 70.0].into_iter(), Unit::Percent);
        assert_eq!(scale.ends(), (0.0, 80.0));
        assert_eq!([-5.0, 0.0, 40.0, 70.0, 80.0, 1e15].map(|value| scale.step(value)), [0, 0, 3, 6, 6, 6]);
    }
}
