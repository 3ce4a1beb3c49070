//! Who is next: a fixed number of statements at a time, taken from everybody in turn.
//!
//! Whoever asks for much waits behind their own statements and not in front of everybody else's, and never takes all of the
//! places. It stands before the event store, so it is alike for every engine.

use crate::{access::UserId, events::EngineError};
use indexmap::IndexMap;
use parking_lot::Mutex;
use std::{
    collections::VecDeque,
    sync::{Arc, Weak},
};
use tokio::sync::oneshot;

/// On whose behalf statements run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Lane {
    /// The server itself: it opens nothing without being asked and is not held back.
    Server,
    Person(UserId),
}

/// So many statements of one lane may wait; more are refused, and only to that one.
const MOST_WAITING: usize = 256;

#[derive(Clone)]
pub(super) struct Admission {
    queues: Arc<Mutex<Queues>>,
}

struct Queues {
    free: usize,
    /// The most places that one person may have at a time.
    most_of_one: usize,
    lanes: IndexMap<Lane, Queue>,
    /// Whose turn it is.
    turn: usize,
}

#[derive(Default)]
struct Queue {
    /// A ticket whose owner has gone, or that was called from another lane, is passed over.
    waiting: VecDeque<Weak<Ticket>>,
    running: usize,
}

/// One statement that waits for its turn, in the lanes of everybody who waits for it.
pub(super) struct Ticket {
    call: Mutex<Option<oneshot::Sender<Place>>>,
}

impl Ticket {
    fn waits(&self) -> bool {
        self.call.lock().as_ref().is_some_and(|call| !call.is_closed())
    }
}

/// The right to run one statement; given back when it is dropped.
pub(super) struct Place {
    queues: Arc<Mutex<Queues>>,
    lane: Lane,
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut queues = self.queues.lock();
        queues.free += 1;
        if let Some(queue) = queues.lanes.get_mut(&self.lane) {
            queue.running = queue.running.saturating_sub(1);
        }
        let called = queues.call();
        drop(queues);
        hand_out(&self.queues, called);
    }
}

/// A ticket, and where it is called.
pub(super) struct Turn {
    pub(super) ticket: Arc<Ticket>,
    pub(super) called: oneshot::Receiver<Place>,
}

impl Turn {
    /// Called from nowhere yet.
    pub(super) fn new() -> Self {
        let (call, called) = oneshot::channel();
        Self { ticket: Arc::new(Ticket { call: Mutex::new(Some(call)) }), called }
    }
}

impl Admission {
    /// At least one at a time; a person may have all places but one.
    pub(super) fn new(at_once: usize) -> Self {
        let free = at_once.max(1);
        let most_of_one = (free - 1).max(1);
        Self { queues: Arc::new(Mutex::new(Queues { free, most_of_one, lanes: IndexMap::new(), turn: 0 })) }
    }

    /// Waits for a ticket in that lane; its turn may have come when this returns. A ticket in several lanes is called when
    /// the first of their turns comes.
    pub(super) fn join(&self, lane: Lane, ticket: &Arc<Ticket>) -> Result<(), EngineError> {
        let mut queues = self.queues.lock();
        let queue = queues.lanes.entry(lane).or_default();
        queue.waiting.retain(|ticket| ticket.upgrade().is_some_and(|ticket| ticket.waits()));
        if queue.waiting.len() >= MOST_WAITING {
            return Err(EngineError::Overloaded);
        }
        queue.waiting.push_back(Arc::downgrade(ticket));
        let called = queues.call();
        drop(queues);
        hand_out(&self.queues, called);
        Ok(())
    }
}

impl Queues {
    /// Whose turn it is now, as long as there are places.
    fn call(&mut self) -> Vec<(Lane, Arc<Ticket>)> {
        let mut called = Vec::new();
        while self.free > 0 {
            let Some(next) = self.next() else { break };
            self.free -= 1;
            called.push(next);
        }
        self.lanes.retain(|_, queue| queue.running > 0 || !queue.waiting.is_empty());
        called
    }

    /// The first ticket of the next lane that has one and room.
    fn next(&mut self) -> Option<(Lane, Arc<Ticket>)> {
        let count = self.lanes.len();
        for step in 0..count {
            let place = (self.turn + step) % count;
            let (lane, queue) = self.lanes.get_index_mut(place)?;
            let has_room = match lane {
                Lane::Server => true,
                Lane::Person(_) => queue.running < self.most_of_one,
            };
            if !has_room {
                continue;
            }
            while let Some(ticket) = queue.waiting.pop_front() {
                if let Some(ticket) = ticket.upgrade().filter(|ticket| ticket.waits()) {
                    queue.running += 1;
                    self.turn = place + 1;
                    return Some((*lane, ticket));
                }
            }
        }
        None
    }
}

/// Gives the places out. A place whose owner has just gone falls back when it is dropped.
fn hand_out(queues: &Arc<Mutex<Queues>>, called: Vec<(Lane, Arc<Ticket>)>) {
    for (lane, ticket) in called {
        let place = Place { queues: Arc::clone(queues), lane };
        // Not under the ticket's lock: a place that could not be sent is dropped here, and calls others.
        let call = ticket.call.lock().take();
        if let Some(call) = call {
            let _ = call.send(place);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    impl Admission {
        fn queue(&self, lane: Lane) -> Result<Turn, EngineError> {
            let turn = Turn::new();
            self.join(lane, &turn.ticket)?;
            Ok(turn)
        }
    }

    const ANA: Lane = Lane::Person(UserId(1));
    const BEN: Lane = Lane::Person(UserId(2));

    fn called(turn: &mut Turn) -> Option<Place> {
        turn.called.try_recv().ok()
    }

    #[test]
    fn who_asks_for_little_is_not_behind_all_who_ask_for_much() {
        let admission = Admission::new(2);
        let mut of_ana: Vec<Turn> = (0..50).map(|_| admission.queue(ANA).unwrap()).collect();
        let first = called(&mut of_ana[0]).unwrap();
        assert!(called(&mut of_ana[1]).is_none(), "one place stays for others");
        let mut of_ben: Vec<Turn> = (0..2).map(|_| admission.queue(BEN).unwrap()).collect();
        let running = called(&mut of_ben[0]).unwrap();
        drop(running);
        let running = called(&mut of_ben[1]).unwrap();
        drop(first);
        assert!(called(&mut of_ana[1]).is_some());
        drop(running);
        assert!(called(&mut of_ana[2]).is_some(), "the one before was given back");
    }

    #[test]
    fn too_many_of_one_are_refused_to_that_one() {
        let admission = Admission::new(1);
        let all: Vec<Turn> = (0..=MOST_WAITING).map(|_| admission.queue(ANA).unwrap()).collect();
        assert!(matches!(admission.queue(ANA), Err(EngineError::Overloaded)));
        assert!(admission.queue(BEN).is_ok());
        drop(all);
        assert!(admission.queue(ANA).is_ok(), "those who left have left their places in the queue");
    }

    #[test]
    fn a_ticket_in_two_lanes_is_called_once() {
        let admission = Admission::new(1);
        let mut first = admission.queue(ANA).unwrap();
        let running = called(&mut first).unwrap();
        let mut heavy: Vec<Turn> = (0..20).map(|_| admission.queue(ANA).unwrap()).collect();
        let mut shared = admission.queue(ANA).unwrap();
        admission.join(BEN, &shared.ticket).unwrap();
        drop(running);
        // Ana's and Ben's turns alternate, so the shared one is the first or the second.
        let mut next = || heavy.iter_mut().find_map(called);
        let place = called(&mut shared).or_else(|| {
            drop(next());
            called(&mut shared)
        });
        assert!(place.is_some(), "Ben's turn comes before the rest of Ana's");
        drop((place, shared));
        let mut left = 0;
        while let Some(place) = heavy.iter_mut().find_map(called) {
            left += 1;
            drop(place);
        }
        assert!(left >= 19, "all others are called too: {left}");
    }

    proptest! {
        /// However they come and go, never more run than may, and in the end all places are free again.
        #[test]
        fn no_place_is_lost(
            at_once in 1_usize..5,
            steps in prop::collection::vec((0_i32..3, any::<prop::sample::Index>(), any::<bool>()), 0..120),
        ) {
            let admission = Admission::new(at_once);
            let (mut waiting, mut running): (Vec<Turn>, Vec<Place>) = (Vec::new(), Vec::new());
            for (person, index, leaves) in steps {
                if leaves && !waiting.is_empty() {
                    waiting.swap_remove(index.index(waiting.len()));
                } else if leaves && !running.is_empty() {
                    running.swap_remove(index.index(running.len()));
                } else {
                    waiting.push(admission.queue(Lane::Person(UserId(person))).unwrap());
                }
                waiting.retain_mut(|turn| match turn.called.try_recv() {
                    Ok(place) => {
                        running.push(place);
                        false
                    }
                    Err(_) => true,
                });
                prop_assert!(running.len() <= at_once);
            }
            drop((waiting, running));
            prop_assert_eq!(admission.queues.lock().free, at_once);
        }
    }
}
