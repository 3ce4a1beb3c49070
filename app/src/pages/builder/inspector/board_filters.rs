//! The board's filters: which there are, in which order, and what each begins with. Shown while no tile is selected.

use super::Catalogue;
use crate::{
    error::AppError,
    i18n::{compare_name, label, live_text, text, use_locale},
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
    time::Compare,
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
        let free = addable(editor, catalogue);
        let named = free.into_iter().map(|subject| {
            Choice::new(subject.to_string(), names.with(|names| subject_name(&subject, names, locale.get())))
        });
        named.collect::<Vec<_>>()
    });
    let add = move |subject: String| {
        if let Ok(subject) = subject.parse::<FilterSubject>() {
            add_filter(editor, subject);
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

/// What the board could be narrowed by beside what it is: what one of its tiles knows.
pub(super) fn addable(editor: Editor, catalogue: Catalogue) -> Vec<FilterSubject> {
    catalogue.with_value(|catalogue| {
        editor.board().with(|board| {
            let knows = |subject: &FilterSubject| match subject {
                FilterSubject::Time => true,
                FilterSubject::Compare => board.tiles().iter().any(|tile| tile.content.is_compared()),
                FilterSubject::Dimension(dimension) => {
                    board.tiles().iter().any(|tile| tile.content.knows(dimension, catalogue))
                }
            };
            let dimensions =
                catalogue.dimensions.iter().map(|dimension| FilterSubject::Dimension(dimension.id.clone()));
            let all = [FilterSubject::Time, FilterSubject::Compare].into_iter().chain(dimensions);
            all.filter(|subject| board.filter(subject).is_none() && knows(subject)).collect()
        })
    })
}

/// Adds a filter that begins with everything, where there is none about that.
pub(super) fn add_filter(editor: Editor, subject: FilterSubject) {
    change(editor, move |filters| {
        if filters.len() < MAX_FILTERS && filters.iter().all(|filter| filter.subject() != subject) {
            filters.push(BoardFilter::about(subject));
        }
    });
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
        FilterSubject::Compare => view! { <UsualCompare editor /> }.into_any(),
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
fn UsualCompare(editor: Editor) -> impl IntoView {
    let locale = use_locale();
    let board = editor.board();
    let usual = Memo::new(move |_| board.with(|board| board.chosen_compare(&model::board::Reading::default())));
    let choices = Signal::derive(move || {
        let own = Choice::new(OWN, text!(locale.get(), filters.own_compares));
        let named = Compare::ALL.into_iter().map(|one| Choice::new(one.name(), compare_name(one, locale.get())));
        std::iter::once(own).chain(named).collect::<Vec<_>>()
    });
    view! {
        <SelectField
            name="board-filter-compare"
            label=label!(locale, filters.compare)
            choices
            value=Signal::derive(move || usual.get().map_or_else(String::new, |usual| usual.name().to_owned()))
            on_change=move |name: String| replace(editor, BoardFilter::Compare { usual: Compare::named(&name) })
        />
    }
}

/// The values of a dimension: those of the first tile that knows it, as readers will be offered them.
pub(in crate::pages::builder) fn values_of(
    editor: Editor,
    catalogue: Catalogue,
    dimension: DimensionId,
    search: String,
) -> impl Future<Output = Result<Vec<String>, AppError>> + 'static {
    let metric: Option<MetricId> = catalogue.with_value(|catalogue| {
        editor.board().with_untracked(|board| {
            let tile = board.tiles().iter().find(|tile| tile.content.knows(&dimension, catalogue));
            tile.and_then(|tile| tile.content.first_metric()).map(|metric| metric.id.clone())
        })
    });
    async move {
        match metric {
            Some(metric) => filter_values(metric, dimension, search).await,
            None => Ok(Vec::new()),
        }
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
    let ask = move |search| values_of(editor, catalogue, own.get_value(), search);
    let on_change = move |usual| replace(editor, BoardFilter::Values { dim: own.get_value(), usual });
    view! { <ValuesMenu dimension names locale chosen ask on_change /> }
}
