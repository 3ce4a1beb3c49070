//! A new board that begins with a template: its name, and on to the builder.

use crate::{
    i18n::{label, live_text, use_locale},
    pages::boards::wrong_with,
    routes,
    server_functions::begin_with_template,
};
use components::controls::{Button, ButtonKind, Dialog, Submits, TextField};
use leptos::{ev, prelude::*};
use leptos_router::hooks::use_navigate;
use model::board::{TemplateId, Title};

#[component]
pub(super) fn BeginDialog(template: TemplateId, usual: String, open: RwSignal<bool>) -> impl IntoView {
    let locale = use_locale();
    let name = RwSignal::new(usual);
    let make = Action::new(move |title: &Title| {
        let (template, title, locale) = (template.clone(), title.clone(), locale.get_untracked());
        async move { begin_with_template(template, title, locale).await }
    });
    let navigate = use_navigate();
    Effect::new(move |_| {
        if let Some(Ok(id)) = make.value().get() {
            open.set(false);
            navigate(&routes::builder(id), leptos_router::NavigateOptions::default());
        }
    });
    let title = Memo::new(move |_| name.with(|name| Title::parse(name)));
    let wrong = Signal::derive(move || {
        let refused = make.value().get().and_then(Result::err);
        title.with(|title| wrong_with(title, refused, locale.get()))
    });
    let submit = move |event: ev::SubmitEvent| {
        event.prevent_default();
        if let Ok(title) = title.get_untracked()
            && !title.is_empty()
        {
            make.dispatch(title);
        }
    };
    view! {
        <Dialog name="begin-board" title=label!(locale, templates.begin) locale open>
            <form class="form" on:submit=submit>
                <TextField
                    name="board-name"
                    label=label!(locale, boards.name)
                    value=name
                    error=wrong
                    required=true
                    on_input=move |text| name.set(text)
                />
                <div class="form__actions">
                    <Button on_click=move |()| open.set(false)>{live_text!(locale, common.cancel)}</Button>
                    <Button kind=ButtonKind::Primary submits=Submits::Form busy=make.pending()>
                        {live_text!(locale, boards.create)}
                    </Button>
                </div>
            </form>
        </Dialog>
    }
    .into_any()
}
