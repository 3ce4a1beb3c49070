//! A page that waits for who is asking and for its data, and what is shown where either is refused.

use super::{Frame, ProblemMessage, painted::provide_appearance};
use crate::{error::AppError, i18n::use_locale, routes, session::current_account};
use components::controls::{Skeleton, SkeletonShape};
use leptos::prelude::*;
use leptos_router::{components::Redirect, hooks::use_location};
use model::{access::Account, problem::ProblemCode};
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use std::{future::Future, sync::Arc};

/// Who is asking, and what the page shows them.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct PageData<T> {
    pub account: Account,
    pub content: Result<T, AppError>,
}

/// Asks for both at once.
pub async fn load<T>(content: impl Future<Output = Result<T, AppError>> + Send) -> Result<PageData<T>, AppError> {
    let (account, content) = futures::join!(current_account(), content);
    Ok(PageData { account: account?, content })
}

/// Shows a page once its data is there: signed out, it leads to the sign-in and back; refused, it says why.
#[component]
pub(crate) fn Loaded<T, V>(
    data: Resource<Result<PageData<T>, AppError>>,
    /// Draws the page, the bar included.
    page: V,
) -> impl IntoView
where
    T: Clone + Serialize + DeserializeOwned + Send + Sync + 'static,
    V: Fn(Arc<Account>, T) -> AnyView + Send + Sync + 'static,
{
    let page = Arc::new(page);
    view! {
        <Transition fallback=|| view! { <Waiting /> }>
            {move || {
                let page = Arc::clone(&page);
                Suspend::new(async move {
                    match data.await {
                        Ok(PageData { account, content: Ok(content) }) => {
                            provide_appearance(&account);
                            page(Arc::new(account), content)
                        }
                        Ok(PageData { account, content: Err(error) }) => refused(Some(Arc::new(account)), error),
                        Err(error) => refused(None, error),
                    }
                })
            }}
        </Transition>
    }
}

fn refused(account: Option<Arc<Account>>, error: AppError) -> AnyView {
    if error.code() == Some(ProblemCode::SignInRequired) {
        let location = use_location();
        let here =
            format!("{}{}", location.pathname.get_untracked(), location.search.with_untracked(|search| query(search)));
        return view! { <Redirect path=routes::sign_in_and_return(&here) /> }.into_any();
    }
    let Some(account) = account else {
        return view! { <main class="page page--message"><ProblemMessage error /></main> }.into_any();
    };
    view! {
        <Frame account>
            <main id="content" class="page page--message">
                <ProblemMessage error />
            </main>
        </Frame>
    }
    .into_any()
}

fn query(search: &str) -> String {
    if search.is_empty() { String::new() } else { format!("?{search}") }
}

/// The outline of a page while the browser waits for its data.
#[component]
fn Waiting() -> impl IntoView {
    let locale = use_locale();
    view! {
        <div class="frame">
            <header class="topbar"></header>
            <main class="page" aria-busy="true" aria-label=crate::i18n::live_text!(locale, common.loading)>
                <Skeleton shape=SkeletonShape::Plot />
            </main>
        </div>
    }
}
