//! The rows of a table as markup.

use super::{Picked, kpi::Direction};
use crate::{
    browser::KEY,
    chart::{Reading, step_in_full},
    markup::Markup,
    words,
};
use model::{
    formatting::{change_percent, column_number, exact_number, shared_decimals},
    frame::{Cell, Column, ColumnKind, Frame},
    metric::{Calculation, Unit},
    time::{Grain, Timestamp},
};

/// Which numbers have a bar behind them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum InCellBars {
    None,
    FirstMetric,
}

/// What a column of numbers is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Figures {
    Metric,
    /// What it is compared with.
    Before,
    /// The change in percent.
    Change,
}

pub(super) fn figures(column: &Column) -> Figures {
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
fn key_of_cell(row: usize, column: usize) -> String {
    format!("{row}.{column}")
}

/// The row and the column that a key stands for.
pub(super) fn cell_of_key(key: &str) -> Option<(usize, usize)> {
    let (row, column) = key.split_once('.')?;
    Some((row.parse().ok()?, column.parse().ok()?))
}

/// How the rows of a table are drawn.
#[derive(Debug, Clone, Copy)]
pub(super) struct Rows<'a> {
    pub(super) reading: Reading<'a>,
    pub(super) bars: InCellBars,
    pub(super) grain: Option<Grain>,
    pub(super) rise_is_red: bool,
    /// Whether names can be pressed to go on from there.
    pub(super) are_picked_from: bool,
}

impl Rows<'_> {
    /// The rows of a frame, in that order.
    pub(super) fn markup(self, frame: &Frame, order: impl IntoIterator<Item = usize>) -> String {
        let (most, decimals) = (most(frame, self.bars), decimals(frame));
        let mut markup = Markup::default();
        for at in order {
            let Some(row) = frame.rows.get(at) else { continue };
            markup.element("tr", &[], |tr| {
                for (index, (column, cell)) in frame.columns.iter().zip(row).enumerate() {
                    match column.kind {
                        ColumnKind::Dimension => self.draw_name(tr, frame, (at, index), cell),
                        ColumnKind::Time => self.draw_step(tr, cell),
                        ColumnKind::Number if figures(column) == Figures::Change => self.draw_change(tr, cell),
                        ColumnKind::Number => {
                            let most = most.filter(|(column, _)| *column == index).map(|(_, most)| most);
                            let decimals = decimals.get(index).copied().unwrap_or_default();
                            self.draw_number(tr, column, at, cell, (most, decimals));
                        }
                    }
                }
            });
        }
        markup.into_text()
    }

    fn nothing(self) -> &'static str {
        words::NO_VALUE.in_locale(self.reading.locale)
    }

    fn draw_name(self, tr: &mut Markup, frame: &Frame, (at, index): (usize, usize), cell: &Cell) {
        let column = frame.columns.get(index).map_or("", |column| column.name.as_str());
        let name = self.reading.names.value(column, cell.as_text(), self.reading.locale);
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
        let Reading { calendar, locale, .. } = self.reading;
        let start = cell.as_text().and_then(|text| Timestamp::parse(text).ok());
        let step = start.map(|start| step_in_full(start, self.grain.unwrap_or(Grain::Minute), calendar, locale));
        tr.element("td", &[("class", "table__time")], |td| td.text(step.as_deref().unwrap_or(self.nothing())));
    }

    fn draw_change(self, tr: &mut Markup, cell: &Cell) {
        tr.element("td", &[("class", "table__number")], |td| match cell.as_number() {
            Some(percent) => {
                let direction = Direction::of(percent);
                td.element("span", &[("class", direction.class(self.rise_is_red))], |span| {
                    span.text(&format!("{} {}", direction.arrow(), change_percent(percent)));
                });
            }
            None => td.text(self.nothing()),
        });
    }

    fn draw_number(
        self,
        tr: &mut Markup,
        column: &Column,
        at: usize,
        cell: &Cell,
        (most, decimals): (Option<f64>, usize),
    ) {
        let (number, unit) = (cell.as_number(), column.unit.unwrap_or(Unit::Count));
        let missed = column.minimum_missed(at);
        let class = match (figures(column), missed) {
            (Figures::Before, _) => "table__number table__before",
            (Figures::Metric | Figures::Change, None) => "table__number",
            (Figures::Metric | Figures::Change, Some(_)) => "table__number table__small",
        };
        let inside = |td: &mut Markup| {
            if let Some(share) = most.and_then(|most| Some(number? / most)) {
                draw_bar(td, share);
            }
            let text = number.map(|number| column_number(number, unit, decimals));
            td.element("span", &[], |span| span.text(text.as_deref().unwrap_or(self.nothing())));
        };
        let locale = self.reading.locale;
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
        formatting::Locale,
        frame::{FrameState, SmallSamples},
        time::Calendar,
    };

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
        let rows = Rows { reading, bars: InCellBars::None, grain: None, rise_is_red: true, are_picked_from: false };
        let markup = rows.markup(&frame, [1, 0]);
        let cells: Vec<&str> = markup.split("<td").filter(|cell| cell.contains("table__number")).collect();
        assert!(cells[0].contains("table__small") && cells[0].contains("50"), "{}", cells[0]);
        assert!(cells[0].contains("fewer than 30 cases"), "{}", cells[0]);
        assert!(!cells[1].contains("table__small") && !cells[1].contains("fewer"), "{}", cells[1]);
    }
}
