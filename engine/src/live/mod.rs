//! Boards that change while they are watched.
//!
//! - [`company`], [`draft_stream`]: boards while they are edited
//! - [`tiles`]: all tiles of a board, asked at once
//! - [`encoding`]: what goes over the wire, encoded once for everybody who watches the same
//! - [`filter_choices`]: what the board's filters offer
//! - [`topic`]: one task per (board, published version, scope, reading), only while somebody watches; [`topics`]: all of them
//! - [`subscriber`]: one open stream, which looks again at who is watching before it says anything
//!
//! A topic holds the newest state and not a queue of messages, so a slow browser wakes to the latest numbers and costs
//! no memory in between.

mod company;
mod draft_stream;
mod encoding;
mod filter_choices;
mod subscriber;
mod tiles;
mod topic;
mod topics;

use crate::{
    access::{Access, Authorized, Edit, Principal, SessionToken, View},
    boards::Boards,
    clock::SharedClock,
    events::QueryEngine,
    metrics::Metrics,
};
use bytes::Bytes;
use company::Company;
use draft_stream::DraftStream;
use model::{
    board::{BoardId, BoardView, Reading, TabId, TileId},
    metric::DimensionId,
    problem::Problem,
    time::Calendar,
};
use std::sync::Arc;
use subscriber::Subscriber;
use topics::{TopicKey, Topics};

/// Opens boards and keeps them up to date; cheap to clone.
#[derive(Clone)]
pub struct Live {
    sources: Arc<Sources>,
    topics: Arc<Topics>,
    company: Arc<Company>,
}

/// Where a board and its numbers come from.
struct Sources {
    access: Access,
    boards: Boards,
    metrics: Metrics,
    engine: QueryEngine,
    calendar: Calendar,
    clock: SharedClock,
}

impl Live {
    pub fn new(
        access: Access,
        boards: Boards,
        metrics: Metrics,
        engine: QueryEngine,
        calendar: Calendar,
        clock: SharedClock,
    ) -> Self {
        let sources = Arc::new(Sources { access, boards, metrics, engine, calendar, clock });
        Self { sources, topics: Arc::default(), company: Arc::default() }
    }

    /// The published board with all its frames as they are read: those that others who see the same are shown just now, or
    /// else from one batched request.
    pub async fn open_board(&self, who: &Principal, board: BoardId, reading: Reading) -> Result<BoardView, Problem> {
        let Sources { access, boards, metrics, calendar, clock, .. } = &*self.sources;
        let authorized = access.authorize_view(who, board).await?;
        let published = boards.published(&authorized).await?;
        let reading = published.board.accepted(reading);
        let key = TopicKey { board, version: published.version, scope: who.scope()?.clone(), reading };
        let asked = async {
            if let Some(answers) = self.topics.current(&key, metrics.edition(&key.scope)) {
                return answers.to_vec();
            }
            let read = published.board.read_with(&key.reading, &metrics.whole_catalogue(&key.scope));
            tiles::ask(&metrics.on_behalf_of(who), &key.scope, &read).await
        };
        let linked: Vec<BoardId> = published.board.tiles().iter().filter_map(|tile| tile.opens).collect();
        let asking = metrics.on_behalf_of(who);
        let choices = filter_choices::of_tiles(&asking, &key.scope, &published.board, &key.reading);
        let (links, answers, choices) = tokio::join!(boards.links(who, &linked), asked, choices);
        self.note_visit(authorized);
        Ok(BoardView {
            id: board,
            board: published.board,
            version: published.version,
            published_at: published.published_at,
            published_by: published.published_by,
            changes: published.changes,
            links: links?,
            choices,
            frames: answers.into_iter().map(tiles::Answered::into_tile_frame).collect(),
            calendar: *calendar,
            now: clock.now(),
            may_edit: who.require_editor().is_ok(),
        })
    }

    /// Notes that somebody opened a board. Nobody waits for it, and nothing hangs on it.
    fn note_visit(&self, board: Authorized<BoardId, View>) {
        let sources = Arc::clone(&self.sources);
        tokio::spawn(async move {
            if let Err(problem) = sources.boards.note_visit(&board).await {
                tracing::warn!(board = %board.thing(), ?problem, "an opened board was not noted");
            }
        });
    }

    /// What a filter of a published board offers to whoever reads it: values that occur within their scope, beside what
    /// they chose in the other filters.
    pub async fn filter_choices(
        &self,
        who: &Principal,
        board: BoardId,
        dimension: &DimensionId,
        reading: Reading,
        search: &str,
    ) -> Result<Vec<String>, Problem> {
        let Sources { access, boards, metrics, .. } = &*self.sources;
        let authorized = access.authorize_view(who, board).await?;
        let board = boards.published(&authorized).await?.board;
        filter_choices::of(
            &metrics.on_behalf_of(who),
            who.scope()?,
            &board,
            dimension,
            &board.accepted(reading),
            search,
        )
        .await
    }

    /// SSE bytes, encoded once per (board, version, scope, reading) and tick; ends when the session ends or loses the board, and
    /// when another version than the one `shown` is published, be it before the stream was opened.
    pub async fn stream(
        &self,
        session: SessionToken,
        board: BoardId,
        shown: Option<i32>,
        reading: Reading,
    ) -> Result<impl futures::Stream<Item = Bytes> + Send + 'static, Problem> {
        let subscriber =
            Subscriber::open(self.sources.clone(), self.topics.clone(), session, board, shown, reading).await?;
        Ok(futures::stream::unfold(subscriber, Subscriber::next))
    }

    /// SSE bytes of a draft while it is edited: the draft itself whenever it has moved on and, for a tab that is worked in,
    /// who else is there. Ends when the session ends or may no longer edit the board.
    pub async fn stream_draft(
        &self,
        session: SessionToken,
        board: BoardId,
        tab: Option<TabId>,
    ) -> Result<impl futures::Stream<Item = Bytes> + Send + 'static, Problem> {
        let stream = DraftStream::open(self.sources.clone(), &self.company, session, board, tab).await?;
        Ok(futures::stream::unfold(stream, DraftStream::next))
    }

    /// Tells the others what an editor has selected in a tab.
    pub fn select(&self, board: &Authorized<BoardId, Edit>, tab: TabId, tiles: Vec<TileId>) {
        self.company.select(board.thing(), tab, board.who().user(), tiles);
    }

    /// How many (board, version, scope, reading) are being watched just now.
    pub fn topics(&self) -> usize {
        self.topics.count()
    }
}
