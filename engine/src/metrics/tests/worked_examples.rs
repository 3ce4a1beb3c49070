//! Worked examples of metrics that no golden example of the reference speaks of: rows made by hand, numbers by head.

use super::world::*;
use crate::events::{
    ElementAction, Participation, Service, ServiceAction,
    fact_rows::{MinuteRow, PageRow, ViewRow},
};
use model::time::Timestamp;

const DAY: &str = r#""time":{"from":"2026-03-01T00:00:00+08:00","to":"2026-03-02T00:00:00+08:00"}"#;

pub(super) fn noon() -> Timestamp {
    at("2026-03-01T12:00:00+08:00")
}

/// What a query of that day says, asked on the next one.
pub(super) async fn told(world: &World, metrics: &str, by: &str) -> String {
    let store = TestStore::new().await;
    store.fill(world).await;
    let query = format!(r#"{{"metrics":[{metrics}],"by":[{by}],{DAY}}}"#);
    written(&store.ask(at("2026-03-05T12:00:00+08:00"), &everything(&[HOME]), &query).await.unwrap())
}

fn accounts(number: usize) -> Vec<crate::events::fact_rows::AccountRow> {
    (0..number).map(|index| account(&format!("a{index}"), ZJ, at("2026-02-01T00:00:00+08:00"))).collect()
}

/// A quarter of a day on each of two screens, in ten households.
#[tokio::test]
async fn screens_add_up_to_the_cross_screen_rating() {
    let six_hours = 6 * 3_600_000;
    let live = |household: &str, platform: &str| ViewRow {
        platform: Some(platform.into()),
        view_mode: Some("live".into()),
        channel_id: Some("X".into()),
        ..played(view(household, household, ZJ, noon()), 0, six_hours, 0)
    };
    let on_demand = ViewRow { view_mode: Some("vod".into()), ..live("h3", "stb") };
    let views = vec![live("h1", "stb"), live("h2", "ios"), on_demand];
    let world = World { views, accounts: accounts(10), ..World::default() };
    assert_eq!(told(&world, r#""tv.cross_pct""#, "").await, "5.000");
    assert_eq!(told(&world, r#""tv.cross_pct""#, r#""platform""#).await, "ios 2.500\nstb 2.500");
}

#[tokio::test]
async fn four_weeks_are_more_than_one() {
    let lagged = |lag_days| MinuteRow {
        view_mode: Some("catchup".into()),
        lag_days,
        ..minute(&format!("h{lag_days}"), "X", noon(), noon(), 60)
    };
    let world = World { minutes: [7, 8, 28, 29].map(lagged).to_vec(), ..World::default() };
    let one_minute = r#"{"metrics":["tv.live_7","tv.live_28"],"time":{"from":"2026-03-01T12:00:00+08:00","to":"2026-03-01T12:01:00+08:00"}}"#;
    let store = TestStore::new().await;
    store.fill(&world).await;
    let frame = store.ask(at("2026-04-05T12:00:00+08:00"), &everything(&[HOME]), one_minute).await.unwrap();
    assert_eq!(written(&frame), "1.000 3.000");
}

/// Two titles are asked for; one never starts.
#[tokio::test]
async fn a_title_is_available_if_it_started_once() {
    let asked = |sid: &str, title: &str| ViewRow { content_id: Some(title.into()), ..view(sid, "h1", ZJ, noon()) };
    let views = vec![asked("1", "t1"), played(asked("2", "t1"), 500, 9_000, 0), asked("3", "t2"), asked("4", "t2")];
    let world = World { views, ..World::default() };
    assert_eq!(told(&world, r#""content.availability_pct""#, "").await, "50.000");
}

/// Of ten sessions on one network six are bad, of twenty on the other two: 6 − 10 × 2 ÷ 20 = 5, and 2 − 20 × 6 ÷ 10 = −10.
#[tokio::test]
async fn the_worst_cohort_costs_most_sessions() {
    let on = |vendor: &'static str, number: usize, bad: usize| {
        (0..number).map(move |index| {
            let asked =
                ViewRow { cdn_vendor: Some(vendor.into()), ..view(&format!("{vendor}{index}"), "h1", ZJ, noon()) };
            if index < bad { asked } else { played(asked, 500, 60_000, 0) }
        })
    };
    let world = World { views: on("wangsu", 10, 6).chain(on("aliyun", 20, 2)).collect(), ..World::default() };
    assert_eq!(told(&world, r#""cdn.impact""#, r#""cdn""#).await, "aliyun -10.000\nwangsu 5.000");
    assert_eq!(told(&world, r#""cdn.impact""#, "").await, "–", "there are no others");
}

/// Two of four requests of one node fail, and one of eight of the others: 2 − 4 × 1 ÷ 8 = 1.5.
#[tokio::test]
async fn a_node_fails_more_than_the_others() {
    let answers = |node: &'static str, number: usize, failed: usize| {
        (0..number).map(move |index| crate::events::fact_rows::RequestRow {
            cdn_node: Some(node.into()),
            ..answered(if index < failed { 503 } else { 200 }, None, 1_000, 10, noon())
        })
    };
    let world = World { requests: answers("n1", 4, 2).chain(answers("n2", 8, 1)).collect(), ..World::default() };
    assert_eq!(told(&world, r#""cdn.excess_errors""#, r#""cdn_node""#).await, "n1 1.500\nn2 -3.000");
}

#[tokio::test]
async fn subscriptions_are_renewed_or_given_up() {
    let told_of = |status: &str, number: usize| {
        (0..number).map(|index| order(&format!("{status}{index}"), status, 0, noon())).collect::<Vec<_>>()
    };
    let orders = [told_of("due", 8), told_of("renewed", 6), told_of("unsubscribed", 2)].concat();
    let world = World { orders, ..World::default() };
    assert_eq!(told(&world, r#""order.renew_rate","order.unsubscribed","order.count""#, "").await, "75.000 2 0");
}

/// Ten accounts bring a hundred fen in a month, and one of them leaves: ten fen each, ten times.
#[tokio::test]
async fn what_an_account_brings_before_it_leaves() {
    let mut accounts = accounts(10);
    accounts[0].closed_day = Some(model::time::Calendar::CHINA.day_of(at("2026-04-01T00:00:00+08:00")));
    accounts[0].last_closed_ms = Some(at("2026-03-31T12:00:00+08:00"));
    let world = World { accounts, orders: vec![order("a1", "paid", 100, noon())], ..World::default() };
    let store = TestStore::new().await;
    store.fill(&world).await;
    let month =
        r#"{"metrics":["order.ltv"],"time":{"from":"2026-03-01T00:00:00+08:00","to":"2026-04-01T00:00:00+08:00"}}"#;
    let frame = store.ask(at("2026-04-05T12:00:00+08:00"), &everything(&[HOME]), month).await.unwrap();
    assert!((number(&frame, "order.ltv") - 100.0).abs() < 1e-9);
}

/// Three clicks and three pages; two clicks are followed by a play.
#[tokio::test]
async fn plays_are_counted_by_click_and_by_page() {
    let after = |millis: i64| noon().plus_millis(millis);
    let clicks = |household: &str| PageRow {
        element_action: Some(ElementAction::Click),
        ..page(household, "home", after(1_000))
    };
    let pages: Vec<PageRow> = ["h1", "h2", "h3"]
        .into_iter()
        .flat_map(|household| [page(household, "home", after(0)), clicks(household)])
        .collect();
    let pages = [pages, vec![page("h4", "home", after(0))]].concat();
    let views = ["h1", "h2"]
        .into_iter()
        .map(|household| played(view(household, household, ZJ, after(2_000)), 0, 9_000, 0))
        .collect();
    let world = World { views, pages, ..World::default() };
    assert_eq!(told(&world, r#""epg.plays_per_click","epg.plays_per_pv""#, "").await, "0.667 0.500");
}

/// Four visitors and four visits: one visit breaks down twice, two have a script that fails, one visitor clicks.
#[tokio::test]
async fn visits_go_wrong_and_features_are_used() {
    let on_web = |visitor: &str, action: Option<ElementAction>, slot: Option<&str>| PageRow {
        platform: Some("web".into()),
        element_action: action,
        slot_id: slot.map(Into::into),
        ..page(visitor, "home", noon())
    };
    let mut pages: Vec<PageRow> = ["v1", "v2", "v3", "v4"].map(|visitor| on_web(visitor, None, None)).to_vec();
    pages.extend([
        on_web("v1", Some(ElementAction::Crash), None),
        on_web("v1", Some(ElementAction::Crash), None),
        on_web("v1", Some(ElementAction::Error), None),
        on_web("v2", Some(ElementAction::Error), None),
        on_web("v3", Some(ElementAction::Click), Some("search")),
    ]);
    let world = World { pages, ..World::default() };
    assert_eq!(told(&world, r#""web.crash_pct","web.js_err_pct""#, "").await, "25.000 50.000");
    let by_slot = told(&world, r#""app.feature_use""#, r#""slot""#).await;
    assert!(by_slot.lines().any(|line| line == "search 25.000"), "{by_slot}");
}

#[tokio::test]
async fn services_take_their_time_and_are_counted() {
    let takes = |service, action, took_ms| serves("p1", service, action, Some(took_ms), noon());
    let happens = |person: &str, service, action| serves(person, service, action, None, noon());
    let services = vec![
        takes(Service::Publishing, ServiceAction::Done, 1_200_000),
        takes(Service::Production, ServiceAction::Done, 2 * 86_400_000),
        takes(Service::Incident, ServiceAction::Accept, 30_000),
        takes(Service::Incident, ServiceAction::Done, 90_000),
        takes(Service::Board, ServiceAction::Done, 180),
        happens("p1", Service::Appraisal, ServiceAction::Ask),
        happens("p2", Service::Appraisal, ServiceAction::Ask),
        happens("p2", Service::Appraisal, ServiceAction::Done),
        happens("p2", Service::Appraisal, ServiceAction::Done),
        happens("p1", Service::Creator, ServiceAction::Done),
        happens("p1", Service::Creator, ServiceAction::Done),
        happens("p1", Service::Circle, ServiceAction::Ask),
        happens("p1", Service::Circle, ServiceAction::Done),
        happens("p2", Service::Circle, ServiceAction::Accept),
    ];
    let world = World { services, ..World::default() };
    let times = r#""ops.publish_lead_time","interact.lead_time_days","cdn.mttd","cdn.mttr","sys.board_load""#;
    assert_eq!(told(&world, times, "").await, "20.000 2.000 30.000 90.000 180.000");
    let counts =
        r#""kpi.visibility","creator.count","creator.uploads","circle.members","circle.posts","circle.interactions""#;
    assert_eq!(told(&world, counts, "").await, "50.000 1 2 1 1 1");
}

/// Two pages are open in the first minute, one of them still in the next.
#[tokio::test]
async fn open_pages_send_a_beat_a_minute() {
    let beats =
        |person: &str, minute: i64| takes_part(person, Participation::Beat, noon().plus_millis(minute * 60_000));
    let world = World { participations: vec![beats("p1", 0), beats("p2", 0), beats("p1", 1)], ..World::default() };
    assert_eq!(told(&world, r#""interact.online","interact.participants""#, "").await, "2 0");
}

/// A paid order that names a title was led to by it.
#[tokio::test]
async fn orders_name_what_led_to_them() {
    let mut orders = vec![order("h1", "paid", 100, noon()), order("h2", "paid", 100, noon())];
    orders[0].content_id = Some("t1".into());
    let world = World { orders, ..World::default() };
    assert_eq!(told(&world, r#""order.trigger""#, "").await, "1");
}

/// Active on the first, the sixth and never again: a week later only the second household still counts.
#[tokio::test]
async fn a_window_of_seven_days_goes_along() {
    let plays = |household: &str, day: i64| {
        let at = noon().plus_millis((day - 1) * 86_400_000);
        played(view(&format!("{household}{day}"), household, ZJ, at), 0, 9_000, 0)
    };
    let world = World { views: vec![plays("h1", 1), plays("h1", 3), plays("h2", 6)], ..World::default() };
    let store = TestStore::new().await;
    store.fill(&world).await;
    let by_day = r#"{"metrics":["iptv.dau","iptv.wau","iptv.mau"],"by":[{"time":"day"}],"time":{"from":"2026-03-03T00:00:00+08:00","to":"2026-03-14T00:00:00+08:00"}}"#;
    let frame = store.ask(at("2026-04-05T12:00:00+08:00"), &everything(&[HOME]), by_day).await.unwrap();
    let told: Vec<String> = written(&frame).lines().map(|line| line[26..].to_owned()).collect();
    assert_eq!(
        told,
        ["1 1 1", "0 1 1", "0 1 1", "1 2 2", "0 2 2", "0 2 2", "0 2 2", "0 1 2", "0 1 2", "0 1 2", "0 0 2"]
    );
}

/// Two plays see a quarter and the whole of a title.
#[tokio::test]
async fn plays_drop_out_of_a_title() {
    let saw = |sid: &str, milli: i32| ViewRow {
        seen_milli: Some(milli),
        seen_tenth: Some(i16::try_from(milli / 100).unwrap()),
        ..played(view(sid, "h1", ZJ, noon()), 0, 9_000, 0)
    };
    let world = World { views: vec![saw("1", 250), saw("2", 1_000)], ..World::default() };
    let told_of = told(&world, r#""content.retention_curve""#, r#""seen_tenth""#).await;
    let curve: Vec<&str> = told_of.lines().map(|line| line.split(' ').nth(1).unwrap()).collect();
    let (all, half) = (["100.000"; 3], ["50.000"; 8]);
    assert_eq!(curve, [&all[..], &half[..]].concat());
    assert_eq!(told(&world, r#""content.retention_curve""#, "").await, "63.636", "14 of 22");
}

/// Plays 1, 2 and 5 of three titles: Σ share² = 30 ÷ 64; Gini = (−2·1 + 0·2 + 2·5) ÷ (3 · 8).
#[tokio::test]
async fn few_titles_have_most_plays() {
    let plays = |title: &'static str, number: usize| {
        (0..number).map(move |index| ViewRow {
            content_id: Some(title.into()),
            ..played(view(&format!("{title}{index}"), "h1", ZJ, noon()), 0, 9_000, 0)
        })
    };
    let views = plays("t1", 1).chain(plays("t2", 2)).chain(plays("t3", 5)).collect();
    let world = World { views, ..World::default() };
    let metrics = r#""content.concentration","content.hhi","content.gini""#;
    assert_eq!(told(&world, metrics, "").await, "100.000 0.469 0.333");
    let many = World {
        views: (0..20)
            .flat_map(|index| {
                plays(
                    [
                        "a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k", "l", "m", "n", "o", "p", "q", "r", "s",
                        "t",
                    ][index],
                    1,
                )
            })
            .collect(),
        ..World::default()
    };
    assert_eq!(told(&many, metrics, "").await, "50.000 0.050 0.000");
}
