//! Choosing a metric: searched in both languages, with its definition in sight.

use super::data::{Binding, NONE};
use crate::{
    i18n::{label, live_text, text, use_locale},
    pages::builder::{
        choice::{Choices, more_metrics_need},
        fit::{draws, fits_beside, offered_beside, offered_more},
    },
};
use components::controls::{Choice, Combobox, IconButton, IconName};
use leptos::prelude::*;
use model::{
    board::Shape,
    formatting::Locale,
    metric::{MetricInfo, MetricRef, own::OwnMetricId},
    text::LocalText,
};

/// A metric in a menu: its name here, its other name and its id beside it.
fn offered(metric: &MetricInfo, locale: Locale) -> Choice {
    let other = match locale {
        Locale::ZhCn => &metric.name.en,
        Locale::En => &metric.name.zh,
    };
    Choice::new(metric.id.as_str(), metric.name.in_locale(locale))
        .with_detail(format!("{other} · {}", metric.id))
        .sounding(metric.sounds.as_str())
}

/// The metric of the tile.
#[component]
pub(crate) fn MetricField(binding: Binding) -> impl IntoView {
    let locale = use_locale();
    let metrics = Signal::derive(move || {
        binding.catalogue.with_value(|catalogue| {
            let drawn = catalogue.metrics.iter().filter(|metric| draws(binding.kind, metric));
            drawn.map(|metric| offered(metric, locale.get())).collect::<Vec<_>>()
        })
    });
    let choose = move |id: String| {
        let found = binding
            .catalogue
            .with_value(|catalogue| catalogue.metrics.iter().find(|metric| metric.id.as_str() == id).cloned());
        let Some(metric) = found else { return };
        let choices = match binding.choices.get_untracked() {
            Some(mut choices) => {
                binding.catalogue.with_value(|catalogue| choices.change_metric(binding.kind, &metric, catalogue));
                choices
            }
            None => Choices::usual(binding.kind, &metric),
        };
        binding.keep(&choices);
    };
    let in_words = move |read: fn(&MetricInfo) -> &LocalText| {
        binding.metric.with(|metric| metric.as_ref().map(|metric| read(metric).in_locale(locale.get()).to_owned()))
    };
    let formula = move || {
        binding
            .metric
            .with(|metric| metric.as_ref().map(|metric| metric.formula.in_locale(locale.get()).to_owned()))
            .filter(|text| !text.is_empty())
    };
    let version = move || {
        let own = |metric: &MetricInfo| OwnMetricId::try_from(&metric.id).is_ok().then_some(metric.version);
        let version = binding.metric.with(|metric| metric.as_ref().and_then(own));
        version.map(|version| text!(locale.get(), own.version, version = version))
    };
    view! {
        <Combobox
            name="tile-metric"
            label=label!(locale, inspector.metric)
            placeholder=label!(locale, inspector.metric_placeholder)
            choices=metrics
            value=Signal::derive(move || binding.read(|choices| choices.metric.id.to_string()))
            locale
            on_change=choose
        />
        <Show when=move || binding.metric.with(Option::is_some)>
            <div class="inspector__definition">
                <p>{move || in_words(|metric| &metric.definition)}</p>
                <p class="inspector__formula">{formula}</p>
                <p class="inspector__version">{version}</p>
            </div>
        </Show>
        <Show when=move || binding.choices.with(Option::is_some) && binding.metric.with(Option::is_none)>
            <p class="inspector__warning">{live_text!(locale, inspector.metric_out_of_scope)}</p>
        </Show>
    }
}

/// The metrics beside the first, for components that draw several.
#[component]
pub(crate) fn OtherMetrics(binding: Binding) -> impl IntoView {
    let (least, most) = more_metrics_need(binding.kind);
    if most == 0 {
        return ().into_any();
    }
    if binding.kind.shape() == Shape::Table {
        return view! { <MoreMetrics binding /> }.into_any();
    }
    (0..most).map(|place| view! { <MetricBeside binding place is_needed=place < least /> }).collect_view().into_any()
}

/// One of a fixed number of metrics: what a line shows beside columns, or how high and how large a point is.
#[component]
fn MetricBeside(binding: Binding, place: usize, is_needed: bool) -> impl IntoView {
    let locale = use_locale();
    let own = move |choices: &Choices| choices.more_metrics.get(place).map(|metric| metric.id.to_string());
    let metrics = Signal::derive(move || {
        let Some(chosen) = binding.choices.get() else { return Vec::new() };
        let none = (!is_needed).then(|| Choice::new(NONE, text!(locale.get(), inspector.no_metric)));
        binding.catalogue.with_value(|catalogue| {
            let fits = catalogue.metrics.iter().filter(|metric| fits_beside(metric, &chosen));
            none.into_iter().chain(fits.map(|metric| offered(metric, locale.get()))).collect::<Vec<_>>()
        })
    });
    let choose = move |id: String| {
        let metric = binding.catalogue.with_value(|catalogue| {
            let metric = catalogue.metrics.iter().find(|metric| metric.id.as_str() == id)?;
            Some(MetricRef { stat: metric.stats.last().copied(), ..MetricRef::plain(metric.id.clone()) })
        });
        binding.change(|choices| match metric {
            Some(metric) if place < choices.more_metrics.len() => {
                if let Some(old) = choices.more_metrics.get_mut(place) {
                    *old = metric;
                }
            }
            Some(metric) => choices.more_metrics.push(metric),
            None if !is_needed => choices.more_metrics.truncate(place),
            None => {}
        });
    };
    let label = Signal::derive(move || {
        let locale = locale.get();
        match (binding.kind.shape(), place) {
            (Shape::Points, 0) => text!(locale, inspector.metric_upwards),
            (Shape::Points, _) => text!(locale, inspector.metric_size),
            (_, _) => text!(locale, inspector.metric_line),
        }
        .to_owned()
    });
    view! {
        <Combobox
            name=if place == 0 { "tile-second-metric" } else { "tile-third-metric" }
            label
            placeholder=label!(locale, inspector.metric_placeholder)
            choices=metrics
            value=Signal::derive(move || binding.read(|choices| own(choices).unwrap_or_default()))
            locale
            on_change=choose
        />
    }
    .into_any()
}

/// Further columns of a table.
#[component]
fn MoreMetrics(binding: Binding) -> impl IntoView {
    let locale = use_locale();
    let name = move |metric: &MetricRef| binding.names.with(|names| names.column(&metric.column_name(), locale.get()));
    let addable = Signal::derive(move || {
        let Some(chosen) = binding.choices.get() else { return Vec::new() };
        binding.catalogue.with_value(|catalogue| {
            let beside = offered_beside(&chosen, catalogue);
            let beside = beside.into_iter().map(|metric| Choice::new(metric.column_name(), name(&metric)));
            let more = offered_more(&chosen, catalogue);
            beside.chain(more.into_iter().map(|metric| offered(metric, locale.get()))).collect::<Vec<_>>()
        })
    });
    let add = move |chosen: String| {
        let metric = binding.catalogue.with_value(|catalogue| {
            let beside = binding.read(|choices| offered_beside(choices, catalogue));
            let worked_out = beside.into_iter().find(|metric| metric.column_name() == chosen);
            worked_out.or_else(|| {
                let metric = catalogue.metrics.iter().find(|metric| metric.id.as_str() == chosen)?;
                Some(MetricRef { stat: metric.stats.last().copied(), ..MetricRef::plain(metric.id.clone()) })
            })
        });
        if let Some(metric) = metric {
            binding.change(|choices| choices.more_metrics.push(metric));
        }
    };
    view! {
        <ul class="chips">
            <For each=move || binding.read(|choices| choices.more_metrics.clone()) key=MetricRef::column_name let:metric>
                {
                    let shown = metric.clone();
                    let spoken = metric.clone();
                    view! {
                        <li class="chip">
                            <span class="chip__label">{move || name(&shown)}</span>
                            <IconButton
                                icon=IconName::Close
                                label=Signal::derive(move || {
                                    text!(locale.get(), inspector.remove_named, name = name(&spoken))
                                })
                                on_click=move |()| {
                                    let metric = metric.clone();
                                    binding.change(|choices| choices.more_metrics.retain(|other| *other != metric));
                                }
                            />
                        </li>
                    }
                }
            </For>
        </ul>
        <Combobox
            name="tile-more-metrics"
            label=label!(locale, inspector.add_metric)
            placeholder=label!(locale, inspector.metric_placeholder)
            choices=addable
            value=Signal::stored(String::new())
            locale
            on_change=add
        />
    }
}
