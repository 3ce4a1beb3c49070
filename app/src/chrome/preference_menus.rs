//! Language and theme, changed without a reload.

use crate::{
    i18n::{label, use_locale},
    preferences::{Theme, use_preferences},
};
use components::controls::{IconName, Menu, MenuItem};
use leptos::prelude::*;
use model::formatting::Locale;

/// Each language is offered in its own words.
const fn own_name(locale: Locale) -> &'static str {
    match locale {
        Locale::ZhCn => "简体中文",
        Locale::En => "English",
    }
}

/// Switches the language.
#[component]
pub(crate) fn LanguageMenu() -> impl IntoView {
    let locale = use_locale();
    let preferences = use_preferences();
    let items = Locale::ALL
        .into_iter()
        .map(|offered| {
            let name = Signal::stored(own_name(offered).to_owned());
            MenuItem::new(IconName::Globe, name, move || preferences.locale.set(offered))
                .with_checked(Signal::derive(move || preferences.locale.get() == offered))
        })
        .collect::<Vec<_>>();
    view! { <Menu label=label!(locale, common.language) icon=IconName::Globe items /> }
}

/// Switches between light, dark, and whatever the device wishes.
#[component]
pub(crate) fn ThemeMenu() -> impl IntoView {
    let locale = use_locale();
    let preferences = use_preferences();
    let item = move |theme: Theme, icon: IconName, name: Signal<String>| {
        MenuItem::new(icon, name, move || preferences.theme.set(theme))
            .with_checked(Signal::derive(move || preferences.theme.get() == theme))
    };
    let items = vec![
        item(Theme::Light, IconName::Sun, label!(locale, theme.light)),
        item(Theme::Dark, IconName::Moon, label!(locale, theme.dark)),
        item(Theme::System, IconName::Settings, label!(locale, theme.system)),
    ];
    view! { <Menu label=label!(locale, theme.name) icon=IconName::Sun items /> }
}
