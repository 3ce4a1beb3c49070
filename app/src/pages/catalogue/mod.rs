//! The catalogue: every metric that may be asked for, and a page about each.

mod aside;
mod composer;
mod facts;
mod import;
mod list;
mod metric;
mod numbers;
mod own_panel;
mod rule_words;
mod unit_words;

use crate::{
    chrome::{DocumentTitle, Loaded, load},
    error::AppError,
    i18n::{text, use_locale},
    server_functions::{MetricCard, OpenedMetric, catalogue, list_own_metrics, open_metric},
};
use aside::AsidePage;
pub(crate) use composer::ComposerRoute;
use import::ImportPage;
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use list::MetricList;
use metric::MetricPage;
use model::metric::{
    CatalogueView,
    own::{OwnMetricLine, OwnMetricView},
};
#[cfg(feature = "ssr")]
pub(crate) use numbers::{numbers_of, preview_numbers_of};

/// What the address asks for.
#[derive(Debug, Clone, serde::Serialize, serde::Deserialize)]
enum Asked {
    /// With the own metrics that are out of use, for editors.
    All(CatalogueView, Vec<OwnMetricLine>),
    One(Box<MetricCard>),
    Aside(Box<OwnMetricView>),
}

async fn asked_for(metric: Option<String>) -> Result<Asked, AppError> {
    if let Some(metric) = metric {
        return open_metric(metric).await.map(|opened| match opened {
            OpenedMetric::InUse(card) => Asked::One(card),
            OpenedMetric::Aside(own) => Asked::Aside(own),
        });
    }
    let catalogue = catalogue().await?;
    // Whoever may not edit is told of no metric that is out of use.
    let own = list_own_metrics().await.unwrap_or_default();
    Ok(Asked::All(catalogue, own.into_iter().filter(|line| line.is_retired || line.is_broken).collect()))
}

/// The catalogue, or the page of one metric.
#[component]
pub(crate) fn CataloguePage() -> impl IntoView {
    let locale = use_locale();
    let address = use_params_map();
    let metric = move || address.with(|address| address.get("metric"));
    let data = Resource::new_blocking(metric, |metric| load(asked_for(metric)));
    view! {
        <DocumentTitle text=Signal::derive(move || text!(locale.get(), catalogue.page_title).to_owned()) />
        <Loaded
            data
            page=move |account, asked| match asked {
                Asked::All(catalogue, aside) => view! { <MetricList account catalogue aside /> }.into_any(),
                Asked::Aside(own) => view! { <AsidePage account own=*own /> }.into_any(),
                Asked::One(card) => view! { <MetricPage account card=*card /> }.into_any(),
            }
        />
    }
}

/// Where metrics are imported.
#[component]
pub(crate) fn ImportMetricsPage() -> impl IntoView {
    let data = Resource::new_blocking(|| (), |()| load(async { Ok(()) }));
    view! { <Loaded data page=move |account, ()| view! { <ImportPage account /> }.into_any() /> }
}
