//! Sunbursts: a whole in two rings. The inner one shares it out by the first group, the outer one shares out each of
//! these by the second.

use super::round::{draw_in_hole, draw_parting, draw_within};
use crate::{
    chart::{
        Chart, Ink, Mark, Point, Readout, ReadoutRow, Scene, SeriesColour, Size, Source, Unfit,
        columns::{Heading, Matrix, matrix},
        numbers::{Numbers, share_percent},
        polar::{arc, around, sector},
        scene::{Hits, Shape},
        series_colour::value_colours,
    },
    words,
};
use model::board::ComponentKind;

/// A sector of the outer ring.
#[derive(Debug, Clone, PartialEq)]
struct Leaf {
    name: String,
    value: f64,
    /// Its row in the frame, where it is one.
    row: Option<usize>,
}

/// A sector of the inner ring, with what it is made of.
#[derive(Debug, Clone, PartialEq)]
struct Branch {
    name: String,
    value: f64,
    colour: SeriesColour,
    leaves: Vec<Leaf>,
}

/// A whole in two rings.
#[derive(Debug, Clone, PartialEq)]
pub struct SunburstSpec {
    measure: String,
    numbers: Numbers,
    branches: Vec<Branch>,
    /// The number of values of the first group that have a part.
    parts: usize,
    total: f64,
}

/// Beyond so many branches, and leaves of each, the smallest are put together.
const MOST_BRANCHES: usize = 12;
const MOST_LEAVES: usize = 16;
/// A leaf smaller than this share of the whole can't be pointed at.
const LEAST_SHARE: f64 = 0.003;
/// Where the rings end, in radii.
const HOLE: f64 = 0.3;
const INNER: f64 = 0.66;
/// The outer ring is a tint of its branch: so many layers of the light surface under a line.
const TINT_LAYERS: usize = 3;

impl SunburstSpec {
    /// Reads the first measure by the first two groups.
    ///
    /// # Errors
    /// [`Unfit::Shape`] without these columns; otherwise what keeps numbers from being parts of a whole.
    pub fn read(source: &Source) -> Result<Self, Unfit> {
        let matrix = matrix(source)?;
        if matrix.values().any(|value| value < 0.0) {
            return Err(Unfit::Negative);
        }
        if matrix.values().next().is_none() && !source.frame.rows.is_empty() {
            return Err(Unfit::AllUndefined);
        }
        let total: f64 = matrix.values().sum();
        if total <= 0.0 && !source.frame.rows.is_empty() {
            return Err(Unfit::ZeroTotal);
        }
        let locale = source.reading.locale;
        let other = words::OTHER.in_locale(locale);
        let branches = branches(&matrix, total, other);
        let parts = branches.len();
        let branches = put_together(branches, other);
        let values = branches.iter().flat_map(|branch| branch.leaves.iter().map(|leaf| leaf.value)).chain([total]);
        let numbers = Numbers::of(values, matrix.measure.unit, source.look, locale);
        Ok(Self { measure: matrix.measure.name, numbers, branches, parts, total })
    }

    /// Every sector in the order of its hits, with where it goes: each branch, and after it its leaves.
    fn sectors(&self) -> Vec<Sector<'_>> {
        let mut sectors = Vec::new();
        let mut before = 0.0;
        let turn = |value: f64| value / self.total;
        for branch in &self.branches {
            let turns = (before, (before + turn(branch.value)).min(1.0));
            sectors.push(Sector { branch, leaf: None, turns });
            let mut from = before;
            for leaf in &branch.leaves {
                let to = (from + turn(leaf.value)).min(1.0);
                sectors.push(Sector { branch, leaf: Some(leaf), turns: (from, to) });
                from = to;
            }
            before = turns.1;
        }
        sectors
    }
}

/// One sector of either ring.
struct Sector<'a> {
    branch: &'a Branch,
    leaf: Option<&'a Leaf>,
    turns: (f64, f64),
}

impl Sector<'_> {
    fn shape(&self, centre: Point, radius: f64) -> Shape {
        let (inner, outer) = if self.leaf.is_some() { (INNER, 1.0) } else { (HOLE, INNER) };
        let (from, to) = self.turns;
        Shape {
            outline: sector(centre, (inner * radius, outer * radius), self.turns),
            anchor: around(centre, f64::midpoint(from, to), f64::midpoint(inner, outer) * radius),
        }
    }
}

/// A leaf as it stands in a matrix: its place among the second group's values, its number, and its row in the frame.
type Measured = (usize, f64, usize);

/// What the whole is made of, the largest first and the rest last.
fn branches(matrix: &Matrix, total: f64, other: &str) -> Vec<Branch> {
    let mut by_first: Vec<Vec<Measured>> = vec![Vec::new(); matrix.first.len()];
    for ((first, second), cell) in matrix.cells() {
        if let (Some(leaves), Some(value)) = (by_first.get_mut(first), cell.value.filter(|value| *value > 0.0)) {
            leaves.push((second, value, cell.row));
        }
    }
    let sum = |leaves: &[Measured]| leaves.iter().map(|(_, value, _)| value).sum::<f64>();
    let mut ranked: Vec<(&Heading, f64, Vec<Measured>)> = matrix
        .first
        .iter()
        .zip(by_first)
        .map(|(heading, leaves)| (heading, sum(&leaves), leaves))
        .filter(|(_, value, _)| *value > 0.0)
        .collect();
    ranked.sort_by(|one, other| one.0.is_rest().cmp(&other.0.is_rest()).then(other.1.total_cmp(&one.1)));
    let keys: Vec<Option<&str>> =
        ranked.iter().take(MOST_BRANCHES).map(|(heading, _, _)| heading.key.as_deref()).collect();
    let colours = value_colours(&keys).into_iter().chain(std::iter::repeat(SeriesColour::REST));
    let branch = |((heading, value, leaves), colour): ((&Heading, f64, Vec<Measured>), SeriesColour)| Branch {
        name: heading.full_name.clone(),
        value,
        colour,
        leaves: ranked_leaves(matrix, leaves, total, other),
    };
    ranked.into_iter().zip(colours).map(branch).collect()
}

/// The leaves of a branch, the largest first; the smallest together at the end.
fn ranked_leaves(matrix: &Matrix, leaves: Vec<Measured>, total: f64, other: &str) -> Vec<Leaf> {
    let is_rest = |second: usize| matrix.second.get(second).is_some_and(Heading::is_rest);
    let mut leaves = leaves;
    leaves.sort_by(|one, other| is_rest(one.0).cmp(&is_rest(other.0)).then(other.1.total_cmp(&one.1)));
    let is_small = |(place, leaf): (usize, &Measured)| place >= MOST_LEAVES || leaf.1 < LEAST_SHARE * total;
    let small = leaves.iter().enumerate().filter(|leaf| is_small(*leaf)).count();
    let mut shown = Vec::new();
    let mut rest = 0.0;
    for (place, (second, value, row)) in leaves.into_iter().enumerate() {
        if small > 1 && is_small((place, &(second, value, row))) {
            rest += value;
        } else {
            let name = matrix.second.get(second).map_or_else(String::new, |heading| heading.full_name.clone());
            shown.push(Leaf { name, value, row: Some(row) });
        }
    }
    if rest > 0.0 {
        shown.push(Leaf { name: other.to_owned(), value: rest, row: None });
    }
    shown
}

/// The branches beyond the largest as one.
fn put_together(mut branches: Vec<Branch>, other: &str) -> Vec<Branch> {
    if branches.len() > MOST_BRANCHES + 1 {
        let rest: f64 = branches.drain(MOST_BRANCHES..).map(|branch| branch.value).sum();
        let leaves = vec![Leaf { name: other.to_owned(), value: rest, row: None }];
        branches.push(Branch { name: other.to_owned(), value: rest, colour: SeriesColour::REST, leaves });
    }
    branches
}

impl Chart for SunburstSpec {
    fn scene(&self, size: Size) -> Scene {
        let centre = Point { x: size.w / 2.0, y: size.h / 2.0 };
        let radius = (size.w.min(size.h) / 2.0 - 1.0).max(1.0);
        let sectors = self.sectors();
        let shapes: Vec<Shape> = sectors.iter().map(|sector| sector.shape(centre, radius)).collect();
        let mut marks = Vec::new();
        for (one, shape) in sectors.iter().zip(&shapes) {
            if one.leaf.is_none() {
                marks.push(Mark::Polygon { points: shape.outline.clone(), ink: Ink::Series(one.branch.colour) });
                let points = sector(centre, (INNER * radius, radius), one.turns);
                let ink = Ink::Under(one.branch.colour);
                marks.extend((0..TINT_LAYERS).map(|_| Mark::Polygon { points: points.clone(), ink }));
            }
        }
        // A whole has no beginning: one sector all round is not cut.
        let is_cut = |sector: &&Sector| sector.turns.1 - sector.turns.0 < 1.0;
        for one in sectors.iter().filter(is_cut) {
            let from = if one.leaf.is_some() { INNER } else { HOLE };
            draw_parting(&mut marks, centre, (from * radius, radius), one.turns.0);
        }
        if !sectors.is_empty() {
            let points = arc(centre, INNER * radius, 0.0, 1.0);
            marks.push(Mark::Line { points, ink: Ink::Surface, width: 1.5 });
        }
        for (one, shape) in sectors.iter().zip(&shapes) {
            match one.leaf {
                Some(leaf) => draw_within(&mut marks, shape, &leaf.name, Ink::Text),
                None => draw_within(&mut marks, shape, &one.branch.name, Ink::OnSeries(one.branch.colour)),
            };
        }
        if !sectors.is_empty() {
            let total = words::TOTAL.in_locale(self.numbers.locale);
            draw_in_hole(&mut marks, centre, HOLE * radius, &self.numbers.short(self.total), total);
        }
        Scene { size, marks, hits: Hits::Shapes(shapes) }
    }

    fn readout(&self, hit: usize) -> Readout {
        let sectors = self.sectors();
        let Some(Sector { branch, leaf, .. }) = sectors.get(hit) else {
            return Readout::default();
        };
        let locale = self.numbers.locale;
        let share_word = words::SHARE_OF_WHOLE.in_locale(locale);
        let row = |name: String, value: String| ReadoutRow { colour: None, name, value };
        let (heading, value) = match leaf {
            Some(leaf) => (format!("{} · {}", branch.name, leaf.name), leaf.value),
            None => (branch.name.clone(), branch.value),
        };
        let measured =
            ReadoutRow { colour: Some(branch.colour), ..row(self.measure.clone(), self.numbers.exact(value)) };
        let mut rows = vec![measured, row(share_word.to_owned(), share_percent(value / self.total))];
        if leaf.is_some() {
            rows.push(row(words::share_of(&branch.name, locale), share_percent(value / branch.value)));
        }
        Readout { heading, rows, note: None }
    }

    fn summary(&self) -> String {
        let largest = self.branches.iter().max_by(|one, other| one.value.total_cmp(&other.value));
        let largest = largest.map(|branch| (branch.name.as_str(), share_percent(branch.value / self.total)));
        let largest = largest.as_ref().map(|(name, share)| (*name, share.as_str()));
        words::parts_summary(ComponentKind::Sunburst, &self.measure, self.parts, largest, self.numbers.locale)
    }

    fn row(&self, hit: usize) -> Option<usize> {
        self.sectors().get(hit).and_then(|sector| sector.leaf).and_then(|leaf| leaf.row)
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{assert_bears_hard_frames, assert_sound, by_genre, by_two, drawn, source};
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn two_rings_with_the_names_that_fit() {
        let frame = by_two(
            "genre",
            "region",
            &[
                ("综艺", "华东", Some(900.0)),
                ("剧集", "华东", Some(2_000.0)),
                ("剧集", "华南", Some(1_100.0)),
                ("综艺", "华南", Some(500.0)),
                ("剧集", "华北", Some(4.0)),
                ("新闻", "华东", None),
            ],
        );
        let sunburst = SunburstSpec::read(&source(&frame)).unwrap();
        insta::assert_snapshot!(drawn(&sunburst, 260.0, 240.0));
        assert_eq!(sunburst.readout(0).spoken(), "剧集, content.plays 3,104, 占比 68.9%");
        assert_eq!(sunburst.readout(1).spoken(), "剧集 · 华东, content.plays 2,000, 占比 44.4%, 占剧集 64.4%");
        assert_eq!((sunburst.row(0), sunburst.row(1)), (None, Some(1)));
        assert_eq!(sunburst.summary(), "旭日图：content.plays，2 项，最大 剧集 68.9%");
    }

    #[test]
    fn it_bears_hard_frames() {
        let long = "长".repeat(500);
        let many: Vec<(String, String)> =
            (0..5_000).map(|index| (format!("频道{}", index % 70), format!("节目{index}"))).collect();
        let many: Vec<(&str, &str, Option<f64>)> = many
            .iter()
            .enumerate()
            .map(|(index, (first, second))| (first.as_str(), second.as_str(), Some((index % 97) as f64)))
            .collect();
        let many = by_two("channel", "programme", &many);
        let sunburst = SunburstSpec::read(&source(&many)).unwrap();
        assert!(sunburst.scene(Size { w: 400.0, h: 400.0 }).marks.len() < 1_500);
        let frames = vec![
            ("empty", by_two("a", "b", &[])),
            ("one", by_two("a", "b", &[("x", "y", Some(3.0))])),
            ("negative", by_two("a", "b", &[("x", "y", Some(-3.0))])),
            ("zero", by_two("a", "b", &[("x", "y", Some(0.0))])),
            ("undefined", by_two("a", "b", &[("x", "y", None)])),
            (
                "huge and tiny",
                by_two("a", "b", &[("x", "y", Some(1e15)), ("x", "z", Some(1e-9)), ("w", "z", Some(1.0))]),
            ),
            ("not finite", by_two("a", "b", &[("x", "y", Some(f64::NAN)), ("x", "z", Some(2.0))])),
            ("markup", by_two("a", "b", &[("<b>&", "\"'<script>", Some(2.0))])),
            ("a long name", by_two("a", "b", &[(long.as_str(), long.as_str(), Some(2.0))])),
            ("5,000 values", many),
            ("another shape", by_genre(&[("x", Some(1.0))])),
        ];
        assert_bears_hard_frames(frames, SunburstSpec::read);
    }

    proptest! {
        #[test]
        fn the_outer_ring_makes_up_the_inner(
            values in prop::collection::vec((0_usize..20, 0_usize..30, 0.01_f64..1e5), 1..200),
            w in 20.0_f64..600.0,
            h in 12.0_f64..500.0,
        ) {
            let named: Vec<(String, String, f64)> = values.into_iter().map(|(one, other, value)| (format!("甲{one}"), format!("乙{other}"), value)).collect();
            let cells: Vec<(&str, &str, Option<f64>)> = named.iter().map(|(one, other, value)| (one.as_str(), other.as_str(), Some(*value))).collect();
            let frame = by_two("a", "b", &cells);
            let sunburst = SunburstSpec::read(&source(&frame)).unwrap();
            assert_sound(&sunburst, Size { w, h });
            for branch in &sunburst.branches {
                let sum: f64 = branch.leaves.iter().map(|leaf| leaf.value).sum();
                prop_assert!((sum / branch.value - 1.0).abs() < 1e-9);
            }
            let whole: f64 = sunburst.branches.iter().map(|branch| branch.value).sum();
            prop_assert!((whole / sunburst.total - 1.0).abs() < 1e-9);
        }
    }
}
