//! The filter about time: ranges to choose from, and any days.

use super::super::published::PublishedBoard;
use crate::{
    i18n::{label, live_text, text},
    pages::time_ranges::{offered_ranges, range_words},
};
use components::controls::{Button, ButtonKind, Dialog, Icon, IconName, Submits};
use leptos::prelude::*;
use model::{
    board::Reading,
    time::{Day, Interval, TimeRange},
};

/// How the menu writes what is no range: each tile's own, and days yet to be chosen.
const OWN: &str = "";
const CUSTOM: &str = "custom";

#[component]
pub(super) fn TimeFilter(published: PublishedBoard, usual: Option<TimeRange>) -> impl IntoView {
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
        <Dialog name="filter-days" title=label!(locale, filters.time) locale open=is_choosing>
            <DaysForm published on_chosen=move |range| {
                is_choosing.set(false);
                read_over(Some(range));
            } />
        </Dialog>
    }
}

/// The first day and the last, both counted.
#[component]
fn DaysForm(published: PublishedBoard, #[prop(into)] on_chosen: Callback<TimeRange>) -> impl IntoView {
    let locale = published.locale;
    let (first, last) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let range = Memo::new(move |_| {
        let day = |text: &str| Day::parse(text);
        let (first, last) = (day(&first.get())?, day(&last.get())?);
        let calendar = published.calendar;
        Interval::new(calendar.start_of(first), calendar.start_of(last.plus(1))).map(TimeRange::Between)
    });
    let field = move |name: &'static str, words: Signal<String>, value: RwSignal<String>| {
        view! {
            <div class="field">
                <label class="field__label" for=format!("field-{name}")>{move || words.get()}</label>
                <input
                    id=format!("field-{name}")
                    type="date"
                    class="field__control"
                    prop:value=move || value.get()
                    on:input:target=move |event| value.set(event.target().value())
                />
            </div>
        }
    };
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
            {field("filter-from", label!(locale, filters.from), first)}
            {field("filter-to", label!(locale, filters.to), last)}
            <Button kind=ButtonKind::Primary submits=Submits::Form disabled=Signal::derive(move || range.get().is_none())>
                {live_text!(locale, filters.apply)}
            </Button>
        </form>
    }
}
