//! All that can be chosen beside each other, as links; of many values a menu.

use super::{super::published::PublishedBoard, menu, name_of};
use crate::{
    pages::filter_offers::{Asked, Offered},
    routes,
    server_functions::filter_choices,
};
use components::controls::{Segment, Segments};
use leptos::{prelude::*, task::spawn_local};
use model::{
    board::{BoardFilter, FilterSubject, Reading},
    metric::DimensionId,
};

/// So many values can be taken in at once; of more there is a menu.
const MOST: usize = 8;

#[component]
pub(super) fn FilterSegments(published: PublishedBoard, filter: BoardFilter, place: String) -> impl IntoView {
    let about = StoredValue::new(filter.subject());
    let filter = StoredValue::new(filter);
    let values = RwSignal::new(about.with_value(|about| published.choices_of(about)));
    if let FilterSubject::Dimension(dimension) = about.get_value() {
        keep_up(published, dimension, values);
    }
    // A menu for as long as there are too many, or nothing is known of them.
    let is_short = Memo::new(move |_| values.with(|values| values.as_ref().is_some_and(|values| values.len() <= MOST)));
    let segments = Signal::derive(move || {
        let all = about.with_value(|about| offered(published, about, values));
        let segment = |Offered { words, is_chosen, leads_to, .. }| Segment {
            label: words,
            to: Some(routes::board_read(published.id, &leads_to)),
            is_chosen,
        };
        all.into_iter().map(segment).collect::<Vec<_>>()
    });
    let label = name_of(published, about);
    move || {
        if is_short.get() {
            view! { <Segments label segments /> }.into_any()
        } else {
            menu(published, filter.get_value(), &place)
        }
    }
}

fn offered(published: PublishedBoard, about: &FilterSubject, values: RwSignal<Option<Vec<String>>>) -> Vec<Offered> {
    let (locale, calendar) = (published.locale.get(), published.calendar);
    published.board.with_value(|board| {
        published.reading.with(|reading| {
            published.names.with(|names| {
                values.with(|values| {
                    let asked = Asked { board, reading, names, locale, calendar };
                    asked.offered(about, values.as_deref().unwrap_or_default())
                })
            })
        })
    })
}

/// What was chosen beside a dimension: what is offered of it depends on that.
fn others(published: PublishedBoard, dimension: &DimensionId) -> Reading {
    let mut reading = published.reading.get();
    reading.values.remove(dimension);
    reading.drills.clear();
    reading
}

/// Asks again for what is offered when something else is chosen, or where it could not be read with the board.
fn keep_up(published: PublishedBoard, dimension: DimensionId, values: RwSignal<Option<Vec<String>>>) {
    Effect::new(move |before: Option<Reading>| {
        let now = others(published, &dimension);
        let is_known = before.as_ref().map_or_else(|| values.with_untracked(Option::is_some), |before| *before == now);
        if !is_known {
            let (asked, dimension) = (now.clone(), dimension.clone());
            spawn_local(async move {
                let answer = filter_choices(published.id, dimension.clone(), asked.clone(), String::new()).await;
                // The page is gone, or something else was chosen meanwhile.
                let is_wanted = published.reading.try_with_untracked(|reading| {
                    let mut reading = reading.clone();
                    reading.values.remove(&dimension);
                    reading.drills.clear();
                    reading == asked
                });
                if let (Ok(answer), Some(true)) = (answer, is_wanted) {
                    let _ = values.try_set(Some(answer));
                }
            });
        }
        now
    });
}
