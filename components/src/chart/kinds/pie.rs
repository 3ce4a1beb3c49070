//! Pies and donuts: parts of a whole as sectors, the largest first from the top.

use super::{
    round::{NamesAt, SectorName, draw_in_hole, draw_list, draw_parting, draw_side_names, draw_within, round},
    slices::{Slices, slices},
};
use crate::{
    chart::{
        Chart, Ink, LegendEntry, Mark, Readout, Scene, Size, Source, Unfit,
        numbers::{Numbers, share_percent},
        polar::{around, sector},
        scene::{Hits, Shape},
    },
    words,
};
use model::board::ComponentKind;

/// A pie, or a donut.
#[derive(Debug, Clone, PartialEq)]
pub struct PieSpec {
    slices: Slices,
    numbers: Numbers,
    /// Whether the whole stands in a hole in the middle.
    has_hole: bool,
}

/// Beyond so many parts, or below that share, they are put together.
const MOST_SLICES: usize = 12;
const LEAST_SHARE: f64 = 0.015;
/// The hole's share of the radius.
const HOLE: f64 = 0.62;
/// Where a share stands in a sector without a hole, in radii.
const SHARE_AT: f64 = 0.66;

impl PieSpec {
    /// Reads the first measure by the first group.
    ///
    /// # Errors
    /// [`Unfit::Shape`] without these columns; otherwise what keeps numbers from being parts of a whole.
    pub fn read(source: &Source) -> Result<Self, Unfit> {
        let slices = slices(source, MOST_SLICES, LEAST_SHARE)?;
        let values = slices.shown.iter().map(|slice| slice.value).chain([slices.total]);
        let numbers = Numbers::of(values, slices.measure.unit, source.look, source.reading.locale);
        Ok(Self { slices, numbers, has_hole: source.look.hole })
    }

    /// From where to where each sector goes.
    fn turns(&self) -> Vec<(f64, f64)> {
        let mut before = 0.0;
        let turn = |slice: &super::slices::Slice| {
            let from = before;
            before += slice.value / self.slices.total;
            (from, before.min(1.0))
        };
        self.slices.shown.iter().map(turn).collect()
    }

    fn share(&self, value: f64) -> String {
        share_percent(value / self.slices.total)
    }

    /// The names with their shares; those within a sector of its own need none beside it.
    fn names(&self, radius: f64, has_share_within: &[bool]) -> Vec<SectorName> {
        let slices = self.slices.shown.iter().zip(self.turns()).enumerate();
        let name = |(index, (slice, (from, to))): (usize, (&super::slices::Slice, (f64, f64)))| SectorName {
            turn: f64::midpoint(from, to),
            radius,
            name: slice.name.clone(),
            value: if has_share_within.get(index) == Some(&true) { String::new() } else { self.share(slice.value) },
            colour: slice.colour,
        };
        slices.map(name).collect()
    }
}

impl Chart for PieSpec {
    fn scene(&self, size: Size) -> Scene {
        let all = self.names(0.0, &[]);
        let widest = all.iter().map(SectorName::width_px).fold(0.0, f64::max);
        let at = round(size, all.len(), widest);
        let inner = if self.has_hole { at.radius * HOLE } else { 0.0 };
        let anchor = if self.has_hole { f64::midpoint(inner, at.radius) } else { at.radius * SHARE_AT };
        let turns = self.turns();
        let shape = |(from, to): &(f64, f64)| Shape {
            outline: sector(at.centre, (inner, at.radius), (*from, *to)),
            anchor: around(at.centre, f64::midpoint(*from, *to), anchor),
        };
        let shapes: Vec<Shape> = turns.iter().map(shape).collect();
        let mut marks = Vec::new();
        for (shape, slice) in shapes.iter().zip(&self.slices.shown) {
            marks.push(Mark::Polygon { points: shape.outline.clone(), ink: Ink::Series(slice.colour) });
        }
        if turns.len() > 1 {
            for (from, _) in &turns {
                draw_parting(&mut marks, at.centre, (inner, at.radius + 0.5), *from);
            }
        }
        let lists = matches!(at.names, NamesAt::List(_));
        let within: Vec<bool> = shapes
            .iter()
            .zip(&self.slices.shown)
            .map(|(shape, slice)| {
                // A list has the shares in a column; twice would be too much.
                !lists && draw_within(&mut marks, shape, &self.share(slice.value), Ink::OnSeries(slice.colour))
            })
            .collect();
        if self.has_hole && !turns.is_empty() {
            let total = words::TOTAL.in_locale(self.numbers.locale);
            draw_in_hole(&mut marks, at.centre, inner, &self.numbers.short(self.slices.total), total);
        }
        match at.names {
            NamesAt::Sides => draw_side_names(&mut marks, at, size, &self.names(at.radius, &within)),
            NamesAt::List(area) => draw_list(&mut marks, area, &all, self.numbers.locale),
            NamesAt::Nowhere => {}
        }
        Scene { size, marks, hits: Hits::Shapes(shapes) }
    }

    fn readout(&self, hit: usize) -> Readout {
        self.slices.readout(hit, self.numbers)
    }

    fn summary(&self) -> String {
        let largest = self.slices.largest().map(|slice| (slice.name.as_str(), self.share(slice.value)));
        let largest = largest.as_ref().map(|(name, share)| (*name, share.as_str()));
        let (measure, parts) = (&self.slices.measure.name, self.slices.parts);
        words::parts_summary(ComponentKind::Pie, measure, parts, largest, self.numbers.locale)
    }

    fn legend(&self) -> Vec<LegendEntry> {
        self.slices.legend.clone()
    }

    fn row(&self, hit: usize) -> Option<usize> {
        self.slices.shown.get(hit).and_then(|slice| slice.row)
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{
        assert_bears_hard_frames, assert_sound, by_genre, drawn, hard_by_one, source, source_with,
    };
    use super::*;
    use crate::tile::OTHER;
    use model::board::Look;
    use proptest::prelude::*;
    use std::collections::BTreeSet;

    fn genres() -> model::frame::Frame {
        by_genre(&[
            ("综艺", Some(2_100.0)),
            ("剧集", Some(4_200.0)),
            ("新闻", Some(1_500.0)),
            ("纪录片", Some(12.0)),
            ("戏曲", Some(9.0)),
            ("少儿", Some(1_200.0)),
            (OTHER, Some(300.0)),
        ])
    }

    #[test]
    fn a_donut_with_the_smallest_put_together() {
        let (frame, look) = (genres(), Look { hole: true, ..Look::default() });
        let pie = PieSpec::read(&source_with(&frame, &look)).unwrap();
        insta::assert_snapshot!(drawn(&pie, 360.0, 240.0));
        let names: Vec<&str> = pie.slices.shown.iter().map(|slice| slice.name.as_str()).collect();
        assert_eq!(names, ["剧集", "综艺", "新闻", "少儿", "其他"]);
        assert_eq!(pie.readout(0).spoken(), "剧集, content.plays 4,200, 占比 45.1%");
        assert_eq!(pie.readout(4).rows.len(), 5, "what is in it is named");
        assert_eq!(pie.summary(), "饼图：content.plays，7 项，最大 剧集 45.1%");
        assert_eq!((pie.row(0), pie.row(4)), (Some(1), None));
    }

    #[test]
    fn what_is_taken_out_keeps_its_entry_and_leaves_the_whole() {
        let frame = genres();
        let hidden: BTreeSet<String> = ["剧集".to_owned()].into();
        let pie = PieSpec::read(&Source { hidden: &hidden, ..source(&frame) }).unwrap();
        let entries: Vec<(String, bool)> =
            pie.legend().into_iter().map(|entry| (entry.name, entry.is_hidden)).collect();
        assert!(entries.contains(&("剧集".to_owned(), true)), "{entries:?}");
        assert!((pie.slices.total - 5_121.0).abs() < 1e-9);
        let all = PieSpec::read(&source(&frame)).unwrap();
        assert_eq!(all.slices.shown[1].colour, pie.slices.shown[0].colour, "the others keep their colours");
    }

    #[test]
    fn it_bears_hard_frames() {
        assert_bears_hard_frames(hard_by_one(), PieSpec::read);
        let look = Look { hole: true, ..Look::default() };
        assert_bears_hard_frames(hard_by_one(), |source| PieSpec::read(&Source { look: &look, ..*source }));
    }

    proptest! {
        #[test]
        fn sectors_make_up_the_whole_and_names_stand_apart(
            values in prop::collection::vec(0.001_f64..1e6, 1..40),
            hole in any::<bool>(),
            w in 20.0_f64..700.0,
            h in 12.0_f64..500.0,
        ) {
            let names: Vec<String> = (0..values.len()).map(|index| format!("频道 {index} {}", "长".repeat(index % 9))).collect();
            let rows: Vec<_> = names.iter().zip(&values).map(|(name, value)| (name.as_str(), Some(*value))).collect();
            let (frame, look) = (by_genre(&rows), Look { hole, ..Look::default() });
            let pie = PieSpec::read(&source_with(&frame, &look)).unwrap();
            assert_sound(&pie, Size { w, h });
            let turns = pie.turns();
            prop_assert!(turns.windows(2).all(|pair| (pair[0].1 - pair[1].0).abs() < 1e-12));
            prop_assert!(turns.last().is_some_and(|(_, to)| (to - 1.0).abs() < 1e-9));
            prop_assert!(turns.len() <= MOST_SLICES + 1);
        }
    }
}
