//! Sankey diagrams: what goes from where to where, as bands between two columns of nodes.

mod layout;

use super::super::{
    Align, Area, Chart, Ink, Mark, Point, Readout, ReadoutRow, Scene, SeriesColour, Size, Source, Unfit,
    columns::{Heading, Matrix, heading_colours, matrix},
    numbers::{Numbers, share_percent},
    scene::{FONT_PX, Hits, LABEL_PX, Shape},
    shortened, text_width_px,
    value_ticks::{BESIDE_PX, label},
};
use crate::words;
use layout::{Side, placed};
use model::{board::ComponentKind, formatting::Locale};
use std::collections::BTreeMap;

/// Nodes of a side that are drawn at the most; the smaller ones are taken together.
const MOST_NODES: usize = 15;
const NODE_PX: f64 = 10.0;
/// How much of the width the names of a side may take, and under which width they are left out.
const NAME_SHARE: f64 = 0.26;
const NAMES_FROM_PX: f64 = 200.0;
/// From this height on the two sides say what they are.
const TITLES_FROM_PX: f64 = 150.0;
const TITLE_PX: f64 = 22.0;
/// Points along each edge of a band.
const SAMPLES: usize = 20;
/// The thinnest band that is still seen.
const LEAST_BAND_PX: f64 = 0.75;

/// A node: where something comes from, or where it goes.
#[derive(Debug, Clone, PartialEq)]
struct Node {
    name: String,
    colour: SeriesColour,
    is_rest: bool,
    /// What leaves it or comes into it.
    total: f64,
}

/// What goes from a node of the first side to one of the second.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Flow {
    from: usize,
    to: usize,
    value: f64,
    /// Its row in the frame, where it is one.
    row: Option<usize>,
}

/// A Sankey diagram.
#[derive(Debug, Clone, PartialEq)]
pub struct SankeySpec {
    measure: String,
    numbers: Numbers,
    titles: (String, String),
    from: Vec<Node>,
    to: Vec<Node>,
    flows: Vec<Flow>,
    total: f64,
}

impl SankeySpec {
    /// Reads the first measure by the first two groups: it flows from the values of the first to those of the second.
    /// Undefined numbers and zeros are no flows; negative ones can't be drawn.
    pub fn read(source: &Source) -> Result<Self, Unfit> {
        let matrix = matrix(source)?;
        if matrix.values().any(|value| value < 0.0) {
            return Err(Unfit::Negative);
        }
        let total: f64 = matrix.values().sum();
        if total <= 0.0 && !source.frame.rows.is_empty() {
            return Err(if matrix.values().next().is_none() { Unfit::AllUndefined } else { Unfit::ZeroTotal });
        }
        let (from, from_places) = nodes(&matrix, &matrix.first, |(first, _)| first, source);
        let (to, to_places) = nodes(&matrix, &matrix.second, |(_, second)| second, source);
        let mut flows: BTreeMap<(usize, usize), Flow> = BTreeMap::new();
        for ((first, second), cell) in matrix.cells() {
            let ends = from_places.get(first).zip(to_places.get(second));
            let (Some((from, to)), Some(value)) = (ends, cell.value.filter(|value| *value > 0.0)) else { continue };
            let flow = flows.entry((*from, *to)).or_insert(Flow { from: *from, to: *to, value: 0.0, row: None });
            // What several rows make up is none of them.
            flow.row = (flow.value == 0.0).then_some(cell.row);
            flow.value += value;
        }
        Ok(Self {
            numbers: Numbers::of(matrix.values(), matrix.measure.unit, source.look, source.reading.locale),
            measure: matrix.measure.name,
            titles: (matrix.first_title, matrix.second_title),
            from,
            to,
            flows: flows.into_values().collect(),
            total,
        })
    }

    fn locale(&self) -> Locale {
        self.numbers.locale
    }

    /// How wide the names of a side may be, with their numbers.
    fn name_room(&self, nodes: &[Node], size: Size) -> f64 {
        let number = |node: &Node| text_width_px(&self.numbers.short(node.total), FONT_PX);
        let width = |node: &Node| text_width_px(&node.name, FONT_PX) + BESIDE_PX + number(node);
        let widest = nodes.iter().map(width).fold(0.0, f64::max);
        if size.w < NAMES_FROM_PX { 0.0 } else { widest.min(size.w * NAME_SHARE).ceil() }
    }

    /// What each side is, over all the width: what one leaves of its half is the other's.
    fn draw_titles(&self, marks: &mut Vec<Mark>, size: Size) {
        let (one, other) = (&self.titles.0, &self.titles.1);
        let room = |beside: &str| {
            let half = (size.w - BESIDE_PX) / 2.0;
            size.w - BESIDE_PX - text_width_px(beside, FONT_PX).min(half)
        };
        let ends = [(0.0, one, room(other), Align::Start), (size.w, other, room(one), Align::End)];
        for (x, title, room, align) in ends {
            let text = shortened(title, FONT_PX, room);
            if !text.is_empty() {
                marks.push(label(x, LABEL_PX / 2.0, text, Ink::Muted, align));
            }
        }
    }

    /// Names with their numbers, the largest nodes first; those that would stand on another are left out.
    fn draw_names(&self, marks: &mut Vec<Mark>, nodes: &[Node], side: &Side, (x, align): (f64, Align), room: f64) {
        let mut order: Vec<(usize, &Node)> = nodes.iter().enumerate().collect();
        order.sort_by(|one, other| other.1.total.total_cmp(&one.1.total).then(one.0.cmp(&other.0)));
        let width =
            |node: &Node, number: &str| text_width_px(&node.name, FONT_PX) + BESIDE_PX + text_width_px(number, FONT_PX);
        // All of a side or none, so that none seems to lack its number.
        let has_room = nodes.iter().all(|node| width(node, &self.numbers.short(node.total)) <= room);
        let mut taken: Vec<f64> = Vec::new();
        for (index, node) in order {
            let Some(area) = side.nodes.get(index) else { continue };
            let half = LABEL_PX / 2.0;
            let middle = area.centre().y.min(side.foot - half).max(side.top + half);
            if taken.iter().any(|other| (other - middle).abs() < LABEL_PX) || side.foot - side.top < LABEL_PX {
                continue;
            }
            taken.push(middle);
            let number = self.numbers.short(node.total);
            let (name_w, number_w) = (text_width_px(&node.name, FONT_PX), text_width_px(&number, FONT_PX));
            let (name_x, number_x) = match align {
                Align::End if has_room => (x - number_w - BESIDE_PX, x),
                Align::End | Align::Start | Align::Middle => (x, x + name_w + BESIDE_PX),
            };
            marks.push(label(name_x, middle, shortened(&node.name, FONT_PX, room), Ink::Text, align));
            if has_room {
                marks.push(label(number_x, middle, number, Ink::Muted, align));
            }
        }
    }

    fn draw_nodes(marks: &mut Vec<Mark>, shapes: &mut Vec<Shape>, nodes: &[Node], side: &Side) {
        for (node, area) in nodes.iter().zip(&side.nodes) {
            marks.push(Mark::Rect { area: *area, ink: Ink::Series(node.colour) });
            let seen = Area { h: area.h.max(2.0), ..*area };
            let corners =
                [(seen.x, seen.y), (seen.right(), seen.y), (seen.right(), seen.bottom()), (seen.x, seen.bottom())];
            let outline = corners.map(|(x, y)| Point { x, y }).to_vec();
            shapes.push(Shape { outline, anchor: seen.centre() });
        }
    }
}

/// The nodes of a side, and which of them each heading belongs to: the smallest are taken together with the rest.
fn nodes(
    matrix: &Matrix,
    headings: &[Heading],
    end: fn((usize, usize)) -> usize,
    source: &Source,
) -> (Vec<Node>, Vec<usize>) {
    let mut totals = vec![0.0; headings.len()];
    for (at, cell) in matrix.cells() {
        if let (Some(total), Some(value)) = (totals.get_mut(end(at)), cell.value) {
            *total += value;
        }
    }
    // Both sides together, so that a value that something comes from and goes to has one colour.
    let both: Vec<Heading> = matrix.first.iter().chain(&matrix.second).cloned().collect();
    let mut known: Vec<Heading> = Vec::new();
    for heading in both.iter().take(2 * MOST_NODES) {
        if known.iter().all(|other| other.key != heading.key) {
            known.push(heading.clone());
        }
    }
    let colours = heading_colours(&known);
    let colour_of = |heading: &Heading| {
        let index = known.iter().position(|other| other.key == heading.key);
        index.and_then(|index| colours.get(index)).copied().unwrap_or_else(|| {
            heading_colours(std::slice::from_ref(heading)).first().copied().unwrap_or(SeriesColour::REST)
        })
    };
    let total = |index: usize| totals.get(index).copied().unwrap_or(0.0);
    let mut order: Vec<usize> = (0..headings.len()).filter(|index| total(*index) > 0.0).collect();
    order.sort_by(|one, other| total(*other).total_cmp(&total(*one)).then(one.cmp(other)));
    let is_rest = |index: &usize| headings.get(*index).is_some_and(Heading::is_rest);
    let (rest, mut named): (Vec<usize>, Vec<usize>) = order.into_iter().partition(is_rest);
    let small = if named.len() + rest.len() > MOST_NODES {
        named.split_off((MOST_NODES - 1).min(named.len()))
    } else {
        Vec::new()
    };
    let together: Vec<usize> = small.into_iter().chain(rest).collect();
    let mut places = vec![0; headings.len()];
    let mut nodes = Vec::new();
    for index in named {
        if let (Some(place), Some(heading)) = (places.get_mut(index), headings.get(index)) {
            *place = nodes.len();
            let (name, colour) = (heading.full_name.clone(), colour_of(heading));
            nodes.push(Node { name, colour, is_rest: false, total: total(index) });
        }
    }
    if let [first, others @ ..] = together.as_slice() {
        let only = headings.get(*first).filter(|_| others.is_empty()).map(|heading| heading.full_name.clone());
        let name = only.unwrap_or_else(|| words::OTHER.in_locale(source.reading.locale).to_owned());
        let sum = together.iter().map(|index| total(*index)).sum();
        for index in &together {
            if let Some(place) = places.get_mut(*index) {
                *place = nodes.len();
            }
        }
        nodes.push(Node { name, colour: SeriesColour::REST, is_rest: true, total: sum });
    }
    (nodes, places)
}

/// A band between two upright edges: both its curves are cubic, leave level and arrive level.
fn band((left, right): (f64, f64), (from, to): (f64, f64), thick: f64) -> Vec<Point> {
    let along = |index: usize| {
        let t = index as f64 / SAMPLES as f64;
        // Both inner control points lie halfway: x = 3t/2 − 3t²/2 + t³, y = 3t² − 2t³ of the way.
        let (x, y) = (1.5 * t - 1.5 * t * t + t * t * t, 3.0 * t * t - 2.0 * t * t * t);
        Point { x: left + (right - left) * x, y: from + (to - from) * y }
    };
    let upper = (0..=SAMPLES).map(along);
    let lower = (0..=SAMPLES).rev().map(along).map(|point| Point { y: point.y + thick, ..point });
    upper.chain(lower).collect()
}

impl Chart for SankeySpec {
    fn scene(&self, size: Size) -> Scene {
        if self.flows.is_empty() {
            return Scene::empty(size);
        }
        let rooms = (self.name_room(&self.from, size), self.name_room(&self.to, size));
        let beside = |room: f64| if room > 0.0 { room + BESIDE_PX } else { 0.0 };
        let left_x = beside(rooms.0).min((size.w - 2.0 * NODE_PX).max(0.0) / 2.0);
        let right_x = (size.w - beside(rooms.1) - NODE_PX).max(left_x + 1.0);
        let node_px = NODE_PX.min((size.w - left_x) / 3.0);
        let top = if size.h >= TITLES_FROM_PX { TITLE_PX } else { 0.0 };
        let layout = placed(self, (left_x, right_x), node_px, (top, size.h));

        let mut marks = Vec::new();
        let mut shapes = Vec::new();
        for (flow, place) in self.flows.iter().zip(&layout.bands) {
            let ends = (left_x + node_px, right_x.max(left_x + node_px));
            let outline = band(ends, (place.from_y, place.to_y), place.thick.max(LEAST_BAND_PX));
            let colour = self.from.get(flow.from).map_or(SeriesColour::REST, |node| node.colour);
            marks.push(Mark::Polygon { points: outline.clone(), ink: Ink::Band(colour) });
            let anchor = Point { x: f64::midpoint(ends.0, ends.1), y: (place.from_y + place.to_y + place.thick) / 2.0 };
            shapes.push(Shape { outline, anchor });
        }
        Self::draw_nodes(&mut marks, &mut shapes, &self.from, &layout.from);
        Self::draw_nodes(&mut marks, &mut shapes, &self.to, &layout.to);
        if top > 0.0 {
            self.draw_titles(&mut marks, size);
        }
        if rooms.0 > 0.0 {
            self.draw_names(&mut marks, &self.from, &layout.from, (left_x - BESIDE_PX, Align::End), rooms.0);
        }
        if rooms.1 > 0.0 {
            let x = right_x + NODE_PX + BESIDE_PX;
            self.draw_names(&mut marks, &self.to, &layout.to, (x, Align::Start), rooms.1);
        }
        Scene { size, marks, hits: Hits::Shapes(shapes) }
    }

    fn readout(&self, hit: usize) -> Readout {
        let row = |colour: Option<SeriesColour>, name: String, value: String| ReadoutRow { colour, name, value };
        if let Some(flow) = self.flows.get(hit) {
            let (Some(from), Some(to)) = (self.from.get(flow.from), self.to.get(flow.to)) else {
                return Readout::default();
            };
            let shares = [from, to].map(|node| {
                row(None, words::share_of(&node.name, self.locale()), share_percent(flow.value / node.total))
            });
            let first = row(Some(from.colour), self.measure.clone(), self.numbers.exact(flow.value));
            let rows = std::iter::once(first).chain(shares).collect();
            return Readout { heading: format!("{} → {}", from.name, to.name), rows, note: None };
        }
        let node = hit - self.flows.len();
        let (way, node) = match (self.from.get(node), node.checked_sub(self.from.len())) {
            (Some(from), _) => (words::GOES_OUT, Some(from)),
            (None, index) => (words::COMES_IN, index.and_then(|index| self.to.get(index))),
        };
        node.map_or_else(Readout::default, |node| {
            let way = way.in_locale(self.locale()).to_owned();
            let whole = words::OF_THE_WHOLE.in_locale(self.locale()).to_owned();
            let rows = vec![
                row(Some(node.colour), way, self.numbers.exact(node.total)),
                row(None, whole, share_percent(node.total / self.total)),
            ];
            Readout { heading: node.name.clone(), rows, note: None }
        })
    }

    fn summary(&self) -> String {
        let order = |one: &(usize, &Flow), other: &(usize, &Flow)| one.1.value.total_cmp(&other.1.value);
        let most = self.flows.iter().enumerate().max_by(order);
        let most = most.map(|(index, flow)| (self.readout(index).heading, self.numbers.short(flow.value)));
        let most = most.as_ref().map(|(name, value)| (name.as_str(), value.clone()));
        words::items_summary(ComponentKind::Sankey, &self.measure, self.flows.len(), most, self.locale())
    }

    fn row(&self, hit: usize) -> Option<usize> {
        self.flows.get(hit).and_then(|flow| flow.row)
    }
}

#[cfg(test)]
mod tests;
