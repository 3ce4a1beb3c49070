//! The words inside components, in both languages. Pages have their own, in `app`.

mod arranging;
mod charts;
mod components;
mod controls;
mod export;
mod names;
mod summaries;
mod tiles;

pub(crate) use arranging::*;
pub(crate) use charts::*;
pub(crate) use components::*;
pub(crate) use controls::*;
pub(crate) use export::*;
pub(crate) use names::*;
pub(crate) use summaries::*;
pub use tiles::*;

use model::formatting::Locale;

/// The same words in Chinese and in English.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Words {
    zh: &'static str,
    en: &'static str,
}

impl Words {
    pub(crate) const fn in_locale(self, locale: Locale) -> &'static str {
        match locale {
            Locale::ZhCn => self.zh,
            Locale::En => self.en,
        }
    }
}

pub(crate) const fn both(zh: &'static str, en: &'static str) -> Words {
    Words { zh, en }
}
