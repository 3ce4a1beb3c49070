//! The composer: a new metric out of measures and metrics that are there, or a new version of one, with its numbers beside
//! it while it is composed.

mod draft;
mod filter;
mod form;
mod node;
mod preview;
mod term;
mod tree;

use crate::{
    chrome::{DocumentTitle, Frame, Loaded, PageData, load},
    error::AppError,
    i18n::{live_text, text, use_locale},
    routes,
    server_functions::{ComposerData, open_composer},
};
use components::controls::{Icon, IconName};
use draft::Draft;
use form::ComposerForm;
use leptos::prelude::*;
use leptos_router::{LazyRoute, hooks::use_params_map, lazy_route};
use model::{access::Account, metric::own::OwnMetricId};
use preview::ComposerPreview;
use std::sync::Arc;

/// Where metrics are composed. Its code is a part of the bundle that only those load who compose.
pub(crate) struct ComposerRoute {
    data: Resource<Result<PageData<ComposerData>, AppError>>,
}

#[lazy_route]
impl LazyRoute for ComposerRoute {
    fn data() -> Self {
        let address = use_params_map();
        let metric = move || address.with(|address| address.get("metric"));
        let data = Resource::new_blocking(metric, |metric| load(opened(metric)));
        Self { data }
    }

    fn view(this: Self) -> AnyView {
        view! {
            <Loaded data=this.data page=move |account, data| view! { <Composer account data /> }.into_any() />
        }
        .into_any()
    }
}

/// What the address asks for: a new metric, or one that is there.
async fn opened(metric: Option<String>) -> Result<ComposerData, AppError> {
    let id = match metric.map(|metric| (metric.parse::<OwnMetricId>(), metric)) {
        Some((Ok(id), _)) => Some(id),
        Some((Err(_), metric)) => return Err(no_such_metric(&metric)),
        None => None,
    };
    open_composer(id).await
}

fn no_such_metric(metric: &str) -> AppError {
    AppError::not_found(format!("there is no own metric “{metric}”"))
}

#[component]
fn Composer(account: Arc<Account>, data: ComposerData) -> impl IntoView {
    let locale = use_locale();
    let calendar = account.calendar;
    let draft = Draft::new(data, &account.name);
    let before = draft.before.clone();
    let heading = move || match &before {
        Some(before) => text!(locale.get(), own.title_edit, name = before.name.in_locale(locale.get()).to_owned()),
        None => text!(locale.get(), own.title_new).to_owned(),
    };
    let back =
        draft.before.as_ref().map_or_else(|| routes::CATALOGUE.to_owned(), |before| routes::metric(before.id.metric()));
    draft.look_over_as_it_changes();
    view! {
        <DocumentTitle text=Signal::derive(move || text!(locale.get(), own.page_title).to_owned()) />
        <Frame account>
            <main id="content" class="page composer">
                <a class="metric__back" href=back>
                    <Icon name=IconName::ChevronLeft />
                    <span>{live_text!(locale, catalogue.title)}</span>
                </a>
                <header class="metric__head">
                    <h1 class="metric__name">{heading}</h1>
                    <p class="composer__lead">{live_text!(locale, own.lead)}</p>
                </header>
                <div class="composer__columns">
                    <ComposerForm draft=draft.clone() />
                    <ComposerPreview draft calendar />
                </div>
            </main>
        </Frame>
    }
    .into_any()
}
