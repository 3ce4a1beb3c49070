//! Quick search, from every page: boards to open and metrics to look up. ⌘K or Ctrl K.

use crate::{
    i18n::{label, live_text, text, use_locale},
    routes,
    server_functions::{catalogue, list_boards},
};
use components::controls::{Dialog, FieldKind, IconButton, IconName, TextField};
use leptos::{ev, prelude::*, task::spawn_local, web_sys};
use leptos_router::{NavigateOptions, hooks::use_navigate};
use model::{board::BoardSummary, formatting::Locale, metric::MetricInfo};
use wasm_bindgen::JsCast as _;

/// So many of each are shown.
const MOST: usize = 8;

/// What is found.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Hit {
    Board(BoardSummary),
    Metric(Box<MetricInfo>),
}

impl Hit {
    fn key(&self) -> String {
        match self {
            Self::Board(board) => board.id.to_string(),
            Self::Metric(metric) => metric.id.to_string(),
        }
    }
}

/// Whether every word of the search stands in a text, in any case.
fn matches(text: &str, search: &str) -> bool {
    let text = text.to_lowercase();
    search.to_lowercase().split_whitespace().all(|word| text.contains(word))
}

/// The boards opened last first, then those edited last; metrics only once something is typed.
fn hits(boards: &[BoardSummary], metrics: &[MetricInfo], search: &str) -> Vec<Hit> {
    let mut found: Vec<&BoardSummary> = boards
        .iter()
        .filter(|board| {
            let folder = board.folder.as_ref().map(ToString::to_string).unwrap_or_default();
            matches(&format!("{} {folder} {}", board.title, board.sounds), search)
        })
        .collect();
    found.sort_by_key(|board| std::cmp::Reverse((board.visited_at, board.edited_at)));
    let found = found.into_iter().take(MOST).cloned().map(Hit::Board);
    let metrics = metrics.iter().filter(|metric| {
        let text = format!("{} {} {} {}", metric.name.zh, metric.name.en, metric.id, metric.sounds);
        !search.trim().is_empty() && matches(&text, search)
    });
    found.chain(metrics.take(MOST).cloned().map(|metric| Hit::Metric(Box::new(metric)))).collect()
}

/// The button in the bar, and the dialog that it opens.
#[component]
pub(crate) fn QuickSearch() -> impl IntoView {
    let locale = use_locale();
    let open = RwSignal::new(false);
    let search = RwSignal::new(String::new());
    let keys = Keys::default();
    Effect::new(move |_| {
        if open.get() {
            search.set(String::new());
            // Once the dialog is open: before that nothing in it can be focused. What is typed from then on is kept, also
            // while what searches is still on its way.
            request_animation_frame(focus_field);
        }
    });
    Effect::new(move |_| {
        let listener = window_event_listener(ev::keydown, move |event| {
            if (event.meta_key() || event.ctrl_key()) && !event.shift_key() && event.key().eq_ignore_ascii_case("k") {
                event.prevent_default();
                open.set(true);
            }
        });
        on_cleanup(move || listener.remove());
    });
    view! {
        <IconButton icon=IconName::Search label=label!(locale, quick.open) on_click=move |()| open.set(true) />
        <Dialog name="quick-search" title=label!(locale, quick.open) locale open>
            <div class="quick" on:keydown=move |event| keys.press(&event)>
                <TextField
                    name="quick"
                    label=label!(locale, quick.open)
                    placeholder=label!(locale, quick.placeholder)
                    kind=FieldKind::Search
                    value=search
                    on_input=move |text| search.set(text)
                />
                <Show when=move || open.get()>
                    <Found open search keys />
                </Show>
            </div>
        </Dialog>
    }
    .into_any()
}

fn focus_field() {
    let field = document().get_element_by_id("field-quick");
    if let Some(field) = field.and_then(|field| field.dyn_into::<web_sys::HtmlElement>().ok()) {
        // A field that can't take the focus leaves it in the dialog.
        let _ = field.focus();
    }
}

/// What the keys do in the field, once the list is there. Cheap to copy.
#[derive(Clone, Copy)]
struct Keys(StoredValue<Option<Callback<ev::KeyboardEvent>>>);

impl Default for Keys {
    fn default() -> Self {
        Self(StoredValue::new(None))
    }
}

impl Keys {
    fn press(self, event: &ev::KeyboardEvent) {
        if let Some(press) = self.0.get_value() {
            press.run(event.clone());
        }
    }
}

#[component]
fn Found(open: RwSignal<bool>, search: RwSignal<String>, keys: Keys) -> impl IntoView {
    let locale = use_locale();
    let boards = RwSignal::new(Vec::<BoardSummary>::new());
    let metrics = RwSignal::new(Vec::<MetricInfo>::new());
    let pointed = RwSignal::new(0_usize);
    let found = Memo::new(move |_| boards.with(|boards| metrics.with(|metrics| hits(boards, metrics, &search.get()))));
    // Each as it comes: boards wait for no metric.
    spawn_local(async move {
        if let Ok(all) = list_boards().await {
            let _ = boards.try_set(all);
        }
    });
    spawn_local(async move {
        if let Ok(all) = catalogue().await {
            let _ = metrics.try_set(all.metrics);
        }
    });
    Effect::new(move |_| {
        search.track();
        pointed.set(0);
    });
    let navigate = use_navigate();
    let go = Callback::new(move |hit: Hit| {
        open.set(false);
        let to = match hit {
            Hit::Board(board) if board.published_at.is_some() => routes::board(board.id),
            Hit::Board(board) => routes::builder(board.id),
            Hit::Metric(metric) => routes::metric(&metric.id),
        };
        // Once the dialog has closed: what closes it must not run when the page it stands on is gone.
        let navigate = navigate.clone();
        request_animation_frame(move || navigate(&to, NavigateOptions::default()));
    });
    let press = move |event: ev::KeyboardEvent| {
        let count = found.with_untracked(Vec::len);
        match event.key().as_str() {
            "ArrowDown" if count > 0 => pointed.update(|pointed| *pointed = (*pointed + 1) % count),
            "ArrowUp" if count > 0 => pointed.update(|pointed| *pointed = (*pointed + count - 1) % count),
            "Enter" => {
                if let Some(hit) = found.with_untracked(|found| found.get(pointed.get_untracked()).cloned()) {
                    go.run(hit);
                }
            }
            _ => return,
        }
        event.prevent_default();
    };
    keys.0.set_value(Some(Callback::new(press)));
    on_cleanup(move || {
        let _ = keys.0.try_set_value(None);
    });
    let nothing = move || {
        let is_searched = search.with(|search| !search.trim().is_empty());
        (is_searched && found.with(Vec::is_empty)).then(|| text!(locale.get(), quick.nothing, search = search.get()))
    };
    view! {
            <ul class="quick__list" aria-label=live_text!(locale, quick.open)>
                <For each=move || found.get().into_iter().enumerate() key=|(index, hit)| (*index, hit.key()) let((index, hit))>
                    <HitRow index hit pointed go locale />
                </For>
            </ul>
            <p class="quick__note" role="status">{nothing}</p>
            <p class="quick__note">{live_text!(locale, quick.hint)}</p>
    }
    .into_any()
}

#[component]
fn HitRow(
    index: usize,
    hit: Hit,
    pointed: RwSignal<usize>,
    go: Callback<Hit>,
    locale: Signal<Locale>,
) -> impl IntoView {
    let is_pointed = Memo::new(move |_| pointed.get() == index);
    let content = match hit.clone() {
        Hit::Board(board) => {
            let title = board.title.to_string();
            let folder = board.folder.as_ref().map(ToString::to_string);
            view! {
                <button type="button" class="quick__hit" tabindex="-1" on:click=move |_| go.run(hit.clone())>
                    <components::controls::Icon name=IconName::Board />
                    <span class="quick__name">
                        {move || if title.is_empty() { text!(locale.get(), boards.untitled).to_owned() } else { title.clone() }}
                    </span>
                    {folder.map(|folder| view! { <span class="quick__detail">{folder}</span> })}
                </button>
            }
            .into_any()
        }
        Hit::Metric(metric) => {
            let (name, definition) = (metric.name.clone(), metric.definition.clone());
            let id = metric.id.to_string();
            view! {
                <button type="button" class="quick__hit" tabindex="-1" on:click=move |_| go.run(hit.clone())>
                    <components::controls::Icon name=IconName::Kpi />
                    <span class="quick__name">{move || name.in_locale(locale.get()).to_owned()}</span>
                    <span class="quick__detail">{id}</span>
                    <span class="quick__definition">{move || definition.in_locale(locale.get()).to_owned()}</span>
                </button>
            }
            .into_any()
        }
    };
    view! {
        <li class="quick__row" class:quick__row--pointed=move || is_pointed.get()>
            {content}
        </li>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::matches;

    #[test]
    fn every_word_is_found_in_any_case() {
        assert!(matches("收视率看板 日报 shoushilv ssl", "SSL 日报"));
        assert!(!matches("收视率看板", "收视 订单"));
    }
}
