//! Which values count: one group for each filtered dimension, its values taken from what occurs in the editor's scope.

use super::{data::Binding, values::values_of};
use crate::i18n::{label, live_text, text, use_locale};
use components::controls::{AddMenu, Choice, Combobox, IconButton, IconName, SelectField};
use leptos::prelude::*;
use model::metric::{DimensionId, Filter, FilterValues};

/// How the menus write the value "unknown", which no other value can be.
const UNKNOWN: &str = "\u{0}";
const WITHIN: &str = "in";
const NOT_IN: &str = "not_in";

/// All filters of the tile, and one more.
#[component]
pub(crate) fn FilterSection(binding: Binding) -> impl IntoView {
    let locale = use_locale();
    // Chosen and still without a value: nothing of it is kept yet.
    let begun = RwSignal::new(None::<DimensionId>);
    let filtered = Memo::new(move |_| {
        let mut dimensions: Vec<DimensionId> =
            binding.read(|choices| choices.filters.iter().map(|filter| filter.dimension.clone()).collect());
        dimensions.extend(begun.get().filter(|begun| !dimensions.contains(begun)));
        dimensions
    });
    let addable = Signal::derive(move || {
        let filtered = filtered.get();
        let is_free = |choice: &Choice| filtered.iter().all(|id| id.as_str() != choice.value);
        binding.dimensions().into_iter().filter(is_free).collect::<Vec<_>>()
    });
    view! {
        <fieldset class="inspector__group">
            <legend class="field__label">{live_text!(locale, inspector.filters)}</legend>
            <For each=move || filtered.get() key=ToString::to_string let:dimension>
                <FilterGroup binding dimension begun />
            </For>
            <AddMenu
                name="tile-add-filter"
                label=label!(locale, inspector.add_filter)
                offered=addable
                on_add=move |dimension: String| begun.set(dimension.parse().ok())
            />
        </fieldset>
    }
}

/// The values of a filter and whether they are let in or kept out.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
struct Picked {
    is_excluding: bool,
    values: Vec<Option<String>>,
}

impl Picked {
    fn of(filters: &[Filter], dimension: &DimensionId) -> Self {
        match filters.iter().find(|filter| filter.dimension == *dimension).map(|filter| &filter.values) {
            Some(FilterValues::In(values)) => Self { is_excluding: false, values: values.clone() },
            Some(FilterValues::NotIn(values)) => Self { is_excluding: true, values: values.clone() },
            None => Self::default(),
        }
    }

    /// The filters with this one in it, or without it where no value is left.
    fn put(self, filters: &mut Vec<Filter>, dimension: &DimensionId) {
        let values = if self.is_excluding { FilterValues::NotIn(self.values) } else { FilterValues::In(self.values) };
        let is_empty = matches!(&values, FilterValues::In(values) | FilterValues::NotIn(values) if values.is_empty());
        let place = filters.iter().position(|filter| filter.dimension == *dimension);
        match (place.and_then(|place| filters.get_mut(place)), is_empty) {
            (Some(filter), false) => filter.values = values,
            (Some(_), true) => filters.retain(|filter| filter.dimension != *dimension),
            (None, false) => filters.push(Filter { dimension: dimension.clone(), values }),
            (None, true) => {}
        }
    }
}

#[component]
fn FilterGroup(binding: Binding, dimension: DimensionId, begun: RwSignal<Option<DimensionId>>) -> impl IntoView {
    let locale = use_locale();
    let id = StoredValue::new(dimension);
    // Kept here while no value is chosen, since a filter without values would let nothing through.
    let excludes_first = RwSignal::new(false);
    let picked = Memo::new(move |_| {
        let picked = binding.read(|choices| id.with_value(|id| Picked::of(&choices.filters, id)));
        if picked.values.is_empty() { Picked { is_excluding: excludes_first.get(), ..picked } } else { picked }
    });
    let keep = move |picked: Picked| {
        excludes_first.set(picked.is_excluding);
        binding.change(|choices| id.with_value(|id| picked.put(&mut choices.filters, id)));
    };
    let dimension_name =
        move || binding.names.with(|names| id.with_value(|id| names.dimension(id.as_str(), locale.get())));
    let value_name = move |value: Option<&str>| {
        binding.names.with(|names| id.with_value(|id| names.value(id.as_str(), value, locale.get())))
    };
    let search = RwSignal::new(String::new());
    let found = values_of(binding, id, search);
    let offered = Signal::derive(move || {
        let picked = picked.get();
        let known = found.get().into_iter().map(Some).chain([None]);
        let free = known.filter(|value| !picked.values.contains(value));
        free.map(|value| {
            let name = value_name(value.as_deref());
            let detail = value.clone().filter(|value| *value != name).unwrap_or_default();
            Choice::new(value.unwrap_or_else(|| UNKNOWN.to_owned()), name).with_detail(detail)
        })
        .collect::<Vec<_>>()
    });
    let modes = Signal::derive(move || {
        vec![
            Choice::new(WITHIN, text!(locale.get(), inspector.is_in)),
            Choice::new(NOT_IN, text!(locale.get(), inspector.is_not_in)),
        ]
    });
    let add = move |value: String| {
        let mut picked = picked.get_untracked();
        picked.values.push((value != UNKNOWN).then_some(value));
        keep(picked);
    };
    let remove_all = move |()| {
        begun.set(None);
        binding.change(|choices| id.with_value(|id| choices.filters.retain(|filter| filter.dimension != *id)));
    };
    let field = id.with_value(|id| id.as_str().replace('.', "-"));
    view! {
        <div class="filter" role="group" aria-label=dimension_name>
            <div class="filter__head">
                <SelectField
                    name=format!("filter-mode-{field}")
                    label=Signal::derive(dimension_name)
                    choices=modes
                    value=Signal::derive(move || {
                        if picked.with(|picked| picked.is_excluding) { NOT_IN.to_owned() } else { WITHIN.to_owned() }
                    })
                    on_change=move |mode: String| {
                        keep(Picked { is_excluding: mode == NOT_IN, ..picked.get_untracked() });
                    }
                />
                <IconButton
                    icon=IconName::Trash
                    label=Signal::derive(move || text!(locale.get(), inspector.remove_filter, name = dimension_name()))
                    on_click=remove_all
                />
            </div>
            <ul class="chips">
                <For each=move || picked.with(|picked| picked.values.clone()) key=Clone::clone let:value>
                    {
                        let shown = value.clone();
                        let spoken = value.clone();
                        view! {
                            <li class="chip">
                                <span class="chip__label">{move || value_name(shown.as_deref())}</span>
                                <IconButton
                                    icon=IconName::Close
                                    label=Signal::derive(move || {
                                        text!(locale.get(), inspector.remove_named, name = value_name(spoken.as_deref()))
                                    })
                                    on_click=move |()| {
                                        let mut picked = picked.get_untracked();
                                        picked.values.retain(|other| *other != value);
                                        keep(picked);
                                    }
                                />
                            </li>
                        }
                    }
                </For>
            </ul>
            <Combobox
                name=format!("filter-value-{field}")
                label=label!(locale, inspector.add_value)
                placeholder=label!(locale, inspector.value_placeholder)
                choices=offered
                value=Signal::stored(String::new())
                locale
                on_change=add
                on_search=move |text: String| search.set(text)
            />
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_filter_goes_with_its_last_value() {
        let dimension: DimensionId = "province".parse().unwrap();
        let mut filters = Vec::new();
        let picked = Picked { is_excluding: true, values: vec![Some("ZJ".to_owned()), None] };
        picked.clone().put(&mut filters, &dimension);
        assert_eq!(Picked::of(&filters, &dimension), picked);
        Picked::default().put(&mut filters, &dimension);
        assert_eq!(filters, []);
    }
}
