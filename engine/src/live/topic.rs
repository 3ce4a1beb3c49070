//! One task per (board, published version, scope, reading), which asks again when there is something new to ask for.

use super::{
    Sources,
    encoding::{Encoder, FrameSet},
    tiles,
};
use crate::{
    access::{Authorized, Scope, View},
    events::EventEngine,
};
use model::{
    board::{Board, BoardId, Reading},
    problem::ProblemCode,
    time::Grain,
};
use parking_lot::Mutex;
use rustc_hash::FxHashMap;
use std::{sync::Arc, time::Duration};
use tokio::{
    sync::{broadcast, watch},
    time::MissedTickBehavior,
};

/// How often a watched board may change.
const TICK: Duration = Duration::from_secs(1);

/// Everybody with the same key is told the same bytes.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct TopicKey {
    pub(super) board: BoardId,
    pub(super) version: i32,
    pub(super) scope: Scope,
    /// What the board accepts of what the reader asked for, so that equal readings are one topic.
    pub(super) reading: Reading,
}

/// The newest state of a topic.
#[derive(Debug, Clone)]
pub(super) enum State {
    /// The first answers are on their way.
    Opening,
    Frames(Arc<FrameSet>),
    /// Another version was published, or the board is gone.
    Superseded,
}

/// The topics that somebody watches.
#[derive(Default)]
pub(super) struct Topics {
    open: Mutex<FxHashMap<Arc<TopicKey>, watch::Sender<State>>>,
}

impl Topics {
    pub(super) fn count(&self) -> usize {
        self.open.lock().len()
    }

    /// Joins a topic, or opens it.
    pub(super) fn watch(
        self: &Arc<Self>,
        sources: &Arc<Sources>,
        key: &Arc<TopicKey>,
        proof: &Authorized<BoardId, View>,
        board: &Board,
    ) -> watch::Receiver<State> {
        let mut open = self.open.lock();
        if let Some(topic) = open.get(key) {
            return topic.subscribe();
        }
        let (sender, receiver) = watch::channel(State::Opening);
        open.insert(key.clone(), sender.clone());
        let topic = Topic {
            sources: sources.clone(),
            topics: self.clone(),
            key: key.clone(),
            proof: proof.clone(),
            board: board.read_with(&key.reading, sources.metrics.whole_catalogue()),
            sender,
            encoder: Encoder::default(),
        };
        tokio::spawn(topic.run());
        receiver
    }

    /// Takes a topic away unless somebody watches it. Joining takes the same lock, so nobody is left behind.
    fn retire(&self, key: &TopicKey, sender: &watch::Sender<State>) -> bool {
        let mut open = self.open.lock();
        let unwatched = sender.receiver_count() == 0;
        if unwatched {
            open.remove(key);
        }
        unwatched
    }

    fn remove(&self, key: &TopicKey) {
        self.open.lock().remove(key);
    }
}

struct Topic {
    sources: Arc<Sources>,
    topics: Arc<Topics>,
    key: Arc<TopicKey>,
    /// Of whoever came first: it proves that the board may be read to see whether it was published anew. What the
    /// topic tells is decided by the scope in its key, and each subscriber brings its own proof.
    proof: Authorized<BoardId, View>,
    /// As it is read.
    board: Board,
    sender: watch::Sender<State>,
    encoder: Encoder,
}

/// Whether the version of a topic is the published one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Standing {
    /// Not known, since something may have changed.
    InDoubt,
    Published,
    Superseded,
}

/// What has to move before a board is worth asking again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Moved {
    /// Batches applied to the event store.
    applied: u64,
    /// The minute of the clock, since sliding time ranges move with it.
    minute: i64,
}

impl Topic {
    async fn run(mut self) {
        let mut changes = self.sources.boards.changes();
        let mut ticks = tokio::time::interval(TICK);
        ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
        let mut asked_at = None;
        let mut epoch = self.sources.access.epoch();
        // The board may have been published anew after it was read and before its changes were listened to.
        let mut standing = Standing::InDoubt;
        loop {
            tokio::select! {
                _ = ticks.tick() => {}
                change = changes.recv() => match change {
                    Ok(board) if board == self.key.board => standing = Standing::InDoubt,
                    Ok(_) => continue,
                    // Some changes were missed; ours may be among them.
                    Err(broadcast::error::RecvError::Lagged(_)) => standing = Standing::InDoubt,
                    Err(broadcast::error::RecvError::Closed) => standing = Standing::Superseded,
                }
            }
            if self.topics.retire(&self.key, &self.sender) {
                return;
            }
            if standing == Standing::InDoubt {
                standing = self.look_up().await;
            }
            match standing {
                // Where it could not be found out, the next tick asks again.
                Standing::Published | Standing::InDoubt => {}
                Standing::Superseded => {
                    self.topics.remove(&self.key);
                    self.sender.send_replace(State::Superseded);
                    return;
                }
            }
            let moved = self.moved();
            if asked_at != Some(moved) {
                asked_at = Some(moved);
                self.ask().await;
            }
            // Whoever watches looks again at what they may see, also where no number changed.
            let newest = self.sources.access.epoch();
            if newest != epoch {
                epoch = newest;
                self.sender.send_modify(|_| {});
            }
        }
    }

    fn moved(&self) -> Moved {
        let Sources { store, clock, calendar, .. } = &*self.sources;
        Moved { applied: store.applied(), minute: calendar.floor(clock.now(), Grain::Minute).millis() }
    }

    async fn ask(&mut self) {
        let answers = tiles::ask(&self.sources.metrics, &self.key.scope, &self.board).await;
        if let Some(set) = self.encoder.next(&answers) {
            self.sender.send_replace(State::Frames(Arc::new(set)));
        }
    }

    async fn look_up(&self) -> Standing {
        match self.sources.boards.published(&self.proof).await {
            Ok(published) if published.version == self.key.version => Standing::Published,
            Ok(_) => Standing::Superseded,
            Err(problem) if matches!(problem.code, ProblemCode::BoardNotFound | ProblemCode::NeverPublished) => {
                Standing::Superseded
            }
            Err(problem) => {
                tracing::warn!(%problem, "can't tell whether a watched board was published anew; asking again");
                Standing::InDoubt
            }
        }
    }
}

#[cfg(test)]
mod tests;
