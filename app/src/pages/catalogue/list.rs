//! All metrics that may be asked for, by the kind of data they are made of.

use super::unit_words::unit_name;
use crate::{
    chrome::{Frame, Message},
    i18n::{domain_name, label, live_text, text, use_locale},
    routes,
};
use components::controls::{FieldKind, IconName, TextField};
use leptos::prelude::*;
use model::{
    access::Account,
    formatting::Locale,
    metric::{CatalogueView, Domain, MetricId, MetricInfo},
};
use std::sync::Arc;

/// The metrics of a domain that fit the search, in the order of the catalogue.
fn found(metrics: &[MetricInfo], domain: Domain, search: &str) -> Vec<MetricInfo> {
    let search = search.to_lowercase();
    let fits = |metric: &&MetricInfo| {
        let text = format!(
            "{} {} {} {} {} {}",
            metric.id, metric.name.zh, metric.name.en, metric.sounds, metric.definition.zh, metric.definition.en
        );
        let text = text.to_lowercase();
        metric.domains.first() == Some(&domain) && search.split_whitespace().all(|word| text.contains(word))
    };
    metrics.iter().filter(fits).cloned().collect()
}

/// What tells one group from another: as many others are not the same.
fn ids(metrics: &[MetricInfo]) -> Vec<MetricId> {
    metrics.iter().map(|metric| metric.id.clone()).collect()
}

#[component]
pub(super) fn MetricList(account: Arc<Account>, catalogue: CatalogueView) -> impl IntoView {
    let locale = use_locale();
    let count = catalogue.metrics.len();
    let metrics = StoredValue::new(catalogue.metrics);
    let search = RwSignal::new(String::new());
    let groups = Memo::new(move |_| {
        let search = search.get();
        let group = |domain| (domain, metrics.with_value(|metrics| found(metrics, domain, &search)));
        Domain::ALL.into_iter().map(group).filter(|(_, found)| !found.is_empty()).collect::<Vec<_>>()
    });
    let is_nothing_found = Memo::new(move |_| groups.with(Vec::is_empty));
    view! {
        <Frame account>
            <main id="content" class="page catalogue">
                <header class="catalogue__head">
                    <div>
                        <h1 class="catalogue__title">{live_text!(locale, catalogue.title)}</h1>
                        <p class="catalogue__note">{move || text!(locale.get(), catalogue.count, count = count)}</p>
                    </div>
                    <div class="catalogue__search">
                        <TextField
                            name="catalogue-search"
                            label=label!(locale, catalogue.search)
                            placeholder=label!(locale, catalogue.search)
                            kind=FieldKind::Search
                            value=search
                            on_input=move |text| search.set(text)
                        />
                    </div>
                </header>
                <Show when=move || is_nothing_found.get()>
                    <Message
                        icon=IconName::Search
                        title=Signal::derive(move || text!(locale.get(), catalogue.nothing, search = search.get()))
                        advice=label!(locale, catalogue.nothing_todo)
                    />
                </Show>
                <For each=move || groups.get() key=|(domain, found)| (*domain, ids(found)) let((domain, found))>
                    <section class="catalogue__group">
                        <h2 class="catalogue__domain">{move || domain_name(domain, locale.get())}</h2>
                        <ul class="catalogue__rows">
                            {found.into_iter().map(|metric| view! { <MetricRow metric locale /> }).collect_view()}
                        </ul>
                    </section>
                </For>
            </main>
        </Frame>
    }
    .into_any()
}

#[component]
fn MetricRow(metric: MetricInfo, locale: Signal<Locale>) -> impl IntoView {
    let (name, definition, unit) = (metric.name, metric.definition, metric.unit);
    view! {
        <li>
            <a class="catalogue__row" href=routes::metric(&metric.id)>
                <span class="catalogue__name">{move || name.in_locale(locale.get()).to_owned()}</span>
                <span class="catalogue__definition">{move || definition.in_locale(locale.get()).to_owned()}</span>
                <span class="catalogue__unit">{move || unit_name(unit, locale.get())}</span>
                <code class="catalogue__id">{metric.id.to_string()}</code>
            </a>
        </li>
    }
    .into_any()
}
