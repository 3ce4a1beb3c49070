//! The demo's viewers: a deterministic world of households that watch television, and of the systems around them.
//!
//! Nothing here is random twice and nothing reads a clock: a [`World`] of the same [`WorldSettings`] always has the
//! same past and the same future, to the byte. Each household's day is planned by itself ([`household_day`]) out of
//! what it is like ([`account`]), what there is ([`catalogue`]) and what is liked that day ([`shelf`]), how well playing goes
//! ([`quality`], [`incident`]) and what the picture is like ([`picture`]); the plans are read as a past or, second by second, as
//! a [`LiveFeed`].
//!
//! Some ways through the programme guide are told ([`browsing`]), some households visit site and apps ([`web`]), a sample of the
//! requests to the delivery networks is logged ([`delivery`]), and at the weekend there is an evening to take part in ([`gala`]).
//! Other systems of the operator tell theirs ([`reports`]): figures every morning, a media network's articles, services and
//! advertising, the results of the month's appraisal, a node in trouble, a box gone wild. Some clients tell their events twice or
//! broken ([`mishaps`]).
//!
//! The parameters are those that operators publish: 60 % of the accounts active on a day, six sessions a day of 10.7
//! minutes, twice as many users on demand as on channels, first picture after 0.9 s (95 % within 3 s), 0.1 to 0.25 %
//! of the time stalled, 1 to 2 % failures, a tenth more orders than a year before.

mod account;
mod advertising;
mod appraisal;
mod articles;
mod browsing;
mod catalogue;
mod chance;
mod course;
mod delivery;
mod figures;
mod gala;
mod guide;
mod history;
mod household_day;
mod incident;
mod mishaps;
mod network;
mod occurrence;
mod orders;
mod picture;
mod probes;
mod quality;
mod reports;
mod services;
mod session;
mod shelf;
mod subscriptions;
mod web;
mod wild_box;
mod world;

#[cfg(test)]
mod tests;

pub use guide::programme_list;
pub use history::LiveFeed;
pub use mishaps::native_lines;
pub use world::{World, WorldSettings};
