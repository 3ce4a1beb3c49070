//! The rows of a table as markup.

mod course;
mod scales;

pub(crate) use course::{COURSE, course_of};
pub(super) use scales::Scales;
pub(crate) use scales::{Figures, InCellBars, figures};

use super::{
    Picked,
    change::Direction,
    sight::Sight,
    tone::{draw_tone_sign, tone_class},
};
use crate::{
    browser::KEY,
    chart::{Reading, step_in_full},
    markup::Markup,
    words,
};
use model::{
    board::{Look, Tone},
    formatting::{change_percent, column_number, exact_number},
    frame::{Cell, Column, ColumnKind, Frame},
    metric::Unit,
    time::{Grain, Timestamp},
};

/// By which a name that can be pressed is known.
pub(super) fn key_of_cell(row: usize, column: usize) -> String {
    format!("{row}.{column}")
}

/// The row and the column that a key stands for.
pub(super) fn cell_of_key(key: &str) -> Option<(usize, usize)> {
    let (row, column) = key.split_once('.')?;
    Some((row.parse().ok()?, column.parse().ok()?))
}

/// How the rows of a table are drawn.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Rows<'a> {
    pub(crate) reading: Reading<'a>,
    pub(crate) look: &'a Look,
    pub(crate) bars: InCellBars,
    pub(crate) grain: Option<Grain>,
    pub(crate) rise_is_red: bool,
    /// Whether names can be pressed to go on from there.
    pub(crate) are_picked_from: bool,
}

impl Rows<'_> {
    /// The rows of a frame that are in sight, in that order; the rest is room.
    pub(super) fn markup(self, frame: &Frame, scales: &Scales, order: &[usize], sight: Sight) -> String {
        let mut markup = Markup::default();
        if !scales.widest.is_empty() {
            let aside = Rows { are_picked_from: false, ..self };
            markup.element("tr", &[("class", "table__widest"), ("aria-hidden", "true")], |tr| {
                for (index, row) in scales.widest.iter().enumerate() {
                    aside.draw_cell(tr, frame, scales, (*row, index));
                }
            });
        }
        sight.draw(&mut markup, order, frame.columns.len(), |tr, row| {
            for index in 0..frame.columns.len() {
                self.draw_cell(tr, frame, scales, (row, index));
            }
        });
        markup.into_text()
    }

    fn draw_cell(self, tr: &mut Markup, frame: &Frame, scales: &Scales, (row, index): (usize, usize)) {
        let cell = frame.rows.get(row).and_then(|row| row.get(index));
        let (Some(column), Some(cell)) = (frame.columns.get(index), cell) else { return };
        match column.kind {
            ColumnKind::Dimension => self.draw_name(tr, frame, (row, index), cell),
            ColumnKind::Time => self.draw_step(tr, cell),
            ColumnKind::Number if figures(column) == Figures::Change => self.draw_change(tr, cell),
            ColumnKind::Number => self.draw_number(tr, column, (row, index), cell, scales),
        }
    }

    fn nothing(self) -> &'static str {
        words::NO_VALUE.in_locale(self.reading.locale)
    }

    /// A value of a dimension, as it is read.
    pub(crate) fn name_text(self, column: &str, cell: &Cell) -> String {
        self.reading.names.value(column, cell.as_text(), self.reading.locale)
    }

    /// A step of time, in full.
    pub(crate) fn step_text(self, cell: &Cell) -> String {
        let Reading { calendar, locale, .. } = self.reading;
        let start = cell.as_text().and_then(|text| Timestamp::parse(text).ok());
        let step = start.map(|start| step_in_full(start, self.grain.unwrap_or(Grain::Minute), calendar, locale));
        step.unwrap_or_else(|| self.nothing().to_owned())
    }

    /// A number, with that many decimals.
    pub(crate) fn number_text(self, cell: &Cell, unit: Unit, decimals: usize) -> String {
        let text = cell.as_number().map(|number| column_number(number, unit, decimals));
        text.unwrap_or_else(|| self.nothing().to_owned())
    }

    /// A change in percent, and which way it goes where it is known.
    pub(crate) fn change_text(self, cell: &Cell) -> (Option<Direction>, String) {
        match cell.as_number() {
            Some(percent) => {
                let direction = Direction::of(percent);
                (Some(direction), format!("{} {}", direction.arrow(), change_percent(percent)))
            }
            None => (None, self.nothing().to_owned()),
        }
    }

    /// How well a number of that column does, where it is told.
    pub(crate) fn tone(self, scales: &Scales, column: usize, cell: &Cell) -> Option<Tone> {
        let number = cell.as_number().filter(|_| scales.toned == Some(column))?;
        self.look.tone_of(number)
    }

    fn draw_name(self, tr: &mut Markup, frame: &Frame, (at, index): (usize, usize), cell: &Cell) {
        let column = frame.columns.get(index).map_or("", |column| column.name.as_str());
        let name = self.name_text(column, cell);
        tr.element("td", &[("title", &name)], |td| {
            if self.are_picked_from && Picked::of_cell(frame, at, index).is_some() {
                let key = key_of_cell(at, index);
                let button = [("type", "button"), ("class", "table__pick"), (KEY, key.as_str())];
                td.element("button", &button, |button| button.text(&name));
            } else {
                td.text(&name);
            }
        });
    }

    fn draw_step(self, tr: &mut Markup, cell: &Cell) {
        tr.element("td", &[("class", "table__time")], |td| td.text(&self.step_text(cell)));
    }

    fn draw_change(self, tr: &mut Markup, cell: &Cell) {
        tr.element("td", &[("class", "table__number")], |td| match self.change_text(cell) {
            (Some(direction), text) => {
                td.element("span", &[("class", direction.class(self.rise_is_red))], |span| span.text(&text));
            }
            (None, text) => td.text(&text),
        });
    }

    fn draw_number(self, tr: &mut Markup, column: &Column, (row, index): (usize, usize), cell: &Cell, scales: &Scales) {
        let (number, unit) = (cell.as_number(), column.unit.unwrap_or(Unit::Count));
        let most = scales.most.filter(|(column, _)| *column == index).map(|(_, most)| most);
        let decimals = scales.decimals.get(index).copied().unwrap_or_default();
        let tone = self.tone(scales, index, cell);
        let missed = column.minimum_missed(row);
        let class = match (figures(column), missed) {
            (Figures::Before, _) => "table__number table__before",
            (Figures::Metric | Figures::Change, None) => "table__number",
            (Figures::Metric | Figures::Change, Some(_)) => "table__number table__small",
        };
        let locale = self.reading.locale;
        let inside = |td: &mut Markup| {
            if let Some(share) = most.and_then(|most| Some(number? / most)) {
                draw_bar(td, share);
            }
            if let Some(tone) = tone {
                draw_tone_sign(td, tone, locale);
            }
            let class = tone.map_or("table__figure", tone_class);
            td.element("span", &[("class", class)], |span| span.text(&self.number_text(cell, unit, decimals)));
            if let Some(course) = course_of(column, row) {
                self.draw_course(td, course, unit, decimals);
            }
        };
        let why = missed.map(|minimum| format!(" · {}", words::fewer_than(minimum, locale))).unwrap_or_default();
        match number.map(|number| format!("{}{why}", exact_number(number, unit, locale).joined())) {
            Some(exact) => tr.element("td", &[("class", class), ("title", &exact)], inside),
            None => tr.element("td", &[("class", class)], inside),
        }
    }
}

/// A bar behind a number, as long as its share of the largest.
fn draw_bar(td: &mut Markup, share: f64) {
    let frame =
        [("class", "table__bar"), ("viewBox", "0 0 100 1"), ("preserveAspectRatio", "none"), ("aria-hidden", "true")];
    let width = format!("{:.1}", share.clamp(0.0, 1.0) * 100.0);
    td.element("svg", &frame, |svg| {
        svg.element("rect", &[("class", "fill-under-1"), ("width", &width), ("height", "1")], |_| ());
    });
}

#[cfg(test)]
mod tests;
