//! One task per (board, published version, scope, reading), which asks again when there is something new to ask for.

use super::{
    Sources,
    encoding::Encoder,
    tiles,
    topics::{LINGERS, Newest, State, TopicKey, Topics},
};
use crate::{
    access::{Authorized, View},
    events::EventEngine,
};
use model::{
    board::{Board, BoardId},
    problem::ProblemCode,
    time::Grain,
};
use std::{sync::Arc, time::Duration};
use tokio::{
    sync::{broadcast, watch},
    time::{Instant, MissedTickBehavior},
};

/// How often a watched board may change.
const TICK: Duration = Duration::from_secs(1);

pub(super) struct Topic {
    sources: Arc<Sources>,
    topics: Arc<Topics>,
    key: Arc<TopicKey>,
    /// Of whoever came first: it proves that the board may be read to see whether it was published anew. What the
    /// topic tells is decided by the scope in its key, and each subscriber brings its own proof.
    proof: Authorized<BoardId, View>,
    published: Board,
    /// As it is read, in the edition of the catalogue of that number.
    board: Board,
    edition: u64,
    sender: watch::Sender<State>,
    newest: Newest,
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
    /// The edition of the catalogue: what the metrics mean.
    edition: u64,
}

impl Topic {
    pub(super) fn new(
        sources: &Arc<Sources>,
        topics: &Arc<Topics>,
        key: &Arc<TopicKey>,
        proof: &Authorized<BoardId, View>,
        board: &Board,
        sender: watch::Sender<State>,
        newest: Newest,
    ) -> Self {
        Self {
            sources: sources.clone(),
            topics: topics.clone(),
            key: key.clone(),
            proof: proof.clone(),
            published: board.clone(),
            edition: sources.metrics.edition(&key.scope),
            board: board.read_with(&key.reading, &sources.metrics.whole_catalogue(&key.scope)),
            sender,
            newest,
            encoder: Encoder::default(),
        }
    }

    pub(super) async fn run(mut self) {
        let mut changes = self.sources.boards.changes();
        let mut ticks = tokio::time::interval(TICK);
        ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
        let mut asked_for = None;
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
            if self.topics.retire(&self.key) {
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
            // Before it is asked whether something moved: what comes in between is then newer.
            let now = Instant::now();
            let moved = self.moved();
            if asked_for == Some(moved) {
                self.newest.still_true(now);
            } else {
                self.read_in(moved.edition);
                let sender = self.sender.clone();
                tokio::select! {
                    () = self.ask(now) => asked_for = Some(moved),
                    // What nobody waits for is not finished; the next tick takes the topic away.
                    () = forgotten(&sender) => {}
                }
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
        let Sources { engine, clock, calendar, metrics, .. } = &*self.sources;
        Moved {
            applied: engine.applied(),
            minute: calendar.floor(clock.now(), Grain::Minute).millis(),
            edition: metrics.edition(&self.key.scope),
        }
    }

    /// Reads the board again where the catalogue has moved: another tile may know a filter's dimension now.
    fn read_in(&mut self, edition: u64) {
        if edition != self.edition {
            let catalogue = self.sources.metrics.whole_catalogue(&self.key.scope);
            self.board = self.published.read_with(&self.key.reading, &catalogue);
            self.edition = edition;
        }
    }

    async fn ask(&mut self, now: Instant) {
        // Of whoever came first, for as long as anybody watches.
        let metrics = self.sources.metrics.on_behalf_of(self.proof.who());
        let answers = tiles::ask(&metrics, &self.key.scope, &self.board).await;
        if let Some(set) = self.encoder.next(&answers) {
            self.sender.send_replace(State::Frames(Arc::new(set)));
        }
        self.newest.put(now, self.edition, answers.into());
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

/// Ends once nobody has watched for as long as a topic outlives its watchers.
async fn forgotten(sender: &watch::Sender<State>) {
    loop {
        sender.closed().await;
        tokio::time::sleep(LINGERS).await;
        if sender.is_closed() {
            return;
        }
    }
}

#[cfg(test)]
mod tests;
