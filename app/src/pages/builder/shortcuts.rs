//! Keys of the builder, and the sheet that explains them.

use super::editor::Editor;
use crate::i18n::{label, live_text, use_locale};
use components::controls::Dialog;
use leptos::{ev, prelude::*, web_sys};
use wasm_bindgen::JsCast as _;

/// What a key asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Shortcut {
    Undo,
    Redo,
    Duplicate,
    Explain,
}

impl Shortcut {
    fn of(event: &ev::KeyboardEvent) -> Option<Self> {
        let command = event.ctrl_key() || event.meta_key();
        match (command, event.shift_key(), event.key().to_lowercase().as_str()) {
            (true, false, "z") => Some(Self::Undo),
            (true, true, "z") | (true, false, "y") => Some(Self::Redo),
            (true, false, "d") => Some(Self::Duplicate),
            (false, _, "?" | "？") => Some(Self::Explain),
            _ => None,
        }
    }
}

/// Listens while the builder is open. Fields keep their own undo.
pub(crate) fn listen_for_shortcuts(editor: Editor, is_explaining: RwSignal<bool>) {
    Effect::new(move |_| {
        let keys = window_event_listener(ev::keydown, move |event| {
            let Some(shortcut) = Shortcut::of(&event).filter(|_| !is_in_a_field(&event)) else { return };
            event.prevent_default();
            match shortcut {
                Shortcut::Undo => editor.undo(),
                Shortcut::Redo => editor.redo(),
                Shortcut::Duplicate => {
                    if let Some(tile) = editor.selected.get_untracked() {
                        editor.duplicate(tile);
                    }
                }
                Shortcut::Explain => is_explaining.set(true),
            }
        });
        let online = window_event_listener(ev::online, move |_| editor.send());
        let leaving = window_event_listener(ev::beforeunload, move |event| {
            if untrack(|| editor.status()) != super::editor::SaveStatus::Saved {
                event.prevent_default();
            }
        });
        on_cleanup(move || {
            keys.remove();
            online.remove();
            leaving.remove();
        });
    });
}

fn is_in_a_field(event: &ev::KeyboardEvent) -> bool {
    let element = event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok());
    element.is_some_and(|element| matches!(element.tag_name().as_str(), "INPUT" | "TEXTAREA" | "SELECT"))
}

/// The sheet of keys.
#[component]
pub(crate) fn ShortcutSheet(open: RwSignal<bool>) -> impl IntoView {
    let locale = use_locale();
    view! {
        <Dialog name="shortcuts" title=label!(locale, shortcuts.title) locale open>
            <dl class="shortcuts">
                <dt><kbd>"Enter"</kbd></dt>
                <dd>{live_text!(locale, shortcuts.enter)}</dd>
                <dt><kbd>"← ↑ → ↓"</kbd></dt>
                <dd>{live_text!(locale, shortcuts.arrows)}</dd>
                <dt><kbd>"Shift"</kbd>" + "<kbd>"← ↑ → ↓"</kbd></dt>
                <dd>{live_text!(locale, shortcuts.shift_arrows)}</dd>
                <dt><kbd>"Delete"</kbd></dt>
                <dd>{live_text!(locale, shortcuts.delete)}</dd>
                <dt><kbd>"Esc"</kbd></dt>
                <dd>{live_text!(locale, shortcuts.escape)}</dd>
                <dt><kbd>"Ctrl"</kbd>" + "<kbd>"D"</kbd></dt>
                <dd>{live_text!(locale, shortcuts.duplicate)}</dd>
                <dt><kbd>"Ctrl"</kbd>" + "<kbd>"Z"</kbd></dt>
                <dd>{live_text!(locale, shortcuts.undo)}</dd>
                <dt><kbd>"Ctrl"</kbd>" + "<kbd>"Shift"</kbd>" + "<kbd>"Z"</kbd></dt>
                <dd>{live_text!(locale, shortcuts.redo)}</dd>
                <dt><kbd>"?"</kbd></dt>
                <dd>{live_text!(locale, shortcuts.explain)}</dd>
            </dl>
        </Dialog>
    }
}
