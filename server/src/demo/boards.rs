//! The boards of the demo, as documents beside this file.

use super::{DemoError, DemoUser, people, refused};
use engine::{Engine, access::Principal};
use model::board::Board;
use std::net::{IpAddr, Ipv4Addr};

const BOARDS: [&str; 3] = [
    include_str!("boards/rating.json"),
    include_str!("boards/national-operation.json"),
    include_str!("boards/users-and-journeys.json"),
];

/// Makes and publishes them, as the demo's editor would.
pub(super) async fn make(engine: &Engine, users: &[DemoUser]) -> Result<(), DemoError> {
    let Some(editor) = users.iter().find(|user| user.email == people::EDITOR) else { return Ok(()) };
    let access = &engine.access;
    let here = IpAddr::V4(Ipv4Addr::LOCALHOST);
    let session = access
        .sign_in(&editor.email, &editor.password, here, None)
        .await
        .map_err(refused("sign in as the demo's editor"))?;
    let who = access.principal_of_session(&session).await.map_err(refused("sign in as the demo's editor"))?;
    let made = make_as(engine, &who).await;
    access.sign_out(&session).await.map_err(refused("sign out"))?;
    made
}

async fn make_as(engine: &Engine, who: &Principal) -> Result<(), DemoError> {
    let boards = &engine.boards;
    let there = boards.list(who).await.map_err(refused("list the boards"))?;
    for document in BOARDS {
        let board: Board = serde_json::from_str(document).map_err(DemoError::Board)?;
        if there.iter().any(|summary| summary.title == *board.title()) {
            continue;
        }
        let id = boards.create(who, board).await.map_err(refused("make the demo's boards"))?;
        let editing = engine.access.authorize_edit(who, id).await.map_err(refused("make the demo's boards"))?;
        boards.publish(&editing).await.map_err(refused("publish the demo's boards"))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use model::layout::COLUMNS;

    #[test]
    fn the_boards_are_whole() {
        for document in BOARDS {
            let board: Board = serde_json::from_str(document).unwrap();
            assert!(!board.title().is_empty());
            for tile in board.tiles() {
                let rect = board.desk().rect(tile.id).unwrap();
                let least = tile.content.kind().least_size();
                assert!(rect.w() >= least.w && rect.h() >= least.h && rect.right() <= COLUMNS, "{}", tile.title);
            }
        }
    }

    #[test]
    fn nothing_floats_on_them() {
        for document in BOARDS {
            let board: Board = serde_json::from_str(document).unwrap();
            let first = board.tiles()[0].id;
            let again = board.desk().remove(&[first]).place(first, board.desk().rect(first).unwrap());
            assert_eq!(&again, board.desk());
        }
    }
}
