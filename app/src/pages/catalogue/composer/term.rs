//! A term: which measure or metric, which number of it, and what narrows it.

use super::{
    draft::Draft,
    filter::{FilterEditor, narrowing_dimensions},
    tree::{Node, OpenTerm},
};
use crate::{
    i18n::{label, live_text, stat_name, text, use_locale},
    pages::catalogue::{rule_words::rule_words, unit_words::unit_name},
};
use components::controls::{AddMenu, Choice, Combobox, SelectField};
use leptos::prelude::*;
use model::{
    formatting::Locale,
    metric::{DimensionId, FilterValues, MetricInfo, own::TermSource},
};

const MEASURE: &str = "measure:";
const METRIC: &str = "metric:";

/// Everything there is to choose from, measures after metrics.
fn offered(draft: &Draft, locale: Locale) -> Vec<Choice> {
    draft.composable.with_value(|composable| {
        let own = draft.before.as_ref().map(|before| before.id.metric().clone());
        let metrics =
            composable.catalogue.metrics.iter().filter(|metric| Some(&metric.id) != own.as_ref()).map(|metric| {
                let detail =
                    format!("{} · {} · {}", text!(locale, own.metric), unit_name(metric.unit, locale), metric.id);
                Choice::new(format!("{METRIC}{}", metric.id), metric.name.in_locale(locale))
                    .with_detail(detail)
                    .sounding(metric.sounds.as_str())
            });
        let measures = composable.measures.iter().map(|measure| {
            let detail =
                format!("{} · {} · {}", text!(locale, own.measure), unit_name(measure.unit, locale), measure.id);
            Choice::new(format!("{MEASURE}{}", measure.id), measure.name.in_locale(locale))
                .with_detail(detail)
                .sounding(measure.sounds.as_str())
        });
        metrics.chain(measures).collect()
    })
}

fn written(term: &OpenTerm) -> String {
    match (term.measure(), term.metric()) {
        (Some(id), _) => format!("{MEASURE}{id}"),
        (None, Some(id)) => format!("{METRIC}{id}"),
        (None, None) => String::new(),
    }
}

#[component]
pub(super) fn TermEditor(draft: Draft, path: Vec<usize>) -> impl IntoView {
    let locale = use_locale();
    let path = StoredValue::new(path);
    let draft = StoredValue::new(draft);
    let name = path.with_value(|path| path.iter().map(ToString::to_string).collect::<Vec<_>>().join("-"));
    let name = if name.is_empty() { "whole".to_owned() } else { name };
    let term = Memo::new(move |_| {
        draft.with_value(|draft| path.with_value(|path| draft.read(path, |node: &Node| node.term.clone())))
    });
    let change = move |change: &dyn Fn(&mut OpenTerm)| {
        draft.with_value(|draft| path.with_value(|path| draft.change(path, |node| change(&mut node.term))));
    };
    let choices = Signal::derive(move || draft.with_value(|draft| offered(draft, locale.get())));
    let choose = move |chosen: String| {
        if let Some(id) = chosen.strip_prefix(MEASURE).and_then(|id| id.parse().ok()) {
            change(&move |term: &mut OpenTerm| term.choose_measure(Clone::clone(&id)));
        } else if let Some(id) = chosen.strip_prefix(METRIC).and_then(|id| id.parse().ok()) {
            change(&move |term: &mut OpenTerm| term.choose_metric(Clone::clone(&id)));
        }
    };
    let wrong = move || {
        draft.with_value(|draft| {
            let field = draft.formula.with(|formula| path.with_value(|path| formula.field(path)));
            let found = draft.mistakes().into_iter().find(|mistake| mistake.field == field);
            found.map(|mistake| match mistake.rule {
                model::metric::own::Rule::Missing => text!(locale.get(), rule.choose).to_owned(),
                rule => rule_words(&rule, locale.get()),
            })
        })
    };
    let wrong = Memo::new(move |_| wrong().unwrap_or_default());
    let filtered = Memo::new(move |_| {
        term.with(|term| term.filters.iter().map(|filter| filter.dimension.clone()).collect::<Vec<_>>())
    });
    let addable = Signal::derive(move || {
        let filtered = filtered.get();
        let dimensions = draft.with_value(|draft| term.with(|term| narrowing_dimensions(draft, term)));
        let free = dimensions.into_iter().filter(|(id, _)| !filtered.contains(id));
        free.map(|(id, name)| Choice::new(id.as_str(), name.in_locale(locale.get()))).collect::<Vec<_>>()
    });
    let add = move |dimension: String| {
        if let Ok(dimension) = dimension.parse::<DimensionId>() {
            change(&move |term: &mut OpenTerm| term.narrow(&dimension, FilterValues::In(Vec::new())));
        }
    };
    let definition = move || {
        let id = term.with(|term| term.metric().cloned())?;
        draft.with_value(|draft| {
            draft.catalogue(|catalogue| Some(catalogue.metric(&id)?.definition.in_locale(locale.get()).to_owned()))
        })
    };
    let key = name.clone();
    view! {
        <div class="composer__term">
            <Combobox
                name=format!("term-{name}")
                label=label!(locale, own.term)
                placeholder=label!(locale, own.term_placeholder)
                choices
                value=Signal::derive(move || term.with(written))
                locale
                on_change=choose
            />
            <p class="composer__wrong" role="alert" hidden=move || wrong.with(String::is_empty)>{move || wrong.get()}</p>
            <p class="composer__definition" hidden=move || definition().is_none()>{definition}</p>
            <Which draft term name=name.clone() change=Callback::new(move |source: TermSource| {
                change(&move |term: &mut OpenTerm| term.source = Some(Clone::clone(&source)));
            }) />
            <div class="composer__filters" role="group" aria-label=live_text!(locale, own.filters)>
                <For each=move || filtered.get() key=ToString::to_string let:dimension>
                    <FilterEditor draft path dimension name=key.clone() />
                </For>
                <Show when=move || !addable.with(Vec::is_empty)>
                    <AddMenu
                        name=format!("add-filter-{}", path.with_value(|path| path.iter().map(ToString::to_string).collect::<Vec<_>>().join("-")))
                        label=label!(locale, own.add_filter)
                        offered=addable
                        on_add=add
                    />
                </Show>
            </div>
        </div>
    }
    .into_any()
}

/// Which number of the metric: its statistic, and by whose definition.
#[component]
fn Which(draft: StoredValue<Draft>, term: Memo<OpenTerm>, name: String, change: Callback<TermSource>) -> impl IntoView {
    let locale = use_locale();
    let metric = Memo::new(move |_| {
        let id = term.with(|term| term.metric().cloned())?;
        draft.with_value(|draft| draft.catalogue(|catalogue| catalogue.metric(&id).cloned()))
    });
    let read =
        move |read: fn(&MetricInfo) -> Vec<String>| metric.with(|metric| metric.as_ref().map(read)).unwrap_or_default();
    let stats = Memo::new(move |_| read(|metric| metric.stats.iter().map(ToString::to_string).collect()));
    let profiles = Memo::new(move |_| read(|metric| metric.profiles.iter().map(ToString::to_string).collect()));
    let chosen = move |read: fn(&OpenTerm) -> Option<String>, first: &Memo<Vec<String>>| {
        term.with(read).or_else(|| first.with(|all| all.first().cloned())).unwrap_or_default()
    };
    let put = move |put: &dyn Fn(&mut OpenTerm)| {
        let mut now = term.get_untracked();
        put(&mut now);
        if let Some(source) = now.source {
            change.run(source);
        }
    };
    let stat_choices = Signal::derive(move || {
        let named = |stat: String| {
            let label = stat.parse().map_or_else(|_| stat.clone(), |parsed| stat_name(parsed, locale.get()));
            Choice::new(stat, label)
        };
        stats.get().into_iter().map(named).collect::<Vec<_>>()
    });
    let (stat_field, profile_field) = (format!("stat-{name}"), format!("profile-{name}"));
    view! {
        <Show when=move || stats.with(|stats| stats.len() > 1)>
            <SelectField
                name=stat_field.clone()
                label=label!(locale, own.stat)
                choices=stat_choices
                value=Signal::derive(move || chosen(stat_of, &stats))
                on_change=move |stat: String| {
                    let stat = stat.parse().ok();
                    put(&move |term: &mut OpenTerm| term.choose_stat(stat));
                }
            />
        </Show>
        <Show when=move || profiles.with(|profiles| profiles.len() > 1)>
            <SelectField
                name=profile_field.clone()
                label=label!(locale, own.profile)
                choices=Signal::derive(move || {
                    profiles.get().into_iter().map(|profile| Choice::new(profile.clone(), profile)).collect::<Vec<_>>()
                })
                value=Signal::derive(move || chosen(profile_of, &profiles))
                on_change=move |profile: String| {
                    // The first one is meant where none is named.
                    let is_first = profiles.with_untracked(|all| all.first() == Some(&profile));
                    let chosen = profile.parse().ok().filter(|_| !is_first);
                    put(&move |term: &mut OpenTerm| term.choose_profile(Clone::clone(&chosen)));
                }
            />
        </Show>
    }
    .into_any()
}

fn stat_of(term: &OpenTerm) -> Option<String> {
    match &term.source {
        Some(TermSource::Metric { stat: Some(stat), .. }) => Some(stat.to_string()),
        Some(TermSource::Metric { stat: None, .. } | TermSource::Measure { .. }) | None => None,
    }
}

fn profile_of(term: &OpenTerm) -> Option<String> {
    match &term.source {
        Some(TermSource::Metric { profile: Some(profile), .. }) => Some(profile.to_string()),
        Some(TermSource::Metric { profile: None, .. } | TermSource::Measure { .. }) | None => None,
    }
}
