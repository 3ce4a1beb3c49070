//! Edits on their way: what the server has confirmed, what waits, and what the reader sees meanwhile. Pure.

mod clash;
#[cfg(test)]
mod small_server;
#[cfg(test)]
mod tests;
#[cfg(test)]
mod three_editors;

use clash::differs;
use model::board::{Board, Draft, Edit, Operation, OperationError, OperationId};
use serde::{Deserialize, Serialize};
use std::collections::VecDeque;

/// One step that waits for the server. Each has an id, so that one sent twice is taken once.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[allow(clippy::large_enum_variant)] // a handful at a time, and most of them are edits
pub(crate) enum Step {
    Edit(Edit),
    Undo(OperationId),
    Redo(OperationId),
}

/// The draft as the server knows it, with the steps that it does not know yet.
///
/// Every waiting edit keeps the version its editor saw: whatever others do after that, the server compares with it and
/// refuses what would overwrite theirs. It moves up only where the editor has seen what came after.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct EditQueue {
    confirmed: Draft,
    waiting: VecDeque<Step>,
    /// Whether the confirmed draft may hold the first step already: it was read after that may have been sent.
    may_hold_first: bool,
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
        Self { confirmed: draft, waiting: VecDeque::new(), may_hold_first: false, shown }
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

    /// The steps that wait, the next one first.
    pub(crate) fn waiting(&self) -> impl Iterator<Item = &Step> {
        self.waiting.iter()
    }

    /// Adds steps that were left behind before the draft was read; the server may have taken them.
    pub(crate) fn restore(&mut self, steps: Vec<Step>) {
        self.may_hold_first |= self.waiting.is_empty();
        self.waiting.extend(steps);
        self.show_again();
    }

    pub(crate) fn may_undo(&self) -> bool {
        self.confirmed.may_undo || self.waiting.iter().any(|step| matches!(step, Step::Edit(_)))
    }

    pub(crate) fn may_redo(&self) -> bool {
        self.confirmed.may_redo && self.waiting.is_empty()
    }

    /// Adds an edit; it is seen at once. An edit that changes nothing is not kept.
    pub(crate) fn push(&mut self, id: OperationId, operation: Operation) -> Result<(), OperationError> {
        let edited = self.shown.apply(&operation)?.board;
        if edited != self.shown {
            self.shown = edited;
            self.waiting.push_back(Step::Edit(Edit { id, base_version: self.confirmed.version, operation }));
        }
        Ok(())
    }

    /// Adds a step back; it is seen when the server has taken it.
    pub(crate) fn push_undo(&mut self, id: OperationId) {
        self.waiting.push_back(Step::Undo(id));
    }

    /// Adds a step forth; it is seen when the server has taken it.
    pub(crate) fn push_redo(&mut self, id: OperationId) {
        self.waiting.push_back(Step::Redo(id));
    }

    /// What to send now. The same again until it is accepted or dropped, so that a lost answer does no harm.
    pub(crate) fn next(&self) -> Option<Step> {
        self.waiting.front().cloned()
    }

    /// The server took the first step and says where the draft stands. Where others have edited meanwhile and the edit
    /// that is next would overwrite theirs, it is reported instead of being sent; what else waits the server compares.
    pub(crate) fn accepted(&mut self, draft: Draft) -> Option<Clash> {
        let taken = self.waiting.pop_front();
        let may_hold_first = std::mem::take(&mut self.may_hold_first);
        if draft.version < self.confirmed.version {
            // An answer that was overtaken by a newer one, which holds the step already.
            self.show_again();
            return None;
        }
        let expected = match taken {
            Some(Step::Edit(edit)) => self.confirmed.board.apply(&edit.operation).ok().map(|edited| edited.board),
            Some(Step::Undo(_) | Step::Redo(_)) | None => None,
        };
        let before = std::mem::replace(&mut self.confirmed, draft);
        let alone = self.confirmed.version <= before.version + 1;
        let Some(expected) = expected else {
            self.show_again();
            return None;
        };
        if expected == self.confirmed.board {
            if alone && !may_hold_first {
                // The one new version is this editor's own: what waits was made on this very board.
                self.raise_bases(before.version);
            }
            // What is shown stands on this very board already; working places out anew could move tiles.
            return None;
        }
        let clash = if alone { None } else { self.clash_of_next(&expected) };
        self.show_again();
        clash
    }

    /// The draft was read anew; the first step was not taken. A draft that a newer one has overtaken says nothing.
    pub(crate) fn refreshed(&mut self, draft: Draft) {
        if draft.version >= self.confirmed.version {
            self.may_hold_first |= draft.version > self.confirmed.version && !self.waiting.is_empty();
            self.confirmed = draft;
            self.show_again();
        }
    }

    /// Gives up the first step, and what else waits for the same properties and for nothing more.
    pub(crate) fn drop_first(&mut self) {
        self.may_hold_first = false;
        if let Some(Step::Edit(Edit { operation: dropped, .. })) = self.waiting.pop_front() {
            self.waiting.retain(|step| match step {
                Step::Edit(edit) => !edit.operation.is_within(&dropped),
                Step::Undo(_) | Step::Redo(_) => true,
            });
        }
        self.show_again();
    }

    /// The editor has seen what others made of the first edit's thing and puts theirs on top, and with it what else
    /// waits for the same properties and for nothing more.
    pub(crate) fn keep_first(&mut self) {
        let Some(Step::Edit(first)) = self.waiting.front() else { return };
        let (first, seen) = (first.operation.clone(), self.confirmed.version);
        for step in &mut self.waiting {
            if let Step::Edit(edit) = step
                && edit.operation.is_within(&first)
            {
                edit.base_version = seen;
            }
        }
    }

    /// Edits made on the version before stand on the confirmed one as well.
    fn raise_bases(&mut self, before: i64) {
        for step in &mut self.waiting {
            if let Step::Edit(edit) = step
                && edit.base_version == before
            {
                edit.base_version = self.confirmed.version;
            }
        }
    }

    /// The edit that is next, where others have changed what it is about since `expected`.
    fn clash_of_next(&self, expected: &Board) -> Option<Clash> {
        match self.waiting.front()? {
            Step::Edit(edit)
                if edit
                    .operation
                    .touched()
                    .into_iter()
                    .any(|touched| differs(expected, &self.confirmed.board, touched)) =>
            {
                Some(Clash { mine: edit.operation.clone() })
            }
            Step::Edit(_) | Step::Undo(_) | Step::Redo(_) => None,
        }
    }

    /// What is seen is what the server will make of it: places are worked out anew on the newest board. An edit of
    /// something that is gone stays in the queue and is simply not seen; the server refuses it by name.
    fn show_again(&mut self) {
        let mut shown = self.confirmed.board.clone();
        for step in &mut self.waiting {
            if let Step::Edit(edit) = step {
                let rebased = edit.operation.rebased(&shown);
                if let Ok(edited) = shown.apply(&rebased) {
                    shown = edited.board;
                    edit.operation = rebased;
                }
            }
        }
        self.shown = shown;
    }
}
