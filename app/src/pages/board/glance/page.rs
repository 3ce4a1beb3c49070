//! What the server's page holds.

use crate::{chrome::PageData, error::AppError, preferences};
use components::tile::Names;
use leptos::prelude::*;
use model::{
    board::{Board, BoardView, ComponentKind, Reading},
    formatting::Locale,
    metric::CatalogueView,
};
use wasm_bindgen::JsValue;
use web_sys::UrlSearchParams;

/// Where Leptos writes what the page was made of, for the browser to start from.
const RESOLVED: &str = "__RESOLVED_RESOURCES";

/// A published board as the server drew it.
#[derive(Debug)]
pub(super) struct Page {
    pub(super) view: BoardView,
    /// The board as the address reads it.
    pub(super) read: Board,
    pub(super) reading: Reading,
    pub(super) names: Names,
    pub(super) locale: Locale,
}

impl Page {
    /// The page, if it is one that can be glanced at: a published board whose pages do not turn by themselves.
    pub(super) fn of_document() -> Option<Self> {
        document().query_selector("main[data-glanced]").ok()??;
        let (view, catalogue) = resolved()?;
        let is_still = view.board.tiles().iter().all(|tile| tile.content.kind() != ComponentKind::Carousel);
        if !is_still {
            return None;
        }
        let reading = view.board.accepted(reading_of_address());
        let read = view.board.read_with(&reading, &catalogue);
        let (locale, _) = preferences::initial();
        Some(Self { read, reading, names: Names::from_catalogue(&catalogue), locale, view })
    }
}

/// The board and the catalogue among what the page was made of.
fn resolved() -> Option<(BoardView, CatalogueView)> {
    let resolved = js_sys::Reflect::get(&window(), &JsValue::from_str(RESOLVED)).ok()?;
    let resolved = js_sys::Array::from(&resolved);
    resolved.iter().filter_map(|json| json.as_string()).find_map(|json| {
        let data: Result<PageData<(BoardView, CatalogueView)>, AppError> = serde_json::from_str(&json).ok()?;
        data.ok()?.content.ok()
    })
}

fn reading_of_address() -> Reading {
    let search = window().location().search().unwrap_or_default();
    let Ok(params) = UrlSearchParams::new_with_str(&search) else { return Reading::default() };
    let pairs: Vec<(String, String)> = js_sys::Array::from(&params)
        .iter()
        .filter_map(|pair| {
            let pair = js_sys::Array::from(&pair);
            Some((pair.get(0).as_string()?, pair.get(1).as_string()?))
        })
        .collect();
    Reading::from_pairs(pairs.iter().map(|(key, value)| (key.as_str(), value.as_str())))
}
