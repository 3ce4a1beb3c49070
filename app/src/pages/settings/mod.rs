//! What is set: the own account, and what administrators set for the organisation. One part of the bundle, which nobody loads
//! who only looks at boards.

mod account;
mod appearance;
mod desk;
mod people;

use crate::{
    chrome::{DocumentTitle, Frame, Loaded, PageData, load},
    error::AppError,
    i18n::{live_text, text, use_locale},
    routes,
    server_functions::{list_people, open_appearance, open_desk},
    session::list_own_sessions,
};
use account::AccountPage;
use appearance::AppearancePage;
use desk::DeskPage;
use leptos::prelude::*;
use leptos_router::{LazyRoute, hooks::use_params_map, lazy_route};
use model::{
    access::{Account, Desk, OwnSession, Person},
    appearance::AppearanceSettings,
    formatting::Locale,
    problem::{Problem, ProblemCode},
};
use people::PeoplePage;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// A page of the settings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum SettingsPage {
    Account,
    People,
    Desk,
    Appearance,
}

/// What a page shows.
#[derive(Debug, Clone, Serialize, Deserialize)]
enum Content {
    Account(Vec<OwnSession>),
    People(Vec<Person>),
    Desk(Desk),
    Appearance(AppearanceSettings),
}

impl SettingsPage {
    const ALL: [Self; 4] = [Self::Account, Self::People, Self::Desk, Self::Appearance];

    /// Where it is, below `/settings`.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Account => "account",
            Self::People => "people",
            Self::Desk => "grants",
            Self::Appearance => "appearance",
        }
    }

    /// Whether it is for administrators alone.
    const fn is_for_administrators(self) -> bool {
        match self {
            Self::Account => false,
            Self::People | Self::Desk | Self::Appearance => true,
        }
    }

    pub(crate) fn title(self, locale: Locale) -> &'static str {
        match self {
            Self::Account => text!(locale, own_account.title),
            Self::People => text!(locale, people.title),
            Self::Desk => text!(locale, desk.title),
            Self::Appearance => text!(locale, appearance.title),
        }
    }

    async fn content(self) -> Result<Content, AppError> {
        Ok(match self {
            Self::Account => Content::Account(list_own_sessions().await?),
            Self::People => Content::People(list_people().await?),
            Self::Desk => Content::Desk(open_desk().await?),
            Self::Appearance => Content::Appearance(open_appearance().await?),
        })
    }
}

/// The settings.
pub(crate) struct SettingsRoute {
    data: Resource<Result<PageData<Content>, AppError>>,
}

#[lazy_route]
impl LazyRoute for SettingsRoute {
    fn data() -> Self {
        let params = use_params_map();
        let named = move || params.with(|params| params.get("page").unwrap_or_default());
        Self { data: Resource::new_blocking(named, |named| load(content_of(named))) }
    }

    fn view(this: Self) -> AnyView {
        let page = move |account: Arc<Account>, content| match content {
            Content::Account(sessions) => view! { <AccountPage account sessions /> }.into_any(),
            Content::People(people) => view! { <PeoplePage account people /> }.into_any(),
            Content::Desk(desk) => view! { <DeskPage account desk /> }.into_any(),
            Content::Appearance(settings) => view! { <AppearancePage account settings /> }.into_any(),
        };
        view! { <Loaded data=this.data page /> }.into_any()
    }
}

async fn content_of(named: String) -> Result<Content, AppError> {
    match SettingsPage::ALL.into_iter().find(|page| page.name() == named) {
        Some(page) => page.content().await,
        None => Err(AppError::Refused(Problem::new(ProblemCode::NotFound, "there is no such page of settings"))),
    }
}

/// A page of the settings with the way to the others above it.
#[component]
fn SettingsFrame(
    account: Arc<Account>,
    page: SettingsPage,
    #[prop(into)] title: Signal<String>,
    /// Of the page itself.
    class: &'static str,
    children: Children,
) -> impl IntoView {
    let locale = use_locale();
    let may_administer = account.role.may_administer();
    let others = SettingsPage::ALL.into_iter().filter(move |page| may_administer || !page.is_for_administrators());
    let link = move |other: SettingsPage| {
        view! {
            <li>
                <a
                    class="settings__link"
                    href=routes::settings(other)
                    aria-current=(other == page).then_some("page")
                >
                    {move || other.title(locale.get())}
                </a>
            </li>
        }
    };
    view! {
        <DocumentTitle text=title />
        <Frame account>
            <nav class="settings" aria-label=live_text!(locale, settings.title)>
                <ul class="settings__links">{others.map(link).collect_view()}</ul>
            </nav>
            <main id="content" class=format!("page {class}")>
                {children()}
            </main>
        </Frame>
    }
    .into_any()
}
