//! A board on a small server with the rules of the real one, for playing with queues.

use super::Step;
use model::{
    board::{Board, BoardId, Draft, Edit, Operation, OperationId},
    time::Calendar,
};

/// One operation in the history.
pub(super) struct Kept {
    id: OperationId,
    pub(super) author: usize,
    pub(super) operation: Operation,
    inverse: Operation,
    is_undone: bool,
}

/// The rules of `engine::boards`, without its rows.
#[derive(Default)]
pub(super) struct Server {
    pub(super) board: Board,
    pub(super) history: Vec<Kept>,
}

#[derive(Debug, PartialEq, Eq)]
pub(super) enum Refusal {
    Clash,
    Invalid,
}

impl Server {
    pub(super) fn version(&self) -> i64 {
        self.history.len() as i64
    }

    pub(super) fn draft(&self) -> Draft {
        Draft {
            id: BoardId::from_u128(1),
            board: self.board.clone(),
            version: self.version(),
            may_undo: true,
            may_redo: false,
            published: None,
            has_unpublished_edits: true,
            scheduled: None,
            calendar: Calendar::CHINA,
        }
    }

    fn edits_of_others(&self, author: usize, after: i64) -> impl Iterator<Item = &Kept> {
        self.history.iter().skip(after as usize).filter(move |kept| kept.author != author)
    }

    pub(super) fn keep(&mut self, id: OperationId, author: usize, operation: Operation) -> Result<(), Refusal> {
        let edited = self.board.apply(&operation).map_err(|_| Refusal::Invalid)?;
        self.history.push(Kept { id, author, operation, inverse: edited.inverse, is_undone: false });
        self.board = edited.board;
        Ok(())
    }

    pub(super) fn take(&mut self, author: usize, step: &Step) -> Result<Draft, Refusal> {
        let id = match step {
            Step::Edit(edit) => edit.id,
            Step::Undo(id) | Step::Redo(id) => *id,
        };
        if self.history.iter().all(|kept| kept.id != id) {
            match step {
                Step::Edit(edit) => self.append(author, edit)?,
                Step::Undo(id) | Step::Redo(id) => self.undo(author, *id)?,
            }
        }
        Ok(self.draft())
    }

    fn append(&mut self, author: usize, edit: &Edit) -> Result<(), Refusal> {
        let mut operation = edit.operation.clone();
        if edit.base_version != self.version() {
            if self.edits_of_others(author, edit.base_version).any(|kept| operation.clashes_with(&kept.operation)) {
                return Err(Refusal::Clash);
            }
            operation = operation.rebased(&self.board);
        }
        self.keep(edit.id, author, operation)
    }

    /// Only where nothing stands in the way: that is enough here.
    fn undo(&mut self, author: usize, id: OperationId) -> Result<(), Refusal> {
        let index = self.history.iter().rposition(|kept| kept.author == author && !kept.is_undone);
        let target = index.and_then(|index| self.history.get_mut(index)).ok_or(Refusal::Invalid)?;
        target.is_undone = true;
        let (operation, inverse) = (target.operation.clone(), target.inverse.clone());
        let edited = self.board.apply(&inverse).map_err(|_| Refusal::Invalid)?;
        if edited.inverse != operation {
            return Err(Refusal::Invalid);
        }
        self.keep(id, author, inverse)
    }
}
