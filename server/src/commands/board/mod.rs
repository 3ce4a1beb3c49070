//! `lingdong board`: boards as files.

mod apply;
mod diff;
mod export;
mod file;
mod lint;
mod list;
mod schema;
mod words;

use crate::{
    config::{BoardCommand, StoreOptions},
    control::{self, BoardOrder, BoardOutcome, Order, Outcome},
    stop::Stop,
};
use std::process::ExitCode;

/// A finding, or a difference; as `diff` and `grep` tell it.
const FOUND: u8 = 1;

pub(super) async fn run(command: BoardCommand) -> Result<ExitCode, Stop> {
    match command {
        BoardCommand::List { as_user, stores } => list::run(&stores, as_user.email).await,
        BoardCommand::Export { id, file, published, as_user, stores } => {
            export::run(&stores, as_user.email, id, &file, published).await
        }
        BoardCommand::Lint { file, format } => lint::run(&file, format),
        BoardCommand::Diff { file, against, as_user, stores } => {
            diff::run(&stores, as_user.email, &file, against).await
        }
        BoardCommand::Apply(options) => apply::run(options).await,
        BoardCommand::Schema => {
            schema::run();
            Ok(ExitCode::SUCCESS)
        }
    }
}

async fn ask(stores: &StoreOptions, user: Option<String>, board: BoardOrder) -> Result<BoardOutcome, Stop> {
    match control::ask(stores, Order::Board { user, board }).await? {
        Outcome::Board { board } => Ok(board),
        Outcome::Refused { problem } => Err(Stop::Refused(problem)),
        Outcome::UserAdded { .. }
        | Outcome::Granted
        | Outcome::MayDefineMetrics { .. }
        | Outcome::Users { .. }
        | Outcome::SourceCreated { .. }
        | Outcome::TokenCreated { .. }
        | Outcome::ProgrammesImported { .. }
        | Outcome::EventsImported { .. }
        | Outcome::DaysDropped { .. }
        | Outcome::Healthy { .. } => Err(strange()),
    }
}

/// An answer to another question, perhaps of a server of another version.
fn strange() -> Stop {
    Stop::Input { what: "the running server answered something else: is it of this version?".to_owned() }
}
