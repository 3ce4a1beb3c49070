//! What stands in a container: its pages, their names and order, and the tiles on each.

use super::typing::Typing;
use crate::{
    i18n::{component_name, label, live_text, text, use_locale},
    pages::{builder::editor::Editor, tile_title::spoken_title},
};
use components::{
    arranging::Selection,
    controls::{AddMenu, Button, Choice, IconButton, IconName, SelectField, TextField},
    tile::Names,
};
use leptos::prelude::*;
use model::{
    board::{
        Board, ComponentKind, ContainerPage, MAX_PAGES, MAX_TILES_OF_PAGE, Operation, Pace, Pages, TileContent, TileId,
        Title,
    },
    formatting::Locale,
};

/// What a menu offers to put into a container.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Entering {
    /// A tile that stands on the board.
    Tile(TileId),
    /// A new one.
    New(ComponentKind),
}

impl Entering {
    fn written(self) -> String {
        match self {
            Self::Tile(tile) => tile.to_string(),
            Self::New(kind) => kind.name().to_owned(),
        }
    }

    fn read(written: &str) -> Option<Self> {
        let kind = ComponentKind::ALL.into_iter().find(|kind| kind.name() == written);
        kind.map(Self::New).or_else(|| written.parse().ok().map(Self::Tile))
    }
}

/// All that may be put into a container: the tiles that stand by themselves, and a new one of each kind.
fn offered(board: &Board, names: &Names, locale: Locale) -> Vec<Choice> {
    let tiles = board.tiles().iter().filter(|tile| board.may_enter(tile.id));
    let tiles = tiles.map(|tile| (Entering::Tile(tile.id), spoken_title(tile, names, locale)));
    let kinds = ComponentKind::ALL.into_iter().filter(|kind| !kind.is_container());
    let kinds = kinds.map(|kind| {
        let name = component_name(kind, locale).to_owned();
        (Entering::New(kind), text!(locale, pages.new_component, component = name))
    });
    tiles.chain(kinds).map(|(entering, name)| Choice::new(entering.written(), name)).collect()
}

/// Where a tile goes in a container.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Onto {
    NewPage,
    Page(usize),
}

impl Onto {
    fn with(self, pages: &Pages, tile: TileId) -> Pages {
        match self {
            Self::NewPage => pages.with_page(ContainerPage { title: Title::default(), tiles: vec![tile] }),
            Self::Page(index) => pages.all().get(index).cloned().map_or_else(
                || pages.clone(),
                |mut page| {
                    page.tiles.push(tile);
                    pages.with_page_at(index, page)
                },
            ),
        }
    }
}

/// Edits the pages of a container as they are now.
pub(super) fn change(editor: Editor, container: TileId, make: impl FnOnce(&Pages) -> Pages) {
    let pages = editor.board().with_untracked(|board| {
        board.tile(container).and_then(|tile| tile.content.pages()).map(|pages| (make(pages), pages.clone()))
    });
    if let Some((pages, _)) = pages.filter(|(after, before)| after != before) {
        editor.edit(|board| board.containing(container, pages));
    }
}

fn enter(editor: Editor, container: TileId, written: &str, onto: Onto) {
    let Some(entering) = Entering::read(written) else { return };
    match entering {
        Entering::Tile(tile) => change(editor, container, |pages| onto.with(pages, tile)),
        Entering::New(kind) => {
            editor.add(kind.blank(), |board, tile| board.adding(tile, None));
            let added = editor.selected.with_untracked(|selected| selected.tiles().first().copied());
            if let Some(tile) = added {
                change(editor, container, |pages| onto.with(pages, tile));
            }
        }
    }
}

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
                    on_add=move |written: String| enter(editor, id, &written, Onto::NewPage)
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
    let pace = Memo::new(move |_| {
        tile.with(|tile| match tile.as_ref().map(|tile| &tile.content) {
            Some(TileContent::Carousel { seconds, .. }) => *seconds,
            Some(
                TileContent::Tabs { .. }
                | TileContent::Kpi { .. }
                | TileContent::Line { .. }
                | TileContent::Bar { .. }
                | TileContent::Table { .. }
                | TileContent::ProvinceMap { .. }
                | TileContent::Text { .. },
            )
            | None => Pace::USUAL,
        })
    });
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

/// One page: its name, its tiles, and its place among the others.
#[component]
fn PageRow(
    editor: Editor,
    names: Signal<Names>,
    id: TileId,
    pages: Memo<Pages>,
    index: usize,
    offered: Signal<Vec<Choice>>,
) -> impl IntoView {
    let locale = use_locale();
    let board = editor.board();
    let page = Memo::new(move |_| pages.with(|pages| pages.all().get(index).cloned()).unwrap_or_default());
    let number = index + 1;
    let tiles = Memo::new(move |_| {
        board.with(|board| {
            names.with(|names| {
                let there = page.get().tiles.into_iter().filter_map(|tile| board.tile(tile));
                there.map(|tile| (tile.id, spoken_title(tile, names, locale.get()))).collect::<Vec<_>>()
            })
        })
    });
    let too_long = RwSignal::new(None::<usize>);
    let typing = Typing::new(editor, move |words: String| match Title::parse(&words) {
        Ok(title) => {
            too_long.set(None);
            change(editor, id, |pages| {
                let page = pages.all().get(index).cloned().unwrap_or_default();
                pages.with_page_at(index, ContainerPage { title, ..page })
            });
        }
        Err(_) => too_long.set(Some(words.chars().count())),
    });
    let error = Signal::derive(move || {
        too_long.get().map(|count| text!(locale.get(), boards.name_too_long, count = count)).unwrap_or_default()
    });
    let is_first = index == 0;
    let is_last = Memo::new(move |_| pages.with(|pages| number == pages.all().len()));
    let is_shown = Memo::new(move |_| editor.page_of(id) == index);
    let move_page = move |later: bool| {
        change(editor, id, |pages| pages.with_page_moved(index, later));
        editor.turn(id, if later { number } else { index.saturating_sub(1) });
    };
    let named = move |words: fn(Locale, usize) -> String| Signal::derive(move || words(locale.get(), number));
    view! {
        <div class="container-page" class:container-page--shown=move || is_shown.get() on:focusin=move |_| editor.turn(id, index)>
            <div class="container-page__head">
                <TextField
                    name=format!("container-page-{number}")
                    label=named(|locale, number| text!(locale, pages.page_name, number = number))
                    placeholder=Signal::derive(move || {
                        tiles.with(|tiles| tiles.first().map(|(_, name)| name.clone()).unwrap_or_default())
                    })
                    value=Signal::derive(move || page.with(|page| page.title.to_string()))
                    error
                    on_input=typing.on_input()
                    on_change=typing.on_change()
                />
                <div class="container-page__tools">
                    {(!is_first)
                        .then(|| {
                            view! {
                                <IconButton
                                    icon=IconName::ArrowUp
                                    label=named(|locale, number| text!(locale, pages.earlier, number = number))
                                    on_click=move |()| move_page(false)
                                />
                            }
                        })}
                    <Show when=move || !is_last.get()>
                        <IconButton
                            icon=IconName::ArrowDown
                            label=named(|locale, number| text!(locale, pages.later, number = number))
                            on_click=move |()| move_page(true)
                        />
                    </Show>
                    <IconButton
                        icon=IconName::Close
                        label=named(|locale, number| text!(locale, pages.remove, number = number))
                        on_click=move |()| change(editor, id, |pages| pages.without_page(index))
                    />
                </div>
            </div>
            <ul class="container-page__tiles">
                <For each=move || tiles.get() key=Clone::clone let((tile, name))>
                    <TileRow editor container=id tile name />
                </For>
            </ul>
            <Show when=move || page.with(|page| page.tiles.len() < MAX_TILES_OF_PAGE)>
                <AddMenu
                    name=format!("container-add-to-{number}")
                    label=label!(locale, pages.add_tile)
                    offered
                    on_add=move |written: String| enter(editor, id, &written, Onto::Page(index))
                />
            </Show>
        </div>
    }
    .into_any()
}

#[component]
fn TileRow(editor: Editor, container: TileId, tile: TileId, name: String) -> impl IntoView {
    let locale = use_locale();
    let out = name.clone();
    view! {
        <li class="container-page__tile">
            <button type="button" class="layer__name" on:click=move |_| editor.selected.set(Selection::of([tile]))>
                <span class="layer__words">{name}</span>
            </button>
            <IconButton
                icon=IconName::SignOut
                label=Signal::derive(move || text!(locale.get(), pages.take_out, name = out.clone()))
                on_click=move |()| change(editor, container, |pages| pages.without_tile(tile))
            />
        </li>
    }
}

/// Which container a tile stands in, or may be put into.
#[component]
pub(super) fn ContainedSection(editor: Editor, names: Signal<Names>, id: TileId) -> impl IntoView {
    let locale = use_locale();
    let board = editor.board();
    let container = Memo::new(move |_| board.with(|board| board.container_of(id).map(|container| container.id)));
    let containers = Signal::derive(move || {
        board.with(|board| {
            let with_room = board.tiles().iter().filter(|tile| tile.content.pages().is_some_and(Pages::has_room));
            let choice = |tile| names.with(|names| spoken_title(tile, names, locale.get()));
            with_room.map(|tile| Choice::new(tile.id.to_string(), choice(tile))).collect::<Vec<_>>()
        })
    });
    let put = move |written: String| {
        if let Ok(container) = written.parse::<TileId>() {
            change(editor, container, |pages| Onto::NewPage.with(pages, id));
        }
    };
    let stands = move |container: TileId| {
        let go = move |()| editor.selected.set(Selection::of([container]));
        let out = move |()| change(editor, container, |pages| pages.without_tile(id));
        view! {
            <div class="inspector__buttons">
                <Button icon=IconName::ChevronLeft on_click=go>
                    {live_text!(locale, pages.to_container)}
                </Button>
                <Button icon=IconName::SignOut on_click=out>
                    {live_text!(locale, pages.out)}
                </Button>
            </div>
            <p class="inspector__note">{live_text!(locale, pages.contained_note)}</p>
        }
    };
    let is_offered = Memo::new(move |_| container.get().is_some() || !containers.with(Vec::is_empty));
    view! {
        <Show when=move || is_offered.get()>
            <section class="inspector__section">
                <h3 class="inspector__heading">{live_text!(locale, pages.container)}</h3>
                {move || match container.get() {
                    Some(container) => stands(container).into_any(),
                    None => {
                        view! { <AddMenu name="tile-container" label=label!(locale, pages.put_into) offered=containers on_add=put /> }
                            .into_any()
                    }
                }}
            </section>
        </Show>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;
    use model::board::Tile;

    fn id(number: u128) -> TileId {
        TileId::from_u128(number)
    }

    fn with(board: &Board, number: u128, kind: ComponentKind) -> Board {
        let tile = Tile::new(id(number), Title::default(), kind.blank());
        board.apply(&board.adding(tile, None)).unwrap().board
    }

    #[test]
    fn what_may_enter_is_offered_and_read_back() {
        let board = with(&with(&Board::default(), 1, ComponentKind::Line), 2, ComponentKind::Tabs);
        let choices = offered(&board, &Names::default(), Locale::En);
        assert_eq!(choices.iter().filter(|choice| choice.value == id(1).to_string()).count(), 1);
        assert!(choices.iter().all(|choice| choice.value != id(2).to_string() && choice.value != "carousel"));
        for choice in &choices {
            assert_eq!(Entering::read(&choice.value).unwrap().written(), choice.value);
        }
        let inside = board.apply(&board.containing(id(2), Onto::NewPage.with(&Pages::NONE, id(1)))).unwrap().board;
        assert!(offered(&inside, &Names::default(), Locale::En).iter().all(|choice| choice.value != id(1).to_string()));
    }

    #[test]
    fn a_tile_goes_onto_the_page_that_was_meant() {
        let pages = Onto::NewPage.with(&Pages::NONE, id(1));
        let both = Onto::Page(0).with(&pages, id(2));
        assert_eq!(both.all()[0].tiles, [id(1), id(2)]);
        assert_eq!(Onto::Page(7).with(&both, id(3)), both, "there is no such page");
    }

    #[test]
    fn pages_stay_when_they_are_turned_in_another_way() {
        let pages = Onto::NewPage.with(&Pages::NONE, id(1));
        for kind in [ComponentKind::Tabs, ComponentKind::Carousel] {
            let content = container_of_kind(kind.name(), pages.clone());
            assert_eq!((content.kind(), content.pages()), (kind, Some(&pages)));
        }
    }
}
