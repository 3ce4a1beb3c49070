//! Themes and their colours in words.

use crate::i18n::text;
use components::controls::Choice;
use model::{
    appearance::{Appearance, BaseTheme, ThemeChoice, Token},
    formatting::Locale,
};

/// A shipped theme: `浅色`.
pub(crate) fn base_name(base: BaseTheme, locale: Locale) -> &'static str {
    match base {
        BaseTheme::Light => text!(locale, theme.light),
        BaseTheme::Dark => text!(locale, theme.dark),
        BaseTheme::Wall => text!(locale, theme.wall),
    }
}

/// What a board has chosen.
pub(crate) fn theme_name(chosen: Option<ThemeChoice>, appearance: &Appearance, locale: Locale) -> String {
    match chosen {
        None => text!(locale, theme.of_organisation).to_owned(),
        Some(ThemeChoice::Shipped(base)) => base_name(base, locale).to_owned(),
        Some(ThemeChoice::Own(id)) => {
            let line = appearance.themes.iter().find(|line| line.id == id);
            line.map_or_else(|| text!(locale, theme.removed).to_owned(), |line| line.name.to_string())
        }
    }
}

/// The themes to choose from, the shipped ones first; `none` says what it is to choose none.
pub(crate) fn theme_choices(none: &str, appearance: &Appearance, locale: Locale) -> Vec<Choice> {
    let shipped = BaseTheme::ALL.map(|base| Choice::new(base.name(), base_name(base, locale)));
    let own = appearance.themes.iter().map(|line| Choice::new(line.id.to_string(), line.name.to_string()));
    std::iter::once(Choice::new("", none)).chain(shipped).chain(own).collect()
}

/// A colour that is chosen: `卡片底色`.
pub(crate) fn token_name(token: Token, locale: Locale) -> String {
    match token {
        Token::Page => text!(locale, appearance.page).to_owned(),
        Token::Surface => text!(locale, appearance.surface).to_owned(),
        Token::Text => text!(locale, appearance.text).to_owned(),
        Token::Muted => text!(locale, appearance.muted).to_owned(),
        Token::Accent => text!(locale, appearance.accent).to_owned(),
        Token::Series(place) => text!(locale, appearance.series, number = place.number()),
    }
}
