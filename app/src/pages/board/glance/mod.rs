//! A published board that nobody has touched yet.
//!
//! The server's page holds the numbers. What keeps them new is a small part of the bundle, which draws the same text into
//! the same elements as the application does; the application itself is loaded when somebody reaches for the page, or when
//! something changes that is more than numbers. It takes over the very page, and what was learnt until then.
//!
//! - [`told`]: what the server tells beside numbers and names
//! - `page` (browser only): what the server's page holds
//! - `drawing` (browser only): the cards, kept up to date
//! - `watch` (browser only): the stream, the clock, the sizes
//! - `reaching` (browser only): what counts as reaching for the page; a press is not lost
//! - [`handover`]: what the application is told

#[cfg(feature = "hydrate")]
mod drawing;
mod handover;
#[cfg(feature = "hydrate")]
mod page;
#[cfg(feature = "hydrate")]
mod reaching;
mod told;
#[cfg(feature = "hydrate")]
mod watch;

pub(super) use handover::handed_over;
pub(super) use told::Told;
#[cfg(feature = "hydrate")]
pub(crate) use {
    reaching::replay,
    watch::{charts_came, end, glance, tell_alive},
};
