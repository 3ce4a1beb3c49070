//! The document around every page: language and theme painted before anything else, scripts allowed by nonce only.

use crate::{
    preferences,
    routes::{self, App},
};
use components::chart::needs_other_charts;
use http::{HeaderName, HeaderValue, header, request::Parts};
use leptos::{nonce::use_nonce, prelude::*};
use leptos_axum::ResponseOptions;
use leptos_meta::MetaTags;
use model::board::Board;
use std::collections::{BTreeMap, BTreeSet};

/// Addresses of the built files, in a folder named by their content, so that they can be cached for good.
#[derive(Debug, Clone, Default)]
pub struct SiteAssets {
    pub css: String,
    pub js: String,
    pub wasm: String,
    /// The JavaScript that loads the parts of the wasm that are not loaded at once.
    pub parts_script: String,
    /// The files of each of those parts, by its name.
    pub parts: BTreeMap<String, Vec<String>>,
}

impl SiteAssets {
    /// The files in a folder of the site. `parts` are the names of the files of each lazy part.
    pub fn of_bundle(folder: &str, parts: BTreeMap<String, Vec<String>>) -> Self {
        let address = |part: String| format!("{folder}/{part}.wasm");
        let parts = parts.into_iter().map(|(name, files)| (name, files.into_iter().map(address).collect()));
        Self {
            css: format!("{folder}/lingdong.css"),
            js: format!("{folder}/lingdong.js"),
            wasm: format!("{folder}/lingdong_bg.wasm"),
            parts_script: format!("{folder}/parts.js"),
            parts: parts.collect(),
        }
    }

    /// What is loaded at once on that page, beside what every page loads.
    fn parts_of_page(&self, path: &str) -> BTreeSet<String> {
        self.files_of_parts(&routes::lazy_parts(path))
    }

    fn files_of_parts(&self, wanted: &[&str]) -> BTreeSet<String> {
        let is_wanted = |name: &str| wanted.iter().any(|wanted| name.contains(wanted));
        self.parts.iter().filter(|(name, _)| is_wanted(name)).flat_map(|(_, files)| files.clone()).collect()
    }
}

/// Tells the browser to fetch the code of a board's charts at once where it is a part of the bundle of its own, so that it
/// is there when their numbers change. In the answer's head: when the board is known, the document's head is written.
pub(crate) fn preload_charts(board: &Board) {
    let (Some(assets), Some(response)) = (use_context::<SiteAssets>(), use_context::<ResponseOptions>()) else {
        return;
    };
    if !board.tiles().iter().any(|tile| needs_other_charts(tile.content.kind())) {
        return;
    }
    for file in assets.files_of_parts(&[routes::OTHER_CHARTS]) {
        let hint = format!("<{file}>; rel=preload; as=fetch; type=\"application/wasm\"; crossorigin=anonymous");
        if let Ok(hint) = HeaderValue::from_str(&hint) {
            response.append_header(header::LINK, hint);
        }
    }
}

/// Going back to another address before the application listens: what the server drew is not what that one asks for.
const TURNED_BACK: &str = "window.turnedBack = () => location.reload();\naddEventListener('popstate', turnedBack);";

/// What the server drew is painted before anything else is done; a tab in the background paints nothing.
const PAINTED: &str =
    "await new Promise((on) => { requestAnimationFrame(() => setTimeout(on)); setTimeout(on, 200); });\n";

/// The document.
pub fn shell() -> impl IntoView {
    let assets = use_context::<SiteAssets>().unwrap_or_default();
    let nonce = use_nonce().map(|nonce| nonce.to_string()).unwrap_or_default();
    set_headers(&nonce);
    let (locale, theme) = preferences::initial();
    let path = use_context::<Parts>().map(|request| request.uri.path().to_owned()).unwrap_or_default();
    let parts = assets.parts_of_page(&path);
    let start = format!(
        "import start, {{ hydrate }} from {:?};\nawait start({{ module_or_path: {:?} }});\n{PAINTED}hydrate();",
        assets.js, assets.wasm
    );
    view! {
        <!DOCTYPE html>
        <html lang=locale.tag() data-theme=theme.name()>
            <head>
                <meta charset="utf-8" />
                <meta name="viewport" content="width=device-width, initial-scale=1" />
                <meta name="color-scheme" content="light dark" />
                <script nonce=nonce.clone()>{TURNED_BACK}</script>
                <link rel="icon" href="/favicon.svg" type="image/svg+xml" />
                <link rel="stylesheet" href=assets.css />
                <link rel="modulepreload" href=assets.js nonce=nonce.clone() />
                <link rel="modulepreload" href=assets.parts_script nonce=nonce.clone() />
                {[assets.wasm]
                    .into_iter()
                    .chain(parts)
                    .map(|wasm| {
                        view! {
                            <link rel="preload" href=wasm r#as="fetch" r#type="application/wasm" crossorigin="anonymous" />
                        }
                    })
                    .collect_view()}
                <MetaTags />
                <script type="module" nonce=nonce>{start}</script>
            </head>
            <body>
                <App />
            </body>
        </html>
    }
}

/// What a page may load and run: our own files and the scripts above. No inline style or script of anybody's.
fn content_security_policy(nonce: &str) -> String {
    format!(
        "default-src 'self'; script-src 'nonce-{nonce}' 'wasm-unsafe-eval'; style-src 'self' 'nonce-{nonce}'; \
         img-src 'self' https:; media-src 'self' https:; object-src 'none'; base-uri 'none'; frame-ancestors 'self'; form-action 'self'"
    )
}

fn set_headers(nonce: &str) {
    let Some(response) = use_context::<ResponseOptions>() else {
        return;
    };
    if let Ok(policy) = HeaderValue::from_str(&content_security_policy(nonce)) {
        response.insert_header(header::CONTENT_SECURITY_POLICY, policy);
    }
    // Pages hold what this person may see: nobody else's cache may keep them.
    response.insert_header(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response.insert_header(header::VARY, HeaderValue::from_static("Cookie, Accept-Language"));
    let referrer = HeaderName::from_static("referrer-policy");
    response.insert_header(referrer, HeaderValue::from_static("same-origin"));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_is_fetched_with_all_its_files_and_each_once() {
        let files = |files: &[&str]| files.iter().map(|file| (*file).to_owned()).collect();
        let parts = [("other_charts", files(&["a", "b"])), ("__builder_route_1", files(&["b", "c"]))];
        let parts = parts.into_iter().map(|(name, files)| (name.to_owned(), files)).collect();
        let assets = SiteAssets::of_bundle("/pkg/1", parts);
        assert_eq!(
            assets.files_of_parts(&["other_charts"]).into_iter().collect::<Vec<_>>(),
            ["/pkg/1/a.wasm", "/pkg/1/b.wasm"]
        );
        assert_eq!(assets.files_of_parts(&["other_charts", "builder_route"]).len(), 3);
        assert!(assets.parts_of_page("/boards/1").is_empty());
    }

    #[test]
    fn nothing_inline_is_allowed() {
        let policy = content_security_policy("abc");
        assert!(policy.contains("'nonce-abc'"));
        assert!(!policy.contains("unsafe-inline") && !policy.contains("'unsafe-eval'"));
    }
}
