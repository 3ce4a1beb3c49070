//! The threads that answer statements, and the one that ends those which take too long.

use super::{open::another, reading, settings::StoreSettings};
use crate::{
    events::{EngineError, GrowingResultSet, ResultSet},
    metrics::Bind,
    postgres::Failure,
};
use ::duckdb::{Connection, InterruptHandle, ToSql};
use crossbeam_channel::{Receiver, Sender, TrySendError};
use parking_lot::{Condvar, Mutex};
use std::{
    sync::{
        Arc, Weak,
        atomic::{AtomicU64, Ordering},
    },
    thread,
    time::{Duration, Instant},
};
use tokio::sync::oneshot;

/// A statement on its way to a reader.
struct Question {
    id: u64,
    text: String,
    binds: Vec<Bind>,
    expires: Instant,
    answer: oneshot::Sender<Result<ResultSet, EngineError>>,
}

/// A fixed set of reading threads behind one bounded queue.
pub(super) struct Readers {
    questions: Sender<Question>,
    deadline: Duration,
    timer: Arc<Timer>,
    asked: AtomicU64,
}

/// Whoever waits for an answer. Going away without one ends the statement.
struct Waiting<'a> {
    id: u64,
    timer: &'a Timer,
    arrives: oneshot::Receiver<Result<ResultSet, EngineError>>,
}

impl Drop for Waiting<'_> {
    fn drop(&mut self) {
        // In this order: what is not on the timer yet finds that nobody waits.
        self.arrives.close();
        self.timer.give_up(self.id);
    }
}

impl Readers {
    pub(super) fn start(connection: &Connection, settings: &StoreSettings) -> Result<Self, Failure> {
        let (questions, inbox) = crossbeam_channel::bounded(settings.waiting);
        let timer = Arc::new(Timer::default());
        Timer::start(&timer)?;
        for number in 0..settings.readers() {
            let reader = Reader {
                // A connection to make others from: the one in use may have to be thrown away.
                origin: another(connection)?,
                deadline: settings.deadline,
                most_rows: settings.most_rows,
                timer: timer.clone(),
            };
            let inbox = inbox.clone();
            thread::Builder::new().name(format!("events-read-{number}")).spawn(move || reader.serve(&inbox))?;
        }
        Ok(Self { questions, deadline: settings.deadline, timer, asked: AtomicU64::new(0) })
    }

    /// How many statements run.
    #[cfg(test)]
    pub(super) fn running(&self) -> usize {
        self.timer.running.lock().len()
    }

    pub(super) async fn run(&self, text: String, binds: Vec<Bind>) -> Result<ResultSet, EngineError> {
        let (answer, arrives) = oneshot::channel();
        let (id, expires) = (self.asked.fetch_add(1, Ordering::Relaxed), Instant::now() + self.deadline);
        let mut waiting = Waiting { id, timer: &self.timer, arrives };
        self.questions.try_send(Question { id, text, binds, expires, answer }).map_err(|refused| match refused {
            TrySendError::Full(_) => EngineError::Overloaded,
            TrySendError::Disconnected(_) => EngineError::Failed("no reader of the event store is left".into()),
        })?;
        (&mut waiting.arrives)
            .await
            .unwrap_or_else(|_| Err(EngineError::Failed("a reader of the event store stopped".into())))
    }
}

struct Reader {
    origin: Connection,
    deadline: Duration,
    most_rows: usize,
    timer: Arc<Timer>,
}

impl Reader {
    fn serve(self, inbox: &Receiver<Question>) {
        let mut connection = None;
        while let Ok(question) = inbox.recv() {
            // Whoever asked may have gone while it waited.
            if question.answer.is_closed() {
                continue;
            }
            let outcome = self.answer(&mut connection, &question);
            let _ = question.answer.send(outcome);
        }
    }

    fn answer(&self, slot: &mut Option<Connection>, question: &Question) -> Result<ResultSet, EngineError> {
        if question.expires <= Instant::now() {
            return Err(EngineError::TimedOut(self.deadline));
        }
        let connection = match slot.take() {
            Some(connection) => connection,
            None => another(&self.origin)?,
        };
        let watch = self.timer.watch(question.id, question.expires, connection.interrupt_handle());
        // Whoever goes from now on finds the statement on the timer.
        let outcome = if question.answer.is_closed() {
            Ok(ResultSet::default())
        } else {
            read(&connection, question, self.most_rows)
        };
        if watch.ended_by_timer() {
            // An interrupt that came late would hit the next statement: this connection is not used again.
            return Err(EngineError::TimedOut(self.deadline));
        }
        *slot = Some(connection);
        outcome
    }
}

fn read(connection: &Connection, question: &Question, most_rows: usize) -> Result<ResultSet, EngineError> {
    let mut statement = connection.prepare_cached(&question.text)?;
    let binds: Vec<&dyn ToSql> = question
        .binds
        .iter()
        .map(|bind| match bind {
            Bind::Integer(number) => number as &dyn ToSql,
            Bind::Text(text) => text as &dyn ToSql,
        })
        .collect();
    let columns = statement.query_arrow(binds.as_slice())?.get_schema().fields().len();
    let mut growing = GrowingResultSet::new(columns);
    // Asked for chunk by chunk here, since the iterator panics where one cannot be had.
    while let Some(chunk) = statement.step()? {
        reading::append(&mut growing, &chunk)?;
        if growing.row_count() > most_rows {
            return Err(EngineError::TooManyRows(most_rows));
        }
    }
    Ok(growing.whole())
}

/// Interrupts statements at their deadlines, and those that nobody waits for; one thread for all readers.
#[derive(Default)]
struct Timer {
    running: Mutex<Vec<Statement>>,
    changed: Condvar,
}

struct Statement {
    id: u64,
    expires: Instant,
    interrupt: Arc<InterruptHandle>,
    is_interrupted: bool,
}

impl Timer {
    fn start(timer: &Arc<Self>) -> Result<(), Failure> {
        let timer = Arc::downgrade(timer);
        thread::Builder::new().name("events-deadline".to_owned()).spawn(move || Self::tick(&timer))?;
        Ok(())
    }

    fn watch(self: &Arc<Self>, id: u64, expires: Instant, interrupt: Arc<InterruptHandle>) -> Watch {
        self.running.lock().push(Statement { id, expires, interrupt, is_interrupted: false });
        self.changed.notify_one();
        Watch { timer: self.clone(), id }
    }

    /// Nobody waits for that statement any longer.
    fn give_up(&self, id: u64) {
        let mut running = self.running.lock();
        if let Some(statement) = running.iter_mut().find(|statement| statement.id == id) {
            statement.expires = Instant::now();
            self.changed.notify_one();
        }
    }

    /// Ends when no reader is left.
    fn tick(timer: &Weak<Self>) {
        const IDLE: Duration = Duration::from_secs(1);
        // DuckDB forgets an interrupt that comes just before a statement begins, so it is told again until it has ended.
        const AGAIN: Duration = Duration::from_millis(10);
        while let Some(timer) = timer.upgrade() {
            let mut running = timer.running.lock();
            let now = Instant::now();
            for statement in running.iter_mut().filter(|statement| statement.expires <= now) {
                statement.is_interrupted = true;
                statement.interrupt.interrupt();
            }
            let left = |statement: &Statement| statement.expires.saturating_duration_since(now);
            let wait = running.iter().map(|one| if one.is_interrupted { AGAIN } else { left(one) });
            let wait = wait.min().unwrap_or(IDLE).min(IDLE);
            timer.changed.wait_for(&mut running, wait);
        }
    }
}

/// One running statement, as the timer sees it.
struct Watch {
    timer: Arc<Timer>,
    id: u64,
}

impl Watch {
    /// Takes the statement off the timer; true where the timer was faster.
    fn ended_by_timer(self) -> bool {
        let mut running = self.timer.running.lock();
        let place = running.iter().position(|statement| statement.id == self.id);
        place.is_none_or(|place| running.swap_remove(place).is_interrupted)
    }
}
