//! The golden examples of the metric reference, from native events through the collector to the answer of the API.

use super::world::{Answer, Person, World};
use axum::http::StatusCode;
use model::time::Timestamp;
use serde_json::{Value, json};
use server::control::{self, Order, Outcome};
use sqlx::PgPool;

const SECOND: i64 = 1_000;
const MINUTE: i64 = 60 * SECOND;

/// So long after a moment of 17 November 2025, Beijing time; the world's present is three days later.
fn at(clock: &str, after_ms: i64) -> i64 {
    Timestamp::parse(&format!("2025-11-17T{clock}+08:00")).unwrap().plus_millis(after_ms).millis()
}

/// What a box sends; each event has an id of its own.
#[derive(Default)]
struct Events {
    lines: Vec<String>,
}

impl Events {
    fn add(&mut self, at_ms: i64, about: &Value) {
        let mut event = json!({"event_id": format!("e{}", self.lines.len()), "ts_event": at_ms, "province": "ZJ"});
        event.as_object_mut().unwrap().extend(about.as_object().unwrap().clone());
        self.lines.push(event.to_string());
    }

    /// Watches a channel for so long, with a beat every half minute, so late after the broadcast.
    fn watch(&mut self, household: &str, channel: &str, (from_ms, to_ms): (i64, i64), late_ms: i64) {
        let sid = format!("{household}-{channel}-{from_ms}");
        let view_mode = if late_ms > 0 { "catchup" } else { "live" };
        let beats = (from_ms..to_ms).step_by(30_000).map(|at_ms| (at_ms, "p"));
        for (broadcast_ms, state) in [(from_ms, "s")].into_iter().chain(beats).chain([(to_ms, "q")]) {
            let about = json!({
                "sid": sid, "household_id": household, "channel_id": channel, "play_state": state,
                "view_mode": view_mode, "ts_broadcast": broadcast_ms,
            });
            self.add(broadcast_ms + late_ms, &about);
        }
    }

    /// One play session on demand, from its states and when they came, in milliseconds after the request.
    fn play(&mut self, sid: &str, states: &[(i64, &str)]) {
        for (after_ms, state) in states {
            let about = json!({
                "sid": sid, "household_id": sid, "content_id": "film", "view_mode": "vod", "play_state": state,
            });
            self.add(at("10:00:00", *after_ms), &about);
        }
    }

    async fn send(self, world: &World) {
        let answer = world.send_events(&self.lines.join("\n")).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
        assert_eq!(answer.json()["accepted"], json!(self.lines.len()), "{}", answer.body);
        world.stores.engine.collector.flush().await.unwrap();
    }
}

/// Compares one row of an answer, metric by metric, to so many decimals.
fn check(answer: &Answer, row: usize, expected: &[(&str, f64)]) {
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
    let body = answer.json();
    for (metric, value) in expected {
        let column = body["columns"].as_array().unwrap().iter().position(|column| column["name"] == *metric);
        let found = column.and_then(|column| body["rows"][row][column].as_f64());
        let close = found.is_some_and(|found| (found - value).abs() < 0.000_6);
        assert!(close, "{metric}: {found:?} and not {value} in {body}");
    }
}

const G1: [(&str, f64); 14] = [
    ("tv.viewing_min", 13.0),
    ("tv.ama", 1.3),
    ("tv.rating_pct", 13.0),
    ("tv.tvr_total", 27.0),
    ("tv.share_pct", 48.148),
    ("tv.reach_1", 3.0),
    ("tv.reach_3", 1.0),
    ("tv.reach_pct", 30.0),
    ("tv.atv", 4.333),
    ("tv.loyalty_pct", 43.333),
    ("tv.ama_sec", 1.266_67),
    ("tv.vosdal", 2.3),
    ("tv.live_3", 2.8),
    ("tv.live_7", 2.8),
];

async fn import_guide(world: &World) {
    let guide = r#"<?xml version="1.0" encoding="UTF-8"?><tv>
        <channel id="X"><display-name>X</display-name></channel><channel id="Y"><display-name>Y</display-name></channel>
        <programme start="20251117193000 +0800" stop="20251117200000 +0800" channel="X"><title>Before</title></programme>
        <programme start="20251117200000 +0800" stop="20251117201000 +0800" channel="X"><title>P</title></programme>
        <programme start="20251117190000 +0800" stop="20251117210000 +0800" channel="Y"><title>Q</title></programme></tv>"#;
    let file = world.folder.path().join("guide.xml");
    std::fs::write(&file, guide).unwrap();
    let outcome = control::carry_out(&world.stores, Order::ImportEpg { file }).await;
    assert!(matches!(&outcome, Outcome::ProgrammesImported { told } if told[0].starts_with("3 programmes")));
}

#[sqlx::test(migrations = "../migrations")]
async fn g1_television(pool: PgPool) {
    let world = World::new(pool).await;
    let mut events = Events::default();
    for number in 1..=10 {
        let account = json!({"household_id": format!("H{number}"), "account_event": "open"});
        events.add(at("00:00:00", -3 * 24 * 60 * MINUTE), &account);
    }
    let p = |from_s: i64, to_s: i64| (at("20:00:00", from_s * SECOND), at("20:00:00", to_s * SECOND));
    events.watch("H1", "X", p(0, 600), 0);
    events.watch("H2", "X", p(120, 240), 0);
    // The minute 20:05 belongs to X: 40 s there, 20 s on Y.
    events.watch("H3", "X", p(300, 340), 0);
    events.watch("H3", "Y", p(340, 600), 0);
    events.watch("H4", "Y", p(0, 600), 0);
    events.watch("H5", "X", p(0, 600), 120 * MINUTE);
    events.watch("H6", "X", p(0, 300), 2 * 24 * 60 * MINUTE);
    events.send(&world).await;
    import_guide(&world).await;

    let metrics: Vec<&str> = G1.iter().map(|(metric, _)| *metric).collect();
    let minutes = json!({"from": "2025-11-17T20:00:00+08:00", "to": "2025-11-17T20:10:00+08:00"});
    let day = json!({"from": "2025-11-17T00:00:00+08:00", "to": "2025-11-18T00:00:00+08:00"});
    let on_x = json!([{"dim": "channel", "in": ["X"]}]);
    let by_channel = json!({"metrics": metrics, "where": on_x, "time": minutes});
    check(&world.query(Person::NationalEditor, &by_channel).await, 0, &G1);
    let by_programme = json!({"metrics": metrics, "where": [{"dim": "programme", "in": ["P"]}], "time": day});
    check(&world.query(Person::NationalEditor, &by_programme).await, 0, &G1);

    // Seen from Zhejiang, where all of them are, it is the same.
    check(&world.query(Person::ZhejiangEditor, &by_channel).await, 0, &G1);
    let curve = json!({"metrics": ["tv.rating_pct"], "by": [{"time": "minute"}], "where": on_x, "time": minutes});
    let answer = world.query(Person::NationalEditor, &curve).await.json();
    let ratings: Vec<f64> = answer["rows"].as_array().unwrap().iter().map(|row| row[1].as_f64().unwrap()).collect();
    assert_eq!(ratings, [10.0, 10.0, 20.0, 20.0, 10.0, 20.0, 10.0, 10.0, 10.0, 10.0], "{answer}");
}

#[sqlx::test(migrations = "../migrations")]
async fn g2_quality(pool: PgPool) {
    let world = World::new(pool).await;
    let mut events = Events::default();
    events.play("S1", &[(0, "s"), (1_200, "p"), (10_000, "r"), (12_000, "p"), (62_000, "e")]);
    events.play("S2", &[(0, "s"), (4_000, "q")]);
    events.play("S3", &[(0, "s"), (2_500, "f")]);
    events.play("S4", &[(0, "s"), (800, "p"), (20_800, "a"), (30_800, "p"), (50_800, "f")]);
    events.send(&world).await;
    let query = json!({
        "metrics": [
            "qoe.attempts", "content.plays", "qoe.fail_pct", {"id": "qoe.fail_pct", "profile": "conviva"},
            {"id": "qoe.fail_pct", "profile": "mux"}, "qoe.startup_s", "qoe.rebuf_ratio",
            {"id": "qoe.rebuf_ratio", "profile": "conviva"},
        ],
        "time": {"from": "2025-11-17T00:00:00+08:00", "to": "2025-11-18T00:00:00+08:00"},
    });
    let expected = [
        ("qoe.attempts", 4.0),
        ("content.plays", 2.0),
        ("qoe.fail_pct", 50.0),
        ("qoe.fail_pct:conviva", 50.0),
        ("qoe.fail_pct:mux", 50.0),
        ("qoe.startup_s", 1.0),
        ("qoe.rebuf_ratio", 1.830),
        ("qoe.rebuf_ratio:conviva", 1.984),
    ];
    check(&world.query(Person::NationalEditor, &query).await, 0, &expected);
}
