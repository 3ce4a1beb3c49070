//! Who is asking. Every server function begins here.

use super::cookie::session_token;
use crate::error::{AppError, Respond};
use engine::{Engine, access::Principal};
use leptos::prelude::use_context;
use model::problem::{Problem, ProblemCode};

/// The engine that the server put into the context.
pub fn engine() -> Result<Engine, AppError> {
    use_context::<Engine>()
        .ok_or_else(|| Problem::new(ProblemCode::Unavailable, "the server is starting; ask again in a moment"))
        .respond()
}

/// The one who is asking, or `SignInRequired`.
pub async fn principal(engine: &Engine) -> Result<Principal, AppError> {
    let token = session_token().ok_or_else(sign_in_required).respond()?;
    engine.access.principal_of_session(&token).await.respond()
}

pub(super) fn sign_in_required() -> Problem {
    Problem::new(ProblemCode::SignInRequired, "this request carries no session; sign in first")
}
