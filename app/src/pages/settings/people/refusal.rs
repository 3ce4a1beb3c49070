//! Why something was not done to somebody, in words.

use crate::{
    error::AppError,
    i18n::{error_words, text},
};
use model::formatting::Locale;

/// One or two sentences: what stands in the way, and what to do next.
pub(super) fn refusal(error: &AppError, locale: Locale) -> String {
    let rule = match error {
        AppError::Refused(problem) => problem.parameters.get("rule").map(String::as_str),
        AppError::NotReached(_) => None,
    };
    match rule {
        Some("taken") => text!(locale, people.refused.taken).to_owned(),
        Some("own_account") => text!(locale, people.refused.own_account).to_owned(),
        Some("holds_more") => text!(locale, people.refused.holds_more).to_owned(),
        Some("disabled") => text!(locale, people.refused.disabled).to_owned(),
        Some(_) | None => {
            let words = error_words(error, locale);
            format!("{} {}", words.title, words.advice)
        }
    }
}
