//! A field that chooses one of a few.

use super::{Choice, Icon, IconName};
use leptos::prelude::*;

/// A labelled select. `name` must be unique on the page. For many choices use [`super::Combobox`].
#[component]
pub fn SelectField(
    #[prop(into)] name: String,
    #[prop(into)] label: Signal<String>,
    #[prop(into)] choices: Signal<Vec<Choice>>,
    /// The value of the chosen one.
    #[prop(into)]
    value: Signal<String>,
    #[prop(optional, into)] disabled: Signal<bool>,
    #[prop(into)] on_change: Callback<String>,
) -> impl IntoView {
    let id = format!("field-{name}");
    let options = move || {
        choices
            .get()
            .into_iter()
            .map(|choice| {
                let own = choice.value.clone();
                let selected = move || value.with(|value| *value == own);
                view! {
                    <option value=choice.value selected=selected>
                        {choice.label}
                    </option>
                }
            })
            .collect_view()
    };
    view! {
        <div class="field">
            <label class="field__label" for=id.clone()>
                {move || label.get()}
            </label>
            <div class="field__select">
                <select
                    id=id
                    name=name
                    class="field__control"
                    disabled=move || disabled.get()
                    prop:value=move || {
                        // Also when the choices change under the same value.
                        choices.track();
                        value.get()
                    }
                    on:change:target=move |event| on_change.run(event.target().value())
                >
                    {options}
                </select>
                <Icon name=IconName::ChevronDown />
            </div>
        </div>
    }
    .into_any()
}
