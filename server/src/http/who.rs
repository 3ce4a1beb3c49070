//! Who sent a request.

use super::{guards::cross_site, problem::Refusal, state::AppState};
use axum::http::{HeaderMap, header};
use engine::access::{Principal, SessionToken};
use model::problem::{Problem, ProblemCode};

/// A program with a token, or a person with a session.
#[derive(Debug)]
pub(super) enum Caller {
    Program(Principal),
    Person(Principal),
}

/// A bearer token where one is given, else the session cookie, which counts only from our own pages.
pub(super) async fn caller(state: &AppState, headers: &HeaderMap) -> Result<Caller, Refusal> {
    if let Some(token) = bearer(headers)? {
        return Ok(Caller::Program(state.engine.access.principal_of_bearer(token).await?));
    }
    let session = session(state, headers)?;
    cross_site::check(state, headers)?;
    Ok(Caller::Person(state.engine.access.principal_of_session(&session).await?))
}

/// The session of the cookie.
pub(super) fn session(state: &AppState, headers: &HeaderMap) -> Result<SessionToken, Refusal> {
    let detail = "sign in first: this needs a session cookie or `Authorization: Bearer …`";
    state.cookies().token(headers).ok_or_else(|| Refusal::new(ProblemCode::SignInRequired, detail))
}

fn bearer(headers: &HeaderMap) -> Result<Option<&str>, Problem> {
    let Some(value) = headers.get(header::AUTHORIZATION) else {
        return Ok(None);
    };
    let wrong = || Problem::new(ProblemCode::WrongToken, "the header must read `Authorization: Bearer TOKEN`");
    let (scheme, token) = value.to_str().ok().and_then(|text| text.split_once(' ')).ok_or_else(wrong)?;
    if scheme.eq_ignore_ascii_case("bearer") { Ok(Some(token.trim())) } else { Err(wrong()) }
}
