//! The province tile map: one tile of equal size for each province, roughly where it lies, coloured by a number.

use super::{
    Align, Area, Ink, Mark, Point, Readout, ReadoutRow, Scene, Size, Weight,
    scene::{FONT_PX, Hits, LABEL_PX},
    step_scale::{STEPS, StepScale},
    text_width_px,
};
use crate::words;
use model::{
    formatting::{Locale, axis_number, exact_number, figure_among, shared_decimals, short_number},
    geo::Province,
    metric::Unit,
};
use std::collections::BTreeMap;

/// What a province shows.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum ProvinceValue {
    /// The reader may not see it.
    Outside,
    /// Within the scope, and nothing is known.
    Nothing,
    Number(f64),
}

/// A province tile map.
#[derive(Debug, Clone, PartialEq)]
pub struct MapSpec {
    pub measure: String,
    pub unit: Unit,
    pub locale: Locale,
    /// Provinces that are not listed are outside the scope.
    pub provinces: BTreeMap<Province, ProvinceValue>,
}

const COLUMNS: f64 = 9.0;
const ROWS: f64 = 8.0;
const GAP_PX: f64 = 3.0;
/// The flattest a tile may be.
const WIDEST: f64 = 1.7;

/// Where the tiles stand.
struct Layout {
    left: f64,
    top: f64,
    tile_w: f64,
    tile_h: f64,
}

impl Layout {
    fn of(size: Size) -> Self {
        let tile_w = size.w / COLUMNS;
        let tile_h = (size.h / ROWS).min(tile_w);
        let tile_w = tile_w.min(tile_h * WIDEST);
        Self { left: (size.w - tile_w * COLUMNS) / 2.0, top: (size.h - tile_h * ROWS) / 2.0, tile_w, tile_h }
    }

    fn tile(&self, column: f64, row: f64) -> Area {
        Area {
            x: self.left + column * self.tile_w + GAP_PX / 2.0,
            y: self.top + row * self.tile_h + GAP_PX / 2.0,
            w: (self.tile_w - GAP_PX).max(1.0),
            h: (self.tile_h - GAP_PX).max(1.0),
        }
    }
}

/// What there is room for in every tile: all tiles alike, so that none seems to lack its number.
struct TileText {
    /// The province's name, or else its letters.
    name: Option<fn(Province, Locale) -> &'static str>,
    /// Its number, with so many decimals at the most.
    decimals: Option<usize>,
}

impl MapSpec {
    /// What is drawn of a frame that has no such columns.
    pub const fn empty(locale: Locale) -> Self {
        Self { measure: String::new(), unit: Unit::Count, locale, provinces: BTreeMap::new() }
    }

    fn value(&self, province: Province) -> ProvinceValue {
        self.provinces.get(&province).copied().unwrap_or(ProvinceValue::Outside)
    }

    fn numbers(&self) -> impl Iterator<Item = f64> {
        self.provinces.values().filter_map(|value| match value {
            ProvinceValue::Number(number) => Some(*number),
            ProvinceValue::Outside | ProvinceValue::Nothing => None,
        })
    }

    fn scale(&self) -> StepScale {
        StepScale::fitting(self.numbers(), self.unit)
    }

    pub(super) fn scene(&self, size: Size) -> Scene {
        let layout = Layout::of(size);
        let scale = self.scale();
        let text = self.tile_text(layout.tile(0.0, 0.0));
        let mut marks = Vec::new();
        let mut areas = Vec::new();
        for province in Province::ALL {
            let (column, row) = province.facts().tile;
            let area = layout.tile(f64::from(column), f64::from(row));
            self.draw_tile(&mut marks, *province, area, &scale, &text);
            areas.push(area);
        }
        self.draw_legend(&mut marks, &layout, &scale);
        Scene { size, marks, hits: Hits::Marks(areas) }
    }

    fn tile_text(&self, tile: Area) -> TileText {
        let all_fit = |name: fn(Province, Locale) -> &'static str| {
            Province::ALL.iter().all(|province| fits(name(*province, self.locale), tile))
        };
        let names: [fn(Province, Locale) -> &'static str; 2] = [Province::name_in, |province, _| province.code()];
        TileText { name: names.into_iter().find(|name| all_fit(*name)), decimals: self.decimals(tile) }
    }

    /// How many decimals of the numbers there is room for, alike on all tiles.
    fn decimals(&self, tile: Area) -> Option<usize> {
        let is_high = tile.h >= 2.0 * LABEL_PX;
        let fits_all = |most: usize| self.numbers().all(|number| fits(&self.short(number, most), tile));
        (0..=2).rev().find(|most| is_high && fits_all(*most))
    }

    /// The number as the tiles have it, with at most so many decimals.
    fn short(&self, number: f64, most: usize) -> String {
        figure_among(number, self.unit, shared_decimals(self.numbers(), self.unit), most, self.locale)
    }

    fn draw_tile(&self, marks: &mut Vec<Mark>, province: Province, area: Area, scale: &StepScale, text: &TileText) {
        let (ink, on) = match self.value(province) {
            ProvinceValue::Outside => (Ink::Outside, Ink::OnOutside),
            ProvinceValue::Nothing => (Ink::NoValue, Ink::Muted),
            ProvinceValue::Number(number) => {
                let step = scale.step(number);
                (Ink::Step(step), Ink::OnStep(step))
            }
        };
        marks.push(Mark::Rect { area, ink });
        let name = text.name.map(|name| name(province, self.locale));
        let number = match self.value(province) {
            ProvinceValue::Number(number) => text.decimals.map(|decimals| self.short(number, decimals)),
            ProvinceValue::Outside | ProvinceValue::Nothing => None,
        };
        let centre = area.centre();
        let offset = if number.is_some() { LABEL_PX / 2.0 } else { 0.0 };
        if let Some(name) = name {
            marks.push(label(centre.x, centre.y - offset, name.to_owned(), on, Align::Middle, Weight::Regular));
        }
        if let Some(number) = number {
            marks.push(label(centre.x, centre.y + offset, number, on, Align::Middle, Weight::Strong));
        }
    }

    /// In the empty corner south-west of the tiles.
    fn draw_legend(&self, marks: &mut Vec<Mark>, layout: &Layout, scale: &StepScale) {
        let corner = layout.tile(0.0, 7.0);
        let room_w = layout.tile(4.0, 7.0).right() - corner.x;
        let (low, high) = scale.ends();
        let low_text = axis_number(low, self.unit, self.locale);
        let high_text = axis_number(high, self.unit, self.locale);
        let labels_w = text_width_px(&low_text, FONT_PX) + text_width_px(&high_text, FONT_PX);
        let swatch_w = (room_w / f64::from(STEPS)).min(18.0).floor();
        let scale_w = swatch_w * f64::from(STEPS);
        if swatch_w < 6.0 || labels_w + 8.0 > scale_w || corner.h < LABEL_PX + 8.0 {
            return;
        }
        let foot = corner.bottom();
        for step in 0..STEPS {
            let x = corner.x + swatch_w * f64::from(step);
            let area = Area { x, y: foot - LABEL_PX - 10.0, w: swatch_w - 1.0, h: 8.0 };
            marks.push(Mark::Rect { area, ink: Ink::Step(step) });
        }
        let y = foot - LABEL_PX / 2.0;
        marks.push(label(corner.x, y, low_text, Ink::Muted, Align::Start, Weight::Regular));
        marks.push(label(corner.x + scale_w, y, high_text, Ink::Muted, Align::End, Weight::Regular));
        let unit = short_number(0.0, self.unit, self.locale).suffix;
        let unit_w = text_width_px(unit.trim(), FONT_PX);
        if !unit.trim().is_empty() && scale_w + 6.0 + unit_w <= room_w {
            let x = corner.x + scale_w + 6.0;
            marks.push(label(x, y, unit.trim().to_owned(), Ink::Muted, Align::Start, Weight::Regular));
        }
    }

    pub(super) fn readout(&self, hit: usize) -> Readout {
        let Some(province) = Province::ALL.get(hit).copied() else {
            return Readout::default();
        };
        let row = |value: String| vec![ReadoutRow { colour: None, name: self.measure.clone(), value }];
        let (rows, note) = match self.value(province) {
            ProvinceValue::Outside => (Vec::new(), Some(words::OUTSIDE_SCOPE_SHORT.in_locale(self.locale))),
            ProvinceValue::Nothing => (row(words::NO_VALUE.in_locale(self.locale).to_owned()), None),
            ProvinceValue::Number(number) => (row(exact_number(number, self.unit, self.locale).joined()), None),
        };
        Readout { heading: province.name_in(self.locale).to_owned(), rows, note }
    }

    pub(super) fn summary(&self) -> String {
        let counted = self.provinces.values().filter(|value| matches!(value, ProvinceValue::Number(_))).count();
        words::map_summary(&self.measure, counted, self.locale)
    }
}

fn fits(text: &str, tile: Area) -> bool {
    text_width_px(text, FONT_PX) <= tile.w - 2.0 && tile.h >= LABEL_PX
}

fn label(x: f64, y: f64, text: String, ink: Ink, align: Align, weight: Weight) -> Mark {
    Mark::Label { at: Point { x, y }, text, ink, align, weight, px: FONT_PX }
}

#[cfg(test)]
mod tests {
    use super::super::{scene::tests::assert_labels_stand_apart, svg};
    use super::*;
    use proptest::prelude::*;

    fn spec(values: impl IntoIterator<Item = (Province, ProvinceValue)>, locale: Locale) -> MapSpec {
        let provinces = values.into_iter().collect();
        MapSpec { measure: "播放".to_owned(), unit: Unit::Count, locale, provinces }
    }

    #[test]
    fn a_scope_of_three_provinces_greys_the_others() {
        let values = [
            (Province::ZJ, ProvinceValue::Number(66_500.0)),
            (Province::GD, ProvinceValue::Number(129_900.0)),
            (Province::TW, ProvinceValue::Nothing),
        ];
        let spec = spec(values, Locale::ZhCn);
        let scene = spec.scene(Size { w: 450.0, h: 360.0 });
        let count = |wanted: fn(Ink) -> bool| {
            scene.marks.iter().filter(|mark| matches!(mark, Mark::Rect { ink, .. } if wanted(*ink))).count()
        };
        assert_eq!(count(|ink| ink == Ink::Outside), 31);
        assert_eq!(count(|ink| ink == Ink::NoValue), 1);
        // Two provinces and the seven steps of the legend.
        assert_eq!(count(|ink| matches!(ink, Ink::Step(_))), 9);
        insta::assert_snapshot!(svg(&scene).replace("><", ">\n<"));
        let index = |province| Province::ALL.iter().position(|one| *one == province).unwrap();
        assert_eq!(spec.readout(index(Province::GD)).spoken(), "广东, 播放 129,900");
        assert_eq!(spec.readout(index(Province::BJ)).note, Some("不在您的数据范围内"));
    }

    proptest! {
        #[test]
        fn labels_never_overlap(
            values in prop::collection::vec(0.0_f64..1e9, 34),
            w in 160.0_f64..900.0,
            h in 120.0_f64..700.0,
            english in any::<bool>(),
        ) {
            let values = Province::ALL.iter().copied().zip(values.into_iter().map(ProvinceValue::Number));
            let scene = spec(values, if english { Locale::En } else { Locale::ZhCn }).scene(Size { w, h });
            assert_labels_stand_apart(&scene);
            prop_assert_eq!(scene.hit_count(), 34);
        }
    }
}
