//! Where events arrive: our own format, and Segment's on the paths that its SDKs expect.
//!
//! Cookies are ignored here, so every site may send: write keys say whose events they are.

mod answer;
mod cross_origin;
mod native;
mod segment;
mod write_key;

use super::endpoints::Endpoint;
use axum::{
    http::Method,
    middleware,
    routing::{MethodRouter, post},
};

/// The most bytes of events in one request, as they come and unpacked.
pub(super) const EVENTS_LIMIT: usize = 8 * 1024 * 1024;

const SEGMENT_BATCHES: [&str; 2] = ["/v1/batch", "/v1/b"];
const SEGMENT_SINGLES: [&str; 12] = [
    "/v1/track",
    "/v1/page",
    "/v1/identify",
    "/v1/group",
    "/v1/alias",
    "/v1/screen",
    "/v1/t",
    "/v1/p",
    "/v1/i",
    "/v1/g",
    "/v1/a",
    "/v1/s",
];

pub(super) fn endpoints() -> Vec<Endpoint> {
    let native = std::iter::once(("/api/v1/events", post(native::take)));
    let batches = SEGMENT_BATCHES.into_iter().map(|path| (path, post(segment::take)));
    let singles = SEGMENT_SINGLES.into_iter().map(|path| (path, post(segment::take)));
    native
        .chain(batches)
        .chain(singles)
        .flat_map(|(path, handler)| {
            let handler: MethodRouter<_> = handler.layer(middleware::from_fn(cross_origin::allow));
            let preflight = MethodRouter::new().options(cross_origin::preflight);
            [Endpoint::new(Method::POST, path, handler), Endpoint::new(Method::OPTIONS, path, preflight)]
        })
        .collect()
}
