//! Words on their way from a field to the board: kept when the typing pauses, when the field is left, and, whatever
//! else happens, before the field is gone.

use crate::pages::builder::editor::Editor;
use leptos::prelude::*;
use std::time::Duration;

/// A pause in typing after which the words are kept.
const PAUSE: Duration = Duration::from_millis(500);

/// What was typed and is not kept yet.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
struct Pending {
    words: Option<String>,
    /// Counts keys, so that only a pause after the last one counts.
    round: u64,
}

/// A field whose words are kept a moment later. Cheap to copy; lives as long as the field.
#[derive(Clone, Copy)]
pub(super) struct Typing {
    pending: StoredValue<Pending>,
    /// How many fields hold words that are not kept yet.
    unkept: RwSignal<usize>,
    keep: Callback<String>,
}

impl Typing {
    /// For a field of the owner at hand.
    pub(super) fn new(editor: Editor, keep: impl Fn(String) + Copy + Send + Sync + 'static) -> Self {
        Self::counted(editor.unkept_fields(), keep)
    }

    fn counted(unkept: RwSignal<usize>, keep: impl Fn(String) + Copy + Send + Sync + 'static) -> Self {
        let typing = Self { pending: StoredValue::new(Pending::default()), unkept, keep: Callback::new(keep) };
        // Another tile is selected, or the page is left: the words belong to the tile they were typed for.
        on_cleanup(move || {
            if let Some(words) = typing.take() {
                keep(words);
            }
        });
        typing
    }

    /// For `on_input`: keeps the words when nothing was typed for a moment.
    pub(super) fn on_input(self) -> Callback<String> {
        Callback::new(move |words: String| {
            let round = self.note(words);
            set_timeout(
                move || {
                    let is_pause = self.pending.try_with_value(|pending| Some(pending.round) == round) == Some(true);
                    if is_pause && let Some(words) = self.take() {
                        self.keep.run(words);
                    }
                },
                PAUSE,
            );
        })
    }

    /// For `on_change`: keeps what the field was left with.
    pub(super) fn on_change(self) -> Callback<String> {
        Callback::new(move |words: String| {
            self.take();
            self.keep.run(words);
        })
    }

    fn note(self, words: String) -> Option<u64> {
        let (is_first, round) = self.pending.try_update_value(|pending| {
            pending.round += 1;
            (pending.words.replace(words).is_none(), pending.round)
        })?;
        if is_first {
            self.unkept.try_update(|unkept| *unkept += 1);
        }
        Some(round)
    }

    fn take(self) -> Option<String> {
        let words = self.pending.try_update_value(|pending| pending.words.take()).flatten()?;
        self.unkept.try_update(|unkept| *unkept = unkept.saturating_sub(1));
        Some(words)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A field in an owner of its own, what it has kept, and how many fields hold words that are not kept.
    fn field() -> (Owner, Owner, Typing, StoredValue<Vec<String>>) {
        let page = Owner::new();
        let (kept, unkept) = page.with(|| (StoredValue::new(Vec::new()), RwSignal::new(0)));
        let inspector = page.with(Owner::new);
        let typing =
            inspector.with(|| Typing::counted(unkept, move |words| kept.update_value(|kept| kept.push(words))));
        (page, inspector, typing, kept)
    }

    #[test]
    fn words_are_kept_when_another_tile_is_selected_before_the_pause() {
        let (_page, inspector, typing, kept) = field();
        typing.note("收".to_owned());
        typing.note("收视".to_owned());
        assert_eq!(typing.unkept.get_untracked(), 1);
        let unkept = typing.unkept;
        inspector.cleanup();
        assert_eq!(kept.get_value(), ["收视"]);
        assert_eq!(unkept.get_untracked(), 0);
    }

    #[test]
    fn words_that_are_kept_are_not_kept_once_more() {
        let (_page, inspector, typing, kept) = field();
        typing.note("收视".to_owned());
        inspector.with(|| typing.on_change().run("收视".to_owned()));
        inspector.cleanup();
        assert_eq!(kept.get_value(), ["收视"]);
    }
}
