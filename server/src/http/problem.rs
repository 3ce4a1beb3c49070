//! A refusal over HTTP: problem details (RFC 9457) with our stable code.

use super::guards::incident;
use axum::{
    Json,
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use model::problem::{Problem, ProblemCode};
use serde::Serialize;
use std::collections::BTreeMap;

/// A problem on its way to whoever asked.
#[derive(Debug)]
pub(crate) struct Refusal(pub(crate) Problem);

impl From<Problem> for Refusal {
    fn from(problem: Problem) -> Self {
        Self(problem)
    }
}

impl Refusal {
    pub(crate) fn new(code: ProblemCode, detail: impl Into<String>) -> Self {
        Self(Problem::new(code, detail))
    }
}

/// A problem as problem details write it.
#[derive(Serialize, schemars::JsonSchema)]
#[schemars(rename = "ProblemDetails")]
pub(super) struct ProblemDetails<'a> {
    r#type: String,
    title: String,
    status: u16,
    detail: &'a str,
    code: ProblemCode,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    parameters: &'a BTreeMap<String, String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    incident: Option<String>,
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let Self(problem) = self;
        let status = StatusCode::from_u16(problem.code.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let name = problem.code.name();
        let details = ProblemDetails {
            r#type: format!("urn:lingdong:problem:{name}"),
            title: name.replace('_', " "),
            status: status.as_u16(),
            detail: &problem.detail,
            code: problem.code,
            parameters: &problem.parameters,
            incident: problem.incident.clone().or_else(incident::current),
        };
        if status.is_server_error() {
            tracing::warn!(problem.code = %name, problem.detail = %problem.detail, "a request could not be served");
        }
        let mut response = (status, Json(details)).into_response();
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
        if status == StatusCode::UNAUTHORIZED {
            headers.insert(header::WWW_AUTHENTICATE, HeaderValue::from_static(challenge(problem.code)));
        }
        if matches!(status, StatusCode::SERVICE_UNAVAILABLE | StatusCode::TOO_MANY_REQUESTS) {
            let seconds = problem.parameters.get("seconds").and_then(|seconds| HeaderValue::from_str(seconds).ok());
            headers.insert(header::RETRY_AFTER, seconds.unwrap_or(HeaderValue::from_static("1")));
        }
        response
    }
}

/// How a client is told to prove who it is. Never `Basic` for people: browsers would open a window of their own.
fn challenge(code: ProblemCode) -> &'static str {
    if code == ProblemCode::WrongWriteKey { "LingdongWriteKey realm=\"lingdong\"" } else { "Bearer realm=\"lingdong\"" }
}
