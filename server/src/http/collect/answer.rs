//! What a collector answers: how much was taken, and what was not and why.

use crate::http::problem::Refusal;
use axum::{
    Json,
    response::{IntoResponse, Response},
};
use engine::collect::{Acceptance, Rejection};
use model::problem::{Problem, ProblemCode};
use serde::Serialize;

#[derive(Serialize)]
struct Taken<'a> {
    /// What Segment's SDKs look for.
    success: bool,
    accepted: usize,
    duplicates: usize,
    rejected_count: usize,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    rejected: &'a [Rejection],
}

/// 200 where anything was good; a batch of which nothing could be taken is refused, so that its sender notices.
pub(super) fn of(acceptance: &Acceptance) -> Response {
    let Acceptance { accepted, duplicates, rejected_count, rejected } = acceptance;
    match rejected.first() {
        Some(first) if *accepted == 0 && *duplicates == 0 => nothing_taken(*rejected_count, first).into_response(),
        Some(_) | None => Json(Taken {
            success: true,
            accepted: *accepted,
            duplicates: *duplicates,
            rejected_count: *rejected_count,
            rejected,
        })
        .into_response(),
    }
}

fn nothing_taken(count: usize, first: &Rejection) -> Refusal {
    let Rejection { position, field, reason } = first;
    let field_named = field.as_ref().map(|field| format!("{field}: ")).unwrap_or_default();
    let detail = format!("none of the {count} records could be taken; the first, at {position}: {field_named}{reason}");
    let mut problem = Problem::new(ProblemCode::MalformedRequest, detail)
        .with("rejected_count", count)
        .with("position", position)
        .with("reason", reason);
    if let Some(field) = field {
        problem = problem.with("field", field);
    }
    Refusal(problem)
}
