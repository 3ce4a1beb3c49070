//! `lingdong board export`.

use super::{ask, strange};
use crate::{
    config::StoreOptions,
    control::{BoardOrder, BoardOutcome},
    stop::Stop,
};
use model::board::{BoardFile, BoardId};
use std::{path::Path, process::ExitCode};

pub(super) async fn run(
    stores: &StoreOptions,
    user: Option<String>,
    id: BoardId,
    file: &Path,
    published: bool,
) -> Result<ExitCode, Stop> {
    let BoardOutcome::Read { id, board } = ask(stores, user, BoardOrder::Read { id, published }).await? else {
        return Err(strange());
    };
    let text = BoardFile::of(id, *board).write();
    if file == Path::new("-") {
        print!("{text}");
    } else {
        std::fs::write(file, text).map_err(|source| Stop::Unwritable { path: file.to_path_buf(), source })?;
    }
    Ok(ExitCode::SUCCESS)
}
