//! The page of an own metric that nobody can ask for any more: why, what it was, and the way back.

use super::own_panel::OwnPanel;
use crate::{
    chrome::{DocumentTitle, Frame},
    i18n::{live_text, text, use_locale},
    routes,
};
use components::controls::{Icon, IconName};
use leptos::prelude::*;
use model::{access::Account, metric::own::OwnMetricView};
use std::sync::Arc;

#[component]
pub(super) fn AsidePage(account: Arc<Account>, own: OwnMetricView) -> impl IntoView {
    let locale = use_locale();
    let (calendar, may_define) = (account.calendar, account.may_define_metrics);
    let is_retired = own.retired_at.is_some();
    let name = StoredValue::new(own.metric.name.clone());
    let definition = own.metric.definition.clone();
    let (id, formula) = (own.metric.id.to_string(), own.metric.value.to_string());
    let name = move || name.with_value(|name| name.in_locale(locale.get()).to_owned());
    let title = Signal::derive(move || {
        if is_retired { text!(locale.get(), own.aside_retired) } else { text!(locale.get(), own.aside_broken) }
            .to_owned()
    });
    let advice = Signal::derive(move || {
        if is_retired {
            text!(locale.get(), own.aside_retired_advice).to_owned()
        } else {
            text!(locale.get(), own.aside_broken_advice).to_owned()
        }
    });
    view! {
        <DocumentTitle text=Signal::derive(move || text!(locale.get(), catalogue.metric_title, name = name())) />
        <Frame account>
            <main id="content" class="page metric">
                <a class="metric__back" href=routes::CATALOGUE>
                    <Icon name=IconName::ChevronLeft />
                    <span>{live_text!(locale, catalogue.title)}</span>
                </a>
                <header class="metric__head">
                    <h1 class="metric__name">{name}</h1>
                    <code class="metric__id">{id}</code>
                    <p class="metric__definition">{move || definition.in_locale(locale.get()).to_owned()}</p>
                    <code class="metric__formula">{formula}</code>
                </header>
                <div class="own__notice" role="note">
                    <Icon name=IconName::Warning />
                    <p>
                        <strong>{move || title.get()}</strong>
                        " "
                        {move || advice.get()}
                    </p>
                </div>
                <OwnPanel own may_define calendar />
            </main>
        </Frame>
    }
    .into_any()
}
