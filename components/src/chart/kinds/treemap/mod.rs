//! Treemaps: parts of a whole as tiles of their size; with a second group, parts of parts.

mod squarified;

use super::super::{
    Align, Area, Chart, Ink, LegendEntry, Mark, Point, Readout, ReadoutRow, Scene, SeriesColour, Size, Source, Unfit,
    Weight,
    columns::{groups, heading_colours, matrix, parts_of_a_whole},
    numbers::{Numbers, share_percent},
    scene::{FONT_PX, Hits, LABEL_PX},
    shortened, text_width_px,
};
use crate::words;
use model::{board::ComponentKind, formatting::Locale};
use squarified::squarified;

/// Tiles that are drawn at the most of a whole, and of each part of it.
const MOST_TILES: usize = 60;
const MOST_PARENTS: usize = 12;
const MOST_CHILDREN: usize = 16;
/// Parts that are less than this share of the whole are taken together.
const LEAST_SHARE: f64 = 0.002;
const GAP_PX: f64 = 1.0;
/// Between parts that have parts.
const PARENT_GAP_PX: f64 = 3.0;
const INSIDE_PX: f64 = 6.0;
/// A name that would be shorter than this is left out.
const LEAST_NAME_PX: f64 = 28.0;

/// A tile.
#[derive(Debug, Clone, PartialEq)]
struct Tile {
    name: String,
    /// What it is a part of, where that is not the whole.
    parent: Option<String>,
    colour: SeriesColour,
    value: f64,
    /// Its row in the frame, where it is one.
    row: Option<usize>,
}

/// Tiles that stand together, the largest first.
#[derive(Debug, Clone, PartialEq)]
struct Block {
    total: f64,
    tiles: Vec<Tile>,
}

/// A treemap.
#[derive(Debug, Clone, PartialEq)]
pub struct TreemapSpec {
    measure: String,
    numbers: Numbers,
    total: f64,
    /// One for each part that has parts; a single one where none has.
    blocks: Vec<Block>,
    legend: Vec<LegendEntry>,
}

impl TreemapSpec {
    /// Reads the first measure by the first group, or by the first two, one within the other. All numbers are parts of a
    /// whole: none may be negative.
    pub fn read(source: &Source) -> Result<Self, Unfit> {
        if groups(source).len() >= 2 { Self::nested(source) } else { Self::flat(source) }
    }

    fn flat(source: &Source) -> Result<Self, Unfit> {
        let (measure, parts) = parts_of_a_whole(source)?;
        let locale = source.reading.locale;
        let numbers = Numbers::of(parts.iter().filter_map(|part| part.value), measure.unit, source.look, locale);
        let tile = |part: super::super::columns::Part| Tile {
            name: part.name,
            parent: None,
            colour: part.colour,
            value: part.value.unwrap_or(0.0),
            row: Some(part.row),
        };
        let block = block(parts.into_iter().map(tile).collect(), MOST_TILES, locale);
        let blocks = if block.tiles.is_empty() { Vec::new() } else { vec![block] };
        Ok(Self { measure: measure.name, numbers, total: total(&blocks), blocks, legend: Vec::new() })
    }

    fn nested(source: &Source) -> Result<Self, Unfit> {
        let matrix = matrix(source)?;
        if matrix.values().any(|value| value < 0.0) {
            return Err(Unfit::Negative);
        }
        let sum: f64 = matrix.values().sum();
        if sum <= 0.0 && !source.frame.rows.is_empty() {
            return Err(if matrix.values().next().is_none() { Unfit::AllUndefined } else { Unfit::ZeroTotal });
        }
        let locale = source.reading.locale;
        let colours = heading_colours(&matrix.first);
        let mut legend = Vec::new();
        let mut blocks = Vec::new();
        let mut rest = Vec::new();
        let child = |(first, second): (usize, usize)| {
            let cell = matrix.cell(first, second)?;
            let (parent, heading) = (matrix.first.get(first)?, matrix.second.get(second)?);
            Some(Tile {
                name: heading.full_name.clone(),
                parent: Some(parent.full_name.clone()),
                colour: colours.get(first).copied()?,
                value: cell.value.filter(|value| *value > 0.0)?,
                row: Some(cell.row),
            })
        };
        for (first, (parent, colour)) in matrix.first.iter().zip(&colours).enumerate() {
            let tiles: Vec<Tile> = (0..matrix.second.len()).filter_map(|second| child((first, second))).collect();
            if !tiles.is_empty() {
                let is_hidden = source.hidden.contains(&parent.full_name);
                legend.push(LegendEntry { name: parent.full_name.clone(), ink: Ink::Series(*colour), is_hidden });
                if !is_hidden {
                    blocks.push(block(tiles, MOST_CHILDREN, locale));
                }
            }
        }
        blocks.sort_by(|one, other| other.total.total_cmp(&one.total));
        if blocks.len() > MOST_PARENTS {
            rest.extend(blocks.split_off(MOST_PARENTS - 1));
            let value = total(&rest);
            let name = words::more_items(rest.len(), locale);
            let tile = Tile { name, parent: None, colour: SeriesColour::REST, value, row: None };
            blocks.push(Block { total: value, tiles: vec![tile] });
            blocks.sort_by(|one, other| other.total.total_cmp(&one.total));
            let is_drawn = |entry: &LegendEntry| {
                entry.is_hidden
                    || blocks
                        .iter()
                        .flat_map(|block| &block.tiles)
                        .any(|tile| tile.parent.as_ref() == Some(&entry.name))
            };
            legend.retain(is_drawn);
        }
        let numbers = Numbers::of(matrix.values(), matrix.measure.unit, source.look, locale);
        Ok(Self { measure: matrix.measure.name, numbers, total: total(&blocks), blocks, legend })
    }

    fn locale(&self) -> Locale {
        self.numbers.locale
    }

    fn tiles(&self) -> impl Iterator<Item = &Tile> {
        self.blocks.iter().flat_map(|block| &block.tiles)
    }

    /// Every tile with its place, block by block.
    fn placed(&self, size: Size) -> Vec<(&Tile, Area)> {
        let whole = Area { x: 0.0, y: 0.0, w: size.w, h: size.h };
        let totals: Vec<f64> = self.blocks.iter().map(|block| block.total).collect();
        let mut placed = Vec::new();
        for (block, area) in self.blocks.iter().zip(squarified(&totals, whole)) {
            // A gap of its own around each, as far as it leaves something of it.
            let gap =
                if self.blocks.len() > 1 && area.w.min(area.h) > 4.0 * PARENT_GAP_PX { PARENT_GAP_PX } else { 0.0 };
            let inner = Area { w: area.w - gap, h: area.h - gap, ..area };
            let values: Vec<f64> = block.tiles.iter().map(|tile| tile.value).collect();
            placed.extend(block.tiles.iter().zip(squarified(&values, inner)));
        }
        placed
    }

    fn draw_texts(&self, marks: &mut Vec<Mark>, tile: &Tile, area: Area) {
        let room = area.w - 2.0 * INSIDE_PX;
        let mut y = area.y + INSIDE_PX + LABEL_PX / 2.0 - 2.0;
        let name = shortened(&tile.name, FONT_PX, room);
        let is_whole = name == tile.name;
        if name.is_empty() || (!is_whole && room < LEAST_NAME_PX) || area.h < LABEL_PX + 2.0 * (INSIDE_PX - 2.0) {
            return;
        }
        let ink = Ink::OnSeries(tile.colour);
        let mut write = |text: String, weight: Weight| {
            if y + LABEL_PX / 2.0 <= area.bottom() - 2.0 {
                let at = Point { x: area.x + INSIDE_PX, y };
                marks.push(Mark::Label { at, text, ink, align: Align::Start, weight, px: FONT_PX });
                y += LABEL_PX;
            }
        };
        write(name, Weight::Strong);
        let number = self.numbers.short(tile.value);
        let share = share_percent(tile.value / self.total);
        let both = format!("{number} · {share}");
        let fits = |text: &String| text_width_px(text, FONT_PX) <= room;
        if fits(&both) {
            write(both, Weight::Regular);
        } else if fits(&number) {
            write(number, Weight::Regular);
            if fits(&share) {
                write(share, Weight::Regular);
            }
        }
    }
}

fn total(blocks: &[Block]) -> f64 {
    blocks.iter().map(|block| block.total).sum()
}

/// The largest tiles, and one for all that are small.
fn block(mut tiles: Vec<Tile>, most: usize, locale: Locale) -> Block {
    tiles.sort_by(|one, other| other.value.total_cmp(&one.value));
    let total: f64 = tiles.iter().map(|tile| tile.value).sum();
    let large = tiles.partition_point(|tile| tile.value >= total * LEAST_SHARE).max(1);
    let kept = if large < tiles.len() || tiles.len() > most { large.min(most - 1) } else { tiles.len() };
    // A single one is not taken together with anything.
    if kept + 1 < tiles.len() {
        let small = tiles.split_off(kept);
        let value = small.iter().map(|tile| tile.value).sum();
        let parent = small.first().and_then(|tile| tile.parent.clone());
        let colour = small.first().filter(|tile| tile.parent.is_some()).map_or(SeriesColour::REST, |tile| tile.colour);
        tiles.push(Tile { name: words::more_items(small.len(), locale), parent, colour, value, row: None });
        tiles.sort_by(|one, other| other.value.total_cmp(&one.value));
    }
    Block { total, tiles }
}

impl Chart for TreemapSpec {
    fn scene(&self, size: Size) -> Scene {
        let mut marks = Vec::new();
        let mut areas = Vec::new();
        for (tile, area) in self.placed(size) {
            let gap = |px: f64| if px > 3.0 * GAP_PX { GAP_PX } else { 0.0 };
            let seen = Area { w: area.w - gap(area.w), h: area.h - gap(area.h), ..area };
            marks.push(Mark::Rect { area: seen, ink: Ink::Series(tile.colour) });
            self.draw_texts(&mut marks, tile, seen);
            areas.push(area);
        }
        Scene { size, marks, hits: Hits::Marks(areas) }
    }

    fn readout(&self, hit: usize) -> Readout {
        let Some(tile) = self.tiles().nth(hit) else {
            return Readout::default();
        };
        let row = |colour: Option<SeriesColour>, name: String, value: String| ReadoutRow { colour, name, value };
        let whole = words::OF_THE_WHOLE.in_locale(self.locale()).to_owned();
        let mut rows = vec![
            row(Some(tile.colour), self.measure.clone(), self.numbers.exact(tile.value)),
            row(None, whole, share_percent(tile.value / self.total)),
        ];
        let of = |parent: &String| {
            self.blocks.iter().find(|block| block.tiles.iter().any(|tile| tile.parent.as_ref() == Some(parent)))
        };
        if let Some((parent, block)) = tile.parent.as_ref().and_then(|parent| Some((parent, of(parent)?))) {
            rows.push(row(None, words::share_of(parent, self.locale()), share_percent(tile.value / block.total)));
        }
        let heading = match &tile.parent {
            Some(parent) => format!("{parent} · {}", tile.name),
            None => tile.name.clone(),
        };
        Readout { heading, rows, note: None }
    }

    fn summary(&self) -> String {
        let most = self.tiles().max_by(|one, other| one.value.total_cmp(&other.value));
        let most = most.map(|tile| (tile.name.as_str(), self.numbers.short(tile.value)));
        let count = self.tiles().count();
        words::items_summary(ComponentKind::Treemap, &self.measure, count, most, self.locale())
    }

    fn legend(&self) -> Vec<LegendEntry> {
        self.legend.clone()
    }

    fn row(&self, hit: usize) -> Option<usize> {
        self.tiles().nth(hit).and_then(|tile| tile.row)
    }
}

#[cfg(test)]
mod tests {
    use super::super::{matrix_frames::*, tests::*};
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeSet;

    #[test]
    fn tiles_say_what_they_are_and_small_ones_are_taken_together() {
        let parts = [
            ("电视剧", Some(5_200.0)),
            ("综艺", Some(2_100.0)),
            ("新闻", Some(1_400.0)),
            ("少儿", Some(900.0)),
            ("戏曲", Some(9.0)),
            ("广告", Some(5.0)),
            ("试播", Some(2.0)),
        ];
        let frame = by_genre(&parts);
        let chart = TreemapSpec::read(&source(&frame)).unwrap();
        insta::assert_snapshot!(drawn(&chart, 360.0, 220.0));
        assert_eq!(chart.readout(1).spoken(), "综艺, content.plays 2,100, 占比 21.8%");
        assert_eq!(chart.readout(4).heading, "另有 3 项");
        assert_eq!((chart.row(1), chart.row(4)), (Some(1), None));
        assert_eq!(chart.summary(), "矩形树图：content.plays，5 项，最高 电视剧 5,200");
    }

    #[test]
    fn parts_of_parts_stand_together_and_can_be_hidden() {
        let cells = [
            ("直播", "央视", Some(40.0)),
            ("点播", "电影", Some(25.0)),
            ("直播", "卫视", Some(30.0)),
            ("点播", "综艺", Some(5.0)),
        ];
        let frame = by_two("kind", "genre", &cells);
        let chart = TreemapSpec::read(&source(&frame)).unwrap();
        assert_eq!(chart.readout(1).spoken(), "直播 · 卫视, content.plays 30, 占比 30%, 占直播 42.9%");
        let hidden = BTreeSet::from(["直播".to_owned()]);
        let chart = TreemapSpec::read(&Source { hidden: &hidden, ..source(&frame) }).unwrap();
        assert_eq!(chart.readout(0).spoken(), "点播 · 电影, content.plays 25, 占比 83.3%, 占点播 83.3%");
        let legend: Vec<(String, bool)> =
            chart.legend().into_iter().map(|entry| (entry.name, entry.is_hidden)).collect();
        assert_eq!(legend, [("直播".to_owned(), true), ("点播".to_owned(), false)]);
    }

    #[test]
    fn hard_frames_are_borne() {
        assert_bears_hard_frames(hard_by_one(), TreemapSpec::read);
        assert_bears_hard_frames(hard_by_two(), TreemapSpec::read);
    }

    proptest! {
        #[test]
        fn tiles_tile_the_whole(
            values in prop::collection::vec(0.0_f64..1e6, 1..200),
            w in 20.0_f64..900.0,
            h in 12.0_f64..600.0,
        ) {
            prop_assume!(values.iter().any(|value| *value > 0.0));
            let named: Vec<(String, f64)> =
                values.iter().enumerate().map(|(index, value)| (format!("频道 {index}"), *value)).collect();
            let parts: Vec<(&str, Option<f64>)> = named.iter().map(|(name, value)| (name.as_str(), Some(*value))).collect();
            let chart = TreemapSpec::read(&source(&by_genre(&parts))).unwrap();
            let whole: f64 = chart.placed(Size { w, h }).iter().map(|(_, area)| area.w * area.h).sum();
            prop_assert!((whole - w * h).abs() < 1e-6 * w * h);
            let sum: f64 = values.iter().sum();
            prop_assert!((chart.total - sum).abs() < 1e-6 * sum, "nothing is lost where small ones are taken together");
            assert_sound(&chart, Size { w, h });
        }
    }
}
