//! A text to be handed on: read-only, selected as a whole when it is reached, and copied by a button.

use super::{Button, IconName, Toasts, toast::ToastKind};
use crate::{browser::copy_text, words};
use leptos::{html, prelude::*};
use model::formatting::Locale;

/// A labelled text with a button that copies it. Where the browser does not let pages copy, the text is selected, so that the
/// reader's own keys do.
#[component]
pub fn CopyField(
    /// Unique on the page.
    #[prop(into)]
    name: String,
    #[prop(into)] label: Signal<String>,
    #[prop(into)] text: Signal<String>,
    #[prop(into)] locale: Signal<Locale>,
) -> impl IntoView {
    let id = format!("field-{name}");
    let field = NodeRef::<html::Input>::new();
    let toasts = use_context::<Toasts>();
    let select = move || {
        if let Some(field) = field.get_untracked() {
            let _ = field.focus();
            field.select();
        }
    };
    let copy = move |()| {
        select();
        let (kind, told) = if text.with_untracked(|text| copy_text(text)) {
            (ToastKind::Done, words::COPIED)
        } else {
            (ToastKind::Error, words::SELECTED_TO_COPY)
        };
        if let Some(toasts) = toasts {
            toasts.show(kind, told.in_locale(locale.get_untracked()).to_owned());
        }
    };
    view! {
        <div class="field copy-field">
            <label class="field__label" for=id.clone()>
                {move || label.get()}
            </label>
            <div class="copy-field__row">
                <input
                    node_ref=field
                    id=id.clone()
                    class="field__control copy-field__text"
                    type="text"
                    readonly
                    prop:value=move || text.get()
                    on:focus=move |_| select()
                />
                <Button icon=IconName::Copy on_click=copy>
                    {move || words::COPY.in_locale(locale.get())}
                </Button>
            </div>
        </div>
    }
    .into_any()
}
