//! The document around every page: language and theme painted before anything else, scripts allowed by nonce only.

use crate::{preferences, routes::App};
use http::{HeaderName, HeaderValue, header};
use leptos::{nonce::use_nonce, prelude::*};
use leptos_axum::ResponseOptions;
use leptos_meta::MetaTags;

/// Addresses of the built files; the server provides them with a content hash, so that they can be cached for good.
#[derive(Debug, Clone)]
pub struct SiteAssets {
    pub css: String,
    pub js: String,
    pub wasm: String,
}

impl Default for SiteAssets {
    fn default() -> Self {
        Self {
            css: "/pkg/lingdong.css".to_owned(),
            js: "/pkg/lingdong.js".to_owned(),
            wasm: "/pkg/lingdong_bg.wasm".to_owned(),
        }
    }
}

/// The document.
pub fn shell() -> impl IntoView {
    let assets = use_context::<SiteAssets>().unwrap_or_default();
    let nonce = use_nonce().map(|nonce| nonce.to_string()).unwrap_or_default();
    set_headers(&nonce);
    let (locale, theme) = preferences::initial();
    let start = format!(
        "import start, {{ hydrate }} from {:?};\nawait start({{ module_or_path: {:?} }});\nhydrate();",
        assets.js, assets.wasm
    );
    view! {
        <!DOCTYPE html>
        <html lang=locale.tag() data-theme=theme.name()>
            <head>
                <meta charset="utf-8" />
                <meta name="viewport" content="width=device-width, initial-scale=1" />
                <meta name="color-scheme" content="light dark" />
                <link rel="icon" href="/favicon.svg" type="image/svg+xml" />
                <link rel="stylesheet" href=assets.css />
                <link rel="modulepreload" href=assets.js nonce=nonce.clone() />
                <link rel="preload" href=assets.wasm r#as="fetch" r#type="application/wasm" crossorigin="anonymous" />
                <MetaTags />
                <script type="module" nonce=nonce>{start}</script>
            </head>
            <body>
                <App />
            </body>
        </html>
    }
}

/// What a page may load and run: our own files and the one script above. No inline style or script of anybody's.
fn content_security_policy(nonce: &str) -> String {
    format!(
        "default-src 'self'; script-src 'nonce-{nonce}' 'wasm-unsafe-eval'; style-src 'self' 'nonce-{nonce}'; \
         object-src 'none'; base-uri 'none'; frame-ancestors 'self'; form-action 'self'"
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
