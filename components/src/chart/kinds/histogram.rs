//! A histogram from quantiles: between two neighbouring ones stands a bar whose area is the share of all that lies
//! between them, so that its height is their density. Scott, *Multivariate Density Estimation* (1992), chapter 3, has such
//! histograms with cells of known probability instead of equal width. What lies beyond the outermost is not drawn.

use super::{
    super::{
        Align, Area, Chart, Ink, Mark, Point, Readout, ReadoutRow, Scene, SeriesColour, Size, Source, Unfit,
        columns::groups,
        label_room::LabelRoom,
        line::least_step,
        numbers::{Numbers, share_percent},
        plot_room::{FOOT_PX, PlotRoom, level_line},
        scene::{FONT_PX, Hits, LABEL_PX},
        text_width_px,
        ticks::ValueAxis,
        value_ticks::{ValueTicks, crisp, label},
    },
    quantiles::{Quantile, QuantileColumns, at},
};
use crate::words;

/// A histogram. Built from the first row, with quantiles as columns.
#[derive(Debug, Clone, PartialEq)]
pub struct HistogramSpec {
    measure: String,
    numbers: Numbers,
    /// Rising, two at least unless there is nothing.
    quantiles: Vec<Quantile>,
    /// The value whose histogram it is, where the frame has several.
    of: Option<String>,
}

/// A bar: what lies between two quantiles, as a share of all.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Bar {
    from: f64,
    to: f64,
    share: f64,
}

/// Quantiles that are marked, the most telling first.
const MARKED: [u8; 3] = [50, 95, 90];
/// The narrowest bar: what lies closer together is drawn as one.
const LEAST_BAR_PX: f64 = 3.0;
const SIDE_PX: f64 = 12.0;

impl HistogramSpec {
    /// Reads the quantiles of the first row. Unfit with fewer than two such columns, and where fewer than two are known.
    pub fn read(source: &Source) -> Result<Self, Unfit> {
        let columns = QuantileColumns::of(source).ok_or(Unfit::Shape)?;
        let quantiles = columns.read(source, 0);
        if quantiles.len() < 2 && !source.frame.rows.is_empty() {
            return Err(Unfit::AllUndefined);
        }
        let numbers = columns.numbers(quantiles.iter().map(|quantile| quantile.value), source);
        let group = groups(source).into_iter().next();
        let of = group.map(|group| group.full_name(source, group.key(source, 0)));
        Ok(Self { measure: columns.measure, numbers, quantiles, of })
    }

    /// What lies between neighbouring quantiles.
    fn between(&self) -> impl Iterator<Item = Bar> {
        let pairs = self.quantiles.iter().zip(self.quantiles.iter().skip(1));
        pairs.map(|(one, other)| {
            let share = f64::from(other.percent.saturating_sub(one.percent)) / 100.0;
            Bar { from: one.value, to: other.value, share }
        })
    }

    /// The bars, none narrower than the given width unless all lies on one number.
    fn bars(&self, least: f64) -> Vec<Bar> {
        let mut bars: Vec<Bar> = Vec::new();
        for next in self.between() {
            match bars.last_mut() {
                Some(last) if last.to - last.from < least => {
                    last.to = next.to;
                    last.share += next.share;
                }
                Some(_) | None => bars.push(next),
            }
        }
        // The last may still be too narrow: then it joins the one before.
        if let [.., before, last] = bars.as_mut_slice()
            && last.to - last.from < least
        {
            before.to = last.to;
            before.share += last.share;
            bars.pop();
        }
        bars
    }

    fn axis(&self) -> ValueAxis {
        let values = self.quantiles.iter().map(|quantile| quantile.value);
        // What was counted in wholes has whole quantiles, whatever the unit of its mean.
        let least = if values.clone().all(|value| value.fract() == 0.0) { 1.0 } else { least_step(self.numbers.unit) };
        ValueAxis::fitting(values, least)
    }

    /// Upright lines at some quantiles, with their numbers above, as many as stand apart.
    fn draw_marked(&self, marks: &mut Vec<Mark>, labels: &mut LabelRoom, plot: Area, axis: &ValueAxis) {
        for (index, percent) in MARKED.into_iter().enumerate() {
            let Some(value) = at(&self.quantiles, percent) else { continue };
            let x = plot.x + axis.share(value) * plot.w;
            let text = format!("P{percent} {}", self.numbers.short(value));
            let half = text_width_px(&text, FONT_PX) / 2.0;
            let middle = x.min(labels.width() - half).max(half);
            let is_written = (0..2).any(|line| {
                let y = plot.y - LABEL_PX * (f64::from(line) + 0.5) - 2.0;
                labels.write(marks, label(middle, y, text.clone(), Ink::Text, Align::Middle))
            });
            if is_written || index == 0 {
                let points = vec![Point { x: crisp(x), y: plot.y - 2.0 }, Point { x: crisp(x), y: plot.bottom() }];
                marks.push(Mark::Line { points, ink: Ink::Target, width: if index == 0 { 1.5 } else { 1.0 } });
            }
        }
    }
}

impl Chart for HistogramSpec {
    fn scene(&self, size: Size) -> Scene {
        if self.quantiles.is_empty() {
            return Scene::empty(size);
        }
        let axis = self.axis();
        let ticks = ValueTicks::new(&axis, self.numbers.unit, self.numbers.locale);
        let top = 2.0 * LABEL_PX + 6.0;
        let room = PlotRoom::of(size, (SIDE_PX, SIDE_PX), (top, FOOT_PX));
        let plot = room.plot;
        let x = |value: f64| plot.x + axis.share(value) * plot.w;

        let mut marks = Vec::new();
        if room.has_foot {
            ticks.draw_level(&mut marks, plot, (0.0, size.w));
        }
        // All on one number is one bar as wide as can be seen.
        let least = (axis.to - axis.from) / plot.w * LEAST_BAR_PX;
        let bars = self.bars(least);
        let density = |bar: &Bar| bar.share / (bar.to - bar.from).max(least);
        let most = bars.iter().map(density).fold(0.0, f64::max);
        for bar in &bars {
            let h = if most > 0.0 { density(bar) / most * plot.h } else { 0.0 };
            let w = (x(bar.to) - x(bar.from)).max(LEAST_BAR_PX);
            let left = x(bar.from).min(plot.right() - w);
            let gap = if w > 6.0 { 1.0 } else { 0.0 };
            let area = Area { x: left, y: plot.bottom() - h, w: w - gap, h };
            marks.push(Mark::Rect { area, ink: Ink::Series(SeriesColour::FIRST) });
        }
        let area = |bar: Bar| Area { x: x(bar.from), y: plot.y, w: x(bar.to) - x(bar.from), h: plot.h };
        level_line(&mut marks, plot, plot.bottom() - 0.5, Ink::Axis);
        let mut labels = LabelRoom::among(&marks, size);
        self.draw_marked(&mut marks, &mut labels, plot, &axis);
        Scene { size, marks, hits: Hits::Marks(self.between().map(area).collect()) }
    }

    /// Each hit is what lies between two neighbouring quantiles, whichever bars are drawn together.
    fn readout(&self, hit: usize) -> Readout {
        let Some(bar) = self.between().nth(hit) else {
            return Readout::default();
        };
        let heading = format!("{} – {}", self.numbers.short(bar.from), self.numbers.short(bar.to));
        let name = words::SHARE.in_locale(self.numbers.locale).to_owned();
        let rows = vec![ReadoutRow { colour: Some(SeriesColour::FIRST), name, value: share_percent(bar.share) }];
        Readout { heading, rows, note: None }
    }

    fn summary(&self) -> String {
        let told = [50, 95]
            .into_iter()
            .filter_map(|percent| Some(format!("P{percent} {}", self.numbers.short(at(&self.quantiles, percent)?))));
        let told: Vec<String> = told.collect();
        let told = told.join(words::LIST_SEPARATOR.in_locale(self.numbers.locale));
        words::histogram_summary(&self.measure, self.of.as_deref(), &told, self.numbers.locale)
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

    const PERCENTS: [u8; 13] = [1, 5, 10, 20, 30, 40, 50, 60, 70, 80, 90, 95, 99];

    fn spread(values: &[Option<f64>]) -> Frame {
        let column = |percent: &u8| metric(&format!("play.startup_ms:p{percent}"), Unit::Milliseconds);
        let cells = values.iter().map(|value| value.map_or(Cell::Null, Cell::Number)).collect();
        frame(PERCENTS.iter().map(column).collect(), vec![cells])
    }

    fn rising() -> Vec<Option<f64>> {
        [110.0, 180.0, 230.0, 310.0, 380.0, 450.0, 530.0, 620.0, 740.0, 930.0, 1_350.0, 1_900.0, 3_400.0]
            .map(Some)
            .to_vec()
    }

    #[test]
    fn a_skewed_spread_with_its_quantiles() {
        let spec = HistogramSpec::read(&source(&spread(&rising()))).unwrap();
        insta::assert_snapshot!(drawn(&spec, 400.0, 200.0));
        assert_eq!(spec.readout(0).spoken(), "110毫秒 – 180毫秒, 占比 4%");
        assert_eq!(spec.summary(), "直方图：play.startup_ms，P50 530毫秒、P95 1,900毫秒");
    }

    #[test]
    fn of_several_values_the_first_is_drawn_and_said() {
        let mut frame = spread(&rising());
        frame.columns.insert(0, dimension("channel"));
        frame.rows[0].insert(0, text("CCTV-1"));
        let spec = HistogramSpec::read(&source(&frame)).unwrap();
        assert_eq!(spec.summary(), "直方图：play.startup_ms，仅 CCTV-1，P50 530毫秒、P95 1,900毫秒");
    }

    #[test]
    fn hard_spreads_are_borne() {
        let spreads = [
            ("all on one number", vec![Some(5.0); 13]),
            ("all undefined", vec![None; 13]),
            ("not finite", vec![Some(f64::NAN), Some(1.0), Some(f64::INFINITY), Some(2.0)]),
            ("huge and tiny", vec![Some(1e-9), Some(1.0), Some(1e15)]),
            ("below zero", vec![Some(-5.0), Some(-1.0), Some(4.0)]),
            ("falling", vec![Some(3.0), Some(2.0), Some(1.0)]),
        ];
        assert_bears_hard_frames(spreads.map(|(what, values)| (what, spread(&values))).to_vec(), HistogramSpec::read);
        for (what, frame) in hard_by_one() {
            assert_eq!(HistogramSpec::read(&source(&frame)), Err(Unfit::Shape), "{what}");
        }
    }

    proptest! {
        #[test]
        fn areas_are_shares(
            values in prop::collection::vec(-1e4_f64..1e6, 13),
            least in 0.0_f64..1e5,
            (w, h) in (20.0_f64..900.0, 12.0_f64..500.0),
        ) {
            let mut values = values;
            values.sort_by(f64::total_cmp);
            let values: Vec<Option<f64>> = values.into_iter().map(Some).collect();
            let spec = HistogramSpec::read(&source(&spread(&values))).unwrap();
            assert_sound(&spec, Size { w, h });
            let bars = spec.bars(least);
            let all: f64 = bars.iter().map(|bar| bar.share).sum();
            prop_assert!((all - 0.98).abs() < 1e-9, "{all} lies between the 1st and the 99th percentile");
            prop_assert!(bars.windows(2).all(|pair| pair[0].to.total_cmp(&pair[1].from).is_eq()));
            prop_assert!(bars.len() == 1 || bars.iter().all(|bar| bar.to - bar.from >= least));
        }
    }
}
