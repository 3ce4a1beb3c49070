//! A request's place among those that are worked on at once.
//!
//! While a client is waited for, its place is somebody else's: clients that send their bodies slowly, or not at all, keep
//! nobody out. What they have sent so far is bounded for all of them together.

use model::problem::{Problem, ProblemCode};
use parking_lot::Mutex;
use std::{sync::Arc, time::Duration};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

const PATIENCE: Duration = Duration::from_secs(5);
const KIB: usize = 1024;

/// So many places, and so many bytes of bodies that have not been worked on yet.
#[derive(Debug)]
pub(super) struct Room {
    places: Arc<Semaphore>,
    body_kib: Arc<Semaphore>,
}

impl Room {
    pub(super) fn new(places: usize, body_mib: usize) -> Self {
        Self { places: Arc::new(Semaphore::new(places)), body_kib: Arc::new(Semaphore::new(body_mib * KIB)) }
    }
}

/// A place in a room; cheap to clone, and free again when the last clone is dropped.
#[derive(Debug, Clone)]
pub(in crate::http) struct Place(Arc<Taken>);

#[derive(Debug)]
struct Taken {
    room: Arc<Room>,
    place: Mutex<Option<OwnedSemaphorePermit>>,
}

impl Place {
    /// Waits a little for a place.
    pub(super) async fn take(room: &Arc<Room>) -> Result<Self, Problem> {
        let place = Self(Arc::new(Taken { room: room.clone(), place: Mutex::new(None) }));
        place.come_back().await?;
        Ok(place)
    }

    /// Leaves the place to others, as long as the client is waited for.
    pub(in crate::http) fn step_out(&self) {
        self.0.place.lock().take();
    }

    /// Waits a little for a place again, where it was left.
    pub(in crate::http) async fn come_back(&self) -> Result<(), Problem> {
        if self.0.place.lock().is_some() {
            return Ok(());
        }
        match tokio::time::timeout(PATIENCE, self.0.room.places.clone().acquire_owned()).await {
            Ok(Ok(place)) => {
                *self.0.place.lock() = Some(place);
                Ok(())
            }
            Ok(Err(_)) | Err(_) => Err(overloaded()),
        }
    }

    /// Room for the first bytes of a body, to be made larger as more of them come.
    pub(in crate::http) fn room_for_body(&self) -> BodyRoom {
        BodyRoom { kib: self.0.room.body_kib.clone(), held: None }
    }
}

/// Room for what has come of a body; given back when dropped.
#[derive(Debug)]
pub(in crate::http) struct BodyRoom {
    kib: Arc<Semaphore>,
    held: Option<OwnedSemaphorePermit>,
}

impl BodyRoom {
    /// Makes it large enough for so many bytes in all, or says that the server is full.
    pub(in crate::http) fn hold(&mut self, bytes: usize) -> Result<(), Problem> {
        let held_kib = self.held.as_ref().map_or(0, OwnedSemaphorePermit::num_permits);
        let Some(more_kib) = bytes.div_ceil(KIB).checked_sub(held_kib).filter(|more_kib| *more_kib > 0) else {
            return Ok(());
        };
        let more_kib = u32::try_from(more_kib).map_err(|_| overloaded())?;
        let more = self.kib.clone().try_acquire_many_owned(more_kib).map_err(|_| overloaded())?;
        match &mut self.held {
            Some(held) => held.merge(more),
            None => self.held = Some(more),
        }
        Ok(())
    }

    pub(in crate::http) fn give_back(&mut self) {
        self.held = None;
    }
}

pub(super) fn overloaded() -> Problem {
    Problem::new(ProblemCode::Overloaded, "the server is full just now: try again in a moment").with("seconds", 2)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_place_that_is_left_is_somebody_elses() {
        let room = Arc::new(Room::new(1, 1));
        let first = Place::take(&room).await.unwrap();
        assert_eq!(room.places.available_permits(), 0);
        first.step_out();
        let second = Place::take(&room).await.unwrap();
        drop(second);
        first.come_back().await.unwrap();
        first.come_back().await.unwrap();
        assert_eq!(room.places.available_permits(), 0);
        drop(first);
        assert_eq!(room.places.available_permits(), 1);
    }

    #[tokio::test]
    async fn bodies_together_are_no_larger_than_their_room() {
        let room = Arc::new(Room::new(2, 1));
        let (one, other) = (Place::take(&room).await.unwrap(), Place::take(&room).await.unwrap());
        let (mut large, mut small) = (one.room_for_body(), other.room_for_body());
        large.hold(1_000 * KIB).unwrap();
        large.hold(1_020 * KIB).unwrap();
        small.hold(4 * KIB).unwrap();
        assert_eq!(small.hold(4 * KIB + 1).unwrap_err().code, ProblemCode::Overloaded);
        drop(large);
        small.hold(1_024 * KIB).unwrap();
        small.give_back();
        assert_eq!(room.body_kib.available_permits(), KIB);
    }
}
