//! The provinces within their boundaries, coloured by a number.

use super::{
    super::{
        Align, Area, Chart, Ink, Mark, Point, ProvinceValue, Readout, ReadoutRow, Scene, Size, Source, Unfit, Weight,
        label_room::LabelRoom,
        scene::{FONT_PX, Hits, LABEL_PX, Shape},
        shortened,
        value_ticks::label,
    },
    provinces::{MapPlace, OUTLINES, Outline, ProvinceNumbers, StepScale},
};
use crate::words;
use model::{formatting::Locale, geo::Province};

/// A map of the provinces.
#[derive(Debug, Clone, PartialEq)]
pub struct BoundaryMapSpec {
    numbers: ProvinceNumbers,
    /// The map approval number (审图号) that whoever runs the product has for this map; a map of China that is shown to
    /// the public in China needs one. Without it the map says that it is still to be entered.
    pub note: Option<String>,
}

/// Maps of less height or width bear neither legend nor note.
const NOTED_FROM_PX: Size = Size { w: 150.0, h: 110.0 };
/// The part of the width that is free in the south-west.
const LEGEND_SHARE: f64 = 0.32;
/// Between two provinces.
const BORDER_PX: f64 = 0.75;
/// So much of a label must lie within its province.
const WITHIN: f64 = 0.86;

impl BoundaryMapSpec {
    /// Reads the first dimension, whose values are the letters of provinces, and the first metric.
    ///
    /// # Errors
    /// [`Unfit::Shape`] without a dimension or a metric.
    pub fn read(source: &Source) -> Result<Self, Unfit> {
        let note = source.reading.map_approval.map(ToString::to_string);
        Ok(Self { numbers: ProvinceNumbers::read(source)?, note })
    }

    const fn locale(&self) -> Locale {
        self.numbers.numbers.locale
    }

    fn inks(&self, province: Province, scale: &StepScale) -> (Ink, Ink) {
        match self.numbers.value(province) {
            ProvinceValue::Outside => (Ink::Outside, Ink::OnOutside),
            ProvinceValue::Nothing => (Ink::NoValue, Ink::Muted),
            ProvinceValue::Number(number) => {
                let step = scale.step(number);
                (Ink::Step(step), Ink::OnStep(step))
            }
        }
    }

    /// The name and, where there is room for both, the number; in English else the letters of the province.
    fn draw_name(&self, marks: &mut Vec<Mark>, room: &mut LabelRoom, outline: &Outline, place: MapPlace, ink: Ink) {
        let shape = Shape { outline: place.shape(outline), anchor: place.at(outline.centre) };
        let Point { x, y } = shape.anchor;
        let name = outline.province.name_in(self.locale()).to_owned();
        let figure = self.numbers.number(outline.province).map(|number| self.numbers.numbers.figure(number, 1));
        let text = |y: f64, text: &str, weight: Weight| Mark::Label {
            at: Point { x, y },
            text: text.to_owned(),
            ink,
            align: Align::Middle,
            weight,
            px: FONT_PX,
        };
        let code = outline.province.code().to_owned();
        let half = LABEL_PX / 2.0;
        let names = match self.locale() {
            Locale::ZhCn => vec![name],
            Locale::En => vec![name, code],
        };
        let alone = names.iter().map(|name| vec![text(y, name, Weight::Regular)]);
        let both = figure.iter().flat_map(|figure| {
            let lines =
                |name: &String| vec![text(y - half, name, Weight::Regular), text(y + half, figure, Weight::Strong)];
            names.iter().map(lines).collect::<Vec<_>>()
        });
        let has_room = |labels: &Vec<Mark>| {
            let areas: Vec<Area> = labels.iter().filter_map(Mark::label_area).collect();
            areas.iter().all(|area| room.is_free(*area) && lies_within(&shape, *area))
        };
        if let Some(labels) = both.chain(alone).find(has_room) {
            for area in labels.iter().filter_map(Mark::label_area) {
                room.keep_off(area);
            }
            marks.extend(labels);
        }
    }
}

/// Whether a label lies in the shape, but for a little at its edges.
fn lies_within(shape: &Shape, area: Area) -> bool {
    let Point { x, y } = area.centre();
    let (dx, dy) = (area.w / 2.0 * WITHIN, area.h / 2.0 * WITHIN * 0.8);
    let corners = [(-dx, -dy), (dx, -dy), (-dx, dy), (dx, dy), (0.0, -dy), (0.0, dy)];
    corners.iter().all(|(dx, dy)| shape.contains(Point { x: x + dx, y: y + dy }))
}

/// Fills the provinces, the largest first, with a hair of the surface between them.
pub(super) fn draw_provinces(marks: &mut Vec<Mark>, place: MapPlace, ink: impl Fn(Province) -> Ink) {
    for outline in OUTLINES.iter() {
        for ring in &outline.rings {
            let mut points = place.ring(ring);
            let Some(first) = points.first().copied() else { continue };
            marks.push(Mark::Polygon { points: points.clone(), ink: ink(outline.province) });
            points.push(first);
            marks.push(Mark::Line { points, ink: Ink::Surface, width: BORDER_PX });
        }
    }
}

/// The approval number, or that it is still to be entered, in the foot of a map. How high the foot is.
pub(super) fn draw_note(marks: &mut Vec<Mark>, note: Option<&str>, size: Size, locale: Locale) -> f64 {
    if size.w < NOTED_FROM_PX.w || size.h < NOTED_FROM_PX.h {
        return 0.0;
    }
    let text = shortened(&words::map_approval(note, locale), FONT_PX, size.w);
    marks.push(label(0.0, size.h - LABEL_PX / 2.0, text, Ink::Muted, Align::Start));
    LABEL_PX + 2.0
}

impl Chart for BoundaryMapSpec {
    fn scene(&self, size: Size) -> Scene {
        let mut marks = Vec::new();
        let mut noted = Vec::new();
        let foot = draw_note(&mut noted, self.note.as_deref(), size, self.locale());
        let place = MapPlace::within(Area { x: 0.0, y: 0.0, w: size.w, h: size.h - foot });
        let scale = self.numbers.scale();
        draw_provinces(&mut marks, place, |province| self.inks(province, &scale).0);
        marks.append(&mut noted);
        if foot > 0.0 && self.numbers.most().is_some() {
            let corner = Point { x: 0.0, y: size.h - foot - 2.0 };
            scale.draw_legend(&mut marks, corner, size.w * LEGEND_SHARE, self.locale());
        }
        let mut room = LabelRoom::among(&marks, size);
        for outline in OUTLINES.iter() {
            self.draw_name(&mut marks, &mut room, outline, place, self.inks(outline.province, &scale).1);
        }
        let shape = |outline: &Outline| Shape { outline: place.shape(outline), anchor: place.at(outline.centre) };
        Scene { size, marks, hits: Hits::Shapes(OUTLINES.iter().map(shape).collect()) }
    }

    fn readout(&self, hit: usize) -> Readout {
        let Some(outline) = OUTLINES.get(hit) else {
            return Readout::default();
        };
        let locale = self.locale();
        let numbers = self.numbers.numbers;
        let row = |value: Option<f64>| {
            vec![ReadoutRow { colour: None, name: self.numbers.measure.clone(), value: numbers.exact_or_dash(value) }]
        };
        let (rows, note) = match self.numbers.value(outline.province) {
            ProvinceValue::Outside => (Vec::new(), Some(words::OUTSIDE_SCOPE_SHORT.in_locale(locale))),
            ProvinceValue::Nothing => (row(None), None),
            ProvinceValue::Number(number) => (row(Some(number)), None),
        };
        Readout { heading: outline.province.name_in(locale).to_owned(), rows, note }
    }

    fn summary(&self) -> String {
        let locale = self.locale();
        let most = self.numbers.most();
        let most = most.map(|(province, value)| (province.name_in(locale), self.numbers.numbers.short(value)));
        words::boundary_map_summary(&self.numbers.measure, self.numbers.known().count(), most, locale)
    }

    fn row(&self, hit: usize) -> Option<usize> {
        OUTLINES.get(hit).and_then(|outline| self.numbers.row(outline.province))
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::{
        super::{
            super::scene::tests::assert_labels_stand_apart,
            tests::{assert_bears_hard_frames, dimension, frame, hard_by_one, metric, source, text},
        },
        *,
    };
    use model::{
        appearance::MapApproval,
        frame::{Cell, Frame},
        metric::Unit,
    };
    use proptest::prelude::*;

    pub(in super::super) fn by_province(values: &[(Province, Option<f64>)]) -> Frame {
        let row = |(province, value): &(Province, Option<f64>)| {
            vec![text(province.code()), value.map_or(Cell::Null, Cell::Number)]
        };
        let columns = vec![dimension("province"), metric("content.plays", Unit::Count)];
        frame(columns, values.iter().map(row).collect())
    }

    /// Numbers as they follow from where people live.
    pub(in super::super) fn all() -> Frame {
        let value = |province: &Province| (*province, Some(f64::from(province.facts().population) / 100.0));
        by_province(&Province::ALL.iter().map(value).collect::<Vec<_>>())
    }

    #[test]
    fn a_scope_of_three_provinces_greys_the_others() {
        let frame =
            by_province(&[(Province::ZJ, Some(66_500.0)), (Province::GD, Some(129_900.0)), (Province::TW, None)]);
        let spec = BoundaryMapSpec::read(&source(&frame)).unwrap();
        let scene = spec.scene(Size { w: 560.0, h: 420.0 });
        let labels: Vec<&str> = (scene.marks.iter())
            .filter_map(|mark| if let Mark::Label { text, .. } = mark { Some(text.as_str()) } else { None })
            .collect();
        insta::assert_snapshot!(labels.join("\n"));
        let hit = |province| OUTLINES.iter().position(|outline| outline.province == province).unwrap();
        assert_eq!(spec.readout(hit(Province::GD)).spoken(), "广东, content.plays 129,900");
        assert_eq!(spec.readout(hit(Province::BJ)).note, Some("不在您的数据范围内"));
        assert_eq!(spec.row(hit(Province::GD)), Some(1));
        assert_eq!(spec.row(hit(Province::BJ)), None);
        assert_eq!(spec.summary(), "边界地图：content.plays，2 个省份有数据，最多 广东 12.99万");
        // Beijing lies within Hebei, and is what is pointed at there.
        let at = scene.hit(hit(Province::BJ)).unwrap().anchor;
        assert_eq!(scene.pick(at), Some(hit(Province::BJ)));
    }

    #[test]
    fn the_approval_number_is_printed_or_asked_for() {
        let frame = all();
        let source = source(&frame);
        let spec = BoundaryMapSpec::read(&source).unwrap();
        let says = |spec: &BoundaryMapSpec, wanted: &str| {
            let scene = spec.scene(Size { w: 560.0, h: 420.0 });
            scene.marks.iter().any(|mark| matches!(mark, Mark::Label { text, .. } if text == wanted))
        };
        assert!(says(&spec, "审图号：待填写"));
        let approval = MapApproval::parse("GS(2024)0650号").unwrap();
        let reading = super::super::super::Reading { map_approval: Some(&approval), ..source.reading };
        let spec = BoundaryMapSpec::read(&Source { reading, ..source }).unwrap();
        assert!(says(&spec, "审图号：GS(2024)0650号"));
    }

    #[test]
    fn hard_frames_are_borne() {
        assert_bears_hard_frames(hard_by_one(), BoundaryMapSpec::read);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(24))]
        #[test]
        fn labels_stand_apart(
            values in prop::collection::vec(prop::option::weighted(0.9, -1e3_f64..1e9), 34),
            w in 20.0_f64..900.0,
            h in 12.0_f64..700.0,
            english in any::<bool>(),
        ) {
            let values: Vec<_> = Province::ALL.iter().copied().zip(values).collect();
            let frame = by_province(&values);
            let plain = source(&frame);
            let locale = if english { Locale::En } else { Locale::ZhCn };
            let source = Source { reading: super::super::super::Reading { locale, ..plain.reading }, ..plain };
            let scene = BoundaryMapSpec::read(&source).unwrap().scene(Size { w, h });
            assert_labels_stand_apart(&scene);
            prop_assert_eq!(scene.hit_count(), 34);
        }
    }
}
