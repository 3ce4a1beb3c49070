//! A filter about a dimension: the values that occur in the reader's scope, beside what they chose in the others.

use super::super::published::PublishedBoard;
use crate::{pages::values_menu::ValuesMenu, server_functions::filter_choices};
use leptos::prelude::*;
use model::metric::DimensionId;

#[component]
pub(in crate::pages::board) fn ValuesFilter(
    published: PublishedBoard,
    dimension: DimensionId,
    /// Where it stands, once on the page.
    #[prop(into)]
    place: String,
) -> impl IntoView {
    let PublishedBoard { id, names, locale, reading, .. } = published;
    let own = StoredValue::new(dimension.clone());
    let chosen = Memo::new(move |_| {
        reading.with(|reading| {
            published.board.with_value(|board| {
                own.with_value(|dimension| board.chosen(reading, dimension).unwrap_or_default().to_vec())
            })
        })
    });
    let ask = move |search| filter_choices(id, own.get_value(), reading.get_untracked(), search);
    let on_change = move |values| published.read_so(move |reading| reading.choosing(own.get_value(), values, None));
    view! { <ValuesMenu place dimension names locale chosen ask on_change /> }
}
