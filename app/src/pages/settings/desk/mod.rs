//! The province desk: who sees which data of which provinces. For administrators.
//!
//! - [`draft`]: what is shown and what is about to change
//! - [`choosing`]: which kinds of data, and whose rows
//! - [`sheet`]: people × regions; [`keys`]: its keys
//! - [`bar`]: what applying would do; [`review`]: the same in full, before it is done

mod bar;
mod choosing;
mod draft;
mod keys;
mod review;
mod sheet;

use super::{SettingsFrame, SettingsPage};
use crate::{
    chrome::Message,
    i18n::{label, live_text, use_locale},
};
use bar::Bar;
use choosing::Choosing;
use components::controls::IconName;
use draft::DeskState;
use leptos::prelude::*;
use model::access::{Account, Desk};
use review::Review;
use sheet::Sheet;
use std::sync::Arc;

#[component]
pub(super) fn DeskPage(account: Arc<Account>, desk: Desk) -> impl IntoView {
    let locale = use_locale();
    let calendar = account.calendar;
    let holds_nothing = desk.holds.regions.is_empty();
    let state = DeskState::of(desk);
    let is_reviewing = RwSignal::new(false);
    keys::listen(state);
    view! {
        <SettingsFrame
            account
            page=SettingsPage::Desk
            title=label!(locale, desk.page_title)
            class="desk"
        >
                <header class="desk__head">
                    <h1 class="desk__title">{live_text!(locale, desk.title)}</h1>
                    <p class="desk__lead">{live_text!(locale, desk.lead)}</p>
                </header>
                {holds_nothing
                    .then(|| {
                        view! {
                            <Message
                                icon=IconName::Lock
                                title=label!(locale, desk.holds_nothing)
                                advice=label!(locale, desk.holds_nothing_advice)
                            />
                        }
                    })}
                <Choosing state />
                <Sheet state />
                <Bar state on_review=move |()| is_reviewing.set(true) />
        </SettingsFrame>
        <Review state open=is_reviewing calendar />
    }
    .into_any()
}
