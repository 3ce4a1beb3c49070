//! What goes from one province to the others: an arc to each, the wider the more.

use super::{
    super::{
        Align, Area, Chart, Ink, Mark, Point, Readout, ReadoutRow, Scene, Size, Source, Unfit,
        label_room::LabelRoom,
        scene::{Hits, LABEL_PX},
        value_ticks::label,
    },
    boundary_map::{draw_note, draw_provinces},
    provinces::{MapPlace, OUTLINES, ProvinceNumbers, STEPS, StepScale},
};
use crate::words;
use model::{formatting::Locale, geo::Province};

/// A map of flows from a hub.
#[derive(Debug, Clone, PartialEq)]
pub struct FlowMapSpec {
    numbers: ProvinceNumbers,
    hub: Province,
    /// Where the flows go to, the least first, so that the largest lie on top.
    flows: Vec<(Province, f64)>,
    /// The map approval number; see [`super::BoundaryMapSpec::note`].
    pub note: Option<String>,
}

/// The most arcs that are named.
const NAMED: usize = 5;
/// How wide the thinnest arc is, and by how much each step is wider.
const WIDTH_PX: (f64, f64) = (1.0, 0.75);
/// How far an arc bulges, as a share of its length.
const BULGE: f64 = 0.18;
const PIECES: u8 = 24;
const HUB_PX: f64 = 5.0;
/// What can be pointed at is at least this large.
const LEAST_HIT_PX: f64 = 6.0;

impl FlowMapSpec {
    /// Reads the first dimension, whose values are the letters of provinces, and the first metric. The hub is that of the
    /// look, else Beijing; its own number is no flow.
    ///
    /// # Errors
    /// [`Unfit::Shape`] without a dimension or a metric, [`Unfit::Negative`] where a flow is.
    pub fn read(source: &Source) -> Result<Self, Unfit> {
        let numbers = ProvinceNumbers::read(source)?;
        let hub = source.look.hub.unwrap_or(Province::BJ);
        let mut flows: Vec<(Province, f64)> = numbers.known().filter(|(province, _)| *province != hub).collect();
        if flows.iter().any(|(_, value)| *value < 0.0) {
            return Err(Unfit::Negative);
        }
        flows.retain(|(_, value)| *value > 0.0);
        // The reverse order of equals, since the largest comes last.
        flows.sort_by(|one, other| one.1.total_cmp(&other.1).then(other.0.cmp(&one.0)));
        let note = source.reading.map_approval.map(ToString::to_string);
        Ok(Self { numbers, hub, flows, note })
    }

    const fn locale(&self) -> Locale {
        self.numbers.numbers.locale
    }

    fn draw_names(&self, marks: &mut Vec<Mark>, ends: &[(Point, f64)], centre: Point, size: Size) {
        let mut room = LabelRoom::among(marks, size);
        for (at, radius) in ends {
            room.keep_off(Area { x: at.x - radius, y: at.y - radius, w: 2.0 * radius, h: 2.0 * radius });
        }
        let beside = |at: Point, radius: f64, text: String| {
            let (near, half) = (radius + 4.0, LABEL_PX / 2.0);
            [
                label(at.x + near, at.y, text.clone(), Ink::Text, Align::Start),
                label(at.x - near, at.y, text.clone(), Ink::Text, Align::End),
                label(at.x, at.y + near + half, text.clone(), Ink::Text, Align::Middle),
                label(at.x, at.y - near - half, text, Ink::Text, Align::Middle),
            ]
        };
        let hub = self.hub.name_in(self.locale()).to_owned();
        let mut names = Vec::new();
        room.write_first(&mut names, beside(centre, HUB_PX, hub));
        for ((province, value), (at, radius)) in self.flows.iter().zip(ends).rev().take(NAMED) {
            let number = self.numbers.numbers.short(*value);
            let text = format!("{} {number}", province.name_in(self.locale()));
            room.write_first(&mut names, beside(*at, *radius, text));
        }
        // On a ground of their own, since arcs run beneath them.
        let grounds: Vec<Area> = names.iter().filter_map(Mark::label_area).collect();
        marks.extend(grounds.into_iter().map(|area| Mark::Rect { area: inset(area), ink: Ink::Surface }));
        marks.append(&mut names);
    }
}

/// A little lower than a label: its letters are.
fn inset(area: Area) -> Area {
    Area { y: area.y + 1.0, h: area.h - 2.0, ..area }
}

/// The place of a province in the drawing.
fn place_of(province: Province, place: MapPlace) -> Point {
    let outline = OUTLINES.iter().find(|outline| outline.province == province);
    place.at(outline.map_or(Point { x: 0.0, y: 0.0 }, |outline| outline.centre))
}

/// A curve that bulges upwards on its way: a quadratic Bézier (1962) curve.
fn arc(from: Point, to: Point) -> Vec<Point> {
    let (dx, dy) = (to.x - from.x, to.y - from.y);
    // To the left of the way east and to the right of the way west: upwards.
    let side = if dx < 0.0 { -1.0 } else { 1.0 };
    let bend = Point { x: from.x + dx / 2.0 + side * dy * BULGE, y: (from.y + dy / 2.0 - side * dx * BULGE).max(0.0) };
    (0..=PIECES)
        .map(|piece| {
            let t = f64::from(piece) / f64::from(PIECES);
            let (one, two, three) = ((1.0 - t) * (1.0 - t), 2.0 * t * (1.0 - t), t * t);
            Point { x: one * from.x + two * bend.x + three * to.x, y: one * from.y + two * bend.y + three * to.y }
        })
        .collect()
}

/// The ink of an arc: the palest steps are too pale for a line.
fn ink_of(step: u8) -> Ink {
    Ink::Step(step.clamp(2, STEPS - 1))
}

impl Chart for FlowMapSpec {
    fn scene(&self, size: Size) -> Scene {
        let mut marks = Vec::new();
        let mut noted = Vec::new();
        let foot = draw_note(&mut noted, self.note.as_deref(), size, self.locale());
        let place = MapPlace::within(Area { x: 0.0, y: 0.0, w: size.w, h: size.h - foot });
        draw_provinces(&mut marks, place, |_| Ink::Outside);
        let scale = StepScale::of(self.flows.iter().map(|(_, value)| *value), self.numbers.numbers.unit);
        let hub = place_of(self.hub, place);
        // On a small map arcs are thinner too.
        let shrunk = (size.w.min(size.h) / 320.0).clamp(0.35, 1.0);
        let flow = |(province, value): &(Province, f64)| {
            let step = scale.step(*value);
            let width = (WIDTH_PX.0 + WIDTH_PX.1 * f64::from(step)) * shrunk;
            (place_of(*province, place), step, width)
        };
        let flows: Vec<(Point, u8, f64)> = self.flows.iter().map(flow).collect();
        for (end, step, width) in &flows {
            marks.push(Mark::Line { points: arc(hub, *end), ink: ink_of(*step), width: *width });
        }
        let mut ends = Vec::new();
        for (end, step, width) in flows {
            let radius = width / 2.0 + 2.0 * shrunk;
            marks.push(Mark::Disc { centre: end, radius: radius + 1.0, ink: Ink::Surface });
            marks.push(Mark::Disc { centre: end, radius, ink: ink_of(step) });
            ends.push((end, radius));
        }
        let hub_px = HUB_PX * shrunk;
        marks.push(Mark::Disc { centre: hub, radius: hub_px + 1.5, ink: Ink::Surface });
        marks.push(Mark::Disc { centre: hub, radius: hub_px, ink: Ink::Target });
        marks.push(Mark::Disc { centre: hub, radius: hub_px / 2.5, ink: Ink::Surface });
        marks.append(&mut noted);
        self.draw_names(&mut marks, &ends, hub, size);
        let dots = ends.into_iter().map(|(end, radius)| (end, radius.max(LEAST_HIT_PX * shrunk)));
        Scene { size, marks, hits: Hits::Dots(dots.collect()) }
    }

    fn readout(&self, hit: usize) -> Readout {
        let Some((province, value)) = self.flows.get(hit) else {
            return Readout::default();
        };
        let name = |province: Province| province.name_in(self.locale());
        let value = self.numbers.numbers.exact(*value);
        let rows = vec![ReadoutRow { colour: None, name: self.numbers.measure.clone(), value }];
        Readout { heading: format!("{} → {}", name(self.hub), name(*province)), rows, note: None }
    }

    fn summary(&self) -> String {
        let locale = self.locale();
        let most = self.flows.last();
        let most = most.map(|(province, value)| (province.name_in(locale), self.numbers.numbers.short(*value)));
        words::flow_map_summary(&self.numbers.measure, self.hub.name_in(locale), self.flows.len(), most, locale)
    }

    fn row(&self, hit: usize) -> Option<usize> {
        self.flows.get(hit).and_then(|(province, _)| self.numbers.row(*province))
    }
}

#[cfg(test)]
mod tests {
    use super::{
        super::{
            super::scene::tests::assert_labels_stand_apart,
            boundary_map::tests::{all, by_province},
            tests::{assert_bears_hard_frames, hard_by_one, source, source_with},
        },
        *,
    };
    use model::board::Look;
    use proptest::prelude::*;

    #[test]
    fn flows_from_zhejiang() {
        let frame = all();
        let look: Look = serde_json::from_str(r#"{"hub":"ZJ"}"#).unwrap();
        let spec = FlowMapSpec::read(&source_with(&frame, &look)).unwrap();
        assert_eq!(spec.flows.len(), 33, "the hub's own number is no flow");
        assert_eq!(spec.summary(), "流向地图：content.plays，浙江 到 33 个省份，最多 广东 126.0万");
        assert_eq!(spec.readout(32).spoken(), "浙江 → 广东, content.plays 1,260,125");
        let scene = spec.scene(Size { w: 560.0, h: 420.0 });
        // Wider means more, and the largest lies on top.
        let arcs: Vec<f64> = (scene.marks.iter())
            .filter_map(|mark| match mark {
                Mark::Line { width, ink: Ink::Step(_), .. } => Some(*width),
                _ => None,
            })
            .collect();
        assert_eq!(arcs.len(), 33);
        assert!(arcs.windows(2).all(|pair| pair[0] <= pair[1]));
        let named = scene.marks.iter().filter(|mark| matches!(mark, Mark::Label { ink: Ink::Text, .. })).count();
        assert!((2..=NAMED + 1).contains(&named), "{named}");
        let hub = place_of(Province::ZJ, MapPlace::within(Area { x: 0.0, y: 0.0, w: 560.0, h: 402.0 }));
        assert!(scene.marks.iter().all(|mark| match mark {
            Mark::Line { points, ink: Ink::Step(_), .. } => points[0] == hub,
            _ => true,
        }));
        let labels: Vec<&str> = (scene.marks.iter())
            .filter_map(|mark| if let Mark::Label { text, .. } = mark { Some(text.as_str()) } else { None })
            .collect();
        insta::assert_snapshot!(labels.join("\n"));
    }

    #[test]
    fn the_hub_is_beijing_unless_another_is_given() {
        let frame = by_province(&[(Province::BJ, Some(9.0)), (Province::GD, Some(3.0)), (Province::XJ, Some(0.0))]);
        let spec = FlowMapSpec::read(&source(&frame)).unwrap();
        assert_eq!((spec.hub, spec.flows.as_slice()), (Province::BJ, [(Province::GD, 3.0)].as_slice()));
        assert_eq!(spec.row(0), Some(1));
    }

    #[test]
    fn hard_frames_are_borne() {
        assert_bears_hard_frames(hard_by_one(), FlowMapSpec::read);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(24))]
        #[test]
        fn labels_stand_apart(
            values in prop::collection::vec(prop::option::weighted(0.9, 0.0_f64..1e9), 34),
            hub in 0_usize..34,
            w in 20.0_f64..900.0,
            h in 12.0_f64..700.0,
        ) {
            let values: Vec<_> = Province::ALL.iter().copied().zip(values).collect();
            let frame = by_province(&values);
            let look = Look { hub: Some(Province::ALL[hub]), ..Look::default() };
            let spec = FlowMapSpec::read(&source_with(&frame, &look)).unwrap();
            assert_labels_stand_apart(&spec.scene(Size { w, h }));
        }
    }
}
