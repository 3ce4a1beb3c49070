//! Working together: edits of others as they are made, who is there, and what they have selected.

use super::editor::Editor;
use crate::{
    i18n::{live_text, text, use_locale},
    routes,
    server_functions::show_selection,
};
use leptos::{prelude::*, task::spawn_local, web_sys};
use model::board::{Colleague, Draft, TabId, TileId};
use std::time::Duration;
use uuid::Uuid;
use wasm_bindgen::{JsCast as _, closure::Closure};
use web_sys::{EventSource, MessageEvent};

/// A pause after the last change of the selection before the others are told.
const PAUSE: Duration = Duration::from_millis(150);

/// Who else works on this board. Cheap to copy.
#[derive(Clone, Copy)]
pub(crate) struct Company {
    others: RwSignal<Vec<Colleague>>,
}

/// An open stream and what listens to it; closed when dropped.
struct OpenStream {
    source: EventSource,
    _messages: [Closure<dyn Fn(MessageEvent)>; 2],
}

impl Drop for OpenStream {
    fn drop(&mut self) {
        self.source.close();
    }
}

impl Company {
    /// Joins the others for as long as the owner lives.
    pub(crate) fn join(editor: Editor) -> Self {
        let company = Self { others: RwSignal::new(Vec::new()) };
        Effect::new(move |before: Option<()>| {
            if before.is_none() {
                company.listen(editor, Some(TabId::new(Uuid::now_v7())));
            }
        });
        company
    }

    /// Follows the edits of those who work on it for as long as the owner lives, unseen by them.
    pub(crate) fn look_on(editor: Editor) {
        let company = Self { others: RwSignal::new(Vec::new()) };
        Effect::new(move |before: Option<()>| {
            if before.is_none() {
                company.listen(editor, None);
            }
        });
    }

    fn listen(self, editor: Editor, tab: Option<TabId>) {
        // Where streams are not to be had, edits of others arrive with the answer to one's own.
        let Ok(source) = EventSource::new(&routes::draft_stream(editor.id, tab)) else { return };
        let drafts = Closure::<dyn Fn(MessageEvent)>::new(move |message: MessageEvent| {
            if let Some(draft) = read::<Draft>(&message) {
                editor.follow(draft);
            }
        });
        let others = Closure::<dyn Fn(MessageEvent)>::new(move |message: MessageEvent| {
            if let Some(others) = read::<Vec<Colleague>>(&message) {
                self.others.try_set(others);
            }
        });
        for (name, listener) in [("draft", &drafts), ("company", &others)] {
            // Refused only for a listener that is no function.
            let _ = source.add_event_listener_with_callback(name, listener.as_ref().unchecked_ref());
        }
        StoredValue::new_local(OpenStream { source, _messages: [drafts, others] });
        if let Some(tab) = tab {
            tell_selection(editor, tab);
        }
    }

    /// Who else has selected that tile.
    pub(crate) fn at(self, tile: TileId) -> Option<String> {
        self.others.with(|others| {
            let there = others.iter().find(|colleague| colleague.tiles.contains(&tile));
            there.map(|colleague| colleague.name.clone())
        })
    }
}

fn read<T: serde::de::DeserializeOwned>(message: &MessageEvent) -> Option<T> {
    serde_json::from_str(&message.data().as_string()?).ok()
}

/// The others, as initials in the bar.
#[component]
pub(crate) fn CompanyBar(company: Company) -> impl IntoView {
    let locale = use_locale();
    let names = Memo::new(move |_| {
        let mut names: Vec<String> =
            company.others.with(|others| others.iter().map(|colleague| colleague.name.clone()).collect());
        names.sort();
        names.dedup();
        names
    });
    view! {
        <Show when=move || !names.with(Vec::is_empty)>
            <ul class="company" aria-label=live_text!(locale, builder.company)>
                <For each=move || names.get() key=String::clone let:name>
                    {
                        let initial = name.chars().next().map(|first| first.to_uppercase().to_string());
                        let spoken = name.clone();
                        view! {
                            <li class="company__one" title=move || text!(locale.get(), builder.also_here, name = spoken.clone())>
                                <span aria-hidden="true">{initial}</span>
                                <span class="unseen">{name}</span>
                            </li>
                        }
                    }
                </For>
            </ul>
        </Show>
    }
}

/// Tells the others what is selected, a moment after it was.
fn tell_selection(editor: Editor, tab: TabId) {
    let round = StoredValue::new(0_u64);
    Effect::new(move |_| {
        editor.selected.track();
        let now = round.try_update_value(|round| {
            *round += 1;
            *round
        });
        set_timeout(
            move || {
                if round.try_get_value() == now {
                    let tiles = editor.selected.with_untracked(|selected| selected.tiles().to_vec());
                    // Lost, the others see the next one.
                    spawn_local(async move { drop(show_selection(editor.id, tab, tiles).await) });
                }
            },
            PAUSE,
        );
    });
}
