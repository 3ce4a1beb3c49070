//! One number: what it is, how it changed, and its course.

use super::card::{Reader, Shown};
use crate::{chart::Sparkline, words};
use leptos::prelude::*;
use model::{
    board::{Tile, TileContent},
    formatting::{FormattedNumber, change_percent, exact_number, short_number},
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

#[component]
pub(super) fn Kpi(tile: Signal<Tile>, frame: Memo<Option<Shown>>, reader: Reader) -> impl IntoView {
    let figure = Memo::new(move |_| frame.with(|frame| frame.as_ref().and_then(|frame| Figure::read(&frame.0))));
    let compare = Memo::new(move |_| {
        tile.with(|tile| match &tile.content {
            TileContent::Kpi { binding } => binding.as_ref().and_then(|binding| binding.compare),
            TileContent::Line { .. }
            | TileContent::Bar { .. }
            | TileContent::Table { .. }
            | TileContent::ProvinceMap { .. }
            | TileContent::Text { .. }
            | TileContent::Tabs { .. }
            | TileContent::Carousel { .. } => None,
        })
    });
    let value = move || figure.with(|figure| figure.as_ref().and_then(|figure| Some((figure.value?, figure.unit))));
    let short = Memo::new(move |_| {
        let locale = reader.locale.get();
        value().map_or_else(
            || FormattedNumber { figure: words::NO_VALUE.in_locale(locale).to_owned(), suffix: String::new() },
            |(value, unit)| short_number(value, unit, locale),
        )
    });
    let exact = move || value().map(|(value, unit)| exact_number(value, unit, reader.locale.get()).joined());
    let course = Memo::new(move |_| {
        figure.with(|figure| figure.as_ref().map(|figure| figure.course.clone()).unwrap_or_default())
    });
    view! {
        <div class="kpi">
            <p class="kpi__value" title=exact>
                <span class="kpi__figure">{move || short.get().figure}</span>
                <span class="kpi__unit">{move || short.get().suffix}</span>
            </p>
            {move || compare.get().map(|compare| view! { <Change figure compare reader /> })}
            <Show when=move || course.with(|course| course.len() > 1)>
                <Sparkline values=course />
            </Show>
        </div>
    }
    .into_any()
}

/// The change: arrow, percent, against what; the number before on hover.
#[component]
fn Change(figure: Memo<Option<Figure>>, compare: Compare, reader: Reader) -> impl IntoView {
    let percent = move || figure.with(|figure| figure.as_ref().and_then(|figure| figure.change_percent));
    let before = move || {
        let before = figure.with(|figure| figure.as_ref().and_then(|figure| Some((figure.before?, figure.unit))));
        before.map(|(before, unit)| {
            words::before(&exact_number(before, unit, reader.locale.get()).joined(), reader.locale.get())
        })
    };
    let against = move || reader.say(words::compared_with(compare));
    view! {
        <p class="kpi__change" title=before>
            {move || match percent() {
                Some(percent) => {
                    let direction = Direction::of(percent);
                    view! {
                        <span class=direction.class(reader.rise_is_red.get())>
                            <span aria-hidden="true">{direction.arrow()}</span>
                            " "
                            {change_percent(percent)}
                        </span>
                    }
                        .into_any()
                }
                None => {
                    view! { <span class="change change--level">{move || reader.say(words::NOTHING_TO_COMPARE)}</span> }
                        .into_any()
                }
            }}
            <span class="kpi__against">{against}</span>
        </p>
    }
    .into_any()
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
