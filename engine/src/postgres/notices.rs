//! What other connections changed, as PostgreSQL tells it (`LISTEN`/`NOTIFY`; the triggers stand in the migrations).

use parking_lot::Mutex;
use sqlx::{
    PgPool,
    postgres::{PgListener, PgNotification},
};
use std::{sync::Arc, time::Duration};
use tokio::{sync::broadcast, time::timeout};
use tokio_util::task::AbortOnDropHandle;
use uuid::Uuid;

const RIGHTS: &str = "lingdong_rights";
const BOARD: &str = "lingdong_board";
const METRICS: &str = "lingdong_metrics";
/// After so long without a notice the connection is asked whether it still lives: a cable that was pulled says nothing.
const QUIET_SPELL: Duration = Duration::from_secs(10);
const ANSWER_WITHIN: Duration = Duration::from_secs(5);
const RECONNECT_AFTER: Duration = Duration::from_millis(250);
/// Notices a slow subscriber may fall behind before it has to assume that anything changed.
const BACKLOG: usize = 4096;

/// One change, or a change of what we can know about changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Notice {
    /// From here on every change is told. What happened before may have been missed.
    Listening,
    /// From here on changes are missed.
    Interrupted,
    /// The rights of this user moved.
    RightsOf(i32),
    /// Anybody's rights may have moved.
    RightsOfAll,
    /// This board was edited, published or deleted.
    Board(Uuid),
    /// The own metrics of this organisation moved.
    OwnMetrics(i32),
}

/// The stream of notices; one connection for the whole program.
#[derive(Debug, Clone)]
pub struct Notices {
    told: Arc<Told>,
    _listener: Arc<AbortOnDropHandle<()>>,
}

#[derive(Debug)]
struct Told {
    sender: broadcast::Sender<Notice>,
    /// Held while sending, so that a subscriber learns the state and misses nothing after it.
    listening: Mutex<bool>,
}

impl Notices {
    /// Starts listening on a connection of the pool, and goes on until the pool closes or the last handle is dropped.
    pub(super) fn start(pool: PgPool) -> Self {
        let told = Arc::new(Told { sender: broadcast::Sender::new(BACKLOG), listening: Mutex::new(false) });
        let listener = tokio::spawn(listen(pool, Arc::clone(&told)));
        Self { told, _listener: Arc::new(AbortOnDropHandle::new(listener)) }
    }

    /// Whether changes are being told now, and every notice from now on.
    pub fn subscribe(&self) -> (bool, broadcast::Receiver<Notice>) {
        let listening = self.told.listening.lock();
        (*listening, self.told.sender.subscribe())
    }
}

impl Told {
    fn tell(&self, notice: Notice) {
        let mut listening = self.listening.lock();
        match notice {
            Notice::Listening => *listening = true,
            Notice::Interrupted => *listening = false,
            Notice::RightsOf(_) | Notice::RightsOfAll | Notice::Board(_) | Notice::OwnMetrics(_) => {}
        }
        // Nobody may be listening to us yet.
        let _ = self.sender.send(notice);
    }
}

async fn listen(pool: PgPool, told: Arc<Told>) {
    while !pool.is_closed() {
        match connect(&pool).await {
            Ok(listener) => {
                told.tell(Notice::Listening);
                let end = relay(listener, &told).await;
                told.tell(Notice::Interrupted);
                match end {
                    Err(sqlx::Error::PoolClosed) => return,
                    Err(error) => {
                        tracing::warn!(%error, "the connection for change notices broke; reconnecting");
                    }
                    Ok(()) => {
                        tracing::warn!("the connection for change notices ended; reconnecting");
                    }
                }
            }
            Err(sqlx::Error::PoolClosed) => return,
            Err(error) => tracing::warn!(%error, "can't listen for change notices; trying again"),
        }
        tokio::time::sleep(RECONNECT_AFTER).await;
    }
}

async fn connect(pool: &PgPool) -> Result<PgListener, sqlx::Error> {
    let mut listener = PgListener::connect_with(pool).await?;
    // A silent reconnection would hide that notices were missed.
    listener.eager_reconnect(false);
    listener.listen_all([RIGHTS, BOARD, METRICS]).await?;
    Ok(listener)
}

/// Passes notices on until the connection ends.
#[allow(clippy::disallowed_methods)] // it asks for nothing, so there is nothing to check
async fn relay(mut listener: PgListener, told: &Told) -> Result<(), sqlx::Error> {
    loop {
        match timeout(QUIET_SPELL, listener.try_recv()).await {
            Ok(Ok(Some(notification))) => {
                if let Some(notice) = read(&notification) {
                    told.tell(notice);
                }
            }
            Ok(Ok(None)) => return Ok(()),
            Ok(Err(error)) => return Err(error),
            Err(_quiet) => {
                let answer = timeout(ANSWER_WITHIN, sqlx::query("select 1").execute(&mut listener)).await;
                answer.map_err(|_| sqlx::Error::Io(std::io::ErrorKind::TimedOut.into()))??;
            }
        }
    }
}

fn read(notification: &PgNotification) -> Option<Notice> {
    let payload = notification.payload();
    match notification.channel() {
        // Whatever can't be read as one user concerns everybody: too much is forgotten rather than too little.
        RIGHTS => Some(payload.parse().map_or(Notice::RightsOfAll, Notice::RightsOf)),
        BOARD => payload.parse().ok().map(Notice::Board),
        METRICS => payload.parse().ok().map(Notice::OwnMetrics),
        _ => None,
    }
}
