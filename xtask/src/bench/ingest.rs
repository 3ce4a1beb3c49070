//! Events accepted durably, as many as come through.

use super::{
    client::{Client, now_ms},
    processor::{cores_since, processor_time},
    server::BenchServer,
    table::Row,
};
use anyhow::{Result, anyhow};
use std::{
    fmt::Write,
    sync::atomic::{AtomicBool, AtomicU64, Ordering},
    thread,
    time::{Duration, Instant},
};

const SENDERS: usize = 4;
pub(crate) const BATCH: u64 = 500;
const PROVINCES: [&str; 8] = ["ZJ", "GD", "SD", "HA", "JS", "SC", "BJ", "SH"];
const PROMISED: f64 = 25_000.0;

/// Native events of many sessions, `count` lines from the number `first` on.
pub(crate) fn lines(first: u64, count: u64, at_ms: i64) -> String {
    let mut lines = String::with_capacity(count as usize * 330);
    for number in first..first + count {
        // Four events make a session: asked for, playing, playing on, left.
        let (session, step) = (number / 4, number % 4);
        let state = ["s", "p", "p", "q"].get(step as usize).copied().unwrap_or("q");
        let province = PROVINCES.get((session % 8) as usize).copied().unwrap_or("ZJ");
        // Writing to a string can't fail.
        let _ = writeln!(
            lines,
            r#"{{"event_id":"b{number}","ts_event":{},"event_class":"play","sid":"b{session}","household_id":"h{}","province":"{province}","isp":"ct","platform":"stb","app_version":"6.2.1","content_id":"t{}","genre":"电视剧","view_mode":"vod","cdn_vendor":"ctyun","play_state":"{state}","position_ms":{},"bitrate_kbps":6000}}"#,
            at_ms + step as i64 * 5_000,
            session % 100_000,
            session % 2_000,
            step * 5_000,
        );
    }
    lines
}

pub(crate) fn measure(server: &BenchServer, seconds: u64) -> Result<Vec<Row>> {
    let client = Client::new(server, server.write_key("bench ingest")?);
    let next = AtomicU64::new(0);
    let taken = AtomicU64::new(0);
    let over = AtomicBool::new(false);
    let (own_before, server_before) = (processor_time(std::process::id())?, processor_time(server.pid())?);
    let began = Instant::now();
    let send = || -> Result<()> {
        while !over.load(Ordering::Relaxed) {
            let first = next.fetch_add(BATCH, Ordering::Relaxed);
            taken.fetch_add(client.send(&lines(first, BATCH, now_ms() - 60_000))?, Ordering::Relaxed);
        }
        Ok(())
    };
    thread::scope(|scope| {
        let senders: Vec<_> = (0..SENDERS).map(|_| scope.spawn(send)).collect();
        thread::sleep(Duration::from_secs(seconds));
        over.store(true, Ordering::Relaxed);
        senders.into_iter().try_for_each(|sender| sender.join().map_err(|_| anyhow!("a sender died"))?)
    })?;
    let elapsed = began.elapsed().as_secs_f64();
    let own = cores_since(std::process::id(), own_before, elapsed)?;
    let servers = cores_since(server.pid(), server_before, elapsed)?;
    let rate = taken.load(Ordering::Relaxed) as f64 / elapsed;
    Ok(vec![
        Row::against("events accepted durably over HTTP", format!("{rate:.0} /s"), "≥ 25,000 /s", rate >= PROMISED),
        Row::noted("… cores taken meanwhile", format!("generator {own:.2}, server {servers:.2}")),
    ])
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::Value;

    #[test]
    fn every_line_is_an_event_of_its_own() {
        let written = lines(6, 4, 1_000);
        let events: Vec<Value> = written.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        assert_eq!(events.len(), 4);
        assert_eq!(events[0]["event_id"], "b6");
        assert_eq!((&events[1]["sid"], &events[2]["sid"]), (&Value::from("b1"), &Value::from("b2")));
    }
}
