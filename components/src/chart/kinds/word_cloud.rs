//! Word clouds: words as large as their numbers, the largest in the middle.
//!
//! Words are put where they first have room along a spiral of Archimedes (J. Feinberg, "Wordle", in "Beautiful
//! Visualization", O'Reilly, 2010).

use super::super::{
    Align, Area, Chart, Ink, Mark, Point, Readout, ReadoutRow, Scene, Size, Source, Unfit, Weight,
    columns::{Part, parts_of_a_whole},
    numbers::{Numbers, share_percent},
    scene::{FONT_PX, Hits, LABEL_PX},
    shortened, text_width_px,
};
use crate::words;
use model::{board::ComponentKind, formatting::Locale};

const MOST_WORDS: usize = 80;
const MOST_PX: f64 = 40.0;
/// How much of the width one word may take.
const WORD_SHARE: f64 = 0.8;
/// Between two words.
const APART_PX: f64 = 4.0;
/// Of how many pixels the grid is in which words are kept apart.
const GRID_PX: f64 = 4.0;
/// How far the spiral reaches, of the longer side: into the corners.
const REACH: f64 = 0.7;
const LEAST_POINT_PX: f64 = 2.0;
/// Points of the spiral.
const STEPS: usize = 2_000;
/// How far apart its points are as a share of its reach, and its turns as a multiple of that: then the last of the points
/// lie at its end, since the area is π times the square of the reach.
const POINT_SHARE: f64 = 0.031_3;
const TURN_POINTS: f64 = 1.6;

/// A word cloud.
#[derive(Debug, Clone, PartialEq)]
pub struct WordCloudSpec {
    measure: String,
    numbers: Numbers,
    total: f64,
    /// The largest first.
    words: Vec<Part>,
    left_out: usize,
}

impl WordCloudSpec {
    /// Reads the first measure by the first group. Words without a number, and what is only "other", are left out.
    pub fn read(source: &Source) -> Result<Self, Unfit> {
        let (measure, mut words) = parts_of_a_whole(source)?;
        let total = words.iter().filter_map(|word| word.value).sum();
        let numbers =
            Numbers::of(words.iter().filter_map(|word| word.value), measure.unit, source.look, source.reading.locale);
        if words.iter().any(|word| !word.is_rest) {
            words.retain(|word| !word.is_rest);
        }
        words.sort_by(|one, other| other.value.unwrap_or(0.0).total_cmp(&one.value.unwrap_or(0.0)));
        let left_out = words.len().saturating_sub(MOST_WORDS);
        words.truncate(MOST_WORDS);
        Ok(Self { measure: measure.name, numbers, total, words, left_out })
    }

    fn locale(&self) -> Locale {
        self.numbers.locale
    }

    /// How high the letters of each word are: areas, not heights, are as large as the numbers.
    fn heights(&self, size: Size) -> Vec<f64> {
        let value = |word: &Part| word.value.unwrap_or(0.0);
        let most = self.words.first().map_or(1.0, value);
        let largest = MOST_PX.min(size.h / 4.0).max(FONT_PX);
        let height = |word: &Part| {
            let px = FONT_PX + (largest - FONT_PX) * (value(word) / most).sqrt();
            // Half pixels, so that words of nearly the same number look the same.
            (px * 2.0).floor() / 2.0
        };
        self.words.iter().map(height).collect()
    }
}

/// What is taken already, in cells of a grid.
struct Taken {
    columns: usize,
    rows: usize,
    cells: Vec<bool>,
}

impl Taken {
    fn of(size: Size) -> Self {
        let cells = |px: f64| (px / GRID_PX).ceil().max(1.0) as usize;
        let (columns, rows) = (cells(size.w), cells(size.h));
        Self { columns, rows, cells: vec![false; columns * rows] }
    }

    fn indices(&self, area: Area) -> impl Iterator<Item = usize> {
        let from = |px: f64| (px / GRID_PX).floor().max(0.0) as usize;
        let to = |px: f64, most: usize| ((px / GRID_PX).ceil().max(0.0) as usize).min(most);
        let (columns, width) = (from(area.x)..to(area.right(), self.columns), self.columns);
        (from(area.y)..to(area.bottom(), self.rows))
            .flat_map(move |row| columns.clone().map(move |column| row * width + column))
    }

    fn is_free(&self, area: Area) -> bool {
        self.indices(area).all(|index| self.cells.get(index) == Some(&false))
    }

    fn take(&mut self, area: Area) {
        let indices: Vec<usize> = self.indices(area).collect();
        for index in indices {
            if let Some(cell) = self.cells.get_mut(index) {
                *cell = true;
            }
        }
    }
}

/// Points of a spiral around the middle, flattened as the scene is, in whole pixels.
fn spiral(size: Size) -> Vec<Point> {
    let centre = Point { x: size.w / 2.0, y: size.h / 2.0 };
    let (wide, high) = if size.w > size.h { (1.0, size.h / size.w) } else { (size.w / size.h, 1.0) };
    // The direction is turned by a rational rotation ((1 − t²) / (1 + t²), 2t / (1 + t²)), which is the same on every
    // machine; sines need not be.
    let (mut x, mut y, mut radius) = (1.0, 0.0, 0.0_f64);
    let point_px = (size.w.max(size.h) * REACH * POINT_SHARE).max(LEAST_POINT_PX);
    let mut points = Vec::with_capacity(STEPS);
    for _ in 0..STEPS {
        points.push(Point { x: (centre.x + x * radius * wide).round(), y: (centre.y + y * radius * high).round() });
        let t = (point_px / radius.max(point_px)) / 2.0;
        let (cosine, sine) = ((1.0 - t * t) / (1.0 + t * t), 2.0 * t / (1.0 + t * t));
        (x, y) = (x * cosine - y * sine, x * sine + y * cosine);
        // A turn has about 2π / 2t points.
        radius += TURN_POINTS * point_px * t / std::f64::consts::PI;
    }
    points
}

impl Chart for WordCloudSpec {
    fn scene(&self, size: Size) -> Scene {
        let mut taken = Taken::of(size);
        let points = spiral(size);
        let mut marks = Vec::new();
        let mut areas = Vec::new();
        let strong = self.words.len().div_ceil(4);
        for (index, (word, px)) in self.words.iter().zip(self.heights(size)).enumerate() {
            let text = shortened(word.name.trim(), px, size.w * WORD_SHARE);
            let (w, h) = (text_width_px(&text, px), px * LABEL_PX / FONT_PX);
            let area = |point: &Point| Area { x: point.x - w / 2.0, y: point.y - h / 2.0, w, h };
            let is_inside =
                |area: &Area| area.x >= 0.0 && area.y >= 0.0 && area.right() <= size.w && area.bottom() <= size.h;
            let around = |area: Area| Area { x: area.x - APART_PX / 2.0, w: area.w + APART_PX, ..area };
            let has_room = |area: &Area| is_inside(area) && taken.is_free(around(*area));
            let place = if text.is_empty() { None } else { points.iter().map(area).find(has_room) };
            if let Some(place) = place {
                taken.take(around(place));
                let (ink, weight) =
                    if index < strong { (Ink::Text, Weight::Strong) } else { (Ink::Muted, Weight::Regular) };
                marks.push(Mark::Label { at: place.centre(), text, ink, align: Align::Middle, weight, px });
            }
            // A word that has no room can still be stepped to and read.
            areas.push(place.unwrap_or(Area { x: size.w / 2.0, y: size.h / 2.0, w: 0.0, h: 0.0 }));
        }
        Scene { size, marks, hits: Hits::Marks(areas) }
    }

    fn readout(&self, hit: usize) -> Readout {
        let Some(word) = self.words.get(hit) else {
            return Readout::default();
        };
        let row = |name: String, value: String| ReadoutRow { colour: None, name, value };
        let whole = words::OF_THE_WHOLE.in_locale(self.locale()).to_owned();
        let share = word.value.map_or(0.0, |value| value / self.total);
        let value = self.numbers.exact_or_dash(word.value);
        let rows = vec![row(self.measure.clone(), value), row(whole, share_percent(share))];
        Readout { heading: word.name.clone(), rows, note: None }
    }

    fn summary(&self) -> String {
        let most = self.words.first();
        let most = most.and_then(|word| Some((word.name.as_str(), self.numbers.short(word.value?))));
        let count = self.words.len() + self.left_out;
        words::items_summary(ComponentKind::WordCloud, &self.measure, count, most, self.locale())
    }

    fn row(&self, hit: usize) -> Option<usize> {
        self.words.get(hit).map(|word| word.row)
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::*;
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_largest_word_stands_in_the_middle() {
        let words = [
            ("狂飙", Some(9_000.0)),
            ("新闻联播", Some(5_200.0)),
            ("NBA", Some(2_000.0)),
            ("熊出没", Some(700.0)),
            ("戏曲", None),
        ];
        let frame = by_genre(&words);
        let chart = WordCloudSpec::read(&source(&frame)).unwrap();
        insta::assert_snapshot!(drawn(&chart, 320.0, 200.0));
        assert_eq!(chart.readout(1).spoken(), "新闻联播, content.plays 5,200, 占比 30.8%");
        assert_eq!(chart.row(2), Some(2));
        assert_eq!(chart.summary(), "词云：content.plays，4 项，最高 狂飙 9,000");
    }

    #[test]
    fn hard_frames_are_borne() {
        assert_bears_hard_frames(hard_by_one(), WordCloudSpec::read);
    }

    proptest! {
        #[test]
        fn a_larger_number_has_no_smaller_word(
            values in prop::collection::vec(0.1_f64..1e6, 1..120),
            w in 20.0_f64..900.0,
            h in 12.0_f64..500.0,
        ) {
            let named: Vec<(String, f64)> =
                values.iter().enumerate().map(|(index, value)| (format!("节目 {index}"), *value)).collect();
            let parts: Vec<(&str, Option<f64>)> = named.iter().map(|(name, value)| (name.as_str(), Some(*value))).collect();
            let chart = WordCloudSpec::read(&source(&by_genre(&parts))).unwrap();
            let heights = chart.heights(Size { w, h });
            prop_assert!(heights.windows(2).all(|pair| pair[0] >= pair[1]));
            prop_assert!(heights.iter().all(|px| (FONT_PX..=MOST_PX).contains(px)));
            let scene = assert_sound(&chart, Size { w, h });
            prop_assert!(scene.marks.len() <= MOST_WORDS);
        }
    }
}
