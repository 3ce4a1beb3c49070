//! The server is killed while it takes events in, again and again: nothing acknowledged may be lost, and nothing that
//! is sent again may count twice.

use super::{client::Client, server::BenchServer, table::Row, visible::play};
use crate::progress::Step;
use anyhow::{Context, Result, ensure};
use std::{
    sync::atomic::{AtomicU64, Ordering},
    thread,
    time::{Duration, Instant},
};

const CONTENT: &str = "crash";
const PLAYS_AT_ONCE: u64 = 20;
const SHORTEST_LIFE: Duration = Duration::from_millis(300);
/// Each cycle is a little longer than the one before, so that the kill meets every stage of a batch.
const LIFE_STEP: Duration = Duration::from_millis(37);
const SETTLED: Duration = Duration::from_secs(30);
const GLANCE: Duration = Duration::from_millis(50);

pub(crate) fn measure(mut server: BenchServer, cycles: u32, step: &Step) -> Result<Vec<Row>> {
    let sender = Client::new(&server, server.write_key("bench crash")?);
    let reader = Client::new(&server, server.token()?);
    let mut sent = 0;
    let mut restarts = Vec::new();
    for cycle in 0..cycles {
        step.note(&format!("kill {} of {cycles}", cycle + 1));
        let acknowledged = AtomicU64::new(sent);
        let attempted = AtomicU64::new(sent);
        thread::scope(|scope| -> Result<()> {
            let sending = scope.spawn(|| send_until_refused(&sender, sent, &acknowledged, &attempted));
            thread::sleep(SHORTEST_LIFE + LIFE_STEP * (cycle % 30));
            let began = Instant::now();
            server.crash_and_restart()?;
            restarts.push(began.elapsed());
            ensure!(sending.join().is_ok(), "the sender died");
            Ok(())
        })?;
        let (acknowledged, attempted) = (acknowledged.into_inner(), attempted.into_inner());
        let found = settled(&reader, acknowledged)?;
        ensure!(found >= acknowledged, "cycle {cycle}: {acknowledged} plays were acknowledged and {found} are there");
        ensure!(found <= attempted, "cycle {cycle}: {attempted} plays were sent and {found} are there");
        // What a client without an answer does: everything again.
        for first in (sent..attempted).step_by(PLAYS_AT_ONCE as usize) {
            sender.send(&plays(first))?;
        }
        let found = settled(&reader, attempted)?;
        ensure!(found == attempted, "cycle {cycle}: {attempted} plays were sent, some twice, and {found} are there");
        sent = attempted;
    }
    let slowest = restarts.iter().max().copied().unwrap_or_default().as_secs_f64();
    Ok(vec![Row::against(
        "kill -9 in mid-ingest",
        format!("{cycles} cycles, {sent} plays: nothing lost, nothing twice; slowest restart {slowest:.1} s"),
        "nothing lost, nothing twice",
        true,
    )])
}

fn plays(first: u64) -> String {
    (first..first + PLAYS_AT_ONCE).map(|number| play(CONTENT, number)).collect()
}

fn send_until_refused(sender: &Client, from: u64, acknowledged: &AtomicU64, attempted: &AtomicU64) {
    let mut first = from;
    loop {
        attempted.store(first + PLAYS_AT_ONCE, Ordering::SeqCst);
        if sender.send(&plays(first)).is_err() {
            return;
        }
        first += PLAYS_AT_ONCE;
        acknowledged.store(first, Ordering::SeqCst);
    }
}

/// The plays that are there, once they are at least as many as expected or have not grown for long.
fn settled(reader: &Client, expected: u64) -> Result<u64> {
    let began = Instant::now();
    loop {
        let found = reader.plays_of(CONTENT).context("the killed server does not answer any more")?;
        if found >= expected || began.elapsed() > SETTLED {
            return Ok(found);
        }
        thread::sleep(GLANCE);
    }
}
