//! Edits on their way: what the server has confirmed, what waits, and what the reader sees meanwhile. Pure.

use model::board::{Board, Draft, Edit, Operation, OperationError, OperationId, Touched, TouchedProperty};
use std::collections::VecDeque;

#[cfg(test)]
mod tests;

/// One step that waits for the server.
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(clippy::large_enum_variant)] // a handful at a time, and most of them are edits
pub(crate) enum Step {
    Edit { id: OperationId, operation: Operation },
    Undo,
    Redo,
}

/// What is sent next.
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(clippy::large_enum_variant)] // one at a time
pub(crate) enum Request {
    Edit(Edit),
    Undo,
    Redo,
}

/// The draft as the server knows it, with the steps that it does not know yet.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct EditQueue {
    confirmed: Draft,
    waiting: VecDeque<Step>,
    shown: Board,
}

/// A waiting edit that would overwrite what somebody else has done meanwhile.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Clash {
    pub mine: Operation,
}

impl EditQueue {
    pub(crate) fn new(draft: Draft) -> Self {
        let shown = draft.board.clone();
        Self { confirmed: draft, waiting: VecDeque::new(), shown }
    }

    pub(crate) const fn confirmed(&self) -> &Draft {
        &self.confirmed
    }

    /// The board with everything that waits.
    pub(crate) const fn shown(&self) -> &Board {
        &self.shown
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.waiting.is_empty()
    }

    pub(crate) fn len(&self) -> usize {
        self.waiting.len()
    }

    pub(crate) fn may_undo(&self) -> bool {
        self.confirmed.may_undo || self.waiting.iter().any(|step| matches!(step, Step::Edit { .. }))
    }

    pub(crate) fn may_redo(&self) -> bool {
        self.confirmed.may_redo && self.waiting.is_empty()
    }

    /// Adds an edit; it is seen at once. An edit that changes nothing is not kept.
    pub(crate) fn push(&mut self, id: OperationId, operation: Operation) -> Result<(), OperationError> {
        let edited = self.shown.apply(&operation)?.board;
        if edited != self.shown {
            self.shown = edited;
            self.waiting.push_back(Step::Edit { id, operation });
        }
        Ok(())
    }

    /// Adds a step back or forth; it is seen when the server has taken it.
    pub(crate) fn push_step(&mut self, step: Step) {
        self.waiting.push_back(step);
    }

    /// What to send now. The same again until it is accepted or dropped, so that a lost answer does no harm.
    pub(crate) fn next(&self) -> Option<Request> {
        self.waiting.front().map(|step| match step {
            Step::Edit { id, operation } => {
                Request::Edit(Edit { id: *id, base_version: self.confirmed.version, operation: operation.clone() })
            }
            Step::Undo => Request::Undo,
            Step::Redo => Request::Redo,
        })
    }

    /// The server took the first step and says where the draft stands. Where others have edited meanwhile, an edit
    /// that still waits and would overwrite theirs is reported instead of being sent.
    pub(crate) fn accepted(&mut self, draft: Draft) -> Option<Clash> {
        let expected = match self.waiting.pop_front() {
            Some(Step::Edit { operation, .. }) => {
                self.confirmed.board.apply(&operation).ok().map(|edited| edited.board)
            }
            Some(Step::Undo | Step::Redo) | None => None,
        };
        let alone = draft.version <= self.confirmed.version + 1;
        let foreseen = expected.as_ref() == Some(&draft.board);
        self.confirmed = draft;
        if foreseen {
            // What is shown stands on this very board already; working places out anew could move tiles.
            return None;
        }
        let clash = match expected {
            Some(expected) if !alone => self.first_clash(&expected),
            Some(_) | None => None,
        };
        self.show_again();
        clash
    }

    /// The draft was read anew; the first step was not taken.
    pub(crate) fn refreshed(&mut self, draft: Draft) {
        self.confirmed = draft;
        self.show_again();
    }

    /// Gives up the first step, and what else waits for the same property.
    pub(crate) fn drop_first(&mut self) {
        if let Some(Step::Edit { operation: dropped, .. }) = self.waiting.pop_front() {
            self.waiting.retain(|step| match step {
                Step::Edit { operation, .. } => !operation.clashes_with(&dropped),
                Step::Undo | Step::Redo => true,
            });
        }
        self.show_again();
    }

    /// Moves the edit that clashes to the front, where the reader decides about it.
    fn first_clash(&mut self, expected: &Board) -> Option<Clash> {
        let index = self.waiting.iter().position(|step| match step {
            Step::Edit { operation, .. } => differs(expected, &self.confirmed.board, operation.touched()),
            Step::Undo | Step::Redo => false,
        })?;
        let step = self.waiting.remove(index)?;
        let clash = match &step {
            Step::Edit { operation, .. } => Some(Clash { mine: operation.clone() }),
            Step::Undo | Step::Redo => None,
        };
        self.waiting.push_front(step);
        clash
    }

    /// What is seen is what the server will make of it: places are worked out anew on the newest board. An edit of
    /// something that is gone stays in the queue and is simply not seen; the server refuses it by name.
    fn show_again(&mut self) {
        let mut shown = self.confirmed.board.clone();
        for step in &mut self.waiting {
            if let Step::Edit { operation, .. } = step {
                let rebased = operation.rebased(&shown);
                if let Ok(edited) = shown.apply(&rebased) {
                    shown = edited.board;
                    *operation = rebased;
                }
            }
        }
        self.shown = shown;
    }
}

/// Whether a property is not what the editor saw when they edited it.
fn differs(expected: &Board, actual: &Board, touched: Touched) -> bool {
    match touched {
        Touched::BoardTitle => expected.title() != actual.title(),
        Touched::Tile(tile, TouchedProperty::Existence) => expected.tile(tile).is_some() != actual.tile(tile).is_some(),
        Touched::Tile(tile, TouchedProperty::Title) => {
            expected.tile(tile).map(|tile| &tile.title) != actual.tile(tile).map(|tile| &tile.title)
        }
        Touched::Tile(tile, TouchedProperty::Content) => {
            expected.tile(tile).map(|tile| &tile.content) != actual.tile(tile).map(|tile| &tile.content)
        }
        Touched::Tile(tile, TouchedProperty::Place) => {
            // The row follows from gravity: a tile above that somebody removed moves this one without anybody's wish.
            let place = |board: &Board| board.desk().rect(tile).map(|rect| (rect.x(), rect.size()));
            place(expected) != place(actual)
        }
    }
}
