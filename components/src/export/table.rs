//! A table on a sheet: as many rows and columns as there is room for.

use super::{
    pen::{Heaviness, Letters, Pen},
    theme::Role,
};
use crate::{
    chart::{Align, Area, Ink, Mark, Scene, Size, SparklineSpec, hatched, text_width_px},
    tile::{COURSE, tone_icon},
    words,
};
use model::{board::Tone, formatting::Locale};

const HEAD_PX: f64 = 30.0;
const LEAST_ROW_PX: f64 = 26.0;
const MOST_ROW_PX: f64 = 36.0;
const NOTE_PX: f64 = 20.0;
const FONT_PX: f64 = 13.0;
const HEAD_FONT_PX: f64 = 12.0;
/// The sign of a tone, before its number.
const SIGN_PX: f64 = 12.0;
const AFTER_SIGN_PX: f64 = 4.0;
/// Between a number and its course.
const BEFORE_COURSE_PX: f64 = 8.0;
/// The room beside what stands in a column, on each side.
const BESIDE_PX: f64 = 10.0;
const LEAST_NAME_PX: f64 = 96.0;
const MOST_NAME_PX: f64 = 220.0;
/// A heading is cut where it is longer than that and than what stands under it.
const MOST_HEADING_PX: f64 = 168.0;
/// Where there is little room, this much of a heading is kept.
const LEAST_HEADING_PX: f64 = 64.0;

/// One cell, as it is drawn.
pub(super) struct Drawn {
    pub(super) text: String,
    pub(super) role: Role,
    /// As a share of the largest number.
    pub(super) bar: Option<f64>,
    /// What lies behind it.
    pub(super) shade: Option<Ink>,
    pub(super) tone: Option<Tone>,
    pub(super) is_small: bool,
    /// How the number came about, step by step; empty where its column has such, and this number has none.
    pub(super) course: Option<Vec<Option<f64>>>,
}

impl Drawn {
    /// Nothing but a text.
    pub(super) const fn plain(text: String, role: Role) -> Self {
        Self { text, role, bar: None, shade: None, tone: None, is_small: false, course: None }
    }

    fn width(&self) -> f64 {
        let sign = if self.tone.is_some() { SIGN_PX + AFTER_SIGN_PX } else { 0.0 };
        sign + text_width_px(&self.text, FONT_PX) + self.course_px()
    }

    fn course_px(&self) -> f64 {
        if self.course.is_some() { BEFORE_COURSE_PX + COURSE.w } else { 0.0 }
    }
}

/// A column that is drawn.
pub(super) struct Upright {
    heading: String,
    unit: String,
    is_number: bool,
    cells: Vec<Drawn>,
    w: f64,
}

impl Upright {
    pub(super) const fn new(heading: String, unit: String, is_number: bool, cells: Vec<Drawn>) -> Self {
        Self { heading, unit, is_number, cells, w: 0.0 }
    }

    fn widest_cell(&self) -> f64 {
        self.cells.iter().map(Drawn::width).fold(0.0, f64::max)
    }

    fn heading_px(&self) -> f64 {
        text_width_px(&self.heading, HEAD_FONT_PX) + self.unit_px()
    }

    fn unit_px(&self) -> f64 {
        if self.unit.is_empty() { 0.0 } else { 4.0 + text_width_px(&self.unit, HEAD_FONT_PX) }
    }

    /// As wide as it wishes to be.
    fn wished(&self) -> f64 {
        let cells = self.widest_cell();
        let inside = if self.is_number {
            cells.max(self.heading_px().min(MOST_HEADING_PX))
        } else {
            cells.max(self.heading_px()).min(MOST_NAME_PX)
        };
        inside.ceil() + 2.0 * BESIDE_PX
    }

    /// As narrow as it can be: numbers are never cut, only what stands over them.
    fn narrow(&self) -> f64 {
        if self.is_number { self.widest_cell().max(LEAST_HEADING_PX).ceil() + 2.0 * BESIDE_PX } else { self.wished() }
    }

    fn is_shaded(&self) -> bool {
        self.cells.iter().any(|cell| cell.shade.is_some())
    }
}

/// How many rows there is room for, how high each is, and whether all of them are shown.
fn room(rows: usize, height: f64) -> (usize, f64, bool) {
    let height = (height - HEAD_PX).max(LEAST_ROW_PX);
    let all = height / (rows.max(1) as f64);
    if all >= LEAST_ROW_PX {
        return (rows, all.min(MOST_ROW_PX).floor(), true);
    }
    let left = (height - NOTE_PX).max(LEAST_ROW_PX);
    let shown = ((left / LEAST_ROW_PX).floor() as usize).max(1).min(rows);
    (shown, (left / shown as f64).min(MOST_ROW_PX).floor(), shown == rows)
}

/// Draws a table of so many rows; `columns` gives those of its first rows.
pub(super) fn draw(pen: &mut Pen, area: Area, rows: usize, locale: Locale, columns: impl Fn(usize) -> Vec<Upright>) {
    let (shown, row_px, has_all_rows) = room(rows, area.h);
    let mut columns = columns(shown);
    let left_out = fit(&mut columns, area.w);
    draw_shades(pen, &columns, area, row_px);
    let mut x = area.x;
    for (index, column) in columns.iter().enumerate() {
        // The outermost columns stand at the edges of the sheet, as its title does.
        let before = if index == 0 { 0.0 } else { BESIDE_PX };
        let is_at_edge = index + 1 == columns.len() && !column.is_shaded();
        let after = if is_at_edge { 0.0 } else { BESIDE_PX };
        draw_column(pen, column, Area { x: x + before, w: column.w - before - after, ..area }, row_px);
        x += column.w;
    }
    let line = |y: f64| Area { x: area.x, y: y - 0.5, w: area.w, h: 1.0 };
    for row in 1..shown {
        pen.surface(line(area.y + HEAD_PX + row as f64 * row_px), Role::Separator);
    }
    pen.surface(line(area.y + HEAD_PX), Role::Line);
    let rows = (!has_all_rows).then(|| words::rows_shown(shown, rows, locale));
    let more = (left_out > 0).then(|| words::columns_left_out(left_out, locale));
    let note = rows.into_iter().chain(more).collect::<Vec<_>>().join(" · ");
    let under = area.y + HEAD_PX + shown as f64 * row_px;
    if !note.is_empty() && under + NOTE_PX <= area.bottom() + 1.0 {
        let faint = letters(HEAD_FONT_PX, Heaviness::Regular, Role::Faint);
        pen.label((area.x, under + NOTE_PX / 2.0 + 2.0), Align::Start, faint, &note, area.w);
    }
}

const fn letters(px: f64, heaviness: Heaviness, role: Role) -> Letters {
    Letters { px, heaviness, role }
}

fn draw_column(pen: &mut Pen, column: &Upright, area: Area, row_px: f64) {
    let (align, x) = if column.is_number { (Align::End, area.right()) } else { (Align::Start, area.x) };
    let (head_y, heading) = (area.y + HEAD_PX / 2.0, letters(HEAD_FONT_PX, Heaviness::Medium, Role::Muted));
    let (unit, unit_px) = (letters(HEAD_FONT_PX, Heaviness::Regular, Role::Faint), column.unit_px());
    if column.is_number {
        pen.label((x - unit_px, head_y), align, heading, &column.heading, area.w - unit_px);
        pen.label((x, head_y), align, unit, &column.unit, area.w);
    } else {
        pen.label((x, head_y), align, heading, &column.heading, area.w - unit_px);
        let after = text_width_px(&column.heading, HEAD_FONT_PX).min(area.w - unit_px) + 4.0;
        pen.label((x + after, head_y), align, unit, &column.unit, area.w - after + 1.0);
    }
    for (row, cell) in column.cells.iter().enumerate() {
        let top = area.y + HEAD_PX + row as f64 * row_px;
        let course_px = cell.course_px();
        if let Some(share) = cell.bar {
            let w = (area.w - course_px + 4.0) * share.clamp(0.0, 1.0);
            pen.bar(Area { x: area.x, y: top + 5.0, w, h: row_px - 10.0 });
        }
        let middle = top + row_px / 2.0;
        if let Some(tone) = cell.tone {
            let left = area.right() - cell.width();
            pen.icon(tone_icon(tone), (left, middle - SIGN_PX / 2.0), SIGN_PX, Role::Ink(Ink::Tone(tone)));
        }
        let heaviness = if cell.tone.is_some() { Heaviness::Medium } else { Heaviness::Regular };
        let letters = letters(FONT_PX, heaviness, cell.role);
        pen.label((x - course_px, middle), align, letters, &cell.text, area.w - course_px);
        if let Some(numbers) = cell.course.as_ref().filter(|numbers| !numbers.is_empty()) {
            let scene = SparklineSpec { values: numbers.clone() }.scene(COURSE);
            pen.scene(&scene, (area.right() - COURSE.w, middle - COURSE.h / 2.0));
        }
    }
}

/// Gives the columns their widths. Names of the first give way first, then headings; then the last columns are left out.
/// How many were.
fn fit(columns: &mut Vec<Upright>, width: f64) -> usize {
    let all = columns.len();
    for column in columns.iter_mut() {
        column.w = column.wished();
    }
    let sum = |columns: &[Upright]| columns.iter().map(|column| column.w).sum::<f64>();
    let least =
        |columns: &[Upright]| sum(columns) - columns.first().map_or(0.0, |first| (first.w - LEAST_NAME_PX).max(0.0));
    if least(columns) > width {
        for column in columns.iter_mut() {
            column.w = column.narrow().min(column.w);
        }
    }
    while columns.len() > 1 && least(columns) > width {
        columns.pop();
    }
    let spare = width - sum(columns);
    let count = columns.len() as f64;
    if spare >= 0.0 {
        for column in columns.iter_mut() {
            column.w += spare / count;
        }
    } else if let Some(first) = columns.first_mut() {
        first.w += spare;
    }
    all - columns.len()
}

/// What lies behind numbers: shades by their size, and hatching behind those of few cases.
fn draw_shades(pen: &mut Pen, columns: &[Upright], area: Area, row_px: f64) {
    let mut marks: Vec<Mark> = Vec::new();
    let mut x = 0.0;
    for column in columns {
        for (row, cell) in column.cells.iter().enumerate() {
            let top = HEAD_PX + row as f64 * row_px;
            if let Some(ink) = cell.shade {
                let shaded = Area { x: area.x + x, y: area.y + top, w: column.w, h: row_px };
                pen.surface(shaded, Role::Ink(ink));
            }
            if cell.is_small {
                marks.extend(hatched(Area {
                    x: x + BESIDE_PX,
                    y: top + 1.0,
                    w: column.w - BESIDE_PX,
                    h: row_px - 2.0,
                }));
            }
        }
        x += column.w;
    }
    if !marks.is_empty() {
        pen.scene(&Scene::of_marks(Size { w: area.w, h: area.h }, marks), (area.x, area.y));
    }
}
