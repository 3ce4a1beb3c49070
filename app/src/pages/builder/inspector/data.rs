//! What a tile is bound to: every choice by menu.

use super::{
    Catalogue,
    course::CourseField,
    definition::{CalculationField, ProfileField, StatField},
    explained::Explained,
    filters::FilterSection,
    metric::{MetricField, OtherMetrics},
    outcome::OutcomeNote,
    sessions::SessionFields,
    suggested::SuggestedComponents,
};
use crate::{
    i18n::{compare_name, grain_name, label, live_text, text, time_range_name, use_locale},
    pages::builder::{
        choice::{Choices, DimensionNeed, GrainNeed, TOPS, compares, dimension_need, grain_need},
        editor::Editor,
        fit::{Common, may_have_more_axes, offered_rows},
        previews::Previews,
    },
};
use components::{
    controls::{Choice, SelectField, Switch},
    tile::Names,
};
use leptos::prelude::*;
use model::{
    board::{ComponentKind, Operation, Shape, TileId},
    formatting::Locale,
    metric::{DimensionId, MetricInfo},
    time::{Compare, Grain, TimeRange},
};

/// How the menus write "none".
pub(super) const NONE: &str = "";

/// A tile's choices and how to change them. Cheap to copy.
#[derive(Clone, Copy)]
pub(crate) struct Binding {
    pub editor: Editor,
    pub id: TileId,
    pub kind: ComponentKind,
    pub catalogue: Catalogue,
    pub names: Signal<Names>,
    locale: Signal<Locale>,
    pub choices: Memo<Option<Choices>>,
    /// The first of the chosen metrics as the catalogue knows it.
    pub metric: Memo<Option<MetricInfo>>,
    /// What all of the chosen metrics have.
    pub common: Memo<Common>,
}

impl Binding {
    fn of(editor: Editor, catalogue: Catalogue, names: Signal<Names>, id: TileId, kind: ComponentKind) -> Self {
        let tile = editor.tile(id);
        let choices = Memo::new(move |_| tile.with(|tile| tile.as_ref().and_then(|tile| Choices::of(&tile.content))));
        let metric = Memo::new(move |_| {
            let metric = choices.with(|choices| choices.as_ref().map(|choices| choices.metric.id.clone()))?;
            catalogue.with_value(|catalogue| catalogue.metric(&metric).cloned())
        });
        let common = Memo::new(move |_| {
            choices.with(|choices| {
                let of = |choices| catalogue.with_value(|catalogue| Common::of_choices(choices, catalogue));
                choices.as_ref().map(of).unwrap_or_default()
            })
        });
        Self { editor, id, kind, catalogue, names, locale: use_locale(), choices, metric, common }
    }

    /// Keeps these choices as one edit.
    pub(crate) fn keep(self, choices: &Choices) {
        let look = self
            .editor
            .tile(self.id)
            .with_untracked(|tile| tile.as_ref().and_then(|tile| tile.content.look().cloned()).unwrap_or_default());
        self.editor.apply(Operation::SetContent { tile: self.id, content: choices.content(self.kind, &look) });
    }

    /// Changes what is chosen.
    pub(crate) fn change(self, change: impl FnOnce(&mut Choices)) {
        if let Some(mut choices) = self.choices.get_untracked() {
            change(&mut choices);
            self.keep(&choices);
        }
    }

    /// Something of the choices, or its default while nothing is bound.
    pub(crate) fn read<T: Default>(self, read: impl FnOnce(&Choices) -> T) -> T {
        self.choices.with(|choices| choices.as_ref().map(read)).unwrap_or_default()
    }

    /// The dimensions that all of the metrics have, as a menu.
    pub(crate) fn dimensions(self) -> Vec<Choice> {
        let locale = self.locale.get();
        let name = |id: &DimensionId| self.names.with(|names| names.dimension(id.as_str(), locale));
        self.common.with(|common| common.dimensions.iter().map(|id| Choice::new(id.as_str(), name(id))).collect())
    }
}

/// Every choice of the data.
#[component]
pub(crate) fn DataSection(
    editor: Editor,
    catalogue: Catalogue,
    names: Signal<Names>,
    previews: Previews,
    id: TileId,
    kind: ComponentKind,
) -> impl IntoView {
    let locale = use_locale();
    let binding = Binding::of(editor, catalogue, names, id, kind);
    let is_bound = Memo::new(move |_| binding.choices.with(Option::is_some));
    let is_of_sessions = kind.shape() == Shape::Sessions;
    view! {
        <section class="inspector__section">
            <h3 class="inspector__heading">{live_text!(locale, inspector.data)}</h3>
            <MetricField binding />
            <Show when=move || is_bound.get()>
                // How a number is worked out makes no difference to the sessions behind it.
                {(!is_of_sessions)
                    .then(|| {
                        view! {
                            <StatField binding />
                            <ProfileField binding />
                        }
                    })}
                <OtherMetrics binding />
                <DimensionFields binding />
                <TimeFields binding />
                <CalculationField binding />
                {is_of_sessions.then(|| view! { <SessionFields binding /> })}
                {compares(kind).then(|| view! { <CompareField binding /> })}
                <CountField binding />
                {(kind.shape() == Shape::Table).then(|| view! { <CourseField binding /> })}
                <FilterSection binding />
                <OutcomeNote names previews id />
                <Explained previews calendar=editor.calendar() id />
            </Show>
        </section>
        <SuggestedComponents binding previews />
    }
}

#[component]
fn DimensionFields(binding: Binding) -> impl IntoView {
    let locale = use_locale();
    let first =
        Signal::derive(move || binding.read(|choices| choices.by.first().map(ToString::to_string).unwrap_or_default()));
    let choose = move |dimension: String| {
        let common = binding.common.get_untracked();
        binding.change(|choices| choices.split_by(binding.kind, dimension.parse().ok(), &common));
    };
    match dimension_need(binding.kind) {
        DimensionNeed::None | DimensionNeed::Province => ().into_any(),
        DimensionNeed::One => view! {
            <SelectField
                name="tile-dimension"
                label=label!(locale, inspector.dimension)
                choices=Signal::derive(move || binding.dimensions())
                value=first
                on_change=choose
            />
        }
        .into_any(),
        DimensionNeed::Optional => {
            let choices = Signal::derive(move || {
                let none = Choice::new(NONE, text!(locale.get(), inspector.no_split));
                std::iter::once(none).chain(binding.dimensions()).collect::<Vec<_>>()
            });
            view! {
                <SelectField name="tile-dimension" label=label!(locale, inspector.split) choices value=first on_change=choose />
            }
            .into_any()
        }
        DimensionNeed::Two => view! { <TwoDimensions binding first /> }.into_any(),
        DimensionNeed::Several => view! {
            <fieldset class="inspector__group">
                <legend class="field__label">{live_text!(locale, inspector.columns)}</legend>
                <For each=move || binding.dimensions() key=|choice| (choice.value.clone(), choice.label.clone()) let:choice>
                    <ColumnSwitch binding choice />
                </For>
            </fieldset>
        }
        .into_any(),
    }
}

/// The two things that a matrix is made of. The second may be time, which is chosen beneath, or nothing.
#[component]
fn TwoDimensions(binding: Binding, first: Signal<String>) -> impl IntoView {
    let locale = use_locale();
    let second =
        Signal::derive(move || binding.read(|choices| choices.by.get(1).map(ToString::to_string).unwrap_or_default()));
    let has_time = Memo::new(move |_| binding.read(|choices| choices.grain.is_some()));
    let choose = move |place: usize, name: String| {
        let dimension = name.parse::<DimensionId>().ok();
        binding.change(|choices| choices.put_dimension(place, dimension));
    };
    let others = Signal::derive(move || {
        let none = Choice::new(NONE, text!(locale.get(), inspector.no_split));
        let first = first.get();
        let others = binding.dimensions().into_iter().filter(|choice| choice.value != first);
        std::iter::once(none).chain(others).collect::<Vec<_>>()
    });
    view! {
        <SelectField
            name="tile-dimension"
            label=label!(locale, inspector.dimension)
            choices=Signal::derive(move || binding.dimensions())
            value=first
            on_change=move |name| choose(0, name)
        />
        <Show when=move || !has_time.get()>
            <SelectField
                name="tile-second-dimension"
                label=label!(locale, inspector.second_dimension)
                choices=others
                value=second
                on_change=move |name| choose(1, name)
            />
        </Show>
    }
    .into_any()
}

/// A column of a table, on or off.
#[component]
fn ColumnSwitch(binding: Binding, choice: Choice) -> impl IntoView {
    let own = choice.value.clone();
    let checked =
        Memo::new(move |_| binding.read(|choices| choices.by.iter().any(|dimension| dimension.as_str() == own)));
    let dimension = choice.value.parse::<DimensionId>().ok();
    let is_full = Memo::new(move |_| !binding.read(may_have_more_axes));
    view! {
        <Switch
            label=Signal::stored(choice.label)
            checked
            disabled=Signal::derive(move || is_full.get() && !checked.get())
            on_change=move |on| {
                if let Some(dimension) = &dimension {
                    binding.change(|choices| choices.switch_column(dimension, on));
                }
            }
        />
    }
}

/// A time range as a menu keeps it.
fn written(range: TimeRange) -> String {
    serde_json::to_string(&range).unwrap_or_default()
}

#[component]
fn TimeFields(binding: Binding) -> impl IntoView {
    let locale = use_locale();
    let current = Memo::new(move |_| binding.choices.with(|choices| choices.as_ref().map(|choices| choices.time)));
    let ranges = Signal::derive(move || {
        let mut ranges = binding.common.with(|common| common.offered_ranges(binding.kind));
        // A range that the menu does not offer, from an imported board, stays a choice.
        if let Some(range) = current.get()
            && !ranges.contains(&range)
        {
            ranges.insert(0, range);
        }
        ranges
            .into_iter()
            .map(|range| Choice::new(written(range), time_range_name(range, locale.get())))
            .collect::<Vec<_>>()
    });
    let grains = Signal::derive(move || {
        let none = (grain_need(binding.kind) == GrainNeed::Optional)
            .then(|| Choice::new(NONE, text!(locale.get(), inspector.no_grain)));
        let mut offered =
            binding.common.with(|common| binding.read(|choices| common.offered_grains(binding.kind, choices)));
        // A step that is not offered, from an imported board, stays a choice.
        if let Some(grain) = binding.read(|choices| choices.grain)
            && !offered.contains(&grain)
        {
            offered.insert(0, grain);
        }
        let named = offered.into_iter().map(|grain| Choice::new(grain.name(), grain_name(grain, locale.get())));
        none.into_iter().chain(named).collect::<Vec<_>>()
    });
    let has_grain = grain_need(binding.kind) != GrainNeed::None;
    view! {
        <SelectField
            name="tile-time"
            label=label!(locale, inspector.time)
            choices=ranges
            value=Signal::derive(move || current.get().map(written).unwrap_or_default())
            on_change=move |range: String| {
                if let Ok(range) = serde_json::from_str(&range) {
                    let common = binding.common.get_untracked();
                    binding.change(|choices| choices.change_time(binding.kind, range, &common));
                }
            }
        />
        {has_grain
            .then(|| {
                view! {
                    <SelectField
                        name="tile-grain"
                        label=label!(locale, inspector.grain)
                        choices=grains
                        value=Signal::derive(move || {
                            binding.read(|choices| choices.grain.map(|grain| grain.name().to_owned()).unwrap_or_default())
                        })
                        on_change=move |name: String| {
                            let grain = Grain::ALL.into_iter().find(|grain| grain.name() == name);
                            let common = binding.common.get_untracked();
                            binding.change(|choices| choices.change_grain(binding.kind, grain, &common));
                        }
                    />
                }
            })}
    }
}

#[component]
fn CompareField(binding: Binding) -> impl IntoView {
    let locale = use_locale();
    let choices = Signal::derive(move || {
        let none = Choice::new(NONE, text!(locale.get(), inspector.no_compare));
        let named =
            Compare::ALL.into_iter().map(|compare| Choice::new(compare.name(), compare_name(compare, locale.get())));
        std::iter::once(none).chain(named).collect::<Vec<_>>()
    });
    view! {
        <SelectField
            name="tile-compare"
            label=label!(locale, inspector.compare)
            choices
            value=Signal::derive(move || {
                binding.read(|choices| choices.compare.map(|compare| compare.name().to_owned()).unwrap_or_default())
            })
            on_change=move |name: String| {
                let compare = Compare::ALL.into_iter().find(|compare| compare.name() == name);
                binding.change(|choices| choices.compare = compare);
            }
        />
    }
}

/// How many bars, or how many rows.
#[component]
fn CountField(binding: Binding) -> impl IntoView {
    let locale = use_locale();
    let numbers = |numbers: Vec<u32>| {
        numbers.into_iter().map(|number| Choice::new(number.to_string(), number.to_string())).collect::<Vec<_>>()
    };
    let with_current = |mut offered: Vec<u32>, current: u32| {
        if current > 0 && !offered.contains(&current) {
            offered.insert(0, current);
        }
        offered
    };
    match binding.kind.shape() {
        Shape::Category | Shape::Matrix | Shape::Points | Shape::Spread => {
            let current = Memo::new(move |_| binding.read(|choices| u32::from(choices.top)));
            view! {
                <SelectField
                    name="tile-top"
                    label=label!(locale, inspector.top)
                    choices=Signal::derive(move || numbers(with_current(TOPS.map(u32::from).to_vec(), current.get())))
                    value=Signal::derive(move || current.get().to_string())
                    on_change=move |number: String| {
                        if let Ok(top) = number.parse() {
                            binding.change(|choices| choices.top = top);
                        }
                    }
                />
            }
            .into_any()
        }
        Shape::Table => {
            let current = Memo::new(move |_| binding.read(|choices| choices.rows));
            let offered = Memo::new(move |_| binding.read(offered_rows));
            view! {
                <SelectField
                    name="tile-rows"
                    label=label!(locale, inspector.rows)
                    choices=Signal::derive(move || numbers(with_current(offered.get(), current.get())))
                    value=Signal::derive(move || current.get().to_string())
                    on_change=move |number: String| {
                        if let Ok(rows) = number.parse() {
                            binding.change(|choices| choices.rows = rows);
                        }
                    }
                />
            }
            .into_any()
        }
        Shape::Scalar | Shape::Series | Shape::Pair | Shape::Geo | Shape::Sessions | Shape::None => ().into_any(),
    }
}
