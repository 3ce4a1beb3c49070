//! The rows of a table as markup.

use super::{
    Picked,
    kpi::Direction,
    sight::{Sight, is_long},
    tone::{draw_tone_sign, tone_class},
};
use crate::{
    browser::KEY,
    chart::{Reading, step_in_full, text_width_px},
    markup::Markup,
    words,
};
use model::{
    board::{Look, Tone},
    formatting::{change_percent, column_number, exact_number, shared_decimals},
    frame::{Cell, Column, ColumnKind, Frame},
    metric::{Calculation, Unit},
    time::{Grain, Timestamp},
};
use std::collections::BTreeSet;

/// The size of the text in a table; `style/tokens.css` says the same.
const TEXT_PX: f64 = 13.0;

/// Which numbers have a bar behind them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum InCellBars {
    None,
    FirstMetric,
}

/// What a column of numbers is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Figures {
    Metric,
    /// What it is compared with.
    Before,
    /// The change in percent.
    Change,
}

pub(crate) fn figures(column: &Column) -> Figures {
    match (column.name.contains('@'), column.name.ends_with("_pct")) {
        (false, _) => Figures::Metric,
        (true, false) => Figures::Before,
        (true, true) => Figures::Change,
    }
}

/// The column with bars and its largest number.
fn most(frame: &Frame, bars: InCellBars) -> Option<(usize, f64)> {
    match bars {
        InCellBars::None => None,
        InCellBars::FirstMetric => {
            let column = frame.metric_columns().next()?;
            // A longer bar for a lower place would be read the wrong way round.
            let name = &frame.columns.get(column)?.name;
            let places = [Calculation::Rank, Calculation::RankChange].map(|places| format!("~{places}"));
            if places.iter().any(|places| name.ends_with(places)) {
                return None;
            }
            let most = frame.cells(column).filter_map(Cell::as_number).fold(0.0, f64::max);
            (most > 0.0).then_some((column, most))
        }
    }
}

/// So many decimals has each column, the number and what it is compared with alike.
fn decimals(frame: &Frame) -> Vec<usize> {
    let metric = |column: &Column| column.name.split('@').next().unwrap_or_default().to_owned();
    let of_metric = |name: &str| {
        let alike = frame.columns.iter().enumerate().filter(|(_, column)| {
            column.kind == ColumnKind::Number && figures(column) != Figures::Change && metric(column) == name
        });
        let unit = frame.columns.iter().find(|column| column.name == name).and_then(|column| column.unit);
        let values = alike.flat_map(|(index, _)| frame.cells(index).filter_map(Cell::as_number));
        shared_decimals(values, unit.unwrap_or(Unit::Count))
    };
    frame.columns.iter().map(|column| of_metric(&metric(column))).collect()
}

/// By which a name that can be pressed is known.
pub(super) fn key_of_cell(row: usize, column: usize) -> String {
    format!("{row}.{column}")
}

/// The row and the column that a key stands for.
pub(super) fn cell_of_key(key: &str) -> Option<(usize, usize)> {
    let (row, column) = key.split_once('.')?;
    Some((row.parse().ok()?, column.parse().ok()?))
}

/// What is the same for all rows of a frame.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Scales {
    /// The column with bars and its largest number.
    pub(crate) most: Option<(usize, f64)>,
    /// So many decimals has each column.
    pub(crate) decimals: Vec<usize>,
    /// The column whose numbers have tones.
    toned: Option<usize>,
    /// The row with the widest text of each column, where not all rows are drawn: columns keep their width whatever part
    /// of the table is in sight.
    widest: Vec<usize>,
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
    pub(crate) fn scales(self, frame: &Frame) -> Scales {
        let mut decimals = decimals(frame);
        if let Some(wished) = self.look.decimals {
            let metrics = frame.columns.iter().map(|column| figures(column) != Figures::Change);
            for (decimals, _) in decimals.iter_mut().zip(metrics).filter(|(_, is_metric)| *is_metric) {
                *decimals = usize::from(wished);
            }
        }
        let is_toned = !self.look.thresholds.is_empty();
        Scales {
            most: most(frame, self.bars),
            decimals,
            toned: frame.metric_columns().next().filter(|_| is_toned),
            widest: if is_long(frame.rows.len()) { self.widest(frame) } else { Vec::new() },
        }
    }

    /// The row with the widest text of each column. Figures are all of one width and numbers of a column have the same
    /// decimals, so that the widest is the largest or the least.
    fn widest(self, frame: &Frame) -> Vec<usize> {
        let of_numbers = |column: usize| {
            let numbers = frame.cells(column).enumerate().filter_map(|(row, cell)| Some((row, cell.as_number()?)));
            let size = |number: f64| if number < 0.0 { -10.0 * number } else { number };
            numbers.max_by(|one, other| size(one.1).total_cmp(&size(other.1))).map(|(row, _)| row)
        };
        let of_names = |column: usize, id: &str| {
            let told: BTreeSet<Option<&str>> = frame.cells(column).map(Cell::as_text).collect();
            let width =
                |value: Option<&str>| text_width_px(&self.reading.names.value(id, value, self.reading.locale), TEXT_PX);
            let widest = told.into_iter().max_by(|one, other| width(*one).total_cmp(&width(*other)))?;
            frame.cells(column).position(|cell| cell.as_text() == widest)
        };
        let columns = frame.columns.iter().enumerate();
        let widest = columns.map(|(index, column)| match column.kind {
            ColumnKind::Number => of_numbers(index),
            // All names of steps are about as wide.
            ColumnKind::Time => None,
            ColumnKind::Dimension => of_names(index, &column.name),
        });
        widest.map(Option::unwrap_or_default).collect()
    }

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
mod tests {
    use super::*;
    use crate::tile::Names;
    use model::{
        board::{Given, Threshold},
        formatting::Locale,
        frame::{FrameState, SmallSamples},
        time::Calendar,
    };

    fn danger_from(from: f64) -> Threshold {
        Threshold { from: Given::new(from).unwrap(), tone: Tone::Danger }
    }

    fn rows<'a>(reading: Reading<'a>, look: &'a Look) -> Rows<'a> {
        Rows { reading, look, bars: InCellBars::None, grain: None, rise_is_red: true, are_picked_from: false }
    }

    #[test]
    fn numbers_of_few_cases_are_shaded_and_say_why_in_whatever_order_they_stand() {
        let small = Some(SmallSamples { minimum: 30, rows: vec![1] });
        let number = Column { small, unit: Some(Unit::Percent), ..Column::new("qoe.fail_pct", ColumnKind::Number) };
        let row = |name: &str, percent: f64| vec![Cell::Text(name.to_owned()), Cell::Number(percent)];
        let frame = Frame {
            columns: vec![Column::new("channel", ColumnKind::Dimension), number],
            rows: vec![row("CCTV-1", 2.5), row("CCTV-2", 50.0)],
            as_of: None,
            etag: String::new(),
            simulated: false,
            state: FrameState::Ready,
            warnings: Vec::new(),
        };
        let names = Names::default();
        let reading = Reading { names: &names, locale: Locale::En, calendar: Calendar::CHINA };
        let look = Look { thresholds: vec![danger_from(10.0)], decimals: Some(1), ..Look::default() };
        let rows = rows(reading, &look);
        let markup = rows.markup(&frame, &rows.scales(&frame), &[1, 0], Sight::AtFirst);
        let cells: Vec<&str> = markup.split("<td").filter(|cell| cell.contains("table__number")).collect();
        assert!(cells[0].contains("table__small") && cells[0].contains("50"), "{}", cells[0]);
        assert!(cells[0].contains("fewer than 30 cases"), "{}", cells[0]);
        assert!(!cells[1].contains("table__small") && !cells[1].contains("fewer"), "{}", cells[1]);
        assert!(cells[0].contains(r#"aria-label="Alert""#) && cells[0].contains("50.0<"), "{}", cells[0]);
        assert!(!cells[1].contains("tone"), "{}", cells[1]);
    }

    #[test]
    fn columns_of_long_tables_are_as_wide_as_their_widest_number() {
        let number = Column { unit: Some(Unit::Count), ..Column::new("content.plays", ColumnKind::Number) };
        let row = |at: i64| vec![Cell::Text(format!("频道 {at}")), Cell::Integer(at - 500)];
        let frame = Frame {
            columns: vec![Column::new("channel", ColumnKind::Dimension), number],
            rows: (0..100_000).map(row).collect(),
            as_of: None,
            etag: String::new(),
            simulated: false,
            state: FrameState::Ready,
            warnings: Vec::new(),
        };
        let names = Names::default();
        let reading = Reading { names: &names, locale: Locale::En, calendar: Calendar::CHINA };
        let look = Look::default();
        let rows = rows(reading, &look);
        let (scales, order) = (rows.scales(&frame), (0..100_000).collect::<Vec<_>>());
        assert_eq!(scales.widest, [99_999, 99_999]);
        let markup = rows.markup(&frame, &scales, &order, Sight::of(36.0 * 50_000.0, 720.0));
        assert!(markup.matches("<tr").count() < 120, "{}", markup.matches("<tr").count());
        assert!(markup.contains(r#"aria-rowindex="50002""#), "{markup}");
        assert!(markup.starts_with(r#"<tr class="table__widest" aria-hidden="true">"#), "{markup}");
        assert!(!markup.contains("style="), "{markup}");
    }
}
