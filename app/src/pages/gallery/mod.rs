//! The gallery: every component with made-up numbers, and a page about each, drawn from the descriptions that palette and
//! inspector use.

mod all;
mod one;
mod shown;

use crate::{
    chrome::{DocumentTitle, Frame, Loaded, PageData, load},
    error::AppError,
    i18n::{component_name, text, use_locale},
};
use all::AllComponents;
use leptos::prelude::*;
use leptos_router::{LazyRoute, hooks::use_params_map, lazy_route};
use model::{access::Account, board::ComponentKind};
use one::OneComponent;
pub(crate) use shown::{Shown, ready, tile_of};
use std::sync::Arc;

/// Where components are looked at. Its code is a part of the bundle of its own.
pub(crate) struct GalleryRoute {
    data: Resource<Result<PageData<Option<ComponentKind>>, AppError>>,
}

#[lazy_route]
impl LazyRoute for GalleryRoute {
    fn data() -> Self {
        let address = use_params_map();
        let kind = move || address.with(|address| address.get("kind"));
        let data = Resource::new_blocking(kind, |kind| load(std::future::ready(asked_for(kind))));
        Self { data }
    }

    fn view(this: Self) -> AnyView {
        view! { <Loaded data=this.data page=move |account, kind| view! { <Gallery account kind /> }.into_any() /> }
            .into_any()
    }
}

/// What the address asks for: all components, or one.
fn asked_for(kind: Option<String>) -> Result<Option<ComponentKind>, AppError> {
    let Some(name) = kind else { return Ok(None) };
    let found = ComponentKind::ALL.into_iter().find(|kind| kind.name() == name);
    found.map(Some).ok_or_else(|| AppError::not_found(format!("there is no component “{name}”")))
}

#[component]
fn Gallery(account: Arc<Account>, kind: Option<ComponentKind>) -> impl IntoView {
    let locale = use_locale();
    let title = Signal::derive(move || {
        let locale = locale.get();
        kind.map_or_else(
            || text!(locale, gallery.page_title).to_owned(),
            |kind| text!(locale, gallery.component_title, name = component_name(kind, locale)),
        )
    });
    let calendar = account.calendar;
    view! {
        <DocumentTitle text=title />
        <Frame account>
            {match kind {
                None => view! { <AllComponents calendar /> }.into_any(),
                Some(kind) => view! { <OneComponent kind calendar /> }.into_any(),
            }}
        </Frame>
    }
    .into_any()
}
