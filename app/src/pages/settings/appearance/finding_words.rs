//! What is wrong with a colour, in words.

use crate::{i18n::text, pages::theme_words::token_name};
use model::{
    appearance::{Fault, Finding, GRAPHICS_CONTRAST, TEXT_CONTRAST},
    colour::{Colour, Vision},
    formatting::Locale,
};

/// A contrast, never rounded up to what it does not reach: `4.49`.
pub(super) fn ratio(contrast: f64) -> String {
    format!("{:.2}", (contrast * 100.0 + 1e-6).floor() / 100.0)
}

/// What is wrong, and by how much.
pub(super) fn finding_words(finding: &Finding, locale: Locale) -> String {
    match finding.fault {
        Fault::Unreadable { on, contrast } => {
            let (on, contrast, least) = (token_name(on, locale), ratio(contrast), ratio(TEXT_CONTRAST));
            text!(locale, appearance.unreadable, on = on, contrast = contrast, least = least)
        }
        Fault::Faint { on, contrast } => {
            let (on, contrast, least) = (token_name(on, locale), ratio(contrast), ratio(GRAPHICS_CONTRAST));
            text!(locale, appearance.faint, on = on, contrast = contrast, least = least)
        }
        Fault::Alike { other, seen_by } => {
            text!(locale, appearance.alike, other = token_name(other, locale), who = vision_name(seen_by, locale))
        }
    }
}

/// What is offered in its place.
pub(super) fn instead_words(instead: Colour, locale: Locale) -> String {
    text!(locale, appearance.instead, colour = instead.to_string())
}

fn vision_name(vision: Vision, locale: Locale) -> &'static str {
    match vision {
        Vision::Full => text!(locale, appearance.everybody),
        Vision::Protanopia => text!(locale, appearance.protanopia),
        Vision::Deuteranopia => text!(locale, appearance.deuteranopia),
        Vision::Tritanopia => text!(locale, appearance.tritanopia),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use model::appearance::Token;

    #[test]
    fn a_contrast_that_just_fails_is_not_told_as_one_that_passes() {
        assert_eq!(
            (ratio(4.4999), ratio(4.5), ratio(21.0)),
            ("4.49".to_owned(), "4.50".to_owned(), "21.00".to_owned())
        );
        let fault = Fault::Unreadable { on: Token::Surface, contrast: 4.4999 };
        let finding = Finding { token: Token::Text, fault, instead: None };
        for locale in Locale::ALL {
            let words = finding_words(&finding, locale);
            assert!(words.contains("4.49") && words.contains("4.50"), "{words}");
        }
    }
}
