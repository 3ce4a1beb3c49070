//! A ticker: names and numbers that pass by in one line, over and over.

use super::card::{Reader, Shown};
use crate::{
    browser::keep_filled,
    chart::{Reading, value_text},
    markup::Markup,
};
use leptos::{html, prelude::*};
use model::frame::Frame;

/// With more items than that a line passes by faster; `style/still.css` says the same.
const MOST_TIMED: usize = 100;

/// The items of the line. They stand in it twice, so that the end is followed by the beginning; the second time only for
/// the eye.
pub(super) fn ticker_markup(frame: &Frame, reading: Reading) -> String {
    let mut markup = Markup::default();
    let items = items(frame, reading);
    // By about how many there are the style sheet chooses how long the line takes.
    let about = items.len().next_multiple_of(5).clamp(5, MOST_TIMED);
    let class = format!("ticker__items ticker__items--{about}");
    let mut list_items = Markup::default();
    for (name, value) in &items {
        list_items.element("li", &[("class", "ticker__item")], |li| {
            li.element("span", &[("class", "ticker__name")], |span| span.text(name));
            li.element("span", &[("class", "ticker__value")], |span| span.text(value));
        });
    }
    let list_items = list_items.into_text();
    for is_again in [false, true] {
        let list = [("class", class.as_str()), ("aria-hidden", "true")];
        let list = if is_again { list.as_slice() } else { list.get(..1).unwrap_or_default() };
        markup.element("ul", list, |ul| ul.drawing(&list_items));
    }
    markup.into_text()
}

fn items(frame: &Frame, reading: Reading) -> Vec<(String, String)> {
    let (Some(measure), Some(dimension)) = (frame.metric_columns().next(), frame.dimension_columns().next()) else {
        return Vec::new();
    };
    let id = frame.columns.get(dimension).map_or("", |column| column.name.as_str());
    let item = |row: usize| {
        let name = frame.rows.get(row).and_then(|row| row.get(dimension)).and_then(|cell| cell.as_text());
        (reading.names.value(id, name, reading.locale), value_text(frame, row, measure, reading.locale))
    };
    (0..frame.rows.len()).map(item).collect()
}

#[component]
pub(super) fn Ticker(frame: Memo<Option<Shown>>, reader: Reader) -> impl IntoView {
    let line = NodeRef::<html::Div>::new();
    let drawn = Memo::new(move |_| reader.read(frame, ticker_markup).unwrap_or_default());
    keep_filled(line, drawn);
    view! { <div class="ticker" node_ref=line inner_html=drawn.get_untracked()></div> }.into_any()
}
