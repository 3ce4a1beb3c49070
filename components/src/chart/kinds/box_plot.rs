//! Box plots: how a measure is spread, by the values of a dimension. The box holds the middle half, the line in it is the
//! median, and the whiskers reach from the 5th to the 95th percentile. After Tukey, *Exploratory Data Analysis* (1977), whose
//! whiskers end at the outermost points near the box; of quantiles no single points are known.

use super::{
    super::{
        Align, Area, Chart, Ink, Mark, Point, Readout, ReadoutRow, Scene, SeriesColour, Size, Source, Unfit, Weight,
        columns::groups,
        label_room::LabelRoom,
        line::least_step,
        numbers::Numbers,
        plot_room::{FOOT_PX, PlotRoom},
        scene::{FONT_PX, Hits, LABEL_PX},
        shortened, text_width_px,
        ticks::ValueAxis,
        value_ticks::{BESIDE_PX, ValueTicks, crisp, label},
    },
    quantiles::{QuantileColumns, at},
};
use crate::words;

/// The quantiles of one value.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Spread {
    low: f64,
    lower: f64,
    median: f64,
    upper: f64,
    high: f64,
}

/// One row.
#[derive(Debug, Clone, PartialEq)]
struct BoxRow {
    name: String,
    /// `None` where some quantile is undefined.
    spread: Option<Spread>,
}

/// Box plots, one below the other in the order of the rows. Built from the quantiles 5, 25, 50, 75 and 95.
#[derive(Debug, Clone, PartialEq)]
pub struct BoxPlotSpec {
    measure: String,
    numbers: Numbers,
    rows: Vec<BoxRow>,
    /// Whether rows are told apart by a dimension.
    is_grouped: bool,
}

const LEAST_ROW_PX: f64 = 20.0;
const MOST_ROW_PX: f64 = 96.0;
const MOST_BOX_PX: f64 = 34.0;
const NAME_SHARE: f64 = 0.34;
const MOST_ROWS: usize = 150;

impl BoxPlotSpec {
    /// Reads the quantiles of all rows. Unfit without such columns, and where none is known.
    pub fn read(source: &Source) -> Result<Self, Unfit> {
        let columns = QuantileColumns::of(source).ok_or(Unfit::Shape)?;
        let group = groups(source).into_iter().next();
        let row = |row: usize| {
            let quantiles = columns.read(source, row);
            let of = |percent| at(&quantiles, percent);
            let spread =
                || Some(Spread { low: of(5)?, lower: of(25)?, median: of(50)?, upper: of(75)?, high: of(95)? });
            let name = group.map(|group| group.full_name(source, group.key(source, row)));
            BoxRow { name: name.unwrap_or_default(), spread: spread() }
        };
        let rows: Vec<BoxRow> = (0..source.frame.rows.len()).map(row).collect();
        let known = || rows.iter().filter_map(|row| row.spread);
        if !rows.is_empty() && known().next().is_none() {
            return Err(Unfit::AllUndefined);
        }
        let numbers = columns.numbers(known().map(|spread| spread.median), source);
        Ok(Self { measure: columns.measure, numbers, rows, is_grouped: group.is_some() })
    }

    /// The rows that there is room for.
    fn shown(&self, height_px: f64) -> &[BoxRow] {
        let most = ((height_px / LEAST_ROW_PX).floor() as usize).clamp(1, MOST_ROWS);
        self.rows.get(..most).unwrap_or(&self.rows)
    }
}

/// A box with its whiskers, in a row.
fn draw_box(marks: &mut Vec<Mark>, spread: Spread, x: impl Fn(f64) -> f64, middle: f64, h: f64) {
    let colour = SeriesColour::FIRST;
    let ink = Ink::Series(colour);
    let line = |marks: &mut Vec<Mark>, from: (f64, f64), to: (f64, f64), ink: Ink, width: f64| {
        let points = [from, to].map(|(x, y)| Point { x, y }).to_vec();
        marks.push(Mark::Line { points, ink, width });
    };
    let (low, lower, median, upper, high) =
        (x(spread.low), x(spread.lower), x(spread.median), x(spread.upper), x(spread.high));
    for (from, to) in [(low, lower), (upper, high)] {
        line(marks, (from, crisp(middle)), (to, crisp(middle)), ink, 1.0);
    }
    for end in [low, high] {
        line(marks, (end, middle - h / 4.0), (end, middle + h / 4.0), ink, 1.0);
    }
    let area = Area { x: lower, y: middle - h / 2.0, w: (upper - lower).max(2.0), h };
    // Light, so that the median is what is seen first.
    marks.push(Mark::Rect { area, ink: Ink::Surface });
    for _ in 0..3 {
        marks.push(Mark::Rect { area, ink: Ink::Under(colour) });
    }
    let corners = [
        (area.x, area.y),
        (area.right(), area.y),
        (area.right(), area.bottom()),
        (area.x, area.bottom()),
        (area.x, area.y),
    ];
    marks.push(Mark::Line { points: corners.map(|(x, y)| Point { x, y }).to_vec(), ink, width: 1.0 });
    line(marks, (median, area.y), (median, area.bottom()), ink, 3.0);
}

impl Chart for BoxPlotSpec {
    fn scene(&self, size: Size) -> Scene {
        if self.rows.is_empty() {
            return Scene::empty(size);
        }
        let top = LABEL_PX;
        let rows = self.shown(size.h - top - FOOT_PX);
        let locale = self.numbers.locale;
        let values = rows.iter().filter_map(|row| row.spread).flat_map(|spread| [spread.low, spread.high]);
        let axis = ValueAxis::fitting(values, least_step(self.numbers.unit));
        let ticks = ValueTicks::new(&axis, self.numbers.unit, locale);
        let widest = |texts: &mut dyn Iterator<Item = &str>| {
            texts.map(|text| text_width_px(text, FONT_PX)).fold(0.0, f64::max).ceil()
        };
        let name_w = widest(&mut rows.iter().map(|row| row.name.as_str())).min(size.w * NAME_SHARE);
        let medians = rows.iter().map(|row| {
            let dash = || words::NO_VALUE.in_locale(locale).to_owned();
            row.spread.map_or_else(dash, |spread| self.numbers.figure(spread.median, usize::MAX))
        });
        let medians: Vec<String> = medians.collect();
        let heading = words::MEDIAN.in_locale(locale);
        let number_w = widest(&mut medians.iter().map(String::as_str).chain([heading]));
        let has_medians = number_w <= size.w * 0.28;
        let right = if has_medians { number_w + BESIDE_PX } else { BESIDE_PX };
        let left = if self.is_grouped { name_w + BESIDE_PX } else { BESIDE_PX };
        let room = PlotRoom::of(size, (left, right), (top, FOOT_PX));
        let h = room.plot.h.min(rows.len() as f64 * MOST_ROW_PX);
        // A few boxes stand in the middle of a high tile.
        let plot = Area { y: room.plot.y + ((room.plot.h - h) / 2.0).floor(), h, ..room.plot };
        let row_h = plot.h / rows.len() as f64;
        let x = |value: f64| plot.x + axis.share(value) * plot.w;

        let mut marks = Vec::new();
        if room.has_foot {
            ticks.draw_level(&mut marks, plot, (0.0, plot.right() + BESIDE_PX));
        }
        let has_names = room.has_sides && row_h >= LABEL_PX;
        for (index, (row, median)) in rows.iter().zip(medians).enumerate() {
            let middle = plot.y + (index as f64 + 0.5) * row_h;
            if let Some(spread) = row.spread {
                draw_box(&mut marks, spread, x, middle, (row_h * 0.5).min(MOST_BOX_PX));
            }
            let name = shortened(&row.name, FONT_PX, name_w);
            if has_names && self.is_grouped && !name.is_empty() {
                marks.push(label(name_w, middle, name, Ink::Text, Align::End));
            }
            if has_names && has_medians {
                let at = Point { x: size.w, y: middle };
                marks.push(Mark::Label {
                    at,
                    text: median,
                    ink: Ink::Text,
                    align: Align::End,
                    weight: Weight::Regular,
                    px: FONT_PX,
                });
            }
        }
        let mut labels = LabelRoom::among(&marks, size);
        if has_names && has_medians {
            labels
                .write(&mut marks, label(size.w, plot.y - LABEL_PX / 2.0, heading.to_owned(), Ink::Muted, Align::End));
        }
        let left_out = self.rows.len() - rows.len();
        if left_out > 0 {
            let text = words::more_items(left_out, locale);
            labels.write(&mut marks, label(plot.x, plot.y - LABEL_PX / 2.0, text, Ink::Muted, Align::Start));
        }
        let area = |index: usize| Area { x: 0.0, y: plot.y + index as f64 * row_h, w: size.w, h: row_h };
        Scene { size, marks, hits: Hits::Marks((0..rows.len()).map(area).collect()) }
    }

    fn readout(&self, hit: usize) -> Readout {
        let Some(row) = self.rows.get(hit) else {
            return Readout::default();
        };
        let locale = self.numbers.locale;
        let told = |of: fn(Spread) -> f64| self.numbers.exact_or_dash(row.spread.map(of));
        let line = |name: &str, value: String| ReadoutRow { colour: None, name: name.to_owned(), value };
        let rows = vec![
            line("P95", told(|spread| spread.high)),
            line("P75", told(|spread| spread.upper)),
            line(words::MEDIAN.in_locale(locale), told(|spread| spread.median)),
            line("P25", told(|spread| spread.lower)),
            line("P5", told(|spread| spread.low)),
        ];
        let heading = if self.is_grouped { row.name.clone() } else { self.measure.clone() };
        Readout { heading, rows, note: None }
    }

    fn summary(&self) -> String {
        let medians = self.rows.iter().filter_map(|row| Some((row, row.spread?.median)));
        let most = medians.reduce(|most, next| if next.1 > most.1 { next } else { most });
        let most = most.filter(|_| self.is_grouped);
        let most = most.map(|(row, median)| (row.name.as_str(), self.numbers.short(median)));
        words::box_plot_summary(&self.measure, self.rows.len(), most, self.numbers.locale)
    }

    fn row(&self, hit: usize) -> Option<usize> {
        (self.is_grouped && hit < self.rows.len()).then_some(hit)
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{
        assert_bears_hard_frames, assert_sound, dimension, drawn, frame, hard_by_one, metric, source, text,
    };
    use super::*;
    use model::{
        frame::{Cell, Frame},
        metric::Unit,
    };
    use proptest::prelude::*;

    fn spreads(rows: &[(&str, [Option<f64>; 5])]) -> Frame {
        let column = |percent: u8| metric(&format!("play.startup_ms:p{percent}"), Unit::Milliseconds);
        let columns = std::iter::once(dimension("channel")).chain([5, 25, 50, 75, 95].map(column)).collect();
        let row = |(name, values): &(&str, [Option<f64>; 5])| {
            let cells = values.iter().map(|value| value.map_or(Cell::Null, Cell::Number));
            std::iter::once(text(name)).chain(cells).collect()
        };
        frame(columns, rows.iter().map(row).collect())
    }

    #[test]
    fn boxes_with_a_row_that_is_undefined() {
        let frame = spreads(&[
            ("CCTV-1", [110.0, 300.0, 520.0, 900.0, 1_900.0].map(Some)),
            ("湖南卫视", [90.0, 210.0, 400.0, 640.0, 1_200.0].map(Some)),
            ("测试频道", [None; 5]),
        ]);
        let spec = BoxPlotSpec::read(&source(&frame)).unwrap();
        insta::assert_snapshot!(drawn(&spec, 400.0, 180.0));
        let said = "湖南卫视, P95 1,200毫秒, P75 640毫秒, 中位数 400毫秒, P25 210毫秒, P5 90毫秒";
        assert_eq!(spec.readout(1).spoken(), said);
        assert_eq!(spec.summary(), "箱线图：play.startup_ms，3 项，中位数最高 CCTV-1 520毫秒");
    }

    #[test]
    fn hard_spreads_are_borne() {
        let long = "长".repeat(500);
        let many: Vec<String> = (0..5_000).map(|index| format!("频道{index}")).collect();
        let many: Vec<_> = many.iter().map(|name| (name.as_str(), [1.0, 2.0, 3.0, 4.0, 5.0].map(Some))).collect();
        let frames = vec![
            ("one", spreads(&[("a", [1.0, 2.0, 3.0, 4.0, 5.0].map(Some))])),
            ("all equal", spreads(&[("a", [Some(5.0); 5]), ("b", [Some(5.0); 5])])),
            ("all undefined", spreads(&[("a", [None; 5])])),
            ("below zero", spreads(&[("a", [-9.0, -5.0, 0.0, 1.0, 2.0].map(Some))])),
            ("falling", spreads(&[("a", [5.0, 4.0, 3.0, 2.0, 1.0].map(Some))])),
            ("huge and tiny", spreads(&[("a", [1e-9, 1.0, 2.0, 3.0, 1e15].map(Some))])),
            ("a long name", spreads(&[(long.as_str(), [1.0, 2.0, 3.0, 4.0, 5.0].map(Some))])),
            ("5,000 values", spreads(&many)),
        ];
        assert_bears_hard_frames(frames, BoxPlotSpec::read);
        for (what, frame) in hard_by_one() {
            assert_eq!(BoxPlotSpec::read(&source(&frame)), Err(Unfit::Shape), "{what}");
        }
    }

    proptest! {
        #[test]
        fn quantiles_stand_in_their_order(
            values in prop::collection::vec(prop::collection::vec(-1e3_f64..1e6, 5), 1..30),
            (w, h) in (20.0_f64..900.0, 12.0_f64..500.0),
        ) {
            let names: Vec<String> = (0..values.len()).map(|index| format!("第{index}个频道")).collect();
            let rows: Vec<(&str, [Option<f64>; 5])> = names.iter().zip(&values).map(|(name, values)| {
                (name.as_str(), [0, 1, 2, 3, 4].map(|index| Some(values[index])))
            }).collect();
            let spec = BoxPlotSpec::read(&source(&spreads(&rows))).unwrap();
            assert_sound(&spec, Size { w, h });
            for spread in spec.rows.iter().filter_map(|row| row.spread) {
                prop_assert!(spread.low <= spread.lower && spread.lower <= spread.median);
                prop_assert!(spread.median <= spread.upper && spread.upper <= spread.high);
            }
        }
    }
}
