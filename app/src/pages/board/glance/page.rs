//! What the server's page holds.

use super::told::Told;
use crate::preferences;
use components::tile::Names;
use leptos::prelude::*;
use model::{
    appearance::{Appearance, HouseStyle},
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
    /// What the organisation sets for its tiles.
    pub(super) house: HouseStyle,
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

/// Of a written `Account`, what is needed.
#[derive(Deserialize)]
struct GlancedAccount {
    appearance: Appearance,
}

/// Of a written `PageData`, what is needed.
#[derive(Deserialize)]
struct GlancedData {
    account: GlancedAccount,
    content: Result<(GlancedView, Names), IgnoredAny>,
}

impl Page {
    /// The page, if it is one that can be glanced at.
    pub(super) fn of_document() -> Option<Self> {
        let told = Told::of_document()?;
        let (view, names, house) = resolved()?;
        let (locale, _) = preferences::initial();
        Some(Self { view, told, names, locale, house })
    }
}

/// The board, the names and the house style among what the page was made of.
fn resolved() -> Option<(GlancedView, Names, HouseStyle)> {
    let resolved = js_sys::Reflect::get(&window(), &JsValue::from_str(RESOLVED)).ok()?;
    let resolved = js_sys::Array::from(&resolved);
    resolved.iter().filter_map(|json| json.as_string()).find_map(|json| {
        let data: Result<GlancedData, IgnoredAny> = serde_json::from_str(&json).ok()?;
        let GlancedData { account, content } = data.ok()?;
        let (view, names) = content.ok()?;
        Some((view, names, account.appearance.house))
    })
}
