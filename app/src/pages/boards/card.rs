//! A board in the list.

use super::thumbnail::Thumbnail;
use crate::{
    i18n::{live_text, text, use_locale},
    pages::tile_title::board_title,
    routes,
};
use components::controls::{Icon, IconButton, IconName};
use leptos::prelude::*;
use model::{
    board::{BoardId, BoardSummary},
    formatting::{Locale, clock_time, step_label},
    time::{Calendar, Grain, Timestamp},
};

/// A board as a card: its thumbnail, its title, who edited it when, and whether leaders see it.
#[component]
pub(crate) fn BoardCard(
    board: BoardSummary,
    may_edit: bool,
    calendar: Calendar,
    #[prop(into)] on_mark: Callback<(BoardId, bool)>,
    #[prop(into)] on_move: Callback<BoardSummary>,
    #[prop(into)] on_delete: Callback<BoardSummary>,
) -> impl IntoView {
    let locale = use_locale();
    let state = State::of(&board);
    // What leaders do not see yet opens in the builder.
    let opens = match state {
        State::Draft => routes::builder(board.id),
        State::Published | State::Edited => routes::board(board.id),
    };
    let title = board.title.clone();
    let name = move || board_title(&title, locale.get());
    let spoken = name.clone();
    let (spoken_again, spoken_once_more) = (name.clone(), StoredValue::new(name.clone()));
    let (id, is_favourite, moved) = (board.id, board.is_favourite, board.clone());
    let edited_by = board.edited_by.clone();
    let edited_at = board.edited_at;
    let builder = routes::builder(board.id);
    let (desk, kinds) = (board.desk.clone(), board.kinds.clone());
    view! {
        <li class="board-card">
            <a class="board-card__link" href=opens>
                <span class="board-card__picture">
                    <Thumbnail desk kinds />
                </span>
                <span class="board-card__title">{name}</span>
            </a>
            <p class="board-card__facts">
                <span>{move || text!(locale.get(), boards.edited, name = edited_by.clone())}</span>
                <span class="board-card__time">{moment(edited_at, calendar)}</span>
            </p>
            <div class="board-card__foot">
                <span class=state.class()>{move || state.name(locale.get())}</span>
                <button
                    type="button"
                    class="button button--icon board-card__star"
                    aria-pressed=is_favourite.to_string()
                    aria-label=move || {
                        let title = spoken_once_more.get_value()();
                        text!(locale.get(), boards.mark, title = title)
                    }
                    title=move || {
                        let title = spoken_once_more.get_value()();
                        if is_favourite {
                            text!(locale.get(), boards.unmark, title = title)
                        } else {
                            text!(locale.get(), boards.mark, title = title)
                        }
                    }
                    on:click=move |_| on_mark.run((id, !is_favourite))
                >
                    <Icon name=IconName::Star />
                </button>
                {may_edit
                    .then(|| {
                        view! {
                            <div class="board-card__actions">
                                <a
                                    class="button button--icon"
                                    href=builder
                                    aria-label=move || text!(locale.get(), boards.edit_named, title = spoken())
                                    title=live_text!(locale, boards.edit)
                                >
                                    <Icon name=IconName::Edit />
                                </a>
                                <IconButton
                                    icon=IconName::Folder
                                    label=Signal::derive(move || {
                                        text!(locale.get(), boards.move_named, title = spoken_once_more.get_value()())
                                    })
                                    on_click=move |()| on_move.run(moved.clone())
                                />
                                <IconButton
                                    icon=IconName::Trash
                                    label=Signal::derive(move || {
                                        text!(locale.get(), boards.delete_named, title = spoken_again())
                                    })
                                    on_click=move |()| on_delete.run(board.clone())
                                />
                            </div>
                        }
                    })}
            </div>
        </li>
    }
}

/// How far a board has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    Draft,
    Published,
    /// Published, with edits that leaders do not see yet.
    Edited,
}

impl State {
    const fn of(board: &BoardSummary) -> Self {
        match (board.published_at, board.has_unpublished_edits) {
            (None, _) => Self::Draft,
            (Some(_), false) => Self::Published,
            (Some(_), true) => Self::Edited,
        }
    }

    const fn class(self) -> &'static str {
        match self {
            Self::Draft => "badge badge--draft",
            Self::Published => "badge badge--published",
            Self::Edited => "badge badge--edited",
        }
    }

    fn name(self, locale: Locale) -> &'static str {
        match self {
            Self::Draft => text!(locale, boards.draft),
            Self::Published => text!(locale, boards.published),
            Self::Edited => text!(locale, boards.edited_since),
        }
    }
}

/// Date and time on the organisation's wall clock: `11-21 09:30`.
fn moment(at: Timestamp, calendar: Calendar) -> String {
    format!("{} {}", step_label(at, Grain::Day, calendar), clock_time(at, calendar))
}
