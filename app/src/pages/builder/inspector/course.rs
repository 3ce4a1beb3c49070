//! By which step a curve stands beside each number of a table.

use super::data::{Binding, NONE};
use crate::i18n::{grain_name, label, text, use_locale};
use components::controls::{Choice, SelectField};
use leptos::prelude::*;
use model::time::Grain;

/// Offered only where there is room: a dimension to tell rows by, no step in the rows, not too many of them, and a range of few
/// enough steps.
#[component]
pub(super) fn CourseField(binding: Binding) -> impl IntoView {
    let locale = use_locale();
    let current = Memo::new(move |_| binding.read(|choices| choices.course));
    let offered =
        Memo::new(move |_| binding.common.with(|common| binding.read(|choices| common.offered_courses(choices))));
    let choices = Signal::derive(move || {
        let none = Choice::new(NONE, text!(locale.get(), inspector.no_course));
        let mut steps = offered.get();
        // A step that is not offered, from an imported board, stays a choice.
        if let Some(step) = current.get()
            && !steps.contains(&step)
        {
            steps.insert(0, step);
        }
        let named = steps.into_iter().map(|step| Choice::new(step.name(), grain_name(step, locale.get())));
        std::iter::once(none).chain(named).collect::<Vec<_>>()
    });
    let is_offered = Memo::new(move |_| offered.with(|offered| !offered.is_empty()) || current.get().is_some());
    view! {
        <Show when=move || is_offered.get()>
            <SelectField
                name="tile-course"
                label=label!(locale, inspector.course)
                choices
                value=Signal::derive(move || current.get().map(|step| step.name().to_owned()).unwrap_or_default())
                on_change=move |name: String| {
                    let course = Grain::ALL.into_iter().find(|step| step.name() == name);
                    binding.change(|choices| choices.course = course);
                }
            />
        </Show>
    }
}
