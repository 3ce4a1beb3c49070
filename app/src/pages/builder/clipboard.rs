//! Copying, cutting and pasting tiles: on this board, from board to board, and as JSON that can be read and kept.

use super::{
    editor::Editor,
    shortcuts::{Place, place_of},
};
use crate::i18n::{text, use_locale};
use components::controls::{ToastKind, Toasts};
use leptos::{ev, prelude::*};
use model::board::{Clipping, ClippingError, TileId};

/// Listens while the builder is open. Texts and dialogs keep their own clipboard.
pub(super) fn listen_for_clipboard(editor: Editor) {
    let (locale, toasts) = (use_locale(), use_context::<Toasts>());
    let tell = move |kind: ToastKind, words: String| {
        if let Some(toasts) = toasts {
            toasts.show(kind, words);
        }
    };
    Effect::new(move |_| {
        let copying = window_event_listener(ev::copy, move |event| {
            if let Some(count) = copy(editor, &event) {
                tell(ToastKind::Done, text!(locale.get_untracked(), builder.copied, count = count));
            }
        });
        let cutting = window_event_listener(ev::cut, move |event| {
            if copy(editor, &event).is_some() {
                editor.remove(&selected(editor));
            }
        });
        let pasting = window_event_listener(ev::paste, move |event| {
            if !is_on_board(&event) {
                return;
            }
            let text = event.clipboard_data().and_then(|data| data.get_data("text/plain").ok()).unwrap_or_default();
            let locale = locale.get_untracked();
            match Clipping::read(&text) {
                Ok(clipping) => editor.paste(&clipping),
                Err(ClippingError::NoTiles) => {
                    tell(ToastKind::Error, text!(locale, builder.nothing_to_paste).to_owned());
                }
                Err(ClippingError::Malformed(why)) => {
                    tell(ToastKind::Error, text!(locale, builder.unreadable_paste, why = why));
                }
            }
            event.prevent_default();
        });
        on_cleanup(move || {
            copying.remove();
            cutting.remove();
            pasting.remove();
        });
    });
}

fn selected(editor: Editor) -> Vec<TileId> {
    editor.selected.with_untracked(|selected| selected.tiles().to_vec())
}

/// How many tiles it put on the clipboard; `None` where the event is about something else.
fn copy(editor: Editor, event: &ev::ClipboardEvent) -> Option<usize> {
    let (tiles, data) = (selected(editor), event.clipboard_data()?);
    let clipping = editor.clipping(&tiles).filter(|_| is_on_board(event))?;
    data.set_data("text/plain", &clipping.write()).ok()?;
    event.prevent_default();
    Some(tiles.len())
}

/// Whether it is about tiles: not about a text, and not about words that are marked on the page.
fn is_on_board(event: &ev::ClipboardEvent) -> bool {
    let marks_words = window().get_selection().ok().flatten().is_some_and(|marked| !marked.is_collapsed());
    match place_of(event.as_ref()) {
        Place::Board | Place::Control => !marks_words,
        Place::Text | Place::Dialog => false,
    }
}
