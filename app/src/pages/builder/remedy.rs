//! What is done about a step that the server did not take. Pure.

use super::queue::Step;
use crate::error::AppError;
use model::problem::ProblemCode;

/// So often the server may fail over a step before the editor is asked.
const TRIES: u32 = 3;

/// What is done about a step that the server did not take. Nothing is given up but what the server will never take.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Remedy {
    /// The server or the way to it is gone for a moment. The step's id counts once, so it is simply sent again.
    SendAgain,
    /// The server fails over it: sent again a few times.
    SendAgainUnsaved,
    /// The server fails over it again and again: it waits until the editor asks for another try.
    WaitForEditor,
    WaitForSignIn,
    /// Somebody else edited the same; the editor decides.
    AskWhichStays {
        who: Option<String>,
    },
    /// Others have built on what was to be taken back or brought back: there is nothing to decide.
    TellItStays,
    /// It can't be done, and never will: the reason is told.
    GiveUp,
}

/// `failures` counts the tries before this one.
pub(crate) fn remedy(step: &Step, error: &AppError, failures: u32) -> Remedy {
    let problem = match error {
        AppError::NotReached(_) => return Remedy::SendAgain,
        AppError::Refused(_) if error.may_be_retried() => return Remedy::SendAgain,
        AppError::Refused(problem) => problem,
    };
    if problem.code == ProblemCode::Internal {
        if failures < TRIES { Remedy::SendAgainUnsaved } else { Remedy::WaitForEditor }
    } else if problem.code == ProblemCode::SignInRequired {
        Remedy::WaitForSignIn
    } else if problem.code == ProblemCode::EditConflict {
        match step {
            Step::Edit(_) => Remedy::AskWhichStays { who: problem.parameters.get("who").cloned() },
            Step::Undo(_) | Step::Redo(_) => Remedy::TellItStays,
        }
    } else {
        Remedy::GiveUp
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use model::{
        board::{Edit, Operation, OperationId, Title},
        problem::Problem,
    };

    fn edit() -> Step {
        let operation = Operation::RenameBoard { title: Title::default() };
        Step::Edit(Edit { id: OperationId::from_u128(1), base_version: 0, operation })
    }

    fn refused(code: ProblemCode) -> AppError {
        AppError::Refused(Problem::new(code, ""))
    }

    #[test]
    fn nothing_is_given_up_because_the_server_fails() {
        let undo = Step::Undo(OperationId::from_u128(2));
        for step in [edit(), undo] {
            for failures in 0..10 {
                let remedy = remedy(&step, &refused(ProblemCode::Internal), failures);
                let expected = if failures < TRIES { Remedy::SendAgainUnsaved } else { Remedy::WaitForEditor };
                assert_eq!(remedy, expected);
            }
            for code in [ProblemCode::Overloaded, ProblemCode::TimedOut, ProblemCode::Unavailable] {
                assert_eq!(remedy(&step, &refused(code), 9), Remedy::SendAgain);
            }
            assert_eq!(remedy(&step, &AppError::NotReached(String::new()), 9), Remedy::SendAgain);
            assert_eq!(remedy(&step, &refused(ProblemCode::SignInRequired), 0), Remedy::WaitForSignIn);
        }
    }

    #[test]
    fn a_clash_is_decided_only_where_there_is_something_to_decide() {
        let clash = AppError::Refused(Problem::new(ProblemCode::EditConflict, "").with("who", "吴"));
        assert_eq!(remedy(&edit(), &clash, 0), Remedy::AskWhichStays { who: Some("吴".to_owned()) });
        for step in [Step::Undo(OperationId::from_u128(2)), Step::Redo(OperationId::from_u128(2))] {
            assert_eq!(remedy(&step, &clash, 0), Remedy::TellItStays);
        }
        assert_eq!(remedy(&edit(), &refused(ProblemCode::InvalidOperation), 0), Remedy::GiveUp);
    }
}
