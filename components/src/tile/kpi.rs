//! One number: what it is, how it changed, and its course.

use super::card::{Reader, Shown};
use crate::{
    chart::{Reading, Size, SparklineSpec, svg},
    markup::Markup,
    words,
};
use leptos::prelude::*;
use model::{
    board::{Tile, TileContent},
    formatting::{FormattedNumber, Locale, change_percent, exact_number, short_number},
    frame::{Cell, Frame},
    metric::Unit,
    time::Compare,
};

/// What a KPI shows, read from its frame.
#[derive(Debug, Clone, PartialEq)]
struct Figure {
    value: Option<f64>,
    unit: Unit,
    change_percent: Option<f64>,
    before: Option<f64>,
    /// The course, where the frame goes along time; the newest number is then the value.
    course: Vec<Option<f64>>,
}

impl Figure {
    fn read(frame: &Frame) -> Option<Self> {
        let column = frame.metric_columns().next()?;
        let described = frame.columns.get(column)?;
        let compared = |is_percent: bool| {
            let prefix = format!("{}@", described.name);
            frame
                .columns
                .iter()
                .position(|column| column.name.starts_with(&prefix) && column.name.ends_with("_pct") == is_percent)
        };
        let course: Vec<Option<f64>> = match frame.time_column() {
            Some(_) => frame.cells(column).map(Cell::as_number).collect(),
            None => Vec::new(),
        };
        let row = if course.is_empty() { frame.rows.first() } else { frame.rows.last() };
        let cell = |column: Option<usize>| row.and_then(|row| row.get(column?)).and_then(Cell::as_number);
        Some(Self {
            value: cell(Some(column)),
            unit: described.unit.unwrap_or(Unit::Count),
            change_percent: cell(compared(true)),
            before: cell(compared(false)),
            course,
        })
    }
}

/// Which way a number went, after rounding to what is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Direction {
    Up,
    Down,
    Level,
}

impl Direction {
    pub(super) fn of(percent: f64) -> Self {
        if percent >= 0.05 {
            Self::Up
        } else if percent <= -0.05 {
            Self::Down
        } else {
            Self::Level
        }
    }

    pub(super) const fn arrow(self) -> &'static str {
        match self {
            Self::Up => "↑",
            Self::Down => "↓",
            Self::Level => "→",
        }
    }

    /// The colour follows the organisation's convention; the arrow says it without colour.
    pub(super) const fn class(self, rise_is_red: bool) -> &'static str {
        match (self, rise_is_red) {
            (Self::Level, _) => "change change--level",
            (Self::Up, true) | (Self::Down, false) => "change change--red",
            (Self::Up, false) | (Self::Down, true) => "change change--green",
        }
    }
}

/// The course of a number, as wide as its box. Says nothing to a screen reader: the number beside it does.
const SPARKLINE: Size = Size { w: 240.0, h: 40.0 };

/// What the card of one number holds.
pub(super) fn figure_markup(frame: &Frame, compare: Option<Compare>, reading: Reading, rise_is_red: bool) -> String {
    let Reading { locale, .. } = reading;
    let figure = Figure::read(frame);
    let value = figure.as_ref().and_then(|figure| Some((figure.value?, figure.unit)));
    let short = value.map_or_else(
        || FormattedNumber { figure: words::NO_VALUE.in_locale(locale).to_owned(), suffix: String::new() },
        |(value, unit)| short_number(value, unit, locale),
    );
    let mut markup = Markup::default();
    let inside = |p: &mut Markup| {
        p.element("span", &[("class", "kpi__figure")], |span| span.text(&short.figure));
        p.element("span", &[("class", "kpi__unit")], |span| span.text(&short.suffix));
    };
    match value.map(|(value, unit)| exact_number(value, unit, locale).joined()) {
        Some(exact) => markup.element("p", &[("class", "kpi__value"), ("title", &exact)], inside),
        None => markup.element("p", &[("class", "kpi__value")], inside),
    }
    if let Some(compare) = compare {
        draw_change(&mut markup, figure.as_ref(), compare, locale, rise_is_red);
    }
    if let Some(Figure { course, .. }) = figure.filter(|figure| figure.course.len() > 1) {
        let drawing = svg(&SparklineSpec { values: course }.scene(SPARKLINE));
        markup.element("div", &[("class", "sparkline"), ("aria-hidden", "true")], |div| div.drawing(&drawing));
    }
    markup.into_text()
}

/// The change: arrow, percent, against what; the number before on hover.
fn draw_change(markup: &mut Markup, figure: Option<&Figure>, compare: Compare, locale: Locale, rise_is_red: bool) {
    let before = figure.and_then(|figure| Some(exact_number(figure.before?, figure.unit, locale).joined()));
    let before = before.map(|before| words::before(&before, locale));
    let class = ("class", "kpi__change");
    let attributes: &[(&str, &str)] = match &before {
        Some(before) => &[class, ("title", before)],
        None => &[class],
    };
    markup.element("p", attributes, |p| {
        match figure.and_then(|figure| figure.change_percent) {
            Some(percent) => {
                let direction = Direction::of(percent);
                p.element("span", &[("class", direction.class(rise_is_red))], |span| {
                    span.element("span", &[("aria-hidden", "true")], |arrow| arrow.text(direction.arrow()));
                    span.text(" ");
                    span.text(&change_percent(percent));
                });
            }
            None => p.element("span", &[("class", Direction::Level.class(rise_is_red))], |span| {
                span.text(words::NOTHING_TO_COMPARE.in_locale(locale));
            }),
        }
        p.element("span", &[("class", "kpi__against")], |span| {
            span.text(words::compared_with(compare).in_locale(locale));
        });
    });
}

/// What the number of a tile is compared with.
pub(super) fn compare_of(content: &TileContent) -> Option<Compare> {
    match content {
        TileContent::Kpi { binding } => binding.as_ref().and_then(|binding| binding.compare),
        TileContent::Line { .. }
        | TileContent::Bar { .. }
        | TileContent::Table { .. }
        | TileContent::ProvinceMap { .. }
        | TileContent::Text { .. }
        | TileContent::Tabs { .. }
        | TileContent::Carousel { .. } => None,
    }
}

#[component]
pub(super) fn Kpi(tile: Signal<Tile>, frame: Memo<Option<Shown>>, reader: Reader) -> impl IntoView {
    let compare = Memo::new(move |_| tile.with(|tile| compare_of(&tile.content)));
    let drawing = Memo::new(move |_| {
        reader.read(frame, |frame, reading| figure_markup(frame, compare.get(), reading, reader.rise_is_red.get()))
    });
    view! { <div class="kpi" inner_html=move || drawing.get().unwrap_or_default()></div> }.into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_change_that_rounds_to_nothing_is_level() {
        assert_eq!(Direction::of(0.04), Direction::Level);
        assert_eq!(Direction::of(-0.05), Direction::Down);
        assert_eq!(Direction::Up.class(true), "change change--red");
        assert_eq!(Direction::Up.class(false), "change change--green");
    }
}
