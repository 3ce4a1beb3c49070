//! Nodes that fail more than the rest of their cohort: a worked example, and random traffic against plain loops over its windows.

use super::world::*;
use crate::events::fact_rows::RequestRow;
use model::{geo::Province, time::Timestamp};
use proptest::{prelude::*, sample::select, test_runner::TestRunner};
use std::collections::{BTreeMap, BTreeSet};

const FROM: &str = "2026-03-01T12:00:00+08:00";
const RANGE: &str = r#""time":{"from":"2026-03-01T12:00:00+08:00","to":"2026-03-01T13:00:00+08:00"}"#;

/// How many requests a node got in a window of five minutes, and how many of them failed.
#[derive(Debug, Clone)]
struct Traffic {
    province: Option<Province>,
    isp: &'static str,
    node: &'static str,
    window: i64,
    requests: i64,
    failed: i64,
}

fn on(node: &'static str, window: i64, requests: i64, failed: i64) -> Traffic {
    Traffic { province: ZJ, isp: "ct", node, window, requests, failed }
}

fn rows(traffic: &[Traffic]) -> Vec<RequestRow> {
    let of_window = |part: &Traffic| {
        let part = part.clone();
        (0..part.requests).map(move |number| {
            let at = at(FROM).plus_millis(part.window * 300_000 + number * 300_000 / part.requests);
            RequestRow {
                province: part.province,
                isp: Some(part.isp.into()),
                cdn_vendor: Some("wangsu".into()),
                cdn_node: Some(part.node.into()),
                ..answered(if number < part.failed { 503 } else { 200 }, None, 1_000, 10, at)
            }
        })
    };
    traffic.iter().flat_map(of_window).collect()
}

async fn told(traffic: &[Traffic], by: &str, filter: &str) -> String {
    let store = TestStore::new().await;
    store.fill(&World { requests: rows(traffic), ..World::default() }).await;
    let query = format!(r#"{{"metrics":["cdn.node_fault"],"by":[{by}],"where":[{filter}],{RANGE}}}"#);
    written(&store.ask(at("2026-03-05T12:00:00+08:00"), &everything(&[HOME]), &query).await.unwrap())
}

/// n1 has ten percent of errors where the others have two, for three windows; then again; n2 only ever for one window.
#[tokio::test]
async fn a_fault_is_two_windows_in_a_row() {
    let bad = [0, 1, 2, 4, 5, 7];
    let mut traffic: Vec<Traffic> = (0..9)
        .flat_map(|window| {
            let n1 = if bad.contains(&window) { 20 } else { 4 };
            [
                on("n1", window, 200, n1),
                on("n2", window, 200, if window == 8 { 90 } else { 4 }),
                on("n3", window, 200, 4),
            ]
        })
        .collect();
    assert_eq!(told(&traffic, r#""cdn_node""#, "").await, "n1 2");
    assert_eq!(told(&traffic, "", r#"{"dim":"cdn_node","in":["n1"]}"#).await, "2", "it is still one among others");
    assert_eq!(told(&traffic, "", r#"{"dim":"cdn_node","in":["n2"]}"#).await, "0");
    let everywhere = told(&traffic, r#""province","isp","cdn""#, "").await;
    assert_eq!(everywhere, "ZJ ct wangsu 2");
    // What began before the range began counts in it where the second window lies in it, and no more where the third does.
    traffic.extend([on("n1", -1, 200, 20), on("n2", -1, 200, 4), on("n3", -1, 200, 4)]);
    assert_eq!(told(&traffic, r#""cdn_node""#, "").await, "n1 2");
    traffic.extend([on("n1", -2, 200, 20), on("n2", -2, 200, 4), on("n3", -2, 200, 4)]);
    assert_eq!(told(&traffic, r#""cdn_node""#, "").await, "n1 1");
}

#[tokio::test]
async fn too_few_requests_say_nothing() {
    let both = |node: i64, rest: i64, failed: i64| {
        [0, 1].into_iter().flat_map(move |window| [on("n1", window, node, failed), on("n2", window, rest, 0)])
    };
    let faults = async |traffic: Vec<Traffic>| told(&traffic, "", "").await;
    assert_eq!(faults(both(125, 125, 1).collect()).await, "1", "three times nothing is nothing");
    assert_eq!(faults(both(124, 125, 100).collect()).await, "0");
    assert_eq!(faults(both(125, 124, 100).collect()).await, "0", "too few to compare with");
    let elsewhere =
        both(125, 125, 100).map(|part| Traffic { isp: if part.node == "n1" { "ct" } else { "cm" }, ..part });
    assert_eq!(faults(elsewhere.collect()).await, "0", "another operator's nodes are no comparison");
    let thrice = [0, 1].into_iter().flat_map(|window| [on("n1", window, 200, 30), on("n2", window, 200, 10)]);
    assert_eq!(faults(thrice.collect()).await, "0", "three times is not more than three times");
}

fn traffic() -> impl Strategy<Value = Vec<Traffic>> {
    let part = (select(vec![ZJ, None]), select(vec!["n1", "n2"]), -2_i64..6, select(vec![60, 125, 140]), 0_i64..9);
    let part = part.prop_map(|(province, node, window, requests, failed)| Traffic {
        province,
        isp: "ct",
        node,
        window,
        requests,
        failed,
    });
    // One node that is always there and seldom fails, and one that fails for a while.
    let spell = (-2_i64..5, 2_i64..4);
    (prop::collection::vec(part, 0..24), spell).prop_map(|(parts, (begins, lasts))| {
        let steady = [ZJ, None].into_iter().flat_map(|province| {
            (-2..6).map(move |window| Traffic { province, ..on("n3", window, 130, i64::from(window % 2 == 0)) })
        });
        let failing = (begins..begins + lasts).map(|window| on("n1", window, 140, 100));
        parts.into_iter().chain(steady).chain(failing).collect()
    })
}

/// The faults of each node, by looking at every window and the ones before it.
fn faults(rows: &[RequestRow]) -> BTreeSet<String> {
    let mut windows: BTreeMap<(Option<Province>, String, i64), (i64, i64)> = BTreeMap::new();
    let window = |moment: Timestamp| moment.millis_since(at(FROM)).div_euclid(300_000);
    for row in rows {
        let (all, failed) =
            windows.entry((row.province, row.cdn_node.clone().unwrap().to_string(), window(row.ts_ms))).or_default();
        *all += 1;
        *failed += i64::from(row.http_status == Some(503));
    }
    let is_bad = |province: Option<Province>, node: &str, window: i64| {
        let Some((all, failed)) = windows.get(&(province, node.to_owned(), window)) else { return false };
        let others = windows.iter().filter(|((p, n, w), _)| *p == province && n != node && *w == window);
        let (rest, rest_failed) = others.fold((0, 0), |sum, (_, one)| (sum.0 + one.0, sum.1 + one.1));
        *all >= 125 && rest >= 125 && *failed as f64 / *all as f64 > 3.0 * rest_failed as f64 / rest as f64 + 1e-12
    };
    let mut counts: BTreeMap<(String, String), i64> = BTreeMap::new();
    for (province, node, window) in windows.keys().filter(|(.., window)| *window >= 0) {
        let bad = |back: i64| is_bad(*province, node, window - back);
        if bad(0) && bad(1) && !bad(2) {
            let place = province.map_or("–".to_owned(), |province| province.code().to_owned());
            *counts.entry((place, node.clone())).or_default() += 1;
        }
    }
    counts.into_iter().map(|((place, node), count)| format!("{place} {node} {count}")).collect()
}

#[test]
fn random_traffic_against_plain_loops() {
    against_plain_loops(24, TestStore::new());
}

#[test]
fn random_traffic_against_plain_loops_on_modern_clickhouse() {
    against_plain_loops(8, TestStore::on_modern_clickhouse());
}

fn against_plain_loops(cases: u32, store: impl Future<Output = TestStore>) {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
    let store = runtime.block_on(store);
    let mut runner = TestRunner::new(ProptestConfig { cases, failure_persistence: None, ..ProptestConfig::default() });
    let mut found = std::cell::Cell::new(0);
    runner
        .run(&traffic(), |traffic| {
            let requests = rows(&traffic);
            let expected = faults(&requests);
            found.set(found.get() + expected.len());
            runtime.block_on(store.fill(&World { requests, ..World::default() }));
            let query = format!(r#"{{"metrics":["cdn.node_fault"],"by":["province","cdn_node"],{RANGE}}}"#);
            let now = at("2026-03-05T12:00:00+08:00");
            let frame = runtime.block_on(store.ask(now, &everything(&[HOME]), &query)).unwrap();
            let told: BTreeSet<String> =
                written(&frame).lines().filter(|line| !line.ends_with(" 0")).map(str::to_owned).collect();
            prop_assert_eq!(told, expected);
            Ok(())
        })
        .unwrap();
    assert!(*found.get_mut() > 0, "the traffic has faults");
}
