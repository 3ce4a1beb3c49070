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
    SelectAll,
    Group,
    Ungroup,
    Lock,
    Explain,
}

/// Where the focus is when a key is pressed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// On a tile, or nowhere in particular.
    Board,
    /// In a field that is being written in, which has an undo of its own.
    Text,
    /// On a menu, a switch, a button.
    Control,
    /// A dialog is open: what lies behind it is out of reach.
    Dialog,
}

impl Shortcut {
    fn of(is_command: bool, is_shifted: bool, key: &str, place: Place) -> Option<Self> {
        let shortcut = match (is_command, is_shifted, key.to_lowercase().as_str()) {
            (true, false, "z") => Self::Undo,
            (true, true, "z") | (true, false, "y") => Self::Redo,
            (true, false, "d") => Self::Duplicate,
            (true, false, "a") => Self::SelectAll,
            (true, false, "g") => Self::Group,
            (true, true, "g") => Self::Ungroup,
            (true, true, "l") => Self::Lock,
            // Some layouts have the slash with Shift only.
            (true, _, "/") => Self::Explain,
            // A sign alone may be meant as one, for a menu or for spoken input: here only where nothing else takes it.
            (false, _, "?" | "？") if place == Place::Board => Self::Explain,
            _ => return None,
        };
        match place {
            Place::Board => Some(shortcut),
            // A button or a menu has the whole page behind it: what is selected there is not what is meant.
            Place::Control => (shortcut != Self::SelectAll).then_some(shortcut),
            Place::Text => (shortcut == Self::Explain).then_some(shortcut),
            Place::Dialog => None,
        }
    }
}

/// Listens while the builder is open. Fields keep their own undo.
pub(crate) fn listen_for_shortcuts(editor: Editor, is_explaining: RwSignal<bool>) {
    Effect::new(move |_| {
        let keys = window_event_listener(ev::keydown, move |event| {
            let is_command = event.ctrl_key() || event.meta_key();
            let shortcut = Shortcut::of(is_command, event.shift_key(), &event.key(), place_of(event.as_ref()));
            let Some(shortcut) = shortcut.filter(|_| !event.is_composing()) else { return };
            event.prevent_default();
            let selected = || editor.selected.with_untracked(|selected| selected.tiles().to_vec());
            match shortcut {
                Shortcut::Undo => editor.undo(),
                Shortcut::Redo => editor.redo(),
                Shortcut::Duplicate => editor.duplicate(&selected()),
                Shortcut::SelectAll => editor.select_all(),
                Shortcut::Group => editor.group(&selected()),
                Shortcut::Ungroup => editor.edit(|board| board.grouping(&selected(), None)),
                Shortcut::Lock => {
                    let selected = selected();
                    let locks = !editor.free(&selected).is_empty();
                    editor.edit(|board| board.locking(&selected, locks));
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

pub(super) fn place_of(event: &web_sys::Event) -> Place {
    if matches!(document().query_selector("dialog[open]"), Ok(Some(_))) {
        return Place::Dialog;
    }
    let Some(element) = event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok()) else {
        return Place::Board;
    };
    let is_within = |selector: &str| matches!(element.closest(selector), Ok(Some(_)));
    if is_within("textarea, input:not([role=combobox]), input[aria-expanded=true]") {
        Place::Text
    } else if is_within(".builder__canvas") || element.tag_name() == "BODY" {
        Place::Board
    } else {
        Place::Control
    }
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
                <dt><kbd>"Space"</kbd>" / "<kbd>"Shift"</kbd>" + "{live_text!(locale, shortcuts.click)}</dt>
                <dd>{live_text!(locale, shortcuts.gather)}</dd>
                <dt><kbd>"Ctrl"</kbd>" + "<kbd>"A"</kbd></dt>
                <dd>{live_text!(locale, shortcuts.select_all)}</dd>
                <dt><kbd>"Ctrl"</kbd>" + "<kbd>"C"</kbd>" / "<kbd>"X"</kbd>" / "<kbd>"V"</kbd></dt>
                <dd>{live_text!(locale, shortcuts.clipboard)}</dd>
                <dt><kbd>"Ctrl"</kbd>" + "<kbd>"D"</kbd></dt>
                <dd>{live_text!(locale, shortcuts.duplicate)}</dd>
                <dt><kbd>"Ctrl"</kbd>" + "<kbd>"G"</kbd></dt>
                <dd>{live_text!(locale, shortcuts.group)}</dd>
                <dt><kbd>"Ctrl"</kbd>" + "<kbd>"Shift"</kbd>" + "<kbd>"G"</kbd></dt>
                <dd>{live_text!(locale, shortcuts.ungroup)}</dd>
                <dt><kbd>"Ctrl"</kbd>" + "<kbd>"Shift"</kbd>" + "<kbd>"L"</kbd></dt>
                <dd>{live_text!(locale, shortcuts.lock)}</dd>
                <dt><kbd>"Ctrl"</kbd>" + "<kbd>"Z"</kbd></dt>
                <dd>{live_text!(locale, shortcuts.undo)}</dd>
                <dt><kbd>"Ctrl"</kbd>" + "<kbd>"Shift"</kbd>" + "<kbd>"Z"</kbd></dt>
                <dd>{live_text!(locale, shortcuts.redo)}</dd>
                <dt><kbd>"+"</kbd>" / "<kbd>"-"</kbd>" / "<kbd>"0"</kbd></dt>
                <dd>{live_text!(locale, shortcuts.zoom)}</dd>
                <dt><kbd>"Ctrl"</kbd>" + "<kbd>"/"</kbd></dt>
                <dd>{live_text!(locale, shortcuts.explain)}</dd>
                <dt><kbd>"?"</kbd></dt>
                <dd>{live_text!(locale, shortcuts.explain_on_board)}</dd>
            </dl>
        </Dialog>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn undo_acts_everywhere_but_in_a_text_and_behind_a_dialog() {
        let undo = |place| Shortcut::of(true, false, "z", place);
        assert_eq!(undo(Place::Board), Some(Shortcut::Undo));
        assert_eq!(undo(Place::Control), Some(Shortcut::Undo), "a menu has no undo of its own");
        assert_eq!(undo(Place::Text), None);
        assert_eq!(undo(Place::Dialog), None);
    }

    #[test]
    fn a_sign_alone_acts_on_the_board_only() {
        for place in [Place::Text, Place::Control, Place::Dialog] {
            assert_eq!(Shortcut::of(false, true, "?", place), None);
        }
        assert_eq!(Shortcut::of(false, true, "？", Place::Board), Some(Shortcut::Explain));
        assert_eq!(Shortcut::of(true, false, "/", Place::Text), Some(Shortcut::Explain));
    }
}
