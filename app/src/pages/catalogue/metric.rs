//! The page about a metric: what it means, and what it says now within the reader's scope.

use super::{
    facts::MetricFacts,
    numbers::{Numbers, numbers_of},
    own_panel::OwnPanel,
};
use crate::{
    chrome::{DocumentTitle, Frame},
    i18n::{live_text, text, use_locale},
    routes,
    server_functions::MetricCard,
};
use components::{
    controls::{Icon, IconName},
    tile::{Names, TileCard, TileSpace, TileState},
};
use leptos::prelude::*;
use model::{
    access::Account,
    board::TileAnswer,
    formatting::Locale,
    metric::{Filter, FilterValues, GroupBy},
    time::Calendar,
};
use std::sync::Arc;

#[component]
pub(super) fn MetricPage(account: Arc<Account>, card: MetricCard) -> impl IntoView {
    let locale = use_locale();
    let calendar = account.calendar;
    let may_define = account.may_define_metrics;
    let MetricCard { metric, catalogue, answers, own } = card;
    let (name, definition) = (StoredValue::new(metric.name.clone()), metric.definition.clone());
    let id = metric.id.to_string();
    let names = Signal::stored(Names::from_catalogue(&catalogue));
    let has_numbers = !answers.is_empty();
    let tiles = numbers_of(&metric).into_iter().zip(answers);
    let tiles: Vec<AnyView> = tiles
        .map(|(numbers, answer)| view! { <MetricNumbers numbers answer names locale calendar /> }.into_any())
        .collect();
    let name = move || name.with_value(|name| name.in_locale(locale.get()).to_owned());
    view! {
        <DocumentTitle text=Signal::derive(move || text!(locale.get(), catalogue.metric_title, name = name())) />
        <Frame account>
            <main id="content" class="page metric">
                <a class="metric__back" href=routes::CATALOGUE>
                    <Icon name=IconName::ChevronLeft />
                    <span>{live_text!(locale, catalogue.title)}</span>
                </a>
                <header class="metric__head">
                    <h1 class="metric__name">{name}</h1>
                    <code class="metric__id">{id}</code>
                    <p class="metric__definition">{move || definition.in_locale(locale.get()).to_owned()}</p>
                </header>
                <section class="metric__numbers" aria-label=live_text!(locale, catalogue.numbers)>
                    <Show when=move || !has_numbers>
                        <p class="catalogue__note">{live_text!(locale, catalogue.numbers_for_editors)}</p>
                    </Show>
                    {tiles}
                </section>
                <section class="metric__about">
                    <h2 class="catalogue__domain">{live_text!(locale, catalogue.about)}</h2>
                    <MetricFacts metric catalogue locale />
                </section>
                {own.map(|own| view! { <OwnPanel own may_define calendar /> })}
            </main>
        </Frame>
    }
    .into_any()
}

/// One picture, drawn by the server for the room it has.
#[component]
pub(super) fn MetricNumbers(
    numbers: Numbers,
    answer: TileAnswer,
    names: Signal<Names>,
    locale: Signal<Locale>,
    calendar: Calendar,
) -> impl IntoView {
    let Numbers { tile, size } = numbers;
    provide_context(TileSpace(Memo::new(move |_| size)));
    let class = format!("metric__tile metric__tile--{}", tile.content.kind().name());
    let state = match answer {
        TileAnswer::Frame(frame) => TileState::Ready { frame: Arc::new(frame), age_seconds: None },
        TileAnswer::Problem(problem) => TileState::Failed { problem, last: None },
    };
    let query = tile.content.query();
    let title_fallback = Signal::derive(move || {
        let locale = locale.get();
        let title = match query.as_ref().and_then(|query| query.by.first()) {
            Some(GroupBy::Dimension(by)) => {
                let name = names.with(|names| names.dimension(by.as_str(), locale));
                text!(locale, catalogue.last_30_days_by, dimension = name)
            }
            Some(GroupBy::Time(_)) => text!(locale, catalogue.last_30_days_daily).to_owned(),
            None => text!(locale, catalogue.last_30_days).to_owned(),
        };
        // Of one value only: retention of the first day, the share of one state.
        let only = query.as_ref().and_then(|query| match query.filters.first() {
            Some(Filter { dimension, values: FilterValues::In(values) }) => match values.as_slice() {
                [Some(value)] => {
                    Some(names.with(|names| names.value(dimension.as_str(), Some(value.as_str()), locale)))
                }
                _ => None,
            },
            Some(_) | None => None,
        });
        only.map_or(title.clone(), |only| format!("{title} · {only}"))
    });
    view! {
        <div class=class>
            <TileCard tile=Signal::stored(tile) title_fallback state=Signal::stored(state) locale names calendar=Signal::stored(calendar) />
        </div>
    }
    .into_any()
}
