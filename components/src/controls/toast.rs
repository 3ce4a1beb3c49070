//! Toasts: short messages that come, are read aloud, and go.

use super::{Icon, IconButton, IconName};
use crate::words;
use leptos::prelude::*;
use model::formatting::Locale;
use std::time::Duration;

/// How long a message stays; errors stay until they are closed.
const STAYS: Duration = Duration::from_secs(6);

/// What a message is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ToastKind {
    Done,
    Notice,
    Error,
}

impl ToastKind {
    const fn look(self) -> (&'static str, IconName) {
        match self {
            Self::Done => ("toast toast--done", IconName::Check),
            Self::Notice => ("toast toast--notice", IconName::Info),
            Self::Error => ("toast toast--error", IconName::Warning),
        }
    }
}

/// One message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Toast {
    number: u32,
    pub kind: ToastKind,
    pub text: String,
}

/// The messages of the page. Provided once; anything below may add to them.
#[derive(Debug, Clone, Copy)]
pub struct Toasts {
    shown: RwSignal<Vec<Toast>>,
    counted: StoredValue<u32>,
}

impl Toasts {
    /// Makes the list and provides it to everything below.
    pub fn provide() -> Self {
        let toasts = Self { shown: RwSignal::new(Vec::new()), counted: StoredValue::new(0) };
        provide_context(toasts);
        toasts
    }

    /// Shows a message. The same text again replaces the one that stands.
    pub fn show(self, kind: ToastKind, text: impl Into<String>) {
        let text = text.into();
        let number = self.counted.try_update_value(|counted| {
            *counted += 1;
            *counted
        });
        let Some(number) = number else { return };
        self.shown.update(|shown| {
            shown.retain(|toast| toast.text != text);
            shown.push(Toast { number, kind, text });
        });
        match kind {
            ToastKind::Done | ToastKind::Notice => set_timeout(move || self.close(number), STAYS),
            ToastKind::Error => {}
        }
    }

    fn close(self, number: u32) {
        // The page may be gone when the time is up.
        let _ = self.shown.try_update(|shown| shown.retain(|toast| toast.number != number));
    }
}

/// Where messages stand. Place it once, after everything else.
#[component]
pub fn ToastRegion(toasts: Toasts, #[prop(into)] locale: Signal<Locale>) -> impl IntoView {
    view! {
        <div class="toasts" role="status" aria-live="polite">
            <For each=move || toasts.shown.get() key=|toast| toast.number let:toast>
                {
                    let (class, icon) = toast.kind.look();
                    view! {
                        <div class=class>
                            <Icon name=icon />
                            <p class="toast__text">{toast.text}</p>
                            <IconButton
                                icon=IconName::Close
                                label=Signal::derive(move || words::CLOSE.in_locale(locale.get()).to_owned())
                                on_click=move |()| toasts.close(toast.number)
                            />
                        </div>
                    }
                }
            </For>
        </div>
    }
    .into_any()
}
