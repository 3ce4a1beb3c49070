//! Bar charts: a ranking, the largest first, with the name before and the number after each bar.

use super::{
    Align, Area, Ink, Mark, Point, Readout, ReadoutRow, Scene, SeriesColour, Size, Weight,
    scene::{FONT_PX, Hits, LABEL_PX},
    shortened, text_width_px,
};
use crate::words;
use model::{
    formatting::{Locale, exact_number, number_among, shared_decimals},
    metric::Unit,
};

/// One bar.
#[derive(Debug, Clone, PartialEq)]
pub struct Bar {
    pub name: String,
    /// `None`: the number is undefined.
    pub value: Option<f64>,
    pub colour: SeriesColour,
}

/// A ranking.
#[derive(Debug, Clone, PartialEq)]
pub struct BarSpec {
    /// What the numbers are, for the readout.
    pub measure: String,
    pub unit: Unit,
    pub locale: Locale,
    pub bars: Vec<Bar>,
}

const LEAST_ROW_PX: f64 = 20.0;
const MOST_ROW_PX: f64 = 38.0;
const MOST_BAR_PX: f64 = 14.0;
const BESIDE_PX: f64 = 8.0;
/// How much of the width names may take.
const NAME_SHARE: f64 = 0.36;

impl BarSpec {
    /// What is drawn of a frame that has no such columns.
    pub const fn empty(locale: Locale) -> Self {
        Self { measure: String::new(), unit: Unit::Count, locale, bars: Vec::new() }
    }

    /// How many bars there is room for; if not all, the last row says how many are left out.
    fn rows(&self, height_px: f64) -> usize {
        ((height_px / LEAST_ROW_PX).floor() as usize).max(1).min(self.bars.len())
    }

    pub(super) fn scene(&self, size: Size) -> Scene {
        let rows = self.rows(size.h);
        if rows == 0 {
            return Scene::empty(size);
        }
        let left_out = self.bars.len() - rows;
        let (shown, left_out) = if left_out > 0 { (rows - 1, left_out + 1) } else { (rows, 0) };
        let bars = self.bars.get(..shown).unwrap_or_default();
        let row_h = (size.h / rows as f64).min(MOST_ROW_PX);
        let decimals = self.decimals();
        let numbers: Vec<String> = bars.iter().map(|bar| self.short(bar.value, decimals)).collect();

        let widest =
            |texts: &mut dyn Iterator<Item = &str>| texts.map(|text| text_width_px(text, FONT_PX)).fold(0.0, f64::max);
        let name_w = widest(&mut bars.iter().map(|bar| bar.name.as_str())).min(size.w * NAME_SHARE).ceil();
        let number_w = widest(&mut numbers.iter().map(String::as_str)).ceil();
        let left = name_w + BESIDE_PX;
        let room = (size.w - left - number_w - BESIDE_PX).max(8.0);
        let (low, high) = scale(bars);
        let px_from = |value: f64| {
            if high > low { ((value - low) / (high - low)).min(1.0) * room } else { 0.0 }
        };
        let zero = left + px_from(0.0);

        let mut marks = Vec::new();
        let mut areas = Vec::new();
        for (index, (bar, number)) in bars.iter().zip(numbers).enumerate() {
            let row = Area { x: 0.0, y: index as f64 * row_h, w: size.w, h: row_h };
            let middle = row.centre().y;
            let bar_h = (row_h * 0.56).min(MOST_BAR_PX);
            let text = shortened(&bar.name, FONT_PX, name_w);
            marks.push(label(name_w, middle, text, Ink::Text, Align::End));
            let end = bar.value.map_or(zero, |value| left + px_from(value));
            if bar.value.is_some() {
                // A bar of nothing is a hair, so that it is seen to be there.
                let (x, right) = (zero.min(end), zero.max(end).max(zero.min(end) + 1.5));
                let area = Area { x, y: middle - bar_h / 2.0, w: right - x, h: bar_h };
                marks.push(Mark::Rect { area, ink: Ink::Series(bar.colour) });
                if bar.value.is_some_and(|value| value > high) {
                    marks.push(broken(area));
                }
            }
            marks.push(label(zero.max(end) + BESIDE_PX, middle, number, Ink::Text, Align::Start));
            areas.push(row);
        }
        if low < 0.0 {
            let foot = shown as f64 * row_h;
            let points = vec![Point { x: zero, y: 0.0 }, Point { x: zero, y: foot }];
            marks.push(Mark::Line { points, ink: Ink::Axis, width: 1.0 });
        }
        if left_out > 0 {
            let at = Point { x: left, y: (shown as f64 + 0.5) * row_h };
            let text = shortened(&words::more_items(left_out, self.locale), FONT_PX, size.w - left);
            marks.push(Mark::Label {
                at,
                text,
                ink: Ink::Muted,
                align: Align::Start,
                weight: Weight::Regular,
                px: FONT_PX,
            });
        }
        Scene { size, marks, hits: Hits::Marks(areas) }
    }

    fn decimals(&self) -> usize {
        shared_decimals(self.bars.iter().filter_map(|bar| bar.value), self.unit)
    }

    fn short(&self, value: Option<f64>, decimals: usize) -> String {
        match value {
            Some(value) => number_among(value, self.unit, decimals, self.locale).joined(),
            None => words::NO_VALUE.in_locale(self.locale).to_owned(),
        }
    }

    pub(super) fn readout(&self, hit: usize) -> Readout {
        let Some(bar) = self.bars.get(hit) else {
            return Readout::default();
        };
        let value = bar.value.map_or_else(
            || words::NO_VALUE.in_locale(self.locale).to_owned(),
            |value| exact_number(value, self.unit, self.locale).joined(),
        );
        let rows = vec![ReadoutRow { colour: Some(bar.colour), name: self.measure.clone(), value }];
        Readout { heading: bar.name.clone(), rows, note: None }
    }

    pub(super) fn summary(&self) -> String {
        let first = self.bars.first().map(|bar| (bar.name.as_str(), self.short(bar.value, self.decimals())));
        words::bar_summary(&self.measure, self.bars.len(), first, self.locale)
    }
}

/// The least and the largest number that bars are measured by. What is grouped under "other" is often many times
/// larger than any bar of the ranking and would dwarf them all, so it does not count where there is anything else.
fn scale(bars: &[Bar]) -> (f64, f64) {
    let values = |is_counted: fn(&Bar) -> bool| {
        let counted = bars.iter().filter(move |bar| is_counted(bar));
        counted.filter_map(|bar| bar.value).filter(|value| value.is_finite())
    };
    let low = values(|_| true).fold(0.0, f64::min);
    let ranked = values(|bar| bar.colour != SeriesColour::REST).fold(0.0, f64::max);
    (low, if ranked > 0.0 { ranked } else { values(|_| true).fold(0.0, f64::max) })
}

/// A gap across a bar that is longer than drawn.
fn broken(bar: Area) -> Mark {
    let x = bar.x + bar.w * 0.9;
    let points = [(3.0, bar.y - 1.0), (7.0, bar.y - 1.0), (1.0, bar.bottom() + 1.0), (-3.0, bar.bottom() + 1.0)];
    Mark::Polygon { points: points.map(|(dx, y)| Point { x: x + dx, y }).to_vec(), ink: Ink::Surface }
}

fn label(x: f64, y: f64, text: String, ink: Ink, align: Align) -> Mark {
    Mark::Label { at: Point { x, y: y.max(LABEL_PX / 2.0) }, text, ink, align, weight: Weight::Regular, px: FONT_PX }
}

#[cfg(test)]
mod tests {
    use super::super::{scene::tests::assert_labels_stand_apart, svg};
    use super::*;
    use proptest::prelude::*;

    fn spec(bars: &[(&str, Option<f64>)]) -> BarSpec {
        let bar = |(name, value): &(&str, Option<f64>)| Bar {
            name: (*name).to_owned(),
            value: *value,
            colour: SeriesColour::FIRST,
        };
        BarSpec {
            measure: "收视户数".to_owned(),
            unit: Unit::Households,
            locale: Locale::ZhCn,
            bars: bars.iter().map(bar).collect(),
        }
    }

    #[test]
    fn a_ranking_with_a_long_name_and_an_undefined_number() {
        let spec =
            spec(&[("中央广播电视总台体育赛事频道", Some(41_230.0)), ("浙江卫视", Some(8_000.0)), ("金鹰卡通", None)]);
        let drawn = svg(&spec.scene(Size { w: 320.0, h: 120.0 }));
        insta::assert_snapshot!(drawn.replace("><", ">\n<"));
        assert_eq!(spec.readout(0).spoken(), "中央广播电视总台体育赛事频道, 收视户数 41,230户");
        assert_eq!(spec.summary(), "条形图：收视户数，3 项，最高 中央广播电视总台体育赛事频道 4.12万户");
    }

    #[test]
    fn the_rest_does_not_dwarf_the_ranking() {
        let mut spec = spec(&[("广东", Some(1_500.0)), ("山东", Some(750.0)), ("其他", Some(9_000.0))]);
        spec.bars[2].colour = SeriesColour::REST;
        let scene = spec.scene(Size { w: 400.0, h: 120.0 });
        let widths: Vec<f64> = scene
            .marks
            .iter()
            .filter_map(|mark| match mark {
                Mark::Rect { area, .. } => Some(area.w),
                _ => None,
            })
            .collect();
        assert!((widths[0] - widths[2]).abs() < 1e-6 && (widths[0] / widths[1] - 2.0).abs() < 1e-6, "{widths:?}");
        let breaks = |mark: &&Mark| matches!(mark, Mark::Polygon { ink: Ink::Surface, .. });
        assert_eq!(scene.marks.iter().filter(breaks).count(), 1, "and is seen to be longer than drawn");
    }

    #[test]
    fn what_has_no_room_is_counted() {
        let bars: Vec<(&str, Option<f64>)> = (0..12).map(|index| ("台", Some(f64::from(20 - index)))).collect();
        let scene = spec(&bars).scene(Size { w: 300.0, h: 100.0 });
        assert_eq!(scene.hit_count(), 4);
        let says_more = |mark: &Mark| matches!(mark, Mark::Label { text, .. } if text == "另有 8 项");
        assert!(scene.marks.iter().any(says_more));
    }

    proptest! {
        #[test]
        fn labels_never_overlap(
            values in prop::collection::vec(prop::option::weighted(0.9, -1e5_f64..1e9), 0..40),
            w in 140.0_f64..900.0,
            h in 30.0_f64..600.0,
        ) {
            let names = ["CCTV-1 综合", "浙江卫视", "中央广播电视总台体育赛事频道", "X"];
            let bars: Vec<_> = values.iter().enumerate().map(|(index, value)| (names[index % 4], *value)).collect();
            let scene = spec(&bars).scene(Size { w, h });
            assert_labels_stand_apart(&scene);
            for mark in &scene.marks {
                if let Mark::Rect { area, .. } = mark {
                    prop_assert!(area.x >= 0.0 && area.right() <= w && area.w > 0.0, "{area:?}");
                }
            }
        }
    }
}
