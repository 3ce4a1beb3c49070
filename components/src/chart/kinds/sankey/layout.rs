//! Where the nodes and bands of a Sankey diagram stand.
//!
//! The order of the nodes is that of the barycentre heuristic (K. Sugiyama, S. Tagawa and M. Toda, "Methods for Visual
//! Understanding of Hierarchical System Structures", IEEE Transactions on Systems, Man, and Cybernetics 11, 1981): in
//! turn the nodes of each side are put in the order of the mean places of those they are joined with. The order with the
//! fewest crossings, weighted by what flows in them, is kept.

use super::{Flow, Node, SankeySpec};
use crate::chart::Area;

/// Rounds over both sides; more of them seldom find anything better.
const ROUNDS: usize = 4;
/// Between two nodes, where there is room.
const GAP_PX: f64 = 10.0;
const MOST_GAP_PX: f64 = 36.0;
/// How much of the height gaps may take.
const GAP_SHARE: f64 = 0.35;

/// A column of nodes.
pub(super) struct Side {
    pub(super) top: f64,
    pub(super) foot: f64,
    /// In the order of the spec's nodes.
    pub(super) nodes: Vec<Area>,
}

/// Where a band begins and ends, at its upper edge, and how thick it is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct BandPlace {
    pub(super) from_y: f64,
    pub(super) to_y: f64,
    pub(super) thick: f64,
}

/// All of it.
pub(super) struct Layout {
    pub(super) from: Side,
    pub(super) to: Side,
    /// In the order of the spec's flows.
    pub(super) bands: Vec<BandPlace>,
}

/// Places everything between two heights; nodes and bands have heights in one scale.
pub(super) fn placed(
    spec: &SankeySpec,
    (left_x, right_x): (f64, f64),
    node_px: f64,
    (top, foot): (f64, f64),
) -> Layout {
    let (from_order, to_order) = ordered(spec);
    let most = spec.from.len().max(spec.to.len());
    let h = (foot - top).max(1.0);
    let gap = GAP_PX.min(h * GAP_SHARE / most.max(2) as f64);
    let px = (h - gap * (most.saturating_sub(1)) as f64) / spec.total;
    let from = side(&spec.from, &from_order, px, left_x, node_px, (top, h));
    let to = side(&spec.to, &to_order, px, right_x, node_px, (top, h));
    let bands = bands(spec, (&from, &from_order), (&to, &to_order), px);
    Layout { from, to, bands }
}

fn side(nodes: &[Node], order: &[usize], px: f64, x: f64, w: f64, (top, h): (f64, f64)) -> Side {
    let filled: f64 = nodes.iter().map(|node| node.total * px).sum();
    let gaps = order.len().saturating_sub(1) as f64;
    let gap = if gaps > 0.0 { ((h - filled) / gaps).clamp(0.0, MOST_GAP_PX) } else { 0.0 };
    let mut y = top + ((h - filled - gap * gaps) / 2.0).max(0.0);
    let mut areas = vec![Area { x, y: top, w, h: 0.0 }; nodes.len()];
    for index in order {
        if let (Some(node), Some(area)) = (nodes.get(*index), areas.get_mut(*index)) {
            *area = Area { x, y, w, h: node.total * px };
            y += area.h + gap;
        }
    }
    Side { top, foot: top + h, nodes: areas }
}

/// Bands leave and reach each node in the order of the nodes at their other ends.
fn bands(
    spec: &SankeySpec,
    (from, from_order): (&Side, &[usize]),
    (to, to_order): (&Side, &[usize]),
    px: f64,
) -> Vec<BandPlace> {
    let (from_place, to_place) = (places(from_order), places(to_order));
    let place = |places: &[usize], index: usize| places.get(index).copied().unwrap_or_default();
    let mut order: Vec<usize> = (0..spec.flows.len()).collect();
    let key =
        |index: &usize| spec.flows.get(*index).map(|flow| (place(&from_place, flow.from), place(&to_place, flow.to)));
    order.sort_by_key(key);
    let mut from_free: Vec<f64> = from.nodes.iter().map(|area| area.y).collect();
    let mut to_free: Vec<f64> = to.nodes.iter().map(|area| area.y).collect();
    let mut bands = vec![BandPlace { from_y: 0.0, to_y: 0.0, thick: 0.0 }; spec.flows.len()];
    // By the first side's order: so bands also reach each node of the second in the order of where they come from.
    for index in order {
        let Some(flow) = spec.flows.get(index) else { continue };
        let ends = (from_free.get_mut(flow.from), to_free.get_mut(flow.to), bands.get_mut(index));
        if let (Some(from_y), Some(to_y), Some(band)) = ends {
            let thick = flow.value * px;
            *band = BandPlace { from_y: *from_y, to_y: *to_y, thick };
            *from_y += thick;
            *to_y += thick;
        }
    }
    bands
}

/// The place of each node in an order.
fn places(order: &[usize]) -> Vec<usize> {
    let mut places = vec![0; order.len()];
    for (place, index) in order.iter().enumerate() {
        if let Some(slot) = places.get_mut(*index) {
            *slot = place;
        }
    }
    places
}

/// The orders of both sides with the fewest crossings that are found. What is taken together stays last.
fn ordered(spec: &SankeySpec) -> (Vec<usize>, Vec<usize>) {
    let mut from: Vec<usize> = (0..spec.from.len()).collect();
    let mut to: Vec<usize> = (0..spec.to.len()).collect();
    let mut best = (crossings(&spec.flows, &from, &to), from.clone(), to.clone());
    for _ in 0..ROUNDS {
        to = by_barycentre(&spec.to, &spec.flows, &places(&from), |flow| (flow.to, flow.from));
        let first = crossings(&spec.flows, &from, &to);
        if first < best.0 {
            best = (first, from.clone(), to.clone());
        }
        from = by_barycentre(&spec.from, &spec.flows, &places(&to), |flow| (flow.from, flow.to));
        let second = crossings(&spec.flows, &from, &to);
        if second < best.0 {
            best = (second, from.clone(), to.clone());
        }
    }
    (best.1, best.2)
}

fn by_barycentre(nodes: &[Node], flows: &[Flow], others: &[usize], ends: fn(&Flow) -> (usize, usize)) -> Vec<usize> {
    let mut sums = vec![0.0; nodes.len()];
    for flow in flows {
        let (own, other) = ends(flow);
        if let (Some(sum), Some(place)) = (sums.get_mut(own), others.get(other)) {
            *sum += flow.value * *place as f64;
        }
    }
    let centre = |index: &usize| {
        let total = nodes.get(*index).map_or(1.0, |node| node.total);
        sums.get(*index).map_or(0.0, |sum| sum / total)
    };
    let is_rest = |index: &usize| nodes.get(*index).is_some_and(|node| node.is_rest);
    let mut order: Vec<usize> = (0..nodes.len()).collect();
    order.sort_by(|one, other| {
        is_rest(one).cmp(&is_rest(other)).then(centre(one).total_cmp(&centre(other))).then(one.cmp(other))
    });
    order
}

/// How much flows across one another.
fn crossings(flows: &[Flow], from: &[usize], to: &[usize]) -> f64 {
    let (from, to) = (places(from), places(to));
    let place = |places: &[usize], index: usize| places.get(index).copied().unwrap_or_default();
    let ends: Vec<(usize, usize, f64)> =
        flows.iter().map(|flow| (place(&from, flow.from), place(&to, flow.to), flow.value)).collect();
    let mut sum = 0.0;
    for (index, (from, to, value)) in ends.iter().enumerate() {
        for (other_from, other_to, other) in ends.iter().skip(index + 1) {
            if (from < other_from && to > other_to) || (from > other_from && to < other_to) {
                sum += value.min(*other);
            }
        }
    }
    sum
}
