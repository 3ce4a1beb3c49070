//! The golden examples of the metric reference.

use super::world::*;
use crate::{
    events::{
        AdAction, ArticleAction, ElementAction, Event, Participation, ParticipationResult, PlayState, Service,
        ServiceAction,
        fact_rows::{AdRow, ArticleRow, MinuteRow, OrderRow, PageRow, ParticipationRow, ViewRow},
    },
    facts::{
        FactSettings,
        session::{Session, SessionEvent},
    },
};
use model::time::{Calendar, Timestamp};

/// Each alone over DuckDB, all of them over a ClickHouse cluster and over today's ClickHouse.
macro_rules! on_every_engine {
    ($($golden:ident)*) => {
        mod on_duckdb {
            use super::TestStore;
            $(#[tokio::test]
            async fn $golden() {
                super::$golden(&TestStore::new().await).await;
            })*
        }

        #[tokio::test]
        async fn all_on_a_cluster() {
            let store = TestStore::on_a_cluster().await;
            $($golden(&store).await;)*
        }

        #[tokio::test]
        async fn all_on_modern_clickhouse() {
            let store = TestStore::on_modern_clickhouse().await;
            $($golden(&store).await;)*
        }
    };
}

on_every_engine! {
    g1_television_by_channel_and_time
    g1_television_by_programme
    a_late_programme_change_is_right_at_once
    a_minute_curve_has_every_minute
    g2_quality
    a_stall_counts_in_its_minute
    g3_orders_and_money
    g5_power_on
    g5_active_accounts
    accounts_come_and_go
    orders_on_their_way
    pages_of_the_guide
    g4_media_network
    an_evening_to_take_part_in
    parts_of_their_wholes
    how_much_of_a_title_is_seen_and_whose_it_is
    answers_of_the_delivery_network
    what_comes_in
}

const NOW: &str = "2026-03-10T12:00:00+08:00";

/// 20:MM on the first of March.
fn evening(minute: i64) -> Timestamp {
    at("2026-03-01T20:00:00+08:00").plus_millis(minute * 60_000)
}

fn watches(household: &str, channel: &str, from: i64, to: i64) -> Vec<MinuteRow> {
    (from..to).map(|number| minute(household, channel, evening(number), evening(from), 60)).collect()
}

/// U = 10 households; programme P on X from 20:00 to 20:10.
fn g1() -> World {
    let mut world = World::default();
    let opened = at("2026-01-01T00:00:00+08:00");
    world.accounts = (1..=10).map(|number| account(&format!("H{number}"), ZJ, opened)).collect();
    world.programmes = vec![
        programme("X", "before", evening(-30), evening(0)),
        programme("X", "P", evening(0), evening(10)),
        programme("Y", "Q", evening(-60), evening(60)),
    ];
    world.minutes.extend(watches("H1", "X", 0, 10));
    world.minutes.extend(watches("H2", "X", 2, 4));
    // H3 leaves X for Y in the minute 20:05: 40 s there, 20 s here.
    world.minutes.push(minute("H3", "X", evening(5), evening(5), 40));
    world.minutes.push(MinuteRow { counted: false, ..minute("H3", "Y", evening(5), evening(6), 20) });
    world.minutes.extend(watches("H3", "Y", 6, 10));
    world.minutes.extend(watches("H4", "Y", 0, 10));
    let catch_up = |household: &str, count: i64, lag_days: i16| -> Vec<MinuteRow> {
        let mode = |row: MinuteRow| MinuteRow {
            view_mode: Some("catchup".into()),
            clock_minute: row.minute + i32::from(lag_days) * 1_440 + 120,
            lag_days,
            ..row
        };
        watches(household, "X", 0, count).into_iter().map(mode).collect()
    };
    world.minutes.extend(catch_up("H5", 10, 0));
    world.minutes.extend(catch_up("H6", 5, 2));
    world
}

const ALL_TV: &str = r#""metrics":["tv.viewing_min","tv.ama","tv.rating_pct","tv.tvr_total","tv.share_pct","tv.reach_1","tv.reach_3","tv.reach_pct","tv.atv","tv.loyalty_pct","tv.ama_sec","tv.live","tv.vosdal","tv.live_3","tv.live_7"]"#;

fn check_g1(frame: &model::frame::Frame) {
    let expected = [
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
        ("tv.live", 1.3),
        ("tv.vosdal", 2.3),
        ("tv.live_3", 2.8),
        ("tv.live_7", 2.8),
    ];
    for (metric, value) in expected {
        let found = number(frame, metric);
        assert!((found - value).abs() < 0.0005, "{metric}: {found} and not {value}");
    }
}

async fn g1_television_by_channel_and_time(store: &TestStore) {
    store.fill(&g1()).await;
    let range = r#""time":{"from":"2026-03-01T20:00:00+08:00","to":"2026-03-01T20:10:00+08:00"}"#;
    let by_filter = format!(r#"{{{ALL_TV},"where":[{{"dim":"channel","in":["X"]}}],{range}}}"#);
    check_g1(&store.ask(at(NOW), &everything(&[HOME]), &by_filter).await.unwrap());
    let by_split = format!(r#"{{{ALL_TV},"by":["channel"],{range}}}"#);
    let frame = store.ask(at(NOW), &everything(&[HOME]), &by_split).await.unwrap();
    assert_eq!(cell(&frame, "channel").as_text(), Some("X"));
    check_g1(&frame);
    let shares: f64 =
        frame.cells(frame.column("tv.share_pct").unwrap()).filter_map(model::frame::Cell::as_number).sum();
    assert!((shares - 100.0).abs() < 1e-9, "{shares}");
}

async fn g1_television_by_programme(store: &TestStore) {
    store.fill(&g1()).await;
    let range = r#""time":{"from":"2026-03-01T00:00:00+08:00","to":"2026-03-02T00:00:00+08:00"}"#;
    let by_filter = format!(r#"{{{ALL_TV},"where":[{{"dim":"programme","in":["P"]}}],{range}}}"#);
    check_g1(&store.ask(at(NOW), &everything(&[HOME]), &by_filter).await.unwrap());
    let by_split = format!(
        r#"{{{ALL_TV},"by":["programme"],"order":[{{"metric":"tv.viewing_min"}}],"where":[{{"dim":"channel","in":["X"]}}],{range}}}"#
    );
    let frame = store.ask(at(NOW), &everything(&[HOME]), &by_split).await.unwrap();
    assert_eq!(frame.rows.len(), 2, "nobody watched what ran before, and that is a number too: {frame:?}");
    let mut frame = (*frame).clone();
    frame.rows.reverse();
    assert_eq!(cell(&frame, "programme").as_text(), Some("P"));
    check_g1(&frame);
}

async fn a_late_programme_change_is_right_at_once(store: &TestStore) {
    let mut world = g1();
    store.fill(&world).await;
    let query = r#"{"metrics":["tv.ama"],"where":[{"dim":"programme","in":["P"]}],"time":{"from":"2026-03-01T00:00:00+08:00","to":"2026-03-02T00:00:00+08:00"}}"#;
    assert!((number(&store.ask(at(NOW), &everything(&[HOME]), query).await.unwrap(), "tv.ama") - 1.3).abs() < 1e-9);
    // It ran five minutes only: H1 in all of them, H2 in two.
    world.programmes[1] = programme("X", "P", evening(0), evening(5));
    store.fill(&world).await;
    assert!((number(&store.ask(at(NOW), &everything(&[HOME]), query).await.unwrap(), "tv.ama") - 1.4).abs() < 1e-9);
}

async fn a_minute_curve_has_every_minute(store: &TestStore) {
    store.fill(&g1()).await;
    let query = r#"{"metrics":["tv.rating_pct"],"by":[{"time":"minute"}],"where":[{"dim":"channel","in":["X"]}],
        "time":{"from":"2026-03-01T20:00:00+08:00","to":"2026-03-01T20:12:00+08:00"}}"#;
    let frame = store.ask(at(NOW), &everything(&[HOME]), query).await.unwrap();
    let curve: Vec<f64> = frame.cells(1).filter_map(model::frame::Cell::as_number).collect();
    assert_eq!(curve, [10.0, 10.0, 20.0, 20.0, 10.0, 20.0, 10.0, 10.0, 10.0, 10.0, 0.0, 0.0]);
    assert_eq!(frame.rows[0][0].as_text(), Some("2026-03-01T20:00:00+08:00"));
}

fn g2() -> World {
    let start = at("2026-03-01T10:00:00+08:00");
    let view = |sid: &str| view(sid, sid, ZJ, start);
    let quit = ViewRow { watched_ms: 4_000, ..view("S2") };
    let fatal = ViewRow {
        watched_ms: 2_500,
        failed: true,
        failed_in_startup: true,
        error_class: Some("business".into()),
        ..view("S3")
    };
    let mut broken = played(view("S4"), 800, 40_000, 0);
    broken.failed = true;
    World { views: vec![played(view("S1"), 1_200, 58_800, 2_000), quit, fatal, broken], ..World::default() }
}

async fn g2_quality(store: &TestStore) {
    store.fill(&g2()).await;
    let expected = [
        (r#""qoe.attempts""#, 4.0, 0.0),
        (r#""content.plays""#, 2.0, 0.0),
        (r#""qoe.plays""#, 2.0, 0.0),
        (r#""qoe.fail_pct""#, 50.0, 0.0),
        (r#"{"id":"qoe.fail_pct","profile":"conviva"}"#, 50.0, 0.0),
        (r#"{"id":"qoe.fail_pct","profile":"mux"}"#, 50.0, 0.0),
        (r#"{"id":"qoe.vsf_pct","profile":"conviva"}"#, 25.0, 0.0),
        // S3 was refused for a business reason, which Mux leaves out.
        (r#"{"id":"qoe.vsf_pct","profile":"mux"}"#, 0.0, 0.0),
        (r#""qoe.ebvs_pct""#, 25.0, 0.0),
        (r#""qoe.business_exception_pct""#, 25.0, 0.0),
        (r#""qoe.startup_s""#, 1.0, 1e-9),
        (r#"{"id":"qoe.startup_s","stat":"p50"}"#, 0.8, 0.008),
        (r#"{"id":"qoe.startup_s","stat":"p95"}"#, 1.2, 0.012),
        (r#""qoe.rebuf_ratio""#, 1.830, 0.0005),
        (r#"{"id":"qoe.rebuf_ratio","profile":"conviva"}"#, 1.984, 0.0005),
        (r#""qoe.rebuf_freq""#, 0.25, 0.0),
        (r#"{"id":"qoe.rebuf_freq","profile":"mux"}"#, 1.0 / (109.3 / 60.0), 1e-9),
        (r#""qoe.rebuf_s_per_h""#, 72.87, 0.005),
        (r#""qoe.stalled_play_pct""#, 50.0, 0.0),
        // S1 stalled for more than 1 % of its play time, S4 failed.
        (r#""qoe.good_session_pct""#, 0.0, 0.0),
        (r#""qoe.watch_h""#, 109.3 / 3_600.0, 1e-9),
        (r#""qoe.play_h""#, 98.8 / 3_600.0, 1e-9),
    ];
    for (metric, value, error) in expected {
        let query = format!(
            r#"{{"metrics":[{metric}],"time":{{"from":"2026-03-01T00:00:00+08:00","to":"2026-03-02T00:00:00+08:00"}}}}"#
        );
        let frame = store.ask(at(NOW), &everything(&[HOME]), &query).await.unwrap();
        let found = frame.rows[0][0].as_number().unwrap();
        assert!((found - value).abs() <= error, "{metric}: {found} and not {value}");
    }
}

/// A match of three hours at 4 Mbit/s that stalls for half a minute in its 151st, and another play of it at 2 Mbit/s.
fn a_long_match() -> World {
    let (settings, kick_off) = (FactSettings::default(), evening(0));
    let quality = |sid: &str, after_ms: &[(i64, PlayState)], kbps: i32| {
        let mut session = Session::default();
        for (after_ms, state) in after_ms {
            session.insert(SessionEvent::of(&Event {
                play_state: Some(*state),
                bitrate_kbps: Some(kbps),
                household_id: Some(sid.into()),
                province: ZJ,
                channel_id: Some("X".into()),
                cdn_vendor: Some("wangsu".into()),
                ..Event::new(format!("{sid}-{after_ms}"), kick_off.plus_millis(*after_ms))
            }));
        }
        let view = session.view(HOME, &sid.into(), true, Calendar::CHINA, settings).unwrap();
        (view, session.quality_minutes(HOME, &sid.into(), i32::MIN, Calendar::CHINA, settings))
    };
    let beats = |from: i64, to: i64| (from..to).map(|minute| (minute * 60_000, PlayState::Playing));
    let stalls = [(9_010_000, PlayState::Stalled), (9_040_000, PlayState::Playing)];
    let stalled = [(0, PlayState::Asked), (2_000, PlayState::Playing)]
        .into_iter()
        .chain(beats(1, 151))
        .chain(stalls)
        .chain(beats(151, 180))
        .chain([(10_800_000, PlayState::Quit)]);
    let smooth = beats(149, 153).chain([(9_180_000, PlayState::Quit)]);
    let (stalled, smooth) = (
        quality("stalled", &stalled.collect::<Vec<_>>(), 4_000),
        quality("smooth", &smooth.collect::<Vec<_>>(), 2_000),
    );
    World { views: vec![stalled.0, smooth.0], quality_minutes: [stalled.1, smooth.1].concat(), ..World::default() }
}

async fn a_stall_counts_in_its_minute(store: &TestStore) {
    store.fill(&a_long_match()).await;
    let ask = async |metrics: &str, by: &str, from: &str, to: &str| {
        let query = format!(
            r#"{{"metrics":[{metrics}],"by":[{by}],"time":{{"from":"2026-03-01T{from}:00+08:00","to":"2026-03-01T{to}:00+08:00"}}}}"#
        );
        written(&store.ask(at(NOW), &everything(&[HOME]), &query).await.unwrap())
    };
    let stalled =
        r#""qoe.rebuf_ratio_minute",{"id":"qoe.rebuf_ratio_minute","profile":"conviva"},"qoe.stalls_per_min""#;
    // 30 s of the 120 s that both watched.
    assert_eq!(ask(stalled, "", "22:30", "22:31").await, "25.000 25.000 0.500");
    assert_eq!(ask(stalled, r#""cdn""#, "22:30", "22:31").await, "wangsu 25.000 25.000 0.500");
    assert_eq!(ask(stalled, "", "20:00", "22:30").await, "0.000 0.000 0.000");
    let hours = ask(r#""qoe.rebuf_ratio_minute""#, r#"{"time":"hour"}"#, "20:00", "23:00").await;
    let of_hours: Vec<&str> = hours.lines().map(|line| line.split(' ').nth(1).unwrap()).collect();
    // Three of the four minutes of the smooth play lie in the last hour.
    assert_eq!(of_hours, ["0.000", "0.000", "0.781"], "{hours}");
    // The view says all of it, at the moment it began.
    assert_eq!(ask(r#""qoe.rebuf_ratio""#, "", "20:00", "20:01").await, "0.278", "30 s of 10,800");
    // 30 s of 4 Mbit/s and 60 s of 2 Mbit/s.
    assert_eq!(ask(r#""qoe.bitrate_minute","qoe.bandwidth""#, "", "22:30", "22:31").await, "2666.667 4000.000");
    assert_eq!(ask(r#""qoe.bitrate_minute","qoe.bandwidth""#, "", "22:40", "22:41").await, "4000.000 4000.000");
}

async fn g3_orders_and_money(store: &TestStore) {
    let (this, last) = (at("2026-03-05T10:00:00+08:00"), at("2025-03-05T10:00:00+08:00"));
    let mut orders = Vec::new();
    orders.extend((0..1_100).map(|number| order(&format!("h{}", number % 700), "paid", 1_990, this)));
    orders.extend((0..1_000).map(|number| order(&format!("h{number}"), "paid", 1_000, last)));
    orders.push(order("h1", "refunded", 990, this));
    orders.push(order("h2", "created", 5_000, this));
    store.fill(&World { orders, ..World::default() }).await;
    let query = r#"{"metrics":["order.count","order.users","order.revenue","order.aov"],"compare":"year","time":{"from":"2026-03-01T00:00:00+08:00","to":"2026-03-10T00:00:00+08:00"}}"#;
    let frame = store.ask(at(NOW), &everything(&[HOME]), query).await.unwrap();
    assert_eq!(written(&frame), "1100 1000 10.000 700 1000 -30.000 2188010 1000000 118.801 1989 1000 98.910");
}

async fn g5_power_on(store: &TestStore) {
    let day = |number: i64| at("2026-03-01T08:00:00+08:00").plus_millis((number - 1) * 86_400_000);
    let accounts = (1..=10).map(|number| account(&format!("a{number}"), ZJ, at("2026-02-01T00:00:00+08:00"))).collect();
    let mut on = Vec::new();
    on.extend([1, 2, 3, 4, 5, 5].map(|number| activity(&format!("a{number}"), ZJ, day(1))));
    on.extend([3, 4, 5, 6].map(|number| activity(&format!("a{number}"), ZJ, day(2))));
    store.fill(&World { accounts, activity: on, ..World::default() }).await;
    let query = r#"{"metrics":["iptv.poweron_users","iptv.poweron_rate","iptv.registered"],"by":[{"time":"day"}],"time":{"from":"2026-03-01T00:00:00+08:00","to":"2026-03-03T00:00:00+08:00"}}"#;
    let frame = store.ask(at(NOW), &everything(&[HOME]), query).await.unwrap();
    assert_eq!(written(&frame), "2026-03-01T00:00:00+08:00 5 50.000 10\n2026-03-02T00:00:00+08:00 4 40.000 10");
}

/// The same ten accounts, active instead of powered on: DAU 5 and 4, WAU 6, nine active days.
async fn g5_active_accounts(store: &TestStore) {
    let day = |number: i64| at("2026-03-01T08:00:00+08:00").plus_millis((number - 1) * 86_400_000);
    let accounts = (1..=10).map(|number| account(&format!("a{number}"), ZJ, at("2026-02-01T00:00:00+08:00"))).collect();
    let active = |households: &[u32], on: i64| {
        let play = |household: &u32| {
            let name = format!("a{household}");
            // Twice on one day is one active day.
            [1, 2].map(|time| played(view(&format!("{name}-{on}-{time}"), &name, ZJ, day(on)), 500, 60_000, 0))
        };
        households.iter().flat_map(play).collect::<Vec<_>>()
    };
    let views = [active(&[1, 2, 3, 4, 5], 1), active(&[3, 4, 5, 6], 2)].concat();
    store.fill(&World { views, accounts, ..World::default() }).await;
    let range = r#""time":{"from":"2026-03-01T00:00:00+08:00","to":"2026-03-03T00:00:00+08:00"}"#;
    let by_day = format!(r#"{{"metrics":["iptv.active_users","iptv.active_rate"],"by":[{{"time":"day"}}],{range}}}"#);
    let frame = store.ask(at(NOW), &everything(&[HOME]), &by_day).await.unwrap();
    assert_eq!(written(&frame), "2026-03-01T00:00:00+08:00 5 50.000\n2026-03-02T00:00:00+08:00 4 40.000");
    let whole = format!(
        r#"{{"metrics":["iptv.active_users","iptv.active_rate","iptv.active_days","iptv.stickiness"],{range}}}"#
    );
    let frame = store.ask(at(NOW), &everything(&[HOME]), &whole).await.unwrap();
    assert_eq!(written(&frame), "6 60.000 1.500 75.000", "nine days of six accounts; 4.5 a day of 6");
}

async fn accounts_come_and_go(store: &TestStore) {
    let closed = |row: crate::events::fact_rows::AccountRow, when: &str| crate::events::fact_rows::AccountRow {
        closed_day: Some(Calendar::CHINA.day_of(at(when))),
        last_closed_ms: Some(at(when)),
        ..row
    };
    let before = at("2026-02-01T00:00:00+08:00");
    let mut accounts: Vec<_> = (1..=8).map(|number| account(&format!("a{number}"), ZJ, before)).collect();
    // One of them closes on the first day of the month, one on the third; two come, of which one leaves at once.
    accounts[0] = closed(accounts[0].clone(), "2026-03-01T09:00:00+08:00");
    accounts[1] = closed(accounts[1].clone(), "2026-03-03T09:00:00+08:00");
    accounts.push(account("new", ZJ, at("2026-03-02T10:00:00+08:00")));
    let short = account("short", ZJ, at("2026-03-02T10:00:00+08:00"));
    accounts.push(closed(short, "2026-03-04T10:00:00+08:00"));
    store.fill(&World { accounts, ..World::default() }).await;
    let query = r#"{"metrics":["iptv.opened","iptv.closed","iptv.net_add","iptv.registered","iptv.churn_contract"],
        "time":{"from":"2026-03-01T00:00:00+08:00","to":"2026-03-06T00:00:00+08:00"}}"#;
    let frame = store.ask(at(NOW), &everything(&[HOME]), query).await.unwrap();
    assert_eq!(written(&frame), "2 3 -1 7 37.500", "three of the eight there were");
    let by_day = query.replace(r#""time""#, r#""by":[{"time":"day"}],"time""#);
    let frame = store.ask(at(NOW), &everything(&[HOME]), &by_day).await.unwrap();
    let days: Vec<String> = written(&frame).lines().map(|line| line[26..].to_owned()).collect();
    assert_eq!(days, ["0 1 -1 7 12.500", "2 0 2 9 0.000", "0 1 -1 8 11.111", "0 1 -1 7 12.500", "0 0 0 7 0.000"]);
}

async fn orders_on_their_way(store: &TestStore) {
    let when = at("2026-03-05T10:00:00+08:00");
    let mut orders: Vec<_> = (0..40).map(|number| order(&format!("c{number}"), "created", 2_000, when)).collect();
    orders.extend((0..30).map(|number| order(&format!("p{number}"), "paid", 2_000, when)));
    orders.extend((0..3).map(|number| order(&format!("p{number}"), "refunded", 2_000, when.plus_millis(1))));
    orders.extend((0..5).map(|number| order(&format!("c{number}"), "cancelled", 2_000, when.plus_millis(1))));
    orders[40].content_id = Some("film".into());
    let accounts = (0..60).map(|number| account(&format!("p{number}"), ZJ, at("2026-02-01T00:00:00+08:00"))).collect();
    store.fill(&World { accounts, orders, ..World::default() }).await;
    let query = r#"{"metrics":["order.created","order.gmv","order.pay_conv","order.cancelled","order.refunds","order.refund_rate","order.arppu","order.pay_rate","order.trigger_pct"],
        "time":{"from":"2026-03-01T00:00:00+08:00","to":"2026-03-10T00:00:00+08:00"}}"#;
    let frame = store.ask(at(NOW), &everything(&[HOME]), query).await.unwrap();
    assert_eq!(written(&frame), "40 80000 75.000 5 3 10.000 1800 50.000 3.333");
}

/// 40 impressions of which ten were too short, 12 clicks of nine households; the same on a phone counts as web.
async fn pages_of_the_guide(store: &TestStore) {
    let when = at("2026-03-05T20:00:00+08:00");
    let seen = |number: i64, visible_ms: i32| PageRow {
        element_action: Some(ElementAction::Impression),
        visible_ms: Some(visible_ms),
        slot_id: Some("banner".into()),
        ..page(&format!("h{}", number % 20), "home", when.plus_millis(number))
    };
    let clicked = |number: i64| PageRow {
        element_action: Some(ElementAction::Click),
        slot_id: Some("banner".into()),
        ..page(&format!("h{}", number % 9), "home", when.plus_millis(number))
    };
    let mut pages: Vec<PageRow> = (0..30).map(|number| seen(number, 2_000)).collect();
    pages.extend((0..10).map(|number| seen(number, 1_999)));
    pages.extend((0..12).map(clicked));
    pages.extend((0..20).map(|number| page(&format!("h{number}"), "home", when)));
    let next = |number: i64| PageRow {
        prev_page_id: Some("home".into()),
        ..page(&format!("h{number}"), "detail", when.plus_millis(5_000))
    };
    pages.extend((0..10).map(next));
    let on_phone = |row: &PageRow| PageRow { platform: Some("ios".into()), ..row.clone() };
    let web: Vec<PageRow> = pages.iter().filter(|row| row.element_action.is_none()).map(on_phone).collect();
    pages.extend(web);
    store.fill(&World { pages, ..World::default() }).await;
    let ask = async |metrics: &str, by: &str| {
        let query = format!(
            r#"{{"metrics":[{metrics}],"by":[{by}],"time":{{"from":"2026-03-05T00:00:00+08:00","to":"2026-03-06T00:00:00+08:00"}}}}"#
        );
        written(&store.ask(at(NOW), &everything(&[HOME]), &query).await.unwrap())
    };
    assert_eq!(
        ask(r#""epg.page_views","epg.page_users","epg.impressions","epg.clicks","epg.click_users","epg.ctr","epg.unique_ctr""#, "").await,
        "30 20 30 12 9 40.000 45.000",
    );
    assert_eq!(ask(r#""epg.page_views""#, r#""previous_page","page""#).await, "home detail 10\n– home 20", "the path");
    assert_eq!(ask(r#""web.pv","web.uv","web.pages_per_visitor""#, "").await, "30 20 1.500",);
}

/// The numbers of G4, a thousandth and a hundredth of them: one article of 550 is read a million times, in two parts; ten workers
/// call the assistant 800 times.
async fn g4_media_network(store: &TestStore) {
    let when = at("2026-03-05T10:00:00+08:00");
    let mut articles: Vec<_> =
        (0..550).map(|number| article("county-1", &format!("a{number}"), ArticleAction::Publish, 0, when)).collect();
    articles.extend([600_000, 400_000].map(|reads| article("county-2", "a1", ArticleAction::Read, reads, when)));
    articles.push(article("county-2", "a2", ArticleAction::Read, 999_999, when));
    articles.extend((0..40).map(|number| article("county-1", &format!("s{number}"), ArticleAction::Submit, 0, when)));
    articles.extend((0..10).map(|number| article("city", &format!("s{number}"), ArticleAction::Adopt, 0, when)));
    articles.extend((0..8).map(|number| article("county-1", &format!("a{number}"), ArticleAction::Share, 0, when)));
    articles.extend([1, 1, 2].map(|number| ArticleRow {
        reprint_of: Some(format!("a{number}").into()),
        ..article("city", "copy", ArticleAction::Reprint, 0, when)
    }));
    let asks = |person: u32| serves(&format!("w{person}"), Service::Assistant, ServiceAction::Ask, None, when);
    let mut services: Vec<_> = (0..800).map(|call| asks(call % 10)).collect();
    services.extend((0..20).map(|_| serves("c", Service::Help, ServiceAction::Ask, None, when)));
    services.extend((0..19).map(|_| serves("c", Service::Help, ServiceAction::Done, Some(7_200_000), when)));
    let mut advertisements: Vec<_> =
        (0..40).map(|number| advertisement(&format!("h{}", number % 8), AdAction::Impression, when)).collect();
    advertisements[0].visible_ms = Some(999);
    advertisements.push(advertisement("h1", AdAction::Click, when));
    store.fill(&World { articles, advertisements, services, ..World::default() }).await;
    let ask = async |metrics: &str| {
        let query = format!(
            r#"{{"metrics":[{metrics}],"time":{{"from":"2026-03-05T00:00:00+08:00","to":"2026-03-06T00:00:00+08:00"}}}}"#
        );
        written(&store.ask(at(NOW), &everything(&[HOME]), &query).await.unwrap())
    };
    assert_eq!(ask(r#""media.articles","media.dissemination""#).await, "550 1999999");
    let shared = r#""media.adopt_rate","media.shared","media.reprints","media.adoption_reach","media.reprint_units""#;
    assert_eq!(ask(shared).await, "25.000 8 3 25.000 1");
    assert_eq!(ask(r#""ai.calls","ai.users","ai.calls_per_user""#).await, "800 10 80.000");
    assert_eq!(ask(r#""help.requests","help.done_pct",{"id":"help.close_h","stat":"mean"}"#).await, "20 95.000 2.000");
    assert_eq!(ask(r#""ad.impressions","ad.reach","ad.ctr""#).await, "39 8 2.564");
}

/// 20 people scan a code, 16 of them vote, one of those twice and one is refused; the red packets add up to the fen.
async fn an_evening_to_take_part_in(store: &TestStore) {
    let when = at("2026-03-05T20:00:00+08:00");
    let each = |count: u32, action: Participation| {
        (0..count).map(move |number| ParticipationRow {
            qr_id: Some("studio".into()),
            ..takes_part(&format!("p{number}"), action, when.plus_millis(i64::from(number)))
        })
    };
    let mut participations: Vec<_> = each(20, Participation::Scan).chain(each(20, Participation::Visit)).collect();
    participations.extend(each(16, Participation::Vote).enumerate().map(|(index, row)| ParticipationRow {
        option_id: Some(if index < 12 { "song" } else { "dance" }.into()),
        ..row
    }));
    let again = |result| each(1, Participation::Vote).map(move |row| ParticipationRow { result, ..row });
    participations.extend(again(ParticipationResult::Duplicate).chain(again(ParticipationResult::Rejected)));
    participations.extend(each(3, Participation::Grab).map(|row| ParticipationRow { prize_fen: Some(188), ..row }));
    participations.extend(each(4, Participation::Comment));
    participations.extend(
        each(1, Participation::Comment).map(|row| ParticipationRow { result: ParticipationResult::Moderated, ..row }),
    );
    store.fill(&World { participations, ..World::default() }).await;
    let ask = async |metrics: &str, by: &str| {
        let query = format!(
            r#"{{"metrics":[{metrics}],"by":[{by}],"time":{{"from":"2026-03-05T00:00:00+08:00","to":"2026-03-06T00:00:00+08:00"}}}}"#
        );
        written(&store.ask(at(NOW), &everything(&[HOME]), &query).await.unwrap())
    };
    assert_eq!(
        ask(r#""interact.visits","interact.scans","interact.participants","interact.participation_rate","interact.scan_conv","interact.votes","interact.voters""#, "").await,
        "20 20 16 80.000 80.000 16 16",
    );
    assert_eq!(
        ask(r#""interact.actions","interact.success_pct","interact.dup_pct","interact.redpacket_grabs","interact.redpacket_amount","interact.comments","interact.mod_reject_pct""#, "").await,
        "26 88.462 3.846 3 564 4 20.000",
    );
    let shares = ask(r#"{"id":"interact.votes","calculation":"share"}"#, r#""option""#).await;
    assert_eq!(shares, "dance 25.000\nsong 75.000", "the result of the vote");
}

/// Two of five who enter a draw win; three of four votes are for the song; two of three clicks are on the banner; three of four
/// impressions are at county clients; five plays are of two titles, one of none.
async fn parts_of_their_wholes(store: &TestStore) {
    let when = at("2026-03-05T20:00:00+08:00");
    let each = |count: u32, action: Participation| {
        (0..count).map(move |number| takes_part(&format!("p{number}"), action, when.plus_millis(i64::from(number))))
    };
    let draws = each(5, Participation::Draw).zip([Some(100), None, Some(1), None, Some(0)]);
    let votes = each(4, Participation::Vote).zip(["song", "song", "dance", "song"]);
    let participations = draws
        .map(|(row, prize_fen)| ParticipationRow { prize_fen, ..row })
        .chain(votes.map(|(row, option)| ParticipationRow { option_id: Some(option.into()), ..row }))
        .chain(each(72, Participation::Comment))
        .collect();
    let clicked = |(number, slot): (i64, &str)| PageRow {
        element_action: Some(ElementAction::Click),
        slot_id: Some(slot.into()),
        ..page("h1", "home", when.plus_millis(number))
    };
    let pages = [(0, "banner"), (1, "banner"), (2, "row")].into_iter().map(clicked).collect();
    let seen =
        |level: &str| AdRow { unit_level: Some(level.into()), ..advertisement("h1", AdAction::Impression, when) };
    let advertisements = ["county", "county", "city", "county"].map(seen).to_vec();
    let plays = |(number, title): (i64, Option<&str>)| ViewRow {
        content_id: title.map(Into::into),
        ..played(view(&format!("s{number}"), "h1", ZJ, when.plus_millis(number)), 500, 60_000, 0)
    };
    let titles = [Some("a"), Some("b"), Some("a"), Some("a"), None, Some("b")];
    let mut views: Vec<_> = (0..).zip(titles).map(plays).collect();
    views.push(ViewRow { abnormal: true, effective: false, ..plays((7, Some("c"))) });
    store.fill(&World { views, pages, participations, advertisements, ..World::default() }).await;
    let ask = async |metrics: &str, by: &str| {
        let query = format!(
            r#"{{"metrics":[{metrics}],"by":[{by}],"time":{{"from":"2026-03-05T00:00:00+08:00","to":"2026-03-06T00:00:00+08:00"}}}}"#
        );
        written(&store.ask(at(NOW), &everything(&[HOME]), &query).await.unwrap())
    };
    assert_eq!(ask(r#""interact.vote_share_pct""#, r#""option""#).await, "dance 25.000\nsong 75.000");
    assert_eq!(ask(r#""interact.win_pct","interact.comments_per_min""#, "").await, "40.000 0.050");
    assert_eq!(ask(r#""epg.heat_pct""#, r#""slot""#).await, "banner 66.667\nrow 33.333");
    assert_eq!(ask(r#""ad.level_mix_pct""#, r#""unit_level""#).await, "city 25.000\ncounty 75.000");
    assert_eq!(ask(r#""content.titles_played","content.plays_per_title""#, "").await, "2 2.500");
    assert_eq!(ask(r#""content.abnormal_plays","content.abnormal_users""#, "").await, "1 1");
}

/// Of four films whose length is known one is seen to its end and one nearly; a provider brings three of four plays and two of
/// its three yuan are given back.
async fn how_much_of_a_title_is_seen_and_whose_it_is(store: &TestStore) {
    let when = at("2026-03-05T20:00:00+08:00");
    let plays = |(number, (seen_milli, cp)): (i64, (Option<i32>, Option<&str>))| ViewRow {
        seen_milli,
        seen_tenth: seen_milli.map(|milli| i16::try_from(milli / 100).unwrap()),
        cp_id: cp.map(Into::into),
        ..played(view(&format!("s{number}"), "h1", ZJ, when.plus_millis(number)), 500, 60_000, 0)
    };
    let told = [
        (Some(1_000), Some("huashu")),
        (Some(900), Some("huashu")),
        (Some(899), Some("bestv")),
        (Some(1), Some("huashu")),
        (None, None),
    ];
    let mut views: Vec<_> = (0..).zip(told).map(plays).collect();
    views.push(ViewRow { effective: false, ..plays((9, (Some(1_000), Some("bestv")))) });
    let bought = |cp: &str, status: &str, fen: i64, number: i64| OrderRow {
        cp_id: Some(cp.into()),
        ..order("h1", status, fen, when.plus_millis(number))
    };
    let orders =
        vec![bought("huashu", "paid", 300, 0), bought("huashu", "refunded", 200, 1), bought("bestv", "paid", 300, 2)];
    store.fill(&World { views, orders, ..World::default() }).await;
    let ask = async |metrics: &str, by: &str| {
        let query = format!(
            r#"{{"metrics":[{metrics}],"by":[{by}],"time":{{"from":"2026-03-05T00:00:00+08:00","to":"2026-03-06T00:00:00+08:00"}}}}"#
        );
        written(&store.ask(at(NOW), &everything(&[HOME]), &query).await.unwrap())
    };
    assert_eq!(
        ask(r#""content.completion_pct","content.avg_progress_pct","content.progress_plays""#, "").await,
        "50.000 70.000 4"
    );
    assert_eq!(ask(r#""content.progress_plays""#, r#""seen_tenth""#).await, "0 1\n8 1\n9 1\n10 1");
    assert_eq!(ask(r#""content.providers","content.plays""#, "").await, "2 5");
    assert_eq!(ask(r#""content.cp_play_share_pct""#, r#""cp""#).await, "bestv 25.000\nhuashu 75.000");
    assert_eq!(
        ask(r#""order.revenue","order.cp_revenue_share_pct","order.revenue_per_1000_plays""#, r#""cp""#).await,
        "bestv 300 75.000 300000\nhuashu 100 25.000 33333",
        "plays without a provider bring nothing, and have no row"
    );
    let ranked = ask(r#""content.plays",{"id":"content.plays","calculation":"rank"}"#, r#""cp""#).await;
    assert_eq!(ranked, "bestv 1 2\nhuashu 3 1\n– 1 2");
}

/// Ten answers: two of long objects, one from the cache; one is missing, one fails, one never comes.
async fn answers_of_the_delivery_network(store: &TestStore) {
    let when = at("2026-03-05T20:00:00+08:00");
    let mut requests: Vec<_> = (0..5).map(|number| answered(200, None, 1_000, 10, when.plus_millis(number))).collect();
    requests.push(answered(206, Some(true), 1_000_000, 1_000, when));
    requests.push(answered(200, Some(false), 3_000_000, 1_000, when));
    requests.push(answered(404, Some(false), 0, 20, when));
    requests.push(answered(503, None, 0, 20, when));
    requests.push(answered(0, None, 0, 20, when));
    store.fill(&World { requests, ..World::default() }).await;
    let ask = async |metrics: &str, by: &str| {
        let query = format!(
            r#"{{"metrics":[{metrics}],"by":[{by}],"time":{{"from":"2026-03-05T20:00:00+08:00","to":"2026-03-05T21:00:00+08:00"}}}}"#
        );
        written(&store.ask(at(NOW), &everything(&[HOME]), &query).await.unwrap())
    };
    assert_eq!(ask(r#""cdn.requests","cdn.bytes","cdn.throughput""#, "").await, "10 0.004 16000.000", "4 MB in 2 s");
    // 4,005,000 bytes in an hour.
    assert_eq!(ask(r#""cdn.bandwidth""#, "").await, "8.900");
    assert_eq!(
        ask(r#""cdn.error_pct","cdn.error_4xx_pct","cdn.error_5xx_pct","cdn.unanswered_pct""#, "").await,
        "30.000 10.000 10.000 10.000"
    );
    assert_eq!(ask(r#""cdn.hit_pct","cdn.hit_bytes_pct""#, "").await, "33.333 25.000");
    assert_eq!(ask(r#"{"id":"cdn.ttfb_ms","stat":"mean"}"#, "").await, "105.500", "five times 5, twice 500, thrice 10");
    assert_eq!(ask(r#""cdn.requests""#, r#""status_class""#).await, "2xx 7\n4xx 1\n5xx 1\nnone 1");
}

/// Nine events come at once and one after 100 seconds, in two of sixty minutes.
async fn what_comes_in(store: &TestStore) {
    let when = at("2026-03-05T20:00:10+08:00");
    let arrivals = [arrived(7, 9, 400, when), arrived(7, 1, 100_000, when.plus_millis(60_000))].concat();
    store.fill(&World { arrivals, ..World::default() }).await;
    let ask = async |metrics: &str, by: &str| {
        let query = format!(
            r#"{{"metrics":[{metrics}],"by":[{by}],"time":{{"from":"2026-03-05T20:00:00+08:00","to":"2026-03-05T21:00:00+08:00"}}}}"#
        );
        written(&store.ask(at(NOW), &everything(&[HOME]), &query).await.unwrap())
    };
    assert_eq!(ask(r#""sys.events","iptv.feed_complete_pct""#, r#""source""#).await, "7 10 3.333");
    assert_eq!(ask(r#"{"id":"iptv.feed_delay_s","stat":"mean"},"sys.ingest_rate""#, "").await, "10.360 0.003");
    let quantiles = ask(r#"{"id":"iptv.feed_delay_s","stat":"p50"},{"id":"iptv.feed_delay_s","stat":"p95"}"#, "").await;
    let numbers: Vec<f64> = quantiles.split(' ').map(|number| number.parse().unwrap()).collect();
    assert!((numbers[0] - 1.0).abs() <= 0.01 && (numbers[1] - 100.0).abs() <= 1.0, "{quantiles}");
}
