//! Why a password was not taken, in words.

use crate::{
    error::AppError,
    i18n::{error_words, text},
};
use model::formatting::Locale;

/// What is wrong with it and what to do, or whatever else stood in the way.
pub(crate) fn password_refusal(error: &AppError, locale: Locale) -> String {
    let rule = match error {
        AppError::Refused(problem) => problem.parameters.get("rule").map(String::as_str),
        AppError::NotReached(_) => None,
    };
    match rule {
        Some("short") => text!(locale, invitation.too_short).to_owned(),
        Some("long") => text!(locale, invitation.too_long).to_owned(),
        Some("common") => text!(locale, invitation.too_common).to_owned(),
        Some(_) | None => {
            let words = error_words(error, locale);
            format!("{} {}", words.title, words.advice)
        }
    }
}
