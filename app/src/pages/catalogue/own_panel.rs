//! What is to be known of a metric that the organisation added itself: its versions, the boards that show it, and what may
//! be done with it.

use super::{
    rule_words::{part_name, rule_words},
    unit_words::unit_name,
};
use crate::{
    i18n::{error_words, label, live_text, text, use_locale},
    routes,
    server_functions::retire_metric,
};
use components::controls::{Button, ButtonKind, Dialog, Icon, IconName, ToastKind, Toasts};
use leptos::{prelude::*, task::spawn_local};
use model::{
    board::BoardLink,
    formatting::{Locale, clock_time, step_label},
    metric::{
        Unit,
        own::{Difference, OwnMetricView, Part, VersionNote},
    },
    time::{Calendar, Grain},
};

/// Buttons, versions and boards. `may_define`: what changes the metric is offered as well.
#[component]
pub(super) fn OwnPanel(own: OwnMetricView, may_define: bool, calendar: Calendar) -> impl IntoView {
    let locale = use_locale();
    let OwnMetricView { metric, retired_at, mistakes, versions, boards, .. } = own;
    let id = metric.id;
    let is_retired = retired_at.is_some();
    let asks = RwSignal::new(false);
    let is_busy = RwSignal::new(false);
    let set_retired = retiring(id.clone(), is_busy);
    let (edit, toml, json) =
        (routes::change_metric(&id), routes::metric_file(Some(&id), "toml"), routes::metric_file(Some(&id), "json"));
    let mistakes = (!mistakes.is_empty()).then(|| {
        let each = mistakes.into_iter().map(|mistake| {
            view! {
                <li>
                    <code>{mistake.field.clone()}</code>
                    " "
                    {move || rule_words(&mistake.rule, locale.get())}
                </li>
            }
        });
        view! { <ul class="own__mistakes">{each.collect_view()}</ul> }
    });
    let shown_boards = boards.clone();
    view! {
        <section class="own" aria-label=live_text!(locale, own.versions)>
            <div class="own__actions">
                {(may_define && !is_retired).then(|| view! {
                    <a class="button button--secondary" href=edit>
                        <Icon name=IconName::Edit />
                        <span class="button__label">{live_text!(locale, own.edit)}</span>
                    </a>
                })}
                {(!is_retired).then(|| view! {
                    <a class="button button--secondary" href=toml download="" rel="external">
                        <Icon name=IconName::Download />
                        <span class="button__label">{move || format!("{} TOML", text!(locale.get(), own.export))}</span>
                    </a>
                    <a class="button button--secondary" href=json download="" rel="external">
                        <Icon name=IconName::Download />
                        <span class="button__label">{move || format!("{} JSON", text!(locale.get(), own.export))}</span>
                    </a>
                })}
                {may_define.then(|| if is_retired {
                    view! {
                        <Button kind=ButtonKind::Primary busy=is_busy on_click=move |()| set_retired.run(false)>
                            {live_text!(locale, own.bring_back)}
                        </Button>
                    }
                    .into_any()
                } else {
                    view! {
                        <Button kind=ButtonKind::Quiet on_click=move |()| asks.set(true)>
                            {live_text!(locale, own.retire)}
                        </Button>
                    }
                    .into_any()
                })}
            </div>
            {mistakes}
            <div class="own__columns">
                <section class="own__card">
                    <h2 class="catalogue__domain">{live_text!(locale, own.versions)}</h2>
                    <ol class="own__versions">
                        {versions.into_iter().map(|version| view! { <VersionRow version calendar locale /> }).collect_view()}
                    </ol>
                </section>
                <section class="own__card">
                    <h2 class="catalogue__domain">{live_text!(locale, own.boards)}</h2>
                    <BoardLinks boards locale />
                </section>
            </div>
            <Dialog name="retire-metric" title=label!(locale, own.retire_title) locale open=asks>
                <p class="dialog__text">{live_text!(locale, own.retire_question)}</p>
                {(!shown_boards.is_empty()).then(|| view! {
                    <div class="own__warning">
                        <p>{live_text!(locale, own.retire_boards)}</p>
                        <BoardLinks boards=shown_boards locale />
                    </div>
                })}
                <div class="form__actions">
                    <Button on_click=move |()| asks.set(false)>{live_text!(locale, common.cancel)}</Button>
                    <Button kind=ButtonKind::Danger busy=is_busy on_click=move |()| set_retired.run(true)>
                        {live_text!(locale, own.retire)}
                    </Button>
                </div>
            </Dialog>
        </section>
    }
    .into_any()
}

/// Retires the metric or brings it back, and shows its page as it is then.
fn retiring(id: model::metric::own::OwnMetricId, is_busy: RwSignal<bool>) -> Callback<bool> {
    let locale = use_locale();
    let toasts = use_context::<Toasts>();
    Callback::new(move |retired: bool| {
        let id = id.clone();
        is_busy.set(true);
        spawn_local(async move {
            let done = retire_metric(id, retired).await;
            let _ = is_busy.try_set(false);
            match done {
                Ok(()) => {
                    let _ = window().location().reload();
                }
                Err(error) => {
                    if let Some(toasts) = toasts {
                        let words = error_words(&error, locale.get_untracked());
                        toasts.show(ToastKind::Error, format!("{} {}", words.title, words.advice));
                    }
                }
            }
        });
    })
}

#[component]
fn VersionRow(version: VersionNote, calendar: Calendar, locale: Signal<Locale>) -> impl IntoView {
    let VersionNote { version: number, at, by, note, differences } = version;
    let is_first = number == 1;
    let about = move || {
        let at = format!("{} {}", step_label(at, Grain::Day, calendar), clock_time(at, calendar));
        text!(locale.get(), own.version_by, by = by.clone(), at = at)
    };
    view! {
        <li class="own__version">
            <p class="own__version-head">
                <strong>{move || text!(locale.get(), own.version, version = number)}</strong>
                <span class="catalogue__note">{about}</span>
            </p>
            {(!note.is_empty()).then(|| view! { <p class="own__note">{note}</p> })}
            {is_first.then(|| view! { <p class="catalogue__note">{live_text!(locale, own.first_version)}</p> })}
            <ul class="own__differences">
                {differences
                    .into_iter()
                    .map(|difference| view! { <li>{move || difference_words(&difference, locale.get())}</li> })
                    .collect_view()}
            </ul>
        </li>
    }
    .into_any()
}

/// `单位：小时 → 分钟`.
fn difference_words(difference: &Difference, locale: Locale) -> String {
    let worded = |text: &str| {
        let unit = Unit::ALL.into_iter().find(|unit| difference.part == Part::Unit && unit.name() == text);
        match (unit, text.is_empty()) {
            (Some(unit), _) => unit_name(unit, locale).to_owned(),
            (None, true) => text!(locale, own.nothing_written).to_owned(),
            (None, false) => text.to_owned(),
        }
    };
    text!(
        locale,
        own.changed_part,
        part = part_name(difference.part, locale),
        before = worded(&difference.before),
        after = worded(&difference.after)
    )
}

#[component]
fn BoardLinks(boards: Vec<BoardLink>, locale: Signal<Locale>) -> impl IntoView {
    if boards.is_empty() {
        return view! { <p class="catalogue__note">{live_text!(locale, own.no_boards)}</p> }.into_any();
    }
    let link = |board: BoardLink| {
        view! { <li><a href=routes::builder(board.id)>{board.title.to_string()}</a></li> }
    };
    view! { <ul class="own__boards">{boards.into_iter().map(link).collect_view()}</ul> }.into_any()
}
