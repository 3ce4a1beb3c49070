//! The two languages of the product.
//!
//! Texts stand in `locales/` and are checked at compile time by `leptos_i18n`. Its own context is not used: ours reads
//! and writes one cookie before the first paint, and keeps the library's locale machinery out of the browser bundle.

#[allow(
    clippy::all,
    clippy::pedantic,
    clippy::expect_used,
    unreachable_pub,
    dead_code,
    unused_imports,
    unused_qualifications
)] // generated
mod generated {
    include!(concat!(env!("OUT_DIR"), "/i18n/mod.rs"));
}
mod problems;
mod words;

pub use generated::i18n::Locale as TextLocale;
pub use problems::{ProblemWords, error_words, problem_words};
pub use words::{
    compare_name, component_name, domain_name, grain_name, region_name, role_name, session_order_name, stat_name,
    time_range_name,
};

use leptos::prelude::*;
use model::formatting::Locale;

/// The current language, as a signal.
pub fn use_locale() -> Signal<Locale> {
    crate::preferences::use_preferences().locale.into()
}

/// The language as the generated texts know it.
pub const fn text_locale(locale: Locale) -> TextLocale {
    match locale {
        Locale::ZhCn => TextLocale::zh_CN,
        Locale::En => TextLocale::en,
    }
}

/// The text of a key in a language: `text!(locale, boards.title)`, `text!(locale, sign_in.wait, seconds = 3)`.
macro_rules! text {
    ($locale:expr, $($key:tt)*) => {
        leptos_i18n::td_string!($crate::i18n::text_locale($locale), $($key)*)
    };
}
pub(crate) use text;

/// The text of a key as a signal that follows a language signal, for the labels of controls.
macro_rules! label {
    ($locale:expr, $($key:tt)*) => {
        leptos::prelude::Signal::derive(move || {
            $crate::i18n::text!(leptos::prelude::Get::get(&$locale), $($key)*).to_string()
        })
    };
}
pub(crate) use label;

/// The text of a key as a closure that follows a language signal, for use in views.
macro_rules! live_text {
    ($locale:expr, $($key:tt)*) => {
        move || $crate::i18n::text!(leptos::prelude::Get::get(&$locale), $($key)*)
    };
}
pub(crate) use live_text;
