//! The threads that answer statements, and the one that ends those which take too long.

use super::settings::StoreSettings;
use crate::{
    events::{EngineError, ResultSet, Value},
    metrics::Bind,
    postgres::Failure,
};
use ::duckdb::{Connection, InterruptHandle, ToSql, types::ValueRef};
use crossbeam_channel::{Receiver, Sender, TrySendError};
use parking_lot::{Condvar, Mutex};
use std::{
    sync::{Arc, Weak},
    thread,
    time::{Duration, Instant},
};
use tokio::sync::oneshot;

/// A statement on its way to a reader.
struct Question {
    text: String,
    binds: Vec<Bind>,
    expires: Instant,
    answer: oneshot::Sender<Result<ResultSet, EngineError>>,
}

/// A fixed set of reading threads behind one bounded queue.
pub(super) struct Readers {
    questions: Sender<Question>,
    deadline: Duration,
}

impl Readers {
    pub(super) fn start(connection: &Connection, settings: &StoreSettings) -> Result<Self, Failure> {
        let (questions, inbox) = crossbeam_channel::bounded(settings.waiting);
        let timer = Arc::new(Timer::default());
        Timer::start(&timer)?;
        for number in 0..settings.readers() {
            let reader = Reader {
                // A connection to make others from: the one in use may have to be thrown away.
                origin: connection.try_clone()?,
                deadline: settings.deadline,
                timer: timer.clone(),
            };
            let inbox = inbox.clone();
            thread::Builder::new().name(format!("events-read-{number}")).spawn(move || reader.serve(&inbox))?;
        }
        Ok(Self { questions, deadline: settings.deadline })
    }

    pub(super) async fn run(&self, text: String, binds: Vec<Bind>) -> Result<ResultSet, EngineError> {
        let (answer, arrives) = oneshot::channel();
        let expires = Instant::now() + self.deadline;
        self.questions.try_send(Question { text, binds, expires, answer }).map_err(|refused| match refused {
            TrySendError::Full(_) => EngineError::Overloaded,
            TrySendError::Disconnected(_) => EngineError::Failed("no reader of the event store is left".into()),
        })?;
        arrives.await.unwrap_or_else(|_| Err(EngineError::Failed("a reader of the event store stopped".into())))
    }
}

struct Reader {
    origin: Connection,
    deadline: Duration,
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
            None => self.origin.try_clone()?,
        };
        let watch = self.timer.watch(question.expires, connection.interrupt_handle());
        let outcome = read(&connection, question);
        if watch.ended_by_timer() {
            // An interrupt that came late would hit the next statement: this connection is not used again.
            return Err(EngineError::TimedOut(self.deadline));
        }
        *slot = Some(connection);
        outcome
    }
}

fn read(connection: &Connection, question: &Question) -> Result<ResultSet, EngineError> {
    let mut statement = connection.prepare_cached(&question.text)?;
    let binds: Vec<&dyn ToSql> = question
        .binds
        .iter()
        .map(|bind| match bind {
            Bind::Integer(number) => number as &dyn ToSql,
            Bind::Text(text) => text as &dyn ToSql,
        })
        .collect();
    let mut found = statement.query(binds.as_slice())?;
    let columns = found.as_ref().map_or(0, ::duckdb::Statement::column_count);
    let mut rows = Vec::new();
    while let Some(row) = found.next()? {
        let cells = (0..columns).map(|index| value(row.get_ref(index)?)).collect::<Result<_, EngineError>>()?;
        rows.push(cells);
    }
    Ok(ResultSet { rows })
}

fn value(cell: ValueRef<'_>) -> Result<Value, EngineError> {
    Ok(match cell {
        ValueRef::Null => Value::Null,
        ValueRef::Boolean(flag) => Value::Bool(flag),
        ValueRef::TinyInt(number) => Value::Integer(number.into()),
        ValueRef::SmallInt(number) => Value::Integer(number.into()),
        ValueRef::Int(number) => Value::Integer(number.into()),
        ValueRef::BigInt(number) => Value::Integer(number),
        // Sums of BIGINT columns are 128 bits wide.
        ValueRef::HugeInt(number) => i64::try_from(number).map_or(Value::Float(number as f64), Value::Integer),
        ValueRef::UTinyInt(number) => Value::Integer(number.into()),
        ValueRef::USmallInt(number) => Value::Integer(number.into()),
        ValueRef::UInt(number) => Value::Integer(number.into()),
        ValueRef::UBigInt(number) => i64::try_from(number).map_or(Value::Float(number as f64), Value::Integer),
        ValueRef::Float(number) => Value::Float(number.into()),
        ValueRef::Double(number) => Value::Float(number),
        ValueRef::Text(bytes) => Value::Text(String::from_utf8_lossy(bytes).into_owned()),
        other => {
            return Err(EngineError::Failed(format!("a column of type {} is not read", other.data_type()).into()));
        }
    })
}

/// Interrupts statements at their deadlines; one thread for all readers.
#[derive(Default)]
struct Timer {
    running: Mutex<Running>,
    changed: Condvar,
}

#[derive(Default)]
struct Running {
    next_id: u64,
    statements: Vec<Statement>,
}

struct Statement {
    id: u64,
    expires: Instant,
    interrupt: Arc<InterruptHandle>,
}

impl Timer {
    fn start(timer: &Arc<Self>) -> Result<(), Failure> {
        let timer = Arc::downgrade(timer);
        thread::Builder::new().name("events-deadline".to_owned()).spawn(move || Self::tick(&timer))?;
        Ok(())
    }

    fn watch(self: &Arc<Self>, expires: Instant, interrupt: Arc<InterruptHandle>) -> Watch {
        let mut running = self.running.lock();
        running.next_id += 1;
        let id = running.next_id;
        running.statements.push(Statement { id, expires, interrupt });
        self.changed.notify_one();
        Watch { timer: self.clone(), id }
    }

    /// Ends when no reader is left.
    fn tick(timer: &Weak<Self>) {
        const IDLE: Duration = Duration::from_secs(1);
        while let Some(timer) = timer.upgrade() {
            let mut running = timer.running.lock();
            let now = Instant::now();
            running.statements.retain(|statement| {
                let in_time = now < statement.expires;
                if !in_time {
                    statement.interrupt.interrupt();
                }
                in_time
            });
            let first = running.statements.iter().map(|statement| statement.expires).min();
            let wait = first.map_or(IDLE, |expires| expires.saturating_duration_since(now).min(IDLE));
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
        let before = running.statements.len();
        running.statements.retain(|statement| statement.id != self.id);
        running.statements.len() == before
    }
}
