//! Bullet charts: a number as a bar on its way to a target, over bands that say how good it is; one, or one a row.
//!
//! After the specification of Stephen Few (Bullet Graph Design Specification, 2006): the bar takes a third of the bands'
//! height, the target six tenths, and the bands are shades of one hue.

use super::goal::{Band, Goal, attainment, bands, comparisons, ink, scale};
use crate::{
    chart::{
        Align, Area, Chart, Ink, Mark, Point, Readout, ReadoutRow, Scene, Size, Source, Unfit, Weight,
        columns::{groups, measures, number},
        numbers::Numbers,
        scene::{FONT_PX, Hits, LABEL_PX},
        shortened, text_width_px,
        ticks::ValueAxis,
        value_ticks::{crisp, label},
    },
    words,
};
use model::{
    board::{ComponentKind, Threshold, Tone},
    formatting::{axis_number, short_number},
};

/// One number on its way.
#[derive(Debug, Clone, PartialEq)]
struct Bullet {
    /// Empty where there is one only.
    name: String,
    /// `None` is undefined.
    value: Option<f64>,
    tone: Option<Tone>,
    goal: Option<Goal>,
    comparisons: Vec<(String, String)>,
    row: usize,
}

/// Bullets on one scale.
#[derive(Debug, Clone, PartialEq)]
pub struct BulletSpec {
    measure: String,
    numbers: Numbers,
    bullets: Vec<Bullet>,
    thresholds: Vec<Threshold>,
    axis: ValueAxis,
}

const LEAST_ROW_PX: f64 = 22.0;
const MOST_ROW_PX: f64 = 40.0;
const MOST_BAND_PX: f64 = 24.0;
const LEAST_BAND_PX: f64 = 8.0;
const BESIDE_PX: f64 = 8.0;
/// How much of the width names may take.
const NAME_SHARE: f64 = 0.32;
/// The strip in the tones of the bands along their foot.
const STRIP_PX: f64 = 2.0;
const MOST_FIGURE_PX: f64 = 28.0;

impl BulletSpec {
    /// Reads the first measure, a bullet for each row where the frame has a dimension. A second measure in the same unit
    /// is each row's target; without one the target of the look is.
    ///
    /// # Errors
    /// [`Unfit::Shape`] without a measure, [`Unfit::AllUndefined`] without a number.
    pub fn read(source: &Source) -> Result<Self, Unfit> {
        let (look, locale) = (source.look, source.reading.locale);
        let measures = measures(source);
        let measure = measures.first().ok_or(Unfit::Shape)?;
        let aim = measures.get(1).filter(|second| second.unit == measure.unit);
        let group = groups(source).into_iter().next();
        let rows = if group.is_some() { source.frame.rows.len() } else { source.frame.rows.len().min(1) };
        let bullet = |row: usize| {
            let value = number(source, row, measure.column);
            let goal = aim.and_then(|aim| {
                let value = number(source, row, aim.column)?;
                Some(Goal::new(aim.name.clone(), value, measure.unit, look, locale))
            });
            Bullet {
                name: group.map_or_else(String::new, |group| group.name(source, group.key(source, row))),
                value,
                tone: value.and_then(|value| look.tone_of(value)),
                goal: goal.or_else(|| if aim.is_none() { Goal::of(look, measure.unit, locale) } else { None }),
                comparisons: comparisons(source, measure, row),
                row,
            }
        };
        let bullets: Vec<Bullet> = (0..rows).map(bullet).collect();
        if bullets.iter().all(|bullet| bullet.value.is_none()) && (!bullets.is_empty() || group.is_none()) {
            return Err(Unfit::AllUndefined);
        }
        let values = || bullets.iter().filter_map(|bullet| bullet.value);
        let goals = bullets.iter().filter_map(|bullet| bullet.goal.as_ref()).map(|goal| goal.value);
        let thresholds = look.thresholds.iter().map(|threshold| threshold.from.get());
        Ok(Self {
            measure: measure.name.clone(),
            numbers: Numbers::of(values(), measure.unit, look, locale),
            axis: scale(values().chain(goals).chain(thresholds), measure.unit),
            bullets,
            thresholds: look.thresholds.clone(),
        })
    }

    fn short(&self, value: Option<f64>) -> String {
        value.map_or_else(
            || words::NO_VALUE.in_locale(self.numbers.locale).to_owned(),
            |value| self.numbers.short(value),
        )
    }

    /// The bands, the bar on them, and the line to be reached.
    fn draw_bar(&self, marks: &mut Vec<Mark>, bullet: &Bullet, track: Area) {
        let x = |value: f64| track.x + self.axis.share(value).clamp(0.0, 1.0) * track.w;
        let all = bands(&self.axis, &self.thresholds);
        for Band { from, to, tone } in &all {
            // A hair of the surface between two bands.
            let left = x(*from) + if *from > self.axis.from { 0.5 } else { 0.0 };
            let right = x(*to) - if *to < self.axis.to { 0.5 } else { 0.0 };
            let area = Area { x: left, y: track.y, w: (right - left).max(0.0), h: track.h };
            marks.push(Mark::Rect { area, ink: shade(*tone) });
            if let (Some(tone), true) = (tone, track.h >= LEAST_BAND_PX) {
                let foot = Area { y: track.bottom() + 1.0, h: STRIP_PX, ..area };
                marks.push(Mark::Rect { area: foot, ink: Ink::Tone(*tone) });
            }
        }
        let middle = track.centre().y;
        if let Some(value) = bullet.value {
            let (zero, end) = (x(0.0), x(value));
            // A bar of nothing is a hair, so that it is seen to be there.
            let h = (track.h / 3.0).max(2.0);
            let left = zero.min(end).min(track.right() - 1.5);
            let area = Area { x: left, y: middle - h / 2.0, w: (zero.max(end) - left).max(1.5), h };
            marks.push(Mark::Rect { area, ink: ink(bullet.tone) });
        }
        if let Some(goal) = &bullet.goal {
            let at = x(goal.value).min(track.right() - 1.5).max(track.x + 1.5);
            let half = track.h * 0.4;
            let line = |half: f64| vec![Point { x: at, y: middle - half }, Point { x: at, y: middle + half }];
            marks.push(Mark::Line { points: line(half), ink: Ink::Surface, width: 4.5 });
            marks.push(Mark::Line { points: line(half), ink: Ink::Target, width: 2.5 });
        }
    }

    /// Small ticks under the bands with a number each; the last has the unit. Those that would meet are left out.
    fn draw_axis(&self, marks: &mut Vec<Mark>, track: Area, ends: (f64, f64)) {
        let (unit, locale) = (self.numbers.unit, self.numbers.locale);
        let suffix = short_number(0.0, unit, locale).suffix;
        let mut free = ends.0;
        let last = self.axis.ticks.len().saturating_sub(1);
        for (index, tick) in self.axis.ticks.iter().enumerate() {
            let x = track.x + self.axis.share(*tick) * track.w;
            let text = axis_number(*tick, unit, locale);
            let text = if index == last { format!("{text}{suffix}") } else { text };
            let half = text_width_px(&text, FONT_PX) / 2.0;
            let middle = x.min(ends.1 - half).max(ends.0 + half);
            if middle - half >= free && middle + half <= ends.1 {
                let y = track.bottom() + STRIP_PX + 1.0;
                let at_x = crisp(x.min(track.right() - 1.0));
                let points = vec![Point { x: at_x, y }, Point { x: at_x, y: y + 4.0 }];
                marks.push(Mark::Line { points, ink: Ink::Axis, width: 1.0 });
                marks.push(label(middle, y + 4.0 + LABEL_PX / 2.0, text, Ink::Muted, Align::Middle));
                free = middle + half + BESIDE_PX;
            }
        }
    }

    /// One bullet over the whole size: its number above it, and beside that what ought to be reached.
    fn scene_of_one(&self, bullet: &Bullet, size: Size) -> Scene {
        let mut marks = Vec::new();
        let axis_h = STRIP_PX + 5.0 + LABEL_PX;
        let figure_px = (size.h * 0.3).clamp(FONT_PX, MOST_FIGURE_PX);
        let head_h = figure_px * LABEL_PX / FONT_PX;
        let has_head = size.h >= head_h + LEAST_BAND_PX;
        let head_h = if has_head { head_h + 2.0 } else { 0.0 };
        let has_axis = size.h >= head_h + LEAST_BAND_PX + axis_h;
        let foot_h = if has_axis { axis_h } else { STRIP_PX + 1.0 };
        let h = (size.h - head_h - foot_h).clamp(1.0, MOST_BAND_PX);
        let top = ((size.h - head_h - foot_h - h) / 2.0).max(0.0);
        let track = Area { x: 0.0, y: top + head_h, w: size.w, h };
        self.draw_bar(&mut marks, bullet, track);
        if has_axis {
            self.draw_axis(&mut marks, track, (0.0, size.w));
        }
        if has_head {
            self.draw_head(&mut marks, bullet, (top, figure_px), size);
        }
        Scene { size, marks, hits: Hits::Marks(vec![Area { x: 0.0, y: 0.0, w: size.w, h: size.h }]) }
    }

    fn draw_head(&self, marks: &mut Vec<Mark>, bullet: &Bullet, (top, px): (f64, f64), size: Size) {
        let text = self.short(bullet.value);
        let w = text_width_px(&text, px);
        let px = if w <= size.w { px } else { FONT_PX };
        let w = text_width_px(&text, px);
        if w > size.w {
            return;
        }
        let y = top + px * LABEL_PX / FONT_PX / 2.0;
        let at = Point { x: 0.0, y };
        marks.push(Mark::Label { at, text, ink: Ink::Text, align: Align::Start, weight: Weight::Strong, px });
        let Some(goal) = &bullet.goal else {
            return;
        };
        let target = format!("{} {}", goal.name, goal.short);
        let attained = bullet.value.and_then(|value| attainment(value, goal.value));
        let attained = attained.map(|share| format!("{} {share}", words::ATTAINED.in_locale(self.numbers.locale)));
        // Their foot is that of the number.
        let y = y + 0.35 * (px - FONT_PX);
        let mut right = size.w;
        for (text, ink) in [(Some(target), Ink::Muted), (attained, Ink::Text)] {
            if let Some(text) = text.filter(|text| right - text_width_px(text, FONT_PX) >= w + BESIDE_PX) {
                let text_w = text_width_px(&text, FONT_PX);
                marks.push(label(right, y, text, ink, Align::End));
                right -= text_w + 2.0 * BESIDE_PX;
            }
        }
    }

    fn scene_of_rows(&self, size: Size) -> Scene {
        let mut marks = Vec::new();
        let axis_h = STRIP_PX + 5.0 + LABEL_PX;
        let has_axis = size.h >= 2.0 * LEAST_ROW_PX + axis_h;
        let room_h = if has_axis { size.h - axis_h } else { size.h };
        let rows = ((room_h / LEAST_ROW_PX).floor() as usize).clamp(1, self.bullets.len().max(1));
        let left_out = self.bullets.len().saturating_sub(rows);
        let (shown, left_out) = if left_out > 0 && rows > 1 { (rows - 1, left_out + 1) } else { (rows, 0) };
        let bullets = self.bullets.get(..shown.min(self.bullets.len())).unwrap_or_default();
        let row_h = (room_h / rows as f64).min(MOST_ROW_PX);

        let columns = Columns::of(self, bullets, size);
        let band_h = (row_h * 0.6).min(MOST_BAND_PX);
        let track = |row: Area| Area {
            x: columns.left,
            y: row.centre().y - band_h / 2.0,
            w: (columns.right - columns.left).max(1.0),
            h: band_h,
        };
        let mut areas = Vec::new();
        for (index, bullet) in bullets.iter().enumerate() {
            let row = Area { x: 0.0, y: index as f64 * row_h, w: size.w, h: row_h };
            let middle = row.centre().y;
            self.draw_bar(&mut marks, bullet, track(row));
            let is_high = row_h >= LABEL_PX;
            let name = shortened(&bullet.name, FONT_PX, columns.name_w);
            if is_high && !name.is_empty() {
                marks.push(label(columns.name_w, middle, name, Ink::Text, Align::End));
            }
            if let (Some(end), true) = (columns.number_end, is_high) {
                marks.push(label(end, middle, self.short(bullet.value), Ink::Text, Align::End));
            }
            if let (Some(end), true, Some(share)) = (columns.share_end, is_high, bullet.attained()) {
                marks.push(label(end, middle, share, Ink::Muted, Align::End));
            }
            areas.push(row);
        }
        let end = (shown + usize::from(left_out > 0)) as f64 * row_h;
        if has_axis {
            // The ticks hang from the last row, also where that says how many are left out.
            let foot = Area { y: end - row_h, ..track(Area { x: 0.0, y: end - row_h, w: size.w, h: row_h }) };
            let foot = Area { h: row_h - STRIP_PX - 1.0, ..foot };
            self.draw_axis(&mut marks, foot, (columns.name_w.min(columns.left), size.w));
        }
        if left_out > 0 {
            let text = shortened(&words::more_items(left_out, self.numbers.locale), FONT_PX, size.w - columns.left);
            if !text.is_empty() {
                let y = (shown as f64 + 0.5) * row_h;
                marks.push(label(columns.left, y, text, Ink::Muted, Align::Start));
            }
        }
        Scene { size, marks, hits: Hits::Marks(areas) }
    }
}

/// The shade of a band: of one hue, the darker the worse.
const fn shade(tone: Option<Tone>) -> Ink {
    match tone {
        None => Ink::Track,
        Some(Tone::Good) => Ink::Step(0),
        Some(Tone::Warning) => Ink::Step(1),
        Some(Tone::Danger) => Ink::Step(2),
    }
}

impl Bullet {
    fn attained(&self) -> Option<String> {
        attainment(self.value?, self.goal.as_ref()?.value)
    }
}

/// Where the columns of rows stand: names, bars, numbers, how much is attained.
struct Columns {
    name_w: f64,
    left: f64,
    right: f64,
    number_end: Option<f64>,
    share_end: Option<f64>,
}

impl Columns {
    fn of(spec: &BulletSpec, bullets: &[Bullet], size: Size) -> Self {
        let widest = |texts: &mut dyn Iterator<Item = String>| {
            texts.map(|text| text_width_px(&text, FONT_PX)).fold(0.0, f64::max).ceil()
        };
        let name_w = widest(&mut bullets.iter().map(|bullet| bullet.name.clone())).min(size.w * NAME_SHARE).floor();
        let left = if name_w > 0.0 { name_w + BESIDE_PX } else { 0.0 };
        let number_w = widest(&mut bullets.iter().map(|bullet| spec.short(bullet.value)));
        let share_w = widest(&mut bullets.iter().filter_map(Bullet::attained));
        let least_bar = (size.w * 0.25).max(24.0);
        let has_numbers = size.w - left - number_w - BESIDE_PX >= least_bar;
        let has_shares =
            has_numbers && share_w > 0.0 && size.w - left - number_w - share_w - 3.0 * BESIDE_PX >= least_bar;
        let share_end = has_shares.then_some(size.w);
        let number_end = has_numbers.then_some(if has_shares { size.w - share_w - 2.0 * BESIDE_PX } else { size.w });
        let right = number_end.map_or(size.w, |end| end - number_w - BESIDE_PX);
        Self { name_w, left, right, number_end, share_end }
    }
}

impl Chart for BulletSpec {
    fn scene(&self, size: Size) -> Scene {
        match self.bullets.as_slice() {
            [] => Scene::empty(size),
            [only] if only.name.is_empty() => self.scene_of_one(only, size),
            _ => self.scene_of_rows(size),
        }
    }

    fn readout(&self, hit: usize) -> Readout {
        let Some(bullet) = self.bullets.get(hit) else {
            return Readout::default();
        };
        let row = |name: String, value: String| ReadoutRow { colour: None, name, value };
        let is_named = !bullet.name.is_empty();
        let heading = if is_named { bullet.name.clone() } else { self.measure.clone() };
        let name = if is_named { self.measure.clone() } else { String::new() };
        let mut rows = vec![row(name, self.numbers.exact_or_dash(bullet.value))];
        rows.extend(bullet.goal.as_ref().map(|goal| row(goal.name.clone(), self.numbers.exact(goal.value))));
        let attained = words::ATTAINED.in_locale(self.numbers.locale).to_owned();
        rows.extend(bullet.attained().map(|share| row(attained, share)));
        rows.extend(bullet.comparisons.iter().map(|(name, value)| row(name.clone(), value.clone())));
        Readout { heading, rows, note: None }
    }

    fn summary(&self) -> String {
        let locale = self.numbers.locale;
        if let [only] = self.bullets.as_slice()
            && only.name.is_empty()
        {
            let goal = only.goal.as_ref().map(|goal| (goal.name.as_str(), goal.short.as_str()));
            return words::figure_summary(
                ComponentKind::Bullet,
                (&self.measure, &self.short(only.value)),
                goal,
                locale,
            );
        }
        let known = self.bullets.iter().filter_map(|bullet| Some((bullet, bullet.value?)));
        let largest = known.max_by(|(_, one), (_, other)| one.total_cmp(other));
        let largest = largest.map(|(bullet, value)| (bullet.name.as_str(), self.numbers.short(value)));
        let largest = largest.as_ref().map(|(name, value)| (*name, value.as_str()));
        words::parts_summary(ComponentKind::Bullet, &self.measure, self.bullets.len(), largest, locale)
    }

    fn row(&self, hit: usize) -> Option<usize> {
        self.bullets.get(hit).filter(|bullet| !bullet.name.is_empty()).map(|bullet| bullet.row)
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{
        assert_bears_hard_frames, assert_sound, dimension, drawn, frame, hard_by_one, metric, source_with, text,
    };
    use super::*;
    use model::{board::Look, frame::Cell, metric::Unit};
    use proptest::prelude::*;

    fn look(text: &str) -> Look {
        serde_json::from_str(text).unwrap()
    }

    const AIMED: &str = r#"{"target":{"value":99},"thresholds":[
        {"from":0,"tone":"danger"},{"from":60,"tone":"warning"},{"from":85,"tone":"good"}]}"#;

    #[test]
    fn one_number_with_bands_and_a_target() {
        let frame = frame(vec![metric("tv.success_pct", Unit::Percent)], vec![vec![Cell::Number(92.4)]]);
        let look = look(AIMED);
        let bullet = BulletSpec::read(&source_with(&frame, &look)).unwrap();
        insta::assert_snapshot!(drawn(&bullet, 360.0, 72.0));
        assert_eq!(bullet.readout(0).spoken(), "tv.success_pct, 92.4%, 目标 99%, 达成率 93.3%");
        assert_eq!(bullet.summary(), "目标条：tv.success_pct 92.40%，目标 99%");
        assert_eq!(bullet.row(0), None);
    }

    #[test]
    fn a_second_measure_is_the_target_of_each_row() {
        let columns =
            vec![dimension("province"), metric("sales.orders", Unit::Count), metric("sales.plan", Unit::Count)];
        let row = |name: &str, value: i64, plan: i64| vec![text(name), Cell::Integer(value), Cell::Integer(plan)];
        let frame = frame(columns, vec![row("杭州", 940, 1_000), row("宁波", 1_210, 1_100)]);
        let plain = Look::default();
        let bullets = BulletSpec::read(&source_with(&frame, &plain)).unwrap();
        assert_eq!(bullets.readout(1).spoken(), "宁波, sales.orders 1,210, sales.plan 1,100, 达成率 110%");
        assert_eq!(bullets.row(1), Some(1));
        let scene = assert_sound(&bullets, Size { w: 400.0, h: 120.0 });
        assert_eq!(scene.hit_count(), 2);
        let targets = scene.marks.iter().filter(|mark| matches!(mark, Mark::Line { ink: Ink::Target, .. }));
        let xs: Vec<f64> = targets
            .filter_map(
                |mark| if let Mark::Line { points, .. } = mark { points.first().map(|point| point.x) } else { None },
            )
            .collect();
        assert!(xs[0] < xs[1], "each has its own: {xs:?}");
    }

    #[test]
    fn it_bears_hard_frames() {
        assert_bears_hard_frames(hard_by_one(), BulletSpec::read);
    }

    proptest! {
        #[test]
        fn it_is_sound_at_any_size(
            values in prop::collection::vec(prop::option::weighted(0.9, -1e9_f64..1e9), 1..30),
            target in -1e9_f64..1e9,
            has_names in any::<bool>(),
            w in 20.0_f64..600.0,
            h in 12.0_f64..400.0,
        ) {
            let names = ["浙江卫视", "Hunan Satellite TV", "中央广播电视总台体育赛事频道"];
            let cell = |value: &Option<f64>| value.map_or(Cell::Null, Cell::Number);
            let rows = values.iter().enumerate().map(|(index, value)| if has_names {
                vec![text(names[index % 3]), cell(value)]
            } else {
                vec![cell(value)]
            });
            let measure = metric("sales.revenue", Unit::Fen);
            let columns = if has_names { vec![dimension("channel"), measure] } else { vec![measure] };
            let frame = frame(columns, rows.collect());
            let look = look(&format!(r#"{{"target":{{"value":{target}}}}}"#));
            if let Ok(bullets) = BulletSpec::read(&source_with(&frame, &look)) {
                assert_sound(&bullets, Size { w, h });
            }
        }
    }
}
