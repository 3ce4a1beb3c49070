//! Keeping the draft of a board as a template of the organisation.

use crate::{
    i18n::{error_words, label, live_text, use_locale},
    routes,
    server_functions::keep_template,
};
use components::controls::{Button, ButtonKind, Dialog, Submits, TextField};
use leptos::{ev, prelude::*};
use model::board::{BoardId, TemplateName, Title};

#[component]
pub(crate) fn KeepTemplateDialog(board: BoardId, usual: Signal<String>, open: RwSignal<bool>) -> impl IntoView {
    let locale = use_locale();
    let (title, about) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let keep = Action::new(move |name: &TemplateName| {
        let name = name.clone();
        async move { keep_template(board, name).await }
    });
    let outcome = keep.value();
    // The next time it opens it begins anew.
    Effect::new(move |_| {
        if open.get() {
            outcome.set(None);
            title.set(usual.get_untracked());
            about.set(String::new());
        }
    });
    let name = Memo::new(move |_| {
        let title = title.with(|title| Title::parse(title)).ok().filter(|title| !title.is_empty())?;
        let about = about.with(|about| Title::parse(about)).ok()?;
        Some(TemplateName { title, about })
    });
    let kept =
        Memo::new(move |_| outcome.with(|outcome| outcome.as_ref().and_then(|kept| kept.as_ref().ok().cloned())));
    let wrong = Signal::derive(move || {
        outcome.with(|outcome| match outcome {
            Some(Err(error)) => error_words(error, locale.get()).title,
            Some(Ok(_)) | None => String::new(),
        })
    });
    let submit = move |event: ev::SubmitEvent| {
        event.prevent_default();
        if let Some(name) = name.get_untracked() {
            keep.dispatch(name);
        }
    };
    view! {
        <Dialog name="keep-template" title=label!(locale, templates.keep) locale open>
            <Show
                when=move || kept.with(Option::is_none)
                fallback=move || {
                    view! {
                        <p class="dialog__text" role="status">
                            {live_text!(locale, templates.kept)}
                        </p>
                        <div class="form__actions">
                            <Button on_click=move |()| open.set(false)>{live_text!(locale, publish.go_on)}</Button>
                            <a class="button button--primary" href=routes::TEMPLATES>
                                <span class="button__label">{live_text!(locale, templates.title)}</span>
                            </a>
                        </div>
                    }
                }
            >
                <form class="form" on:submit=submit>
                    <TextField
                        name="template-name"
                        label=label!(locale, templates.name)
                        value=title
                        error=wrong
                        required=true
                        on_input=move |words| title.set(words)
                    />
                    <TextField
                        name="template-about"
                        label=label!(locale, templates.about)
                        hint=label!(locale, templates.about_hint)
                        value=about
                        on_input=move |words| about.set(words)
                    />
                    <div class="form__actions">
                        <Button on_click=move |()| open.set(false)>{live_text!(locale, common.cancel)}</Button>
                        <Button
                            kind=ButtonKind::Primary
                            submits=Submits::Form
                            busy=keep.pending()
                            disabled=Signal::derive(move || name.with(Option::is_none))
                        >
                            {live_text!(locale, templates.keep)}
                        </Button>
                    </div>
                </form>
            </Show>
        </Dialog>
    }
    .into_any()
}
