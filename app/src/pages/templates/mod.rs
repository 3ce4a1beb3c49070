//! Templates: the gallery of boards that new ones begin with, and a look at one with the reader's own numbers.

mod all;
mod keep;
mod one;

use crate::{
    chrome::{DocumentTitle, Frame, Loaded, PageData, load},
    error::AppError,
    i18n::{text, use_locale},
    server_functions::{catalogue, list_templates, open_template},
};
use all::AllTemplates;
pub(crate) use keep::KeepTemplateDialog;
use leptos::prelude::*;
use leptos_router::{LazyRoute, hooks::use_params_map, lazy_route};
use model::{
    access::Account,
    board::{TemplateBoard, TemplateId, TemplateSummary},
    formatting::Locale,
    metric::CatalogueView,
};
use one::OneTemplate;
use std::sync::Arc;

/// What the address asks for.
#[derive(Debug, Clone, serde::Serialize, serde::Deserialize)]
enum Asked {
    All(Vec<TemplateSummary>),
    One(Box<TemplateBoard>, CatalogueView),
}

/// Where templates are looked at. Its code is a part of the bundle that only editors load.
pub(crate) struct TemplatesRoute {
    data: Resource<Result<PageData<Asked>, AppError>>,
}

#[lazy_route]
impl LazyRoute for TemplatesRoute {
    fn data() -> Self {
        let (address, locale) = (use_params_map(), use_locale());
        let asked = move || (address.with(|address| address.get("template")), locale.get());
        let data = Resource::new_blocking(asked, |(template, locale)| load(asked_for(template, locale)));
        Self { data }
    }

    fn view(this: Self) -> AnyView {
        view! { <Loaded data=this.data page=move |account, asked| view! { <Templates account asked /> }.into_any() /> }
            .into_any()
    }
}

async fn asked_for(template: Option<String>, locale: Locale) -> Result<Asked, AppError> {
    let Some(name) = template else { return list_templates().await.map(Asked::All) };
    let id = name.parse::<TemplateId>().map_err(|error| AppError::not_found(error.to_string()))?;
    let (template, catalogue) = futures::join!(open_template(id, locale), catalogue());
    Ok(Asked::One(Box::new(template?), catalogue?))
}

#[component]
fn Templates(account: Arc<Account>, asked: Asked) -> impl IntoView {
    let locale = use_locale();
    let calendar = account.calendar;
    let named = match &asked {
        Asked::All(_) => None,
        Asked::One(template, _) => Some(template.summary.name.clone()),
    };
    let title = Signal::derive(move || {
        let locale = locale.get();
        named.as_ref().map_or_else(
            || text!(locale, templates.page_title).to_owned(),
            |name| text!(locale, templates.template_title, name = name.in_locale(locale).to_owned()),
        )
    });
    view! {
        <DocumentTitle text=title />
        <Frame account>
            {match asked {
                Asked::All(templates) => view! { <AllTemplates templates /> }.into_any(),
                Asked::One(template, catalogue) => view! { <OneTemplate template=*template catalogue calendar /> }.into_any(),
            }}
        </Frame>
    }
    .into_any()
}
