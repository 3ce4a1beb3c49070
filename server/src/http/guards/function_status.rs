//! Gives what a server function refuses the HTTP status that goes with it, where the framework says 500 for all: what
//! can't be read never reaches our code, and is the client's mistake.

use crate::http::problem::Refusal;
use app::error::AppError;
use axum::{
    body::{Body, to_bytes},
    extract::Request,
    http::{StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use leptos::server_fn::error::SERVER_FN_ERROR_HEADER;
use model::problem::{Problem, ProblemCode};

/// A problem is a code, a sentence and a few parameters.
const LONGEST_PROBLEM: usize = 64 * 1024;

pub(in crate::http) async fn set(request: Request, next: Next) -> Response {
    let response = next.run(request).await;
    let is_untold = response.status() == StatusCode::INTERNAL_SERVER_ERROR;
    if !is_untold || !response.headers().contains_key(SERVER_FN_ERROR_HEADER) {
        return response;
    }
    let (mut parts, body) = response.into_parts();
    let Ok(body) = to_bytes(body, LONGEST_PROBLEM).await else {
        return Refusal::new(ProblemCode::Internal, "the answer could not be read").into_response();
    };
    let Ok(error) = serde_json::from_slice::<AppError>(&body) else {
        return Response::from_parts(parts, Body::from(body));
    };
    let problem = match error {
        AppError::Refused(problem) => problem,
        // On the server, what was not understood is the question.
        AppError::NotReached(reason) => {
            Problem::new(ProblemCode::MalformedRequest, format!("the request can't be read: {reason}"))
        }
    };
    parts.status = StatusCode::from_u16(problem.code.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    parts.headers.remove(header::CONTENT_LENGTH);
    let body = serde_json::to_vec(&AppError::Refused(problem)).map_or_else(|_| Body::from(body), Body::from);
    Response::from_parts(parts, body)
}
