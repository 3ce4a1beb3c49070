//! Publishing: from then on leaders see this version.

use super::{
    editor::{Editor, SaveStatus},
    later::PublishLater,
    versions::VersionList,
};
use crate::{
    i18n::{error_words, label, live_text, text, use_locale},
    routes,
    server_functions::publish_board,
};
use components::{
    controls::{Button, ButtonKind, Dialog},
    tile::Names,
};
use leptos::prelude::*;

/// Asks, publishes, and says what came of it.
#[component]
pub(crate) fn PublishDialog(editor: Editor, names: Signal<Names>, open: RwSignal<bool>) -> impl IntoView {
    let locale = use_locale();
    let id = editor.id;
    let publish = Action::new(move |(): &()| async move {
        let version = publish_board(id).await;
        editor.refresh();
        version
    });
    let outcome = publish.value();
    // The next time it opens it asks again.
    Effect::new(move |_| {
        if open.get() {
            outcome.set(None);
        }
    });
    let is_saved = Memo::new(move |_| editor.status() == SaveStatus::Saved);
    let is_published = Memo::new(move |_| outcome.with(|outcome| matches!(outcome, Some(Ok(_)))));
    let words = move || {
        let locale = locale.get();
        outcome.with(|outcome| match outcome {
            Some(Ok(version)) => text!(locale, publish.done, number = *version),
            Some(Err(error)) => {
                let words = error_words(error, locale);
                format!("{} {}", words.title, words.advice)
            }
            None => match editor.draft().published {
                Some(version) => text!(locale, publish.question_again, number = version),
                None => text!(locale, publish.question_first).to_owned(),
            },
        })
    };
    view! {
        <Dialog name="publish" title=label!(locale, publish.title) locale open>
            <p class="dialog__text" role="status">{words}</p>
            <p class="dialog__note">
                {move || (!is_saved.get()).then(|| text!(locale.get(), publish.wait_for_edits))}
            </p>
            <div class="form__actions">
                <Show
                    when=move || is_published.get()
                    fallback=move || {
                        view! {
                            <Button on_click=move |()| open.set(false)>{live_text!(locale, common.cancel)}</Button>
                            <Button
                                kind=ButtonKind::Primary
                                busy=publish.pending()
                                disabled=Signal::derive(move || !is_saved.get())
                                on_click=move |()| {
                                    publish.dispatch(());
                                }
                            >
                                {live_text!(locale, publish.confirm)}
                            </Button>
                        }
                    }
                >
                    <Button on_click=move |()| open.set(false)>{live_text!(locale, publish.go_on)}</Button>
                    <a class="button button--primary" href=routes::board(id)>
                        <span class="button__label">{live_text!(locale, publish.see)}</span>
                    </a>
                </Show>
            </div>
            <PublishLater editor />
            <VersionList editor names open />
        </Dialog>
    }
}
