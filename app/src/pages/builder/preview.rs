//! The draft as readers would see it, on the device of whoever edits it: the way to try the phone in the hand.

use super::{
    company::Company, drawn_filters::provide_drawn_filters, drawn_tiles::DrawnTiles, editor::Editor, previews::Previews,
};
use crate::{
    chrome::{DocumentTitle, Frame, Message, use_appearance},
    i18n::{label, live_text, text, use_locale},
    routes,
};
use components::{
    controls::{Icon, IconName},
    grid::GridView,
    tile::Names,
};
use leptos::prelude::*;
use model::{
    access::Account,
    board::{Board, Draft, Reading},
    metric::CatalogueView,
};
use std::sync::Arc;

/// The draft with its numbers, following the edits of those who work on it.
#[component]
pub(super) fn DraftPreview(account: Arc<Account>, draft: Draft, catalogue: CatalogueView) -> impl IntoView {
    let locale = use_locale();
    let names = Signal::stored(Names::from_catalogue(&catalogue));
    let catalogue = StoredValue::new(catalogue);
    let editor = Editor::new(draft, &account.email, locale);
    let board = editor.board();
    let read = Memo::new(move |_| {
        board.with(|board| catalogue.with_value(|catalogue| board.read_with(&Reading::default(), catalogue)))
    });
    let previews = Previews::of(read, editor.is_held);
    Company::look_on(editor);
    provide_drawn_filters(editor, catalogue, names);
    let render_tile = DrawnTiles { editor, read, names, previews, locale, is_edited: false }.callback();
    let desk = Signal::from(Memo::new(move |_| board.with(|board| board.desk().clone())));
    let phone = Signal::from(Memo::new(move |_| board.with(Board::phone)));
    let appearance = use_appearance();
    let paint = Signal::derive(move || appearance.paint(board.with(Board::theme)));
    let is_empty = Memo::new(move |_| board.with(|board| board.tiles().is_empty()));
    let title = Signal::derive(move || editor.title(locale.get()));
    let heading = move || view! { <h1 class="topbar__title">{title}</h1> };
    let actions = move || {
        view! {
            <a class="button button--secondary" href=routes::builder(editor.id) aria-label=live_text!(locale, board.edit)>
                <Icon name=IconName::Edit />
                <span class="button__label">{live_text!(locale, board.edit)}</span>
            </a>
        }
    };
    view! {
        <DocumentTitle text=Signal::derive(move || text!(locale.get(), preview.page_title, title = title.get())) />
        <Frame account heading=heading actions=actions paint>
            <div class="banner" role="status">
                <p class="banner__text">{live_text!(locale, preview.note)}</p>
            </div>
            <main id="content" class="page board-page">
                <Show
                    when=move || !is_empty.get()
                    fallback=move || {
                        view! {
                            <Message
                                icon=IconName::Board
                                title=label!(locale, board.empty_title)
                                advice=label!(locale, preview.empty_advice)
                            />
                        }
                    }
                >
                    <GridView layout=desk phone locale render_tile />
                </Show>
            </main>
        </Frame>
    }
}
