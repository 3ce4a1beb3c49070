//! A searchable list: for choosing a metric or a dimension among many.

use super::{Choice, Icon, IconName};
use crate::words;
use leptos::{ev, html, prelude::*};
use model::formatting::Locale;

/// What a key does to an open list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Step {
    Next,
    Previous,
    First,
    Last,
}

impl Step {
    /// The choice that is active afterwards, among `count`; round the ends.
    const fn from(self, active: usize, count: usize) -> usize {
        match (self, count) {
            (_, 0) | (Self::First, _) => 0,
            (Self::Last, count) => count - 1,
            (Self::Next, count) => (active + 1) % count,
            (Self::Previous, count) => (active + count - 1) % count,
        }
    }
}

/// A labelled field with a list that narrows as one types. `name` must be unique on the page.
///
/// Arrows move through the list, Enter chooses, Escape closes it and keeps what was chosen.
#[component]
pub fn Combobox(
    #[prop(into)] name: String,
    #[prop(into)] label: Signal<String>,
    #[prop(into)] choices: Signal<Vec<Choice>>,
    /// The value of the chosen one; empty for none.
    #[prop(into)]
    value: Signal<String>,
    #[prop(into)] locale: Signal<Locale>,
    #[prop(optional, into)] placeholder: Signal<String>,
    #[prop(optional, into)] disabled: Signal<bool>,
    #[prop(into)] on_change: Callback<String>,
    /// Told what is searched for, where more choices may be found elsewhere; empty when the list opens.
    #[prop(optional, into)]
    on_search: Option<Callback<String>>,
) -> impl IntoView {
    let id = format!("field-{name}");
    let list_id = format!("{id}-list");
    let is_open = RwSignal::new(false);
    let search = RwSignal::new(String::new());
    let active = RwSignal::new(0_usize);
    let field = NodeRef::<html::Input>::new();

    let found = Memo::new(move |_| {
        let search = search.get();
        choices.with(|choices| choices.iter().filter(|choice| choice.matches(&search)).cloned().collect::<Vec<_>>())
    });
    let chosen_label = Memo::new(move |_| {
        let value = value.get();
        choices.with(|choices| choices.iter().find(|choice| choice.value == value).map(|choice| choice.label.clone()))
    });
    let shown = move || {
        if is_open.get() { search.get() } else { chosen_label.get().unwrap_or_default() }
    };

    let look_for = move |text: String| {
        if let Some(on_search) = on_search {
            on_search.run(text.clone());
        }
        search.set(text);
    };
    let open = move || {
        if !is_open.get_untracked() && !disabled.get_untracked() {
            look_for(String::new());
            let chosen = value.get_untracked();
            active
                .set(found.with_untracked(|found| found.iter().position(|choice| choice.value == chosen)).unwrap_or(0));
            is_open.set(true);
        }
    };
    let choose = move |index: usize| {
        if let Some(choice) = found.with_untracked(|found| found.get(index).cloned()) {
            is_open.set(false);
            on_change.run(choice.value);
        }
    };
    let option_id = {
        let list_id = list_id.clone();
        move |index: usize| format!("{list_id}-{index}")
    };
    let scroll_to_active = {
        let option_id = option_id.clone();
        move || crate::browser::scroll_into_view(&option_id(active.get_untracked()))
    };
    let press = move |event: ev::KeyboardEvent| {
        // Enter and arrows belong to the input method until its word is there.
        if event.is_composing() {
            return;
        }
        let step = match event.key().as_str() {
            "ArrowDown" => Some(Step::Next),
            "ArrowUp" => Some(Step::Previous),
            "Home" => Some(Step::First),
            "End" => Some(Step::Last),
            _ => None,
        };
        match (step, event.key().as_str(), is_open.get_untracked()) {
            (Some(Step::First | Step::Last), _, false) => {}
            (Some(_), _, false) => {
                event.prevent_default();
                open();
            }
            (Some(step), _, true) => {
                event.prevent_default();
                active.set(step.from(active.get_untracked(), found.with_untracked(Vec::len)));
                scroll_to_active();
            }
            (None, "Enter", true) => {
                event.prevent_default();
                choose(active.get_untracked());
            }
            (None, "Escape", true) => {
                // The dialog or page around must not take this Escape as its own.
                event.stop_propagation();
                event.prevent_default();
                is_open.set(false);
            }
            (None, _, _) => {}
        }
    };
    let items = {
        let option_id = option_id.clone();
        move || {
            let option_id = option_id.clone();
            found
                .get()
                .into_iter()
                .enumerate()
                .map(move |(index, choice)| {
                    let own = choice.value.clone();
                    let is_chosen = move || value.with(|value| *value == own);
                    view! {
                        <li
                            id=option_id(index)
                            role="option"
                            class="combobox__option"
                            class:combobox__option--active=move || active.get() == index
                            aria-selected=move || is_chosen().to_string()
                            on:click=move |_| choose(index)
                            on:pointermove=move |_| active.set(index)
                        >
                            <span class="combobox__label">{choice.label}</span>
                            <span class="combobox__detail">{choice.detail}</span>
                        </li>
                    }
                })
                .collect_view()
        }
    };
    view! {
        <div class="field combobox">
            <label class="field__label" for=id.clone()>
                {move || label.get()}
            </label>
            <div class="field__select">
                <input
                    id=id
                    node_ref=field
                    class="field__control"
                    type="text"
                    role="combobox"
                    autocomplete="off"
                    spellcheck="false"
                    aria-autocomplete="list"
                    aria-expanded=move || is_open.get().to_string()
                    aria-controls=list_id.clone()
                    aria-activedescendant=move || {
                        (is_open.get() && !found.with(Vec::is_empty)).then(|| option_id(active.get()))
                    }
                    disabled=move || disabled.get()
                    placeholder=move || {
                        if is_open.get() {
                            chosen_label.get().unwrap_or_else(|| words::SEARCH.in_locale(locale.get()).to_owned())
                        } else {
                            placeholder.get()
                        }
                    }
                    value=chosen_label.get_untracked().unwrap_or_default()
                    prop:value=shown
                    on:click=move |_| open()
                    on:input:target=move |event| {
                        let text = event.target().value();
                        open();
                        look_for(text);
                        active.set(0);
                    }
                    on:keydown=press
                    on:blur=move |_| is_open.set(false)
                />
                <Icon name=IconName::ChevronDown />
            </div>
            <ul
                id=list_id
                class="combobox__list"
                class:combobox__list--open=move || is_open.get()
                role="listbox"
                aria-label=move || label.get()
                // The field keeps the focus, or the list would close before a press has become a click; and a finger
                // may scroll the list without choosing.
                on:mousedown=move |event| event.prevent_default()
            >
                {items}
            </ul>
            <p class="combobox__none" class:combobox__none--shown=move || is_open.get() && found.with(Vec::is_empty) role="status">
                {move || (is_open.get() && found.with(Vec::is_empty)).then(|| words::NOTHING_FOUND.in_locale(locale.get()))}
            </p>
        </div>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::Step;

    #[test]
    fn steps_go_round_the_ends() {
        assert_eq!(Step::Next.from(2, 3), 0);
        assert_eq!(Step::Previous.from(0, 3), 2);
        assert_eq!(Step::Last.from(0, 3), 2);
        assert_eq!(Step::Next.from(0, 0), 0);
    }
}
