//! What organisations set for how their boards look: red or green is up, the approval number of maps, themes.
//!
//! - [`Appearances`]: the door; `settings` what is set, `themes` themes kept, removed and brought back
//!
//! What everybody needs of it is read together with their rights, remembered as long, and told with them.

mod service;
mod settings;
#[cfg(test)]
mod tests;
mod themes;

pub use service::Appearances;
