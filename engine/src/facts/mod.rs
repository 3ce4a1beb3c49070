//! Facts: what follows from events, as pure functions. No store, no clock.
//!
//! - [`session`]: the events of one play session, in any order of arrival, become one view
//! - [`timeline`]: what a session was in when, span by span
//! - [`quality`]: how well a session went, minute by minute
//! - [`picture`]: what a session's picture was like: frames, how far behind, how long after a jump, from where
//! - [`mux`]: the scores of Mux Data
//! - [`minutes`]: what a household watched becomes minutes, each belonging to one channel
//! - [`accounts`]: an account's events become its state
//! - [`behaviour`]: what happens on pages, and how viewers take part in activities
//! - [`media`]: manuscripts, advertisements and services of a media network
//! - [`delivery`]: what the delivery network was asked for
//! - [`seeks`]: jumps within a title, from where to where
//! - [`arrivals`]: how many events came in, and how late
//! - [`appraisal`]: results against their targets
//! - [`figures`]: numbers that other systems report
//! - [`audience`]: all of it batch by batch, keeping at hand what the next batch may change

pub(crate) mod accounts;
pub(crate) mod appraisal;
pub(crate) mod arrivals;
pub(crate) mod audience;
pub(crate) mod behaviour;
mod cleaning_rules;
pub(crate) mod delivery;
pub(crate) mod figures;
pub(crate) mod media;
pub(crate) mod minutes;
mod mux;
mod picture;
mod progress;
mod quality;
pub(crate) mod seeks;
pub(crate) mod session;
mod settings;
pub(crate) mod timeline;

#[cfg(test)]
mod golden;
#[cfg(test)]
mod properties;

pub use cleaning_rules::CleaningRules;
pub use settings::FactSettings;
