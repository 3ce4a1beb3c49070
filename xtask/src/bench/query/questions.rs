//! Single questions, cold: those of the boards that the product ships with, and funnel and retention.

use super::board::{DAY_MS, MINUTE_MS, range};
use crate::bench::{
    client::Client,
    table::{Row, milliseconds, quantile},
};
use anyhow::{Result, ensure};
use serde_json::{Value, json};
use std::time::{Duration, Instant};

/// How many of the slowest are named.
const NAMED: usize = 3;
/// Ends of ranges that nothing before has asked for.
const MINUTES_AGO: i64 = 300;

/// How long a question took that was answered.
fn asked(client: &Client, query: &Value) -> Result<Duration> {
    let began = Instant::now();
    let answer = client.ask(query)?;
    let took = began.elapsed();
    ensure!(answer.get("rows").is_some(), "a question was refused: {answer}");
    Ok(took)
}

/// Each tile's question once, over a range that nothing before has asked for.
pub(super) fn of_boards(client: &Client, tiles: &[(String, Value)], to_ms: i64) -> Vec<Row> {
    let (mut from_facts, mut raw, mut unanswered) = (Vec::new(), Vec::new(), Vec::new());
    for (number, (tile, query)) in (0_i64..).zip(tiles) {
        let query = placed(query, to_ms - (MINUTES_AGO + number) * MINUTE_MS);
        match asked(client, &query) {
            Ok(one) if follows_households(&query) => raw.push((one, tile)),
            Ok(one) => from_facts.push((one, tile)),
            Err(_) => unanswered.push(tile.as_str()),
        }
    }
    let [slowest_from_facts, slowest_raw] = [&mut from_facts, &mut raw].map(|took| slowest(took));
    let sorted: Vec<Duration> = from_facts.iter().map(|(took, _)| *took).collect();
    let (p95, longest) = (quantile(&sorted, 0.95), raw.last().map_or(Duration::ZERO, |(took, _)| *took));
    vec![
        Row::against(
            format!("{} questions of template boards, cold, from facts", sorted.len()),
            format!("p50 {}, p95 {}", milliseconds(quantile(&sorted, 0.5)), milliseconds(p95)),
            "p95 ≤ 1 s",
            p95 <= Duration::from_secs(1) && unanswered.is_empty(),
        ),
        Row::noted("… the slowest", slowest_from_facts),
        Row::against(
            format!("{} that follow each household: funnels, retention, states", raw.len()),
            slowest_raw,
            "≤ 5 s",
            longest <= Duration::from_secs(5),
        ),
        Row::against("… not answered", unanswered.join("; "), "none", unanswered.is_empty()),
    ]
}

/// Whether each household is followed over the whole range, and for states over all that is known of it.
fn follows_households(query: &Value) -> bool {
    let metrics = query.get("metrics").and_then(Value::as_array).into_iter().flatten();
    let mut ids = metrics.filter_map(|metric| metric.as_str().or_else(|| metric.get("id")?.as_str()));
    ids.any(|id| ["funnel", "retention", "state", "churn", "return"].iter().any(|word| id.contains(word)))
}

/// Puts them in order, and names the slowest.
fn slowest(took: &mut [(Duration, &String)]) -> String {
    took.sort_unstable();
    let named = took.iter().rev().take(NAMED).map(|(took, tile)| format!("{tile} {}", milliseconds(*took)));
    named.collect::<Vec<_>>().join("; ")
}

/// The question over its range, ending at that moment, where it is one of days or hours.
fn placed(query: &Value, to_ms: i64) -> Value {
    let mut query = query.clone();
    let last = query.pointer("/time/last").and_then(Value::as_str);
    let length_ms = last.and_then(|last| {
        let (count, unit) = last.split_at_checked(last.len() - 1)?;
        let count: i64 = count.parse().ok()?;
        match unit {
            "d" => Some(count * DAY_MS),
            "h" => Some(count * DAY_MS / 24),
            _ => None,
        }
    });
    if let (Some(length_ms), Some(time)) = (length_ms, query.get_mut("time")) {
        *time = range(length_ms, to_ms);
    }
    query
}

/// A funnel and retention over 30 days from the rows that they are made of.
pub(super) fn raw(client: &Client, to_ms: i64, funnel: Duration, retention: Duration) -> Vec<Row> {
    let time = range(30 * DAY_MS, to_ms - MINUTES_AGO * MINUTE_MS);
    let measured = |what: &str, query: Value, by_hand: Duration| {
        let took = asked(client, &query);
        let told = match &took {
            Ok(took) => format!("{} ({:.1} ×)", milliseconds(*took), took.as_secs_f64() / by_hand.as_secs_f64()),
            Err(_) => "not answered".to_owned(),
        };
        let reached = took.is_ok_and(|took| took <= Duration::from_secs(5));
        [
            Row::noted(format!("{what} over 30 days, by hand"), milliseconds(by_hand)),
            Row::against("… ours, cold", told, "≤ 5 s", reached),
        ]
    };
    let order = json!({"metrics": ["order.funnel_users"], "by": ["order_step"], "time": time});
    let days =
        json!({"metrics": ["iptv.retention_pct"], "by": [{"time": "day"}, "day_number"], "time": time, "limit": 5_000});
    let funnel = measured("order funnel", order, funnel);
    funnel.into_iter().chain(measured("retention of powered-on accounts", days, retention)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_of_days_and_hours_get_an_end() {
        let placed_at = |time: Value| placed(&json!({ "time": time }), 1_701_345_600_000)["time"].clone();
        let day = json!({"from": "2023-11-29T12:00:00Z", "to": "2023-11-30T12:00:00Z"});
        assert_eq!(placed_at(json!({"last": "24h"})), day);
        assert_eq!(placed_at(json!({"last": "1d"})), day);
        assert_eq!(placed_at(json!("today")), json!("today"));
    }
}
