//! The pages.

mod board;
mod boards;
mod builder;
mod change_words;
mod filter_words;
mod not_found;
mod sign_in;
mod tile_title;
mod time_ranges;
mod values_menu;

pub(crate) use board::{BoardPage, WallRoute};
pub(crate) use boards::BoardListRoute;
pub(crate) use builder::BuilderRoute;
pub(crate) use not_found::NotFoundPage;
pub(crate) use sign_in::SignInPage;
