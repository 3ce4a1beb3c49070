//! Tiles that draw no numbers: texts, pictures, films, codes, the clock, frames.

use super::{FilterTile, FilterTiles, card::Reader, filter::FilterBody, text::TextBody};
use crate::{
    browser::now,
    controls::{Icon, IconName, QrCode},
    words,
};
use leptos::prelude::*;
use model::{
    board::{FrameStyle, Still, Tile, TileContent, WebAddress},
    formatting::{clock_time, date_in_full},
};

fn still_of(tile: &Tile) -> Option<Still> {
    match &tile.content {
        TileContent::Still(still) => Some(still.clone()),
        TileContent::Scalar(_)
        | TileContent::Series(_)
        | TileContent::Category(_)
        | TileContent::Matrix(_)
        | TileContent::Pair(_)
        | TileContent::Points(_)
        | TileContent::Spread(_)
        | TileContent::Table(_)
        | TileContent::Geo(_)
        | TileContent::Sessions(_)
        | TileContent::Tabs { .. }
        | TileContent::Carousel { .. } => None,
    }
}

#[component]
pub(super) fn StillBody(tile: Signal<Tile>, reader: Reader) -> impl IntoView {
    let still = Memo::new(move |_| tile.with(still_of));
    let id = tile.with_untracked(|tile| tile.id);
    let filters = use_context::<FilterTiles>();
    move || {
        match still.get() {
        None => ().into_any(),
        Some(Still::Text { text }) => view! { <TextBody text reader /> }.into_any(),
        Some(Still::Image { address: Some(address), description }) => {
            view! { <img class="still__image" src=address.to_string() alt=description.to_string() loading="lazy" referrerpolicy="no-referrer" /> }
                .into_any()
        }
        Some(Still::Video { address: Some(address), description }) => {
            view! { <Video address description=description.to_string() /> }.into_any()
        }
        Some(Still::QrCode { text }) if !text.trim().is_empty() => {
            let label = text.clone();
            view! {
                <div class="still__code">
                    <QrCode text=text.trim().to_owned() label />
                </div>
            }
            .into_any()
        }
        Some(Still::Clock) => view! { <ClockFace reader /> }.into_any(),
        Some(Still::Frame { style }) => view! { <div class=frame_class(style) aria-hidden="true"></div> }.into_any(),
        Some(Still::Filter { about: Some(about), display }) => {
            view! { <FilterBody filter=FilterTile { tile: id, about, display } draw=filters reader /> }.into_any()
        }
        Some(Still::Filter { about: None, .. }) => {
            view! { <Nothing icon=IconName::Filter what=words::NO_FILTER_YET reader /> }.into_any()
        }
        Some(Still::Image { address: None, .. }) => {
            view! { <Nothing icon=IconName::Text what=words::NO_PICTURE_YET reader /> }.into_any()
        }
        Some(Still::Video { address: None, .. }) => {
            view! { <Nothing icon=IconName::Carousel what=words::NO_FILM_YET reader /> }.into_any()
        }
        Some(Still::QrCode { .. }) => {
            view! { <Nothing icon=IconName::Text what=words::NO_CODE_YET reader /> }.into_any()
        }
    }
    }
}

const fn frame_class(style: FrameStyle) -> &'static str {
    match style {
        FrameStyle::Corners => "still__frame still__frame--corners",
        FrameStyle::Line => "still__frame still__frame--line",
        FrameStyle::Heading => "still__frame still__frame--heading",
        FrameStyle::Rule => "still__frame still__frame--rule",
    }
}

/// A film that runs silently by itself, over and over; whoever wants to hear it has the browser's own controls.
#[component]
fn Video(address: WebAddress, description: String) -> impl IntoView {
    view! {
        <video
            class="still__film"
            src=address.to_string()
            aria-label=description
            muted
            autoplay
            loop
            playsinline
            controls
            preload="metadata"
        ></video>
    }
}

/// What is to be done with a tile that has nothing in it yet.
#[component]
fn Nothing(icon: IconName, what: words::Words, reader: Reader) -> impl IntoView {
    view! {
        <div class="message">
            <Icon name=icon />
            <p class="message__what">{move || reader.say(what)}</p>
            <p class="message__todo">{move || reader.say(words::CHOOSE_ON_THE_RIGHT)}</p>
        </div>
    }
    .into_any()
}

/// The time where the board is about, and the day. The server does not know when the page will be seen: it leaves the
/// hands out, and the browser sets them.
#[component]
fn ClockFace(reader: Reader) -> impl IntoView {
    let moment = RwSignal::new(None);
    Effect::new(move |_| {
        moment.set(Some(now()));
        let ticking = set_interval_with_handle(
            move || {
                let _ = moment.try_set(Some(now()));
            },
            std::time::Duration::from_secs(1),
        );
        on_cleanup(move || {
            if let Ok(ticking) = ticking {
                ticking.clear();
            }
        });
    });
    let time = move || moment.get().map(|moment| clock_time(moment, reader.calendar.get()));
    let day = move || moment.get().map(|moment| date_in_full(moment, reader.calendar.get(), reader.locale.get()));
    view! {
        <div class="still__clock" role="timer">
            <p class="still__time">{time}</p>
            <p class="still__day">{day}</p>
        </div>
    }
    .into_any()
}
