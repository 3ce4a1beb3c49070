//! What an organisation sets for how its boards look.
//!
//! - [`Appearance`]: all of it, as every page of theirs knows it; [`HouseStyle`]: what their tiles are drawn by
//! - [`MapApproval`]: the approval number of their maps
//! - [`ThemeChoice`]: one of the shipped themes, or one of their own
//! - [`OwnTheme`]: a theme made of a shipped one by other colours; [`Palette`]: all colours of a theme; [`check`]: whether
//!   a theme can be read
//!
//! Of an own theme, people choose a few colours; the others follow from them (`derived`).

mod approval;
mod check;
mod choice;
mod derived;
mod own_theme;
mod palette;
mod settings;
mod token;

pub use approval::{InvalidApproval, MapApproval};
pub use check::{Fault, Finding, GRAPHICS_CONTRAST, TEXT_CONTRAST, check};
pub use choice::{BaseTheme, InvalidTheme, ThemeChoice, ThemeId};
pub use own_theme::{KeptTheme, MAX_THEMES, OwnTheme, ThemeLine};
pub use palette::Palette;
pub use settings::{Appearance, AppearanceChange, AppearanceSettings, HouseStyle, Paint, RisingColour};
pub use token::Token;
