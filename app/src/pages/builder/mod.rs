//! The builder: components on the left, the board in the middle, what is chosen for a tile on the right.

mod bar;
mod choice;
mod choosing;
mod clipboard;
mod company;
mod conflict;
mod describe;
mod drawn_filters;
mod drawn_tiles;
mod editor;
mod fit;
mod history;
mod inspector;
mod kept_edits;
mod later;
mod layers;
mod phone_canvas;
mod preview;
mod previews;
mod publish;
mod queue;
mod remedy;
mod sender;
mod shortcuts;
mod side_panel;
mod tile_edits;
mod versions;
mod wall_canvas;

use crate::{
    chrome::{DocumentTitle, Frame, Loaded, PageData, ThemeSheet, load, use_appearance},
    error::AppError,
    i18n::{live_text, text, use_locale},
    pages::{board::board_of_address, templates::KeepTemplateDialog, tile_title::spoken_title},
    routes,
    server_functions::{catalogue, open_draft},
};
use bar::{BuilderActions, BuilderHeading};
use clipboard::listen_for_clipboard;
use company::{Company, CompanyBar};
use components::{
    arranging::{ArrangingTiles, Selection},
    grid::{GridBoard, GridEditing},
    palette::DragSpace,
    tile::Names,
};
use conflict::ConflictDialog;
use drawn_filters::provide_drawn_filters;
use drawn_tiles::DrawnTiles;
use editor::Editor;
use inspector::{Inspector, focus_inspector};
use leptos::prelude::*;
use leptos_router::{LazyRoute, hooks::use_location, lazy_route};
use model::{
    access::Account,
    appearance::Paint,
    board::{Board, ComponentKind, Draft, Reading, TileId},
    layout::{LayoutName, Placed},
    metric::CatalogueView,
};
use phone_canvas::PhoneCanvas;
use preview::DraftPreview;
pub(crate) use previews::Previews;
use publish::PublishDialog;
use shortcuts::{ShortcutSheet, listen_for_shortcuts};
use side_panel::SidePanel;
use std::sync::Arc;
use wall_canvas::WallCanvas;

/// The builder of a board, and the draft as readers would see it. Its code is a part of the bundle that only editors load.
pub(crate) struct BuilderRoute {
    data: Resource<Result<PageData<(Draft, CatalogueView)>, AppError>>,
}

#[lazy_route]
impl LazyRoute for BuilderRoute {
    fn data() -> Self {
        let id = board_of_address();
        let data = Resource::new_blocking(
            move || id.get(),
            |id| load(async move { futures::try_join!(open_draft(id), catalogue()) }),
        );
        Self { data }
    }

    fn view(this: Self) -> AnyView {
        let is_preview = use_location().pathname.with_untracked(|path| routes::is_preview(path));
        view! {
            <Loaded
                data=this.data
                page=move |account, (draft, catalogue)| {
                    #[cfg(feature = "ssr")]
                    crate::shell::preload_charts(&draft.board);
                    if is_preview {
                        view! { <DraftPreview account draft catalogue /> }.into_any()
                    } else {
                        view! { <Builder account draft catalogue /> }.into_any()
                    }
                }
            />
        }
        .into_any()
    }
}

#[component]
fn Builder(account: Arc<Account>, draft: Draft, catalogue: CatalogueView) -> impl IntoView {
    let locale = use_locale();
    let names = Signal::stored(Names::from_catalogue(&catalogue));
    let catalogue = StoredValue::new(catalogue);
    let editor = Editor::new(draft, &account.email, locale);
    editor.restore_kept_edits();
    editor.turn_to_selected();
    let board = editor.board();
    // As readers first see it: with what the board's filters begin with.
    let read = Memo::new(move |_| {
        board.with(|board| catalogue.with_value(|catalogue| board.read_with(&Reading::default(), catalogue)))
    });
    let previews = Previews::of(read, editor.is_held);
    let is_publishing = RwSignal::new(false);
    let is_explaining = RwSignal::new(false);
    let is_keeping = RwSignal::new(false);
    listen_for_shortcuts(editor, is_explaining);
    listen_for_clipboard(editor);
    DragSpace::provide();
    let company = Company::join(editor);
    let tiles = arranging_tiles(editor, names, company);
    provide_drawn_filters(editor, catalogue, names);
    let render_tile = DrawnTiles { editor, read, names, previews, locale, is_edited: true }.callback();
    let desk = Signal::from(Memo::new(move |_| board.with(|board| board.desk().clone())));
    let phone = Signal::from(Memo::new(move |_| board.with(Board::phone)));
    let appearance = use_appearance();
    let paint = Memo::new(move |_| {
        let chosen = board.with(Board::theme);
        match editor.layout.get() {
            LayoutName::Desk | LayoutName::Phone => appearance.paint(chosen),
            // Without a theme only the wall itself is dark, and what stands around it is as the reader prefers.
            LayoutName::Wall => chosen.map(|_| appearance.wall_paint(chosen)),
        }
    });
    let page_title = move || text!(locale.get(), builder.page_title, title = editor.title(locale.get()));
    let heading = move || view! { <BuilderHeading editor /> };
    let actions = move || {
        view! {
            <CompanyBar company />
            <BuilderActions editor is_publishing is_explaining is_keeping />
        }
    };
    view! {
        <DocumentTitle text=Signal::derive(page_title) />
        <Frame account heading=heading actions=actions>
            <main id="content" class="builder">
                <SidePanel editor names tiles />
                <section
                    class="builder__canvas"
                    class:builder__canvas--wall=move || editor.layout.get() == LayoutName::Wall
                    data-board-theme=move || paint.get().map(Paint::name)
                    aria-label=live_text!(locale, builder.canvas)>
                    <ThemeSheet paint />
                    {move || match editor.layout.get() {
                        LayoutName::Desk => {
                            let editing = grid_editing(editor, tiles);
                            view! { <GridBoard layout=desk phone locale render_tile editing /> }.into_any()
                        }
                        LayoutName::Phone => view! { <PhoneCanvas editor tiles render_tile /> }.into_any(),
                        LayoutName::Wall => view! { <WallCanvas editor tiles render_tile /> }.into_any(),
                    }}
                </section>
                <Inspector editor catalogue names previews />
            </main>
        </Frame>
        <PublishDialog editor names open=is_publishing />
        <ConflictDialog editor names />
        <ShortcutSheet open=is_explaining />
        <KeepTemplateDialog board=editor.id usual=Signal::derive(move || editor.title(locale.get())) open=is_keeping />
    }
}

/// What is known of the tiles, and what happens to them in whichever layout.
fn arranging_tiles(editor: Editor, names: Signal<Names>, company: Company) -> ArrangingTiles {
    let locale = use_locale();
    let board = editor.board();
    ArrangingTiles {
        selected: editor.selected,
        is_held: editor.is_held,
        label_of: Callback::new(move |id: TileId| {
            names.with(|names| {
                board.with(|board| {
                    board.tile(id).map(|tile| spoken_title(tile, names, locale.get())).unwrap_or_default()
                })
            })
        }),
        is_locked: Callback::new(move |id: TileId| board.with(|board| board.tile(id).is_some_and(|tile| tile.locked))),
        colleague_at: Callback::new(move |id: TileId| company.at(id)),
        together_with: Callback::new(move |id: TileId| board.with_untracked(|board| board.together_with(id))),
        takes_in: Callback::new(move |id: TileId| board.with_untracked(|board| board.takes_in(id))),
        may_enter: Callback::new(move |id: TileId| board.with_untracked(|board| board.may_enter(id))),
        on_enter: Callback::new(move |(container, tiles): (TileId, Vec<TileId>)| {
            editor.enter(container, &tiles, Some(editor.page_of(container)));
        }),
        on_remove: Callback::new(move |tiles: Vec<TileId>| editor.remove(&tiles)),
        on_open: Callback::new(move |id| {
            editor.selected.set(Selection::of([id]));
            focus_inspector();
        }),
    }
}

/// What the grid tells, turned into operations.
fn grid_editing(editor: Editor, tiles: ArrangingTiles) -> GridEditing {
    let board = editor.board();
    GridEditing {
        tiles,
        kind_of: Callback::new(move |id: TileId| {
            board.with_untracked(|board| board.tile(id).map_or(ComponentKind::Text, |tile| tile.content.kind()))
        }),
        on_place: Callback::new(move |targets: Vec<Placed>| editor.place(&targets)),
    }
}
