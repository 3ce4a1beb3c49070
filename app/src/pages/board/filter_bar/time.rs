//! The filter about time: ranges to choose from, and any days.

use super::super::published::PublishedBoard;
use crate::{
    i18n::{label, live_text, text},
    pages::time_ranges::{offered_ranges, range_words},
};
use components::controls::{Button, ButtonKind, Dialog, FieldKind, Icon, IconName, Submits, TextField};
use leptos::prelude::*;
use model::{
    board::Reading,
    time::{Day, Interval, TimeRange},
};

/// How the menu writes what is no range: each tile's own, and days yet to be chosen.
const OWN: &str = "";
const CUSTOM: &str = "custom";

#[component]
pub(in crate::pages::board) fn TimeFilter(
    published: PublishedBoard,
    usual: Option<TimeRange>,
    /// Where it stands, once on the page.
    #[prop(into)]
    place: String,
) -> impl IntoView {
    let locale = published.locale;
    let is_choosing = RwSignal::new(false);
    let current = Memo::new(move |_| published.reading.with(|reading| reading.time.or(usual)));
    let read_over = move |time: Option<TimeRange>| {
        published.read_so(move |reading| Reading { time: time.filter(|time| Some(*time) != usual), ..reading });
    };
    let choices = move || {
        let locale = locale.get();
        let mut ranges = offered_ranges();
        ranges.extend(current.get().filter(|current| !offered_ranges().contains(current)));
        let own = usual.is_none().then(|| (OWN.to_owned(), text!(locale, filters.own_times).to_owned()));
        let named = ranges.into_iter().map(|range| (range.to_string(), range_words(range, published.calendar, locale)));
        let custom = (CUSTOM.to_owned(), text!(locale, filters.custom).to_owned());
        own.into_iter()
            .chain(named)
            .chain(std::iter::once(custom))
            .map(|(value, words)| {
                let own = value.clone();
                let selected = move || current.get().map_or_else(String::new, |range| range.to_string()) == own;
                view! { <option value=value selected=selected>{words}</option> }
            })
            .collect_view()
    };
    view! {
        <label class="checks__button filters__time">
            <span class="checks__label">{live_text!(locale, filters.time)}</span>
            <select
                class="filters__select"
                class:filters__select--chosen=move || current.get().is_some()
                prop:value=move || current.get().map_or_else(String::new, |range| range.to_string())
                on:change:target=move |event| {
                    let value = event.target().value();
                    if value == CUSTOM {
                        // The menu goes on saying what is shown, until days are chosen.
                        event.target().set_value(&current.get_untracked().map_or_else(String::new, |range| range.to_string()));
                        is_choosing.set(true);
                    } else {
                        read_over(value.parse().ok());
                    }
                }
            >
                {choices}
            </select>
            <Icon name=IconName::ChevronDown />
        </label>
        <Dialog name=format!("filter-days-{place}") title=label!(locale, filters.time) locale open=is_choosing>
            // Made anew with each opening: it begins with what is read by then.
            <Show when=move || is_choosing.get()>
                <DaysForm published current on_chosen=move |range| {
                    is_choosing.set(false);
                    read_over(Some(range));
                } />
            </Show>
        </Dialog>
    }
}

/// The first day and the last, both counted; at first the days that are read now.
#[component]
fn DaysForm(
    published: PublishedBoard,
    current: Memo<Option<TimeRange>>,
    #[prop(into)] on_chosen: Callback<TimeRange>,
) -> impl IntoView {
    let (locale, calendar) = (published.locale, published.calendar);
    let now_read = match current.get_untracked() {
        Some(TimeRange::Between(interval)) => Some(interval.days(calendar)),
        Some(TimeRange::Last(_) | TimeRange::Word(_)) | None => None,
    };
    let typed = |day: Option<Day>| RwSignal::new(day.map(|day| day.to_string()).unwrap_or_default());
    let (first, last) = (typed(now_read.map(|(first, _)| first)), typed(now_read.map(|(_, last)| last)));
    let days = Memo::new(move |_| Some((Day::parse(&first.get())?, Day::parse(&last.get())?)));
    let range = Memo::new(move |_| {
        let (first, last) = days.get()?;
        Interval::new(calendar.start_of(first), calendar.start_of(last.plus(1))).map(TimeRange::Between)
    });
    let error = Signal::derive(move || {
        let is_reversed = days.get().is_some_and(|(first, last)| last < first);
        if is_reversed { text!(locale.get(), filters.reversed).to_owned() } else { String::new() }
    });
    view! {
        <form
            class="form"
            on:submit=move |event| {
                event.prevent_default();
                if let Some(range) = range.get_untracked() {
                    on_chosen.run(range);
                }
            }
        >
            <TextField
                name="filter-from"
                label=label!(locale, filters.from)
                kind=FieldKind::Day
                value=first
                on_input=move |text| first.set(text)
            />
            <TextField
                name="filter-to"
                label=label!(locale, filters.to)
                kind=FieldKind::Day
                value=last
                error=error
                on_input=move |text| last.set(text)
            />
            <Button kind=ButtonKind::Primary submits=Submits::Form disabled=Signal::derive(move || range.get().is_none())>
                {live_text!(locale, filters.apply)}
            </Button>
        </form>
    }
}
