//! Texts that exist in both languages of the product.

use crate::formatting::Locale;
use serde::{Deserialize, Serialize};

/// The same text in Chinese and in English.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct LocalText<T = String> {
    pub zh: T,
    pub en: T,
}

impl<T: AsRef<str>> LocalText<T> {
    pub fn in_locale(&self, locale: Locale) -> &str {
        match locale {
            Locale::ZhCn => self.zh.as_ref(),
            Locale::En => self.en.as_ref(),
        }
    }
}
