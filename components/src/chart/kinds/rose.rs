//! Roses: sectors of equal angles whose areas are as their numbers, after the coxcombs of Florence Nightingale
//! (Notes on Matters Affecting the Health of the British Army, 1858).

use super::{
    round::{NamesAt, SectorName, draw_list, draw_parting, draw_side_names, round},
    slices::{Slice, Slices, slices},
};
use crate::{
    chart::{
        Chart, Ink, LegendEntry, Mark, Readout, Scene, Size, Source, Unfit,
        numbers::Numbers,
        polar::{around, sector},
        scene::{Hits, Shape},
    },
    words,
};
use model::board::ComponentKind;

/// A rose.
#[derive(Debug, Clone, PartialEq)]
pub struct RoseSpec {
    slices: Slices,
    numbers: Numbers,
}

/// With more than these a petal is a needle; the rest is put together.
const MOST_PETALS: usize = 24;

impl RoseSpec {
    /// Reads the first measure by the first group.
    ///
    /// # Errors
    /// [`Unfit::Shape`] without these columns; otherwise what keeps numbers from being parts of a whole.
    pub fn read(source: &Source) -> Result<Self, Unfit> {
        let slices = slices(source, MOST_PETALS, 0.0)?;
        let values = slices.shown.iter().map(|slice| slice.value);
        let numbers = Numbers::of(values, slices.measure.unit, source.look, source.reading.locale);
        Ok(Self { slices, numbers })
    }

    fn petals(&self) -> &[Slice] {
        &self.slices.shown
    }

    /// The radius of a petal: its square is as its number, since all have the same angle.
    fn radius(&self, value: f64, full: f64) -> f64 {
        let most = self.petals().iter().map(|petal| petal.value).fold(f64::MIN_POSITIVE, f64::max);
        full * (value / most).sqrt()
    }

    fn turns(&self, place: usize) -> (f64, f64) {
        let count = self.petals().len().max(1) as f64;
        (place as f64 / count, (place as f64 + 1.0) / count)
    }

    fn names(&self, full: f64) -> Vec<SectorName> {
        let name = |(place, petal): (usize, &Slice)| {
            let (from, to) = self.turns(place);
            SectorName {
                turn: f64::midpoint(from, to),
                radius: self.radius(petal.value, full),
                name: petal.name.clone(),
                value: self.numbers.short(petal.value),
                colour: petal.colour,
            }
        };
        self.petals().iter().enumerate().map(name).collect()
    }
}

impl Chart for RoseSpec {
    fn scene(&self, size: Size) -> Scene {
        let widest = self.names(0.0).iter().map(SectorName::width_px).fold(0.0, f64::max);
        let at = round(size, self.petals().len(), widest);
        let mut marks = Vec::new();
        let mut shapes = Vec::new();
        for (place, petal) in self.petals().iter().enumerate() {
            let (from, to) = self.turns(place);
            let radius = self.radius(petal.value, at.radius);
            let outline = sector(at.centre, (0.0, radius), (from, to));
            marks.push(Mark::Polygon { points: outline.clone(), ink: Ink::Series(petal.colour) });
            shapes.push(Shape { outline, anchor: around(at.centre, f64::midpoint(from, to), radius * 0.75) });
        }
        if self.petals().len() > 1 {
            for place in 0..self.petals().len() {
                draw_parting(&mut marks, at.centre, (0.0, at.radius), self.turns(place).0);
            }
        }
        match at.names {
            NamesAt::Sides => draw_side_names(&mut marks, at, size, &self.names(at.radius)),
            NamesAt::List(area) => draw_list(&mut marks, area, &self.names(at.radius), self.numbers.locale),
            NamesAt::Nowhere => {}
        }
        Scene { size, marks, hits: Hits::Shapes(shapes) }
    }

    fn readout(&self, hit: usize) -> Readout {
        self.slices.readout(hit, self.numbers)
    }

    fn summary(&self) -> String {
        let largest = self.slices.largest().map(|petal| (petal.name.as_str(), self.numbers.short(petal.value)));
        let largest = largest.as_ref().map(|(name, value)| (*name, value.as_str()));
        let (measure, parts) = (&self.slices.measure.name, self.slices.parts);
        words::parts_summary(ComponentKind::Rose, measure, parts, largest, self.numbers.locale)
    }

    fn legend(&self) -> Vec<LegendEntry> {
        self.slices.legend.clone()
    }

    fn row(&self, hit: usize) -> Option<usize> {
        self.petals().get(hit).and_then(|petal| petal.row)
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{assert_bears_hard_frames, assert_sound, by_genre, drawn, hard_by_one, source};
    use super::*;
    use proptest::prelude::*;

    /// Of a polygon, by the shoelace formula.
    fn area(points: &[crate::chart::Point]) -> f64 {
        let next = points.iter().cycle().skip(1);
        points.iter().zip(next).map(|(one, other)| one.x * other.y - other.x * one.y).sum::<f64>().abs() / 2.0
    }

    #[test]
    fn petals_with_their_names() {
        let frame = by_genre(&[
            ("剧集", Some(4_200.0)),
            ("综艺", Some(2_100.0)),
            ("新闻", Some(1_500.0)),
            ("少儿", Some(300.0)),
        ]);
        let rose = RoseSpec::read(&source(&frame)).unwrap();
        insta::assert_snapshot!(drawn(&rose, 360.0, 240.0));
        assert_eq!(rose.readout(1).spoken(), "综艺, content.plays 2,100, 占比 25.9%");
        assert_eq!(rose.summary(), "玫瑰图：content.plays，4 项，最大 剧集 4,200");
        assert_eq!(rose.row(3), Some(3));
    }

    #[test]
    fn it_bears_hard_frames() {
        assert_bears_hard_frames(hard_by_one(), RoseSpec::read);
    }

    proptest! {
        #[test]
        fn areas_are_as_the_numbers(values in prop::collection::vec(1.0_f64..1e3, 2..30), w in 20.0_f64..700.0, h in 12.0_f64..500.0) {
            let names: Vec<String> = (0..values.len()).map(|index| format!("台{index}")).collect();
            let rows: Vec<_> = names.iter().zip(&values).map(|(name, value)| (name.as_str(), Some(*value))).collect();
            let frame = by_genre(&rows);
            let rose = RoseSpec::read(&source(&frame)).unwrap();
            assert_sound(&rose, Size { w, h });
            let scene = rose.scene(Size { w: 2_000.0, h: 2_000.0 });
            let areas: Vec<f64> = scene.marks.iter().filter_map(|mark| match mark {
                Mark::Polygon { points, .. } => Some(area(points)),
                _ => None,
            }).collect();
            let values: Vec<f64> = rose.petals().iter().map(|petal| petal.value).collect();
            for (one, value) in areas.iter().zip(&values) {
                prop_assert!((one / areas[0] / (value / values[0]) - 1.0).abs() < 0.01, "{areas:?} for {values:?}");
            }
        }
    }
}
