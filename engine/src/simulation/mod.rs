//! The demo's viewers: a deterministic world of households that watch television.
//!
//! Nothing here is random twice and nothing reads a clock: a [`World`] of the same [`WorldSettings`] always has the
//! same past and the same future, to the byte. Each household's day is planned by itself ([`household_day`]) out of
//! what it is like ([`account`]), what there is ([`catalogue`]), how well playing goes ([`quality`]) and what the picture is
//! like ([`picture`]); the plans are read as a history or, second by second, as a [`LiveFeed`].
//!
//! Some ways through the programme guide are told ([`browsing`]), and at the weekend there is an evening to take part in
//! ([`gala`]). Every morning other systems of the operator report their figures ([`figures`]).
//!
//! The parameters are those that operators publish: 60 % of the accounts active on a day, six sessions a day of 10.7
//! minutes, twice as many users on demand as on channels, first picture after 0.9 s (95 % within 3 s), 0.1 to 0.25 %
//! of the time stalled, 1 to 2 % failures, a tenth more orders than a year before.

mod account;
mod browsing;
mod catalogue;
mod chance;
mod course;
mod figures;
mod gala;
mod history;
mod household_day;
mod occurrence;
mod orders;
mod picture;
mod quality;
mod session;
mod world;

#[cfg(test)]
mod tests;

pub use catalogue::{CHANNELS, Channel};
pub use history::LiveFeed;
pub use occurrence::{NativeDetail, NativeEvent};
pub use world::{World, WorldSettings};
