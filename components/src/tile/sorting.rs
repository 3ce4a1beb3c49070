//! In which order rows stand, and the headings that are pressed to change it.

use super::card::Reader;
use leptos::prelude::*;
use model::{
    formatting::short_number,
    frame::{Cell, ColumnKind},
    metric::Unit,
};
use std::cmp::Ordering;

/// By which column rows are sorted, and which way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Sorting {
    pub(super) column: usize,
    pub(super) is_descending: bool,
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
pub(super) fn compare(one: &Cell, other: &Cell, is_descending: bool) -> Ordering {
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

/// The heading of a column, to be pressed.
#[component]
pub(super) fn SortHead(
    index: usize,
    kind: ColumnKind,
    #[prop(into)] label: Signal<String>,
    /// What is said of it where it is pointed at, if that is more.
    #[prop(optional_no_strip)]
    title: Option<String>,
    /// Said once for all numbers under it.
    unit: Option<Unit>,
    sorting: RwSignal<Option<Sorting>>,
    reader: Reader,
) -> impl IntoView {
    let is_number = kind == ColumnKind::Number;
    let way = move || sorting.get().filter(|sorting| sorting.column == index).map(|sorting| sorting.is_descending);
    let unit = move || {
        let suffix = unit.map(|unit| short_number(0.0, unit, reader.locale.get()).suffix).unwrap_or_default();
        (!suffix.trim().is_empty()).then(|| view! { <span class="table__unit">{suffix.trim().to_owned()}</span> })
    };
    view! {
        <th
            scope="col"
            title=title
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
                <span>{move || label.get()}</span>
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
