//! What is wrong with a name that is typed.

use crate::{
    error::AppError,
    i18n::{error_words, text},
};
use model::{
    board::{InvalidText, Title},
    formatting::Locale,
};

/// What is wrong with a name, or else why the server did not take it; empty where nothing is.
pub(crate) fn wrong_with(name: &Result<Title, InvalidText>, refused: Option<AppError>, locale: Locale) -> String {
    let too_long = name.as_ref().err().map(|(InvalidText::TitleTooLong(count) | InvalidText::TextTooLong(count))| {
        text!(locale, boards.name_too_long, count = *count)
    });
    let refused = || {
        refused.map(|error| {
            let words = error_words(&error, locale);
            format!("{} {}", words.title, words.advice)
        })
    };
    too_long.or_else(refused).unwrap_or_default()
}
