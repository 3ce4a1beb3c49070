//! A board and people who edit it.

use crate::{
    access::{Authorized, Edit, Principal, View, tests::world::World},
    boards::Boards,
};
use model::{
    access::Role,
    board::{self, Board, BoardId, ComponentKind, Draft, Operation, OperationId, Tile, TileId, Title},
    layout::GridRect,
    problem::Problem,
};
use sqlx::PgPool;

pub(super) struct Workshop {
    pub(super) world: World,
    pub(super) boards: Boards,
    pub(super) id: BoardId,
    pub(super) li: Editor,
}

pub(super) struct Editor {
    pub(super) who: Principal,
    pub(super) edit: Authorized<BoardId, Edit>,
}

impl Workshop {
    pub(super) async fn of(owner: PgPool) -> Self {
        let world = World::of(owner).await;
        let boards = Boards::open(&world.databases, world.clock.clone());
        let who = world.somebody("li@example.com", Role::Editor).await;
        let id = boards.create(&who, Board::titled(title("日报"))).await.unwrap();
        let edit = world.access.authorize_edit(&who, id).await.unwrap();
        Self { world, boards, id, li: Editor { who, edit } }
    }

    pub(super) async fn another_editor(&self, email: &str) -> Editor {
        let who = self.world.somebody(email, Role::Editor).await;
        let edit = self.world.access.authorize_edit(&who, self.id).await.unwrap();
        Editor { who, edit }
    }

    pub(super) async fn view(&self, who: &Principal) -> Authorized<BoardId, View> {
        self.world.access.authorize_view(who, self.id).await.unwrap()
    }

    /// An edit made on what the editor sees now.
    pub(super) async fn does(&self, editor: &Editor, operation: Operation) -> Draft {
        let seen = self.boards.draft(&editor.edit).await.unwrap();
        self.does_on(editor, seen.version, operation).await.unwrap()
    }

    /// An edit made on an older draft.
    pub(super) async fn does_on(&self, editor: &Editor, version: i64, operation: Operation) -> Result<Draft, Problem> {
        let id = fresh();
        self.boards.append(&editor.edit, board::Edit { id, base_version: version, operation }).await
    }

    pub(super) async fn draft(&self) -> Draft {
        self.boards.draft(&self.li.edit).await.unwrap()
    }

    pub(super) async fn close(self) {
        self.world.close().await;
    }
}

/// An id of an operation that was never used.
pub(super) fn fresh() -> OperationId {
    OperationId::new(uuid::Uuid::now_v7())
}

pub(super) fn title(text: &str) -> Title {
    Title::parse(text).unwrap()
}

pub(super) fn tile(number: u128) -> TileId {
    TileId::from_u128(number)
}

pub(super) fn add(board: &Board, number: u128, kind: ComponentKind) -> Operation {
    let layouts = board.layouts().append(tile(number), kind);
    Operation::AddTiles { tiles: vec![Tile::new(tile(number), Title::default(), kind.blank())], layouts }
}

pub(super) fn place(board: &Board, number: u128, x: i32, y: i32) -> Operation {
    let size = board.desk().rect(tile(number)).unwrap().size();
    let desk = board.desk().place(tile(number), GridRect::clamped(x, y, size.w.into(), size.h.into()));
    Operation::PlaceTiles { tiles: vec![tile(number)], desk }
}

pub(super) fn rename(number: u128, text: &str) -> Operation {
    Operation::RenameTile { tile: tile(number), title: title(text) }
}

pub(super) fn remove(board: &Board, number: u128) -> Operation {
    let tiles = vec![tile(number)];
    Operation::RemoveTiles { layouts: board.layouts().remove(&tiles), tiles }
}
