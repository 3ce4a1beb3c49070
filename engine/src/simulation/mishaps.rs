//! How events travel in the present: as lines of our own form, now and then twice, and now and then broken by a careless client.

use crate::events::{Event, Text};
use serde_json::{Map, Value};

/// Set by the collector, whoever tells them.
const NOT_TOLD: [&str; 8] =
    ["org", "source_id", "day", "source_protocol", "ts_received", "simulated", "geo_source", "household"];
/// One in so many events is told twice, and one in so many once more in a broken form.
const TWICE: u64 = 180;
const BROKEN: u64 = 260;

/// The events as a client sends them, one JSON object a line; what can't be written is left out.
pub fn native_lines(events: &[Event]) -> Vec<String> {
    let mut lines = Vec::with_capacity(events.len());
    for event in events {
        let Some(record) = record(event) else { continue };
        let line = Value::Object(record.clone()).to_string();
        let dice = dice(&event.event_id);
        if dice.is_multiple_of(TWICE) {
            lines.push(line.clone());
        }
        if dice.is_multiple_of(BROKEN) {
            lines.push(broken(record, dice / BROKEN));
        }
        lines.push(line);
    }
    lines
}

fn record(event: &Event) -> Option<Map<String, Value>> {
    let Ok(Value::Object(mut record)) = serde_json::to_value(event) else { return None };
    record.retain(|name, _| !NOT_TOLD.contains(&name.as_str()));
    Some(record)
}

/// The record as somebody writes it who has not read how.
fn broken(mut record: Map<String, Value>, way: u64) -> String {
    match way % 5 {
        0 => {
            record.insert("province".into(), "浙".into());
        }
        1 => {
            record.insert("ts_event".into(), "昨天".into());
        }
        2 => {
            record.insert("play_state".into(), "playing".into());
        }
        3 => {
            record.insert("position_ms".into(), "00:12:40".into());
        }
        _ => {
            let line = Value::Object(record).to_string();
            return line.chars().take(line.chars().count() / 2).collect();
        }
    }
    Value::Object(record).to_string()
}

/// A number of the event's own that is as good as drawn (FNV-1a, mixed).
fn dice(id: &Text) -> u64 {
    let hash = id
        .bytes()
        .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3));
    hash ^ (hash >> 29)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::events::PlayState;
    use model::time::Timestamp;

    fn events() -> Vec<Event> {
        let of = |number: i64| Event {
            play_state: Some(PlayState::Playing),
            ..Event::new(format!("e{number}"), Timestamp::from_millis(number))
        };
        (0..20_000).map(of).collect()
    }

    #[test]
    fn a_few_are_told_twice_and_fewer_broken() {
        let lines = native_lines(&events());
        let unreadable = lines.iter().filter(|line| serde_json::from_str::<Value>(line).is_err()).count();
        let mut apart = lines.clone();
        apart.sort_unstable();
        apart.dedup();
        let twice = lines.len() - apart.len();
        assert!((80..150).contains(&twice), "{twice}");
        let broken = lines.len() - 20_000 - twice;
        assert!((50..110).contains(&broken), "{broken}");
        assert!(0 < unreadable && unreadable < broken);
    }

    #[test]
    fn nothing_is_told_that_is_not_the_clients_to_say() {
        let line = &native_lines(&events()[1..2])[0];
        assert_eq!(line, r#"{"event_id":"e1","play_state":"p","ts_event":1}"#);
    }
}
