use super::*;
use serde_json::{Value, json};

/// A table with courses, and what is otherwise in its binding.
fn table(otherwise: Value) -> Value {
    let mut binding = json!({
        "metric": "cdn.requests", "by": ["cdn_node"], "time": {"last": "24h"}, "course": "hour", "limit": 30,
    });
    for (field, value) in otherwise.as_object().unwrap() {
        binding[field] = value.clone();
    }
    json!({"component": "table", "binding": binding})
}

fn read(written: Value) -> Result<TileContent, String> {
    serde_json::from_value(written).map_err(|error| error.to_string())
}

#[test]
fn a_table_with_courses_is_read_and_written() {
    let written = table(json!({}));
    let content = read(written.clone()).unwrap();
    assert_eq!(content.query().unwrap().course, Some(Grain::Hour));
    assert_eq!(serde_json::to_value(&content).unwrap(), written);
    let plain = read(table(json!({"course": null}))).unwrap();
    assert_eq!(plain.query().unwrap().course, None);
    assert!(!serde_json::to_string(&plain).unwrap().contains("course"));
}

#[test]
fn courses_without_room_say_what_there_is_room_for() {
    for (otherwise, expected) in [
        (json!({"by": []}), "the field “course” of a “table” needs a dimension in “by”"),
        (json!({"grain": "day"}), "a “table” has the field “course” or the field “grain”"),
        (json!({"limit": 201}), "the field “limit” of a “table” with the field “course” is 201: expected 200 at most"),
        (json!({"course": "minute"}), "has up to 1442 steps of a minute: expected 202 at most; take a longer step"),
        (json!({"course": "5m"}), "unknown variant `5m`, expected one of `minute`, `hour`, `day`"),
    ] {
        let error = read(table(otherwise)).unwrap_err();
        assert!(error.contains(expected), "{error}");
    }
    for (most, json) in [("rows", json!({"limit": 200})), ("steps", json!({"time": {"last": "200h"}}))] {
        assert!(read(table(json)).is_ok(), "so many {most} have room");
    }
}

#[test]
fn other_components_have_no_courses() {
    let bar = json!({"component": "bar", "binding": {
        "metric": "cdn.requests", "by": "cdn_node", "top": 10, "time": {"last": "24h"}, "course": "hour",
    }});
    assert!(read(bar).unwrap_err().contains("unknown field `course`: the binding of a “bar” has none such"));
}
