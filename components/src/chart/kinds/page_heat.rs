//! Clicks over the picture of a page: each place the stronger, the more were there.

use super::{
    super::{
        Align, Area, Chart, Ink, Mark, Point, Readout, ReadoutRow, Scene, Size, Source, Unfit, Weight,
        columns::{groups, measure, number},
        label_room::LabelRoom,
        numbers::Numbers,
        scene::{FONT_PX, Hits, LABEL_PX},
        shortened, text_width_px,
        value_ticks::label,
    },
    provinces::StepScale,
};
use crate::words;
use model::{board::PagePlace, formatting::Locale};

/// A page with its places.
#[derive(Debug, Clone, PartialEq)]
pub struct PageHeatSpec {
    measure: String,
    numbers: Numbers,
    /// Where the picture is.
    picture: Option<String>,
    /// The smallest first, so that one that lies on another is pointed at; then those that are not on the picture, in the
    /// order of the frame.
    slots: Vec<Slot>,
}

/// A place of the page, as events name it.
#[derive(Debug, Clone, PartialEq)]
struct Slot {
    name: String,
    /// Finite; `None` is undefined.
    value: Option<f64>,
    /// Where it lies, in thousandths of the picture.
    at: Option<Area>,
    row: usize,
}

/// Pages are made for televisions; the picture is stretched to this, so that its places stay where they are.
const PICTURE_SHAPE: f64 = 16.0 / 9.0;
/// Lower charts have no list beneath.
const LIST_FROM_PX: f64 = 100.0;
const MOST_LINES: usize = 2;
const BETWEEN_PX: f64 = 16.0;
/// On both sides of a text on its chip.
const CHIP_PADDING_PX: f64 = 5.0;
const CHIP_H_PX: f64 = 18.0;

impl PageHeatSpec {
    /// Reads the first dimension, whose values are the places of a page, and the first metric; picture and places are
    /// those of the look.
    ///
    /// # Errors
    /// [`Unfit::Shape`] without a dimension or a metric.
    pub fn read(source: &Source) -> Result<Self, Unfit> {
        let measure = measure(source)?;
        let group = groups(source).into_iter().next().ok_or(Unfit::Shape)?;
        let thousandths = |place: &PagePlace| Area {
            x: f64::from(place.x),
            y: f64::from(place.y),
            w: f64::from(place.w),
            h: f64::from(place.h),
        };
        let slot = |row: usize| {
            let key = group.key(source, row);
            let place = source.look.places.iter().find(|place| Some(place.place.as_str()) == key);
            Slot {
                name: group.name(source, key),
                value: number(source, row, measure.column),
                at: place.map(thousandths),
                row,
            }
        };
        let mut slots: Vec<Slot> = (0..source.frame.rows.len()).map(slot).collect();
        let size = |slot: &Slot| slot.at.map_or(f64::INFINITY, |at| at.w * at.h);
        slots.sort_by(|one, other| size(one).total_cmp(&size(other)));
        let values = slots.iter().filter_map(|slot| slot.value);
        Ok(Self {
            measure: measure.name,
            numbers: Numbers::of(values, measure.unit, source.look, source.reading.locale),
            picture: source.look.picture.as_ref().map(|address| address.as_str().to_owned()),
            slots,
        })
    }

    const fn locale(&self) -> Locale {
        self.numbers.locale
    }

    fn placed(&self) -> impl DoubleEndedIterator<Item = (&Slot, Area)> {
        self.slots.iter().filter_map(|slot| Some((slot, slot.at?)))
    }

    fn listed(&self) -> impl Iterator<Item = &Slot> {
        self.slots.iter().filter(|slot| slot.at.is_none())
    }

    fn number(&self, slot: &Slot) -> String {
        slot.value
            .map_or_else(|| words::NO_VALUE.in_locale(self.locale()).to_owned(), |value| self.numbers.short(value))
    }

    /// The number and the name of a place on a chip in its upper left corner; only the number where there is less room.
    fn draw_chip(&self, marks: &mut Vec<Mark>, room: &mut LabelRoom, slot: &Slot, area: Area, step: u8) {
        let number = self.number(slot);
        let left = area.w - 2.0 * CHIP_PADDING_PX - text_width_px(&number, FONT_PX) - CHIP_PADDING_PX;
        let name = shortened(&slot.name, FONT_PX, left);
        let texts = [format!("{number} {name}"), number];
        let is_name_there = !name.is_empty() && name != "…";
        for text in texts.into_iter().skip(usize::from(!is_name_there)) {
            let w = text_width_px(&text, FONT_PX) + 2.0 * CHIP_PADDING_PX;
            let chip = Area { x: area.x, y: area.y, w, h: CHIP_H_PX };
            if w > area.w || CHIP_H_PX > area.h || !room.is_free(chip) {
                continue;
            }
            room.keep_off(chip);
            marks.push(Mark::Rect { area: chip, ink: Ink::Step(step) });
            marks.push(Mark::Label {
                at: Point { x: chip.x + CHIP_PADDING_PX, y: chip.centre().y },
                text,
                ink: Ink::OnStep(step),
                align: Align::Start,
                weight: Weight::Strong,
                px: FONT_PX,
            });
            return;
        }
    }

    /// Those that are not on the picture, one after the other; the last place says how many there are beside. Returns
    /// where each stands.
    fn draw_list(&self, marks: &mut Vec<Mark>, list: Area) -> Vec<Area> {
        let count = self.listed().count();
        let lines = (list.h / LABEL_PX).floor() as usize;
        let (mut line, mut x) = (0, list.x);
        let mut areas: Vec<Area> = Vec::new();
        for (index, slot) in self.listed().enumerate() {
            let text = shortened(&format!("{} {}", slot.name, self.number(slot)), FONT_PX, list.w);
            let w = text_width_px(&text, FONT_PX);
            let more = if index + 1 < count { words::more_items(count - index, self.locale()) } else { String::new() };
            let more_w = if more.is_empty() { 0.0 } else { text_width_px(&more, FONT_PX) + BETWEEN_PX };
            if x > list.x && x + w > list.right() && line + 1 < lines {
                (line, x) = (line + 1, list.x);
            }
            let y = list.y + (line as f64 + 0.5) * LABEL_PX;
            let is_last_line = line + 1 >= lines;
            if text.is_empty() || (is_last_line && x + w + more_w > list.right()) {
                let more = shortened(&words::more_items(count - index, self.locale()), FONT_PX, list.right() - x);
                if !more.is_empty() {
                    marks.push(label(x, y, more, Ink::Muted, Align::Start));
                }
                break;
            }
            marks.push(label(x, y, text, Ink::Text, Align::Start));
            areas.push(Area { x, y: y - LABEL_PX / 2.0, w, h: LABEL_PX });
            x += w + BETWEEN_PX;
        }
        areas
    }
}

/// The largest area of the picture's shape, at the top in the middle.
fn picture_area(room: Size) -> Area {
    let w = room.w.min(room.h * PICTURE_SHAPE);
    Area { x: (room.w - w) / 2.0, y: 0.0, w, h: w / PICTURE_SHAPE }
}

impl Chart for PageHeatSpec {
    fn scene(&self, size: Size) -> Scene {
        let has_list = size.h >= LIST_FROM_PX && self.listed().next().is_some();
        // One line where all fit into it.
        let whole: f64 = (self.listed().take(50))
            .map(|slot| text_width_px(&format!("{} {}", slot.name, self.number(slot)), FONT_PX) + BETWEEN_PX)
            .sum();
        let lines = if whole <= size.w { 1 } else { MOST_LINES };
        let list_h = if has_list { lines as f64 * LABEL_PX + 6.0 } else { 0.0 };
        let picture = picture_area(Size { h: (size.h - list_h).max(1.0), ..size });
        let mut marks = vec![Mark::Rect { area: picture, ink: Ink::Outside }];
        if let Some(address) = &self.picture {
            marks.push(Mark::Picture { area: picture, address: address.clone() });
        }
        let scale = StepScale::of(self.placed().filter_map(|(slot, _)| slot.value), self.numbers.unit);
        let on_picture = |at: Area| Area {
            x: picture.x + at.x / 1_000.0 * picture.w,
            y: picture.y + at.y / 1_000.0 * picture.h,
            w: at.w / 1_000.0 * picture.w,
            h: at.h / 1_000.0 * picture.h,
        };
        let step = |slot: &Slot| slot.value.map_or(0, |value| scale.step(value));
        // The largest first: what lies on it stays in sight.
        for (slot, at) in self.placed().rev() {
            marks.push(Mark::Rect { area: on_picture(at), ink: Ink::Over(step(slot)) });
        }
        let mut room = LabelRoom::among(&[], size);
        let mut by_value: Vec<(&Slot, Area)> = self.placed().collect();
        by_value.sort_by(|one, other| {
            let key = |slot: &Slot| slot.value.unwrap_or(f64::NEG_INFINITY);
            key(other.0).total_cmp(&key(one.0))
        });
        for (slot, at) in by_value {
            self.draw_chip(&mut marks, &mut room, slot, on_picture(at), step(slot));
        }
        if self.picture.is_none() {
            let text = words::NO_PICTURE_YET.in_locale(self.locale()).to_owned();
            let Point { x, y } = picture.centre();
            self.placed().for_each(|(_, at)| room.keep_off(on_picture(at)));
            // In the middle, or at an edge where places lie in the middle.
            let heights = [y, picture.bottom() - LABEL_PX, picture.y + LABEL_PX];
            room.write_first(&mut marks, heights.map(|y| label(x, y, text.clone(), Ink::OnOutside, Align::Middle)));
        }
        let mut areas: Vec<Area> = self.placed().map(|(_, at)| on_picture(at)).collect();
        if has_list {
            let list = Area { x: 0.0, y: picture.bottom() + 6.0, w: size.w, h: list_h - 6.0 };
            areas.extend(self.draw_list(&mut marks, list));
        }
        Scene { size, marks, hits: Hits::Marks(areas) }
    }

    fn readout(&self, hit: usize) -> Readout {
        let Some(slot) = self.slots.get(hit) else {
            return Readout::default();
        };
        let value = self.numbers.exact_or_dash(slot.value);
        let rows = vec![ReadoutRow { colour: None, name: self.measure.clone(), value }];
        Readout { heading: slot.name.clone(), rows, note: None }
    }

    fn summary(&self) -> String {
        let known = self.slots.iter().filter(|slot| slot.value.is_some());
        let most = known.reduce(|most, one| if one.value > most.value { one } else { most });
        let most = most.map(|slot| (slot.name.as_str(), self.number(slot)));
        words::page_heat_summary(&self.measure, self.slots.len(), self.placed().count(), most, self.locale())
    }

    fn row(&self, hit: usize) -> Option<usize> {
        self.slots.get(hit).map(|slot| slot.row)
    }
}

#[cfg(test)]
mod tests {
    use super::{
        super::{
            super::scene::tests::assert_labels_stand_apart,
            tests::{assert_bears_hard_frames, dimension, drawn, frame, hard_by_one, metric, source_with, text},
        },
        *,
    };
    use model::{
        board::{Look, Title},
        frame::{Cell, Frame},
        metric::Unit,
    };
    use proptest::prelude::*;

    fn clicks(values: &[(&str, Option<f64>)]) -> Frame {
        let row = |(name, value): &(&str, Option<f64>)| vec![text(name), value.map_or(Cell::Null, Cell::Number)];
        let columns = vec![dimension("slot"), metric("page.clicks", Unit::Count)];
        frame(columns, values.iter().map(row).collect())
    }

    fn look() -> Look {
        serde_json::from_str(
            r#"{
                "picture": "/pictures/home.png?size=1&kind=2",
                "places": [
                    {"place": "hero", "x": 40, "y": 100, "w": 560, "h": 480},
                    {"place": "side_1", "x": 620, "y": 100, "w": 340, "h": 230},
                    {"place": "side_2", "x": 620, "y": 350, "w": 340, "h": 230},
                    {"place": "row_1", "x": 40, "y": 620, "w": 220, "h": 300},
                    {"place": "row_2", "x": 280, "y": 620, "w": 220, "h": 300},
                    {"place": "badge", "x": 60, "y": 400, "w": 120, "h": 120}
                ]
            }"#,
        )
        .unwrap()
    }

    fn home() -> Frame {
        clicks(&[
            ("hero", Some(41_200.0)),
            ("side_1", Some(18_930.0)),
            ("side_2", Some(9_100.0)),
            ("row_1", Some(5_020.0)),
            ("row_2", None),
            ("badge", Some(812.0)),
            ("exit_popup", Some(3_310.0)),
            ("search", Some(1_204.0)),
        ])
    }

    #[test]
    fn a_page_with_its_places() {
        let (frame, look) = (home(), look());
        let spec = PageHeatSpec::read(&source_with(&frame, &look)).unwrap();
        insta::assert_snapshot!(drawn(&spec, 480.0, 320.0));
        let scene = spec.scene(Size { w: 480.0, h: 320.0 });
        let badge = spec.slots.iter().position(|slot| slot.name == "badge").unwrap();
        let at = scene.hit(badge).unwrap().anchor;
        assert_eq!(scene.pick(at), Some(badge), "what lies on another is pointed at");
        assert_eq!(spec.readout(badge).spoken(), "badge, page.clicks 812");
        assert_eq!(spec.row(badge), Some(5));
        assert_eq!(spec.summary(), "页面热力图：page.clicks，8 个位置，6 个在图上，最多 hero 4.12万");
    }

    #[test]
    fn hard_frames_are_borne() {
        let look = look();
        assert_bears_hard_frames(hard_by_one(), PageHeatSpec::read);
        assert_bears_hard_frames(hard_by_one(), |source| PageHeatSpec::read(&Source { look: &look, ..*source }));
    }

    proptest! {
        #[test]
        fn labels_stand_apart(
            places in prop::collection::vec((0_u16..900, 0_u16..900, 1_u16..100, 1_u16..100), 0..40),
            values in prop::collection::vec(prop::option::weighted(0.9, -1e3_f64..1e9), 50),
            w in 20.0_f64..900.0,
            h in 12.0_f64..700.0,
        ) {
            let names: Vec<String> = (0..50).map(|index| format!("位置 {index}")).collect();
            let place = |(index, (x, y, w, h)): (usize, &(u16, u16, u16, u16))| PagePlace {
                place: Title::parse(&names[index]).unwrap(),
                x: *x,
                y: *y,
                w: *w,
                h: *h,
            };
            let look = Look { places: places.iter().enumerate().map(place).collect(), ..Look::default() };
            let values: Vec<_> = names.iter().map(String::as_str).zip(values).collect();
            let frame = clicks(&values);
            let spec = PageHeatSpec::read(&source_with(&frame, &look)).unwrap();
            assert_labels_stand_apart(&spec.scene(Size { w, h }));
        }
    }
}
