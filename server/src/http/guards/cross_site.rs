//! Other sites can't act in a signed-in person's name: whatever changes something must come from our own pages.

use crate::{
    config::PublicUrl,
    http::{problem::Refusal, state::AppState},
};
use axum::{
    extract::{Request, State},
    http::{HeaderMap, Method, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use model::problem::{Problem, ProblemCode};

/// Server functions and forms, sign-in among them. Collectors are open to all sites; they know no cookie.
pub(in crate::http) async fn guard(State(state): State<AppState>, request: Request, next: Next) -> Response {
    let changes_nothing = matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS);
    let knows_no_cookie = request.uri().path().starts_with("/v1/") || request.uri().path().starts_with("/api/");
    if !changes_nothing
        && !knows_no_cookie
        && let Err(problem) = check(&state, request.headers())
    {
        return Refusal(problem).into_response();
    }
    next.run(request).await
}

/// Browsers say where a request comes from, and pages can't change what they say.
pub(in crate::http) fn check(state: &AppState, headers: &HeaderMap) -> Result<(), Problem> {
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    let public = state.public_url.as_ref().map(PublicUrl::authority);
    let is_ours = |origin: &str| {
        let authority = origin.split_once("://").map(|(_, authority)| authority.to_ascii_lowercase());
        authority.is_some_and(|authority| {
            public == Some(authority.as_str())
                || text(header::HOST.as_str()).is_some_and(|host| host.eq_ignore_ascii_case(&authority))
        })
    };
    let is_same_origin = match (text("sec-fetch-site"), text(header::ORIGIN.as_str())) {
        (Some(site), _) => site == "same-origin",
        (None, Some(origin)) => is_ours(origin),
        (None, None) => false,
    };
    if is_same_origin {
        return Ok(());
    }
    Err(Problem::new(ProblemCode::CrossSite, "this must be sent from our own pages (Sec-Fetch-Site or Origin)"))
}
