//! The bench board: twelve queries in one request.

use crate::bench::client::{Client, Outcome};
use anyhow::{Result, bail, ensure};
use serde_json::{Value, json};
use std::time::{Duration, Instant};

const QUERIES: usize = 12;
const COLD_ROUNDS: i64 = 7;
const MOVING_ROUNDS: i64 = 8;
const CACHED_ROUNDS: usize = 300;
pub(super) const MINUTE_MS: i64 = 60_000;
pub(super) const DAY_MS: i64 = 86_400_000;

/// The board over the 30 days before a moment.
pub(super) fn board(to_ms: i64) -> Value {
    board_over(30, to_ms)
}

/// The board over so many days before a moment.
pub(super) fn board_over(days: i64, to_ms: i64) -> Value {
    board_where(days, to_ms, &json!([]))
}

/// The same of the rows that pass the filters.
fn board_where(days: i64, to_ms: i64, filters: &Value) -> Value {
    let time = range(days * DAY_MS, to_ms);
    let ask = |metrics: Value, by: Value| json!({"metrics": metrics, "by": by, "where": filters, "time": time});
    let top = |metrics: Value, dimension: &str, by: &str, n: u32| json!({"metrics": metrics, "by": [dimension], "where": filters, "time": time, "top": {"dim": dimension, "n": n, "by": by}});
    let mut hours = ask(json!(["content.plays"]), json!([{"time": "hour"}, "view_mode"]));
    hours["limit"] = json!(10_000);
    json!({"queries": [
        ask(json!(["content.plays"]), json!([])),
        ask(json!(["content.play_users"]), json!([])),
        ask(json!(["content.watch_h"]), json!([])),
        ask(json!(["qoe.fail_pct"]), json!([])),
        hours,
        ask(json!([{"id": "qoe.startup_s", "stat": "p95"}]), json!([{"time": "hour"}])),
        top(json!(["content.plays"]), "province", "content.plays", 10),
        ask(json!(["content.plays"]), json!(["isp"])),
        ask(json!(["content.plays"]), json!([{"time": "day"}, "genre"])),
        top(json!(["content.plays", "content.play_users", "content.watch_h"]), "content", "content.plays", 20),
        ask(json!(["qoe.rebuf_ratio"]), json!(["province", "isp"])),
        ask(json!(["qoe.fail_pct"]), json!(["cdn", "province"])),
    ]})
}

/// A range of that length before a moment.
pub(super) fn range(length_ms: i64, to_ms: i64) -> Value {
    json!({"from": rfc3339(to_ms - length_ms), "to": rfc3339(to_ms)})
}

/// In UTC; the product takes any offset.
fn rfc3339(ms: i64) -> String {
    let days = ms.div_euclid(86_400_000);
    let seconds = ms.rem_euclid(86_400_000) / 1_000;
    let (year, month, day) = date_of(days);
    format!("{year:04}-{month:02}-{day:02}T{:02}:{:02}:{:02}Z", seconds / 3_600, seconds / 60 % 60, seconds % 60)
}

/// The date so many days after 1970-01-01, by counting from 1 March of the year 0 in eras of 400 years.
fn date_of(days: i64) -> (i64, i64, i64) {
    let shifted = days + 719_468;
    let era = shifted.div_euclid(146_097);
    let of_era = shifted.rem_euclid(146_097);
    let year_of_era = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month = (5 * of_year + 2) / 153;
    let day = of_year - (153 * month + 2) / 5 + 1;
    let month = if month < 10 { month + 3 } else { month - 9 };
    (year_of_era + era * 400 + i64::from(month <= 2), month, day)
}

/// A board that was answered whole.
pub(super) fn asked(client: &Client, board: &Value) -> Result<Duration> {
    let began = Instant::now();
    let answers = client.ask_together(board)?;
    let took = began.elapsed();
    ensure!(answers.len() == QUERIES, "{} of {QUERIES} queries were answered", answers.len());
    if let Some(refusal) = answers.iter().find_map(Outcome::refusal) {
        bail!("a query of the bench board was refused: {refusal}");
    }
    Ok(took)
}

/// The board without a version of the app that nobody has: no part of another one's answer is one of its own, nor is anything
/// added up by both that and what its tiles are split by.
pub(super) fn board_by_itself(number: i64, to_ms: i64) -> Value {
    board_where(30, to_ms, &json!([{"dim": "app_version", "not_in": [format!("0.0.{number}")]}]))
}

/// No part of an answer can come from a cache.
pub(super) fn cold_rounds(client: &Client, to_ms: i64) -> Result<Vec<Duration>> {
    sorted((0..=COLD_ROUNDS).map(|round| asked(client, &board_by_itself(round, to_ms))))
}

/// Each round ends a minute later than the one before, as a board does that is watched.
pub(super) fn moving_rounds(client: &Client, to_ms: i64) -> Result<Vec<Duration>> {
    sorted((0..=MOVING_ROUNDS).map(|round| asked(client, &board(to_ms - (MOVING_ROUNDS - round) * MINUTE_MS))))
}

/// All but the first, which warms.
fn sorted(rounds: impl Iterator<Item = Result<Duration>>) -> Result<Vec<Duration>> {
    let mut rounds = rounds.collect::<Result<Vec<_>>>()?.split_off(1);
    rounds.sort_unstable();
    Ok(rounds)
}

pub(super) fn cached_rounds(client: &Client, to_ms: i64) -> Result<Vec<Duration>> {
    let board = board(to_ms);
    sorted((0..=CACHED_ROUNDS).map(|_| asked(client, &board)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_are_written_right() {
        assert_eq!(rfc3339(0), "1970-01-01T00:00:00Z");
        assert_eq!(rfc3339(1_709_208_000_000), "2024-02-29T12:00:00Z");
        assert_eq!(rfc3339(1_701_345_600_000), "2023-11-30T12:00:00Z");
    }

    #[test]
    fn the_board_has_twelve_tiles() {
        assert_eq!(board(1_701_345_600_000)["queries"].as_array().unwrap().len(), QUERIES);
    }
}
