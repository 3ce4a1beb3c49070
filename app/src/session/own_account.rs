//! A person's own account.

use crate::error::AppError;
use leptos::{prelude::*, server};
use model::access::{OwnSession, SessionId};
use server_fn::codec::Json;

#[cfg(feature = "ssr")]
use super::{
    cookie::{client, policy, session_token, set_cookie},
    engine, principal,
    principal::sign_in_required,
};
#[cfg(feature = "ssr")]
use crate::error::Respond;

/// The browsers that are signed in as the one who asks.
#[server(prefix = "/fn", endpoint = "list_own_sessions", input = Json)]
pub async fn list_own_sessions() -> Result<Vec<OwnSession>, AppError> {
    let engine = engine()?;
    let who = principal(&engine).await?;
    let current = session_token().ok_or_else(sign_in_required).respond()?;
    engine.access.own_sessions(&who, &current).await.respond()
}

/// Signs one of them out.
#[server(prefix = "/fn", endpoint = "end_own_session", input = Json)]
pub async fn end_own_session(session: SessionId) -> Result<(), AppError> {
    let engine = engine()?;
    let who = principal(&engine).await?;
    engine.access.end_own_session(&who, session).await.respond()
}

/// Changes the password of the one who asks; all other browsers are signed out.
#[server(prefix = "/fn", endpoint = "change_own_password", input = Json)]
pub async fn change_own_password(current: String, chosen: String) -> Result<(), AppError> {
    let engine = engine()?;
    let who = principal(&engine).await?;
    let session = engine.access.change_own_password(&who, &current, chosen, client()).await.respond()?;
    set_cookie(policy().granting(&session));
    Ok(())
}
