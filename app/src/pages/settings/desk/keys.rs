//! The keys of the sheet, and of the page.

use super::draft::DeskState;
use leptos::{ev, prelude::*};
use model::{access::DeskDraft, geo::Region};
use wasm_bindgen::JsCast as _;
use web_sys::{Element, HtmlElement};

/// Moves between cells: arrows, Home and End in a row, with Ctrl to the first and last row. Space and Enter press the cell, as
/// on every button.
pub(super) fn press(event: &ev::KeyboardEvent) {
    let Some(cell) = event.target().and_then(|target| target.dyn_into::<Element>().ok()) else { return };
    let Some((row, column)) = cell.get_attribute("data-cell").and_then(|place| read(&place)) else { return };
    let last = Region::all().count() - 1;
    let rows = document().query_selector_all(".desk__row").map_or(0, |rows| rows.length() as usize);
    let Some(to) = target(&event.key(), event.ctrl_key() || event.meta_key(), (row, column), (rows, last)) else {
        return;
    };
    event.prevent_default();
    if let Some(next) = at(to) {
        let _ = cell.set_attribute("tabindex", "-1");
        let _ = next.set_attribute("tabindex", "0");
        let _ = next.focus();
    }
}

/// Where a key leads from a place; `None` where it leads nowhere else.
fn target(
    key: &str,
    is_far: bool,
    (row, column): (usize, usize),
    (rows, last): (usize, usize),
) -> Option<(usize, usize)> {
    let bottom = rows.checked_sub(1)?;
    let to = match key {
        "ArrowLeft" => (row, column.saturating_sub(1)),
        "ArrowRight" => (row, (column + 1).min(last)),
        "ArrowUp" => (row.saturating_sub(1), column),
        "ArrowDown" => ((row + 1).min(bottom), column),
        "Home" if is_far => (0, 0),
        "End" if is_far => (bottom, last),
        "Home" => (row, 0),
        "End" => (row, last),
        _ => return None,
    };
    Some(to)
}

fn read(place: &str) -> Option<(usize, usize)> {
    let (row, column) = place.split_once('-')?;
    Some((row.parse().ok()?, column.parse().ok()?))
}

fn at((row, column): (usize, usize)) -> Option<HtmlElement> {
    let found = document().query_selector(&format!("[data-cell='{row}-{column}']")).ok()??;
    found.dyn_into().ok()
}

/// Ctrl+Z takes the last step back; and whoever leaves with a draft is asked first.
pub(super) fn listen(state: DeskState) {
    Effect::new(move |_| {
        let undoing = window_event_listener(ev::keydown, move |event| {
            let is_undo = (event.ctrl_key() || event.meta_key()) && !event.shift_key() && event.key() == "z";
            let types = event.target().is_some_and(|target| target.dyn_ref::<web_sys::HtmlInputElement>().is_some());
            if is_undo && !types && state.draft.with_untracked(DeskDraft::can_undo) {
                event.prevent_default();
                state.draft.update(|draft| {
                    draft.undo();
                });
            }
        });
        let leaving = window_event_listener(ev::beforeunload, move |event| {
            if state.draft.with_untracked(|draft| draft.change(None).cells() > 0) {
                event.prevent_default();
            }
        });
        on_cleanup(move || {
            undoing.remove();
            leaving.remove();
        });
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arrows_stay_within_the_sheet() {
        let from = |key: &str, is_far, place| target(key, is_far, place, (3, 34));
        assert_eq!(from("ArrowLeft", false, (0, 0)), Some((0, 0)));
        assert_eq!(from("ArrowRight", false, (0, 34)), Some((0, 34)));
        assert_eq!(from("ArrowDown", false, (1, 5)), Some((2, 5)));
        assert_eq!(from("ArrowDown", false, (2, 5)), Some((2, 5)));
        assert_eq!(from("End", false, (1, 5)), Some((1, 34)));
        assert_eq!(from("Home", true, (2, 5)), Some((0, 0)));
        assert_eq!(from("End", true, (0, 5)), Some((2, 34)));
        assert_eq!(from("Enter", false, (1, 5)), None);
        assert_eq!(target("ArrowDown", false, (0, 0), (0, 34)), None);
    }

    #[test]
    fn places_are_read_as_they_are_written() {
        assert_eq!(read("12-3"), Some((12, 3)));
        assert_eq!((read("12"), read("a-1")), (None, None));
    }
}
