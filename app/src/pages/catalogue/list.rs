//! All metrics that may be asked for, by the kind of data they are made of.

use super::unit_words::unit_name;
use crate::{
    chrome::{Frame, Message},
    i18n::{domain_name, label, live_text, text, use_locale},
    routes,
};
use components::controls::{FieldKind, Icon, IconName, TextField};
use leptos::prelude::*;
use model::{
    access::Account,
    formatting::Locale,
    metric::{
        CatalogueView, Domain, MetricId, MetricInfo,
        own::{OwnMetricId, OwnMetricLine},
    },
};
use std::sync::Arc;

/// The shipped metrics of a domain that fit the search, in the order of the catalogue.
fn found(metrics: &[MetricInfo], domain: Domain, search: &str) -> Vec<MetricInfo> {
    let is_of = |metric: &&MetricInfo| metric.domains.first() == Some(&domain) && !is_own(metric);
    metrics.iter().filter(is_of).filter(|metric| fits(metric, search)).cloned().collect()
}

/// The organisation's own metrics that fit the search.
fn found_own(metrics: &[MetricInfo], search: &str) -> Vec<MetricInfo> {
    metrics.iter().filter(|metric| is_own(metric) && fits(metric, search)).cloned().collect()
}

fn is_own(metric: &MetricInfo) -> bool {
    OwnMetricId::try_from(&metric.id).is_ok()
}

fn fits(metric: &MetricInfo, search: &str) -> bool {
    let text = format!(
        "{} {} {} {} {} {}",
        metric.id, metric.name.zh, metric.name.en, metric.sounds, metric.definition.zh, metric.definition.en
    );
    let text = text.to_lowercase();
    search.to_lowercase().split_whitespace().all(|word| text.contains(word))
}

/// What tells one group from another: as many others are not the same.
fn ids(metrics: &[MetricInfo]) -> Vec<MetricId> {
    metrics.iter().map(|metric| metric.id.clone()).collect()
}

#[component]
pub(super) fn MetricList(
    account: Arc<Account>,
    catalogue: CatalogueView,
    /// Own metrics that are out of use.
    aside: Vec<OwnMetricLine>,
) -> impl IntoView {
    let may_define = account.may_define_metrics;
    let locale = use_locale();
    let count = catalogue.metrics.len();
    let metrics = StoredValue::new(catalogue.metrics);
    let search = RwSignal::new(String::new());
    let groups = Memo::new(move |_| {
        let search = search.get();
        let group = |domain| (domain, metrics.with_value(|metrics| found(metrics, domain, &search)));
        Domain::ALL.into_iter().map(group).filter(|(_, found)| !found.is_empty()).collect::<Vec<_>>()
    });
    let own = Memo::new(move |_| metrics.with_value(|metrics| found_own(metrics, &search.get())));
    let is_nothing_found = Memo::new(move |_| groups.with(Vec::is_empty) && own.with(Vec::is_empty));
    let aside = (!aside.is_empty()).then(|| {
        view! {
            <section class="catalogue__group">
                <h2 class="catalogue__domain">{live_text!(locale, own.aside)}</h2>
                <ul class="catalogue__rows">
                    {aside.into_iter().map(|line| view! { <AsideRow line locale /> }).collect_view()}
                </ul>
            </section>
        }
    });
    let actions = may_define.then(|| {
        view! {
            <div class="catalogue__actions">
                <a class="button button--secondary" href=routes::IMPORT_METRICS>
                    {live_text!(locale, own.import)}
                </a>
                <a class="button button--secondary" href=routes::metric_file(None, "toml") download="" rel="external">
                    {live_text!(locale, own.export_all)}
                </a>
                <a class="button button--primary" href=routes::NEW_METRIC>
                    <Icon name=IconName::Plus />
                    <span class="button__label">{live_text!(locale, own.new)}</span>
                </a>
            </div>
        }
    });
    view! {
        <Frame account>
            <main id="content" class="page catalogue">
                <header class="catalogue__head">
                    <div>
                        <h1 class="catalogue__title">{live_text!(locale, catalogue.title)}</h1>
                        <p class="catalogue__note">{move || text!(locale.get(), catalogue.count, count = count)}</p>
                    </div>
                    {actions}
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
                <Show when=move || !own.with(Vec::is_empty)>
                    <section class="catalogue__group">
                        <h2 class="catalogue__domain">{live_text!(locale, own.group)}</h2>
                        <ul class="catalogue__rows">
                            <For each=move || own.get() key=|metric| (metric.id.clone(), metric.version) let:metric>
                                <MetricRow metric locale />
                            </For>
                        </ul>
                    </section>
                </Show>
                <For each=move || groups.get() key=|(domain, found)| (*domain, ids(found)) let((domain, found))>
                    <section class="catalogue__group">
                        <h2 class="catalogue__domain">{move || domain_name(domain, locale.get())}</h2>
                        <ul class="catalogue__rows">
                            {found.into_iter().map(|metric| view! { <MetricRow metric locale /> }).collect_view()}
                        </ul>
                    </section>
                </For>
                {aside}
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

/// One that is out of use.
#[component]
fn AsideRow(line: OwnMetricLine, locale: Signal<Locale>) -> impl IntoView {
    let OwnMetricLine { id, name, version, is_retired, .. } = line;
    let why = move || {
        if is_retired { text!(locale.get(), own.retired) } else { text!(locale.get(), own.broken) }
    };
    view! {
        <li>
            <a class="catalogue__row catalogue__row--aside" href=routes::metric(id.metric())>
                <span class="catalogue__name">{move || name.in_locale(locale.get()).to_owned()}</span>
                <span class="catalogue__definition">{why}</span>
                <span class="catalogue__unit">{move || text!(locale.get(), own.version, version = version)}</span>
                <code class="catalogue__id">{id.to_string()}</code>
            </a>
        </li>
    }
    .into_any()
}
