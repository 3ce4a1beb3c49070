//! Made-up numbers for every component: what it looks like before anything is bound to it. Palette, gallery and contact
//! sheets draw them. They are the same each time and say nothing of anybody.

mod catalogue;
mod categories;
mod figures;
mod large;
mod matrices;
mod places;
mod series;
mod sessions;

pub use catalogue::names;
pub use large::large;

use model::{
    board::{ByShape, ComponentKind, Look},
    formatting::Locale,
    frame::{Cell, Column, ColumnKind, Frame, FrameState},
    metric::Unit,
    time::{Calendar, Grain, Timestamp},
};

/// What a component is shown with.
#[derive(Debug, Clone, PartialEq)]
pub struct Sample {
    pub frame: Frame,
    pub look: Look,
    /// The step of its time axis, where it has one.
    pub grain: Grain,
}

impl Sample {
    fn of(frame: Frame) -> Self {
        Self { frame, look: Look::default(), grain: Grain::Day }
    }
}

/// The sample of a kind; `None` for those that draw no numbers.
pub fn sample(kind: ComponentKind, locale: Locale) -> Option<Sample> {
    let said = Said(locale);
    match kind.by_shape() {
        ByShape::Scalar(kind) => Some(figures::scalar(kind)),
        ByShape::Series(kind) => Some(series::series(kind, said)),
        ByShape::Pair(_) => Some(series::pair()),
        ByShape::Category(kind) => Some(categories::category(kind, said)),
        ByShape::Points(_) => Some(categories::points(said)),
        ByShape::Spread(kind) => Some(figures::spread(kind)),
        ByShape::Matrix(kind) => Some(matrices::matrix(kind, said)),
        ByShape::Table(_) => Some(categories::table(said)),
        ByShape::Geo(_) => Some(places::geo()),
        ByShape::Sessions(_) => Some(sessions::sessions(said)),
        ByShape::Still(_) | ByShape::Container(_) => None,
    }
}

/// The language of the names in a sample.
#[derive(Debug, Clone, Copy)]
struct Said(Locale);

impl Said {
    fn in_words(self, zh: &str, en: &str) -> String {
        match self.0 {
            Locale::ZhCn => zh.to_owned(),
            Locale::En => en.to_owned(),
        }
    }

    fn cell(self, (zh, en): (&str, &str)) -> Cell {
        Cell::Text(self.in_words(zh, en))
    }
}

const CHANNELS: [(&str, &str); 8] = [
    ("CCTV-1 综合", "CCTV-1"),
    ("湖南卫视", "Hunan TV"),
    ("浙江卫视", "Zhejiang TV"),
    ("CCTV-5 体育", "CCTV-5 Sports"),
    ("东方卫视", "Dragon TV"),
    ("CCTV-13 新闻", "CCTV-13 News"),
    ("江苏卫视", "Jiangsu TV"),
    ("北京卫视", "Beijing TV"),
];

const GENRES: [(&str, &str); 6] = [
    ("电视剧", "Drama"),
    ("综艺", "Variety"),
    ("新闻", "News"),
    ("体育", "Sports"),
    ("少儿", "Children"),
    ("电影", "Film"),
];

/// How many of a thousand watch in each hour of the day: mornings, noon, and the evening's peak.
const HOURS: [u32; 24] = [
    180, 110, 70, 50, 45, 60, 130, 240, 290, 280, 270, 310, 430, 410, 330, 300, 320, 410, 590, 820, 960, 1000, 760, 410,
];

/// A number between 0 and 99 that looks like chance and is the same each time.
fn scatter(seed: usize) -> u32 {
    let mixed = (seed as u32).wrapping_mul(2_654_435_761) ^ 0x9e37_79b9;
    (mixed ^ (mixed >> 15)).wrapping_mul(0x85eb_ca6b) >> 16 & 0xffff
}

/// The same, so many percent around 100.
fn jitter(seed: usize, percent: u32) -> f64 {
    let share = f64::from(scatter(seed) % 1_000) / 1_000.0;
    1.0 + (share - 0.5) * 2.0 * f64::from(percent) / 100.0
}

fn dimension(name: &str) -> Column {
    Column::new(name, ColumnKind::Dimension)
}

fn time() -> Column {
    Column::new("time", ColumnKind::Time)
}

fn metric(name: &str, unit: Unit) -> Column {
    Column { unit: Some(unit), ..Column::new(name, ColumnKind::Number) }
}

/// Noon of the day that samples end on.
fn last_moment() -> Timestamp {
    Timestamp::from_millis(1_795_752_000_000)
}

/// Starts of so many steps, the last of which ends the sample.
fn steps(count: usize, grain: Grain) -> Vec<Timestamp> {
    let calendar = Calendar::CHINA;
    let mut step = calendar.floor(last_moment(), grain);
    let mut steps = vec![step];
    while steps.len() < count {
        step = calendar.floor(step.plus_millis(-1), grain);
        steps.push(step);
    }
    steps.reverse();
    steps
}

fn moment(at: Timestamp) -> Cell {
    Cell::Text(at.to_rfc3339(Calendar::CHINA.offset_minutes).unwrap_or_default())
}

fn rounded(value: f64) -> Cell {
    Cell::Number((value * 100.0).round() / 100.0)
}

fn whole(value: f64) -> Cell {
    Cell::Integer(value.round() as i64)
}

fn frame(columns: Vec<Column>, rows: Vec<Vec<Cell>>) -> Frame {
    Frame {
        columns,
        rows,
        as_of: Some(last_moment().plus_millis(86_400_000)),
        etag: String::new(),
        simulated: false,
        state: FrameState::Ready,
        warnings: Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chart::{Reading, Source, chart_of};
    use crate::tile::Drawing;
    use std::collections::BTreeSet;

    #[test]
    fn every_chart_can_be_drawn_of_its_sample_in_both_languages() {
        for kind in ComponentKind::ALL.into_iter().filter(|kind| Drawing::of(*kind) == Drawing::Chart) {
            for locale in [Locale::ZhCn, Locale::En] {
                let (Sample { frame, look, grain }, names) = (sample(kind, locale).unwrap(), names());
                let reading = Reading { names: &names, locale, calendar: Calendar::CHINA, map_approval: None };
                let hidden = BTreeSet::new();
                let source = Source { frame: &frame, look: &look, grain, reading, rise_is_red: true, hidden: &hidden };
                let drawn = chart_of(kind, &source);
                assert!(matches!(drawn, Some(Ok(_))), "{kind:?}: {drawn:?}");
            }
        }
    }

    #[test]
    fn what_draws_numbers_has_a_sample() {
        for kind in ComponentKind::ALL {
            assert_eq!(sample(kind, Locale::En).is_some(), Drawing::of(kind).has_numbers(), "{kind:?}");
        }
    }
}
