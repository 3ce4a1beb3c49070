//! The board's filters: which there are, in which order, and what each begins with. Shown while no tile is selected.

use super::Catalogue;
use crate::{
    i18n::{label, live_text, text, use_locale},
    pages::{
        builder::editor::Editor,
        filter_words::subject_name,
        time_ranges::{offered_ranges, range_words},
        values_menu::ValuesMenu,
    },
    server_functions::filter_values,
};
use components::{
    controls::{AddMenu, Choice, IconButton, IconName, SelectField},
    tile::Names,
};
use leptos::prelude::*;
use model::{
    board::{BoardFilter, FilterSubject, MAX_FILTERS, Operation},
    metric::{DimensionId, MetricId},
};

/// How the menu writes that each tile keeps its own range.
const OWN: &str = "";

#[component]
pub(super) fn BoardFiltersSection(editor: Editor, catalogue: Catalogue, names: Signal<Names>) -> impl IntoView {
    let locale = use_locale();
    let board = editor.board();
    let subjects =
        Memo::new(move |_| board.with(|board| board.filters().iter().map(BoardFilter::subject).collect::<Vec<_>>()));
    let addable = Signal::derive(move || {
        let there = subjects.get();
        let dimensions = catalogue.with_value(|catalogue| {
            board.with(|board| {
                let known =
                    |dimension: &DimensionId| board.tiles().iter().any(|tile| tile.content.knows(dimension, catalogue));
                let ids = catalogue.dimensions.iter().map(|dimension| dimension.id.clone());
                ids.filter(known).map(FilterSubject::Dimension).collect::<Vec<_>>()
            })
        });
        let free = std::iter::once(FilterSubject::Time).chain(dimensions).filter(|subject| !there.contains(subject));
        let named = free.map(|subject| {
            Choice::new(subject.to_string(), names.with(|names| subject_name(&subject, names, locale.get())))
        });
        named.collect::<Vec<_>>()
    });
    let add = move |subject: String| {
        if let Ok(subject) = subject.parse::<FilterSubject>() {
            change(editor, move |filters| filters.push(BoardFilter::about(subject)));
        }
    };
    view! {
        <section class="inspector__section">
            <h3 class="inspector__heading">{live_text!(locale, filters.section)}</h3>
            <p class="inspector__note">{live_text!(locale, filters.section_hint)}</p>
            <For each=move || subjects.get() key=ToString::to_string let:subject>
                <FilterRow editor catalogue names subject />
            </For>
            <Show when=move || subjects.with(|subjects| subjects.len() < MAX_FILTERS)>
                <AddMenu name="board-add-filter" label=label!(locale, filters.add) offered=addable on_add=add />
            </Show>
        </section>
    }
    .into_any()
}

/// Edits the list of filters as it is now.
fn change(editor: Editor, make: impl FnOnce(&mut Vec<BoardFilter>)) {
    editor.edit(|board| {
        let mut filters = board.filters().to_vec();
        make(&mut filters);
        Operation::SetFilters { filters }
    });
}

/// Gives a filter another beginning.
fn replace(editor: Editor, filter: BoardFilter) {
    change(editor, move |filters| {
        if let Some(own) = filters.iter_mut().find(|own| own.subject() == filter.subject()) {
            *own = filter;
        }
    });
}

#[component]
fn FilterRow(editor: Editor, catalogue: Catalogue, names: Signal<Names>, subject: FilterSubject) -> impl IntoView {
    let locale = use_locale();
    let board = editor.board();
    let own = StoredValue::new(subject.clone());
    let name = Signal::derive(move || names.with(|names| subject_name(&own.get_value(), names, locale.get())));
    let is_first = Memo::new(move |_| {
        board.with(|board| board.filters().first().map(BoardFilter::subject) == Some(own.get_value()))
    });
    let forward = move || {
        change(editor, move |filters| {
            let index = filters.iter().position(|filter| filter.subject() == own.get_value());
            if let Some(index) = index.filter(|index| *index > 0) {
                filters.swap(index - 1, index);
            }
        });
    };
    let remove = move || change(editor, move |filters| filters.retain(|filter| filter.subject() != own.get_value()));
    let usual = match subject {
        FilterSubject::Time => view! { <UsualTime editor /> }.into_any(),
        FilterSubject::Dimension(dimension) => view! { <UsualValues editor catalogue names dimension /> }.into_any(),
    };
    view! {
        <div class="board-filter">
            {usual}
            <div class="board-filter__tools">
                <Show when=move || !is_first.get()>
                    <IconButton
                        icon=IconName::ArrowUp
                        label=Signal::derive(move || text!(locale.get(), filters.up, name = name.get()))
                        on_click=move |()| forward()
                    />
                </Show>
                <IconButton
                    icon=IconName::Close
                    label=Signal::derive(move || text!(locale.get(), filters.remove, name = name.get()))
                    on_click=move |()| remove()
                />
            </div>
        </div>
    }
    .into_any()
}

#[component]
fn UsualTime(editor: Editor) -> impl IntoView {
    let locale = use_locale();
    let board = editor.board();
    let usual = Memo::new(move |_| board.with(|board| board.chosen_time(&model::board::Reading::default())));
    let choices = Signal::derive(move || {
        let mut ranges = offered_ranges();
        // A range that the menu does not offer, from an imported board, stays a choice.
        ranges.extend(usual.get().filter(|usual| !offered_ranges().contains(usual)));
        let calendar = editor.draft().calendar;
        let own = Choice::new(OWN, text!(locale.get(), filters.own_times));
        let named =
            ranges.into_iter().map(|range| Choice::new(range.to_string(), range_words(range, calendar, locale.get())));
        std::iter::once(own).chain(named).collect::<Vec<_>>()
    });
    view! {
        <SelectField
            name="board-filter-time"
            label=label!(locale, filters.time)
            choices
            value=Signal::derive(move || usual.get().map_or_else(String::new, |usual| usual.to_string()))
            on_change=move |range: String| replace(editor, BoardFilter::Time { usual: range.parse().ok() })
        />
    }
}

#[component]
fn UsualValues(editor: Editor, catalogue: Catalogue, names: Signal<Names>, dimension: DimensionId) -> impl IntoView {
    let locale = use_locale();
    let board = editor.board();
    let own = StoredValue::new(dimension.clone());
    let chosen = Memo::new(move |_| {
        let nothing = model::board::Reading::default();
        board.with(|board| own.with_value(|dimension| board.chosen(&nothing, dimension).unwrap_or_default().to_vec()))
    });
    // The values are those of the first tile that knows the dimension, as readers will be offered them.
    let metric = move || -> Option<MetricId> {
        catalogue.with_value(|catalogue| {
            board.with_untracked(|board| {
                let tile = own
                    .with_value(|dimension| board.tiles().iter().find(|tile| tile.content.knows(dimension, catalogue)));
                tile.and_then(|tile| tile.content.first_metric()).map(|metric| metric.id.clone())
            })
        })
    };
    let ask = move |search| {
        let asked = metric();
        async move {
            match asked {
                Some(metric) => filter_values(metric, own.get_value(), search).await,
                None => Ok(Vec::new()),
            }
        }
    };
    let on_change = move |usual| replace(editor, BoardFilter::Values { dim: own.get_value(), usual });
    view! { <ValuesMenu dimension names locale chosen ask on_change /> }
}
