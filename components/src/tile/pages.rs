//! What stands in a container: a page of tiles at a time, turned by the reader or by the clock.
//!
//! Pages are turned by radio buttons and the style sheet, so that they turn where no script runs too.

use super::{TileSpace, card::Reader, message::EmptyContainerMessage};
use crate::{
    controls::{IconButton, IconName},
    words,
};
use leptos::{context::Provider, leptos_dom::helpers::set_interval_with_handle, prelude::*};
use model::{
    board::{ComponentKind, Pace, Tile, TileId},
    layout::GridSize,
};
use std::time::Duration;

/// How the tiles in containers are drawn, and what they are called. Cheap to copy.
#[derive(Clone, Copy)]
pub struct Inside {
    /// Draws a tile; called once for each.
    pub render: Callback<TileId, AnyView>,
    /// What a tile is called; `None` where there is none.
    pub title_of: Callback<TileId, Option<String>>,
    /// Which page of a container is to be seen, counted from 0, where it is not the reader who turns it.
    pub page_of: Option<Callback<TileId, usize>>,
}

/// A page as it is drawn.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Page {
    label: String,
    tiles: Vec<TileId>,
}

/// In how many columns and rows so many tiles share a page.
const fn shares(tiles: usize) -> (u16, u16) {
    match tiles {
        0 | 1 => (1, 1),
        2 => (2, 1),
        3 => (3, 1),
        4 => (2, 2),
        _ => (3, 2),
    }
}

#[component]
pub(super) fn PagesBody(tile: Signal<Tile>, inside: Inside, reader: Reader) -> impl IntoView {
    let id = tile.with_untracked(|tile| tile.id);
    let space = use_context::<TileSpace>();
    let kind = Memo::new(move |_| tile.with(|tile| tile.content.kind()));
    let pages = Memo::new(move |_| tile.with(|tile| pages_of(tile, inside, reader)));
    let count = Memo::new(move |_| pages.with(Vec::len));
    let turned = RwSignal::new(0_usize);
    let current = Memo::new(move |_| {
        let wanted = inside.page_of.map_or_else(|| turned.get(), |page_of| page_of.run(id));
        wanted.min(count.get().saturating_sub(1))
    });
    let is_stopped = RwSignal::new(false);
    // Whoever points at a page is reading it.
    let is_read = RwSignal::new(false);
    let pace = Memo::new(move |_| tile.with(|tile| tile.content.pace()));
    if inside.page_of.is_none() {
        Effect::new(move |_| {
            if let Some(pace) = pace.get().filter(|_| !is_stopped.get() && count.get() > 1) {
                turn_every(pace, is_read, move || {
                    turned.set((current.get_untracked() + 1) % count.get_untracked().max(1));
                });
            }
        });
    }
    let radio = move |index: usize| {
        view! {
            <input
                type="radio"
                class="pages__choice"
                id=choice_id(id, index)
                name=format!("pages-{id}")
                checked=index == 0
                prop:checked=move || current.get() == index
                on:change=move |_| turned.set(index)
            />
        }
    };
    let label = move |index: usize| {
        let name = move || pages.with(|pages| pages.get(index).map(|page| page.label.clone()).unwrap_or_default());
        view! {
            <label class="pages__tab" for=choice_id(id, index) title=name>
                <span class="pages__name">{name}</span>
            </label>
        }
    };
    let page = move |(index, tiles): (usize, Vec<TileId>)| {
        let (columns, rows) = shares(tiles.len());
        let class = format!("pages__page pages__page--{} pages__page--of-{}", index + 1, tiles.len());
        let draw = move || tiles.into_iter().map(|tile| inside.render.run(tile)).collect::<Vec<_>>();
        match space {
            Some(space) => view! {
                <Provider value=share(space, columns, rows)>
                    <div class=class>{draw()}</div>
                </Provider>
            }
            .into_any(),
            None => view! { <div class=class>{draw()}</div> }.into_any(),
        }
    };
    let stop = move || {
        let is_turning = kind.get() == ComponentKind::Carousel && count.get() > 1 && inside.page_of.is_none();
        is_turning.then(|| {
            let stop = move |()| is_stopped.update(|stopped| *stopped = !*stopped);
            let (icon, words) = if is_stopped.get() {
                (IconName::Play, words::TURN_PAGES)
            } else {
                (IconName::Pause, words::STOP_PAGES)
            };
            let label = Signal::derive(move || reader.say(words).to_owned());
            view! { <IconButton icon label on_click=stop /> }
        })
    };
    // Which tiles are on which page; drawn anew only when that changes.
    let stand = Memo::new(move |_| pages.with(|pages| pages.iter().map(|page| page.tiles.clone()).collect::<Vec<_>>()));
    let all = move || {
        let stand = stand.get();
        let indexes = 0..stand.len();
        let strip = if stand.len() < 2 { "pages__strip pages__strip--single" } else { "pages__strip" };
        view! {
            {indexes.clone().map(radio).collect::<Vec<_>>()}
            <div class=strip>
                {indexes.map(label).collect::<Vec<_>>()}
                {stop}
            </div>
            {stand.into_iter().enumerate().map(page).collect::<Vec<_>>()}
        }
    };
    view! {
        <div
            class="pages"
            on:pointerenter=move |_| is_read.set(true)
            on:pointerleave=move |_| is_read.set(false)
            on:focusin=move |_| is_read.set(true)
            on:focusout=move |_| {
                let _ = is_read.try_set(false);
            }
        >
            {all}
            {move || (count.get() == 0).then(|| view! { <EmptyContainerMessage kind reader /> })}
        </div>
    }
    .into_any()
}

fn choice_id(container: TileId, index: usize) -> String {
    format!("page-{}-of-{container}", index + 1)
}

/// The pages with what is there of them.
fn pages_of(tile: &Tile, inside: Inside, reader: Reader) -> Vec<Page> {
    let pages = tile.content.pages().map(model::board::Pages::all).unwrap_or_default();
    let page = |(index, page): (usize, &model::board::ContainerPage)| {
        let titled: Vec<(TileId, String)> =
            page.tiles.iter().filter_map(|tile| Some((*tile, inside.title_of.run(*tile)?))).collect();
        let label = match (page.title.is_empty(), titled.first()) {
            (false, _) => page.title.to_string(),
            (true, Some((_, title))) => title.clone(),
            (true, None) => words::page_number(index + 1, reader.locale.get()),
        };
        Page { label, tiles: titled.into_iter().map(|(tile, _)| tile).collect() }
    };
    pages.iter().enumerate().map(page).collect()
}

/// What a tile of a page is drawn for before it can be measured.
fn share(TileSpace(space): TileSpace, columns: u16, rows: u16) -> TileSpace {
    TileSpace(Memo::new(move |_| {
        let GridSize { w, h } = space.get();
        // The strip takes about a row.
        GridSize { w: (w / columns).max(1), h: (h.saturating_sub(1) / rows).max(1) }
    }))
}

/// Turns the page now and then, for as long as the effect that asks for it is not run again.
fn turn_every(pace: Pace, is_read: RwSignal<bool>, turn: impl Fn() + 'static) {
    let tick = move || {
        if is_read.try_get_untracked() == Some(false) {
            turn();
        }
    };
    // A browser that gives no timer leaves turning to the reader.
    if let Ok(handle) = set_interval_with_handle(tick, Duration::from_secs(pace.seconds().into())) {
        on_cleanup(move || handle.clear());
    }
}
