use super::*;
use crate::time::Grain;
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

/// Session timelines.
mod of_sessions {
    use crate::{
        board::{ComponentKind, TileContent},
        metric::SessionChoice,
    };

    const TIMELINE: &str = r#"{"component":"session_timeline","binding":{"metric":"qoe.rebuf_ratio""#;

    fn read(more: &str) -> Result<TileContent, String> {
        serde_json::from_str(&format!("{TIMELINE}{more}}}}}")).map_err(|error| error.to_string())
    }

    #[test]
    fn a_timeline_is_read_and_written() {
        let content = read(r#","time":{"last":"24h"},"where":[{"dim":"province","in":["ZJ"]}]"#).unwrap();
        let query = content.query().unwrap();
        assert_eq!(query.sessions, Some(SessionChoice::default()));
        assert_eq!((query.filters.len(), content.kind()), (1, ComponentKind::SessionTimeline));
        let written = serde_json::to_string(&content).unwrap();
        assert!(written.contains(r#""limit":8"#) && written.contains(r#""order":"worst""#), "{written}");
        assert_eq!(serde_json::from_str::<TileContent>(&written).unwrap(), content);
    }

    #[test]
    fn a_wrong_timeline_says_what_is_wrong() {
        for (more, expected) in [
            (r#","time":"today","limit":21"#, "the field “limit” of a “session_timeline”: 21 sessions can't be shown"),
            (r#","time":"today","limit":0"#, "expected 1 to 20"),
            (r#","time":"today","order":"best""#, "unknown variant `best`"),
            (r#","time":"today","top":5"#, "unknown field `top`: the binding of a “session_timeline” has none such"),
            (r#","time":"today","sid":"a""#, "unknown field `sid`"),
            (r#","order":"worst""#, "missing field `time`"),
        ] {
            let error = read(more).unwrap_err();
            assert!(error.contains(expected), "{more}: {error}");
        }
        let order = r#"{"component":"bar","binding":{"metric":"a","by":"b","top":3,"time":"today","order":"worst"}}"#;
        let error = serde_json::from_str::<TileContent>(order).unwrap_err().to_string();
        assert!(error.contains("unknown field `order`: the binding of a “bar” has none such"), "{error}");
    }
}
