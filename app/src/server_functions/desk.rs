//! The province desk: for administrators.

use crate::error::AppError;
use leptos::{prelude::*, server};
use model::access::{Desk, DeskChange};
use server_fn::codec::Json;

#[cfg(feature = "ssr")]
use crate::{
    error::Respond,
    session::{engine, principal},
};

/// Everybody with what they were given, and what the one who asks may pass on.
#[server(prefix = "/fn", endpoint = "open_desk", input = Json)]
pub async fn open_desk() -> Result<Desk, AppError> {
    let engine = engine()?;
    let who = principal(&engine).await?;
    engine.access.desk(&who).await.respond()
}

/// Gives and takes, all of it or nothing.
#[server(prefix = "/fn", endpoint = "change_grants", input = Json)]
pub async fn change_grants(change: DeskChange) -> Result<(), AppError> {
    let engine = engine()?;
    let who = principal(&engine).await?;
    engine.access.change_grants(&who, change).await.respond()
}
