//! What an open board knows: the newest frame of each tile, how old it is, and whether the stream still runs.

use super::{
    filling::{Filling, age_in_whole_minutes, age_seconds, newest_and_simulated},
    glance::handed_over,
    stream::{StreamEvent, open_stream},
};
use crate::{
    routes,
    server_functions::open_board,
    time::{PageClock, after, repeat_every},
};
use components::tile::TileState;
use leptos::{prelude::*, task::spawn_local};
use leptos_router::hooks::{use_location, use_navigate};
use model::{
    board::{Board, BoardId, BoardView, Reading, TileFrame, TileId},
    problem::ProblemCode,
    time::Timestamp,
};
use std::{collections::BTreeMap, time::Duration};

/// The promised delay of the statistics: what is older counts as stale.
pub(crate) const STALE_AFTER_SECONDS: i64 = 60;
/// The longest pause between two tries to reach the server again.
const LONGEST_PAUSE_SECONDS: u64 = 30;

/// An open board. Cheap to copy.
#[derive(Debug, Clone, Copy)]
pub(crate) struct LiveBoard {
    id: BoardId,
    /// The published version that is drawn: frames of any other would not fit its layout.
    version: i32,
    fillings: StoredValue<BTreeMap<TileId, ArcRwSignal<Filling>>>,
    /// The newest event in any of the frames.
    as_of: RwSignal<Option<Timestamp>>,
    is_simulated: RwSignal<bool>,
    is_connected: RwSignal<bool>,
    newer_version: RwSignal<bool>,
    /// The server's clock, as far as the page can tell; the moment of the answer until the page is alive.
    now: RwSignal<Timestamp>,
    /// Tries to reach the server again.
    attempt: RwSignal<u64>,
}

impl LiveBoard {
    pub(crate) fn new(view: &BoardView) -> Self {
        let fillings = view.board.tiles().iter().map(|tile| (tile.id, ArcRwSignal::new(Filling::default()))).collect();
        let live = Self {
            id: view.id,
            version: view.version,
            fillings: StoredValue::new(fillings),
            as_of: RwSignal::new(None),
            is_simulated: RwSignal::new(false),
            is_connected: RwSignal::new(true),
            newer_version: RwSignal::new(false),
            now: RwSignal::new(view.now),
            attempt: RwSignal::new(0),
        };
        live.take(view.frames.clone());
        live
    }

    /// The published version that is drawn.
    pub(crate) const fn version(self) -> i32 {
        self.version
    }

    pub(crate) fn has_newer_version(self) -> bool {
        self.newer_version.get()
    }

    pub(crate) fn is_simulated(self) -> bool {
        self.is_simulated.get()
    }

    pub(crate) fn is_connected(self) -> bool {
        self.is_connected.get()
    }

    /// Seconds since the newest event; `None` where nothing has arrived yet.
    pub(crate) fn age_seconds(self) -> Option<i64> {
        Some(age_seconds(self.as_of.get()?, self.now.get()))
    }

    /// What a tile shows. It changes with its frame, and once a minute with its age when it is stale.
    pub(crate) fn tile(self, id: TileId) -> Signal<TileState> {
        let Some(filling) = self.fillings.with_value(|fillings| fillings.get(&id).cloned()) else {
            return Signal::stored(TileState::Unbound);
        };
        let as_of = {
            let filling = filling.clone();
            Memo::new(move |_| filling.with(Filling::as_of))
        };
        let age = Memo::new(move |_| Some(age_in_whole_minutes(as_of.get()?, self.now.get())));
        Signal::derive(move || filling.get().state(age.get()))
    }

    /// Takes new frames; only their tiles are drawn again.
    fn take(self, frames: Vec<TileFrame>) {
        for TileFrame { tile, answer } in frames {
            let Some(signal) = self.fillings.with_value(|fillings| fillings.get(&tile).cloned()) else { continue };
            if !signal.with_untracked(|filling| filling.is_known(&answer)) {
                signal.update(|filling| filling.take(answer));
            }
        }
        let (as_of, is_simulated) = self.fillings.with_value(|fillings| {
            let fillings: Vec<Filling> = fillings.values().map(GetUntracked::get_untracked).collect();
            newest_and_simulated(fillings.iter())
        });
        if self.as_of.get_untracked() != as_of {
            self.as_of.set(as_of);
        }
        if self.is_simulated.get_untracked() != is_simulated {
            self.is_simulated.set(is_simulated);
        }
    }

    /// The numbers of another question must not stand under the title of this one: tiles that ask something else wait.
    pub(crate) fn await_what_changes(self, read: Memo<Board>) {
        Effect::new(move |before: Option<Board>| {
            let now = read.get();
            for tile in before.iter().flat_map(Board::tiles) {
                let asked = |board: &Board| board.tile(tile.id).and_then(|tile| tile.content.query());
                let query = asked(&now);
                if query.is_some()
                    && query != tile.content.query()
                    && let Some(signal) = self.fillings.with_value(|fillings| fillings.get(&tile.id).cloned())
                {
                    signal.set(Filling::AWAITED);
                }
            }
            now
        });
    }

    /// In the browser: lets the clock run, and keeps the stream open. `reload` asks for the whole page again, which then
    /// shows why there is no board to see.
    pub(crate) fn follow(self, reading: Memo<Reading>, reload: Callback<()>) {
        let navigate = use_navigate();
        let location = use_location();
        Effect::new(move |_| {
            let read = StoredValue::new(PageClock::read());
            if let Some(learnt) = handed_over(self.id, self.version) {
                self.now.update(|now| *now = learnt.now);
                self.is_connected.set(learnt.is_connected);
                self.take(learnt.frames);
            }
            repeat_every(Duration::from_secs(1), move || {
                // Gone with the page; the timer may fire once more. Added up tick by tick: of a clock that was put back,
                // one tick is lost and not all that it counted before.
                let now = PageClock::read();
                let Some(before) = read.try_get_value() else { return };
                read.set_value(now);
                let _ = self.now.try_update(|moment| *moment = moment.plus_millis(now.millis_since(before)));
            });
        });
        Effect::new(move |_| {
            let (attempt, reading) = (self.attempt.get(), reading.get());
            let sign_in = {
                let navigate = navigate.clone();
                let search = location.search.get_untracked();
                let query = if search.is_empty() { search } else { format!("?{search}") };
                let here = format!("{}{query}", location.pathname.get_untracked());
                move || navigate(&routes::sign_in_and_return(&here), leptos_router::NavigateOptions::default())
            };
            let stream = open_stream(&routes::stream(self.id, self.version, &reading), move |event| match event {
                StreamEvent::Opened => {
                    self.is_connected.set(true);
                }
                StreamEvent::Frames(frames) => self.take(frames),
                StreamEvent::NewVersion => self.newer_version.set(true),
                StreamEvent::RightsChanged => reload.run(()),
                StreamEvent::SignedOut => sign_in(),
                StreamEvent::Interrupted => self.is_connected.set(false),
                StreamEvent::Refused => {
                    self.is_connected.set(false);
                    let (sign_in, reading) = (sign_in.clone(), reading.clone());
                    spawn_local(async move {
                        let answer = open_board(self.id, reading).await;
                        // Nobody is there any more to be shown it.
                        if self.attempt.try_get_untracked().is_none() {
                            return;
                        }
                        match answer {
                            Ok(view) if view.version == self.version => self.take(view.frames),
                            Ok(_) => self.newer_version.set(true),
                            Err(error) => match Refused::of(error.code()) {
                                Refused::SignedOut => sign_in(),
                                Refused::NotTheirs => reload.run(()),
                                Refused::ForNow => {}
                            },
                        }
                    });
                    let pause = Duration::from_secs((1 << attempt.min(5)).min(LONGEST_PAUSE_SECONDS));
                    after(pause, move || {
                        let _ = self.attempt.try_update(|attempt| *attempt += 1);
                    });
                }
            });
            // Closed with the effect that opened it.
            StoredValue::new_local(stream);
        });
    }
}

/// What it means that neither stream nor board are given.
enum Refused {
    SignedOut,
    /// What is on the screen may not be shown any longer.
    NotTheirs,
    /// The server is busy or not there: what is on the screen stays, with its age.
    ForNow,
}

impl Refused {
    fn of(code: Option<ProblemCode>) -> Self {
        match code {
            Some(ProblemCode::SignInRequired) => Self::SignedOut,
            Some(ProblemCode::BoardNotFound | ProblemCode::NeverPublished) => Self::NotTheirs,
            Some(code) if code.takes_numbers_away() => Self::NotTheirs,
            Some(_) | None => Self::ForNow,
        }
    }
}
