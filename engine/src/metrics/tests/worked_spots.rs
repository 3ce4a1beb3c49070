//! Worked examples of spots on air: rows made by hand, numbers by head.

use super::world::*;
use crate::events::{
    AdAction,
    fact_rows::{AdRow, MinuteRow},
};
use model::{
    geo::{Province, Region},
    time::Timestamp,
};

fn clock(text: &str) -> Timestamp {
    at(&format!("2026-03-01T{text}+08:00"))
}

/// A spot on channel X that begins in the middle of a minute.
fn spot(ad: &str, province: Option<Province>, text: &str) -> AdRow {
    AdRow {
        ad_id: Some(ad.into()),
        channel_id: Some("X".into()),
        province,
        ..advertisement("playout", AdAction::Air, clock(&format!("{text}:30")))
    }
}

fn watches(household: &str, province: Option<Province>, text: &str) -> MinuteRow {
    let moment = clock(&format!("{text}:00"));
    MinuteRow { province, ..minute(household, "X", moment, moment, 60) }
}

/// Eight households in Zhejiang and two in Guangdong. Spot a goes on air in Zhejiang twice and meets three and one of them, b
/// everywhere once and meets two and one; somebody who watches the minute before or another channel is met by none.
fn world() -> World {
    let in_province = |number: u32| if number < 8 { ZJ } else { GD };
    let accounts =
        (0..10).map(|number| account(&format!("h{number}"), in_province(number), at("2026-02-01T00:00:00+08:00")));
    let minutes = vec![
        watches("h0", ZJ, "20:00"),
        watches("h1", ZJ, "20:00"),
        watches("h2", ZJ, "20:00"),
        watches("h8", GD, "20:00"),
        watches("h0", ZJ, "20:30"),
        watches("h3", ZJ, "20:29"),
        MinuteRow { channel_id: "Y".into(), ..watches("h4", ZJ, "20:30") },
        watches("h0", ZJ, "21:00"),
        watches("h5", ZJ, "21:00"),
        watches("h9", GD, "21:00"),
    ];
    let spots = vec![spot("a", ZJ, "20:00"), spot("a", ZJ, "20:30"), spot("b", None, "21:00")];
    World { accounts: accounts.collect(), minutes, advertisements: spots, ..World::default() }
}

const METRICS: &str = r#""tv.grp","tv.spot_reach_pct","tv.freq","tv.spot_aud""#;

fn query(by: &str, filters: &str) -> String {
    format!(
        r#"{{"metrics":[{METRICS}],"by":[{by}],"where":[{filters}],"time":{{"from":"2026-03-01T00:00:00+08:00","to":"2026-03-02T00:00:00+08:00"}}}}"#
    )
}

#[tokio::test]
async fn ratings_of_spots_add_up() {
    let store = TestStore::new().await;
    store.fill(&world()).await;
    let told = async |by: &str, filters: &str| {
        written(&store.ask(at("2026-03-05T12:00:00+08:00"), &everything(&[HOME]), &query(by, filters)).await.unwrap())
    };
    assert_eq!(told("", "").await, "70.000 50.000 1.400 2.333", "seven meetings of five among ten, three spots");
    assert_eq!(told(r#""ad""#, "").await, "a 40.000 30.000 1.333 2.000\nb 30.000 30.000 1.000 3.000");
    assert_eq!(told("", r#"{"dim":"ad","in":["a"]}"#).await, "40.000 30.000 1.333 2.000");
    assert_eq!(told("", r#"{"dim":"channel","in":["Y"]}"#).await, "0.000 0.000 – –");
    let by_province = told(r#""province""#, "").await;
    assert!(by_province.starts_with("GD 50.000 50.000 1.000 –\nZJ 75.000 50.000 1.500 3.000"), "{by_province}");
}

/// Two watch it live, one the day after, and one five days after, of ten.
#[tokio::test]
async fn who_catches_up_with_a_spot_counts_for_so_many_days() {
    let caught_up = |household: &str, lag_days| MinuteRow {
        view_mode: Some("catchup".into()),
        lag_days,
        ..watches(household, ZJ, "20:00")
    };
    let minutes = vec![
        watches("h0", ZJ, "20:00"),
        watches("h1", ZJ, "20:00"),
        caught_up("h2", 1),
        caught_up("h3", 5),
        caught_up("h4", 8),
    ];
    let world = World { minutes, advertisements: vec![spot("a", ZJ, "20:00")], ..world() };
    let store = TestStore::new().await;
    store.fill(&world).await;
    let query = query("", "").replace(METRICS, r#""tv.spot_aud","tv.nielsen_c3","tv.nielsen_c7""#);
    let frame = store.ask(at("2026-03-15T12:00:00+08:00"), &everything(&[HOME]), &query).await.unwrap();
    assert_eq!(written(&frame), "2.000 30.000 40.000");
}

/// A spot and those who met it must both be granted: what was on air everywhere is known to whoever may see unknown provinces.
#[tokio::test]
async fn both_sides_are_scoped() {
    let store = TestStore::new().await;
    store.fill(&world()).await;
    let told = async |regions: &[Region]| {
        written(&store.ask(at("2026-03-05T12:00:00+08:00"), &only(regions), &query("", "")).await.unwrap())
    };
    let (zhejiang, guangdong) = (Region::Province(Province::ZJ), Region::Province(Province::GD));
    assert_eq!(told(&[zhejiang]).await, "50.000 37.500 1.333 2.000", "spot a alone");
    assert_eq!(told(&[guangdong]).await, "0.000 0.000 – –");
    assert_eq!(told(&[guangdong, Region::Unknown]).await, "50.000 50.000 1.000 1.000", "spot b, and one of two");
}
