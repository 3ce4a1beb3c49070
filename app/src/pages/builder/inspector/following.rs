//! Which of the board's filters a tile follows. Not there while the board has none that the tile knows.

use super::Catalogue;
use crate::{
    i18n::{live_text, use_locale},
    pages::{builder::editor::Editor, filter_words::subject_name},
};
use components::{controls::Switch, tile::Names};
use leptos::prelude::*;
use model::board::{BoardFilter, FilterSubject, Operation, TileId};

#[component]
pub(super) fn FollowingSection(
    editor: Editor,
    catalogue: Catalogue,
    names: Signal<Names>,
    id: TileId,
) -> impl IntoView {
    let locale = use_locale();
    let board = editor.board();
    let subjects = Memo::new(move |_| {
        catalogue.with_value(|catalogue| {
            board.with(|board| {
                let Some(tile) = board.tile(id) else { return Vec::new() };
                let knows = |subject: &FilterSubject| match subject {
                    FilterSubject::Time => tile.content.query().is_some(),
                    FilterSubject::Compare => tile.content.is_compared(),
                    FilterSubject::Dimension(dimension) => tile.content.knows(dimension, catalogue),
                };
                board.filters().iter().map(BoardFilter::subject).filter(knows).collect::<Vec<_>>()
            })
        })
    });
    let switch = move |subject: FilterSubject| {
        let own = StoredValue::new(subject.clone());
        let follows = Memo::new(move |_| {
            board.with(|board| board.tile(id).is_some_and(|tile| !tile.ignores.contains(&own.get_value())))
        });
        let turn = move |on: bool| {
            let ignores = board.with_untracked(|board| {
                let mut ignores = board.tile(id).map(|tile| tile.ignores.clone()).unwrap_or_default();
                ignores.retain(|ignored| *ignored != own.get_value());
                if !on {
                    ignores.push(own.get_value());
                }
                ignores
            });
            editor.apply_to(id, Operation::IgnoreFilters { tile: id, ignores });
        };
        view! {
            <Switch
                label=Signal::derive(move || names.with(|names| subject_name(&subject, names, locale.get())))
                checked=follows
                on_change=turn
            />
        }
    };
    view! {
        <Show when=move || !subjects.with(Vec::is_empty)>
            <section class="inspector__section">
                <h3 class="inspector__heading">{live_text!(locale, filters.follow)}</h3>
                <For each=move || subjects.get() key=ToString::to_string children=switch />
                <p class="inspector__note">{live_text!(locale, filters.follow_hint)}</p>
            </section>
        </Show>
    }
    .into_any()
}
