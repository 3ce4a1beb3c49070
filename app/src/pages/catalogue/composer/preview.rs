//! What the metric would show, within the scope of whoever composes it, and what follows from its formula.

use super::draft::Draft;
use crate::{
    i18n::{error_words, live_text, text, use_locale},
    pages::catalogue::{facts::DerivedFacts, metric::MetricNumbers, numbers::preview_numbers_of},
};
use components::{controls::Spinner, tile::Names};
use leptos::prelude::*;
use model::{metric::CatalogueView, time::Calendar};

#[component]
pub(super) fn ComposerPreview(draft: Draft, calendar: Calendar) -> impl IntoView {
    let locale = use_locale();
    let looked = draft.looked;
    let dimensions = draft.catalogue(|catalogue| catalogue.dimensions.clone());
    let catalogue = StoredValue::new(CatalogueView { metrics: Vec::new(), dimensions });
    let shown = move || {
        let (metric, answer) = looked.with(|looked| Some((looked.metric.clone()?, looked.answer.clone()?)))?;
        let derived = answer.checked.derived?;
        let numbers = preview_numbers_of(&metric, &derived);
        let info = super::super::numbers::info_of(&metric, &derived);
        let names =
            Names::from_catalogue(&catalogue.with_value(|catalogue| CatalogueView {
                metrics: vec![info],
                dimensions: catalogue.dimensions.clone(),
            }));
        let names = Signal::stored(names);
        let tiles: Vec<AnyView> = numbers
            .into_iter()
            .zip(answer.answers)
            .map(|(numbers, answer)| view! { <MetricNumbers numbers answer names locale calendar /> }.into_any())
            .collect();
        let facts = catalogue
            .with_value(|catalogue| view! { <DerivedFacts derived catalogue=catalogue.clone() locale /> }.into_any());
        Some(view! { <div class="composer__tiles">{tiles}</div>{facts} }.into_any())
    };
    let formula = draft.formula;
    let told = move || {
        if let Some(error) = looked.with(|looked| looked.failed.clone()) {
            let words = error_words(&error, locale.get());
            return format!("{} {}", words.title, words.advice);
        }
        if formula.with(|formula| formula.composition().is_err()) {
            return text!(locale.get(), own.preview_waiting).to_owned();
        }
        if looked.with(|looked| looked.answer.is_none()) {
            return text!(locale.get(), own.preview_busy).to_owned();
        }
        text!(locale.get(), own.preview_wrong).to_owned()
    };
    view! {
        <aside class="composer__preview" aria-label=live_text!(locale, own.preview)>
            <header class="composer__preview-head">
                <h2 class="composer__heading">{live_text!(locale, own.preview)}</h2>
                <span class="composer__busy" aria-hidden="true">
                    {move || looked.with(|looked| looked.is_busy).then(|| view! { <Spinner /> })}
                </span>
            </header>
            <p class="composer__hint">{live_text!(locale, own.preview_scope)}</p>
            <div class="composer__preview-body" aria-live="polite">
                {move || match shown() {
                    Some(shown) => shown,
                    None => view! { <p class="composer__empty">{told()}</p> }.into_any(),
                }}
            </div>
        </aside>
    }
    .into_any()
}
