//! `lingdong board list`.

use super::{ask, strange};
use crate::{
    config::StoreOptions,
    control::{BoardLine, BoardOrder, BoardOutcome},
    stop::Stop,
};
use std::process::ExitCode;

pub(super) async fn run(stores: &StoreOptions, user: Option<String>) -> Result<ExitCode, Stop> {
    let BoardOutcome::Boards { boards } = ask(stores, user, BoardOrder::List).await? else { return Err(strange()) };
    for board in &boards {
        println!("{}", line_of(board));
    }
    Ok(ExitCode::SUCCESS)
}

/// `0199…  收视日报  version 3, edited since  Anna`
fn line_of(board: &BoardLine) -> String {
    let published = match (board.published, board.has_unpublished_edits) {
        (None, _) => "not published".to_owned(),
        (Some(number), false) => format!("version {number}"),
        (Some(number), true) => format!("version {number}, edited since"),
    };
    format!("{}  {}  {published}  {}", board.id, board.title, board.edited_by)
}
