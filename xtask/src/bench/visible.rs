//! From the acknowledgement of an event to the first answer that counts it.

use super::{
    client::{Client, now_ms},
    ingest::{self, BATCH},
    processor::{cores_since, processor_time},
    server::BenchServer,
    table::{Row, milliseconds, quantile},
};
use anyhow::{Result, anyhow, ensure};
use std::{
    sync::atomic::{AtomicBool, AtomicU64, Ordering},
    thread,
    time::{Duration, Instant},
};

const SAMPLES: usize = 40;
const BETWEEN_SAMPLES: Duration = Duration::from_millis(370);
const GLANCE: Duration = Duration::from_millis(5);
const LONGEST: Duration = Duration::from_secs(30);
const SENDERS: u64 = 3;

/// A play of ten seconds, in three events.
pub(crate) fn play(content: &str, number: u64) -> String {
    let begin = now_ms() - 20_000;
    let event = |state: &str, after: i64| {
        format!(
            r#"{{"event_id":"{content}-{number}-{state}","ts_event":{},"event_class":"play","sid":"{content}-{number}","household_id":"{content}-{number}","province":"ZJ","content_id":"{content}","view_mode":"vod","play_state":"{state}"}}"#,
            begin + after
        )
    };
    [event("s", 0), event("p", 1_000), event("q", 11_000)].join("\n") + "\n"
}

pub(crate) fn measure(server: &BenchServer, rate: u64) -> Result<Vec<Row>> {
    let sender = Client::new(server, server.write_key("bench visible")?);
    let reader = Client::new(server, server.token()?);
    let quiet = samples(&sender, &reader, "quiet")?;
    let mut rows = vec![row("accepted → visible, quiet", &quiet, Duration::from_secs(1))];

    let over = AtomicBool::new(false);
    let sent = AtomicU64::new(0);
    let own_before = processor_time(std::process::id())?;
    let began = Instant::now();
    let (loaded, rate_reached, own) = thread::scope(|scope| -> Result<_> {
        let senders: Vec<_> = (0..SENDERS)
            .map(|which| {
                scope.spawn({
                    let (sender, over, sent) = (&sender, &over, &sent);
                    move || load(sender, which, rate, over, sent)
                })
            })
            .collect();
        let loaded = samples(&sender, &reader, "loaded");
        over.store(true, Ordering::Relaxed);
        let elapsed = began.elapsed().as_secs_f64();
        for sender in senders {
            sender.join().map_err(|_| anyhow!("a sender died"))??;
        }
        let own = cores_since(std::process::id(), own_before, elapsed)?;
        Ok((loaded?, sent.load(Ordering::Relaxed) as f64 / elapsed, own))
    })?;
    rows.push(row(&format!("accepted → visible at {rate_reached:.0} events/s"), &loaded, Duration::from_secs(2)));
    rows.push(Row::noted("… cores taken by generator and reader meanwhile", format!("{own:.2}")));
    Ok(rows)
}

fn row(what: &str, sorted: &[Duration], promised: Duration) -> Row {
    let (median, worst) = (quantile(sorted, 0.5), quantile(sorted, 0.99));
    let measured = format!("p50 {}, p99 {}", milliseconds(median), milliseconds(worst));
    Row::against(what, measured, format!("p99 ≤ {} s", promised.as_secs()), worst <= promised)
}

/// Delays of single plays, the shortest first.
fn samples(sender: &Client, reader: &Client, name: &str) -> Result<Vec<Duration>> {
    let mut delays = Vec::with_capacity(SAMPLES);
    for number in 0..SAMPLES as u64 {
        let content = format!("{name}-{number}");
        sender.send(&play(&content, number))?;
        let accepted = Instant::now();
        while reader.plays_of(&content)? == 0 {
            ensure!(accepted.elapsed() < LONGEST, "an accepted play was not visible after {LONGEST:?}");
            thread::sleep(GLANCE);
        }
        delays.push(accepted.elapsed());
        thread::sleep(BETWEEN_SAMPLES);
    }
    delays.sort_unstable();
    Ok(delays)
}

/// Sends its part of so many events a second, and never more to catch up than is due.
fn load(sender: &Client, which: u64, rate: u64, over: &AtomicBool, sent: &AtomicU64) -> Result<()> {
    let pause = Duration::from_secs_f64(BATCH as f64 * SENDERS as f64 / rate as f64);
    let began = Instant::now();
    let mut batches = 0_u32;
    while !over.load(Ordering::Relaxed) {
        let first = (u64::from(batches) * SENDERS + which) * BATCH;
        sent.fetch_add(sender.send(&ingest::lines(first, BATCH, now_ms() - 60_000))?, Ordering::Relaxed);
        batches += 1;
        thread::sleep((pause * batches).saturating_sub(began.elapsed()));
    }
    Ok(())
}
