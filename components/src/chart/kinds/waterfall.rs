//! A waterfall: each part stands where the one before it ended, and the last column is what all come to.

use super::super::{
    Align, Area, Chart, Ink, Mark, Point, Readout, ReadoutRow, Scene, SeriesColour, Size, Source, Unfit,
    category_axis::CategoryAxis,
    columns::{Part, parts},
    label_room::LabelRoom,
    line::least_step,
    numbers::Numbers,
    plot_room::{END_PX, PlotRoom, TOP_PX, level_line},
    scene::{Hits, LABEL_PX},
    ticks::ValueAxis,
    value_ticks::{ValueTicks, crisp, label},
};
use crate::words;
use model::board::Tone;

/// One column before the total.
#[derive(Debug, Clone, PartialEq)]
struct WaterfallPart {
    name: String,
    /// Finite; `None` is undefined, and adds nothing.
    value: Option<f64>,
    /// Its row in the frame, where it is one row.
    row: Option<usize>,
}

/// A waterfall. Built from the first measure by one group, in the order of the rows.
#[derive(Debug, Clone, PartialEq)]
pub struct WaterfallSpec {
    measure: String,
    numbers: Numbers,
    parts: Vec<WaterfallPart>,
    rise_is_red: bool,
}

/// The narrowest slot, and how much of one is filled.
const LEAST_SLOT_PX: f64 = 12.0;
const FILLED: f64 = 0.64;
const MOST_COLUMN_PX: f64 = 56.0;
const MOST_PARTS: usize = 200;

impl WaterfallSpec {
    /// Reads the first measure by the first group. Unfit without one, and where no number is known.
    pub fn read(source: &Source) -> Result<Self, Unfit> {
        let (measure, parts) = parts(source)?;
        if !parts.is_empty() && parts.iter().all(|part| part.value.is_none()) {
            return Err(Unfit::AllUndefined);
        }
        let total: f64 = parts.iter().filter_map(|part| part.value).sum();
        let values = parts.iter().filter_map(|part| part.value).chain([total]);
        let numbers = Numbers::of(values, measure.unit, source.look, source.reading.locale);
        let part = |part: Part| WaterfallPart { name: part.name, value: part.value, row: Some(part.row) };
        let parts = parts.into_iter().map(part).collect();
        Ok(Self { measure: measure.name, numbers, parts, rise_is_red: source.rise_is_red })
    }

    /// Where each part begins and ends, from zero.
    fn spans(parts: &[WaterfallPart]) -> Vec<(f64, f64)> {
        let mut level = 0.0;
        let span = |part: &WaterfallPart| {
            let from = level;
            level += part.value.unwrap_or(0.0);
            (from, level)
        };
        parts.iter().map(span).collect()
    }

    /// What all parts come to.
    fn total(&self) -> f64 {
        Self::spans(&self.parts).last().map_or(0.0, |(_, level)| *level)
    }

    /// The parts that there is room for; the others are one step together, so that the columns still come to the total.
    fn shown(&self, width_px: f64) -> Vec<WaterfallPart> {
        let most = ((width_px / LEAST_SLOT_PX).floor() as usize).saturating_sub(1).clamp(1, MOST_PARTS);
        if self.parts.len() <= most {
            return self.parts.clone();
        }
        let (first, rest) = self.parts.split_at_checked(most - 1).unwrap_or_default();
        let sum = rest.iter().filter_map(|part| part.value).reduce(|sum, value| sum + value);
        let name = words::more_items(rest.len(), self.numbers.locale);
        first.iter().cloned().chain([WaterfallPart { name, value: sum, row: None }]).collect()
    }

    fn ink(&self, value: f64) -> Ink {
        let is_red = (value >= 0.0) == self.rise_is_red;
        Ink::Tone(if is_red { Tone::Danger } else { Tone::Good })
    }

    fn signed(&self, value: f64) -> String {
        let figure = self.numbers.figure(value, usize::MAX);
        if value > 0.0 { format!("+{figure}") } else { figure }
    }
}

impl Chart for WaterfallSpec {
    fn scene(&self, size: Size) -> Scene {
        if self.parts.is_empty() {
            return Scene::empty(size);
        }
        let parts = self.shown(size.w);
        let spans = Self::spans(&parts);
        let total = self.total();
        let ends = spans.iter().flat_map(|(from, to)| [*from, *to]);
        let axis = ValueAxis::fitting(ends.chain([0.0, total]), least_step(self.numbers.unit));
        let ticks = ValueTicks::new(&axis, self.numbers.unit, self.numbers.locale);
        let total_name = words::TOTAL.in_locale(self.numbers.locale);
        let names: Vec<&str> = parts.iter().map(|part| part.name.as_str()).chain([total_name]).collect();
        let count = names.len() as f64;
        // Fitted once: a slot that turns out a hair narrower must not take a line more than there is room for.
        let name_axis = CategoryAxis::fitting(&names, (size.w - ticks.room_px() - END_PX).max(1.0) / count);
        let room = PlotRoom::of(size, (ticks.room_px(), END_PX), (TOP_PX, name_axis.height_px()));
        let plot = room.plot;
        let slot = plot.w / count;
        let middle = |place: usize| plot.x + (place as f64 + 0.5) * slot;
        let y = |value: f64| plot.bottom() - axis.share(value) * plot.h;
        let w = (slot * FILLED).min(MOST_COLUMN_PX);

        let mut marks = Vec::new();
        if room.has_sides {
            ticks.draw_upright(&mut marks, plot);
        }
        if room.has_foot {
            let places: Vec<(f64, &str)> = names.iter().enumerate().map(|(at, name)| (middle(at), *name)).collect();
            name_axis.draw(&mut marks, &places, plot.bottom(), (plot.x, plot.right()));
        }
        level_line(&mut marks, plot, y(0.0).min(plot.bottom() - 0.5), Ink::Axis);
        let mut texts = Vec::new();
        let inks = parts.iter().map(|part| part.value.map(|value| (self.ink(value), self.signed(value), value)));
        let of_total = (Ink::Series(SeriesColour::FIRST), self.numbers.figure(total, usize::MAX), total);
        let columns = spans.iter().copied().chain([(0.0, total)]).zip(inks.chain([Some(of_total)]));
        for (place, ((from, to), drawn)) in columns.enumerate() {
            let x = middle(place) - w / 2.0;
            let (top, bottom) = (y(from.max(to)), y(from.min(to)));
            if let Some((ink, text, value)) = drawn {
                marks.push(Mark::Rect { area: Area { x, y: top, w, h: (bottom - top).max(1.0) }, ink });
                let at = if value < 0.0 { bottom + LABEL_PX / 2.0 } else { top - LABEL_PX / 2.0 };
                texts.push(label(middle(place), at, text, Ink::Text, Align::Middle));
            }
            if place < parts.len() {
                // From where it ends to where the next begins.
                let (from, level) = (middle(place) + w / 2.0, crisp(y(to)));
                let points = vec![Point { x: from, y: level }, Point { x: from + slot - w, y: level }];
                marks.push(Mark::Line { points, ink: Ink::Muted, width: 1.0 });
            }
        }
        let widest = texts.iter().filter_map(Mark::label_area).map(|area| area.w).fold(0.0, f64::max);
        let mut labels = LabelRoom::among(&marks, size);
        if widest + 2.0 <= slot {
            for text in texts {
                labels.write(&mut marks, text);
            }
        } else if let Some(Mark::Label { at, text, .. }) = texts.pop() {
            // What it comes to is what is looked for first.
            labels.write(&mut marks, label(size.w, at.y, text, Ink::Text, Align::End));
        }
        // Parts that are drawn together lie in one slot, where the first of them is met by pointing and all by stepping.
        let slot_of = |part: usize| if part < self.parts.len() { part.min(parts.len() - 1) } else { parts.len() };
        let area = |part: usize| Area { x: plot.x + slot_of(part) as f64 * slot, y: plot.y, w: slot, h: plot.h };
        Scene { size, marks, hits: Hits::Marks((0..=self.parts.len()).map(area).collect()) }
    }

    fn readout(&self, hit: usize) -> Readout {
        let locale = self.numbers.locale;
        let total = words::TOTAL.in_locale(locale);
        let row = |name: &str, value: String| ReadoutRow { colour: None, name: name.to_owned(), value };
        let Some(part) = self.parts.get(hit) else {
            let value = self.numbers.exact(self.total());
            return Readout { heading: total.to_owned(), rows: vec![row(&self.measure, value)], note: None };
        };
        let sign = if part.value.is_some_and(|value| value > 0.0) { "+" } else { "" };
        let value = format!("{sign}{}", self.numbers.exact_or_dash(part.value));
        let level: f64 = self.parts.iter().take(hit + 1).filter_map(|part| part.value).sum();
        let rows = vec![row(&self.measure, value), row(words::SO_FAR.in_locale(locale), self.numbers.exact(level))];
        Readout { heading: part.name.clone(), rows, note: None }
    }

    fn summary(&self) -> String {
        let total = self.numbers.short(self.total());
        words::waterfall_summary(&self.measure, self.parts.len(), &total, self.numbers.locale)
    }

    fn row(&self, hit: usize) -> Option<usize> {
        self.parts.get(hit).and_then(|part| part.row)
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{assert_bears_hard_frames, assert_sound, by_genre, drawn, hard_by_one, source};
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn parts_rise_and_fall_to_their_total() {
        let frame = by_genre(&[("新增", Some(120.0)), ("回流", Some(30.0)), ("流失", Some(-60.0)), ("迁移", None)]);
        let spec = WaterfallSpec::read(&source(&frame)).unwrap();
        insta::assert_snapshot!(drawn(&spec, 360.0, 200.0));
        assert_eq!(spec.readout(2).spoken(), "流失, content.plays −60, 累计 90");
        assert_eq!(spec.readout(4).spoken(), "合计, content.plays 90");
        assert_eq!(spec.summary(), "瀑布图：content.plays，4 项，合计 90");
        assert_eq!((spec.row(1), spec.row(4)), (Some(1), None));
    }

    #[test]
    fn red_means_what_the_organisation_says() {
        let frame = by_genre(&[("a", Some(1.0)), ("b", Some(-1.0))]);
        let chinese = WaterfallSpec::read(&source(&frame)).unwrap();
        let other = WaterfallSpec::read(&Source { rise_is_red: false, ..source(&frame) }).unwrap();
        assert_eq!(chinese.ink(1.0), Ink::Tone(Tone::Danger));
        assert_eq!(other.ink(1.0), Ink::Tone(Tone::Good));
        assert_eq!(chinese.ink(-1.0), other.ink(1.0));
    }

    #[test]
    fn hard_frames_are_borne() {
        assert_bears_hard_frames(hard_by_one(), WaterfallSpec::read);
    }

    proptest! {
        #[test]
        fn what_is_shown_comes_to_the_total(
            values in prop::collection::vec(prop::option::weighted(0.9, -1e6_f64..1e6), 1..80),
            (w, h) in (20.0_f64..900.0, 12.0_f64..500.0),
        ) {
            let names: Vec<String> = (0..values.len()).map(|index| format!("频道{index}")).collect();
            let cells: Vec<(&str, Option<f64>)> = names.iter().map(String::as_str).zip(values).collect();
            if let Ok(spec) = WaterfallSpec::read(&source(&by_genre(&cells))) {
                assert_sound(&spec, Size { w, h });
                let shown = WaterfallSpec::spans(&spec.shown(w)).last().map_or(0.0, |(_, level)| *level);
                prop_assert!((shown - spec.total()).abs() < 1e-3);
            }
        }
    }
}
