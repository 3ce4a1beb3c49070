//! A dialog over the page. The browser's own, so that focus stays inside and Escape closes it.

use super::{IconButton, IconName};
use crate::words;
use leptos::{html, prelude::*};
use model::formatting::Locale;

/// A dialog with a title; `open` opens and closes it, and follows when the reader closes it.
#[component]
pub fn Dialog(
    /// Unique on the page; ties the title to the dialog.
    #[prop(into)]
    name: String,
    #[prop(into)] title: Signal<String>,
    #[prop(into)] locale: Signal<Locale>,
    open: RwSignal<bool>,
    children: Children,
) -> impl IntoView {
    let title_id = format!("dialog-{name}-title");
    let dialog = NodeRef::<html::Dialog>::new();
    Effect::new(move |_| {
        let wanted = open.get();
        if let Some(dialog) = dialog.get()
            && wanted != dialog.open()
        {
            if wanted {
                // Fails only where the dialog left the page meanwhile; then there is nothing to show.
                let _ = dialog.show_modal();
            } else {
                dialog.close();
            }
        }
    });
    view! {
        <dialog
            node_ref=dialog
            class="dialog"
            aria-labelledby=title_id.clone()
            on:close=move |_| open.set(false)
            // A press on the backdrop is a press on the dialog itself and not on what it holds.
            on:click=move |event| {
                if event.target().as_ref() == dialog.get_untracked().as_deref().map(AsRef::as_ref) {
                    open.set(false);
                }
            }
        >
            <div class="dialog__panel">
                <header class="dialog__head">
                    <h2 id=title_id.clone() class="dialog__title">
                        {move || title.get()}
                    </h2>
                    <IconButton
                        icon=IconName::Close
                        label=Signal::derive(move || words::CLOSE.in_locale(locale.get()).to_owned())
                        on_click=move |()| open.set(false)
                    />
                </header>
                <div class="dialog__body">{children()}</div>
            </div>
        </dialog>
    }
    .into_any()
}
