//! Everybody who waits for the same statements: each of these is called when the first of their turns comes.

use super::admission::{Admission, Lane, Ticket, Turn};
use crate::events::EngineError;
use parking_lot::Mutex;
use std::sync::{Arc, Weak};

/// Those who wait, more of whom may come. Cheap to clone.
#[derive(Clone)]
pub(super) struct Waiters {
    waiting: Arc<Mutex<Waiting>>,
}

struct Waiting {
    /// Never empty.
    lanes: Vec<Lane>,
    tickets: Vec<Weak<Ticket>>,
}

impl Waiters {
    pub(super) fn of(lane: Lane) -> Self {
        Self { waiting: Arc::new(Mutex::new(Waiting { lanes: vec![lane], tickets: Vec::new() })) }
    }

    /// Takes a ticket in all their lanes.
    pub(super) fn queue(&self, admission: &Admission) -> Result<Turn, EngineError> {
        let turn = Turn::new();
        self.join(admission, &turn.ticket)?;
        Ok(turn)
    }

    /// Waits for somebody else's ticket in all their lanes. Refused only where each of them is full.
    pub(super) fn join(&self, admission: &Admission, ticket: &Arc<Ticket>) -> Result<(), EngineError> {
        let mut waiting = self.waiting.lock();
        waiting.tickets.push(Arc::downgrade(ticket));
        let joined = waiting.lanes.iter().filter(|lane| admission.join(**lane, ticket).is_ok()).count();
        if joined == 0 { Err(EngineError::Overloaded) } else { Ok(()) }
    }

    /// One more waits for the same.
    pub(super) fn let_in(&self, admission: &Admission, lane: Lane) -> Result<(), EngineError> {
        let mut waiting = self.waiting.lock();
        if waiting.lanes.contains(&lane) {
            return Ok(());
        }
        for ticket in waiting.tickets.iter().filter_map(Weak::upgrade) {
            admission.join(lane, &ticket)?;
        }
        waiting.lanes.push(lane);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::access::UserId;

    const ANA: Lane = Lane::Person(UserId(1));
    const BEN: Lane = Lane::Person(UserId(2));

    #[test]
    fn who_comes_later_lends_their_turn() {
        let admission = Admission::new(1);
        let mut first = Waiters::of(ANA).queue(&admission).unwrap();
        let running = first.called.try_recv().unwrap();
        let of_ana: Vec<Turn> = (0..20).map(|_| Waiters::of(ANA).queue(&admission).unwrap()).collect();
        let waiters = Waiters::of(ANA);
        let mut shared = waiters.queue(&admission).unwrap();
        waiters.let_in(&admission, BEN).unwrap();
        let mut later = waiters.queue(&admission).unwrap();
        drop(running);
        // Turns alternate, and those of Ana's that were called are given back at once.
        let mut of_ana = of_ana.into_iter();
        let mut called = (false, false);
        while called != (true, true) {
            assert!(of_ana.len() > 10, "Ben's turns come before the rest of Ana's");
            drop(of_ana.next());
            called.0 |= shared.called.try_recv().is_ok();
            called.1 |= later.called.try_recv().is_ok();
        }
    }
}
