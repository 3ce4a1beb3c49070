//! Which rows of a long table are in sight: only they are drawn, and above and below them is room as high as the rest, so
//! that a table of 100,000 rows scrolls like a short one.

use crate::{browser::observe_size, markup::Markup};
use leptos::{html, prelude::*};
use std::ops::Range;

/// The height of a row; `style/tokens.css` says the same.
const ROW_PX: f64 = 36.0;
/// As many rows are drawn before anything can be measured; a table with no more is drawn whole.
const FIRST_ROWS: usize = 200;
/// So many rows are drawn beyond what is in sight, on either side.
const MARGIN_ROWS: usize = 20;
/// By so many rows what is drawn moves on, so that not every bit of scrolling draws anew.
const STEP_ROWS: usize = 10;

/// Whether a table has so many rows that not all are drawn.
pub(super) const fn is_long(rows: usize) -> bool {
    rows > FIRST_ROWS
}

/// How many rows assistive technology is told of, the heading among them, where not all of them are there.
pub(super) fn rows_in_all(rows: usize) -> Option<usize> {
    is_long(rows).then_some(rows + 1)
}

/// The part of a table that is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sight {
    /// Nothing is measured yet: the first rows.
    AtFirst,
    /// So many rows from there on.
    Rows { first: usize, count: usize },
}

impl Sight {
    /// What is in sight of a table that is scrolled so far down in a box of that height.
    pub(super) fn of(scrolled_px: f64, height_px: f64) -> Self {
        let top = (scrolled_px.max(0.0) / ROW_PX).floor() as usize;
        let first = top.saturating_sub(MARGIN_ROWS) / STEP_ROWS * STEP_ROWS;
        let seen = (height_px.max(0.0) / ROW_PX).ceil() as usize;
        let count = (seen + 2 * MARGIN_ROWS).next_multiple_of(STEP_ROWS) + STEP_ROWS;
        Self::Rows { first, count }
    }

    /// Which of so many rows are drawn. Where rows have become fewer, the last ones.
    fn range(self, rows: usize) -> Range<usize> {
        match self {
            Self::AtFirst => 0..rows.min(FIRST_ROWS),
            Self::Rows { .. } if !is_long(rows) => 0..rows,
            Self::Rows { first, count } => {
                let first = first.min(rows.saturating_sub(count));
                first..rows.min(first + count)
            }
        }
    }

    /// Draws the rows in sight, each by its place in the frame, and the room for the others.
    pub(super) fn draw(self, markup: &mut Markup, order: &[usize], columns: usize, draw: impl Fn(&mut Markup, usize)) {
        let range = self.range(order.len());
        let (above, below) = match self {
            Self::AtFirst => (0, 0),
            Self::Rows { .. } => (range.start, order.len() - range.end),
        };
        draw_room(markup, above, columns);
        for (place, row) in order.iter().enumerate().skip(range.start).take(range.len()) {
            // The heading is the first.
            let index = is_long(order.len()).then(|| (place + 2).to_string());
            let index = index.as_deref().map(|index| ("aria-rowindex", index));
            markup.element("tr", index.as_slice(), |tr| draw(tr, *row));
        }
        draw_room(markup, below, columns);
    }
}

/// As much room as so many rows take. The height is an attribute: the content security policy forbids styles.
fn draw_room(markup: &mut Markup, rows: usize, columns: usize) {
    if rows == 0 {
        return;
    }
    let (height, columns) = ((rows as f64 * ROW_PX).to_string(), columns.to_string());
    markup.element("tr", &[("class", "table__room"), ("aria-hidden", "true")], |tr| {
        tr.element("td", &[("colspan", &columns), ("height", &height)], |_| ());
    });
}

/// What is in sight in a box, for as long as it stands; it changes when the box is scrolled or has another height.
#[derive(Clone, Copy)]
pub(super) struct InSight {
    room: NodeRef<html::Div>,
    sight: RwSignal<Sight>,
}

impl InSight {
    pub(super) fn of(room: NodeRef<html::Div>) -> Self {
        let in_sight = Self { room, sight: RwSignal::new(Sight::AtFirst) };
        Effect::new(move |_| {
            if let Some(element) = room.get() {
                observe_size(&element, move |_, _| in_sight.measure());
            }
        });
        in_sight
    }

    pub(super) fn get(self) -> Sight {
        self.sight.get()
    }

    /// To be called when the box is scrolled.
    pub(super) fn measure(self) {
        let Some(element) = self.room.get_untracked() else { return };
        let now = Sight::of(f64::from(element.scroll_top()), f64::from(element.client_height()));
        if self.sight.get_untracked() != now {
            self.sight.set(now);
        }
    }

    /// Back to the first row.
    pub(super) fn to_top(self) {
        if let Some(element) = self.room.get_untracked() {
            element.set_scroll_top(0);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn short_tables_are_drawn_whole_and_without_room() {
        let order: Vec<usize> = (0..200).collect();
        for sight in [Sight::AtFirst, Sight::of(0.0, 300.0), Sight::of(9_000.0, 300.0)] {
            let mut markup = Markup::default();
            sight.draw(&mut markup, &order, 3, |tr, row| tr.text(&row.to_string()));
            let html = markup.into_text();
            assert_eq!(html.matches("<tr>").count(), 200, "{sight:?}");
            assert!(!html.contains("table__room") && !html.contains("aria-rowindex"), "{sight:?}");
        }
    }

    #[test]
    fn a_little_scrolling_draws_nothing_anew() {
        assert_eq!(Sight::of(36.0 * 100.0, 300.0), Sight::of(36.0 * 104.0, 300.0));
        assert_ne!(Sight::of(36.0 * 100.0, 300.0), Sight::of(36.0 * 112.0, 300.0));
    }

    proptest! {
        #[test]
        fn what_is_in_sight_is_drawn_and_little_else(
            rows in 201_usize..150_000, share in 0.0_f64..=1.0, height in 40.0_f64..2_000.0,
        ) {
            let furthest = (rows as f64 * ROW_PX - height).max(0.0);
            let scrolled = share * furthest;
            let range = Sight::of(scrolled, height).range(rows);
            prop_assert!(range.end <= rows);
            let top = (scrolled / ROW_PX) as usize;
            let bottom = (((scrolled + height) / ROW_PX).ceil() as usize).min(rows);
            prop_assert!(range.start <= top && bottom <= range.end, "{range:?} shows {top}..{bottom}");
            prop_assert!(range.len() <= (height / ROW_PX) as usize + 2 * MARGIN_ROWS + 3 * STEP_ROWS);
        }

        #[test]
        fn rooms_and_rows_are_as_high_as_all_rows(rows in 201_usize..5_000, scrolled in 0.0_f64..1e7) {
            let order: Vec<usize> = (0..rows).collect();
            let mut markup = Markup::default();
            Sight::of(scrolled, 500.0).draw(&mut markup, &order, 2, |tr, _| tr.text("x"));
            let html = markup.into_text();
            let room: f64 = html.split("height=\"").skip(1).filter_map(|rest| rest.split('"').next()?.parse::<f64>().ok()).sum();
            let (seen, all) = (html.matches(">x<").count() as f64 * ROW_PX, rows as f64 * ROW_PX);
            prop_assert!((room + seen - all).abs() < 1e-6, "{room} and {seen} of {all}");
        }
    }
}
