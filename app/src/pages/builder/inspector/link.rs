//! Which board leads on from a tile.

use crate::{
    i18n::{label, live_text, text, use_locale},
    pages::builder::editor::Editor,
    server_functions::list_boards,
};
use components::controls::{Choice, SelectField};
use leptos::{prelude::*, task::spawn_local};
use model::board::{BoardId, BoardSummary, Operation, TileId};

/// How the menu writes that nothing is opened.
const NOTHING: &str = "";

#[component]
pub(super) fn LinkSection(editor: Editor, id: TileId) -> impl IntoView {
    let locale = use_locale();
    let board = editor.board();
    let opens = Memo::new(move |_| board.with(|board| board.tile(id).and_then(|tile| tile.opens)));
    let boards = RwSignal::new(Vec::<BoardSummary>::new());
    Effect::new(move |_| {
        spawn_local(async move {
            // Without an answer the menu holds what is chosen, which can still be taken back.
            if let Ok(all) = list_boards().await {
                let _ = boards.try_set(all);
            }
        });
    });
    let choices = Signal::derive(move || {
        let others = boards.with(|boards| {
            let others = boards.iter().filter(|other| other.id != editor.id);
            others.map(|other| Choice::new(other.id.to_string(), other.title.to_string())).collect::<Vec<_>>()
        });
        let nothing = Choice::new(NOTHING, text!(locale.get(), inspector.opens_nothing));
        // A board that is not in the list, or not yet, stays a choice.
        let unknown =
            opens.get().map(|board| board.to_string()).filter(|id| others.iter().all(|other| other.value != *id));
        let unknown = unknown.map(|id| Choice::new(id.clone(), id));
        std::iter::once(nothing).chain(unknown).chain(others).collect::<Vec<_>>()
    });
    view! {
        <section class="inspector__section">
            <h3 class="inspector__heading">{live_text!(locale, inspector.opens)}</h3>
            <SelectField
                name="tile-opens"
                label=label!(locale, inspector.opens)
                choices
                value=Signal::derive(move || opens.get().map_or_else(String::new, |board| board.to_string()))
                on_change=move |board: String| {
                    editor.apply_to(id, Operation::SetLink { tile: id, opens: board.parse::<BoardId>().ok() });
                }
            />
            <p class="inspector__note">{live_text!(locale, inspector.opens_hint)}</p>
        </section>
    }
    .into_any()
}
