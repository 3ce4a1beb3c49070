//! Headers that every answer carries, unless the answer has stricter ones of its own.

use crate::{config::PublicUrl, http::state::AppState};
use axum::{
    extract::{Request, State},
    http::{HeaderName, HeaderValue, header},
    middleware::Next,
    response::Response,
};

/// Nothing may be loaded or framed by an answer that is no page; pages bring their own policy.
const NOTHING: HeaderValue =
    HeaderValue::from_static("default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'");

const DEFAULTS: [(HeaderName, HeaderValue); 7] = [
    (header::CONTENT_SECURITY_POLICY, NOTHING),
    (header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
    (header::REFERRER_POLICY, HeaderValue::from_static("same-origin")),
    (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
    (HeaderName::from_static("cross-origin-opener-policy"), HeaderValue::from_static("same-origin")),
    (HeaderName::from_static("cross-origin-resource-policy"), HeaderValue::from_static("same-origin")),
    (
        HeaderName::from_static("permissions-policy"),
        HeaderValue::from_static("camera=(), geolocation=(), microphone=(), payment=(), usb=()"),
    ),
];
/// Two years, as browsers' preload lists ask for.
const STAY_WITH_TLS: HeaderValue = HeaderValue::from_static("max-age=63072000; includeSubDomains");

pub(in crate::http) async fn add(State(state): State<AppState>, request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    for (name, value) in DEFAULTS {
        headers.entry(name).or_insert(value);
    }
    if state.public_url.as_ref().is_some_and(PublicUrl::is_secure) {
        headers.entry(header::STRICT_TRANSPORT_SECURITY).or_insert(STAY_WITH_TLS);
    }
    response
}
