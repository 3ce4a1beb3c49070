//! The right side of a card's header: badges and the menu.

use super::{
    MetricsExplained, TileState,
    card::{Reader, Shown},
    csv,
};
use crate::{
    browser::copy_text,
    controls::{Icon, IconName, Menu, MenuItem, ToastKind, Toasts},
    words,
};
use leptos::prelude::*;
use model::{board::ComponentKind, formatting::age, frame::Warning, metric::MetricId};

/// Numbers older than this say so on their card.
const OLD_SECONDS: i64 = 120;

/// What a reader must know before the numbers: simulated, small, cut off, old.
#[component]
pub(super) fn Badges(
    frame: Memo<Option<Shown>>,
    kind: Memo<ComponentKind>,
    state: Signal<TileState>,
    reader: Reader,
) -> impl IntoView {
    let is_simulated = move || frame.with(|frame| frame.as_ref().is_some_and(|frame| frame.0.simulated));
    let small = move || {
        frame.with(|frame| {
            frame.as_ref().and_then(|frame| {
                frame.0.warnings.iter().find_map(|warning| match warning {
                    Warning::SmallSample { minimum } => Some(*minimum),
                    Warning::Truncated { .. } => None,
                })
            })
        })
    };
    // A table says so itself, under its last row.
    let truncated = move || {
        let cut_off = truncated_at(frame);
        match kind.get() {
            ComponentKind::Kpi
            | ComponentKind::Line
            | ComponentKind::Bar
            | ComponentKind::ProvinceMap
            | ComponentKind::Text
            | ComponentKind::Tabs
            | ComponentKind::Carousel => cut_off,
            ComponentKind::Table => None,
        }
    };
    let old = move || {
        state.with(|state| match state {
            TileState::Ready { age_seconds: Some(seconds), .. } if *seconds >= OLD_SECONDS => Some(*seconds),
            TileState::Ready { .. } | TileState::Unbound | TileState::Loading | TileState::Failed { .. } => None,
        })
    };
    view! {
        {move || {
            old().map(|seconds| {
                view! {
                    <span class="card__age" title=move || reader.say(words::NEWEST_DATA)>
                        <Icon name=IconName::Clock />
                        {move || age(seconds, reader.locale.get())}
                    </span>
                }
            })
        }}
        {move || {
            small().map(|minimum| {
                view! {
                    <span class="badge" title=move || words::fewer_than(minimum, reader.locale.get())>
                        {move || reader.say(words::SMALL_SAMPLE)}
                    </span>
                }
            })
        }}
        {move || {
            truncated().map(|(limit, rows)| {
                view! {
                    <span class="badge" title=move || words::truncated(limit, rows, reader.locale.get())>
                        {move || reader.say(words::CUT_OFF)}
                    </span>
                }
            })
        }}
        <Show when=is_simulated>
            <span
                class="card__sign"
                role="img"
                title=move || reader.say(words::SIMULATED)
                aria-label=move || reader.say(words::SIMULATED)
            >
                <Icon name=IconName::Flask />
            </span>
        </Show>
    }
    .into_any()
}

/// At how many rows the frame was cut off, and how many there are, where it was.
pub(super) fn truncated_at(frame: Memo<Option<Shown>>) -> Option<(u32, u64)> {
    frame.with(|frame| {
        frame.as_ref().and_then(|frame| {
            frame.0.warnings.iter().find_map(|warning| match warning {
                Warning::Truncated { limit, rows } => Some((*limit, *rows)),
                Warning::SmallSample { .. } => None,
            })
        })
    })
}

#[component]
pub(super) fn CardMenu(
    frame: Memo<Option<Shown>>,
    kind: Memo<ComponentKind>,
    metric: Memo<Option<MetricId>>,
    as_table: RwSignal<bool>,
    reader: Reader,
) -> impl IntoView {
    let explained = use_context::<MetricsExplained>();
    let toasts = use_context::<Toasts>();
    let label = Signal::derive(move || reader.say(words::CARD_MENU).to_owned());
    let copy = move || {
        let Some(frame) = frame.get_untracked() else {
            return;
        };
        let csv = reader.names.with_untracked(|names| csv::csv(&frame.0, names, reader.locale.get_untracked()));
        let done = copy_text(&csv);
        let (toast, words) =
            if done { (ToastKind::Done, words::COPIED) } else { (ToastKind::Error, words::COPY_NEEDS_HTTPS) };
        if let Some(toasts) = toasts {
            toasts.show(toast, words.in_locale(reader.locale.get_untracked()));
        }
    };
    let items = move || {
        let mut items = Vec::new();
        match kind.get() {
            ComponentKind::Kpi | ComponentKind::Line | ComponentKind::Bar | ComponentKind::ProvinceMap => {
                let label = Signal::derive(move || reader.say(words::SHOW_AS_TABLE).to_owned());
                let flip = move || as_table.update(|as_table| *as_table = !*as_table);
                items.push(MenuItem::new(IconName::Table, label, flip).with_checked(as_table));
            }
            ComponentKind::Table | ComponentKind::Text | ComponentKind::Tabs | ComponentKind::Carousel => {}
        }
        let label = Signal::derive(move || reader.say(words::COPY_AS_CSV).to_owned());
        items.push(MenuItem::new(IconName::Copy, label, copy));
        if let (Some(metric), Some(MetricsExplained(explain))) = (metric.get(), explained) {
            let label = Signal::derive(move || reader.say(words::ABOUT_THE_METRIC).to_owned());
            items.push(MenuItem::new(IconName::Search, label, move || explain.run(metric.clone())));
        }
        items
    };
    move || view! { <Menu label icon=IconName::More items=items() /> }
}
