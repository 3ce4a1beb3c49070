//! Who works on a board just now, and what each has selected. Kept in memory for as long as their streams are open.

use crate::access::UserId;
use model::board::{BoardId, Colleague, MAX_TILES, TabId, TileId};
use parking_lot::Mutex;
use std::{
    collections::BTreeMap,
    sync::{Arc, Weak},
};
use tokio::sync::watch;

/// One tab that has the board open.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Seat {
    user: UserId,
    colleague: Colleague,
    /// A tab that comes back may be there again before its broken connection is noticed.
    connections: u32,
}

type Room = watch::Sender<Vec<Seat>>;

/// The boards that are worked on.
#[derive(Debug, Default)]
pub(super) struct Company(Mutex<BTreeMap<BoardId, Room>>);

/// A seat that is left when it is dropped.
#[derive(Debug)]
pub(super) struct Seated {
    company: Weak<Company>,
    board: BoardId,
    tab: TabId,
    user: UserId,
    seats: watch::Receiver<Vec<Seat>>,
}

impl Company {
    /// Takes a seat. The same tab that comes back, as after a broken connection, takes its old one again.
    pub(super) fn enter(self: &Arc<Self>, board: BoardId, tab: TabId, user: UserId, name: &str) -> Seated {
        let mut rooms = self.0.lock();
        let room = rooms.entry(board).or_default();
        let seats = room.subscribe();
        room.send_if_modified(|seats| {
            match seats.iter_mut().find(|seat| seat.colleague.tab == tab) {
                Some(seat) if seat.user == user => {
                    seat.connections += 1;
                    false
                }
                // Somebody else keeps their seat, whatever tab this one claims to be.
                Some(_) => false,
                None => {
                    let colleague = Colleague { tab, name: name.to_owned(), tiles: Vec::new() };
                    seats.push(Seat { user, colleague, connections: 1 });
                    true
                }
            }
        });
        Seated { company: Arc::downgrade(self), board, tab, user, seats }
    }

    /// What somebody has selected in their tab.
    pub(super) fn select(&self, board: BoardId, tab: TabId, user: UserId, mut tiles: Vec<TileId>) {
        tiles.truncate(MAX_TILES);
        let rooms = self.0.lock();
        let Some(room) = rooms.get(&board) else { return };
        room.send_if_modified(|seats| {
            let seat = seats.iter_mut().find(|seat| seat.colleague.tab == tab && seat.user == user);
            match seat {
                Some(seat) if seat.colleague.tiles != tiles => {
                    seat.colleague.tiles = tiles;
                    true
                }
                Some(_) | None => false,
            }
        });
    }

    fn leave(&self, board: BoardId, tab: TabId, user: UserId) {
        let mut rooms = self.0.lock();
        let Some(room) = rooms.get(&board) else { return };
        room.send_if_modified(|seats| {
            let before = seats.len();
            seats.retain_mut(|seat| {
                if seat.colleague.tab == tab && seat.user == user {
                    seat.connections -= 1;
                }
                seat.connections > 0
            });
            seats.len() != before
        });
        if room.borrow().is_empty() {
            rooms.remove(&board);
        }
    }
}

impl Seated {
    /// Everybody but this tab, in the order in which they came.
    pub(super) fn others(&mut self) -> Vec<Colleague> {
        let seats = self.seats.borrow_and_update();
        let others = seats.iter().map(|seat| &seat.colleague).filter(|colleague| colleague.tab != self.tab);
        others.cloned().collect()
    }

    /// Waits until somebody comes, goes, or selects something else.
    pub(super) async fn changed(&mut self) {
        if self.seats.changed().await.is_err() {
            // The room is gone, as at a stop: nobody comes any more.
            std::future::pending::<()>().await;
        }
    }
}

impl Drop for Seated {
    fn drop(&mut self) {
        if let Some(company) = self.company.upgrade() {
            company.leave(self.board, self.tab, self.user);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const BOARD: BoardId = BoardId::from_u128(1);

    #[test]
    fn who_is_there_is_seen_until_they_go() {
        let company = Arc::new(Company::default());
        let tab = TabId::from_u128;
        let mut li = company.enter(BOARD, tab(1), UserId(1), "李");
        assert_eq!(li.others(), []);
        let wu = company.enter(BOARD, tab(2), UserId(2), "吴");
        company.select(BOARD, tab(2), UserId(2), vec![TileId::from_u128(7)]);
        // Nobody selects for somebody else.
        company.select(BOARD, tab(2), UserId(1), Vec::new());
        let expected = Colleague { tab: tab(2), name: "吴".to_owned(), tiles: vec![TileId::from_u128(7)] };
        assert_eq!(li.others(), [expected]);
        // Wu's connection breaks, and is there again before that is noticed.
        let again = company.enter(BOARD, tab(2), UserId(2), "吴");
        drop(wu);
        assert_eq!(li.others().len(), 1);
        drop(again);
        assert_eq!(li.others(), []);
        drop(li);
        assert!(company.0.lock().is_empty(), "nothing is kept of a board that nobody works on");
    }
}
