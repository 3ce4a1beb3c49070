//! Language and theme: kept in two cookies, so that the server paints the first frame right.

use leptos::prelude::*;
use model::formatting::Locale;

const LOCALE_COOKIE: &str = "lingdong_locale";
const THEME_COOKIE: &str = "lingdong_theme";

/// Light, dark, or as the device wishes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Theme {
    Light,
    Dark,
    #[default]
    System,
}

impl Theme {
    pub const ALL: [Self; 3] = [Self::Light, Self::Dark, Self::System];

    pub const fn name(self) -> &'static str {
        match self {
            Self::Light => "light",
            Self::Dark => "dark",
            Self::System => "system",
        }
    }

    fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|theme| theme.name() == text)
    }
}

/// What this reader prefers; in the context of every page.
#[derive(Debug, Clone, Copy)]
pub struct Preferences {
    pub locale: RwSignal<Locale>,
    pub theme: RwSignal<Theme>,
}

/// Reads the preferences of whoever is looking, and keeps document and cookies in step with them.
pub fn provide_preferences() -> Preferences {
    let (locale, theme) = initial();
    let preferences = Preferences { locale: RwSignal::new(locale), theme: RwSignal::new(theme) };
    provide_context(preferences);
    Effect::new(move |before: Option<()>| {
        let locale = preferences.locale.get();
        // The first run only repeats what the server has painted.
        if before.is_some() {
            remember("lang", LOCALE_COOKIE, locale.tag());
        }
    });
    Effect::new(move |before: Option<()>| {
        let theme = preferences.theme.get();
        if before.is_some() {
            remember("data-theme", THEME_COOKIE, theme.name());
        }
    });
    preferences
}

/// The preferences of the page.
pub fn use_preferences() -> Preferences {
    use_context::<Preferences>().unwrap_or_else(|| Preferences {
        locale: RwSignal::new(Locale::default()),
        theme: RwSignal::new(Theme::default()),
    })
}

fn parse_locale(text: &str) -> Option<Locale> {
    Locale::ALL.into_iter().find(|locale| locale.tag() == text)
}

/// What the request asks for: the cookies, else the browser's languages.
#[cfg(feature = "ssr")]
pub fn initial() -> (Locale, Theme) {
    use crate::session::cookie_value;
    let Some(parts) = use_context::<http::request::Parts>() else {
        return (Locale::default(), Theme::default());
    };
    let accepted = parts.headers.get(http::header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok());
    let locale = cookie_value(&parts.headers, LOCALE_COOKIE)
        .and_then(|value| parse_locale(&value))
        .or_else(|| accepted.and_then(preferred))
        .unwrap_or_default();
    let theme = cookie_value(&parts.headers, THEME_COOKIE).and_then(|value| Theme::parse(&value)).unwrap_or_default();
    (locale, theme)
}

/// What the server has painted.
#[cfg(not(feature = "ssr"))]
pub fn initial() -> (Locale, Theme) {
    let root = document().document_element();
    let attribute = |name: &str| root.as_ref().and_then(|root| root.get_attribute(name));
    let locale = attribute("lang").and_then(|lang| parse_locale(&lang)).unwrap_or_default();
    let theme = attribute("data-theme").and_then(|theme| Theme::parse(&theme)).unwrap_or_default();
    (locale, theme)
}

/// The language that a browser asks for first among ours.
#[cfg(any(feature = "ssr", test))]
fn preferred(accepted: &str) -> Option<Locale> {
    let mut wished: Vec<(f32, &str)> = accepted
        .split(',')
        .map(|part| {
            let (tag, quality) = part.split_once(";q=").unwrap_or((part, "1"));
            (quality.trim().parse().unwrap_or(0.0), tag.trim())
        })
        .collect();
    wished.sort_by(|one, other| other.0.total_cmp(&one.0));
    wished.into_iter().find_map(|(_, tag)| match tag.split('-').next() {
        Some("zh") => Some(Locale::ZhCn),
        Some("en") => Some(Locale::En),
        _ => None,
    })
}

/// Writes a choice on the document and into its cookie, for a year.
fn remember(attribute: &str, cookie: &str, value: &str) {
    use wasm_bindgen::JsCast;
    if let Some(root) = document().document_element() {
        // A document that refuses an attribute keeps the old look; the cookie still counts for the next page.
        let _ = root.set_attribute(attribute, value);
    }
    let secure =
        if window().location().protocol().is_ok_and(|protocol| protocol == "https:") { "; Secure" } else { "" };
    if let Some(document) = document().dyn_ref::<web_sys::HtmlDocument>() {
        let _ = document.set_cookie(&format!("{cookie}={value}; Path=/; Max-Age=31536000; SameSite=Lax{secure}"));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_browsers_first_language_of_ours_wins() {
        assert_eq!(preferred("en-US,en;q=0.9"), Some(Locale::En));
        assert_eq!(preferred("zh-TW,zh;q=0.9,en;q=0.8"), Some(Locale::ZhCn));
        assert_eq!(preferred("fr;q=0.9, en;q=0.2, zh-CN;q=0.7"), Some(Locale::ZhCn));
        assert_eq!(preferred("fr, de;q=0.5"), None);
        assert_eq!(preferred(""), None);
    }
}
