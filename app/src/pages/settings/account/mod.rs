//! A person's own account: the password, and the browsers that are signed in.

mod devices;
mod password;

use super::{SettingsFrame, SettingsPage};
use crate::i18n::{label, live_text, role_name, use_locale};
use devices::Devices;
use leptos::prelude::*;
use model::access::{Account, OwnSession};
use password::PasswordForm;
use std::sync::Arc;

#[component]
pub(super) fn AccountPage(account: Arc<Account>, sessions: Vec<OwnSession>) -> impl IntoView {
    let locale = use_locale();
    let calendar = account.calendar;
    let (name, email, role) = (account.name.clone(), account.email.clone(), account.role);
    let organisation = account.organisation.clone();
    let sessions = RwSignal::new(sessions);
    view! {
        <SettingsFrame
            account
            page=SettingsPage::Account
            title=label!(locale, own_account.page_title)
            class="own-account"
        >
                <header class="own-account__head">
                    <h1 class="own-account__title">{name}</h1>
                    <p class="own-account__lead">
                        <span>{email.clone()}</span>
                        <span>{move || role_name(role, locale.get())}</span>
                        <span>{organisation}</span>
                    </p>
                </header>
                <section class="own-account__section" aria-labelledby="own-password">
                    <h2 class="own-account__heading" id="own-password">{live_text!(locale, own_account.password)}</h2>
                    <PasswordForm email sessions />
                </section>
                <section class="own-account__section" aria-labelledby="own-devices">
                    <h2 class="own-account__heading" id="own-devices">{live_text!(locale, own_account.devices)}</h2>
                    <Devices sessions calendar />
                </section>
        </SettingsFrame>
    }
    .into_any()
}
