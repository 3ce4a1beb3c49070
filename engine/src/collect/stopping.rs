//! Whether the collector is about to end; a thread that pauses is woken by it.

use parking_lot::{Condvar, Mutex};
use std::time::Duration;

#[derive(Debug, Default)]
pub(super) struct Stopping {
    told: Mutex<bool>,
    changed: Condvar,
}

impl Stopping {
    pub(super) fn tell(&self) {
        *self.told.lock() = true;
        self.changed.notify_all();
    }

    /// Waits for so long, or until it is told to stop; says whether it was.
    pub(super) fn pause(&self, duration: Duration) -> bool {
        let mut told = self.told.lock();
        let _ = self.changed.wait_while_for(&mut told, |told| !*told, duration);
        *told
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::{sync::Arc, thread};

    #[test]
    fn a_pause_ends_in_its_time_or_when_it_is_told_to() {
        let stopping = Arc::new(Stopping::default());
        assert!(!stopping.pause(Duration::from_millis(1)));
        let pausing = {
            let stopping = Arc::clone(&stopping);
            thread::spawn(move || stopping.pause(Duration::from_hours(1)))
        };
        stopping.tell();
        assert!(pausing.join().unwrap());
        assert!(stopping.pause(Duration::from_hours(1)));
    }
}
