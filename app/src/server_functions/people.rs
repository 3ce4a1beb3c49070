//! The people of the organisation: for administrators.

use crate::error::AppError;
use leptos::{prelude::*, server};
use model::access::{Invited, NewPerson, Person, PersonChange, PersonId};
use server_fn::codec::Json;

#[cfg(feature = "ssr")]
use crate::{
    error::Respond,
    session::{engine, principal},
};

/// Everybody, by address.
#[server(prefix = "/fn", endpoint = "list_people", input = Json)]
pub async fn list_people() -> Result<Vec<Person>, AppError> {
    let engine = engine()?;
    let who = principal(&engine).await?;
    engine.access.people(&who).await.respond()
}

/// Adds somebody; what comes back lets them in once.
#[server(prefix = "/fn", endpoint = "invite_person", input = Json)]
pub async fn invite_person(person: NewPerson) -> Result<Invited, AppError> {
    let engine = engine()?;
    let who = principal(&engine).await?;
    engine.access.invite(&who, person).await.respond()
}

/// Lets somebody choose a new password: the one they have works no longer.
#[server(prefix = "/fn", endpoint = "invite_person_again", input = Json)]
pub async fn invite_person_again(person: PersonId) -> Result<Invited, AppError> {
    let engine = engine()?;
    let who = principal(&engine).await?;
    engine.access.invite_again(&who, person).await.respond()
}

/// Changes name, role and rights.
#[server(prefix = "/fn", endpoint = "change_person", input = Json)]
pub async fn change_person(person: PersonId, change: PersonChange) -> Result<(), AppError> {
    let engine = engine()?;
    let who = principal(&engine).await?;
    engine.access.change_person(&who, person, change).await.respond()
}

/// Shuts somebody out.
#[server(prefix = "/fn", endpoint = "disable_person", input = Json)]
pub async fn disable_person(person: PersonId) -> Result<(), AppError> {
    let engine = engine()?;
    let who = principal(&engine).await?;
    engine.access.disable_person(&who, person).await.respond()
}

/// Lets somebody in again who was shut out.
#[server(prefix = "/fn", endpoint = "enable_person", input = Json)]
pub async fn enable_person(person: PersonId) -> Result<(), AppError> {
    let engine = engine()?;
    let who = principal(&engine).await?;
    engine.access.enable_person(&who, person).await.respond()
}

/// Signs all browsers of somebody out.
#[server(prefix = "/fn", endpoint = "sign_person_out", input = Json)]
pub async fn sign_person_out(person: PersonId) -> Result<(), AppError> {
    let engine = engine()?;
    let who = principal(&engine).await?;
    engine.access.end_sessions_of(&who, person).await.respond()
}
