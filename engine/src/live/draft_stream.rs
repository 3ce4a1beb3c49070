//! One open builder, or preview: it hears of every edit, whoever made it, and a builder of who else is there.

use super::{
    Sources,
    company::{Company, Seated},
    encoding,
};
use crate::access::{Authorized, Edit, SessionToken};
use bytes::Bytes;
use model::{
    board::{BoardId, TabId},
    problem::{Problem, ProblemCode},
};
use serde::Serialize;
use std::{sync::Arc, time::Duration};
use tokio::{
    sync::{
        broadcast::{self, error::RecvError},
        watch,
    },
    time::{Instant, Interval, MissedTickBehavior},
};

const HEARTBEAT_EVERY: Duration = Duration::from_secs(15);
/// Browsers that lost the server come back after this.
const RETRY: Duration = Duration::from_secs(2);

pub(super) struct DraftStream {
    sources: Arc<Sources>,
    session: SessionToken,
    board: BoardId,
    changes: broadcast::Receiver<BoardId>,
    epochs: watch::Receiver<u64>,
    /// Nobody sees who only looks on.
    seated: Option<Seated>,
    heartbeat: Interval,
    /// The version of the draft and the published one that were sent last.
    sent: Option<(i64, Option<i32>, bool)>,
    next: Next,
}

/// What is said next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Next {
    Greeting,
    Company,
    Draft,
    Whatever,
    Nothing,
}

impl DraftStream {
    pub(super) async fn open(
        sources: Arc<Sources>,
        company: &Arc<Company>,
        session: SessionToken,
        board: BoardId,
        tab: Option<TabId>,
    ) -> Result<Self, Problem> {
        let changes = sources.boards.changes();
        let mut epochs = sources.access.epochs();
        epochs.mark_unchanged();
        let who = sources.access.principal_of_session(&session).await?;
        sources.access.authorize_edit(&who, board).await?;
        let seated = tab.map(|tab| company.enter(board, tab, who.user(), &who.account().name));
        let mut heartbeat = tokio::time::interval_at(Instant::now() + HEARTBEAT_EVERY, HEARTBEAT_EVERY);
        heartbeat.set_missed_tick_behavior(MissedTickBehavior::Delay);
        Ok(Self { sources, session, board, changes, epochs, seated, heartbeat, sent: None, next: Next::Greeting })
    }

    /// The next bytes, and the stream after them; `None` at its end.
    pub(super) async fn next(mut self) -> Option<(Bytes, Self)> {
        loop {
            match self.next {
                Next::Nothing => return None,
                Next::Greeting => {
                    self.next = Next::Draft;
                    return Some((encoding::retry_after(RETRY), self));
                }
                Next::Draft => match self.draft().await {
                    Ok(Some(bytes)) => {
                        self.next = Next::Company;
                        return Some((bytes, self));
                    }
                    Ok(None) => self.next = Next::Whatever,
                    Err(problem) => {
                        let last_word = last_word(&problem)?;
                        self.next = Next::Nothing;
                        return Some((last_word, self));
                    }
                },
                Next::Company => {
                    self.next = Next::Whatever;
                    if let Some(seated) = &mut self.seated {
                        let bytes = event("company", &seated.others())?;
                        return Some((bytes, self));
                    }
                }
                Next::Whatever => {
                    if let Some(bytes) = self.whatever_comes().await {
                        return Some((bytes, self));
                    }
                }
            }
        }
    }

    /// Waits for something to happen; says so at once where that needs no look at the draft.
    async fn whatever_comes(&mut self) -> Option<Bytes> {
        tokio::select! {
            changed = self.changes.recv() => match changed {
                Ok(board) if board == self.board => self.next = Next::Draft,
                Ok(_) => {}
                Err(RecvError::Lagged(_)) => self.next = Next::Draft,
                Err(RecvError::Closed) => self.next = Next::Nothing,
            },
            moved = self.epochs.changed() => match moved {
                // Somebody's rights have moved; these may be among them.
                Ok(()) => self.next = Next::Draft,
                Err(_) => self.next = Next::Nothing,
            },
            () = somebody_moves(self.seated.as_mut()) => self.next = Next::Company,
            _ = self.heartbeat.tick() => {
                // Sessions and grants also end by time.
                self.next = Next::Draft;
                return Some(encoding::HEARTBEAT);
            }
        }
        None
    }

    /// The draft as this editor sees it, where it is another one than was sent last.
    async fn draft(&mut self) -> Result<Option<Bytes>, Problem> {
        let draft = self.sources.boards.draft(&self.proof().await?).await?;
        let now = (draft.version, draft.published, draft.has_unpublished_edits);
        if self.sent == Some(now) {
            return Ok(None);
        }
        self.sent = Some(now);
        Ok(event("draft", &draft))
    }

    async fn proof(&self) -> Result<Authorized<BoardId, Edit>, Problem> {
        let who = self.sources.access.principal_of_session(&self.session).await?;
        self.sources.access.authorize_edit(&who, self.board).await
    }
}

/// Waits until somebody comes, goes, or selects something else; without a seat for ever.
async fn somebody_moves(seated: Option<&mut Seated>) {
    match seated {
        Some(seated) => seated.changed().await,
        None => std::future::pending().await,
    }
}

/// What is said before the stream ends; `None` where the browser is to come back by itself.
fn last_word(problem: &Problem) -> Option<Bytes> {
    let passes_by_itself =
        [ProblemCode::Unavailable, ProblemCode::Overloaded, ProblemCode::TimedOut, ProblemCode::Internal];
    if problem.code == ProblemCode::SignInRequired {
        Some(encoding::SIGNED_OUT)
    } else if passes_by_itself.contains(&problem.code) {
        None
    } else {
        Some(encoding::RIGHTS)
    }
}

fn event<T: Serialize>(name: &str, data: &T) -> Option<Bytes> {
    let json = serde_json::to_string(data).ok()?;
    Some(Bytes::from(format!("event: {name}\ndata: {json}\n\n")))
}
