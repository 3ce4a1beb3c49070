//! Boards as files: what the command line can have done with them. Each is done as a person, with that person's rights.

use engine::{
    Engine,
    access::{Authorized, Edit as EditRight, Principal},
};
use model::{
    board::{Board, BoardFile, BoardId, Change, Edit, Operation, OperationId, Title},
    problem::{Problem, ProblemCode},
};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Something to be done with boards.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "board_order")]
pub enum BoardOrder {
    List,
    /// The draft, or what is published.
    Read {
        id: BoardId,
        published: bool,
    },
    /// Makes the draft what the file says, and then perhaps what leaders see.
    Apply {
        file: Box<BoardFile>,
        publish: bool,
        /// Only tells what would change.
        dry_run: bool,
    },
}

/// What came of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "board_outcome")]
pub enum BoardOutcome {
    Boards { boards: Vec<BoardLine> },
    Read { id: BoardId, board: Box<Board> },
    Applied(Applied),
}

/// A board in a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BoardLine {
    pub id: BoardId,
    pub title: Title,
    /// Counted from 1; `None` while it is a draft only.
    pub published: Option<i32>,
    pub has_unpublished_edits: bool,
    pub edited_by: String,
}

/// What applying a file did, or would do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Applied {
    /// `None` where the board is still to be made.
    pub id: Option<BoardId>,
    pub is_new: bool,
    /// Whether the draft is not what it was.
    pub is_changed: bool,
    /// What that comes to; for a new board, all that it has.
    pub changes: Vec<Change>,
    /// The version that leaders see from now on, where it was asked for.
    pub published: Option<i32>,
}

pub(super) async fn carry_out(engine: &Engine, user: Option<&str>, order: BoardOrder) -> Result<BoardOutcome, Problem> {
    let who = engine.access.principal_at_console(user).await?;
    match order {
        BoardOrder::List => list(engine, &who).await,
        BoardOrder::Read { id, published } => {
            let board = if published {
                engine.boards.published(&engine.access.authorize_view(&who, id).await?).await?.board
            } else {
                engine.boards.draft(&engine.access.authorize_edit(&who, id).await?).await?.board
            };
            Ok(BoardOutcome::Read { id, board: Box::new(board) })
        }
        BoardOrder::Apply { file, publish, dry_run } => {
            let BoardFile { id, board, schema: _ } = *file;
            let applied = match there(engine, &who, id).await? {
                Some(there) => edit(engine, &there, board, publish, dry_run).await,
                None => make(engine, &who, id, board, publish, dry_run).await,
            };
            applied.map(BoardOutcome::Applied)
        }
    }
}

async fn list(engine: &Engine, who: &Principal) -> Result<BoardOutcome, Problem> {
    let numbers = engine.boards.published_numbers(who).await?;
    let boards = engine.boards.list(who).await?.into_iter().map(|board| BoardLine {
        published: numbers.get(&board.id).copied(),
        id: board.id,
        title: board.title,
        has_unpublished_edits: board.has_unpublished_edits,
        edited_by: board.edited_by,
    });
    Ok(BoardOutcome::Boards { boards: boards.collect() })
}

/// The board of that id, if it is there for an editor to edit.
async fn there(
    engine: &Engine,
    who: &Principal,
    id: Option<BoardId>,
) -> Result<Option<Authorized<BoardId, EditRight>>, Problem> {
    let Some(id) = id else { return Ok(None) };
    match engine.access.authorize_edit(who, id).await {
        Ok(there) => Ok(Some(there)),
        Err(problem) if problem.code == ProblemCode::BoardNotFound => Ok(None),
        Err(problem) => Err(problem),
    }
}

/// One edit, as an editor's; none where the draft is that board already.
async fn edit(
    engine: &Engine,
    there: &Authorized<BoardId, EditRight>,
    board: Board,
    publish: bool,
    dry_run: bool,
) -> Result<Applied, Problem> {
    let draft = engine.boards.draft(there).await?;
    let changes = Change::between(&draft.board, &board);
    let operation = Operation::between(&draft.board, &board);
    let is_changed = operation.is_some();
    if let Some(operation) = operation.filter(|_| !dry_run) {
        let id = OperationId::new(Uuid::now_v7());
        engine.boards.append(there, Edit { id, base_version: draft.version, operation }).await?;
    }
    let published = if publish && !dry_run { Some(engine.boards.publish(there).await?) } else { None };
    Ok(Applied { id: Some(there.thing()), is_new: false, is_changed, changes, published })
}

async fn make(
    engine: &Engine,
    who: &Principal,
    id: Option<BoardId>,
    board: Board,
    publish: bool,
    dry_run: bool,
) -> Result<Applied, Problem> {
    who.require_editor()?;
    let changes = Change::between(&Board::default(), &board);
    if dry_run {
        return Ok(Applied { id, is_new: true, is_changed: true, changes, published: None });
    }
    let id = match id {
        Some(id) => engine.boards.create_as(who, id, board).await.map(|()| id)?,
        None => engine.boards.create(who, board).await?,
    };
    let published =
        if publish { Some(engine.boards.publish(&engine.access.authorize_edit(who, id).await?).await?) } else { None };
    Ok(Applied { id: Some(id), is_new: true, is_changed: true, changes, published })
}
