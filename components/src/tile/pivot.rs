//! A pivot table: a row for each value of one thing, a column for each of another, and a number where they meet.

use super::{
    Picked,
    card::{Reader, Shown},
    rows::{InCellBars, key_of_cell},
    sight::{InSight, Sight, rows_in_all},
    sorting::{SortHead, Sorting, compare},
    table::{FrameTable, Heading, pick_pressed},
    tone::{draw_tone_sign, tone_class},
};
use crate::{
    browser::{KEY, keep_filled},
    chart::{Matrix, Source, Unfit, matrix},
    markup::Markup,
    words,
};
use leptos::{html, prelude::*};
use model::{
    board::{Look, Tone},
    formatting::{Locale, column_number, exact_number, shared_decimals},
    frame::{Cell, ColumnKind},
    metric::Unit,
    time::Grain,
};
use std::collections::BTreeSet;

/// How many steps the sequential scale has.
const STEPS: u8 = 7;

/// How a cell is shaded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Shade {
    Plain,
    /// From 1, the faintest, to [`STEPS`].
    Step(u8),
    Tone(Tone),
}

/// Where a row and a column meet.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct PivotCell {
    pub(crate) text: String,
    /// With its row, its column and all its figures.
    in_full: String,
    /// `None` where there is no number.
    value: Option<f64>,
    pub(crate) shade: Shade,
    pub(crate) is_small: bool,
}

#[derive(Debug, Clone, PartialEq)]
pub(crate) struct PivotRow {
    pub(crate) name: String,
    /// What it is sorted by: names as they are kept, moments as they follow each other.
    key: Cell,
    /// Where its name stands in the frame, where one can go on from there.
    place: Option<(usize, usize)>,
    pub(crate) cells: Vec<PivotCell>,
}

/// A frame as a pivot table. Shaded from its least to its largest number, or by the tones of the look.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Pivot {
    corner: String,
    unit: Unit,
    /// Names of the columns: as they stand over them, and in full.
    columns: Vec<(String, String)>,
    pub(crate) rows: Vec<PivotRow>,
    locale: Locale,
}

/// From the least to the largest number: the scale of the shades. Nothing is told apart where all are equal.
#[derive(Debug, Clone, Copy)]
struct Heat {
    least: f64,
    range: f64,
}

impl Heat {
    fn of(values: impl Iterator<Item = f64>) -> Option<Self> {
        let ends = values.fold(None, |ends: Option<(f64, f64)>, value| {
            Some(ends.map_or((value, value), |(least, most)| (least.min(value), most.max(value))))
        });
        let heat = ends.map(|(least, most)| Self { least, range: most - least });
        heat.filter(|heat| heat.range > 0.0 && heat.range.is_finite())
    }

    fn step(self, value: f64) -> u8 {
        let share = ((value - self.least) / self.range).clamp(0.0, 1.0);
        ((share * f64::from(STEPS)).floor() as u8).min(STEPS - 1) + 1
    }
}

impl Pivot {
    /// The first metric of a frame by its first two groups: the values of the first are rows, those of the second columns.
    pub(super) fn read(source: &Source) -> Result<Self, Unfit> {
        let matrix = matrix(source)?;
        let locale = source.reading.locale;
        let unit = matrix.measure.unit;
        let decimals = source.look.decimals.map_or_else(|| shared_decimals(matrix.values(), unit), usize::from);
        let heat = Heat::of(matrix.values());
        let cell = |row: usize, column: usize| {
            let Some(cell) = matrix.cell(row, column) else { return PivotCell::absent() };
            let text = match cell.value {
                Some(value) => column_number(value, unit, decimals),
                None => words::NO_VALUE.in_locale(locale).to_owned(),
            };
            let exact = cell.value.map_or_else(|| text.clone(), |value| exact_number(value, unit, locale).joined());
            let names = [matrix.first.get(row), matrix.second.get(column)];
            let names = names.into_iter().flatten().map(|heading| heading.full_name.clone());
            let why = cell.minimum_missed.map(|minimum| words::fewer_than(minimum, locale));
            PivotCell {
                text,
                in_full: names.chain([exact]).chain(why).collect::<Vec<_>>().join(" · "),
                value: cell.value,
                shade: cell.value.map_or(Shade::Plain, |value| shade(value, source.look, heat)),
                is_small: cell.minimum_missed.is_some(),
            }
        };
        let places = places(&matrix, source);
        let row = |(index, heading): (usize, &_)| {
            let heading: &crate::chart::MatrixHeading = heading;
            PivotRow {
                name: heading.full_name.clone(),
                key: heading.key.clone().map_or(Cell::Null, Cell::Text),
                place: places.get(index).copied().flatten(),
                cells: (0..matrix.second.len()).map(|column| cell(index, column)).collect(),
            }
        };
        Ok(Self {
            corner: format!("{} × {}", matrix.first_title, matrix.second_title),
            unit,
            columns: matrix.second.iter().map(|heading| (heading.name.clone(), heading.full_name.clone())).collect(),
            rows: matrix.first.iter().enumerate().map(row).collect(),
            locale,
        })
    }

    /// What stands over the columns.
    pub(crate) fn headings(&self) -> Vec<Heading> {
        let corner = Heading { name: self.corner.clone(), kind: ColumnKind::Dimension, unit: Some(self.unit) };
        let column =
            |(name, _): &(String, String)| Heading { name: name.clone(), kind: ColumnKind::Number, unit: None };
        std::iter::once(corner).chain(self.columns.iter().map(column)).collect()
    }

    /// The rows in the order wished; without a wish as they came.
    pub(super) fn order(&self, sorting: Option<Sorting>) -> Vec<usize> {
        let mut order: Vec<usize> = (0..self.rows.len()).collect();
        if let Some(Sorting { column, is_descending }) = sorting {
            let value = |row: usize| {
                let row = self.rows.get(row);
                let cell = column.checked_sub(1).map(|column| row.and_then(|row| row.cells.get(column)?.value));
                match cell {
                    Some(value) => value.map_or(Cell::Null, Cell::Number),
                    None => row.map_or(Cell::Null, |row| row.key.clone()),
                }
            };
            order.sort_by_cached_key(|row| ByValue { value: value(*row), is_descending });
        }
        order
    }

    /// The rows in sight, in that order. Where names can be pressed, `are_picked_from` says so.
    pub(super) fn markup(&self, order: &[usize], sight: Sight, are_picked_from: bool) -> String {
        let mut markup = Markup::default();
        sight.draw(&mut markup, order, self.columns.len() + 1, |tr, row| {
            let Some(row) = self.rows.get(row) else { return };
            tr.element("td", &[("role", "rowheader"), ("title", &row.name)], |td| {
                match row.place.filter(|_| are_picked_from) {
                    Some((at, column)) => {
                        let key = key_of_cell(at, column);
                        let button = [("type", "button"), ("class", "table__pick"), (KEY, key.as_str())];
                        td.element("button", &button, |button| button.text(&row.name));
                    }
                    None => td.text(&row.name),
                }
            });
            for cell in &row.cells {
                cell.draw(tr, self.locale);
            }
        });
        markup.into_text()
    }
}

/// Where the names of the rows stand in the frame, where they are values that one can go on from.
fn places(matrix: &Matrix, source: &Source) -> Vec<Option<(usize, usize)>> {
    let groups = source.frame.columns.iter().enumerate().filter(|(_, column)| column.kind != ColumnKind::Number);
    let first = groups.map(|(index, column)| (index, column.kind)).next();
    let column = first.filter(|(_, kind)| *kind == ColumnKind::Dimension).map(|(index, _)| index);
    let mut places = vec![None; matrix.first.len()];
    let Some(column) = column else { return places };
    for ((first, _), cell) in matrix.cells() {
        if let Some(place @ None) = places.get_mut(first) {
            *place = Picked::of_cell(source.frame, cell.row, column).map(|_| (cell.row, column));
        }
    }
    places
}

fn shade(value: f64, look: &Look, heat: Option<Heat>) -> Shade {
    if look.thresholds.is_empty() {
        heat.map_or(Shade::Plain, |heat| Shade::Step(heat.step(value)))
    } else {
        look.tone_of(value).map_or(Shade::Plain, Shade::Tone)
    }
}

/// Values in the order of a table.
struct ByValue {
    value: Cell,
    is_descending: bool,
}

impl Ord for ByValue {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        compare(&self.value, &other.value, self.is_descending)
    }
}

impl PartialOrd for ByValue {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for ByValue {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for ByValue {}

impl PivotCell {
    /// Where nothing was counted.
    const fn absent() -> Self {
        Self { text: String::new(), in_full: String::new(), value: None, shade: Shade::Plain, is_small: false }
    }

    fn draw(&self, tr: &mut Markup, locale: Locale) {
        let mut class = "table__number".to_owned();
        if self.is_small {
            class.push_str(" table__small");
        }
        if let Shade::Step(step) = self.shade {
            class.push_str(" cell--step-");
            class.push_str(&step.to_string());
        }
        let attributes = [("class", class.as_str()), ("title", self.in_full.as_str())];
        let attributes = if self.in_full.is_empty() { attributes.get(..1) } else { Some(attributes.as_slice()) };
        tr.element("td", attributes.unwrap_or_default(), |td| match self.shade {
            Shade::Tone(tone) => {
                draw_tone_sign(td, tone, locale);
                td.element("span", &[("class", tone_class(tone))], |span| span.text(&self.text));
            }
            Shade::Plain | Shade::Step(_) => td.text(&self.text),
        });
    }
}

#[component]
pub(super) fn PivotTable(
    frame: Memo<Option<Shown>>,
    look: Memo<Look>,
    grain: Memo<Option<Grain>>,
    reader: Reader,
) -> impl IntoView {
    let pivot = Memo::new(move |_| {
        let (grain, rise_is_red, hidden) =
            (grain.get().unwrap_or(Grain::Day), reader.rise_is_red.get(), BTreeSet::new());
        look.with(|look| {
            reader.read(frame, |frame, reading| {
                Pivot::read(&Source { frame, look, grain, reading, rise_is_red, hidden: &hidden }).ok()
            })
        })
        .flatten()
    });
    let is_one = Memo::new(move |_| pivot.with(Option::is_some));
    move || {
        if is_one.get() {
            view! { <PivotGrid pivot frame reader /> }.into_any()
        } else {
            // One thing alone makes no pivot table, but a table it makes.
            view! { <FrameTable frame look grain bars=InCellBars::None reader /> }.into_any()
        }
    }
}

#[component]
fn PivotGrid(pivot: Memo<Option<Pivot>>, frame: Memo<Option<Shown>>, reader: Reader) -> impl IntoView {
    let sorting = RwSignal::new(None::<Sorting>);
    let (room, body) = (NodeRef::<html::Div>::new(), NodeRef::<html::Tbody>::new());
    let in_sight = InSight::of(room);
    Effect::watch(move || sorting.get(), move |_, _, _| in_sight.to_top(), false);
    let columns = Memo::new(move |_| pivot.with(|pivot| pivot.as_ref().map(Pivot::headings)).unwrap_or_default());
    let heads = move || {
        let full = pivot.with_untracked(|pivot| pivot.as_ref().map(|pivot| pivot.columns.clone())).unwrap_or_default();
        let full = std::iter::once(None).chain(full.into_iter().map(|(_, full)| Some(full)));
        let head = |(index, (Heading { name, kind, unit }, title))| {
            view! { <SortHead index kind label=name title unit sorting reader /> }
        };
        columns.get().into_iter().zip(full).enumerate().map(head).collect_view()
    };
    let order = Memo::new(move |_| {
        let sorting = sorting.get();
        pivot.with(|pivot| pivot.as_ref().map(|pivot| pivot.order(sorting))).unwrap_or_default()
    });
    let rows = Memo::new(move |_| {
        let (sight, are_picked_from) = (in_sight.get(), reader.on_pick.is_some());
        let markup = |pivot: &Pivot| order.with(|order| pivot.markup(order, sight, are_picked_from));
        pivot.with(|pivot| pivot.as_ref().map(markup)).unwrap_or_default()
    });
    keep_filled(body, rows);
    let count = Memo::new(move |_| order.with(Vec::len));
    view! {
        <div
            class="table table--pivot"
            node_ref=room
            tabindex="0"
            role="region"
            aria-label=move || reader.say(words::TABLE)
            on:scroll=move |_| in_sight.measure()
        >
            <table class="table__grid" aria-rowcount=move || rows_in_all(count.get())>
                <thead>
                    <tr aria-rowindex=move || rows_in_all(count.get()).map(|_| 1)>{heads}</tr>
                </thead>
                <tbody
                    node_ref=body
                    inner_html=rows.get_untracked()
                    on:click=move |event| pick_pressed(&event, frame, reader)
                ></tbody>
            </table>
        </div>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{chart::Reading, tile::Names};
    use model::{
        board::{Given, Threshold},
        frame::{Column, Frame, FrameState, OTHER, SmallSamples},
        time::Calendar,
    };
    use proptest::prelude::*;

    fn text(text: &str) -> Cell {
        Cell::Text(text.to_owned())
    }

    fn frame(rows: Vec<Vec<Cell>>) -> Frame {
        let number = Column { unit: Some(Unit::Percent), ..Column::new("qoe.ok_pct", ColumnKind::Number) };
        Frame {
            columns: vec![
                Column::new("channel", ColumnKind::Dimension),
                Column::new("view_mode", ColumnKind::Dimension),
                number,
            ],
            rows,
            as_of: None,
            etag: String::new(),
            simulated: false,
            state: FrameState::Ready,
            warnings: Vec::new(),
        }
    }

    fn pivot(frame: &Frame, look: &Look) -> Result<Pivot, Unfit> {
        let names = Names::default();
        let reading = Reading { names: &names, locale: Locale::ZhCn, calendar: Calendar::CHINA };
        let hidden = BTreeSet::new();
        Pivot::read(&Source { frame, look, grain: Grain::Day, reading, rise_is_red: true, hidden: &hidden })
    }

    fn small_frame() -> Frame {
        frame(vec![
            vec![text("CCTV-1"), text("live"), Cell::Number(98.0)],
            vec![text("CCTV-1"), text("<b>"), Cell::Number(91.0)],
            vec![text(OTHER), text("live"), Cell::Null],
            vec![text("浙江卫视"), text("live"), Cell::Number(99.5)],
        ])
    }

    #[test]
    fn names_meet_in_numbers_and_the_rest_comes_last() {
        let pivot = pivot(&small_frame(), &Look::default()).unwrap();
        let names: Vec<&str> = pivot.rows.iter().map(|row| row.name.as_str()).collect();
        assert_eq!(names, ["CCTV-1", "浙江卫视", "其他"]);
        let headings: Vec<String> = pivot.headings().into_iter().map(|heading| heading.name).collect();
        assert_eq!(headings, ["channel × view_mode", "live", "<b>"]);
        let texts = |row: usize| pivot.rows[row].cells.iter().map(|cell| cell.text.clone()).collect::<Vec<_>>();
        assert_eq!(texts(0), ["98.00", "91.00"]);
        assert_eq!(texts(1), ["99.50", ""], "nothing was counted there");
        assert_eq!(texts(2), ["—", ""], "undefined");
        assert_eq!(pivot.rows.iter().map(|row| row.place).collect::<Vec<_>>(), [Some((0, 0)), Some((3, 0)), None]);
    }

    #[test]
    fn every_column_sorts_with_the_undefined_last() {
        let pivot = pivot(&small_frame(), &Look::default()).unwrap();
        let order = |column, is_descending| pivot.order(Some(Sorting { column, is_descending }));
        assert_eq!(order(1, true), [1, 0, 2]);
        assert_eq!(order(1, false), [0, 1, 2]);
        assert_eq!(order(2, true)[0], 0);
        assert_eq!(order(0, false)[0], 0);
        assert_eq!(pivot.order(None), [0, 1, 2]);
    }

    #[test]
    fn cells_are_shaded_by_their_size_or_else_by_tones_that_are_said() {
        let mut frame = small_frame();
        frame.columns[2].small = Some(SmallSamples { minimum: 30, rows: vec![1] });
        let drawn = |look: &Look| {
            let pivot = pivot(&frame, look).unwrap();
            pivot.markup(&pivot.order(None), Sight::AtFirst, true)
        };
        let html = drawn(&Look::default());
        for part in [
            r#"<td class="table__number cell--step-7" title="浙江卫视 · live · 99.5%">99.50</td>"#,
            r#"class="table__number table__small cell--step-1""#,
            r#"<button type="button" class="table__pick" data-key="3.0">浙江卫视</button>"#,
            "&lt;b&gt;",
        ] {
            assert!(html.contains(part), "{part}: {html}");
        }
        assert!(!html.contains("style=") && !html.contains("<b>"), "{html}");
        let threshold = |from: f64, tone| Threshold { from: Given::new(from).unwrap(), tone };
        let thresholds = vec![threshold(0.0, Tone::Danger), threshold(97.0, Tone::Good)];
        let html = drawn(&Look { thresholds, ..Look::default() });
        assert!(!html.contains("cell--step"), "{html}");
        assert_eq!((html.matches("告警").count(), html.matches("良好").count()), (2, 4), "{html}");
    }

    #[test]
    fn equal_numbers_are_not_told_apart_and_one_thing_makes_no_pivot_table() {
        let row = |name: &str| vec![text(name), text("live"), Cell::Number(5.0)];
        let equal = pivot(&frame(vec![row("a"), row("b")]), &Look::default()).unwrap();
        assert!(equal.rows.iter().flat_map(|row| &row.cells).all(|cell| cell.shade == Shade::Plain));
        let mut flat = small_frame();
        flat.columns.remove(1);
        flat.rows.iter_mut().for_each(|row| drop(row.remove(1)));
        assert_eq!(pivot(&flat, &Look::default()), Err(Unfit::Shape));
    }

    proptest! {
        #[test]
        fn each_number_stands_once_where_its_names_meet(
            numbers in prop::collection::btree_map((0_u8..12, 0_u8..6), -1e6_f64..1e6, 1..40),
        ) {
            let row = |((one, other), number): (&(u8, u8), &f64)| {
                vec![text(&format!("r{one}")), text(&format!("c{other}")), Cell::Number(*number)]
            };
            let frame = frame(numbers.iter().map(row).collect());
            let pivot = pivot(&frame, &Look::default()).unwrap();
            let mut found = 0;
            for row in &pivot.rows {
                prop_assert_eq!(row.cells.len(), pivot.columns.len());
                for (cell, (column, _)) in row.cells.iter().zip(&pivot.columns) {
                    let at = (row.name[1..].parse().unwrap(), column[1..].parse().unwrap());
                    prop_assert_eq!(cell.value, numbers.get(&at).copied());
                    found += usize::from(cell.value.is_some());
                    if let Shade::Step(step) = cell.shade {
                        prop_assert!((1..=STEPS).contains(&step));
                    }
                }
            }
            prop_assert_eq!(found, numbers.len());
        }
    }
}
