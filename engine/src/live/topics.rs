//! The topics that somebody watches, and what they know.

use super::{Sources, encoding::FrameSet, tiles::Answered, topic::Topic};
use crate::access::{Authorized, Scope, View};
use model::board::{Board, BoardId, Reading};
use parking_lot::Mutex;
use rustc_hash::FxHashMap;
use std::{sync::Arc, time::Duration};
use tokio::{sync::watch, time::Instant};

/// A topic outlives its last watcher so long, so that a page that is loaded again finds its numbers.
pub(super) const LINGERS: Duration = Duration::from_secs(10);
/// Whoever opens a board is shown what its watchers see, and then what they will: but not what a topic that hangs knew.
const CURRENT: Duration = Duration::from_secs(5);

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

/// All topics, by what they tell.
#[derive(Default)]
pub(super) struct Topics {
    open: Mutex<FxHashMap<Arc<TopicKey>, OpenTopic>>,
}

struct OpenTopic {
    sender: watch::Sender<State>,
    newest: Newest,
    /// When somebody watched it last, seen at its ticks.
    watched_at: Instant,
}

/// The answers of a topic; shared with its task.
#[derive(Clone, Default)]
pub(super) struct Newest(Arc<Mutex<Option<Known>>>);

struct Known {
    /// Nothing had moved since then.
    true_at: Instant,
    /// The edition of the catalogue that they were asked in.
    edition: u64,
    answers: Arc<[Answered]>,
}

impl Newest {
    /// These were asked for then.
    pub(super) fn put(&self, asked_at: Instant, edition: u64, answers: Arc<[Answered]>) {
        *self.0.lock() = Some(Known { true_at: asked_at, edition, answers });
    }

    /// Nothing has moved until then.
    pub(super) fn still_true(&self, at: Instant) {
        if let Some(known) = &mut *self.0.lock() {
            known.true_at = at;
        }
    }

    /// Those that are true enough to be shown: metrics mean what they meant. Where a question failed it is better asked again.
    fn current(&self, now: Instant, edition: u64) -> Option<Arc<[Answered]>> {
        let newest = self.0.lock();
        let Known { true_at, edition: asked_in, answers } = newest.as_ref()?;
        let is_current = *asked_in == edition
            && now.duration_since(*true_at) < CURRENT
            && answers.iter().all(|answered| answered.answer.is_ok());
        is_current.then(|| answers.clone())
    }
}

impl Topics {
    pub(super) fn count(&self) -> usize {
        self.open.lock().len()
    }

    /// What is told to those who watch the same just now, if it was asked in this edition of the catalogue. The key holds
    /// the scope, which whoever asks has proved.
    pub(super) fn current(&self, key: &TopicKey, edition: u64) -> Option<Arc<[Answered]>> {
        self.open.lock().get(key)?.newest.current(Instant::now(), edition)
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
            return topic.sender.subscribe();
        }
        let (sender, receiver) = watch::channel(State::Opening);
        let newest = Newest::default();
        let topic = OpenTopic { sender: sender.clone(), newest: newest.clone(), watched_at: Instant::now() };
        open.insert(key.clone(), topic);
        tokio::spawn(Topic::new(sources, self, key, proof, board, sender, newest).run());
        receiver
    }

    /// Takes a topic away that nobody has watched for a while. Joining takes the same lock, so nobody is left behind.
    pub(super) fn retire(&self, key: &TopicKey) -> bool {
        let mut open = self.open.lock();
        let Some(topic) = open.get_mut(key) else { return true };
        if topic.sender.receiver_count() > 0 {
            topic.watched_at = Instant::now();
        }
        let is_forgotten = topic.watched_at.elapsed() >= LINGERS;
        if is_forgotten {
            open.remove(key);
        }
        is_forgotten
    }

    pub(super) fn remove(&self, key: &TopicKey) {
        self.open.lock().remove(key);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::metrics::SharedFrame;
    use model::{
        board::TileId,
        frame::{Frame, FrameState},
        problem::{Problem, ProblemCode},
    };

    fn answered(answer: Result<Frame, Problem>) -> Arc<[Answered]> {
        Arc::new([Answered { tile: TileId::from_u128(1), answer: answer.map(SharedFrame::from) }])
    }

    fn frame() -> Frame {
        Frame {
            columns: Vec::new(),
            rows: Vec::new(),
            as_of: None,
            etag: "1".to_owned(),
            simulated: false,
            state: FrameState::Ready,
            warnings: Vec::new(),
        }
    }

    #[test]
    fn what_a_topic_knows_is_shown_only_while_it_is_true() {
        let (newest, start) = (Newest::default(), Instant::now());
        let later = |by: Duration| newest.current(start + by, 1).is_some();
        assert!(!later(Duration::ZERO), "nothing was asked yet");
        newest.put(start, 1, answered(Ok(frame())));
        assert!(later(CURRENT / 2));
        assert!(!later(CURRENT), "the topic has not looked for too long");
        newest.still_true(start + CURRENT / 2);
        assert!(later(CURRENT), "nothing had moved");
        assert!(newest.current(start + CURRENT, 2).is_none(), "its metrics mean something else by now");
    }

    #[test]
    fn what_could_not_be_answered_is_asked_again() {
        let (newest, now) = (Newest::default(), Instant::now());
        newest.put(now, 1, answered(Err(Problem::new(ProblemCode::Overloaded, "too many at once"))));
        assert!(newest.current(now, 1).is_none());
    }
}
