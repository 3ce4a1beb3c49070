//! The race for the first places: each entry's place, step by step.

use super::super::{
    Align, Area, Chart, Ink, Mark, Point, Readout, ReadoutRow, Scene, SeriesColour, Size, Source, Unfit, Weight,
    columns::{groups, measure, number},
    label_room::LabelRoom,
    numbers::Numbers,
    scene::{FONT_PX, Hits, LABEL_PX, Track},
    series_colour::value_colours,
    shortened,
    strokes::{runs, thinned},
    text_width_px,
    time_axis::{step_in_full, time_ticks},
    value_ticks::{BESIDE_PX, crisp, label},
};
use crate::{tile::OTHER, words};
use model::{
    formatting::Locale,
    time::{Calendar, Grain, Timestamp},
};
use std::collections::{BTreeMap, BTreeSet};

/// Places along time.
#[derive(Debug, Clone, PartialEq)]
pub struct RankRaceSpec {
    measure: String,
    numbers: Numbers,
    calendar: Calendar,
    grain: Grain,
    /// Rising.
    steps: Vec<Timestamp>,
    /// Those that are drawn, by their last place; the last are those that have dropped out.
    entries: Vec<Entry>,
    /// How many there are beside them.
    left_out: usize,
}

/// One that has a place.
#[derive(Debug, Clone, PartialEq)]
struct Entry {
    name: String,
    colour: SeriesColour,
    /// For each step, its place from 1 and its number; `None` where it has none.
    places: Vec<Option<(usize, f64)>>,
}

/// The most places that are followed.
const MOST_PLACES: usize = 12;
/// And the most entries that ever had one of them.
const MOST_ENTRIES: usize = 48;
const LEAST_ROW_PX: f64 = 22.0;
const FOOT_PX: f64 = 24.0;
/// Between the plot and its edges.
const EDGE_PX: f64 = 10.0;
/// How much of the width names at the ends may take, and the least that a name needs.
const NAME_SHARE: f64 = 0.3;
const LEAST_NAME_PX: f64 = 36.0;
/// Steps that lie closer have neither discs nor bends.
const DISCS_FROM_PX: f64 = 14.0;
/// More discs than these are not drawn.
const MOST_DISCS: usize = 500;
/// Into how many pieces the way from one step to the next is cut.
const PIECES: u8 = 8;
const LINE_PX: f64 = 2.5;
const DISC_PX: f64 = 4.5;

impl RankRaceSpec {
    /// Reads time, the dimension beside it and the first metric: in each step the largest number has the first place,
    /// equals are in the order of their names. The rest ("other", unknown) has no place.
    ///
    /// # Errors
    /// [`Unfit::Shape`] without time, dimension or metric, [`Unfit::AllUndefined`] where no number is known.
    pub fn read(source: &Source) -> Result<Self, Unfit> {
        let measure = measure(source)?;
        let groups = groups(source);
        let time = groups.iter().find(|group| group.is_time).copied().ok_or(Unfit::Shape)?;
        let split = groups.iter().find(|group| !group.is_time).copied().ok_or(Unfit::Shape)?;
        let mut by_step: BTreeMap<Timestamp, BTreeMap<&str, f64>> = BTreeMap::new();
        let mut keys: BTreeSet<&str> = BTreeSet::new();
        for row in 0..source.frame.rows.len() {
            let Some(step) = time.step(source, row) else { continue };
            let numbers = by_step.entry(step).or_default();
            if let Some(key) = split.key(source, row).filter(|key| *key != OTHER) {
                keys.insert(key);
                if let Some(value) = number(source, row, measure.column) {
                    numbers.insert(key, value);
                }
            }
        }
        if !by_step.is_empty() && by_step.values().all(BTreeMap::is_empty) {
            return Err(Unfit::AllUndefined);
        }
        let all: Vec<Option<&str>> = keys.iter().copied().map(Some).collect();
        let colours: BTreeMap<&str, SeriesColour> = keys.iter().copied().zip(value_colours(&all)).collect();
        let names: BTreeMap<&str, String> = keys.iter().map(|key| (*key, split.name(source, Some(key)))).collect();
        let is_shown = |key: &str| names.get(key).is_some_and(|name| !source.hidden.contains(name));
        let ranked: Vec<BTreeMap<&str, (usize, f64)>> =
            by_step.values().map(|numbers| places(numbers, &names, &is_shown)).collect();

        let (followed, left_out) = followed(&ranked, &names);
        let entry = |key: &&str| Entry {
            name: names.get(key).cloned().unwrap_or_default(),
            colour: colours.get(key).copied().unwrap_or(SeriesColour::REST),
            places: ranked.iter().map(|step| step.get(key).copied()).collect(),
        };
        let entries: Vec<Entry> = followed.iter().map(entry).collect();
        let values = by_step.values().flat_map(|numbers| numbers.values().copied());
        Ok(Self {
            measure: measure.name,
            numbers: Numbers::of(values, measure.unit, source.look, source.reading.locale),
            calendar: source.reading.calendar,
            grain: source.grain,
            steps: by_step.keys().copied().collect(),
            left_out,
            entries,
        })
    }

    const fn locale(&self) -> Locale {
        self.numbers.locale
    }

    /// How many places are drawn over that height.
    fn rows(&self, height_px: f64) -> usize {
        let most = self.entries.iter().flat_map(|entry| entry.places.iter().flatten()).map(|(place, _)| *place).max();
        let room = (height_px / LEAST_ROW_PX).floor() as usize;
        most.unwrap_or(1).min(MOST_PLACES).min(room.max(1))
    }

    fn layout(&self, size: Size) -> Layout {
        let has_foot = size.h >= FOOT_PX * 3.0 && size.w >= 120.0;
        let h = size.h - if has_foot { FOOT_PX } else { 0.0 };
        let rows = self.rows(h);
        let has_places = size.w >= 120.0 && h >= LABEL_PX;
        let left =
            if has_places { text_width_px(&rows.to_string(), FONT_PX).ceil() + BESIDE_PX + DISC_PX } else { 6.0 };
        let widest = self.entries.iter().map(|entry| text_width_px(&entry.name, FONT_PX)).fold(0.0, f64::max);
        let names = widest.ceil().min((size.w * NAME_SHARE).floor());
        let has_names = has_places && names >= LEAST_NAME_PX.min(widest);
        let right = if has_names { names + BESIDE_PX + DISC_PX } else { 6.0 };
        let plot = Area { x: left, y: 0.0, w: (size.w - left - right).max(1.0), h };
        Layout { plot, rows, names: if has_names { names } else { 0.0 }, has_places, has_foot }
    }

    fn at_x(&self, plot: Area) -> Vec<f64> {
        let (Some(first), Some(last)) = (self.steps.first(), self.steps.last()) else {
            return Vec::new();
        };
        let length = last.millis_since(*first) as f64;
        let share = |step: &Timestamp| if length > 0.0 { step.millis_since(*first) as f64 / length } else { 0.5 };
        // A little within, so that discs at the ends are whole.
        let (x, w) = (plot.x + EDGE_PX.min(plot.w / 4.0), plot.w - 2.0 * EDGE_PX.min(plot.w / 4.0));
        self.steps.iter().map(|step| x + share(step) * w).collect()
    }

    fn draw_foot(&self, marks: &mut Vec<Mark>, at_x: &[f64], layout: &Layout, size: Size) {
        let steps: Vec<(Timestamp, f64)> = self.steps.iter().copied().zip(at_x.iter().copied()).collect();
        for tick in time_ticks(&steps, self.grain, self.calendar, self.locale(), (0.0, size.w)) {
            let (x, foot) = (crisp(tick.x), layout.plot.bottom());
            let points = vec![Point { x, y: layout.plot.y }, Point { x, y: foot + 4.0 }];
            marks.push(Mark::Line { points, ink: Ink::Grid, width: 1.0 });
            marks.push(label(tick.x, size.h - LABEL_PX / 2.0, tick.text, Ink::Muted, Align::Middle));
        }
    }
}

/// The places of one step: the largest number first, equals by name.
fn places<'a>(
    numbers: &BTreeMap<&'a str, f64>,
    names: &BTreeMap<&str, String>,
    is_shown: &impl Fn(&str) -> bool,
) -> BTreeMap<&'a str, (usize, f64)> {
    let mut order: Vec<(&str, f64)> =
        numbers.iter().filter(|(key, _)| is_shown(key)).map(|(key, value)| (*key, *value)).collect();
    order.sort_by(|one, other| other.1.total_cmp(&one.1).then_with(|| names.get(one.0).cmp(&names.get(other.0))));
    order.into_iter().enumerate().map(|(index, (key, value))| (key, (index + 1, value))).collect()
}

/// Those that are followed: who ever had one of the first places, by the last place; those that have dropped out come
/// after, by their best. And how many are not.
fn followed<'a>(ranked: &[BTreeMap<&'a str, (usize, f64)>], names: &BTreeMap<&str, String>) -> (Vec<&'a str>, usize) {
    let mut best: BTreeMap<&str, usize> = BTreeMap::new();
    for (key, (place, _)) in ranked.iter().flatten() {
        let kept = best.entry(key).or_insert(*place);
        *kept = (*kept).min(*place);
    }
    let last = |key: &str| ranked.last().and_then(|step| step.get(key)).map_or(usize::MAX, |(place, _)| *place);
    let counted = best.len();
    let mut order: Vec<(usize, usize, Option<&String>, &str)> = best
        .into_iter()
        .filter(|(_, best)| *best <= MOST_PLACES)
        .map(|(key, best)| (last(key), best, names.get(key), key))
        .collect();
    order.sort_unstable();
    order.truncate(MOST_ENTRIES);
    let left_out = counted - order.len();
    (order.into_iter().map(|(.., key)| key).collect(), left_out)
}

impl Entry {
    /// Its place in the last step; those without one come last.
    fn last(&self) -> usize {
        self.places.last().copied().flatten().map_or(usize::MAX, |(place, _)| place)
    }
}

/// Where the parts stand.
struct Layout {
    plot: Area,
    /// How many places are drawn.
    rows: usize,
    /// How wide names at the ends may be; 0 without them.
    names: f64,
    has_places: bool,
    has_foot: bool,
}

impl Layout {
    fn y(&self, place: usize) -> f64 {
        self.plot.y + (place as f64 - 0.5) * self.plot.h / self.rows as f64
    }

    /// Where an entry stands in each step, where it is drawn.
    fn points(&self, entry: &Entry, at_x: &[f64]) -> Vec<Option<Point>> {
        let drawn = |place: &Option<(usize, f64)>| place.map(|(place, _)| place).filter(|place| *place <= self.rows);
        entry.places.iter().zip(at_x).map(|(place, x)| Some(Point { x: *x, y: self.y(drawn(place)?) })).collect()
    }
}

/// A way through the points that leaves and reaches each of them level.
fn bent(points: &[Point]) -> Vec<Point> {
    let mut way: Vec<Point> = points.first().copied().into_iter().collect();
    for pair in points.windows(2) {
        let [from, to] = pair else { continue };
        let pieces = if to.x - from.x < DISCS_FROM_PX || (to.y - from.y).abs() < 0.1 { 1 } else { PIECES };
        for piece in 1..=pieces {
            let t = f64::from(piece) / f64::from(pieces);
            let rise = t * t * (3.0 - 2.0 * t);
            way.push(Point { x: from.x + (to.x - from.x) * t, y: from.y + (to.y - from.y) * rise });
        }
    }
    way
}

impl Chart for RankRaceSpec {
    fn scene(&self, size: Size) -> Scene {
        if self.steps.is_empty() || self.entries.is_empty() {
            return Scene::empty(size);
        }
        let layout = self.layout(size);
        let at_x = self.at_x(layout.plot);
        let mut marks = Vec::new();
        if layout.has_foot {
            self.draw_foot(&mut marks, &at_x, &layout, size);
        }
        if layout.has_places {
            for place in 1..=layout.rows {
                let x = layout.plot.x - DISC_PX - BESIDE_PX / 2.0;
                marks.push(label(x, layout.y(place), place.to_string(), Ink::Muted, Align::End));
            }
        }
        let mut room = LabelRoom::among(&marks, size);
        let apart = at_x.windows(2).map(|pair| if let [one, other] = pair { other - one } else { 0.0 });
        let has_discs = apart.fold(f64::INFINITY, f64::min) >= DISCS_FROM_PX && layout.rows * at_x.len() <= MOST_DISCS;
        let mut tracks = Vec::new();
        // The first in the end lies on top.
        for entry in self.entries.iter().rev() {
            let points = layout.points(entry, &at_x);
            let ink = Ink::Series(entry.colour);
            for run in runs(&points) {
                let run: Vec<Point> = run.into_iter().map(|(_, point)| point).collect();
                if run.len() > 1 {
                    marks.push(Mark::Line { points: thinned(&bent(&run), layout.plot), ink, width: LINE_PX });
                }
                let ends = [run.first(), run.last().filter(|_| run.len() > 1)];
                let discs: Vec<&Point> =
                    if has_discs { run.iter().collect() } else { ends.into_iter().flatten().collect() };
                for centre in discs {
                    marks.push(Mark::Disc { centre: *centre, radius: DISC_PX + 1.0, ink: Ink::Surface });
                    marks.push(Mark::Disc { centre: *centre, radius: DISC_PX, ink });
                }
            }
            tracks.push(Track { colour: entry.colour, points });
        }
        if layout.names > 0.0 {
            for entry in self.entries.iter().filter(|entry| entry.last() <= layout.rows) {
                let weight = if entry.last() == 1 { Weight::Strong } else { Weight::Regular };
                let at = Point { x: layout.plot.right() + DISC_PX, y: layout.y(entry.last()) };
                let text = shortened(&entry.name, FONT_PX, layout.names);
                let name = Mark::Label { at, text, ink: Ink::Text, align: Align::Start, weight, px: FONT_PX };
                room.write_first(&mut marks, [name]);
            }
        }
        Scene { size, marks, hits: Hits::Steps { plot: layout.plot, at_x, tracks } }
    }

    fn readout(&self, hit: usize) -> Readout {
        let Some(step) = self.steps.get(hit) else {
            return Readout::default();
        };
        let mut placed: Vec<(usize, f64, &Entry)> = (self.entries.iter())
            .filter_map(|entry| entry.places.get(hit).copied().flatten().map(|(place, value)| (place, value, entry)))
            .filter(|(place, ..)| *place <= MOST_PLACES)
            .collect();
        placed.sort_by_key(|(place, ..)| *place);
        let row = |(place, value, entry): (usize, f64, &Entry)| ReadoutRow {
            colour: Some(entry.colour),
            name: format!("{place}  {}", entry.name),
            value: self.numbers.exact(value),
        };
        Readout {
            heading: step_in_full(*step, self.grain, self.calendar, self.locale()),
            rows: placed.into_iter().map(row).collect(),
            note: None,
        }
    }

    fn summary(&self) -> String {
        let first = self.entries.first().filter(|entry| entry.last() == 1).map(|entry| entry.name.as_str());
        let count = self.entries.len() + self.left_out;
        words::rank_race_summary(&self.measure, count, self.steps.len(), first, self.locale())
    }
}

#[cfg(test)]
mod tests {
    use super::{
        super::{
            super::scene::tests::assert_labels_stand_apart,
            tests::{assert_bears_hard_frames, dimension, drawn, frame, hard_by_one, metric, source, text, time},
        },
        *,
    };
    use model::{
        frame::{Cell, Frame},
        metric::Unit,
    };
    use proptest::prelude::*;

    fn day(index: usize) -> Cell {
        let start = Timestamp::parse("2026-11-14T00:00:00+08:00").unwrap().plus_millis(index as i64 * 86_400_000);
        Cell::Text(start.to_rfc3339(Calendar::CHINA.offset_minutes).unwrap())
    }

    fn race(rows: &[(usize, &str, Option<f64>)]) -> Frame {
        let row = |(at, name, value): &(usize, &str, Option<f64>)| {
            vec![day(*at), text(name), value.map_or(Cell::Null, Cell::Number)]
        };
        let columns = vec![time(), dimension("channel"), metric("tv.viewers", Unit::Households)];
        frame(columns, rows.iter().map(row).collect())
    }

    fn week() -> Frame {
        let names = ["湖南卫视", "CCTV-1 综合", "浙江卫视", "东方卫视", "江苏卫视", "北京卫视", "CCTV-5 体育赛事频道"];
        let mut rows = Vec::new();
        for at in 0..8 {
            for (index, name) in names.iter().enumerate() {
                // 东方卫视 drops out for two days.
                let is_out = index == 3 && (3..5).contains(&at);
                let value = 9_000.0 - 700.0 * index as f64 + ((at * 7 + index * 5) % 11) as f64 * 240.0;
                rows.push((at, *name, (!is_out).then_some(value)));
            }
            rows.push((at, OTHER, Some(90_000.0)));
        }
        race(&rows)
    }

    #[test]
    fn a_week_of_places() {
        let frame = week();
        let spec = RankRaceSpec::read(&source(&frame)).unwrap();
        insta::assert_snapshot!(drawn(&spec, 560.0, 320.0));
        assert_eq!(spec.entries.iter().filter(|entry| entry.places[3].is_none()).count(), 1);
        assert!(spec.readout(0).spoken().starts_with("11月14日 周六, 1  "), "{}", spec.readout(0).spoken());
        assert!(
            spec.summary().starts_with("名次变化：tv.viewers，7 项，8 个时点，最后时点第一 "),
            "{}",
            spec.summary()
        );
    }

    #[test]
    fn equals_are_in_the_order_of_their_names() {
        let frame = race(&[(0, "b", Some(1.0)), (0, "a", Some(1.0)), (0, "c", Some(2.0))]);
        let spec = RankRaceSpec::read(&source(&frame)).unwrap();
        let names: Vec<&str> = spec.entries.iter().map(|entry| entry.name.as_str()).collect();
        assert_eq!(names, ["c", "a", "b"]);
    }

    #[test]
    fn who_is_taken_out_makes_room() {
        let frame = race(&[(0, "a", Some(3.0)), (0, "b", Some(2.0))]);
        let hidden = BTreeSet::from(["a".to_owned()]);
        let spec = RankRaceSpec::read(&Source { hidden: &hidden, ..source(&frame) }).unwrap();
        assert_eq!(spec.entries.len(), 1);
        assert_eq!(spec.entries[0].places, [Some((1, 2.0))]);
    }

    #[test]
    fn hard_frames_are_borne() {
        let mut frames = Vec::new();
        for (what, mut frame) in hard_by_one() {
            if let [_, _] = frame.columns.as_slice() {
                frame.columns.insert(0, time());
                for (index, row) in frame.rows.iter_mut().enumerate() {
                    row.insert(0, day(index % 3));
                }
                frames.push((what, frame.clone()));
                for (index, row) in frame.rows.iter_mut().enumerate() {
                    row[0] = day(index);
                }
            }
            frames.push((what, frame));
        }
        assert_bears_hard_frames(frames, RankRaceSpec::read);
    }

    proptest! {
        #[test]
        fn the_places_of_each_step_are_all_there_once(
            rows in prop::collection::vec((0_usize..6, 0_usize..20, prop::option::weighted(0.9, -3_i32..9)), 1..120),
            w in 20.0_f64..900.0,
            h in 12.0_f64..500.0,
        ) {
            let names: Vec<String> = (0..20).map(|index| format!("频道 {index}")).collect();
            let rows: Vec<_> =
                rows.iter().map(|(at, name, value)| (*at, names[*name].as_str(), value.map(f64::from))).collect();
            let frame = race(&rows);
            if let Ok(spec) = RankRaceSpec::read(&source(&frame)) {
                for at in 0..spec.steps.len() {
                    let mut places: Vec<usize> = (spec.entries.iter())
                        .filter_map(|entry| entry.places[at].map(|(place, _)| place))
                        .filter(|place| *place <= MOST_PLACES)
                        .collect();
                    places.sort_unstable();
                    prop_assert_eq!(&places, &(1..=places.len()).collect::<Vec<_>>());
                }
                let scene = spec.scene(Size { w, h });
                assert_labels_stand_apart(&scene);
                prop_assert!(scene.marks.len() < 1_500);
            }
        }
    }
}
