//! A ranking as a list: place, name, a thin bar, the number and how it changed.

use super::super::{
    Align, Area, Chart, Ink, Mark, Point, Readout, ReadoutRow, Scene, SeriesColour, Size, Source, Unfit, Weight,
    columns::{groups, measure, number},
    numbers::Numbers,
    scene::{FONT_PX, Hits, LABEL_PX},
    shortened, text_width_px,
    value_ticks::label,
};
use crate::{tile::OTHER, words};
use model::{
    board::Tone,
    formatting::{Locale, change_percent},
    frame::ColumnKind,
};

/// A ranking with changes.
#[derive(Debug, Clone, PartialEq)]
pub struct RankListSpec {
    measure: String,
    numbers: Numbers,
    /// In the order of the frame, which is that of the ranking.
    entries: Vec<Entry>,
    /// How the columns of the comparison are called, where there is one.
    before: Option<String>,
    change: Option<String>,
    rise_is_red: bool,
}

/// One place of the ranking.
#[derive(Debug, Clone, PartialEq)]
struct Entry {
    /// From 1; `None` for the rest, which is not ranked.
    place: Option<usize>,
    name: String,
    /// Finite; `None` is undefined.
    value: Option<f64>,
    before: Option<f64>,
    /// In percent.
    change: Option<f64>,
    row: usize,
}

/// Rows of less height have their bar behind name and number instead of beneath.
const TWO_LINES_FROM_PX: f64 = 30.0;
const LEAST_ROW_PX: f64 = 20.0;
const MOST_ROW_PX: f64 = 40.0;
const BAR_PX: f64 = 4.0;
const GAP_PX: f64 = 8.0;
/// The badges of the first three places.
const STRESSED: usize = 3;
const BADGE_PX: f64 = 18.0;
/// A name has at least this room, or what stands beside it is left out.
const LEAST_NAME_PX: f64 = 40.0;
/// Changes that round to nothing are none.
const LEVEL_PERCENT: f64 = 0.05;

impl RankListSpec {
    /// Reads the first dimension and the first metric, in the order of the rows; and its comparison
    /// (`metric@day`, `metric@day_pct`) where there is one.
    ///
    /// # Errors
    /// [`Unfit::Shape`] without a dimension or a metric.
    pub fn read(source: &Source) -> Result<Self, Unfit> {
        let measure = measure(source)?;
        let group = groups(source).into_iter().next().ok_or(Unfit::Shape)?;
        let compared = |is_percent: bool| comparison(source, measure.column, is_percent);
        let (before, change) = (compared(false), compared(true));
        let mut places = 0;
        let mut entry = |row: usize| {
            let key = group.key(source, row);
            let is_ranked = !matches!(key, None | Some(OTHER));
            places += usize::from(is_ranked);
            Entry {
                place: is_ranked.then_some(places),
                name: group.name(source, key),
                value: number(source, row, measure.column),
                before: before.and_then(|column| number(source, row, column)),
                change: change.and_then(|column| number(source, row, column)),
                row,
            }
        };
        let entries: Vec<Entry> = (0..source.frame.rows.len()).map(&mut entry).collect();
        let values = entries.iter().filter_map(|entry| entry.value);
        let numbers = Numbers::of(values, measure.unit, source.look, source.reading.locale);
        let title = |column: usize| {
            let name = source.frame.columns.get(column).map_or("", |column| column.name.as_str());
            source.reading.names.column(name, source.reading.locale)
        };
        Ok(Self {
            measure: measure.name,
            numbers,
            entries,
            before: before.map(title),
            change: change.map(title),
            rise_is_red: source.rise_is_red,
        })
    }

    const fn locale(&self) -> Locale {
        self.numbers.locale
    }

    /// What is said of a change, and in which ink; the arrow says it without colour too.
    fn change_text(&self, percent: Option<f64>) -> (String, Ink) {
        let Some(percent) = percent else {
            return (words::NO_VALUE.in_locale(self.locale()).to_owned(), Ink::Muted);
        };
        let size = change_percent(percent.abs()).trim_start_matches('+').to_owned();
        if percent.abs() < LEVEL_PERCENT {
            return (format!("→ {size}"), Ink::Muted);
        }
        let is_red = (percent > 0.0) == self.rise_is_red;
        let arrow = if percent > 0.0 { "↑" } else { "↓" };
        (format!("{arrow} {size}"), Ink::Tone(if is_red { Tone::Danger } else { Tone::Good }))
    }

    fn layout(&self, size: Size, entries: &[Entry], row_h: f64) -> Layout {
        let widest = |texts: &mut dyn Iterator<Item = String>| {
            texts.map(|text| text_width_px(&text, FONT_PX)).fold(0.0, f64::max).ceil()
        };
        let last = entries.iter().filter_map(|entry| entry.place).max().unwrap_or(0);
        let mut layout = Layout {
            row_h,
            place: text_width_px(&last.to_string(), FONT_PX).max(BADGE_PX).ceil(),
            number: widest(&mut entries.iter().map(|entry| self.number(entry))),
            change: match self.change {
                Some(_) => widest(&mut entries.iter().map(|entry| self.change_text(entry.change).0)),
                None => 0.0,
            },
            w: size.w,
        };
        // Where names had no room the change is left out first, then the place, then the number.
        for column in [Layout::without_change, Layout::without_place, Layout::without_number] {
            if layout.name_room() < LEAST_NAME_PX {
                layout = column(layout);
            }
        }
        layout
    }

    fn number(&self, entry: &Entry) -> String {
        entry
            .value
            .map_or_else(|| words::NO_VALUE.in_locale(self.locale()).to_owned(), |value| self.numbers.short(value))
    }

    fn draw_row(&self, marks: &mut Vec<Mark>, entry: &Entry, layout: &Layout, top: f64, share: Option<f64>) {
        let has_bar = layout.row_h >= TWO_LINES_FROM_PX;
        let middle = top + layout.row_h / 2.0;
        let line = if has_bar { middle - BAR_PX } else { middle };
        let is_stressed = entry.place.is_some_and(|place| place <= STRESSED);
        if let (Some(place), true) = (entry.place, layout.place > 0.0) {
            draw_place(marks, place, Point { x: layout.place / 2.0, y: middle }, is_stressed);
        }
        let weight = if is_stressed { Weight::Strong } else { Weight::Regular };
        let text = |x: f64, text: String, ink: Ink, align: Align, weight: Weight| Mark::Label {
            at: Point { x, y: line },
            text,
            ink,
            align,
            weight,
            px: FONT_PX,
        };
        let left = layout.left();
        let name = shortened(&entry.name, FONT_PX, layout.name_room());
        if !name.is_empty() {
            let ink = if entry.place.is_some() { Ink::Text } else { Ink::Muted };
            marks.push(text(left, name, ink, Align::Start, weight));
        }
        if layout.number > 0.0 {
            marks.push(text(layout.number_right(), self.number(entry), Ink::Text, Align::End, weight));
        }
        if layout.change > 0.0 {
            let (change, ink) = self.change_text(entry.change);
            marks.push(text(layout.w, change, ink, Align::End, Weight::Regular));
        }
        if has_bar {
            let way = Area { x: left, y: line + LABEL_PX / 2.0 + 2.0, w: (layout.w - left).max(1.0), h: BAR_PX };
            marks.push(Mark::Rect { area: way, ink: Ink::Track });
            if let Some(share) = share {
                let colour = if entry.place.is_some() { SeriesColour::FIRST } else { SeriesColour::REST };
                // A bar of nothing is a hair, so that it is seen to be there.
                let w = (way.w * share.clamp(0.0, 1.0)).max(1.5).min(way.w);
                marks.push(Mark::Rect { area: Area { w, ..way }, ink: Ink::Series(colour) });
                if share > 1.0 {
                    marks.push(broken(way));
                }
            }
        }
    }
}

/// The column of a comparison with a metric: the number before, or the change in percent.
fn comparison(source: &Source, measure: usize, is_percent: bool) -> Option<usize> {
    let prefix = format!("{}@", source.frame.columns.get(measure)?.name);
    let is_it = |column: &model::frame::Column| {
        column.kind == ColumnKind::Number
            && column.name.starts_with(&prefix)
            && column.name.ends_with("_pct") == is_percent
    };
    source.frame.columns.iter().position(is_it)
}

/// How wide the columns are; those of width 0 are left out.
struct Layout {
    row_h: f64,
    place: f64,
    number: f64,
    change: f64,
    w: f64,
}

impl Layout {
    fn without_change(self) -> Self {
        Self { change: 0.0, ..self }
    }

    fn without_place(self) -> Self {
        Self { place: 0.0, ..self }
    }

    fn without_number(self) -> Self {
        Self { number: 0.0, ..self }
    }

    /// Where names begin.
    fn left(&self) -> f64 {
        if self.place > 0.0 { self.place + GAP_PX } else { 0.0 }
    }

    fn number_right(&self) -> f64 {
        if self.change > 0.0 { self.w - self.change - GAP_PX * 1.5 } else { self.w }
    }

    fn name_room(&self) -> f64 {
        let number = if self.number > 0.0 { self.number + GAP_PX } else { 0.0 };
        self.number_right() - number - self.left()
    }
}

/// A gap across a bar that is longer than drawn.
fn broken(bar: Area) -> Mark {
    let x = bar.x + bar.w * 0.9;
    let points = [(2.0, bar.y - 1.0), (5.0, bar.y - 1.0), (1.0, bar.bottom() + 1.0), (-2.0, bar.bottom() + 1.0)];
    Mark::Polygon { points: points.map(|(dx, y)| Point { x: x + dx, y }).to_vec(), ink: Ink::Surface }
}

/// The place; the first three on a badge.
fn draw_place(marks: &mut Vec<Mark>, place: usize, centre: Point, is_stressed: bool) {
    if is_stressed {
        // The second and third a little paler than the first.
        let step = 6 - (place - 1) as u8;
        let (x, y) = (centre.x - BADGE_PX / 2.0, centre.y - BADGE_PX / 2.0);
        marks.push(Mark::Rect { area: Area { x, y, w: BADGE_PX, h: BADGE_PX }, ink: Ink::Step(step) });
        marks.push(Mark::Label {
            at: centre,
            text: place.to_string(),
            ink: Ink::OnStep(step),
            align: Align::Middle,
            weight: Weight::Strong,
            px: FONT_PX,
        });
    } else {
        marks.push(label(centre.x, centre.y, place.to_string(), Ink::Muted, Align::Middle));
    }
}

impl Chart for RankListSpec {
    fn scene(&self, size: Size) -> Scene {
        if self.entries.is_empty() || size.h < LABEL_PX {
            return Scene::empty(size);
        }
        let least = if size.h >= 3.0 * TWO_LINES_FROM_PX { TWO_LINES_FROM_PX } else { LEAST_ROW_PX };
        let rows = ((size.h / least).floor() as usize).clamp(1, self.entries.len());
        let left_out = self.entries.len() - rows;
        // The last row says how many are left out.
        let (shown, left_out) = if left_out > 0 { (rows.saturating_sub(1).max(1), left_out + 1) } else { (rows, 0) };
        let row_h = (size.h / rows as f64).min(MOST_ROW_PX);
        let entries = self.entries.get(..shown).unwrap_or_default();
        let layout = self.layout(size, entries, row_h);
        // What is grouped under "other" would dwarf the ranking.
        let ranked = self.entries.iter().filter(|entry| entry.place.is_some());
        let most = ranked.filter_map(|entry| entry.value).fold(0.0, f64::max);
        let mut marks = Vec::new();
        let mut areas = Vec::new();
        for (index, entry) in entries.iter().enumerate() {
            let top = index as f64 * row_h;
            let share = entry.value.map(|value| if most > 0.0 { value / most } else { 0.0 });
            self.draw_row(&mut marks, entry, &layout, top, share);
            areas.push(Area { x: 0.0, y: top, w: size.w, h: row_h });
        }
        if left_out > 0 && rows > shown {
            let text = words::more_items(left_out, self.locale());
            let text = shortened(&text, FONT_PX, size.w - layout.left());
            marks.push(label(layout.left(), (shown as f64 + 0.5) * row_h, text, Ink::Muted, Align::Start));
        }
        Scene { size, marks, hits: Hits::Marks(areas) }
    }

    fn readout(&self, hit: usize) -> Readout {
        let Some(entry) = self.entries.get(hit) else {
            return Readout::default();
        };
        let row = |name: &str, value: String| ReadoutRow { colour: None, name: name.to_owned(), value };
        let mut rows = Vec::new();
        if let Some(place) = entry.place {
            rows.push(row(words::PLACE.in_locale(self.locale()), place.to_string()));
        }
        rows.push(row(&self.measure, self.numbers.exact_or_dash(entry.value)));
        if let Some(title) = &self.before {
            rows.push(row(title, self.numbers.exact_or_dash(entry.before)));
        }
        if let Some(title) = &self.change {
            rows.push(row(title, self.change_text(entry.change).0));
        }
        Readout { heading: entry.name.clone(), rows, note: None }
    }

    fn summary(&self) -> String {
        let first = self.entries.first().map(|entry| (entry.name.as_str(), self.number(entry)));
        words::rank_list_summary(&self.measure, self.entries.len(), first, self.locale())
    }

    fn row(&self, hit: usize) -> Option<usize> {
        self.entries.get(hit).map(|entry| entry.row)
    }
}

#[cfg(test)]
mod tests {
    use super::{
        super::{
            super::scene::tests::assert_labels_stand_apart,
            tests::{assert_bears_hard_frames, dimension, drawn, frame, hard_by_one, metric, source, text},
        },
        *,
    };
    use model::{
        frame::{Cell, Frame},
        metric::Unit,
    };
    use proptest::prelude::*;

    fn number(value: Option<f64>) -> Cell {
        value.map_or(Cell::Null, Cell::Number)
    }

    fn channels(rows: &[(&str, Option<f64>, Option<f64>)]) -> Frame {
        let columns = vec![
            dimension("channel"),
            metric("tv.viewers", Unit::Households),
            metric("tv.viewers@week", Unit::Households),
            metric("tv.viewers@week_pct", Unit::Percent),
        ];
        let row = |(name, value, change): &(&str, Option<f64>, Option<f64>)| {
            let before = value.zip(*change).map(|(value, change)| value / (1.0 + change / 100.0));
            vec![text(name), number(*value), number(before), number(*change)]
        };
        frame(columns, rows.iter().map(row).collect())
    }

    fn evening() -> Frame {
        channels(&[
            ("湖南卫视", Some(412_300.0), Some(12.34)),
            ("CCTV-1 综合", Some(398_120.0), Some(-3.2)),
            ("浙江卫视", Some(210_000.0), Some(0.01)),
            ("中央广播电视总台体育赛事频道", Some(98_000.0), Some(140.0)),
            ("金鹰卡通", Some(41_000.0), None),
            ("东方卫视", None, None),
            (OTHER, Some(1_200_000.0), Some(1.0)),
        ])
    }

    #[test]
    fn a_ranking_with_its_changes() {
        let frame = evening();
        let spec = RankListSpec::read(&source(&frame)).unwrap();
        insta::assert_snapshot!(drawn(&spec, 420.0, 280.0));
        assert_eq!(
            spec.readout(1).spoken(),
            "CCTV-1 综合, 名次 2, tv.viewers 398,120户, tv.viewers · 较上周 411,280.99户, tv.viewers · 较上周 % ↓ 3.2%"
        );
        assert_eq!(spec.summary(), "排行榜：tv.viewers，7 项，首位 湖南卫视 41.23万户");
        assert_eq!(spec.row(6), Some(6));
        assert_eq!(spec.readout(6).rows.len(), 3, "the rest has no place");
    }

    #[test]
    fn red_is_a_rise_or_a_fall_as_the_organisation_has_it() {
        let frame = evening();
        let ink = |rise_is_red: bool| {
            RankListSpec::read(&Source { rise_is_red, ..source(&frame) }).unwrap().change_text(Some(2.0)).1
        };
        assert_eq!(ink(true), Ink::Tone(Tone::Danger));
        assert_eq!(ink(false), Ink::Tone(Tone::Good));
    }

    #[test]
    fn what_has_no_room_is_counted() {
        let frame = evening();
        let scene = RankListSpec::read(&source(&frame)).unwrap().scene(Size { w: 300.0, h: 120.0 });
        assert_eq!(scene.hit_count(), 3);
        assert!(scene.marks.iter().any(|mark| matches!(mark, Mark::Label { text, .. } if text == "另有 4 项")));
    }

    #[test]
    fn hard_frames_are_borne() {
        assert_bears_hard_frames(hard_by_one(), RankListSpec::read);
    }

    proptest! {
        #[test]
        fn labels_stand_apart(
            rows in prop::collection::vec(
                (0_usize..4, prop::option::weighted(0.9, -1e5_f64..1e9), prop::option::weighted(0.8, -100.0_f64..1e4)),
                0..30,
            ),
            w in 20.0_f64..700.0,
            h in 12.0_f64..500.0,
        ) {
            let names = ["CCTV-1 综合", "浙江卫视", "中央广播电视总台体育赛事频道", "X"];
            let rows: Vec<_> = rows.iter().map(|(name, value, change)| (names[*name], *value, *change)).collect();
            let frame = channels(&rows);
            let spec = RankListSpec::read(&source(&frame)).unwrap();
            let scene = spec.scene(Size { w, h });
            assert_labels_stand_apart(&scene);
            // Bars are as long as their numbers say.
            let most = rows.iter().filter_map(|row| row.1).fold(0.0, f64::max);
            let bars = scene.marks.iter().filter_map(|mark| match mark {
                Mark::Rect { area, ink: Ink::Series(_) } => Some(area.w),
                _ => None,
            });
            let way = scene.marks.iter().find_map(|mark| match mark {
                Mark::Rect { area, ink: Ink::Track } => Some(area.w),
                _ => None,
            });
            let shown = rows.iter().take(scene.hit_count()).filter_map(|row| row.1);
            for (bar, value) in bars.zip(shown) {
                let share = if most > 0.0 { (value / most).max(0.0) } else { 0.0 };
                let wanted = (way.unwrap_or_default() * share).max(1.5);
                prop_assert!((bar - wanted).abs() < 1e-6 || way.is_some_and(|way| way < 2.0));
            }
        }
    }
}
