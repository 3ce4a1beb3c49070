//! What stands around every page: the bar above it, and the states in which there is no page to show.

mod account_menu;
mod document_title;
mod frame;
mod loaded;
mod message;
mod painted;
mod preference_menus;
mod quick_search;

pub(crate) use account_menu::scope_lines;
pub(crate) use document_title::DocumentTitle;
pub(crate) use frame::{Frame, Mark};
pub(crate) use loaded::{Loaded, PageData, load};
pub(crate) use message::{Message, ProblemMessage};
pub(crate) use painted::{ThemeSheet, use_appearance};
pub(crate) use preference_menus::{LanguageMenu, ThemeMenu};
use quick_search::QuickSearch;
