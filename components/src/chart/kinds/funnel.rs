//! Funnels: how much is left at each step, from the first to the last, in the order of the frame.

use super::super::{
    Align, Area, Chart, Ink, Mark, Point, Readout, ReadoutRow, Scene, SeriesColour, Size, Source, Unfit, Weight,
    columns::{Part, parts},
    numbers::{Numbers, share_percent},
    scene::{FONT_PX, Hits, LABEL_PX},
    shortened, text_width_px,
    value_ticks::{BESIDE_PX, label},
};
use crate::words;
use model::{board::ComponentKind, formatting::Locale};

const LEAST_ROW_PX: f64 = 18.0;
const MOST_ROW_PX: f64 = 72.0;
const MOST_BAR_PX: f64 = 44.0;
/// What a rate between two bars needs.
const BETWEEN_PX: f64 = 20.0;
/// From this distance on there is room for bars and for the rates between them.
const RATES_FROM_PX: f64 = 40.0;
/// How much of the width names may take, and under which width only the bars are drawn.
const NAME_SHARE: f64 = 0.3;
const NAMES_FROM_PX: f64 = 150.0;
const INSIDE_PX: f64 = 6.0;
/// The narrowest bar that is still seen.
const LEAST_BAR_PX: f64 = 1.5;
const INK: Ink = Ink::Series(SeriesColour::FIRST);

/// A funnel.
#[derive(Debug, Clone, PartialEq)]
pub struct FunnelSpec {
    measure: String,
    numbers: Numbers,
    steps: Vec<Part>,
    /// The largest number: the widest bar.
    most: f64,
}

impl FunnelSpec {
    /// Reads the first measure by the first group. A step may be larger than the one before it; negative numbers can't be
    /// drawn.
    pub fn read(source: &Source) -> Result<Self, Unfit> {
        let (measure, steps) = parts(source)?;
        let values = || steps.iter().filter_map(|step| step.value);
        if values().any(|value| value < 0.0) {
            return Err(Unfit::Negative);
        }
        if values().next().is_none() && !steps.is_empty() {
            return Err(Unfit::AllUndefined);
        }
        let most = values().fold(0.0, f64::max);
        if most <= 0.0 && !steps.is_empty() {
            return Err(Unfit::ZeroTotal);
        }
        let numbers = Numbers::of(values(), measure.unit, source.look, source.reading.locale);
        Ok(Self { measure: measure.name, numbers, steps, most })
    }

    fn locale(&self) -> Locale {
        self.numbers.locale
    }

    fn value(&self, step: usize) -> Option<f64> {
        self.steps.get(step).and_then(|step| step.value)
    }

    /// A step as a share of an earlier one.
    fn rate(&self, step: usize, earlier: usize) -> Option<f64> {
        let whole = self.value(earlier).filter(|whole| *whole > 0.0)?;
        self.value(step).map(|value| value / whole)
    }

    /// What of the step before goes on to this one; what grows is marked so.
    fn rate_text(&self, step: usize) -> Option<String> {
        let rate = self.rate(step, step.checked_sub(1)?)?;
        Some(format!("{} {}", if rate > 1.0 { "↑" } else { "↓" }, share_percent(rate)))
    }

    fn share_text(&self, step: usize) -> String {
        self.rate(step, 0).map_or_else(|| words::NO_VALUE.in_locale(self.locale()).to_owned(), share_percent)
    }

    fn number_text(&self, step: &Part) -> String {
        step.value
            .map_or_else(|| words::NO_VALUE.in_locale(self.locale()).to_owned(), |value| self.numbers.short(value))
    }

    /// How many steps there is room for, and how many not.
    fn shown(&self, height_px: f64) -> (usize, usize) {
        let rows = ((height_px / LEAST_ROW_PX).floor() as usize).max(1);
        if rows >= self.steps.len() { (self.steps.len(), 0) } else { (rows - 1, self.steps.len() + 1 - rows) }
    }

    /// The columns from left to right: names, bars, and shares of the first step.
    fn columns(&self, shown: usize, w: f64) -> (f64, Area, f64) {
        let widest = |texts: &mut dyn Iterator<Item = f64>| texts.fold(0.0, f64::max).ceil();
        let named = self.steps.iter().take(shown);
        let (name_w, share_w) = if w < NAMES_FROM_PX {
            (0.0, 0.0)
        } else {
            let names = widest(&mut named.map(|step| text_width_px(&step.name, FONT_PX)));
            let shares = widest(&mut (0..shown).map(|step| text_width_px(&self.share_text(step), FONT_PX)));
            (names.min(w * NAME_SHARE).ceil(), shares)
        };
        let beside = |px: f64| if px > 0.0 { px + BESIDE_PX } else { 0.0 };
        let left = beside(name_w);
        let bars = Area { x: left, y: 0.0, w: (w - left - beside(share_w)).max(1.0), h: 0.0 };
        (name_w, bars, share_w)
    }

    fn draw_number(&self, marks: &mut Vec<Mark>, step: &Part, bar: Area, bars: Area) {
        let text = self.number_text(step);
        let w = text_width_px(&text, FONT_PX);
        let at = bar.centre();
        if bar.h < LABEL_PX {
            return;
        }
        if w + 2.0 * INSIDE_PX <= bar.w {
            let ink = Ink::OnSeries(SeriesColour::FIRST);
            marks.push(Mark::Label { at, text, ink, align: Align::Middle, weight: Weight::Strong, px: FONT_PX });
        } else if bar.right() + INSIDE_PX + w <= bars.right() {
            let at = Point { x: bar.right() + INSIDE_PX, ..at };
            marks.push(Mark::Label {
                at,
                text,
                ink: Ink::Text,
                align: Align::Start,
                weight: Weight::Strong,
                px: FONT_PX,
            });
        }
    }

    /// From the foot of one bar to the head of the next, with the rate in its middle.
    fn draw_between(&self, marks: &mut Vec<Mark>, step: usize, upper: Area, lower: Area, bars: Area) {
        let points = vec![
            Point { x: upper.x, y: upper.bottom() },
            Point { x: upper.right(), y: upper.bottom() },
            Point { x: lower.right(), y: lower.y },
            Point { x: lower.x, y: lower.y },
        ];
        marks.push(Mark::Polygon { points, ink: Ink::Under(SeriesColour::FIRST) });
        let Some(text) = self.rate_text(step).filter(|_| lower.y - upper.bottom() >= LABEL_PX) else { return };
        if text_width_px(&text, FONT_PX) <= bars.w {
            let middle = f64::midpoint(upper.bottom(), lower.y);
            marks.push(label(bars.centre().x, middle, text, Ink::Muted, Align::Middle));
        }
    }
}

impl Chart for FunnelSpec {
    fn scene(&self, size: Size) -> Scene {
        if self.steps.is_empty() {
            return Scene::empty(size);
        }
        let (shown, left_out) = self.shown(size.h);
        let rows = shown + usize::from(left_out > 0);
        let pitch = (size.h / rows as f64).min(MOST_ROW_PX);
        let (name_w, bars, share_w) = self.columns(shown, size.w);
        let bar_h = if pitch >= RATES_FROM_PX { (pitch - BETWEEN_PX).min(MOST_BAR_PX) } else { (pitch - 2.0).max(1.0) };
        let bar = |index: usize| {
            let share = self.value(index).map_or(0.0, |value| value / self.most);
            let w = if self.value(index).is_some() { (bars.w * share).max(LEAST_BAR_PX.min(bars.w)) } else { 0.0 };
            let y = pitch * index as f64 + (pitch - bar_h) / 2.0;
            Area { x: bars.x + (bars.w - w) / 2.0, y, w, h: bar_h }
        };

        let mut marks = Vec::new();
        let mut areas = Vec::new();
        for (index, step) in self.steps.iter().take(shown).enumerate() {
            let area = bar(index);
            let row = Area { x: 0.0, y: pitch * index as f64, w: size.w, h: pitch };
            if index > 0 && pitch >= RATES_FROM_PX {
                self.draw_between(&mut marks, index, bar(index - 1), area, bars);
            }
            if area.w > 0.0 {
                marks.push(Mark::Rect { area, ink: INK });
            }
            self.draw_number(&mut marks, step, area, bars);
            let middle = row.centre().y;
            if name_w > 0.0 && pitch >= LABEL_PX {
                marks.push(label(name_w, middle, shortened(&step.name, FONT_PX, name_w), Ink::Text, Align::End));
            }
            if share_w > 0.0 && pitch >= LABEL_PX {
                marks.push(label(size.w, middle, self.share_text(index), Ink::Muted, Align::End));
            }
            areas.push(row);
        }
        if left_out > 0 && pitch >= LABEL_PX {
            let text = shortened(&words::more_items(left_out, self.locale()), FONT_PX, size.w);
            let y = pitch * (shown as f64 + 0.5);
            marks.push(label(bars.centre().x.min(size.w / 2.0), y, text, Ink::Muted, Align::Middle));
        }
        Scene { size, marks, hits: Hits::Marks(areas) }
    }

    fn readout(&self, hit: usize) -> Readout {
        let Some(step) = self.steps.get(hit) else {
            return Readout::default();
        };
        let row = |words: words::Words, value: Option<f64>| {
            let name = words.in_locale(self.locale()).to_owned();
            value.map(|value| ReadoutRow { colour: None, name, value: share_percent(value) })
        };
        let value = self.numbers.exact_or_dash(step.value);
        let mut rows = vec![ReadoutRow { colour: Some(SeriesColour::FIRST), name: self.measure.clone(), value }];
        if let Some(before) = hit.checked_sub(1) {
            rows.extend(row(words::OF_THE_STEP_BEFORE, self.rate(hit, before)));
            rows.extend(row(words::OF_THE_FIRST, self.rate(hit, 0)));
        }
        Readout { heading: step.name.clone(), rows, note: None }
    }

    fn summary(&self) -> String {
        let last = self.steps.len().saturating_sub(1);
        let ends = self.steps.first().zip(self.steps.last()).map(|(first, last_step)| {
            let share = self.rate(last, 0).map(share_percent);
            (
                (first.name.as_str(), self.number_text(first)),
                (last_step.name.as_str(), self.number_text(last_step)),
                share,
            )
        });
        let kind = words::kind_name(ComponentKind::Funnel).in_locale(self.locale());
        words::funnel_summary(kind, &self.measure, self.steps.len(), ends, self.locale())
    }

    fn row(&self, hit: usize) -> Option<usize> {
        self.steps.get(hit).map(|step| step.row)
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::*;
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_is_left_and_what_grows_is_said() {
        let steps =
            [("首页曝光", Some(12_000.0)), ("详情页", Some(4_500.0)), ("播放", Some(4_950.0)), ("订购", Some(90.0))];
        let frame = by_genre(&steps);
        let chart = FunnelSpec::read(&source(&frame)).unwrap();
        insta::assert_snapshot!(drawn(&chart, 420.0, 240.0));
        assert_eq!(chart.readout(0).spoken(), "首页曝光, content.plays 12,000");
        assert_eq!(chart.readout(2).spoken(), "播放, content.plays 4,950, 较上一步 110%, 占首步 41.2%");
        assert_eq!(chart.row(3), Some(3));
        assert_eq!(chart.summary(), "漏斗图：content.plays，4 步，从 首页曝光 1.20万 到 订购 90，余 0.8%");
    }

    #[test]
    fn hard_frames_are_borne() {
        assert_bears_hard_frames(hard_by_one(), FunnelSpec::read);
    }

    proptest! {
        #[test]
        fn bars_are_as_wide_as_their_numbers(
            values in prop::collection::vec(1.0_f64..1e6, 1..9),
            w in 20.0_f64..900.0,
            h in 200.0_f64..600.0,
        ) {
            let named: Vec<(String, f64)> =
                values.iter().enumerate().map(|(index, value)| (format!("第 {index} 步"), *value)).collect();
            let parts: Vec<(&str, Option<f64>)> = named.iter().map(|(name, value)| (name.as_str(), Some(*value))).collect();
            let chart = FunnelSpec::read(&source(&by_genre(&parts))).unwrap();
            let scene = assert_sound(&chart, Size { w, h });
            let widths: Vec<f64> = scene.marks.iter().filter_map(|mark| match mark {
                Mark::Rect { area, .. } => Some(area.w),
                _ => None,
            }).collect();
            let most = values.iter().copied().fold(0.0, f64::max);
            let widest = widths.iter().copied().fold(0.0, f64::max);
            for (value, width) in values.iter().zip(&widths) {
                let wanted = widest * value / most;
                prop_assert!((width - wanted).abs() < 1e-6 || wanted < LEAST_BAR_PX, "{width} is not {wanted}");
            }
        }
    }
}
