//! The table of routes. Ours stand here, one a line; pages and server functions are asked from `app`.

use super::{collect, guards, health, openapi, own_metrics, pages, query, state::AppState, stream, themes, tile_files};
use axum::{
    Router,
    http::Method,
    middleware,
    routing::{MethodRouter, get, post},
};
use std::collections::BTreeSet;

/// A route as it stands in the table.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct RouteEntry {
    pub method: String,
    pub path: String,
}

/// A route of ours.
pub(super) struct Endpoint {
    pub(super) method: Method,
    pub(super) path: &'static str,
    pub(super) handler: MethodRouter<AppState>,
}

impl Endpoint {
    pub(super) const fn new(method: Method, path: &'static str, handler: MethodRouter<AppState>) -> Self {
        Self { method, path, handler }
    }
}

fn endpoints() -> Vec<Endpoint> {
    let mut endpoints = vec![
        Endpoint::new(Method::GET, "/healthz", get(health::alive)),
        Endpoint::new(Method::GET, "/readyz", get(health::ready)),
        Endpoint::new(Method::GET, "/favicon.svg", get(pages::favicon)),
        Endpoint::new(Method::GET, "/api/v1/openapi.json", get(openapi::document_as_json)),
        Endpoint::new(Method::POST, "/api/v1/query", post(query::ask)),
        Endpoint::new(Method::GET, "/api/v1/boards/{id}/stream", get(stream::open)),
        Endpoint::new(Method::GET, "/api/v1/boards/{id}/draft/stream", get(stream::open_draft)),
    ];
    endpoints.extend(own_metrics::endpoints());
    endpoints.extend(themes::endpoints());
    endpoints.extend(tile_files::endpoints());
    endpoints.extend(collect::endpoints());
    endpoints
}

/// Everything the server answers, guarded; what tests drive is what runs.
pub fn router(state: AppState) -> Router {
    let ours =
        endpoints().into_iter().fold(Router::new(), |router, endpoint| router.route(endpoint.path, endpoint.handler));
    // From the outside in: each layer wraps those above it.
    pages::router(&state)
        .merge(ours)
        .layer(middleware::from_fn(guards::limits::guard))
        .layer(middleware::from_fn_with_state(state.clone(), guards::admission::admit))
        .layer(middleware::from_fn_with_state(state.clone(), guards::cross_site::guard))
        .layer(middleware::from_fn_with_state(state.clone(), guards::client_address::resolve))
        .layer(middleware::from_fn_with_state(state.clone(), guards::headers::add))
        .layer(middleware::from_fn_with_state(state.clone(), guards::incident::open))
        .with_state(state)
}

/// Every route of [`router`]: ours, pages, and server functions.
pub fn route_table() -> BTreeSet<RouteEntry> {
    let ours = endpoints().into_iter().map(|endpoint| (endpoint.method.to_string(), endpoint.path.to_owned()));
    let pages = pages::listing().into_iter().map(|page| ("GET".to_owned(), page.path().to_owned()));
    let functions =
        leptos::server_fn::axum::server_fn_paths().map(|(path, method)| (method.to_string(), path.to_owned()));
    ours.chain(pages).chain(functions).map(|(method, path)| RouteEntry { method, path }).collect()
}
