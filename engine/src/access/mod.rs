//! Who is asking, and what they may see.
//!
//! In reading order:
//!
//! - [`Scope`]: what may be seen, domain by domain
//! - [`Principal`]: who asks; [`Authorized`]: proof that they may do something with one thing
//! - [`Access`]: signing in, sessions, tokens, people and grants
//!
//! Limits, with their reasons beside the constants: a session ends 12 hours after it was last used and 7 days after
//! the sign-in ([`IDLE_LIMIT_MS`], [`ABSOLUTE_LIMIT_MS`]); a wrong password costs a growing delay (`attempts`), never
//! a lock-out; rights are answered from memory and forgotten at the moment a change is told (`remembered`).

mod attempts;
mod audit;
mod authorized;
mod client;
mod console;
mod definers;
mod desk;
mod grants;
mod held;
mod losses;
mod network;
mod own_account;
mod passwords;
mod people;
mod principal;
mod remembered;
mod rights;
mod scope;
mod secret;
mod service;
mod sessions;
mod sign_in;
mod strangers;
#[cfg(test)]
pub(crate) mod tests;
mod tokens;

pub(crate) use audit::{Action, AuditEntry, record};
pub(crate) use authorized::no_such_board;
pub use authorized::{Authorized, Edit, View};
pub use client::Client;
pub use grants::{Giver, NewGrant};
pub use people::{FirstAdmin, NewUser, UserRow};
pub use principal::{Principal, UserId};
pub use scope::{Scope, ScopePairs};
pub use secret::SessionToken;
pub use service::Access;
pub use sessions::{ABSOLUTE_LIMIT_MS, IDLE_LIMIT_MS};

/// The organisation that exists by default.
pub const HOME: model::access::OrganisationId = model::access::OrganisationId(1);
