//! Gauges: one number on its way along a dial, with what ought to be reached.

use super::goal::{Band, Goal, attainment, bands, comparisons, ink, scale};
use crate::{
    chart::{
        Align, Area, Chart, Ink, Mark, Point, Readout, ReadoutRow, Scene, Size, Source, Unfit, Weight,
        columns::{measure, number},
        numbers::Numbers,
        polar::{around, sector},
        scene::{FONT_PX, Hits, LABEL_PX},
        shortened, text_width_px,
        ticks::ValueAxis,
        value_ticks::label,
    },
    words,
};
use model::{
    board::{ComponentKind, Threshold, Tone},
    formatting::axis_number,
};

/// A gauge of one number. A frame with several rows is read by its first.
#[derive(Debug, Clone, PartialEq)]
pub struct GaugeSpec {
    measure: String,
    numbers: Numbers,
    value: f64,
    tone: Option<Tone>,
    target: Option<Goal>,
    thresholds: Vec<Threshold>,
    axis: ValueAxis,
    /// What the number is compared with, as it is read.
    comparisons: Vec<(String, String)>,
}

/// The dial goes 240° round, a third of a turn to either side of the top.
const SIDE_TURN: f64 = 1.0 / 3.0;
/// How far its ends lie below its centre, in radii: cos 60°.
const BELOW: f64 = 0.5;
/// A smaller dial shows nothing; then the number stands alone.
const LEAST_RADIUS_PX: f64 = 22.0;
const MOST_FIGURE_PX: f64 = 64.0;
/// The ring of the bands, and the gap between it and the track.
const BAND_PX: f64 = 3.0;
const GAP_PX: f64 = 2.0;
/// From the dial to what is written beside it.
const BESIDE_PX: f64 = 6.0;

impl GaugeSpec {
    /// Reads the first measure of the first row; columns `<measure>@…` are read out beside it.
    ///
    /// # Errors
    /// [`Unfit::Shape`] without a measure, [`Unfit::AllUndefined`] without a number.
    pub fn read(source: &Source) -> Result<Self, Unfit> {
        let measure = measure(source)?;
        let value = number(source, 0, measure.column).ok_or(Unfit::AllUndefined)?;
        let (look, locale) = (source.look, source.reading.locale);
        let target = Goal::of(look, measure.unit, locale);
        let thresholds = look.thresholds.iter().map(|threshold| threshold.from.get());
        let held = std::iter::once(value).chain(target.as_ref().map(|target| target.value)).chain(thresholds);
        Ok(Self {
            numbers: Numbers::of([value], measure.unit, look, locale),
            value,
            tone: look.tone_of(value),
            target,
            thresholds: look.thresholds.clone(),
            axis: scale(held, measure.unit),
            comparisons: comparisons(source, &measure, 0),
            measure: measure.name,
        })
    }

    fn turn(&self, value: f64) -> f64 {
        (self.axis.share(value).clamp(0.0, 1.0) * 2.0 - 1.0) * SIDE_TURN
    }

    fn end_texts(&self) -> [String; 2] {
        [self.axis.from, self.axis.to].map(|end| axis_number(end, self.numbers.unit, self.numbers.locale))
    }

    /// The largest dial that has room, and the place of the target's number beside it if that has room too.
    fn dial(&self, size: Size) -> Option<(Dial, Option<Mark>)> {
        let foot = if size.h >= 4.0 * LABEL_PX { LABEL_PX + 2.0 } else { 0.0 };
        let largest = (size.w / 2.0 - 2.0).min((size.h - foot - 4.0) / (1.0 + BELOW));
        if largest < LEAST_RADIUS_PX {
            return None;
        }
        let sizes =
            [1.0, 0.94, 0.88, 0.82].map(|share| Dial::of(size, largest * share, foot, !self.thresholds.is_empty()));
        let beside = sizes.iter().find_map(|dial| Some((*dial, Some(self.target_label(*dial, size)?))));
        beside.or_else(|| sizes.first().map(|dial| (*dial, None)))
    }

    fn target_label(&self, dial: Dial, size: Size) -> Option<Mark> {
        let target = self.target.as_ref()?;
        let turn = self.turn(target.value);
        let align = match turn {
            turn if turn < -0.04 => Align::End,
            turn if turn > 0.04 => Align::Start,
            _ => Align::Middle,
        };
        // Level with the tick at the sides, above it at the top.
        let high = (1.0 - turn.abs() / 0.25).max(0.0);
        let end = around(dial.centre, turn, dial.radius + BESIDE_PX);
        // Never beside what is written under the ends.
        let y = (end.y - high * LABEL_PX / 3.0).min(dial.ends_top() - LABEL_PX / 2.0);
        let mark = label(end.x, y, target.short.clone(), Ink::Text, align);
        let area = mark.label_area()?;
        let is_inside = area.x >= 0.0 && area.right() <= size.w && area.y >= 0.0 && area.bottom() <= size.h;
        is_inside.then_some(mark)
    }

    fn draw_ring(&self, marks: &mut Vec<Mark>, dial: Dial) {
        let (inner, outer) = dial.track();
        let ring = |from: f64, to: f64, radii: (f64, f64)| sector(dial.centre, radii, (from, to));
        marks.push(Mark::Polygon { points: ring(-SIDE_TURN, SIDE_TURN, (inner, outer)), ink: Ink::Track });
        let zero = self.turn(0.0);
        let end = self.turn(self.value);
        if (end - zero).abs() > 1e-6 {
            marks.push(Mark::Polygon {
                points: ring(zero.min(end), zero.max(end), (inner, outer)),
                ink: ink(self.tone),
            });
        }
        if self.axis.from < 0.0 && self.axis.to > 0.0 {
            let points = vec![around(dial.centre, zero, inner - 2.0), around(dial.centre, zero, outer)];
            marks.push(Mark::Line { points, ink: Ink::Axis, width: 1.0 });
        }
        let all = bands(&self.axis, &self.thresholds);
        // A hair of the surface between two bands.
        let half_gap = 0.75 / (dial.radius * std::f64::consts::TAU);
        for Band { from, to, tone } in &all {
            let start = self.turn(*from) + if *from > self.axis.from { half_gap } else { 0.0 };
            let stop = self.turn(*to) - if *to < self.axis.to { half_gap } else { 0.0 };
            if let (Some(tone), true) = (tone, stop > start) {
                let points = ring(start, stop, (dial.radius - BAND_PX, dial.radius));
                marks.push(Mark::Polygon { points, ink: Ink::Tone(*tone) });
            }
        }
    }

    fn draw_target(&self, marks: &mut Vec<Mark>, dial: Dial) {
        if let Some(target) = &self.target {
            let turn = self.turn(target.value);
            let (inner, _) = dial.track();
            let points = |from: f64, to: f64| vec![around(dial.centre, turn, from), around(dial.centre, turn, to)];
            let (from, to) = (inner - 3.0, dial.radius + 2.0);
            marks.push(Mark::Line { points: points(from, to), ink: Ink::Surface, width: 5.0 });
            marks.push(Mark::Line { points: points(from, to), ink: Ink::Target, width: 2.0 });
        }
    }

    fn draw_ends(&self, marks: &mut Vec<Mark>, dial: Dial, size: Size) {
        let (inner, outer) = dial.track();
        let middle = f64::midpoint(inner, outer);
        let [low, high] = self.end_texts();
        let (left, right) = (around(dial.centre, -SIDE_TURN, middle), around(dial.centre, SIDE_TURN, middle));
        let y = dial.ends_top() + LABEL_PX / 2.0;
        let centred = |x: f64, text: &str| {
            let half = text_width_px(text, FONT_PX) / 2.0;
            x.min(size.w - half).max(half)
        };
        let (low_x, high_x) = (centred(left.x, &low), centred(right.x, &high));
        let together = f64::midpoint(text_width_px(&low, FONT_PX), text_width_px(&high, FONT_PX));
        if dial.has_foot && high_x - low_x >= together + BESIDE_PX {
            marks.push(label(low_x, y, low, Ink::Muted, Align::Middle));
            marks.push(label(high_x, y, high, Ink::Muted, Align::Middle));
        }
    }

    /// The number in a room, as large as it fits, its unit smaller behind it.
    fn draw_figure(&self, marks: &mut Vec<Mark>, centre: Point, room: Size) -> Option<Area> {
        let short = self.numbers.short(self.value);
        let figure = self.numbers.figure(self.value, usize::MAX);
        let (figure, unit) = match short.strip_prefix(&figure) {
            Some(unit) => (figure.as_str(), unit.trim()),
            None => (short.as_str(), ""),
        };
        let unit_px = |px: f64| (px * 0.46).max(FONT_PX);
        let width = |px: f64, unit: &str| {
            text_width_px(figure, px) + if unit.is_empty() { 0.0 } else { 2.0 + text_width_px(unit, unit_px(px)) }
        };
        let fits = |px: &f64, unit: &str| width(*px, unit) <= room.w && px * LABEL_PX / FONT_PX <= room.h;
        let sizes = || (FONT_PX as u32..=MOST_FIGURE_PX as u32).rev().map(f64::from);
        let with_unit = sizes().find(|px| fits(px, unit)).map(|px| (px, unit));
        let (px, unit) = with_unit.or_else(|| sizes().find(|px| fits(px, "")).map(|px| (px, "")))?;
        let (w, h) = (width(px, unit), px * LABEL_PX / FONT_PX);
        let split = centre.x - w / 2.0 + text_width_px(figure, px);
        let mark = |x: f64, y: f64, text: &str, ink: Ink, align: Align, weight: Weight, px: f64| Mark::Label {
            at: Point { x, y },
            text: text.to_owned(),
            ink,
            align,
            weight,
            px,
        };
        if unit.is_empty() {
            marks.push(mark(centre.x, centre.y, figure, Ink::Text, Align::Middle, Weight::Strong, px));
        } else {
            marks.push(mark(split, centre.y, figure, Ink::Text, Align::End, Weight::Strong, px));
            // On the same foot: what stands at its middle height lies 0.35 em above it.
            let y = centre.y + 0.35 * (px - unit_px(px));
            marks.push(mark(split + 2.0, y, unit, Ink::Muted, Align::Start, Weight::Regular, unit_px(px)));
        }
        Some(Area { x: centre.x - w / 2.0, y: centre.y - h / 2.0, w, h })
    }

    /// Under the number: the target by its name, where the dial does not say it; else how much of it is reached.
    fn under(&self, is_target_beside: bool) -> Option<String> {
        let target = self.target.as_ref()?;
        let attained = attainment(self.value, target.value);
        let attained = attained.map(|share| format!("{} {share}", words::ATTAINED.in_locale(self.numbers.locale)));
        if is_target_beside { attained } else { Some(format!("{} {}", target.name, target.short)) }
    }
}

/// Where a dial stands.
#[derive(Debug, Clone, Copy)]
struct Dial {
    centre: Point,
    radius: f64,
    /// Whether there is room under its ends.
    has_foot: bool,
    /// Whether the ring of the bands lies around the track.
    has_bands: bool,
}

impl Dial {
    fn of(size: Size, radius: f64, foot: f64, has_bands: bool) -> Self {
        let h = radius * (1.0 + BELOW) + foot;
        let centre = Point { x: size.w / 2.0, y: (size.h - h) / 2.0 + radius + if foot > 0.0 { 1.0 } else { 0.0 } };
        Self { centre, radius, has_foot: foot > 0.0, has_bands }
    }

    /// The inner and the outer radius of the track.
    fn track(self) -> (f64, f64) {
        let outer = if self.has_bands { self.radius - BAND_PX - GAP_PX } else { self.radius - 1.0 };
        (outer - (self.radius * 0.15).clamp(5.0, 22.0), outer)
    }

    /// Where what is written under its ends begins.
    fn ends_top(self) -> f64 {
        self.centre.y + self.radius * BELOW + 3.0
    }
}

impl Chart for GaugeSpec {
    fn scene(&self, size: Size) -> Scene {
        let mut marks = Vec::new();
        let hits = Hits::Marks(vec![Area { x: 0.0, y: 0.0, w: size.w, h: size.h }]);
        let Some((dial, target)) = self.dial(size) else {
            let centre = Point { x: size.w / 2.0, y: size.h / 2.0 };
            self.draw_figure(&mut marks, centre, size);
            return Scene { size, marks, hits };
        };
        self.draw_ring(&mut marks, dial);
        self.draw_target(&mut marks, dial);
        self.draw_ends(&mut marks, dial, size);
        let is_target_beside = target.is_some();
        marks.extend(target);
        let inner = dial.track().0 - 4.0;
        // A box in the circle: its half height is 0.45 of the radius, and its half width √(1 − 0.45²).
        let room = Size { w: inner * 2.0 * 0.84, h: inner * 0.9 };
        let figure = self.draw_figure(&mut marks, dial.centre, room);
        if let (Some(figure), Some(text)) = (figure, self.under(is_target_beside)) {
            let y = figure.bottom() + LABEL_PX / 2.0;
            let below = y + LABEL_PX / 2.0 - dial.centre.y;
            let half = (inner * inner - below * below).max(0.0).sqrt();
            let text = shortened(&text, FONT_PX, half * 2.0);
            if below < inner && !text.is_empty() && !text.ends_with('…') {
                marks.push(label(dial.centre.x, y, text, Ink::Muted, Align::Middle));
            }
        }
        Scene { size, marks, hits }
    }

    fn readout(&self, _hit: usize) -> Readout {
        let row = |name: String, value: String| ReadoutRow { colour: None, name, value };
        let mut rows = vec![row(String::new(), self.numbers.exact(self.value))];
        if let Some(target) = &self.target {
            rows.push(row(target.name.clone(), self.numbers.exact(target.value)));
            let attained = words::ATTAINED.in_locale(self.numbers.locale).to_owned();
            rows.extend(attainment(self.value, target.value).map(|share| row(attained, share)));
        }
        rows.extend(self.comparisons.iter().map(|(name, value)| row(name.clone(), value.clone())));
        Readout { heading: self.measure.clone(), rows, note: None }
    }

    fn summary(&self) -> String {
        let target = self.target.as_ref().map(|target| (target.name.as_str(), target.short.as_str()));
        let value = self.numbers.short(self.value);
        words::figure_summary(ComponentKind::Gauge, (&self.measure, &value), target, self.numbers.locale)
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{assert_bears_hard_frames, assert_sound, drawn, frame, hard_by_one, metric, source_with};
    use super::*;
    use model::{
        board::Look,
        frame::{Cell, Frame},
        metric::Unit,
    };
    use proptest::prelude::*;

    fn one(value: f64, unit: Unit) -> Frame {
        frame(vec![metric("tv.success_pct", unit)], vec![vec![Cell::Number(value)]])
    }

    fn look(text: &str) -> Look {
        serde_json::from_str(text).unwrap()
    }

    const AIMED: &str = r#"{"target":{"value":99,"label":"年度目标"},"thresholds":[
        {"from":0,"tone":"danger"},{"from":90,"tone":"warning"},{"from":97,"tone":"good"}]}"#;

    #[test]
    fn a_share_with_bands_and_a_target() {
        let (frame, look) = (one(98.21, Unit::Percent), look(AIMED));
        let gauge = GaugeSpec::read(&source_with(&frame, &look)).unwrap();
        insta::assert_snapshot!(drawn(&gauge, 260.0, 200.0));
        assert_eq!(gauge.readout(0).spoken(), "tv.success_pct, 98.21%, 年度目标 99%, 达成率 99.2%");
        assert_eq!(gauge.summary(), "仪表盘：tv.success_pct 98.21%，年度目标 99%");
    }

    #[test]
    fn a_frame_without_a_number_is_unfit() {
        let plain = Look::default();
        let empty = frame(vec![metric("content.plays", Unit::Count)], Vec::new());
        assert_eq!(GaugeSpec::read(&source_with(&empty, &plain)).unwrap_err(), Unfit::AllUndefined);
        let none = frame(Vec::new(), Vec::new());
        assert_eq!(GaugeSpec::read(&source_with(&none, &plain)).unwrap_err(), Unfit::Shape);
    }

    #[test]
    fn it_bears_hard_frames() {
        assert_bears_hard_frames(hard_by_one(), GaugeSpec::read);
    }

    proptest! {
        #[test]
        fn it_is_sound_at_any_size(
            value in -1e9_f64..1e9,
            target in prop::option::of(-1e9_f64..1e9),
            scale in prop::sample::select(vec![1e-7, 1.0, 1e6]),
            unit in prop::sample::select(vec![Unit::Percent, Unit::Count, Unit::Fen, Unit::Kbps]),
            w in 20.0_f64..600.0,
            h in 12.0_f64..400.0,
        ) {
            let target = target.map(|target| format!(r#"{{"target":{{"value":{}}}}}"#, target * scale));
            let (frame, look) = (one(value * scale, unit), look(target.as_deref().unwrap_or("{}")));
            let gauge = GaugeSpec::read(&source_with(&frame, &look)).unwrap();
            assert_sound(&gauge, Size { w, h });
        }
    }
}
