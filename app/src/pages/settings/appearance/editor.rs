//! A theme that is being changed: its name, its colours, and a board drawn in it.

use super::{
    colour_field::ColourField,
    preview::ThemePreview,
    workshop::{Draft, Workshop},
};
use crate::{
    i18n::{error_words, label, live_text, text, use_locale},
    server_functions::save_theme,
};
use components::controls::{Button, ButtonKind, Submits, TextField, ToastKind, Toasts};
use leptos::{ev, prelude::*, web_sys};
use model::{
    appearance::{Finding, OwnTheme, Token},
    board::Title,
    time::Calendar,
};
use wasm_bindgen::JsCast as _;

#[component]
pub(super) fn ThemeEditor(workshop: Workshop, calendar: Calendar) -> impl IntoView {
    let locale = use_locale();
    let toasts = use_context::<Toasts>();
    let save = Action::new(move |draft: &Draft| {
        let Draft { before, theme, .. } = draft.clone();
        async move {
            let told = match save_theme(before, theme).await {
                Ok(kept) => {
                    let told =
                        text!(locale.get_untracked(), appearance.theme_saved, name = kept.theme.name.to_string());
                    workshop.take(kept);
                    workshop.draft.set(None);
                    (ToastKind::Done, told)
                }
                Err(error) => {
                    let words = error_words(&error, locale.get_untracked());
                    (ToastKind::Error, format!("{} {}", words.title, words.advice))
                }
            };
            if let Some(toasts) = toasts {
                toasts.show(told.0, told.1);
            }
        }
    });
    let name = Signal::derive(move || {
        workshop.draft.with(|draft| draft.as_ref().map(|draft| draft.name.clone())).unwrap_or_default()
    });
    let title = Memo::new(move |_| name.with(|name| Title::parse(name)).ok().filter(|title| !title.is_empty()));
    let unreadable = Memo::new(move |_| {
        workshop.findings.with(|findings| findings.iter().filter(|finding| finding.is_grave()).count())
    });
    let can_be_saved = Memo::new(move |_| title.with(Option::is_some) && unreadable.get() == 0);
    let submit = move |event: ev::SubmitEvent| {
        event.prevent_default();
        let draft = workshop.draft.get_untracked();
        if let (Some(draft), Some(name), true) = (draft, title.get_untracked(), can_be_saved.get_untracked()) {
            let theme = OwnTheme { name, ..draft.theme };
            save.dispatch(Draft { theme, ..draft });
        }
    };
    let heading = move || {
        let is_new = workshop.draft.with(|draft| draft.as_ref().is_none_or(|draft| draft.before.is_none()));
        if is_new { text!(locale.get(), appearance.new_theme) } else { text!(locale.get(), appearance.change_theme) }
    };
    let mild = move || {
        workshop.findings.with(|findings| findings.iter().filter(|finding: &&Finding| !finding.is_grave()).count())
    };
    let summary = move || match (unreadable.get(), mild()) {
        (0, 0) => text!(locale.get(), appearance.all_well).to_owned(),
        (0, count) => text!(locale.get(), appearance.advice, count = count),
        (count, _) => text!(locale.get(), appearance.refused, count = count),
    };
    // Who opened it goes on in it.
    Effect::new(move |_| request_animation_frame(focus_name));
    view! {
        <form class="appearance__editor" aria-labelledby="appearance-editor" on:submit=submit>
            <div class="appearance__fields">
                <h2 class="appearance__heading" id="appearance-editor">{heading}</h2>
                <TextField
                    name="theme-name"
                    label=label!(locale, appearance.theme_name)
                    value=name
                    required=true
                    on_input=move |typed| workshop.update(|draft| draft.name = typed)
                />
                <fieldset class="appearance__colours">
                    <legend class="appearance__legend">{live_text!(locale, appearance.ground)}</legend>
                    {Token::PLAIN.into_iter().map(|token| view! { <ColourField token workshop /> }).collect_view()}
                </fieldset>
                <fieldset class="appearance__colours">
                    <legend class="appearance__legend">{live_text!(locale, appearance.all_series)}</legend>
                    {Token::series().map(|token| view! { <ColourField token workshop /> }).collect_view()}
                </fieldset>
            </div>
            <div class="appearance__aside">
                <ThemePreview workshop calendar />
                <p class="appearance__summary" class:appearance__summary--refused=move || unreadable.get() != 0 role="status">
                    {summary}
                </p>
                <div class="form__actions">
                    <Button on_click=move |()| workshop.draft.set(None)>{live_text!(locale, common.cancel)}</Button>
                    <Button
                        kind=ButtonKind::Primary
                        submits=Submits::Form
                        busy=save.pending()
                        disabled=Signal::derive(move || !can_be_saved.get())
                    >
                        {live_text!(locale, appearance.save_theme)}
                    </Button>
                </div>
            </div>
        </form>
    }
    .into_any()
}

fn focus_name() {
    let field = document().get_element_by_id("field-theme-name");
    if let Some(field) = field.and_then(|field| field.dyn_into::<web_sys::HtmlElement>().ok()) {
        // A field that can't take the focus leaves it where it is.
        let _ = field.focus();
    }
}
