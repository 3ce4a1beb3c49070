//! The document around every page: language and theme painted before anything else, scripts allowed by nonce only.

use crate::{
    preferences,
    routes::{self, App},
};
use http::{HeaderName, HeaderValue, header, request::Parts};
use leptos::{nonce::use_nonce, prelude::*};
use leptos_axum::ResponseOptions;
use leptos_meta::MetaTags;
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
        let wanted = routes::lazy_parts(path);
        let is_wanted = |name: &str| wanted.iter().any(|wanted| name.contains(wanted));
        self.parts.iter().filter(|(name, _)| is_wanted(name)).flat_map(|(_, files)| files.clone()).collect()
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
    fn nothing_inline_is_allowed() {
        let policy = content_security_policy("abc");
        assert!(policy.contains("'nonce-abc'"));
        assert!(!policy.contains("unsafe-inline") && !policy.contains("'unsafe-eval'"));
    }
}
