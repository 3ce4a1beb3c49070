//! The one thread that makes requests durable, many at a time.

use super::{
    ledger::{Ledger, Submission},
    pipeline::Work,
};
use crate::postgres::Failure;
use crossbeam_channel::{Receiver, Sender};
use model::time::Day;
use parking_lot::Mutex;
use std::{collections::VecDeque, sync::Arc, thread, time::Instant};
use tokio::sync::oneshot;

/// How many records one group commit takes at most, refused ones included, besides those of its last request.
const GROUP_RECORDS: usize = 20_000;

/// Accepted and duplicates of one request.
pub(super) type Counts = (usize, usize);

pub(super) enum Request {
    Admit(Submission, oneshot::Sender<Result<Counts, String>>),
    /// Passed on behind what came before it.
    Flush(oneshot::Sender<()>),
    Stop(oneshot::Sender<()>),
}

/// What is durable, but not in the event store yet.
#[derive(Debug, Default)]
pub(super) struct Pending(Mutex<VecDeque<(Instant, usize)>>);

impl Pending {
    pub(super) fn events(&self) -> usize {
        self.0.lock().iter().map(|(_, events)| events).sum()
    }

    pub(super) fn oldest(&self) -> Option<Instant> {
        self.0.lock().front().map(|(since, _)| *since)
    }

    fn arrived(&self, events: usize) {
        self.0.lock().push_back((Instant::now(), events));
    }

    /// Takes the oldest batches off.
    pub(super) fn applied(&self, batches: usize) {
        let mut pending = self.0.lock();
        for _ in 0..batches {
            pending.pop_front();
        }
    }
}

/// Up to where the main file of the event store holds the log, and on which day that was.
#[derive(Debug, Default)]
pub(super) struct Checkpointed(Mutex<Option<(u64, Day)>>);

impl Checkpointed {
    pub(super) fn set(&self, until_sequence: u64, today: Day) {
        *self.0.lock() = Some((until_sequence, today));
    }
}

/// Starts the thread; it ends with [`Request::Stop`], or when no one can send any more.
pub(super) fn start(
    mut ledger: Ledger,
    requests: Receiver<Request>,
    pipeline: Sender<Work>,
    pending: Arc<Pending>,
    checkpointed: Arc<Checkpointed>,
) -> Result<(), Failure> {
    let serve = move || {
        let mut waiting = None;
        while let Some(request) = waiting.take().or_else(|| requests.recv().ok()) {
            match request {
                Request::Admit(submission, answer) => {
                    let first = (submission, answer);
                    waiting = admit(&mut ledger, first, &requests, &pipeline, &pending);
                    trim(&mut ledger, &checkpointed);
                }
                Request::Flush(done) => {
                    let _ = pipeline.send(Work::Flush(done));
                }
                Request::Stop(done) => {
                    drop(ledger);
                    let _ = pipeline.send(Work::Stop(done));
                    return;
                }
            }
        }
    };
    thread::Builder::new().name("ingest-log".to_owned()).spawn(serve)?;
    Ok(())
}

fn trim(ledger: &mut Ledger, checkpointed: &Checkpointed) {
    let Some((until_sequence, today)) = checkpointed.0.lock().take() else {
        return;
    };
    if let Err(error) = ledger.trim(until_sequence, today) {
        tracing::error!(error = %error, "the ingest log could not be trimmed; it grows until it can");
    }
}

type Waiting = (Submission, oneshot::Sender<Result<Counts, String>>);

/// Commits a submission together with those that wait behind it; returns the next request that is something else.
fn admit(
    ledger: &mut Ledger,
    first: Waiting,
    requests: &Receiver<Request>,
    pipeline: &Sender<Work>,
    pending: &Pending,
) -> Option<Request> {
    let mut records = first.0.records();
    let (mut group, mut answers) = (vec![first.0], vec![first.1]);
    let mut next = None;
    while records < GROUP_RECORDS {
        match requests.try_recv() {
            Ok(Request::Admit(submission, answer)) => {
                records += submission.records();
                group.push(submission);
                answers.push(answer);
            }
            Ok(other) => {
                next = Some(other);
                break;
            }
            Err(_) => break,
        }
    }
    match ledger.commit(group) {
        Ok(committed) => {
            if !committed.events.is_empty() {
                pending.arrived(committed.events.len());
                let _ = pipeline.send(Work::Batch { sequence: committed.sequence, events: committed.events });
            }
            for (answer, counts) in answers.into_iter().zip(committed.counts) {
                let _ = answer.send(Ok(counts));
            }
        }
        Err(error) => {
            tracing::error!(error = %error, "the ingest log cannot be written: no event is accepted");
            for answer in answers {
                let _ = answer.send(Err(error.to_string()));
            }
        }
    }
    next
}
