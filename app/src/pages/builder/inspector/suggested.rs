//! Other components for the same numbers, best first, each with the reason.

use super::data::Binding;
use crate::{
    i18n::{component_name, live_text, text, use_locale},
    pages::builder::{
        choosing::{Suggestion, Why, suggestions},
        fit::Common,
        previews::Previews,
    },
};
use components::glyph::Glyph;
use leptos::prelude::*;
use model::{
    board::{ComponentKind, Look, LookPart, Operation},
    formatting::Locale,
};

/// How many are offered at first.
const AT_FIRST: usize = 6;

fn reason(why: Why, locale: Locale) -> String {
    match why {
        Why::OneNumber => text!(locale, choosing.one_number).to_owned(),
        Why::Rate => text!(locale, choosing.rate).to_owned(),
        Why::Course => text!(locale, choosing.course).to_owned(),
        Why::FewSteps(count) => text!(locale, choosing.few_steps, count = count),
        Why::HoursOfDays => text!(locale, choosing.hours_of_days).to_owned(),
        Why::DaysOfWeeks => text!(locale, choosing.days_of_weeks).to_owned(),
        Why::Places(count) => text!(locale, choosing.places, count = count),
        Why::PartsAlongTime(count) => text!(locale, choosing.parts_along_time, count = count),
        Why::Ranking(count) => text!(locale, choosing.ranking, count = count),
        Why::FewParts(count) => text!(locale, choosing.few_parts, count = count),
        Why::ManyParts(count) => text!(locale, choosing.many_parts, count = count),
        Why::NoWhole => text!(locale, choosing.no_whole).to_owned(),
        Why::Signed => text!(locale, choosing.signed).to_owned(),
        Why::Steps => text!(locale, choosing.steps).to_owned(),
        Why::Provinces => text!(locale, choosing.provinces).to_owned(),
        Why::Crossed => text!(locale, choosing.crossed).to_owned(),
        Why::FromTo => text!(locale, choosing.from_to).to_owned(),
        Why::Cohorts => text!(locale, choosing.cohorts).to_owned(),
        Why::ToBeRead => text!(locale, choosing.to_be_read).to_owned(),
        Why::Impression => text!(locale, choosing.impression).to_owned(),
        Why::Sessions => text!(locale, choosing.sessions).to_owned(),
    }
}

/// What of a look another component heeds too.
fn kept(look: &Look, kind: ComponentKind) -> Look {
    let mut kept = look.clone();
    let plain = Look::default();
    for part in look.parts().filter(|part| !kind.heeds(*part)) {
        match part {
            LookPart::Numbers => (kept.decimals, kept.in_full) = (None, false),
            LookPart::Target => kept.target = None,
            LookPart::Thresholds => kept.thresholds.clone_from(&plain.thresholds),
            LookPart::Annotations => kept.annotations.clone_from(&plain.annotations),
            LookPart::Holidays => kept.holidays = false,
            LookPart::Stacking => kept.stacking = None,
            LookPart::Direction => kept.direction = None,
            LookPart::Hole => kept.hole = false,
            LookPart::Hub => kept.hub = None,
            LookPart::Picture => (kept.picture, kept.places) = (None, Vec::new()),
        }
    }
    kept
}

#[component]
pub(super) fn SuggestedComponents(binding: Binding, previews: Previews) -> impl IntoView {
    let locale = use_locale();
    let shows_all = RwSignal::new(false);
    let state = previews.state(binding.id);
    let all = Memo::new(move |_| {
        let frame = state.with(|state| state.frame().cloned());
        binding.choices.with(|choices| {
            binding.metric.with(|metric| match (choices, metric) {
                (Some(choices), Some(metric)) => suggestions(binding.kind, choices, metric, frame.as_deref()),
                (None, _) | (_, None) => Vec::new(),
            })
        })
    });
    let turn_into = move |kind: ComponentKind| {
        let (Some(mut choices), Some(metric)) = (binding.choices.get_untracked(), binding.metric.get_untracked())
        else {
            return;
        };
        choices.fit(kind, &Common::of([&metric]));
        let look = binding.editor.tile(binding.id).with_untracked(|tile| {
            tile.as_ref().and_then(|tile| tile.content.look()).map(|look| kept(look, kind)).unwrap_or_default()
        });
        binding.editor.apply(Operation::SetContent { tile: binding.id, content: choices.content(kind, &look) });
    };
    let entry = move |Suggestion { kind, why, .. }: Suggestion| {
        view! {
            <li>
                <button
                    type="button"
                    class="suggested__entry"
                    data-kind=kind.name()
                    on:click=move |_| turn_into(kind)
                >
                    <Glyph kind />
                    <span class="suggested__name">{move || component_name(kind, locale.get())}</span>
                    <span class="suggested__why">{move || reason(why, locale.get())}</span>
                </button>
            </li>
        }
    };
    let shown = move || {
        let most = if shows_all.get() { usize::MAX } else { AT_FIRST };
        all.get().into_iter().take(most).collect::<Vec<_>>()
    };
    view! {
        <Show when=move || !all.with(Vec::is_empty)>
            <section class="inspector__section">
                <h3 class="inspector__heading">{live_text!(locale, choosing.title)}</h3>
                <ul class="suggested">
                    <For each=shown key=|suggestion| (suggestion.kind, suggestion.why) children=entry />
                </ul>
                <Show when=move || !shows_all.get() && all.with(|all| all.len() > AT_FIRST)>
                    <button type="button" class="button button--quiet" on:click=move |_| shows_all.set(true)>
                        {live_text!(locale, choosing.all)}
                    </button>
                </Show>
            </section>
        </Show>
    }
    .into_any()
}
