//! Invariants of the metric reference (2.12), over random worlds.

use super::{random::worlds, world::*};
use crate::metrics::SharedFrame;
use model::{frame::Frame, time::Timestamp};
use proptest::{prelude::*, test_runner::TestRunner};

const RANGE: &str = r#""time":{"from":"2026-03-01T00:00:00+08:00","to":"2026-03-04T00:00:00+08:00"}"#;

fn now() -> Timestamp {
    at("2026-03-10T12:00:00+08:00")
}

fn check(property: impl Fn(&dyn Fn(&str) -> SharedFrame) -> Result<(), TestCaseError>) {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
    let store = runtime.block_on(TestStore::new());
    let mut runner =
        TestRunner::new(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() });
    runner
        .run(&worlds(), |world| {
            runtime.block_on(store.fill(&world));
            let organisations = [HOME, model::access::OrganisationId(2)];
            property(&|json| runtime.block_on(store.ask(now(), &everything(&organisations), json)).unwrap())
        })
        .unwrap();
}

fn column(frame: &Frame, name: &str) -> Vec<Option<f64>> {
    frame.cells(frame.column(name).unwrap()).map(model::frame::Cell::as_number).collect()
}

fn about(one: f64, two: f64) -> bool {
    (one - two).abs() <= 1e-9 * one.abs().max(two.abs()).max(1.0)
}

#[test]
fn television_adds_up() {
    check(|ask| {
        let frame = ask(&format!(
            r#"{{"metrics":["tv.viewing_min","tv.ama","tv.rating_pct","tv.tvr_total","tv.share_pct","tv.reach_1","tv.reach_3","tv.reach_pct","tv.loyalty_pct","tv.live","tv.vosdal","tv.live_3","tv.live_7"],"by":["channel"],{RANGE}}}"#
        ));
        for row in 0..frame.rows.len() {
            let value = |name: &str| column(&frame, name)[row];
            let (minutes, ama) = (value("tv.viewing_min").unwrap(), value("tv.ama").unwrap());
            prop_assert!(about(ama * 3.0 * 1_440.0, minutes), "ama × minutes = viewing minutes");
            if let (Some(rating), Some(total), Some(share)) =
                (value("tv.rating_pct"), value("tv.tvr_total"), value("tv.share_pct"))
            {
                prop_assert!(total == 0.0 || about(share, rating / total * 100.0), "share = rating / total rating");
            }
            prop_assert!(value("tv.reach_3") <= value("tv.reach_1"));
            prop_assert!(ama <= value("tv.reach_1").unwrap());
            prop_assert!(value("tv.loyalty_pct").is_none_or(|loyalty| loyalty <= 100.0 + 1e-9));
            prop_assert!(value("tv.live") <= value("tv.vosdal"));
            prop_assert!(value("tv.vosdal") <= value("tv.live_3"));
            prop_assert!(value("tv.live_3") <= value("tv.live_7"));
        }
        let shares: Vec<f64> = column(&frame, "tv.share_pct").into_iter().flatten().collect();
        prop_assert!(shares.is_empty() || about(shares.iter().sum(), 100.0), "all shares together are the whole");
        Ok(())
    });
}

#[test]
fn parts_and_wholes() {
    check(|ask| {
        let whole = ask(&format!(
            r#"{{"metrics":["content.plays","content.play_users","content.watch_h","order.revenue"],{RANGE}}}"#
        ));
        for by in [r#""province""#, r#""isp""#, r#"{"time":"day"}"#, r#"{"time":"hour"},"province""#] {
            let parts = ask(&format!(
                r#"{{"metrics":["content.plays","content.watch_h","order.revenue"],"by":[{by}],"limit":10000,{RANGE}}}"#
            ));
            for metric in ["content.plays", "content.watch_h", "order.revenue"] {
                let sum: f64 = column(&parts, metric).into_iter().flatten().sum();
                prop_assert!(about(sum, number(&whole, metric)), "{metric} by {by}");
            }
        }
        let by_province = ask(&format!(r#"{{"metrics":["content.play_users"],"by":["province"],{RANGE}}}"#));
        let parts: Vec<f64> = column(&by_province, "content.play_users").into_iter().flatten().collect();
        let users = number(&whole, "content.play_users");
        prop_assert!(parts.iter().sum::<f64>() >= users);
        prop_assert!(parts.iter().all(|part| *part <= users));
        // With everything else in "other", nothing is lost.
        let top = ask(&format!(
            r#"{{"metrics":["content.plays"],"by":["channel"],"top":{{"dim":"channel","n":1,"by":"content.plays","other":true}},{RANGE}}}"#
        ));
        let sum: f64 = column(&top, "content.plays").into_iter().flatten().sum();
        prop_assert!(about(sum, number(&whole, "content.plays")));
        Ok(())
    });
}

#[test]
fn the_active_are_fewer_in_a_shorter_time() {
    check(|ask| {
        let whole =
            ask(&format!(r#"{{"metrics":["iptv.active_users","iptv.active_days","iptv.stickiness"],{RANGE}}}"#));
        let days = ask(&format!(r#"{{"metrics":["iptv.active_users"],"by":[{{"time":"day"}}],{RANGE}}}"#));
        let by_day: Vec<f64> = column(&days, "iptv.active_users").into_iter().flatten().collect();
        let active = number(&whole, "iptv.active_users");
        prop_assert!(by_day.iter().all(|day| *day <= active), "DAU ≤ WAU");
        if let Some(days) = cell(&whole, "iptv.active_days").as_number() {
            prop_assert!(about(days * active, by_day.iter().sum()), "active days are the sum of the days");
            let stickiness = number(&whole, "iptv.stickiness");
            prop_assert!(about(stickiness, days / 3.0 * 100.0));
        }
        Ok(())
    });
}

#[test]
fn quality_and_stocks_agree_with_themselves() {
    check(|ask| {
        let frame = ask(&format!(
            r#"{{"metrics":["qoe.rebuf_ratio",{{"id":"qoe.rebuf_ratio","profile":"conviva"}},"qoe.attempts","content.plays"],{RANGE}}}"#
        ));
        if let (Some(cta), Some(conviva)) =
            (cell(&frame, "qoe.rebuf_ratio").as_number(), cell(&frame, "qoe.rebuf_ratio:conviva").as_number())
        {
            prop_assert!(cta <= conviva + 1e-9, "its denominator is the larger");
        }
        prop_assert!(number(&frame, "content.plays") <= number(&frame, "qoe.attempts"));
        let parts = ask(&format!(
            r#"{{"metrics":["qoe.plays","qoe.attempts","qoe.ebvs_pct",{{"id":"qoe.vsf_pct","profile":"conviva"}},{{"id":"qoe.vsf_pct","profile":"mux"}}],{RANGE}}}"#
        ));
        if let (Some(exits), Some(failures), Some(technical)) = (
            cell(&parts, "qoe.ebvs_pct").as_number(),
            cell(&parts, "qoe.vsf_pct:conviva").as_number(),
            cell(&parts, "qoe.vsf_pct:mux").as_number(),
        ) {
            let attempts = number(&parts, "qoe.attempts");
            let lost = (exits + failures) / 100.0 * attempts;
            prop_assert!(about(number(&parts, "qoe.plays") + lost, attempts), "plays + VSF + EBVS = attempts");
            prop_assert!(technical <= failures);
        }
        let days = ask(&format!(r#"{{"metrics":["iptv.registered"],"by":[{{"time":"day"}}],{RANGE}}}"#));
        let end = ask(&format!(r#"{{"metrics":["iptv.registered"],{RANGE}}}"#));
        prop_assert_eq!(
            column(&days, "iptv.registered").last().copied().flatten(),
            cell(&end, "iptv.registered").as_number()
        );
        let moves = ask(&format!(
            r#"{{"metrics":["iptv.registered","iptv.opened","iptv.closed"],"by":[{{"time":"day"}}],{RANGE}}}"#
        ));
        let of = |name: &str, row: usize| column(&moves, name)[row].unwrap_or(0.0);
        for row in 1..moves.rows.len() {
            let change = of("iptv.opened", row) - of("iptv.closed", row);
            prop_assert!(
                about(of("iptv.registered", row), of("iptv.registered", row - 1) + change),
                "registered = the day before + opened − closed"
            );
        }
        Ok(())
    });
}
