//! One open stream: it looks again at who is watching before it says anything.

use super::{
    Sources,
    encoding::{self, FrameSet},
    topics::{State, TopicKey, Topics},
};
use crate::access::{Principal, SessionToken};
use bytes::Bytes;
use model::{
    board::{BoardId, Reading},
    problem::{Problem, ProblemCode},
};
use rand::RngExt;
use std::{sync::Arc, time::Duration};
use tokio::{
    sync::watch,
    time::{Instant, Interval, MissedTickBehavior},
};

const HEARTBEAT_EVERY: Duration = Duration::from_secs(15);
/// Browsers that lost the server come back spread over this span.
const RETRY_MS: std::ops::Range<u64> = 2_000..10_000;

pub(super) struct Subscriber {
    sources: Arc<Sources>,
    topics: Arc<Topics>,
    session: SessionToken,
    board: BoardId,
    reading: Reading,
    watched: Watched,
    heartbeat: Interval,
    phase: Phase,
}

/// What is being watched, with the rights of the moment it was last looked at.
struct Watched {
    who: Principal,
    key: Arc<TopicKey>,
    states: watch::Receiver<State>,
    /// The state sent last; 0 before the first.
    sent: u64,
    epoch: u64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Phase {
    Greeting,
    /// The page has drawn another version than the published one: frames of this one would not fit its layout.
    Outdated,
    Watching,
    /// The last word was said.
    Ended,
}

/// How a look at the rights turned out.
enum Verdict {
    /// As before, or newly watching what may be seen now.
    Watch,
    /// Say this, and nothing after it.
    End(Bytes),
    /// It could not be found out; the browser comes back by itself.
    Hang,
}

impl Verdict {
    fn of(problem: &Problem) -> Self {
        let passes_by_itself =
            [ProblemCode::Unavailable, ProblemCode::Overloaded, ProblemCode::TimedOut, ProblemCode::Internal];
        if problem.code == ProblemCode::SignInRequired {
            Self::End(encoding::SIGNED_OUT)
        } else if passes_by_itself.contains(&problem.code) {
            Self::Hang
        } else {
            Self::End(encoding::RIGHTS)
        }
    }
}

/// What a wait was ended by.
enum Woken {
    State,
    Heartbeat,
    Superseded,
}

impl Subscriber {
    pub(super) async fn open(
        sources: Arc<Sources>,
        topics: Arc<Topics>,
        session: SessionToken,
        board: BoardId,
        shown: Option<i32>,
        reading: Reading,
    ) -> Result<Self, Problem> {
        let watched = Watched::begin(&sources, &topics, &session, board, &reading).await?;
        let mut heartbeat = tokio::time::interval_at(Instant::now() + HEARTBEAT_EVERY, HEARTBEAT_EVERY);
        heartbeat.set_missed_tick_behavior(MissedTickBehavior::Delay);
        let is_current = shown.is_none_or(|version| version == watched.key.version);
        let phase = if is_current { Phase::Greeting } else { Phase::Outdated };
        Ok(Self { sources, topics, session, board, reading, watched, heartbeat, phase })
    }

    /// The next bytes, and the stream after them; `None` at its end.
    pub(super) async fn next(mut self) -> Option<(Bytes, Self)> {
        match self.phase {
            Phase::Ended => None,
            Phase::Greeting => {
                self.phase = Phase::Watching;
                let pause = rand::rng().random_range(RETRY_MS);
                Some((encoding::retry_after(Duration::from_millis(pause)), self))
            }
            Phase::Outdated => Some((self.end_with(encoding::RELOAD), self)),
            Phase::Watching => {
                let bytes = self.watch().await?;
                Some((bytes, self))
            }
        }
    }

    /// Waits for something to say.
    async fn watch(&mut self) -> Option<Bytes> {
        let mut is_due = false;
        loop {
            // Grants and sessions also end by time, which moves no epoch: so before anything is said.
            let must_look = is_due || self.watched.has_news() || self.sources.access.epoch() != self.watched.epoch;
            if must_look {
                match self.look_again().await {
                    Verdict::Watch => {}
                    Verdict::End(last_word) => return Some(self.end_with(last_word)),
                    Verdict::Hang => return None,
                }
            }
            if let Some(bytes) = self.watched.unsent() {
                return Some(bytes);
            }
            if is_due {
                return Some(encoding::HEARTBEAT);
            }
            match self.woken().await {
                Woken::State => {}
                Woken::Heartbeat => is_due = true,
                Woken::Superseded => {
                    return match self.begin_anew().await {
                        Verdict::End(last_word) => Some(self.end_with(last_word)),
                        // Nothing has changed after all, as when the server stops: the browser comes back by itself.
                        Verdict::Watch | Verdict::Hang => None,
                    };
                }
            }
        }
    }

    async fn woken(&mut self) -> Woken {
        if matches!(*self.watched.states.borrow(), State::Superseded) {
            return Woken::Superseded;
        }
        tokio::select! {
            changed = self.watched.states.changed() => match changed {
                Ok(()) => Woken::State,
                Err(_) => Woken::Superseded,
            },
            _ = self.heartbeat.tick() => Woken::Heartbeat,
        }
    }

    /// Reads the session and the grants anew, from memory unless they have moved. A heartbeat does it too, for boards
    /// on which nothing happens.
    async fn look_again(&mut self) -> Verdict {
        let epoch = self.sources.access.epoch();
        match self.sources.access.principal_of_session(&self.session).await {
            // Most changes are somebody else's: then neither the board nor its topic needs a second look.
            Ok(who) if self.watched.is_unchanged_for(&who) => {
                self.watched.who = who;
                self.watched.epoch = epoch;
                Verdict::Watch
            }
            // Numbers would go on in colours that no longer hold: the page draws itself anew.
            Ok(who) if who.account().appearance != self.watched.who.account().appearance => {
                Verdict::End(encoding::RIGHTS)
            }
            Ok(_) => self.begin_anew().await,
            Err(problem) => Verdict::of(&problem),
        }
    }

    /// Looks at board and scope as if the stream were opened now.
    async fn begin_anew(&mut self) -> Verdict {
        match Watched::begin(&self.sources, &self.topics, &self.session, self.board, &self.reading).await {
            Ok(now) if now.key.version == self.watched.key.version => {
                self.watched = now;
                Verdict::Watch
            }
            Ok(_) => Verdict::End(encoding::RELOAD),
            Err(problem) => Verdict::of(&problem),
        }
    }

    fn end_with(&mut self, last_word: Bytes) -> Bytes {
        self.phase = Phase::Ended;
        last_word
    }
}

impl Watched {
    async fn begin(
        sources: &Arc<Sources>,
        topics: &Arc<Topics>,
        session: &SessionToken,
        board: BoardId,
        reading: &Reading,
    ) -> Result<Self, Problem> {
        // Read before the rights, so that a change in between is looked at again.
        let epoch = sources.access.epoch();
        let who = sources.access.principal_of_session(session).await?;
        let proof = sources.access.authorize_view(&who, board).await?;
        let published = sources.boards.published(&proof).await?;
        let scope = who.scope()?.clone();
        let key = Arc::new(TopicKey {
            board,
            version: published.version,
            scope,
            reading: published.board.accepted(reading.clone()),
        });
        let states = topics.watch(sources, &key, &proof, &published.board);
        Ok(Self { who, key, states, sent: 0, epoch })
    }

    fn is_unchanged_for(&self, now: &Principal) -> bool {
        now.is_same_reading(&self.who)
            || now.account() == self.who.account() && now.scope().is_ok_and(|scope| *scope == self.key.scope)
    }

    /// Whether there is a state that was not sent yet.
    fn has_news(&self) -> bool {
        match &*self.states.borrow() {
            State::Frames(set) => set.sequence != self.sent,
            State::Opening | State::Superseded => false,
        }
    }

    /// The newest state, where it was not sent yet: only what changed when the one before was sent, else all of it.
    fn unsent(&mut self) -> Option<Bytes> {
        let newest = match &*self.states.borrow_and_update() {
            State::Frames(set) if set.sequence != self.sent => set.clone(),
            State::Frames(_) | State::Opening | State::Superseded => return None,
        };
        let FrameSet { sequence, all, changed } = &*newest;
        let follows = self.sent > 0 && *sequence == self.sent + 1;
        self.sent = *sequence;
        Some(if follows { changed.clone() } else { all.clone() })
    }
}
