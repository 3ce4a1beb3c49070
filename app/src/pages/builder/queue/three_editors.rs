//! Three editors and a small server with the same rules as the real one: whatever the network does to drafts and answers,
//! nobody's edit is overwritten by somebody who was not told of it.

use super::{
    EditQueue, Step,
    small_server::{Refusal, Server},
};
use model::{
    board::{Board, ComponentKind, ContainerPage, Draft, Edit, Operation, OperationId, Tile, TileId, Title},
    layout::{GridRect, PhoneCard, Placed},
};
use proptest::prelude::*;
use std::collections::BTreeMap;

/// What somebody, or the network, does next.
#[derive(Debug, Clone)]
enum Turn {
    Rename(usize),
    RenameBoard,
    Place(usize, i32, i32),
    PlaceTwo(usize, i32),
    Card(usize, usize),
    Remove(usize),
    Add(ComponentKind),
    /// Into the first container that there is.
    Contain(usize),
    Release(usize),
    Undo,
    /// The first step is sent; the answer may be lost on the way.
    Send {
        is_answer_lost: bool,
    },
    /// The draft is read, and arrives at once or much later.
    Read {
        is_late: bool,
    },
    /// What was read and is late arrives now.
    Arrive,
}

fn turns() -> impl Strategy<Value = Vec<(usize, Turn, bool)>> {
    let turn = prop_oneof![
        4 => (0_usize..4).prop_map(Turn::Rename),
        1 => Just(Turn::RenameBoard),
        3 => (0_usize..4, 0..12, 0..12).prop_map(|(tile, x, y)| Turn::Place(tile, x, y)),
        1 => (0_usize..4, 0..9).prop_map(|(tile, x)| Turn::PlaceTwo(tile, x)),
        1 => (0_usize..4, 0_usize..4).prop_map(|(tile, position)| Turn::Card(tile, position)),
        1 => (0_usize..4).prop_map(Turn::Remove),
        1 => Just(Turn::Add(ComponentKind::Text)),
        1 => Just(Turn::Add(ComponentKind::Tabs)),
        2 => (0_usize..4).prop_map(Turn::Contain),
        1 => (0_usize..4).prop_map(Turn::Release),
        1 => Just(Turn::Undo),
        6 => any::<bool>().prop_map(|is_answer_lost| Turn::Send { is_answer_lost }),
        3 => any::<bool>().prop_map(|is_late| Turn::Read { is_late }),
        1 => Just(Turn::Arrive),
    ];
    prop::collection::vec((0_usize..3, turn, any::<bool>()), 10..100)
}

/// An editor, with what is known of each edit: the newest version its editor had seen, or has decided upon since.
struct Editor {
    who: usize,
    queue: EditQueue,
    seen: BTreeMap<OperationId, i64>,
    late: Vec<Draft>,
}

fn operation(board: &Board, turn: &Turn, number: u128) -> Option<Operation> {
    // Every title is another one, so that no two people ever mean the same.
    let title = || Title::parse(&format!("title {number}")).unwrap();
    let pick = |index: &usize| board.tiles().get(index % board.tiles().len().max(1)).map(|tile| tile.id);
    let free = |tile: &TileId| board.container_of(*tile).is_none();
    match turn {
        Turn::Rename(index) => pick(index).map(|tile| Operation::RenameTile { tile, title: title() }),
        Turn::RenameBoard => Some(Operation::RenameBoard { title: title() }),
        Turn::Place(index, x, y) => pick(index).filter(free).map(|tile| {
            let desk = board.desk().place(tile, GridRect::clamped(*x, *y, 4, 3));
            Operation::PlaceTiles { tiles: vec![tile], desk }
        }),
        Turn::PlaceTwo(index, x) => {
            let targets = [pick(index).filter(free)?, pick(&(index + 1)).filter(free)?]
                .map(|tile| Placed { tile, rect: GridRect::clamped(*x, 0, 4, 3) });
            let tiles = targets.iter().map(|target| target.tile).collect();
            Some(Operation::PlaceTiles { tiles, desk: board.desk().place_all(&targets) })
        }
        Turn::Card(index, position) => pick(index).filter(free).map(|tile| {
            let phone = board.phone();
            let card = phone.card(tile).unwrap_or_else(|| PhoneCard::usual(tile, ComponentKind::Text));
            Operation::ArrangePhone { tiles: vec![tile], phone: Some(phone.put(card, *position)) }
        }),
        Turn::Remove(index) => pick(index).map(|tile| board.removing(&[tile])),
        Turn::Add(kind) => {
            let id = TileId::from_u128(number);
            let tiles = vec![Tile::new(id, title(), kind.blank())];
            Some(Operation::AddTiles { tiles, layouts: board.layouts().append(id, *kind) })
        }
        Turn::Contain(index) => {
            let container = board.tiles().iter().find(|tile| tile.content.pages().is_some())?;
            let tile = pick(index).filter(|tile| board.may_enter(*tile))?;
            let page = ContainerPage { title: Title::default(), tiles: vec![tile] };
            Some(board.containing(container.id, container.content.pages()?.with_page(page)))
        }
        Turn::Release(index) => {
            let tile = pick(index)?;
            let container = board.container_of(tile)?;
            Some(board.containing(container.id, container.content.pages()?.without_tile(tile)))
        }
        Turn::Undo | Turn::Send { .. } | Turn::Read { .. } | Turn::Arrive => None,
    }
}

impl Editor {
    fn plays(&mut self, server: &mut Server, turn: &Turn, keeps_mine: bool, number: u128) {
        match turn {
            Turn::Rename(_)
            | Turn::RenameBoard
            | Turn::Place(..)
            | Turn::PlaceTwo(..)
            | Turn::Card(..)
            | Turn::Remove(_)
            | Turn::Add(_)
            | Turn::Contain(_)
            | Turn::Release(_) => {
                if let Some(operation) = operation(self.queue.shown(), turn, number) {
                    let id = OperationId::from_u128(number);
                    self.seen.insert(id, self.queue.confirmed().version);
                    self.queue.push(id, operation).unwrap();
                }
            }
            Turn::Undo => self.queue.push_undo(OperationId::from_u128(number)),
            Turn::Send { is_answer_lost } => self.sends(server, *is_answer_lost, keeps_mine),
            Turn::Read { is_late: true } => self.late.push(server.draft()),
            Turn::Read { is_late: false } => self.queue.refreshed(server.draft()),
            Turn::Arrive => {
                if let Some(draft) = self.late.pop() {
                    self.queue.refreshed(draft);
                }
            }
        }
    }

    fn sends(&mut self, server: &mut Server, is_answer_lost: bool, keeps_mine: bool) {
        let Some(step) = self.queue.next() else { return };
        let before = server.version();
        let answer = server.take(self.who, &step);
        if let (Step::Edit(edit), true) = (&step, server.version() > before) {
            self.overwrites_nothing_unseen(server, edit, before);
        }
        match answer {
            _ if is_answer_lost => {}
            Ok(draft) => {
                if self.queue.accepted(draft).is_some() {
                    self.decides(keeps_mine);
                }
            }
            Err(Refusal::Clash) => {
                self.queue.refreshed(server.draft());
                self.decides(keeps_mine);
            }
            Err(Refusal::Invalid) => {
                self.queue.drop_first();
                self.queue.refreshed(server.draft());
            }
        }
    }

    /// Both versions are shown, and the editor chooses.
    fn decides(&mut self, keeps_mine: bool) {
        if !keeps_mine {
            self.queue.drop_first();
            return;
        }
        let Some(Step::Edit(first)) = self.queue.next() else { return };
        for step in &self.queue.waiting {
            if let Step::Edit(edit) = step
                && edit.operation.is_within(&first.operation)
            {
                self.seen.insert(edit.id, self.queue.confirmed().version);
            }
        }
        self.queue.keep_first();
    }

    fn overwrites_nothing_unseen(&self, server: &Server, edit: &Edit, before: i64) {
        let unseen = (before - self.seen[&edit.id]).max(0) as usize;
        let kept = server.history.iter().take(before as usize).rev().take(unseen);
        for theirs in kept.filter(|kept| kept.author != self.who) {
            assert!(!edit.operation.clashes_with(&theirs.operation), "{edit:?} overwrote {:?}", theirs.operation);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn no_edit_of_somebody_else_vanishes_unreported(turns in turns()) {
        let mut server = Server::default();
        for number in 1_u128..4 {
            let kind = if number == 1 { ComponentKind::Tabs } else { ComponentKind::Text };
            let add = operation(&server.board, &Turn::Add(kind), number).unwrap();
            server.keep(OperationId::from_u128(number), 9, add).unwrap();
        }
        let mut editors = [0, 1, 2].map(|who| Editor {
            who,
            queue: EditQueue::new(server.draft()),
            seen: BTreeMap::new(),
            late: Vec::new(),
        });
        for (number, (who, turn, keeps_mine)) in turns.iter().enumerate() {
            editors[*who].plays(&mut server, turn, *keeps_mine, number as u128 + 100);
        }
        // In the end everything is delivered, and all see what the server has.
        for editor in &mut editors {
            while !editor.queue.is_empty() {
                editor.sends(&mut server, false, true);
            }
        }
        for editor in &mut editors {
            editor.queue.refreshed(server.draft());
            prop_assert_eq!(editor.queue.shown(), &server.board);
        }
    }
}
