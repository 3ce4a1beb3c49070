//! How the boards of the organisation look: for administrators.

use crate::error::AppError;
use leptos::{prelude::*, server};
use model::appearance::{AppearanceChange, AppearanceSettings, KeptTheme, OwnTheme, ThemeId};
use server_fn::codec::Json;

#[cfg(feature = "ssr")]
use crate::{
    error::Respond,
    session::{engine, principal},
};

/// All that can be set, as it is now.
#[server(prefix = "/fn", endpoint = "open_appearance", input = Json)]
pub async fn open_appearance() -> Result<AppearanceSettings, AppError> {
    let engine = engine()?;
    let who = principal(&engine).await?;
    engine.appearances.settings(&who).await.respond()
}

/// Sets what is no theme of its own.
#[server(prefix = "/fn", endpoint = "save_appearance", input = Json)]
pub async fn save_appearance(change: AppearanceChange) -> Result<(), AppError> {
    let engine = engine()?;
    let who = principal(&engine).await?;
    engine.appearances.set(&who, &change).await.respond()
}

/// Keeps a theme: a new one, or the next version of one whose version `before` was changed.
#[server(prefix = "/fn", endpoint = "save_theme", input = Json)]
pub async fn save_theme(before: Option<(ThemeId, i32)>, theme: OwnTheme) -> Result<KeptTheme, AppError> {
    let engine = engine()?;
    let who = principal(&engine).await?;
    engine.appearances.keep_theme(&who, before, theme).await.respond()
}

/// Removes a theme: boards that chose it are painted as if they had not.
#[server(prefix = "/fn", endpoint = "remove_theme", input = Json)]
pub async fn remove_theme(theme: ThemeId) -> Result<(), AppError> {
    let engine = engine()?;
    let who = principal(&engine).await?;
    engine.appearances.remove_theme(&who, theme).await.respond()
}

/// Brings a removed theme back.
#[server(prefix = "/fn", endpoint = "restore_theme", input = Json)]
pub async fn restore_theme(theme: ThemeId) -> Result<(), AppError> {
    let engine = engine()?;
    let who = principal(&engine).await?;
    engine.appearances.bring_theme_back(&who, theme).await.respond()
}
