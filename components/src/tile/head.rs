//! The right side of a card's header: badges and the menu.

use super::{
    FileForm, MetricsExplained, TileFiles, TileState,
    card::{Reader, Shown},
    csv::csv,
    drawing::Drawing,
};
use crate::{
    browser::{copy_text, keep_filled},
    controls::{IconName, Menu, MenuItem, ToastKind, Toasts, draw_icon},
    markup::Markup,
    words,
};
use leptos::{html, prelude::*};
use model::{
    board::{ComponentKind, TileId},
    formatting::{Locale, age},
    frame::{Frame, Warning},
    metric::MetricId,
};
use std::collections::BTreeSet;

/// Numbers older than this say so on their card.
const OLD_SECONDS: i64 = 120;

/// What a reader must know before the numbers: simulated, small, cut off, old.
pub(super) fn badges_markup(kind: ComponentKind, state: &TileState, locale: Locale) -> String {
    let mut markup = Markup::default();
    let frame = state.frame();
    match state {
        TileState::Ready { age_seconds: Some(seconds), .. } if *seconds >= OLD_SECONDS => {
            let title = words::NEWEST_DATA.in_locale(locale);
            markup.element("span", &[("class", "card__age"), ("title", title)], |span| {
                draw_icon(span, IconName::Clock);
                span.text(&age(*seconds, locale));
            });
        }
        TileState::Ready { .. } | TileState::Unbound | TileState::Loading | TileState::Failed { .. } => {}
    }
    // Which definition the numbers follow, where the organisation may change it.
    let versions: BTreeSet<u32> = frame.iter().flat_map(|frame| &frame.columns).filter_map(|it| it.version).collect();
    for version in versions {
        let said = words::version(version, locale);
        let why = words::OWN_METRIC.in_locale(locale);
        markup.element("span", &[("class", "badge badge--version"), ("title", why)], |span| span.text(&said));
    }
    let mut badge = |said: words::Words, why: String| {
        markup.element("span", &[("class", "badge"), ("title", &why)], |span| span.text(said.in_locale(locale)));
    };
    for warning in frame.iter().flat_map(|frame| &frame.warnings) {
        match warning {
            Warning::SmallSample { minimum } => badge(words::SMALL_SAMPLE, words::fewer_than(*minimum, locale)),
            // A table says so itself, under its last row.
            Warning::Truncated { .. } if Drawing::of(kind) == Drawing::Rows => {}
            Warning::Truncated { limit, rows } => badge(words::CUT_OFF, words::truncated(*limit, *rows, locale)),
            Warning::SessionsCutOff => badge(words::CUT_OFF, words::SESSIONS_CUT_OFF.in_locale(locale).to_owned()),
        }
    }
    if frame.is_some_and(|frame| frame.simulated) {
        let said = words::SIMULATED.in_locale(locale);
        let sign = [("class", "card__sign"), ("role", "img"), ("title", said), ("aria-label", said)];
        markup.element("span", &sign, |span| draw_icon(span, IconName::Flask));
    }
    markup.into_text()
}

#[component]
pub(super) fn Badges(kind: Memo<ComponentKind>, state: Signal<TileState>, reader: Reader) -> impl IntoView {
    let drawing = Memo::new(move |_| state.with(|state| badges_markup(kind.get(), state, reader.locale.get())));
    let badges = NodeRef::<html::Span>::new();
    keep_filled(badges, drawing);
    view! { <span class="card__badges" node_ref=badges inner_html=drawing.get_untracked()></span> }.into_any()
}

/// At how many rows a frame was cut off, and how many there are, where it was.
pub(crate) fn truncated_at(frame: &Frame) -> Option<(u32, u64)> {
    frame.warnings.iter().find_map(|warning| match warning {
        Warning::Truncated { limit, rows } => Some((*limit, *rows)),
        Warning::SmallSample { .. } | Warning::SessionsCutOff => None,
    })
}

#[component]
pub(super) fn CardMenu(
    tile: TileId,
    frame: Memo<Option<Shown>>,
    kind: Memo<ComponentKind>,
    metric: Memo<Option<MetricId>>,
    as_table: RwSignal<bool>,
    reader: Reader,
) -> impl IntoView {
    let explained = use_context::<MetricsExplained>();
    let files = use_context::<TileFiles>();
    let toasts = use_context::<Toasts>();
    let label = Signal::derive(move || reader.say(words::CARD_MENU).to_owned());
    let copy = move || {
        let Some(frame) = frame.get_untracked() else {
            return;
        };
        let csv = reader.names.with_untracked(|names| csv(&frame.0, names, reader.locale.get_untracked()));
        let done = copy_text(&csv);
        let (toast, words) =
            if done { (ToastKind::Done, words::COPIED) } else { (ToastKind::Error, words::COPY_NEEDS_HTTPS) };
        if let Some(toasts) = toasts {
            toasts.show(toast, words.in_locale(reader.locale.get_untracked()));
        }
    };
    let items = move || {
        let mut items = Vec::new();
        let drawing = Drawing::of(kind.get());
        if drawing.has_numbers() && drawing != Drawing::Rows {
            let label = Signal::derive(move || reader.say(words::SHOW_AS_TABLE).to_owned());
            let flip = move || as_table.update(|as_table| *as_table = !*as_table);
            items.push(MenuItem::new(IconName::Table, label, flip).with_checked(as_table));
        }
        let label = Signal::derive(move || reader.say(words::COPY_AS_CSV).to_owned());
        items.push(MenuItem::new(IconName::Copy, label, copy));
        if let Some(TileFiles(have)) = files {
            for form in FileForm::ALL {
                let label = Signal::derive(move || words::file_of(form).in_locale(reader.locale.get()).to_owned());
                items.push(MenuItem::new(IconName::Download, label, move || have.run((tile, form))));
            }
        }
        if let (Some(metric), Some(MetricsExplained(explain))) = (metric.get(), explained) {
            let label = Signal::derive(move || reader.say(words::ABOUT_THE_METRIC).to_owned());
            items.push(MenuItem::new(IconName::Search, label, move || explain.run(metric.clone())));
        }
        items
    };
    move || view! { <Menu label icon=IconName::More items=items() /> }
}
