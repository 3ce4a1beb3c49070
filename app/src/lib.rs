//! The pages, and the server functions they ask.
//!
//! - [`routes`]: every address of the product, and the application around the pages
//! - [`pages`]: sign-in, board list, board, builder
//! - [`chrome`]: the bar above every page
//! - [`server_functions`] and [`session`]: what pages ask the server; each is a public endpoint
//! - [`i18n`] and [`preferences`]: two languages, three themes
//! - [`error`]: the one error of server functions
//! - `shell` (server only): the document
//!
//! Absent: SQL, metrics arithmetic and rights. They live in `engine`, behind the server functions.

// The macros of components and server functions write `pub` items, whatever the module they stand in.
#![allow(unreachable_pub)]
#![recursion_limit = "512"]

pub mod chrome;
pub mod error;
pub mod i18n;
pub mod pages;
pub mod preferences;
pub mod routes;
pub mod server_functions;
pub mod session;
#[cfg(feature = "ssr")]
pub mod shell;
mod time;

/// Begins to look after the server's page: as little as keeps its numbers new, or all of it.
#[cfg(feature = "hydrate")]
#[wasm_bindgen::prelude::wasm_bindgen]
pub fn hydrate() {
    console_error_panic_hook::set_once();
    components::chart::others::set_loader(load_other_charts);
    pages::glance();
}

/// The charts that few boards have: a part of the bundle of its own.
#[cfg(feature = "hydrate")]
#[leptos::wasm_split::wasm_split(other_charts, wasm_split_path = leptos::wasm_split, fallible)]
// What can fail is the loading.
#[allow(clippy::unnecessary_wraps)]
fn other_charts() -> Result<(), leptos::wasm_split::SplitLoaderError> {
    components::chart::others::provide(components::chart::kinds::read);
    Ok(())
}

/// Fetches that part; where the server can't be reached, again after a while.
#[cfg(feature = "hydrate")]
fn load_other_charts() {
    wasm_bindgen_futures::spawn_local(async {
        if other_charts().await.is_ok() {
            pages::charts_came();
        } else {
            leptos::prelude::set_timeout(load_other_charts, PAUSE_BEFORE_LOADING_AGAIN);
        }
    });
}

#[cfg(feature = "hydrate")]
const PAUSE_BEFORE_LOADING_AGAIN: std::time::Duration = std::time::Duration::from_secs(5);

/// Whether the server's page has a chart that is drawn by that part.
#[cfg(feature = "hydrate")]
fn page_has_other_charts() -> bool {
    let found = leptos::prelude::document().query_selector("[data-drawn-by='other-charts']");
    found.is_ok_and(|found| found.is_some())
}

/// Makes the server's page interactive: the application is a part of the bundle of its own, and takes over the page.
#[cfg(feature = "hydrate")]
#[leptos::wasm_split::wasm_split(come_alive, wasm_split_path = leptos::wasm_split, fallible)]
// What can fail is the loading.
#[allow(clippy::unnecessary_wraps)]
pub(crate) fn come_alive() -> Result<(), leptos::wasm_split::SplitLoaderError> {
    // Asynchronous, since the page may be a part of the bundle that is still on its way.
    wasm_bindgen_futures::spawn_local(async {
        // The application must find what the server drew: it draws the same, so it has to be able to.
        if page_has_other_charts() && !components::chart::others::are_there() {
            let _ = other_charts().await;
        }
        pages::end_of_glance();
        leptos::mount::hydrate_from_async(leptos::tachys::dom::body(), routes::App).await.forget();
        turn_back_without_reload();
        // After the effects, which listen for keys. A press before this moment is done again, but not everything is a press:
        // whoever drives the page from outside waits for it.
        leptos::prelude::set_timeout(
            || {
                pages::tell_alive("true");
                pages::replay();
            },
            std::time::Duration::ZERO,
        );
    });
    Ok(())
}

/// From here on the application listens for who goes back: what the shell does then is taken away.
#[cfg(feature = "hydrate")]
fn turn_back_without_reload() {
    use wasm_bindgen::JsCast as _;
    let window = leptos::prelude::window();
    let turned_back = js_sys::Reflect::get(&window, &wasm_bindgen::JsValue::from_str("turnedBack"));
    if let Some(turned_back) = turned_back.ok().and_then(|one| one.dyn_into::<js_sys::Function>().ok()) {
        let _ = window.remove_event_listener_with_callback("popstate", &turned_back);
    }
}
