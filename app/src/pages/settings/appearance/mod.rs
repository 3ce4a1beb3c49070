//! What an organisation sets for how its boards look: for administrators.
//!
//! - [`conventions`]: which colour rises, the approval number of maps, the theme of boards that choose none
//! - [`themes`]: the themes of the organisation
//! - [`editor`]: one of them, changed; [`preview`]: tiles drawn in it; [`colour_field`]: one of its colours

mod colour_field;
mod conventions;
mod editor;
mod finding_words;
mod preview;
mod themes;
mod workshop;

use super::{SettingsFrame, SettingsPage};
use crate::i18n::{label, live_text, use_locale};
use conventions::Conventions;
use leptos::prelude::*;
use model::{access::Account, appearance::AppearanceSettings};
use std::sync::Arc;
use themes::Themes;
use workshop::Workshop;

#[component]
pub(super) fn AppearancePage(account: Arc<Account>, settings: AppearanceSettings) -> impl IntoView {
    let locale = use_locale();
    let calendar = account.calendar;
    let AppearanceSettings { appearance, themes, shipped } = settings;
    let workshop = Workshop::of(themes, shipped);
    view! {
        <SettingsFrame
            account
            page=SettingsPage::Appearance
            title=label!(locale, appearance.page_title)
            class="appearance"
        >
                <header class="appearance__head">
                    <h1 class="appearance__title">{live_text!(locale, appearance.title)}</h1>
                    <p class="appearance__lead">{live_text!(locale, appearance.lead)}</p>
                </header>
                <Conventions appearance workshop />
                <Themes workshop calendar />
        </SettingsFrame>
    }
    .into_any()
}
