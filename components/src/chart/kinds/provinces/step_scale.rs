//! The sequential scale: seven steps of equal width from zero to a round number.

use super::super::super::{
    Align, Area, Ink, Mark, Point,
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

/// How many steps there are.
pub(in super::super) const STEPS: u8 = 7;

const MOST_SWATCH_PX: f64 = 18.0;
const LEAST_SWATCH_PX: f64 = 6.0;
const SWATCH_H_PX: f64 = 8.0;

/// The scale.
pub(in super::super) struct StepScale {
    axis: ValueAxis,
    unit: Unit,
}

impl StepScale {
    pub(in super::super) fn of(values: impl Iterator<Item = f64>, unit: Unit) -> Self {
        Self { axis: ValueAxis::fitting(values, least_step(unit)), unit }
    }

    /// The step of a value: 0 for the least to 6 for the most.
    pub(in super::super) fn step(&self, value: f64) -> u8 {
        let share = self.axis.share(value).clamp(0.0, 1.0);
        ((share * f64::from(STEPS)).floor() as u8).min(STEPS - 1)
    }

    /// The steps in a row with their ends beneath, from a foot on the left upwards, where there is room.
    pub(in super::super) fn draw_legend(&self, marks: &mut Vec<Mark>, foot: Point, room_w: f64, locale: Locale) {
        let ends = [self.axis.from, self.axis.to].map(|end| axis_number(end, self.unit, locale));
        let labels_w: f64 = ends.iter().map(|end| text_width_px(end, FONT_PX)).sum();
        let swatch_w = (room_w / f64::from(STEPS)).min(MOST_SWATCH_PX).floor();
        let scale_w = swatch_w * f64::from(STEPS);
        let top = foot.y - LABEL_PX - 2.0 - SWATCH_H_PX;
        if swatch_w < LEAST_SWATCH_PX || labels_w + 8.0 > scale_w || top < 0.0 {
            return;
        }
        for step in 0..STEPS {
            let area = Area { x: foot.x + swatch_w * f64::from(step), y: top, w: swatch_w - 1.0, h: SWATCH_H_PX };
            marks.push(Mark::Rect { area, ink: Ink::Step(step) });
        }
        let y = foot.y - LABEL_PX / 2.0;
        let [low, high] = ends;
        marks.push(label(foot.x, y, low, Ink::Muted, Align::Start));
        marks.push(label(foot.x + scale_w, y, high, Ink::Muted, Align::End));
        let unit = short_number(0.0, self.unit, locale).suffix.trim().to_owned();
        if !unit.is_empty() && scale_w + 6.0 + text_width_px(&unit, FONT_PX) <= room_w {
            marks.push(label(foot.x + scale_w + 6.0, y, unit, Ink::Muted, Align::Start));
        }
    }
}
