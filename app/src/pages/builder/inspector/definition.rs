//! Which number of the metric: its statistic, by whose definition, and what is worked out from it.

use super::data::{Binding, NONE};
use crate::i18n::{label, stat_name, text, use_locale};
use components::{
    controls::{Choice, SelectField},
    tile::calculation_name,
};
use leptos::prelude::*;
use model::metric::Calculation;

#[component]
pub(super) fn StatField(binding: Binding) -> impl IntoView {
    let locale = use_locale();
    let stats = Memo::new(move |_| {
        binding.metric.with(|metric| metric.as_ref().map(|metric| metric.stats.clone()).unwrap_or_default())
    });
    let choices = Signal::derive(move || {
        stats
            .get()
            .into_iter()
            .map(|stat| Choice::new(stat.to_string(), stat_name(stat, locale.get())))
            .collect::<Vec<_>>()
    });
    view! {
        <Show when=move || stats.with(|stats| stats.len() > 1)>
            <SelectField
                name="tile-stat"
                label=label!(locale, inspector.stat)
                choices
                value=Signal::derive(move || {
                    binding.read(|choices| choices.metric.stat.map(|stat| stat.to_string()).unwrap_or_default())
                })
                on_change=move |stat: String| binding.change(|choices| choices.metric.stat = stat.parse().ok())
            />
        </Show>
    }
}

/// By whose definition, where there are several.
#[component]
pub(super) fn ProfileField(binding: Binding) -> impl IntoView {
    let locale = use_locale();
    let profiles = Memo::new(move |_| {
        binding.metric.with(|metric| metric.as_ref().map(|metric| metric.profiles.clone()).unwrap_or_default())
    });
    let choices = Signal::derive(move || {
        profiles.get().iter().map(|profile| Choice::new(profile.as_str(), profile.as_str())).collect::<Vec<_>>()
    });
    let chosen = move || {
        let own = binding.read(|choices| choices.metric.profile.as_ref().map(ToString::to_string));
        own.or_else(|| profiles.with(|profiles| profiles.first().map(ToString::to_string))).unwrap_or_default()
    };
    let choose = move |profile: String| {
        // The first one is meant where none is named.
        let is_first =
            profiles.with_untracked(|profiles| profiles.first().is_some_and(|first| first.as_str() == profile));
        binding.change(|choices| choices.metric.profile = profile.parse().ok().filter(|_| !is_first));
    };
    view! {
        <Show when=move || profiles.with(|profiles| profiles.len() > 1)>
            <SelectField
                name="tile-profile"
                label=label!(locale, catalogue.profiles)
                choices
                value=Signal::derive(chosen)
                on_change=choose
            />
        </Show>
    }
}

/// What is shown instead of the numbers themselves.
#[component]
pub(super) fn CalculationField(binding: Binding) -> impl IntoView {
    let locale = use_locale();
    let offered = Memo::new(move |_| {
        let metric =
            binding.metric.with(|metric| metric.as_ref().map(|metric| (metric.additivity, metric.is_share_of_cases)));
        let fits = |calculation: &Calculation| {
            metric.is_some_and(|(additivity, is_share)| calculation.is_meant_for(additivity, is_share))
                && binding.read(|choices| choices.may_calculate(binding.kind, *calculation))
        };
        Calculation::OFFERED.into_iter().filter(fits).collect::<Vec<_>>()
    });
    let choices = Signal::derive(move || {
        let none = Choice::new(NONE, text!(locale.get(), inspector.no_calculation));
        let named = |calculation| {
            Choice::new(Calculation::to_string(&calculation), calculation_name(calculation, locale.get()))
        };
        std::iter::once(none).chain(offered.get().into_iter().map(named)).collect::<Vec<_>>()
    });
    view! {
        <Show when=move || !offered.with(Vec::is_empty)>
            <SelectField
                name="tile-calculation"
                label=label!(locale, inspector.calculation)
                choices
                value=Signal::derive(move || {
                    binding.read(|choices| choices.metric.calculation.map(|it| it.to_string()).unwrap_or_default())
                })
                on_change=move |calculation: String| {
                    binding.change(|choices| choices.metric.calculation = calculation.parse().ok());
                }
            />
        </Show>
    }
}
