//! Worked examples of programmes: rows made by hand, numbers by head.

use super::world::*;
use crate::events::fact_rows::{MinuteRow, ProgrammeRow, ViewRow};
use model::time::Timestamp;

fn clock(text: &str) -> Timestamp {
    at(&format!("2026-03-01T{text}:00+08:00"))
}

fn evening() -> Vec<ProgrammeRow> {
    vec![programme("X", "P", clock("20:00"), clock("21:00")), programme("X", "Q", clock("21:00"), clock("22:00"))]
}

fn watches(household: &str, channel: &str, text: &str) -> MinuteRow {
    minute(household, channel, clock(text), clock(text), 60)
}

async fn asked(world: &World, now: &str, metric: &str, by: &str) -> String {
    let store = TestStore::new().await;
    store.fill(world).await;
    let query = format!(
        r#"{{"metrics":["{metric}"],"by":[{by}],"time":{{"from":"2026-03-01T00:00:00+08:00","to":"2026-03-02T00:00:00+08:00"}}}}"#
    );
    written(&store.ask(at(now), &everything(&[HOME]), &query).await.unwrap())
}

/// Four are on X in the last minute of P; two of them see how Q begins, one switches, one leaves; a fifth comes for it.
#[tokio::test]
async fn a_programme_inherits_who_stays() {
    let later = MinuteRow { view_mode: Some("catchup".into()), ..watches("h4", "X", "21:00") };
    let before = ["h1", "h2", "h3", "h4"].map(|household| watches(household, "X", "20:59"));
    let first = [watches("h1", "X", "21:00"), watches("h2", "X", "21:00"), watches("h3", "Y", "21:00")];
    let minutes = [&before[..], &first[..], &[watches("h5", "X", "21:00"), later]].concat();
    let world = World { minutes, programmes: evening(), ..World::default() };
    let later = "2026-03-05T12:00:00+08:00";
    assert_eq!(asked(&world, later, "tv.inherit_pct", "").await, "50.000");
    assert_eq!(asked(&world, later, "tv.inherit_pct", r#""programme""#).await, "P –\nQ 50.000");
    assert_eq!(asked(&world, later, "tv.inherit_pct", r#""channel""#).await, "X 50.000");
    let running = "2026-03-01T21:00:40+08:00";
    assert_eq!(asked(&world, running, "tv.inherit_pct", "").await, "–", "its first minute is not over");
}

/// P is played twice on demand and once from the beginning of its day; what is live, too short or no programme is none of it.
#[tokio::test]
async fn programmes_are_played_online() {
    let programmes = evening();
    let plays = |sid: &str, programme: &str, mode: &str| ViewRow {
        content_id: Some(programme.into()),
        view_mode: Some(mode.into()),
        ..played(view(sid, sid, ZJ, clock("22:00")), 500, 60_000, 0)
    };
    let p = programmes[0].programme_id.as_str();
    let short = ViewRow { effective: false, ..plays("5", p, "vod") };
    let views = vec![
        plays("1", p, "vod"),
        plays("2", p, "vod"),
        plays("3", p, "catchup"),
        plays("4", p, "live"),
        short,
        plays("6", "film", "vod"),
        plays("7", programmes[1].programme_id.as_str(), "npvr"),
    ];
    let world = World { views, programmes, ..World::default() };
    let later = "2026-03-05T12:00:00+08:00";
    assert_eq!(asked(&world, later, "tv.prog_online_plays", "").await, "4");
    assert_eq!(asked(&world, later, "tv.prog_online_plays", r#""programme""#).await, "P 3\nQ 1");
    assert_eq!(asked(&world, later, "tv.prog_online_plays", r#""view_mode""#).await, "catchup 1\nnpvr 1\nvod 2");
}
