//! `POST /api/v1/query`: metric queries, for editors and for programs with a token.

use super::{
    body,
    problem::Refusal,
    state::AppState,
    who::{self, Caller},
};
use axum::{
    Json,
    body::Body,
    extract::{Query, Request, State},
    http::request::Parts,
    response::{IntoResponse, Response},
};
use engine::metrics::SharedFrame;
use model::{
    board::TileAnswer,
    explanation::Explanation,
    frame::Frame,
    metric::{MAX_QUERIES, QueryRequest},
    problem::{Problem, ProblemCode},
};
use serde::{Deserialize, Serialize};
use std::time::Instant;

/// A hundred queries with long lists of values fit in.
const LIMIT: usize = 256 * 1024;

/// The answers to `{"queries": […]}`, in their order: each a frame, or why there is none.
#[derive(Debug, Deserialize)]
pub struct Answers {
    answers: Vec<TileAnswer>,
}

impl Answers {
    /// All frames, or the first problem.
    pub fn into_frames(self) -> Result<Vec<Frame>, Problem> {
        let each = self.answers.into_iter().map(|answer| match answer {
            TileAnswer::Frame(frame) => Ok(frame),
            TileAnswer::Problem(problem) => Err(problem),
        });
        each.collect()
    }
}

/// What is asked in the address beside the queries in the body.
#[derive(Debug, Default, Deserialize)]
struct Wanted {
    /// There, with whatever value: how the queries are answered is told instead of the answers.
    explain: Option<String>,
}

/// The explanations of `{"queries": […]}`, in their order.
#[derive(Debug, Serialize, Deserialize)]
pub struct Explanations {
    pub answers: Vec<ExplanationAnswer>,
}

/// How a query was answered, or why it was not.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ExplanationAnswer {
    Explanation(Explanation),
    Problem(Problem),
}

/// The same, written from frames that are shared with the cache and never copied.
#[derive(Serialize)]
struct SharedAnswers<'a> {
    answers: Vec<SharedAnswer<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "snake_case")]
enum SharedAnswer<'a> {
    Frame(&'a SharedFrame),
    Problem(&'a Problem),
}

impl<'a> SharedAnswers<'a> {
    fn of(answers: &'a [Result<SharedFrame, Problem>]) -> Self {
        let each = answers.iter().map(|answer| match answer {
            Ok(frame) => SharedAnswer::Frame(frame),
            Err(problem) => SharedAnswer::Problem(problem),
        });
        Self { answers: each.collect() }
    }
}

pub(super) async fn ask(State(state): State<AppState>, request: Request) -> Result<Response, Refusal> {
    let began = Instant::now();
    let (parts, body) = request.into_parts();
    let answer = answer(&state, parts, body).await;
    state.telemetry.queries.record(began.elapsed());
    answer
}

async fn answer(state: &AppState, parts: Parts, body: Body) -> Result<Response, Refusal> {
    let who = match who::caller(state, &parts.headers).await? {
        Caller::Program(who) => who,
        Caller::Person(who) => {
            who.require_editor()?;
            who
        }
    };
    let scope = who.scope()?;
    let explains = Query::<Wanted>::try_from_uri(&parts.uri).is_ok_and(|wanted| wanted.explain.is_some());
    let body = body::read(&parts, body, LIMIT).await?;
    let request = parse(&body)?;
    if let QueryRequest::Many(queries) = &request
        && queries.len() > MAX_QUERIES
    {
        let detail = format!("{} queries at once: at most {MAX_QUERIES} are answered", queries.len());
        return Err(Problem::new(ProblemCode::TooManyQueries, detail).with("limit", MAX_QUERIES).into());
    }
    let metrics = state.engine.metrics.on_behalf_of(&who);
    match (request, explains) {
        (QueryRequest::One(query), false) => {
            let frame = metrics.ask(scope, &query).await?;
            Ok(Json(frame).into_response())
        }
        (QueryRequest::Many(queries), false) => {
            let answers = metrics.ask_many(scope, &queries).await;
            Ok(Json(SharedAnswers::of(&answers)).into_response())
        }
        (QueryRequest::One(query), true) => {
            let explained = metrics.explain_many(scope, std::slice::from_ref(&*query)).await.pop();
            let lost = || Err(Problem::new(ProblemCode::Internal, "the query was not answered"));
            Ok(Json(explained.unwrap_or_else(lost)?).into_response())
        }
        (QueryRequest::Many(queries), true) => {
            let each = metrics.explain_many(scope, &queries).await.into_iter().map(|explained| match explained {
                Ok(explanation) => ExplanationAnswer::Explanation(explanation),
                Err(problem) => ExplanationAnswer::Problem(problem),
            });
            Ok(Json(Explanations { answers: each.collect() }).into_response())
        }
    }
}

fn parse(body: &[u8]) -> Result<QueryRequest, Problem> {
    serde_json::from_slice(body).map_err(|error| {
        let code = if error.is_data() { ProblemCode::InvalidQuery } else { ProblemCode::MalformedJson };
        let what = if error.is_data() { "this is no metric query" } else { "the body is no JSON" };
        let mut problem = Problem::new(code, format!("{what}: {error}"));
        if error.line() > 0 {
            problem = problem.with("line", error.line()).with("column", error.column());
        }
        problem
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_are_read_as_they_are_written() {
        let problem = Problem::new(ProblemCode::TimedOut, "took too long");
        let answers = [Err(problem.clone())];
        let written = serde_json::to_string(&SharedAnswers::of(&answers)).unwrap();
        assert_eq!(serde_json::from_str::<Answers>(&written).unwrap().into_frames(), Err(problem));
    }

    #[test]
    fn what_is_wrong_with_a_query_is_told() {
        let broken = parse(b"{\"metrics\": [").unwrap_err();
        assert_eq!(broken.code, ProblemCode::MalformedJson);
        assert_eq!(broken.parameters.get("line").map(String::as_str), Some("1"));
        let strange = parse(br#"{"metrics": ["content.plays"], "time": {"last": "24h"}, "having": 1}"#).unwrap_err();
        assert_eq!(strange.code, ProblemCode::InvalidQuery);
        assert!(strange.detail.contains("having"), "{}", strange.detail);
    }
}
