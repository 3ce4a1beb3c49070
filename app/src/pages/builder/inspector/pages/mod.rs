//! What stands in a container: its pages, their names and order, and the tiles on each.

mod contained;
mod entering;
mod row;

pub(super) use contained::ContainedSection;

use crate::{
    i18n::{component_name, label, live_text, text, use_locale},
    pages::builder::editor::Editor,
};
use components::{
    controls::{AddMenu, Choice, SelectField},
    tile::Names,
};
use entering::{Entering, offered};
use leptos::prelude::*;
use model::board::{ComponentKind, MAX_PAGES, Operation, Pace, Pages, TileContent, TileId};
use row::PageRow;

/// Edits the pages of a container as they are now.
fn change(editor: Editor, container: TileId, make: impl FnOnce(&Pages) -> Pages) {
    let pages = editor.board().with_untracked(|board| {
        board.tile(container).and_then(|tile| tile.content.pages()).map(|pages| (make(pages), pages.clone()))
    });
    if let Some((pages, _)) = pages.filter(|(after, before)| after != before) {
        editor.edit(|board| board.containing(container, pages));
    }
}

/// Puts what was chosen from a menu into a container, on the so-manieth page or on one of its own.
fn enter(editor: Editor, container: TileId, written: &str, page: Option<usize>) {
    match Entering::read(written) {
        Some(Entering::Tile(tile)) => editor.enter(container, &[tile], page),
        Some(Entering::New(kind)) => editor.add_inside(container, kind.blank(), page),
        None => {}
    }
}

/// The pages, and how they are turned.
#[component]
pub(super) fn PagesSection(editor: Editor, names: Signal<Names>, id: TileId, kind: ComponentKind) -> impl IntoView {
    let locale = use_locale();
    let tile = editor.tile(id);
    let pages = Memo::new(move |_| {
        tile.with(|tile| tile.as_ref().and_then(|tile| tile.content.pages().cloned())).unwrap_or_default()
    });
    let board = editor.board();
    let offered = Signal::derive(move || board.with(|board| names.with(|names| offered(board, names, locale.get()))));
    let kinds = Signal::derive(move || {
        [ComponentKind::Tabs, ComponentKind::Carousel]
            .map(|kind| Choice::new(kind.name(), component_name(kind, locale.get())))
            .to_vec()
    });
    let turn_into = move |name: String| {
        let content = pages.with_untracked(|pages| container_of_kind(&name, pages.clone()));
        editor.apply_to(id, Operation::SetContent { tile: id, content });
    };
    let indexes = move || (0..pages.with(|pages| pages.all().len())).collect::<Vec<_>>();
    view! {
        <section class="inspector__section">
            <h3 class="inspector__heading">{live_text!(locale, pages.title)}</h3>
            <SelectField
                name="container-kind"
                label=label!(locale, pages.turned)
                choices=kinds
                value=Signal::stored(kind.name().to_owned())
                on_change=turn_into
            />
            {(kind == ComponentKind::Carousel).then(|| view! { <PaceField editor id /> })}
            <For each=indexes key=|index| *index let:index>
                <PageRow editor names id pages index offered />
            </For>
            <Show when=move || pages.with(Pages::has_room) fallback=move || view! {
                <p class="inspector__note">{move || text!(locale.get(), pages.full, count = MAX_PAGES)}</p>
            }>
                <AddMenu
                    name="container-add-page"
                    label=label!(locale, pages.add_page)
                    offered
                    on_add=move |written: String| enter(editor, id, &written, None)
                />
            </Show>
            <p class="inspector__note">{live_text!(locale, pages.hint)}</p>
        </section>
    }
    .into_any()
}

/// The same pages, turned in another way.
fn container_of_kind(name: &str, pages: Pages) -> TileContent {
    if name == ComponentKind::Carousel.name() {
        TileContent::Carousel { pages, seconds: Pace::USUAL }
    } else {
        TileContent::Tabs { pages }
    }
}

#[component]
fn PaceField(editor: Editor, id: TileId) -> impl IntoView {
    let locale = use_locale();
    let tile = editor.tile(id);
    let pace =
        Memo::new(move |_| tile.with(|tile| tile.as_ref().and_then(|tile| tile.content.pace())).unwrap_or_default());
    let choices = Signal::derive(move || {
        let own = Some(pace.get()).filter(|own| !Pace::OFFERED.contains(own));
        let choice = |pace: Pace| {
            Choice::new(pace.seconds().to_string(), text!(locale.get(), pages.seconds, count = pace.seconds()))
        };
        own.into_iter().chain(Pace::OFFERED).map(choice).collect::<Vec<_>>()
    });
    let set = move |written: String| {
        let seconds = written.parse().ok().and_then(|seconds| Pace::from_seconds(seconds).ok());
        let pages = tile.with_untracked(|tile| tile.as_ref().and_then(|tile| tile.content.pages().cloned()));
        if let (Some(seconds), Some(pages)) = (seconds, pages) {
            let content = TileContent::Carousel { pages, seconds };
            editor.apply_to(id, Operation::SetContent { tile: id, content });
        }
    };
    view! {
        <SelectField
            name="container-pace"
            label=label!(locale, pages.pace)
            choices
            value=Signal::derive(move || pace.get().seconds().to_string())
            on_change=set
        />
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_stay_when_they_are_turned_in_another_way() {
        let pages = Pages::NONE.with_tile(TileId::from_u128(1), None);
        for kind in [ComponentKind::Tabs, ComponentKind::Carousel] {
            let content = container_of_kind(kind.name(), pages.clone());
            assert_eq!((content.kind(), content.pages()), (kind, Some(&pages)));
        }
    }
}
