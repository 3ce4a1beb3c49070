//! What a reader's browser loads: JavaScript and wasm, compressed with brotli as they are served.

use super::table::Row;
use crate::bundle::{Sizes, kib};
use anyhow::Result;
use std::path::Path;

pub(crate) fn measure(site: &Path) -> Result<Vec<Row>> {
    let sizes = Sizes::of_site(site)?;
    let size = |bytes: u64| format!("{:.1} KiB", kib(bytes));
    Ok(vec![
        Row::against(
            "reader of a board, first: JS + wasm, brotli",
            size(sizes.at_once),
            "≤ 250 KiB",
            sizes.are_as_promised(),
        ),
        Row::noted("… beside it, where the board has a chart that few have", size(sizes.other_charts)),
        Row::noted("… more, when somebody reaches for the page", size(sizes.application)),
        Row::noted("… and for editors", size(sizes.for_editors)),
    ])
}
