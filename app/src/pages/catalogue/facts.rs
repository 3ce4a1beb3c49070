//! What is to be known about a metric, line by line.

use super::unit_words::{additivity_words, unit_name};
use crate::i18n::{domain_name, grain_name, live_text, stat_name, text};
use leptos::prelude::*;
use model::{
    formatting::Locale,
    metric::{CatalogueView, MetricInfo, own::Derived},
};

/// What follows from a formula that is being composed.
#[component]
pub(super) fn DerivedFacts(derived: Derived, catalogue: CatalogueView, locale: Signal<Locale>) -> impl IntoView {
    let Derived { unit, additivity, domains, dimensions, grains, formula } = derived;
    let listed = move |names: Vec<String>| names.join(text!(locale.get(), common.list_separator));
    let split = move || {
        let name = |id| catalogue.dimension(id).map(|dimension| dimension.name.in_locale(locale.get()).to_owned());
        listed(dimensions.iter().filter_map(name).collect())
    };
    let grains = move || listed(grains.iter().map(|grain| grain_name(*grain, locale.get()).to_owned()).collect());
    let domains = move || listed(domains.iter().map(|domain| domain_name(*domain, locale.get()).to_owned()).collect());
    view! {
        <h3 class="composer__role">{live_text!(locale, own.derived)}</h3>
        <dl class="metric__facts metric__facts--derived">
            <dt>{live_text!(locale, catalogue.formula)}</dt>
            <dd>
                <code class="metric__formula">{move || formula.in_locale(locale.get()).to_owned()}</code>
            </dd>
            <dt>{live_text!(locale, catalogue.unit)}</dt>
            <dd>{move || unit_name(unit, locale.get())}</dd>
            <dt>{live_text!(locale, catalogue.additivity)}</dt>
            <dd>{move || additivity_words(additivity, locale.get())}</dd>
            <dt>{live_text!(locale, catalogue.dimensions)}</dt>
            <dd>{split}</dd>
            <dt>{live_text!(locale, catalogue.grains)}</dt>
            <dd>{grains}</dd>
            <dt>{live_text!(locale, catalogue.domain)}</dt>
            <dd>{domains}</dd>
        </dl>
    }
    .into_any()
}

/// Formula, unit, what it may be split by, who answers for it.
#[component]
pub(super) fn MetricFacts(metric: MetricInfo, catalogue: CatalogueView, locale: Signal<Locale>) -> impl IntoView {
    let MetricInfo { formula, unit, additivity, domains, dimensions, grains, stats, profiles, .. } = metric;
    let (owner, source, version, minimum_sample) = (metric.owner, metric.source, metric.version, metric.minimum_sample);
    let listed = move |names: Vec<String>| names.join(text!(locale.get(), common.list_separator));
    let split = move || {
        let name = |id| catalogue.dimension(id).map(|dimension| dimension.name.in_locale(locale.get()).to_owned());
        listed(dimensions.iter().filter_map(name).collect())
    };
    let grains = move || listed(grains.iter().map(|grain| grain_name(*grain, locale.get()).to_owned()).collect());
    let domains = move || listed(domains.iter().map(|domain| domain_name(*domain, locale.get()).to_owned()).collect());
    let stats = (!stats.is_empty())
        .then_some(move || listed(stats.iter().map(|stat| stat_name(*stat, locale.get())).collect()));
    let profiles =
        (!profiles.is_empty()).then(|| profiles.iter().map(ToString::to_string).collect::<Vec<_>>().join(" · "));
    let sample =
        (minimum_sample > 0).then_some(move || text!(locale.get(), catalogue.sample_words, count = minimum_sample));
    view! {
        <dl class="metric__facts">
            <dt>{live_text!(locale, catalogue.formula)}</dt>
            <dd>
                <code class="metric__formula">{move || formula.in_locale(locale.get()).to_owned()}</code>
            </dd>
            <dt>{live_text!(locale, catalogue.unit)}</dt>
            <dd>{move || unit_name(unit, locale.get())}</dd>
            <dt>{live_text!(locale, catalogue.additivity)}</dt>
            <dd>{move || additivity_words(additivity, locale.get())}</dd>
            <dt>{live_text!(locale, catalogue.dimensions)}</dt>
            <dd>{split}</dd>
            <dt>{live_text!(locale, catalogue.grains)}</dt>
            <dd>{grains}</dd>
            {stats.map(|stats| view! { <dt>{live_text!(locale, catalogue.stats)}</dt><dd>{stats}</dd> })}
            {profiles.map(|profiles| view! { <dt>{live_text!(locale, catalogue.profiles)}</dt><dd>{profiles}</dd> })}
            {sample.map(|sample| view! { <dt>{live_text!(locale, catalogue.sample)}</dt><dd>{sample}</dd> })}
            <dt>{live_text!(locale, catalogue.domain)}</dt>
            <dd>{domains}</dd>
            <dt>{live_text!(locale, catalogue.owner)}</dt>
            <dd>{owner}</dd>
            <dt>{live_text!(locale, catalogue.source)}</dt>
            <dd>{source}</dd>
            <dt>{live_text!(locale, catalogue.version)}</dt>
            <dd>{version}</dd>
        </dl>
    }
    .into_any()
}
