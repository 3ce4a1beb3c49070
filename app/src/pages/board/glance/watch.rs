//! What a page that nobody has touched listens to: the stream, the clock, and how much room its charts have.

use super::{
    drawing::{Cards, NeedsTheApplication},
    handover::{Learnt, hand_over},
    page::Page,
    reaching::{Reaching, reach},
};
use crate::{
    pages::board::{
        filling::{age_seconds, newest_and_simulated},
        freshness::Condition,
        stream::{OpenStream, StreamEvent, open_stream},
    },
    time::PageClock,
};
use components::Nearness;
use leptos::prelude::*;
use model::{
    formatting::{clock_time, date_in_full},
    time::Timestamp,
};
use std::cell::RefCell;
use wasm_bindgen::{JsCast as _, closure::Closure};
use web_sys::ResizeObserver;

const TICK_MS: i32 = 1_000;
/// The pause before a page tries again that can do nothing yet.
const PAUSE_SECONDS: i32 = 3;
/// The longest pause between two tries to reach the server again.
const LONGEST_PAUSE_SECONDS: i32 = 30;

/// A board that is glanced at.
struct Glance {
    page: Page,
    cards: Cards,
    /// When the browser began; the server's clock goes on from the page's.
    began: PageClock,
    is_simulated: bool,
    is_connected: bool,
    failed_attempts: u32,
    stream: Option<OpenStream>,
    _ticking: Option<Ticking>,
    _measuring: Option<Measuring>,
    _nearness: Option<Nearness>,
    _reaching: Reaching,
}

thread_local! {
    static GLANCE: RefCell<Option<Glance>> = const { RefCell::new(None) };
}

/// Keeps the numbers of the page new until somebody reaches for it. What is no board that can be glanced at is reached for
/// at once.
pub(crate) fn glance() {
    let Some(page) = Page::of_document() else {
        reach();
        return;
    };
    let cards = Cards::of_page(&page, page.view.now);
    let (_, is_simulated) = newest_and_simulated(cards.fillings());
    let measuring = Measuring::of(&cards);
    let nearness = watch_nearness(&cards);
    GLANCE.set(Some(Glance {
        cards,
        began: PageClock::read(),
        is_simulated,
        is_connected: true,
        failed_attempts: 0,
        stream: None,
        _ticking: Ticking::start(),
        _measuring: measuring,
        _nearness: nearness,
        _reaching: Reaching::listen(),
        page,
    }));
    // What is printed is near.
    window_event_listener_untyped("beforeprint", |_| {
        let drawn = with(|glance| {
            let now = glance.now();
            glance.cards.draw_what_is_due(&glance.page, now)
        });
        reach_where_needed(drawn);
    });
    listen();
    tell_alive("glanced");
}

/// Says on the document how far the page can be used, for whoever drives it from outside.
pub(crate) fn tell_alive(how: &str) {
    if let Some(root) = document().document_element() {
        let _ = root.set_attribute("data-alive", how);
    }
}

/// The application takes over: nothing is listened to here any longer, and what was learnt is handed on.
pub(crate) fn end() {
    let Some(mut glance) = GLANCE.take() else { return };
    // The application builds anew only what differs from the page it takes over: what is far must be as new as the rest.
    // Where a card needs the application, it comes.
    let now = glance.now();
    let _ = glance.cards.draw_what_is_due(&glance.page, now);
    let view = &glance.page.view;
    hand_over(Learnt {
        board: (view.id, view.version),
        now: glance.now(),
        is_connected: glance.is_connected,
        frames: glance.cards.answers(),
    });
}

/// Where the application can't be loaded, the server can't be reached either. After a while the stream is tried again, or
/// the application itself, on a page that can do nothing without it.
pub(super) fn go_on_without() {
    let pause = with(|glance| {
        glance.is_connected = false;
        glance.tell_freshness();
        glance.failed_attempts += 1;
        (1 << glance.failed_attempts.min(5)).min(LONGEST_PAUSE_SECONDS)
    });
    let (seconds, again) = match pause {
        Some(seconds) => (seconds, Closure::once_into_js(listen)),
        None => (PAUSE_SECONDS, Closure::once_into_js(reach)),
    };
    let _ = window().set_timeout_with_callback_and_timeout_and_arguments_0(again.unchecked_ref(), seconds * 1_000);
}

/// Runs with the glance, if there still is one.
fn with<T>(run: impl FnOnce(&mut Glance) -> T) -> Option<T> {
    GLANCE.with_borrow_mut(|glance| glance.as_mut().map(run))
}

/// The code of charts that few boards have is there: what waited for it is drawn.
pub(crate) fn charts_came() {
    let drawn = with(|glance| {
        let now = glance.now();
        glance.cards.draw_what_waits(&glance.page, now)
    });
    reach_where_needed(drawn);
}

/// Draws cards when they come near.
fn watch_nearness(cards: &Cards) -> Option<Nearness> {
    let nearness = Nearness::watch(|card, is_near| {
        let drawn = with(|glance| {
            let now = glance.now();
            glance.cards.come_near(card, is_near, &glance.page, now)
        });
        reach_where_needed(drawn);
    })?;
    cards.elements().for_each(|card| nearness.observe(card));
    Some(nearness)
}

/// Opens the stream.
fn listen() {
    let url = with(|glance| glance.page.told.stream.clone());
    let Some(url) = url else { return };
    let stream = open_stream(&url, hear);
    with(|glance| glance.stream = stream);
}

fn hear(event: StreamEvent) {
    match event {
        StreamEvent::Opened => {
            with(|glance| {
                (glance.is_connected, glance.failed_attempts) = (true, 0);
                glance.tell_freshness();
            });
        }
        StreamEvent::Frames(answers) => {
            let drawn = with(|glance| {
                let now = glance.now();
                let drawn = glance.cards.take(&glance.page, answers, now);
                glance.tell_freshness();
                drawn.and(glance.is_as_simulated_as_before())
            });
            reach_where_needed(drawn);
        }
        StreamEvent::Interrupted => {
            with(|glance| {
                glance.is_connected = false;
                glance.tell_freshness();
            });
        }
        // The server's page says why there is nothing to see any more, and leads to the sign-in.
        StreamEvent::RightsChanged | StreamEvent::SignedOut => {
            let _ = window().location().reload();
        }
        // The application knows what to do, and asks why.
        StreamEvent::NewVersion | StreamEvent::Refused => reach(),
    }
}

fn reach_where_needed(drawn: Option<Result<(), NeedsTheApplication>>) {
    if drawn == Some(Err(NeedsTheApplication)) {
        reach();
    }
}

impl Glance {
    /// The server's clock, as far as the page can tell.
    fn now(&self) -> Timestamp {
        self.page.view.now.plus_millis(PageClock::read().millis_since(self.began))
    }

    fn is_as_simulated_as_before(&self) -> Result<(), NeedsTheApplication> {
        let (_, is_simulated) = newest_and_simulated(self.cards.fillings());
        if is_simulated == self.is_simulated { Ok(()) } else { Err(NeedsTheApplication) }
    }

    fn tell_freshness(&self) {
        let (as_of, _) = newest_and_simulated(self.cards.fillings());
        let age = as_of.map(|as_of| age_seconds(as_of, self.now()));
        let condition = Condition::of(age, self.is_connected);
        let element = |selector: &str| document().query_selector(selector).ok().flatten();
        if let Some(sign) = element(".freshness") {
            let _ = sign.set_attribute("class", condition.class());
        }
        if let Some(text) = element(".freshness__text") {
            text.set_text_content(Some(&condition.words(age, self.page.locale)));
        }
    }
}

impl Glance {
    /// Sets the clocks that stand on the board.
    fn tell_time(&self) {
        let (now, calendar) = (self.now(), self.page.view.calendar);
        let tell = |selector: &str, words: &str| {
            let Ok(found) = document().query_selector_all(selector) else { return };
            for it in (0..found.length()).filter_map(|index| found.item(index)) {
                it.set_text_content(Some(words));
            }
        };
        tell(".still__time", &clock_time(now, calendar));
        tell(".still__day", &date_in_full(now, calendar, self.page.locale));
    }
}

/// The clock; stopped when dropped.
struct Ticking {
    handle: i32,
    _tick: Closure<dyn Fn()>,
}

impl Ticking {
    fn start() -> Option<Self> {
        let tick = Closure::<dyn Fn()>::new(|| {
            let drawn = with(|glance| {
                glance.tell_freshness();
                glance.tell_time();
                let now = glance.now();
                glance.cards.grow_older(&glance.page, now)
            });
            reach_where_needed(drawn);
        });
        let callback = tick.as_ref().unchecked_ref();
        let handle = window().set_interval_with_callback_and_timeout_and_arguments_0(callback, TICK_MS).ok()?;
        Some(Self { handle, _tick: tick })
    }
}

impl Drop for Ticking {
    fn drop(&mut self) {
        window().clear_interval_with_handle(self.handle);
    }
}

/// Watches how much room charts have; until dropped.
struct Measuring {
    observer: ResizeObserver,
    _measure: Closure<dyn Fn()>,
}

impl Measuring {
    fn of(cards: &Cards) -> Option<Self> {
        let measure = Closure::<dyn Fn()>::new(|| {
            with(|glance| glance.cards.measure());
        });
        let observer = ResizeObserver::new(measure.as_ref().unchecked_ref()).ok()?;
        cards.plots().for_each(|plot| observer.observe(&plot));
        Some(Self { observer, _measure: measure })
    }
}

impl Drop for Measuring {
    fn drop(&mut self) {
        self.observer.disconnect();
    }
}
