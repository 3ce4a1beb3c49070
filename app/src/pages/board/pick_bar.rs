//! What can be done with a number that was pointed out: narrow the board by it, or go deeper into it.

use super::published::PublishedBoard;
use crate::{
    i18n::{label, text},
    pages::filter_words::subject_name,
    routes,
};
use components::{
    controls::{Icon, IconButton, IconName},
    tile::Picked,
};
use leptos::{ev, html, prelude::*, web_sys};
use model::{
    board::{Drill, FilterSubject, MAX_DRILLS, Reading, Tile, TileId},
    metric::DimensionId,
    time::{Grain, Interval, TimeRange},
};
use wasm_bindgen::JsCast as _;

/// So many ways deeper are offered.
const MOST_WAYS: usize = 4;

/// A way deeper into what was picked.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Way {
    By(DimensionId),
    In(Grain),
}

/// At the foot of a tile's card, once one of its numbers was picked.
#[component]
pub(super) fn PickBar(
    published: PublishedBoard,
    tile: Signal<Tile>,
    picked: RwSignal<Option<Picked>>,
) -> impl IntoView {
    let locale = published.locale;
    let bar = NodeRef::<html::Div>::new();
    // The bar is what the pick was for: the keyboard goes on there.
    Effect::new(move |_| {
        if let (Some(_), Some(bar)) = (picked.get(), bar.get())
            && let Ok(Some(first)) = bar.query_selector("button")
        {
            let _ = first.dyn_into::<web_sys::HtmlElement>().map(|first| first.focus());
        }
    });
    let name = Memo::new(move |_| {
        let calendar = published.calendar;
        picked.get().map(|picked| published.names.with(|names| picked.name(names, locale.get(), calendar)))
    });
    let press = move |event: ev::KeyboardEvent| {
        if event.key() == "Escape" {
            event.stop_propagation();
            picked.set(None);
        }
    };
    let actions = move || {
        let now = picked.get()?;
        let id = tile.with(|tile| tile.id);
        let only = narrowing(published, id, now.clone(), picked);
        let ways = ways(published, &tile.get(), &now)
            .into_iter()
            .map(|way| drilling(published, id, now.clone(), way, picked))
            .collect_view();
        Some((only, ways))
    };
    view! {
        <Onward published tile picked />
        <Show when=move || picked.with(Option::is_some)>
            <div
                class="picks"
                node_ref=bar
                role="group"
                aria-label=move || text!(locale.get(), filters.pick, name = name.get().unwrap_or_default())
                on:keydown=press
            >
                <span class="picks__name">{move || name.get()}</span>
                <div class="picks__actions">{actions}</div>
                <IconButton
                    icon=IconName::Close
                    label=label!(locale, filters.dismiss)
                    on_click=move |()| picked.set(None)
                />
            </div>
        </Show>
    }
    .into_any()
}

/// The way on to another board, which is read with what was chosen here and with what was picked.
#[component]
fn Onward(published: PublishedBoard, tile: Signal<Tile>, picked: RwSignal<Option<Picked>>) -> impl IntoView {
    let locale = published.locale;
    move || {
        let link = tile.with(|tile| published.link_of(tile))?;
        let reading = published.reading.get();
        let reading = match picked.get() {
            Some(Picked::Value { dimension, value }) => reading.choosing(dimension, vec![value], None),
            Some(Picked::Step { from, to, .. }) => {
                Reading { time: Interval::new(from, to).map(TimeRange::Between), ..reading }
            }
            None => reading,
        };
        let title = link.title.to_string();
        Some(view! {
            <a class="card__onward" href=routes::board_read(link.id, &reading.without_tiles())>
                <span>{text!(locale.get(), filters.open_link, title = title)}</span>
                <Icon name=IconName::ChevronRight />
            </a>
        })
    }
}

/// Narrows the whole board, or lets all in again where this was chosen here before.
fn narrowing(
    published: PublishedBoard,
    tile: TileId,
    now: Picked,
    picked: RwSignal<Option<Picked>>,
) -> Option<AnyView> {
    let locale = published.locale;
    let Picked::Value { dimension, value } = now else { return None };
    let is_chosen = {
        let (dimension, value) = (dimension.clone(), value.clone());
        Memo::new(move |_| {
            published
                .reading
                .with(|reading| reading.values.get(&dimension).is_some_and(|chosen| chosen.values == [value.clone()]))
        })
    };
    let choose = move |_| {
        let (dimension, value) = (dimension.clone(), value.clone());
        let lets_go = is_chosen.get_untracked();
        picked.set(None);
        published.read_so(move |mut reading| {
            if lets_go {
                reading.values.remove(&dimension);
                reading
            } else {
                reading.picking(tile, dimension, value)
            }
        });
    };
    let words = move || {
        if is_chosen.get() { text!(locale.get(), filters.pick_all) } else { text!(locale.get(), filters.pick_only) }
    };
    Some(view! { <button type="button" class="button button--secondary" on:click=choose>{words}</button> }.into_any())
}

fn drilling(
    published: PublishedBoard,
    tile: TileId,
    now: Picked,
    way: Way,
    picked: RwSignal<Option<Picked>>,
) -> Option<AnyView> {
    let locale = published.locale;
    let drill = match (now, &way) {
        (Picked::Value { dimension, value }, Way::By(by)) => Drill::Value { dim: dimension, value, by: by.clone() },
        (Picked::Step { from, to, .. }, Way::In(_)) => Drill::Step { from, to },
        (Picked::Value { .. }, Way::In(_)) | (Picked::Step { .. }, Way::By(_)) => return None,
    };
    let words = move || match &way {
        Way::By(by) => {
            let name =
                published.names.with(|names| subject_name(&FilterSubject::Dimension(by.clone()), names, locale.get()));
            text!(locale.get(), filters.drill, name = name)
        }
        Way::In(grain) => {
            text!(locale.get(), filters.drill_step, name = crate::i18n::grain_name(*grain, locale.get()))
        }
    };
    let go = move |_| {
        let drill = drill.clone();
        picked.set(None);
        published.read_so(move |reading: Reading| reading.drilling(tile, drill));
    };
    Some(view! { <button type="button" class="button button--quiet" on:click=go>{words}</button> }.into_any())
}

/// The dimensions that all metrics of the tile know and that it is not split by yet; the next finer step of time.
fn ways(published: PublishedBoard, tile: &Tile, picked: &Picked) -> Vec<Way> {
    let is_deep =
        published.reading.with(|reading| reading.drills.get(&tile.id).is_some_and(|drills| drills.len() >= MAX_DRILLS));
    if is_deep {
        return Vec::new();
    }
    published.catalogue.with_value(|catalogue| match picked {
        Picked::Value { dimension, .. } => {
            let split = tile.content.dimensions();
            let others = catalogue.dimensions.iter().map(|dimension| dimension.id.clone());
            others
                .filter(|other| other != dimension && !split.contains(other) && tile.content.knows(other, catalogue))
                .take(MOST_WAYS)
                .map(Way::By)
                .collect()
        }
        Picked::Step { from, to, grain } => {
            let offered = |finer: &Grain| {
                tile.content
                    .metrics()
                    .iter()
                    .all(|metric| catalogue.metric(&metric.id).is_some_and(|metric| metric.grains.contains(finer)))
            };
            let range = Interval::new(*from, *to).map(TimeRange::Between);
            let is_finer = |finer: &Grain| {
                finer < grain && offered(finer) && range.is_some_and(|range| range.most_steps(*finer) > 4)
            };
            Grain::ALL.into_iter().rev().find(is_finer).map(Way::In).into_iter().collect()
        }
    })
}
