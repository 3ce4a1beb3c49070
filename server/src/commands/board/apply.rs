//! `lingdong board apply`.

use super::{ask, file, strange, words};
use crate::{
    config::{ApplyOptions, PublicUrl},
    control::{Applied, BoardOrder, BoardOutcome},
    stop::Stop,
};
use model::board::BoardId;
use std::process::ExitCode;

pub(super) async fn run(options: ApplyOptions) -> Result<ExitCode, Stop> {
    let ApplyOptions { file, publish, dry_run, public_url, as_user, stores } = options;
    let board = file::sound(&file)?;
    let has_id = board.id.is_some();
    let order = BoardOrder::Apply { file: Box::new(board), publish, dry_run };
    let BoardOutcome::Applied(applied) = ask(&stores, as_user.email, order).await? else { return Err(strange()) };
    for line in told(&applied, publish, dry_run) {
        println!("{line}");
    }
    if let Some(id) = applied.id.filter(|_| !(dry_run && applied.is_new)) {
        println!("{}", address(public_url.as_ref(), id));
        if !has_id {
            eprintln!("write \"id\": \"{id}\" into the file: applied again without it, it makes another board");
        }
    }
    Ok(ExitCode::SUCCESS)
}

fn told(applied: &Applied, publish: bool, dry_run: bool) -> Vec<String> {
    let mut told = vec![
        match (applied.is_new, applied.is_changed, dry_run) {
            (true, _, false) => "a new board",
            (true, _, true) => "the board would be new",
            (false, true, false) => "the draft was changed",
            (false, true, true) => "the draft would be changed",
            (false, false, _) => "nothing changed: the draft is this board already",
        }
        .to_owned(),
    ];
    if applied.is_changed {
        told.extend(words::lines(&applied.changes));
    }
    match applied.published {
        Some(number) => told.push(format!("version {number} is published")),
        None if publish => told.push("it would then be published".to_owned()),
        None => {}
    }
    told
}

/// Where people open the board; without the server's own address, its path.
fn address(public_url: Option<&PublicUrl>, id: BoardId) -> String {
    let server = public_url.map(ToString::to_string).unwrap_or_default();
    format!("{server}/boards/{id}")
}
