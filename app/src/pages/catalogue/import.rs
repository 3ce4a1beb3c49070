//! Metrics from a file: chosen or pasted, looked over as a whole, and taken over as a whole.

use super::rule_words::{place_words, rule_words};
use crate::{
    chrome::{DocumentTitle, Frame},
    i18n::{error_words, label, live_text, text, use_locale},
    routes,
    server_functions::import_metrics,
};
use components::controls::{Button, ButtonKind, FieldKind, Icon, IconName, Submits, TextField};
use js_sys::{Function, Promise, Reflect};
use leptos::{ev, prelude::*, task::spawn_local};
use model::{
    access::Account,
    formatting::Locale,
    metric::own::{ImportLine, Imported, ImportedAs, Mistake},
};
use std::sync::Arc;
use wasm_bindgen::{JsCast as _, JsValue};
use wasm_bindgen_futures::JsFuture;

#[component]
pub(super) fn ImportPage(account: Arc<Account>) -> impl IntoView {
    let locale = use_locale();
    let content = RwSignal::new(String::new());
    let import = Action::new(|text: &String| {
        let text = text.clone();
        async move { import_metrics(text).await }
    });
    let submit = move |event: ev::SubmitEvent| {
        event.prevent_default();
        let text = content.get_untracked();
        if !text.trim().is_empty() {
            import.dispatch(text);
        }
    };
    let outcome = move || match import.value().get() {
        None => ().into_any(),
        Some(Ok(Imported::Done { metrics })) => view! { <Done metrics locale /> }.into_any(),
        Some(Ok(Imported::Refused { mistakes })) => view! { <Refused mistakes locale /> }.into_any(),
        Some(Err(error)) => {
            let words = error_words(&error, locale.get());
            view! { <p class="composer__wrong" role="alert">{format!("{} {}", words.title, words.advice)}</p> }
                .into_any()
        }
    };
    view! {
        <DocumentTitle text=Signal::derive(move || text!(locale.get(), own.page_title).to_owned()) />
        <Frame account>
            <main id="content" class="page metric import">
                <a class="metric__back" href=routes::CATALOGUE>
                    <Icon name=IconName::ChevronLeft />
                    <span>{live_text!(locale, catalogue.title)}</span>
                </a>
                <header class="metric__head">
                    <h1 class="metric__name">{live_text!(locale, own.import_title)}</h1>
                    <p class="composer__lead">{live_text!(locale, own.import_lead)}</p>
                </header>
                <form class="composer__section" on:submit=submit>
                    <label class="import__file button button--secondary">
                        <Icon name=IconName::Folder />
                        <span>{live_text!(locale, own.import_file)}</span>
                        <input
                            type="file"
                            name="metric-file"
                            accept=".toml,.json,application/toml,application/json"
                            on:change:target=move |event| read_file(&event.target(), content)
                        />
                    </label>
                    <TextField
                        name="metric-text"
                        label=label!(locale, own.import_text)
                        kind=FieldKind::Paragraph
                        rows=16
                        value=content
                        on_input=move |text: String| content.set(text)
                    />
                    <div class="composer__foot">
                        <Button kind=ButtonKind::Primary submits=Submits::Form busy=import.pending()>
                            {live_text!(locale, own.import_do)}
                        </Button>
                    </div>
                </form>
                <div class="import__outcome" aria-live="polite">{outcome}</div>
            </main>
        </Frame>
    }
    .into_any()
}

/// Puts the content of the chosen file into the field, to be read before it is taken over.
fn read_file(input: &JsValue, content: RwSignal<String>) {
    let member = |of: &JsValue, name: &str| Reflect::get(of, &JsValue::from_str(name)).ok();
    let file = member(input, "files").and_then(|files| member(&files, "0"));
    let reading = file.and_then(|file| {
        let read = member(&file, "text")?.dyn_into::<Function>().ok()?;
        read.call0(&file).ok()?.dyn_into::<Promise>().ok()
    });
    let Some(reading) = reading else { return };
    spawn_local(async move {
        if let Some(text) = JsFuture::from(reading).await.ok().and_then(|text| text.as_string()) {
            let _ = content.try_set(text);
        }
    });
}

#[component]
fn Refused(mistakes: Vec<Mistake>, locale: Signal<Locale>) -> impl IntoView {
    let row = move |mistake: Mistake| {
        let rule = mistake.rule.clone();
        view! {
            <li class="import__mistake">
                <code class="import__place">{move || place_words(&mistake, locale.get())}</code>
                <span>{move || rule_words(&rule, locale.get())}</span>
            </li>
        }
    };
    view! {
        <section class="import__refused" role="alert">
            <h2 class="composer__heading">{live_text!(locale, own.import_mistakes)}</h2>
            <ul>{mistakes.into_iter().map(row).collect_view()}</ul>
        </section>
    }
    .into_any()
}

#[component]
fn Done(metrics: Vec<ImportLine>, locale: Signal<Locale>) -> impl IntoView {
    let row = move |line: ImportLine| {
        let ImportLine { id, version, imported } = line;
        let words = move || match imported {
            ImportedAs::New => text!(locale.get(), own.import_new, version = version),
            ImportedAs::NewVersion => text!(locale.get(), own.import_version, version = version),
            ImportedAs::Unchanged => text!(locale.get(), own.import_unchanged).to_owned(),
        };
        view! {
            <li class="import__done">
                <a href=routes::metric(id.metric())>{id.to_string()}</a>
                <span class="catalogue__note">{words}</span>
            </li>
        }
    };
    view! {
        <section class="composer__section" role="status">
            <h2 class="composer__heading">{live_text!(locale, own.import_done)}</h2>
            <ul>{metrics.into_iter().map(row).collect_view()}</ul>
        </section>
    }
    .into_any()
}
