//! The filters above a board: what readers narrow it by. What they choose stands in the address.

mod choices;
mod compare;
mod time;

use super::published::PublishedBoard;
use crate::{
    i18n::{live_text, text},
    pages::{
        filter_words::{subject_name, values_words},
        time_ranges::range_words,
    },
};
pub(super) use choices::ValuesFilter;
pub(super) use compare::CompareFilter;
use components::controls::{Icon, IconName};
use leptos::prelude::*;
use model::{
    board::{Board, BoardFilter, Drill, FilterPlaces, FilterSubject, Reading},
    time::{Interval, TimeRange},
};
pub(super) use time::TimeFilter;

/// Told apart from what tiles hold.
const PLACE: &str = "-above";

/// The filters that stand nowhere on the board itself, or only where it is read on a phone, or only where it is not.
fn beside_tiles(board: &Board) -> Vec<(BoardFilter, FilterPlaces)> {
    let filters = board.filters().iter().map(|filter| (filter.clone(), board.places_of_filter(&filter.subject())));
    filters.filter(|(_, places)| !(places.desk && places.phone)).collect()
}

/// What was chosen beside the board's own filters, and can be taken back.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct Chip {
    /// What it is, and how it is taken back.
    words: String,
    taken_back: Reading,
}

/// The board's filters, and as chips what was chosen by clicking numbers. Not there where there is neither.
#[component]
pub(super) fn FilterBar(published: PublishedBoard) -> impl IntoView {
    let locale = published.locale;
    let filters = published.board.with_value(beside_tiles);
    let (has_on_desk, has_on_phone) =
        (filters.iter().any(|(_, places)| !places.desk), filters.iter().any(|(_, places)| !places.phone));
    // Only on a phone the filters are folded up.
    let is_open = RwSignal::new(false);
    let count = Memo::new(move |_| published.reading.with(Reading::count));
    let controls = filters
        .into_iter()
        .map(|(filter, places)| {
            let control = match filter {
                BoardFilter::Time { usual } => view! { <TimeFilter published usual place=PLACE /> }.into_any(),
                BoardFilter::Compare { usual } => view! { <CompareFilter published usual /> }.into_any(),
                BoardFilter::Values { dim, .. } => {
                    view! { <ValuesFilter published dimension=dim place=PLACE /> }.into_any()
                }
            };
            view! {
                <div
                    class="filters__control"
                    class:filters__control--not-on-desk=places.desk
                    class:filters__control--not-on-phone=places.phone
                >
                    {control}
                </div>
            }
        })
        .collect_view();
    let chips = Memo::new(move |_| chips(published));
    let fold = move || {
        if count.get() == 0 {
            text!(locale.get(), filters.open).to_owned()
        } else {
            text!(locale.get(), filters.open_count, count = count.get())
        }
    };
    view! {
        <section
            class="filters"
            class:filters--none-on-desk=move || !has_on_desk && count.get() == 0
            class:filters--none-on-phone=move || !has_on_phone && count.get() == 0
            class:filters--open=move || is_open.get()
            aria-label=live_text!(locale, filters.title)
        >
            <button
                type="button"
                class="button button--secondary filters__fold"
                aria-expanded=move || is_open.get().to_string()
                on:click=move |_| is_open.update(|is_open| *is_open = !*is_open)
            >
                <Icon name=IconName::Filter />
                <span class="button__label">{fold}</span>
            </button>
            <div class="filters__controls">
                {controls}
                <For each=move || chips.get() key=Clone::clone let:chip>
                    {
                        let Chip { words, taken_back } = chip;
                        let said = StoredValue::new(words);
                        view! {
                            <button
                                type="button"
                                class="filters__chip"
                                aria-label=move || text!(locale.get(), filters.remove, name = said.get_value())
                                on:click=move |_| {
                                    let taken_back = taken_back.clone();
                                    published.read_so(move |_| taken_back);
                                }
                            >
                                <span>{said.get_value()}</span>
                                <Icon name=IconName::Close />
                            </button>
                        }
                    }
                </For>
                <Show when=move || count.get() != 0>
                    <button
                        type="button"
                        class="button button--quiet"
                        on:click=move |_| published.read_so(|_| Reading::default())
                    >
                        {live_text!(locale, filters.reset)}
                    </button>
                </Show>
                <button
                    type="button"
                    class="button button--primary filters__close"
                    on:click=move |_| is_open.set(false)
                >
                    {live_text!(locale, filters.close)}
                </button>
            </div>
        </section>
    }
    .into_any()
}

/// Values that were clicked and have no filter of their own; and each tile that was drilled into, step by step.
fn chips(published: PublishedBoard) -> Vec<Chip> {
    let locale = published.locale.get();
    let reading = published.reading.get();
    let declared =
        published.board.with_value(|board| board.filters().iter().map(BoardFilter::subject).collect::<Vec<_>>());
    published.names.with(|names| {
        let values = reading.values.iter().filter_map(|(dimension, chosen)| {
            let subject = FilterSubject::Dimension(dimension.clone());
            let is_chip = !declared.contains(&subject) && !chosen.values.is_empty();
            is_chip.then(|| {
                let name = subject_name(&subject, names, locale);
                let mut taken_back = reading.clone();
                taken_back.values.remove(dimension);
                Chip {
                    words: format!("{name}: {}", values_words(dimension, &chosen.values, names, locale)),
                    taken_back,
                }
            })
        });
        let drills = reading.drills.iter().flat_map(|(tile, drills)| {
            let title = published.tile_title(*tile);
            let reading = &reading;
            drills.iter().enumerate().map(move |(depth, drill)| {
                let into = match drill {
                    Drill::Value { dim, value, .. } => names.value(dim.as_str(), value.as_deref(), locale),
                    Drill::Step { from, to } => {
                        let range = Interval::new(*from, *to).map(TimeRange::Between);
                        range.map(|range| range_words(range, published.calendar, locale)).unwrap_or_default()
                    }
                };
                Chip { words: format!("{title} › {into}"), taken_back: reading.clone().drilled_up(*tile, depth) }
            })
        });
        values.chain(drills).collect()
    })
}
