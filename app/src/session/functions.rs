//! Signing in and out. Signing in is a plain form, so that it works before and without wasm.

use crate::error::AppError;
use leptos::{prelude::*, server};
use model::access::{Account, Invitation};
use server_fn::codec::Json;

#[cfg(feature = "ssr")]
use super::{
    cookie::{client, policy, session_token, set_cookie},
    engine, principal,
};
#[cfg(feature = "ssr")]
use crate::{error::Respond, routes};

/// Who is signed in, with their role and a summary of what they may see.
#[server(prefix = "/fn", endpoint = "current_account", input = Json)]
pub async fn current_account() -> Result<Account, AppError> {
    let engine = engine()?;
    let who = principal(&engine).await?;
    Ok(who.account().clone())
}

/// Begins a session and goes on to `next`, which must be a path of ours.
#[server(prefix = "/fn", endpoint = "sign_in")]
pub async fn sign_in(email: String, password: String, #[server(default)] next: String) -> Result<(), AppError> {
    let engine = engine()?;
    let token = engine.access.sign_in(email.trim(), &password, client(), session_token().as_ref()).await.respond()?;
    set_cookie(policy().granting(&token));
    leptos_axum::redirect(routes::local_path(&next).unwrap_or(routes::BOARDS));
    Ok(())
}

/// Ends the session, here and on the server.
#[server(prefix = "/fn", endpoint = "sign_out")]
pub async fn sign_out() -> Result<(), AppError> {
    let engine = engine()?;
    if let Some(token) = session_token() {
        engine.access.sign_out(&token).await.respond()?;
    }
    set_cookie(policy().clearing());
    leptos_axum::redirect(routes::SIGN_IN);
    Ok(())
}

/// Whom an invitation is for. Asked by somebody who is not signed in: whoever has the link may know that much.
#[server(prefix = "/fn", endpoint = "open_invitation", input = Json)]
pub async fn open_invitation(token: String) -> Result<Invitation, AppError> {
    engine()?.access.invitation(&token).await.respond()
}

/// Takes an invitation: the password is the person's from now on, and they are signed in.
#[server(prefix = "/fn", endpoint = "accept_invitation")]
pub async fn accept_invitation(token: String, password: String) -> Result<(), AppError> {
    let engine = engine()?;
    let previous = session_token();
    let session = engine.access.accept_invitation(&token, password, client(), previous.as_ref()).await.respond()?;
    set_cookie(policy().granting(&session));
    leptos_axum::redirect(routes::BOARDS);
    Ok(())
}
