//! The catalogue: every metric that may be asked for, and a page about each.

mod facts;
mod list;
mod metric;
mod numbers;
mod unit_words;

use crate::{
    chrome::{DocumentTitle, Loaded, load},
    error::AppError,
    i18n::{text, use_locale},
    server_functions::{MetricCard, catalogue, open_metric},
};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use list::MetricList;
use metric::MetricPage;
use model::metric::CatalogueView;
#[cfg(feature = "ssr")]
pub(crate) use numbers::numbers_of;

/// What the address asks for.
#[derive(Debug, Clone, serde::Serialize, serde::Deserialize)]
enum Asked {
    All(CatalogueView),
    One(Box<MetricCard>),
}

async fn asked_for(metric: Option<String>) -> Result<Asked, AppError> {
    match metric {
        Some(metric) => open_metric(metric).await.map(|card| Asked::One(Box::new(card))),
        None => catalogue().await.map(Asked::All),
    }
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
                Asked::All(catalogue) => view! { <MetricList account catalogue /> }.into_any(),
                Asked::One(card) => view! { <MetricPage account card=*card /> }.into_any(),
            }
        />
    }
}
