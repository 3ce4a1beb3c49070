//! One entry of the history.

use super::panel::WayBack;
use crate::{
    i18n::{label, text, use_locale},
    pages::change_words::change_words,
};
use components::{
    controls::{IconName, Menu, MenuItem},
    tile::Names,
};
use leptos::prelude::*;
use model::{
    board::{HistoryEntry, StepKind},
    formatting::{Locale, clock_time, step_label},
    time::{Calendar, Grain},
};

/// What was done, by whom and when, and the ways back.
#[component]
pub(super) fn HistoryRow(
    entry: HistoryEntry,
    names: Signal<Names>,
    calendar: Calendar,
    may_go_back: Signal<bool>,
    on_go_back: Callback<(WayBack, i64)>,
    #[prop(into)] on_name: Callback<HistoryEntry>,
) -> impl IntoView {
    let locale = use_locale();
    let version = entry.version;
    let moment = format!("{} {}", step_label(entry.at, Grain::Day, calendar), clock_time(entry.at, calendar));
    let (who, is_undone, published) = (entry.who.clone(), entry.is_undone, entry.published);
    let name = entry.name.clone();
    let told = StoredValue::new(entry);
    let words = move || told.with_value(|entry| names.with(|names| entry_words(entry, names, locale.get())));
    let go = move |way: WayBack| {
        move || {
            if may_go_back.get_untracked() {
                on_go_back.run((way, version));
            }
        }
    };
    let items = move || {
        vec![
            MenuItem::new(IconName::Undo, label!(locale, history.restore), go(WayBack::Restore)),
            MenuItem::new(IconName::Minus, label!(locale, history.revert), go(WayBack::Revert)),
            MenuItem::new(IconName::Edit, label!(locale, history.name), move || on_name.run(told.get_value())),
        ]
    };
    view! {
        <li class="history__entry" class:history__entry--undone=is_undone>
            <p class="history__words">{words}</p>
            <p class="history__facts">
                <span>{who}</span>
                <span class="history__time">{moment}</span>
                {name.map(|name| view! { <span class="badge badge--edited">{name.to_string()}</span> })}
                {published
                    .map(|number| {
                        view! {
                            <span class="badge badge--published">
                                {move || text!(locale.get(), history.published, number = number)}
                            </span>
                        }
                    })}
            </p>
            <div class="history__menu">
                <Menu label=label!(locale, history.actions) icon=IconName::More items=items() />
            </div>
        </li>
    }
}

/// What was done, with what is special about the step.
fn entry_words(entry: &HistoryEntry, names: &Names, locale: Locale) -> String {
    let words = change_words(&entry.change, names, locale);
    match entry.kind {
        StepKind::Edit => words,
        StepKind::Undo => text!(locale, history.undone, change = words),
        StepKind::Redo => text!(locale, history.redone, change = words),
    }
}
