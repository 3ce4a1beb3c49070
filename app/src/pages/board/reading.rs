//! The reading that the page's address carries.

use leptos::prelude::*;
use leptos_router::{hooks::use_query_map, params::ParamsMap};
use model::board::Reading;

/// What the address says about how the board is read. The board decides what of it is accepted.
pub(super) fn reading_of_address() -> Memo<Reading> {
    let params = use_query_map();
    Memo::new(move |_| params.with(read))
}

fn read(params: &ParamsMap) -> Reading {
    Reading::from_pairs(params.into_iter().map(|(key, value)| (key.as_ref(), value)))
}
