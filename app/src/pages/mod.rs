//! The pages.

mod board;
mod boards;
mod builder;
mod catalogue;
mod change_words;
mod filter_offers;
mod filter_words;
mod gallery;
mod invitation;
mod not_found;
mod password_words;
mod settings;
mod sign_in;
mod templates;
mod theme_words;
mod tile_title;
mod time_ranges;
mod values_menu;

pub(crate) use board::{BoardPage, WallPage};
#[cfg(feature = "hydrate")]
pub(crate) use board::{charts_came, end_of_glance, glance, replay, tell_alive};
pub(crate) use boards::BoardListPage;
pub(crate) use builder::BuilderRoute;
pub(crate) use catalogue::{CataloguePage, ComposerRoute, ImportMetricsPage};
#[cfg(feature = "ssr")]
pub(crate) use catalogue::{numbers_of, preview_numbers_of};
pub(crate) use gallery::GalleryRoute;
pub(crate) use invitation::InvitationPage;
pub(crate) use not_found::NotFoundPage;
pub(crate) use settings::{SettingsPage, SettingsRoute};
pub(crate) use sign_in::SignInPage;
pub(crate) use templates::TemplatesRoute;
