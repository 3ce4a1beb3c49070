//! Calling a version of the draft something, to find it again.

use crate::{
    i18n::{error_words, label, live_text, use_locale},
    server_functions::name_version,
};
use components::controls::{Button, ButtonKind, Dialog, TextField};
use leptos::prelude::*;
use model::board::{BoardId, HistoryEntry, Title};

/// Asks for the name; an empty one takes it away.
#[component]
pub(super) fn NamingDialog(
    board: BoardId,
    entry: RwSignal<Option<HistoryEntry>>,
    #[prop(into)] on_named: Callback<()>,
) -> impl IntoView {
    let locale = use_locale();
    let open = RwSignal::new(false);
    let typed = RwSignal::new(String::new());
    let problem = RwSignal::new(String::new());
    Effect::new(move |_| {
        if let Some(entry) = entry.get() {
            typed.set(entry.name.map(|name| name.to_string()).unwrap_or_default());
            problem.set(String::new());
            open.set(true);
        }
    });
    Effect::new(move |before: Option<bool>| {
        let now = open.get();
        if before == Some(true) && !now {
            entry.set(None);
        }
        now
    });
    let save = Action::new(move |(version, name): &(i64, Title)| {
        let (version, name) = (*version, name.clone());
        async move {
            match name_version(board, version, name).await {
                Ok(()) => {
                    open.try_set(false);
                    on_named.run(());
                }
                Err(error) => {
                    let words = error_words(&error, locale.get_untracked());
                    problem.try_set(format!("{} {}", words.title, words.advice));
                }
            }
        }
    });
    let keep = move || match (entry.get_untracked(), Title::parse(&typed.get_untracked())) {
        (Some(entry), Ok(name)) => {
            save.dispatch((entry.version, name));
        }
        (Some(_), Err(error)) => problem.set(error.to_string()),
        (None, _) => {}
    };
    view! {
        <Dialog name="naming" title=label!(locale, history.name) locale open>
            <form
                class="form"
                on:submit=move |event| {
                    event.prevent_default();
                    keep();
                }
            >
                <TextField
                    name="version-name"
                    label=label!(locale, history.version_name)
                    hint=label!(locale, history.version_name_hint)
                    value=typed
                    error=problem
                    on_input=move |text| typed.set(text)
                />
                <div class="form__actions">
                    <Button on_click=move |()| open.set(false)>{live_text!(locale, common.cancel)}</Button>
                    <Button kind=ButtonKind::Primary busy=save.pending() on_click=move |()| keep()>
                        {live_text!(locale, history.keep_name)}
                    </Button>
                </div>
            </form>
        </Dialog>
    }
}
