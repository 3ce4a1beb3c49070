//! How large and how slow a request may be. Collectors and queries read their bodies with limits of their own.

use crate::http::{body, problem::Refusal};
use axum::{
    body::Body,
    extract::Request,
    http::Method,
    middleware::Next,
    response::{IntoResponse, Response},
};
use model::problem::{Problem, ProblemCode};
use std::time::Duration;

/// The largest edit is a board's layout of two hundred tiles and a text.
const SERVER_FUNCTION_LIMIT: usize = 64 * 1024;
/// From the headers to the beginning of the answer; a stream may then go on.
const ANSWER_WITHIN: Duration = Duration::from_secs(30);

pub(in crate::http) async fn guard(request: Request, next: Next) -> Response {
    if let Ok(response) = tokio::time::timeout(ANSWER_WITHIN, pass(request, next)).await {
        return response;
    }
    let seconds = ANSWER_WITHIN.as_secs();
    let detail = format!("this took longer than {seconds} s: try again, or ask for less");
    Refusal(Problem::new(ProblemCode::TimedOut, detail).with("seconds", seconds)).into_response()
}

async fn pass(request: Request, next: Next) -> Response {
    let path = request.uri().path();
    let reads_its_own_body = path.starts_with("/v1/") || path.starts_with("/api/");
    if reads_its_own_body || matches!(*request.method(), Method::GET | Method::HEAD) {
        return next.run(request).await;
    }
    let (parts, sent) = request.into_parts();
    match body::read(&parts, sent, SERVER_FUNCTION_LIMIT).await {
        Ok(body::Whole { bytes, room }) => {
            let response = next.run(Request::from_parts(parts, Body::from(bytes))).await;
            drop(room);
            response
        }
        Err(refusal) => refusal.into_response(),
    }
}
