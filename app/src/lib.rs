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
    pages::glance();
}

/// Makes the server's page interactive: the application is a part of the bundle of its own, and takes over the page.
#[cfg(feature = "hydrate")]
#[leptos::wasm_split::wasm_split(come_alive, wasm_split_path = leptos::wasm_split, fallible)]
// What can fail is the loading.
#[allow(clippy::unnecessary_wraps)]
pub(crate) fn come_alive() -> Result<(), leptos::wasm_split::SplitLoaderError> {
    // Asynchronous, since the page may be a part of the bundle that is still on its way.
    wasm_bindgen_futures::spawn_local(async {
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
