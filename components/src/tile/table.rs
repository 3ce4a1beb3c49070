//! A frame as a table: the header stays, a click sorts, numbers stand right.

use super::{
    Picked,
    card::{Reader, Shown},
    head::truncated_at,
    kpi::Direction,
};
use crate::{chart::step_in_full, words};
use leptos::prelude::*;
use model::{
    formatting::{change_percent, column_number, exact_number, shared_decimals, short_number},
    frame::{Cell, Column, ColumnKind, Frame},
    metric::{Calculation, Unit},
    time::{Grain, Timestamp},
};
use std::cmp::Ordering;

/// As many rows are drawn at first; the rest waits for a press.
const FIRST_ROWS: usize = 200;

/// Which numbers have a bar behind them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum InCellBars {
    None,
    FirstMetric,
}

/// By which column rows are sorted, and which way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Sorting {
    column: usize,
    is_descending: bool,
}

impl Sorting {
    /// What a press on a heading leads to: numbers begin with the largest, names with the first.
    fn pressed(before: Option<Self>, column: usize, kind: ColumnKind) -> Self {
        match before {
            Some(before) if before.column == column => Self { is_descending: !before.is_descending, ..before },
            Some(_) | None => Self { column, is_descending: kind == ColumnKind::Number },
        }
    }
}

/// The least first; what is unknown or undefined comes last, whichever way is sorted.
fn compare(one: &Cell, other: &Cell, is_descending: bool) -> Ordering {
    let turned = |ordering: Ordering| {
        if is_descending { ordering.reverse() } else { ordering }
    };
    match (one.as_number(), other.as_number(), one.as_text(), other.as_text()) {
        (Some(one), Some(other), _, _) => turned(one.total_cmp(&other)),
        (_, _, Some(one), Some(other)) => turned(one.cmp(other)),
        (Some(_), None, _, None) | (None, _, Some(_), None) => Ordering::Less,
        (None, Some(_), None, _) | (_, None, None, Some(_)) => Ordering::Greater,
        (_, _, _, _) => Ordering::Equal,
    }
}

/// The rows in the order wished; without a wish as the answer had them.
fn sorted(frame: &Frame, sorting: Option<Sorting>) -> Vec<usize> {
    let mut order: Vec<usize> = (0..frame.rows.len()).collect();
    if let Some(Sorting { column, is_descending }) = sorting {
        let cell = |row: usize| frame.rows.get(row).and_then(|row| row.get(column)).unwrap_or(&Cell::Null);
        order.sort_by(|one, other| compare(cell(*one), cell(*other), is_descending));
    }
    order
}

/// What a column of numbers is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Figures {
    Metric,
    /// What it is compared with.
    Before,
    /// The change in percent.
    Change,
}

fn figures(column: &Column) -> Figures {
    match (column.name.contains('@'), column.name.ends_with("_pct")) {
        (false, _) => Figures::Metric,
        (true, false) => Figures::Before,
        (true, true) => Figures::Change,
    }
}

#[component]
pub(super) fn FrameTable(
    frame: Memo<Option<Shown>>,
    grain: Memo<Option<Grain>>,
    bars: InCellBars,
    reader: Reader,
) -> impl IntoView {
    let sorting = RwSignal::new(None::<Sorting>);
    let shows_all = RwSignal::new(false);
    let headings = move || {
        frame.get().map(|Shown(frame)| {
            frame
                .columns
                .iter()
                .enumerate()
                .map(|(index, column)| view! { <Heading index column=column.clone() sorting reader /> })
                .collect_view()
        })
    };
    let rows = move || {
        frame.get().map(|Shown(frame)| {
            let order = sorted(&frame, sorting.get());
            let shown = if shows_all.get() { order.len() } else { FIRST_ROWS.min(order.len()) };
            let drawing = Drawing { most: most(&frame, bars), decimals: decimals(&frame), grain: grain.get() };
            let row = |index: usize| frame.rows.get(index).map(|row| cells(&frame, index, row, &drawing, reader));
            order.into_iter().take(shown).filter_map(row).map(|cells| view! { <tr>{cells}</tr> }).collect_view()
        })
    };
    let left_out = move || {
        let count = frame.with(|frame| frame.as_ref().map_or(0, |frame| frame.0.rows.len()));
        if shows_all.get() { 0 } else { count.saturating_sub(FIRST_ROWS) }
    };
    view! {
        <div class="table" tabindex="0" role="region" aria-label=move || reader.say(words::TABLE)>
            <table class="table__grid">
                <thead>
                    <tr>{headings}</tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
            <Show when=move || left_out() != 0>
                <button type="button" class="button button--quiet" on:click=move |_| shows_all.set(true)>
                    {move || words::show_more_rows(left_out(), reader.locale.get())}
                </button>
            </Show>
            {move || {
                truncated_at(frame)
                    .map(|(limit, rows)| {
                        view! { <p class="table__note">{move || words::truncated(limit, rows, reader.locale.get())}</p> }
                    })
            }}
        </div>
    }
    .into_any()
}

#[component]
fn Heading(index: usize, column: Column, sorting: RwSignal<Option<Sorting>>, reader: Reader) -> impl IntoView {
    let kind = column.kind;
    let is_number = kind == ColumnKind::Number;
    let unit = column.unit.filter(|_| is_number && figures(&column) == Figures::Metric);
    let name = column.name;
    let way = move || sorting.get().filter(|sorting| sorting.column == index).map(|sorting| sorting.is_descending);
    let unit = move || {
        let suffix = unit.map(|unit| short_number(0.0, unit, reader.locale.get()).suffix).unwrap_or_default();
        (!suffix.trim().is_empty()).then(|| view! { <span class="table__unit">{suffix.trim().to_owned()}</span> })
    };
    view! {
        <th
            scope="col"
            class:table__number=is_number
            aria-sort=move || match way() {
                Some(true) => "descending",
                Some(false) => "ascending",
                None => "none",
            }
        >
            <button
                type="button"
                class="table__sort"
                on:click=move |_| sorting.update(|sorting| *sorting = Some(Sorting::pressed(*sorting, index, kind)))
            >
                <span>{move || reader.names.with(|names| names.column(&name, reader.locale.get()))}</span>
                {unit}
                <span class="table__arrow" aria-hidden="true">
                    {move || match way() {
                        Some(true) => "↓",
                        Some(false) => "↑",
                        None => "",
                    }}
                </span>
            </button>
        </th>
    }
    .into_any()
}

/// The column with bars and its largest number.
fn most(frame: &Frame, bars: InCellBars) -> Option<(usize, f64)> {
    match bars {
        InCellBars::None => None,
        InCellBars::FirstMetric => {
            let column = frame.metric_columns().next()?;
            // A longer bar for a lower place would be read the wrong way round.
            let rank = format!("~{}", Calculation::Rank);
            if frame.columns.get(column)?.name.ends_with(&rank) {
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

/// What all rows have in common.
struct Drawing {
    /// The column with bars and its largest number.
    most: Option<(usize, f64)>,
    /// Column by column.
    decimals: Vec<usize>,
    grain: Option<Grain>,
}

fn cells(frame: &Frame, at: usize, row: &[Cell], drawing: &Drawing, reader: Reader) -> impl IntoView + use<> {
    let Drawing { most, grain, .. } = *drawing;
    let locale = reader.locale.get();
    let nothing = || words::NO_VALUE.in_locale(locale).to_owned();
    let cells = frame.columns.iter().zip(row).enumerate().map(|(index, (column, cell))| match column.kind {
        ColumnKind::Dimension => {
            let name = reader.names.with(|names| names.value(&column.name, cell.as_text(), locale));
            let whole = name.clone();
            let picked = reader.on_pick.zip(Picked::of_cell(frame, at, index));
            match picked {
                Some((on_pick, picked)) => view! {
                    <td title=whole>
                        <button type="button" class="table__pick" on:click=move |_| on_pick.run(picked.clone())>
                            {name}
                        </button>
                    </td>
                }
                    .into_any(),
                None => view! { <td title=whole>{name}</td> }.into_any(),
            }
        }
        ColumnKind::Time => {
            let start = cell.as_text().and_then(|text| Timestamp::parse(text).ok());
            let step = start.map(|start| step_in_full(start, grain.unwrap_or(Grain::Minute), reader.calendar.get(), locale));
            view! { <td class="table__time">{step.unwrap_or_else(nothing)}</td> }.into_any()
        }
        ColumnKind::Number => {
            let number = cell.as_number();
            match figures(column) {
                Figures::Change => {
                    let change = number.map(|percent| {
                        let direction = Direction::of(percent);
                        view! {
                            <span class=direction.class(reader.rise_is_red.get())>
                                {format!("{} {}", direction.arrow(), change_percent(percent))}
                            </span>
                        }
                    });
                    let nothing = change.is_none().then(nothing);
                    view! { <td class="table__number">{change}{nothing}</td> }.into_any()
                }
                Figures::Metric | Figures::Before => {
                    let unit = column.unit.unwrap_or(Unit::Count);
                    let decimals = drawing.decimals.get(index).copied().unwrap_or_default();
                    let text = number.map_or_else(nothing, |number| column_number(number, unit, decimals));
                    let exact = number.map(|number| exact_number(number, unit, locale).joined());
                    let share = most.filter(|(column, _)| *column == index).and_then(|(_, most)| Some(number? / most));
                    let bar = share.map(|share| {
                        view! {
                            <svg class="table__bar" viewBox="0 0 100 1" preserveAspectRatio="none" aria-hidden="true">
                                <rect class="fill-under-1" width=format!("{:.1}", share.clamp(0.0, 1.0) * 100.0) height="1" />
                            </svg>
                        }
                    });
                    let class = if figures(column) == Figures::Before { "table__number table__before" } else { "table__number" };
                    view! { <td class=class title=exact>{bar}<span>{text}</span></td> }.into_any()
                }
            }
        }
    });
    cells.collect::<Vec<_>>()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_undefined_comes_last_both_ways() {
        let (small, large, nothing) = (Cell::Integer(1), Cell::Number(2.5), Cell::Null);
        for is_descending in [false, true] {
            assert_eq!(compare(&small, &nothing, is_descending), Ordering::Less);
            assert_eq!(compare(&nothing, &large, is_descending), Ordering::Greater);
            assert_eq!(compare(&Cell::Text("a".to_owned()), &nothing, is_descending), Ordering::Less);
        }
        assert_eq!(compare(&small, &large, false), Ordering::Less);
        assert_eq!(compare(&small, &large, true), Ordering::Greater);
        assert_eq!(compare(&nothing, &nothing, true), Ordering::Equal);
    }

    #[test]
    fn a_second_press_turns_the_order() {
        let first = Sorting::pressed(None, 2, ColumnKind::Number);
        assert!(first.is_descending);
        assert!(!Sorting::pressed(Some(first), 2, ColumnKind::Number).is_descending);
        assert!(!Sorting::pressed(Some(first), 0, ColumnKind::Dimension).is_descending);
    }
}
