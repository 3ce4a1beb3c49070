//! What the server's page holds.

use super::told::Told;
use crate::preferences;
use components::tile::Names;
use leptos::prelude::*;
use model::{
    board::{BoardId, TileFrame},
    formatting::Locale,
    time::{Calendar, Timestamp},
};
use serde::{Deserialize, de::IgnoredAny};
use wasm_bindgen::JsValue;

/// Where Leptos writes what the page was made of, for the browser to start from.
const RESOLVED: &str = "__RESOLVED_RESOURCES";

/// A published board as the server drew it.
#[derive(Debug)]
pub(super) struct Page {
    pub(super) view: GlancedView,
    pub(super) told: Told,
    pub(super) names: Names,
    pub(super) locale: Locale,
}

/// Of a written `BoardView`, what is needed while nobody reaches for the page. The board itself is not read.
#[derive(Debug, Deserialize)]
pub(super) struct GlancedView {
    pub(super) id: BoardId,
    pub(super) version: i32,
    pub(super) frames: Vec<TileFrame>,
    pub(super) calendar: Calendar,
    pub(super) now: Timestamp,
}

/// Of a written `PageData`, what is needed.
#[derive(Deserialize)]
struct GlancedData {
    content: Result<(GlancedView, Names), IgnoredAny>,
}

impl Page {
    /// The page, if it is one that can be glanced at.
    pub(super) fn of_document() -> Option<Self> {
        let told = Told::of_document()?;
        let (view, names) = resolved()?;
        let (locale, _) = preferences::initial();
        Some(Self { view, told, names, locale })
    }
}

/// The board and the names among what the page was made of.
fn resolved() -> Option<(GlancedView, Names)> {
    let resolved = js_sys::Reflect::get(&window(), &JsValue::from_str(RESOLVED)).ok()?;
    let resolved = js_sys::Array::from(&resolved);
    resolved.iter().filter_map(|json| json.as_string()).find_map(|json| {
        let data: Result<GlancedData, IgnoredAny> = serde_json::from_str(&json).ok()?;
        data.ok()?.content.ok()
    })
}
