//! Shares, ranks, running sums and moving means.

use super::{random::worlds, world::*};
use model::{frame::Cell, geo::Province, problem::ProblemCode};
use proptest::{prelude::*, test_runner::TestRunner};

const NOW: &str = "2026-03-10T12:00:00+08:00";
const RANGE: &str = r#""time":{"from":"2026-03-01T00:00:00+08:00","to":"2026-03-05T00:00:00+08:00"}"#;

/// On the first of four days: 3 plays in Zhejiang, 1 in Guangdong; on the second 1 and 3; then none, then 4 in Zhejiang.
fn world() -> World {
    let counts = [(1, ZJ, 3), (1, GD, 1), (2, ZJ, 1), (2, GD, 3), (4, ZJ, 4)];
    let views = counts.into_iter().flat_map(|(day, province, count)| {
        (0..count).map(move |number| {
            let start = at("2026-03-01T10:00:00+08:00").plus_millis((day - 1) * 86_400_000);
            let code = province.map_or("", Province::code);
            played(view(&format!("{day}{code}{number}"), &format!("{code}{number}"), province, start), 500, 10_000, 0)
        })
    });
    World { views: views.collect(), ..World::default() }
}

fn asked(calculation: &str, rest: &str) -> String {
    format!(r#"{{"metrics":[{{"id":"content.plays","calculation":"{calculation}"}}],{rest},{RANGE}}}"#)
}

async fn answer(store: &TestStore, query: &str) -> String {
    written(&store.ask(at(NOW), &everything(&[HOME]), query).await.unwrap())
}

#[tokio::test]
async fn a_share_is_of_the_whole_also_where_rows_are_left_out() {
    let store = TestStore::new().await;
    store.fill(&world()).await;
    let by_province = asked(
        "share",
        r#""by":["province"],"order":[{"metric":{"id":"content.plays","calculation":"share"},"desc":true}]"#,
    );
    assert_eq!(answer(&store, &by_province).await, "ZJ 66.667\nGD 33.333");
    assert_eq!(answer(&store, &by_province.replace("\"by\"", "\"limit\":1,\"by\"")).await, "ZJ 66.667");
    let top = asked("share", r#""by":["province"],"top":{"dim":"province","n":1,"by":"content.plays","other":true}"#);
    assert_eq!(answer(&store, &top).await, "ZJ 66.667\n__other__ 33.333");
    // Of what the filters leave.
    let filtered = asked("share", r#""by":["province"],"where":[{"dim":"province","in":["GD"]}]"#);
    assert_eq!(answer(&store, &filtered).await, "GD 100.000");
    // Of the same step; a step in which nothing happened has no shares.
    let by_day = asked("share", r#""by":["province",{"time":"day"}],"where":[{"dim":"province","in":["ZJ","GD"]}]"#);
    let shares: Vec<String> = answer(&store, &by_day).await.lines().map(|line| line[29..].to_owned()).collect();
    assert_eq!(shares, ["25.000", "75.000", "–", "0.000", "75.000", "25.000", "–", "100.000"]);
    // A distinct count is not summed up: three households here, three there.
    let users = by_province.replace("content.plays", "content.play_users");
    assert_eq!(answer(&store, &users).await, "ZJ 57.143\nGD 42.857");
}

#[tokio::test]
async fn a_share_stays_within_the_scope() {
    let store = TestStore::new().await;
    store.fill(&world()).await;
    let scope = only(&[model::geo::Region::Province(Province::GD)]);
    let frame = store.ask(at(NOW), &scope, &asked("share", r#""by":["province"]"#)).await.unwrap();
    assert_eq!(written(&frame), "GD 100.000", "what others watch is no part of it");
    assert_eq!(frame.columns[1].name, "content.plays~share");
    assert_eq!(frame.columns[1].unit, Some(model::metric::Unit::Percent));
}

#[tokio::test]
async fn ranks_are_of_the_step_and_compared_with_earlier_ones() {
    let store = TestStore::new().await;
    store.fill(&world()).await;
    let query = r#"{"metrics":[{"id":"content.plays","calculation":"rank"}],"by":["province"],"compare":"day",
        "time":{"from":"2026-03-02T00:00:00+08:00","to":"2026-03-03T00:00:00+08:00"}}"#;
    assert_eq!(answer(&store, query).await, "GD 1 2\nZJ 2 1");
    let equal = r#"{"metrics":[{"id":"content.plays","calculation":"rank"}],"by":["province"],
        "time":{"from":"2026-03-01T00:00:00+08:00","to":"2026-03-03T00:00:00+08:00"}}"#;
    assert_eq!(answer(&store, equal).await, "GD 1\nZJ 1", "four plays each");
}

#[tokio::test]
async fn sums_and_means_go_along_time_for_each_part() {
    let store = TestStore::new().await;
    store.fill(&world()).await;
    let column = async |query: String| -> Vec<String> {
        answer(&store, &query).await.lines().map(|line| line.rsplit(' ').next().unwrap().to_owned()).collect()
    };
    assert_eq!(column(asked("cumulative", r#""by":[{"time":"day"}]"#)).await, ["4", "8", "8", "12"]);
    let split = asked("cumulative", r#""by":["province",{"time":"day"}]"#);
    assert_eq!(column(split).await, ["1", "4", "4", "4", "3", "4", "4", "8"]);
    assert_eq!(column(asked("mean2", r#""by":[{"time":"day"}]"#)).await, ["–", "4.000", "2.000", "2.000"]);
}

#[tokio::test]
async fn what_means_nothing_is_refused() {
    let store = TestStore::new().await;
    for (query, expected) in [
        (asked("share", r#""by":[{"time":"day"}]"#), "split by a dimension"),
        (asked("cumulative", r#""by":["province"]"#), "split by a step of time"),
        (asked("anomaly", r#""by":["province"]"#), "split by a step of time"),
        (asked("tgi", r#""by":["province"]"#), "split by two dimensions"),
        (asked("rank_change", r#""by":["province"]"#), "add “compare”"),
        (asked("ci95", r#""by":["province"]"#), "no share of cases"),
        (asked("ci95", r#""by":["province"]"#).replace("content.plays", "tv.rating_pct"), "no share of cases"),
        (asked("share", r#""by":["province"]"#).replace("content.plays", "qoe.fail_pct"), "can't be added up"),
        (
            asked("cumulative", r#""by":[{"time":"day"}]"#).replace("content.plays", "content.play_users"),
            "can't be added up",
        ),
    ] {
        let problem = store.ask(at(NOW), &everything(&[HOME]), &query).await.unwrap_err();
        assert_eq!(problem.code, ProblemCode::InvalidQuery);
        assert!(problem.detail.contains(expected), "{problem}");
    }
}

/// Whatever happened: shares of parts that add up are the whole, and the last running sum is the sum.
#[test]
fn the_parts_are_the_whole() {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
    let store = runtime.block_on(TestStore::new());
    let mut runner =
        TestRunner::new(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() });
    let numbers = |query: &str| -> Vec<f64> {
        let frame = runtime.block_on(store.ask(at(NOW), &everything(&[HOME]), query)).unwrap();
        frame.rows.iter().filter_map(|row| row.last().and_then(Cell::as_number)).collect()
    };
    runner
        .run(&worlds(), |world| {
            runtime.block_on(store.fill(&world));
            let whole: f64 = numbers(&format!(r#"{{"metrics":["content.plays"],{RANGE}}}"#)).iter().sum();
            let shares = numbers(&asked("share", r#""by":["isp","channel"]"#));
            prop_assert!(whole == 0.0 || (shares.iter().sum::<f64>() - 100.0).abs() < 1e-9);
            let running = numbers(&asked("cumulative", r#""by":[{"time":"hour"}]"#));
            prop_assert!(running.is_sorted());
            prop_assert_eq!(running.last().copied(), Some(whole));
            Ok(())
        })
        .unwrap();
}

#[tokio::test]
async fn an_index_says_what_a_group_prefers() {
    let store = TestStore::new().await;
    let mut world = world();
    // On the first day, two of three plays in Zhejiang and the one in Guangdong are of the fixed line.
    for (number, view) in world.views.iter_mut().take(4).enumerate() {
        view.isp = Some(if number == 0 { "mobile" } else { "fixed" }.into());
    }
    store.fill(&world).await;
    let first_day = |rest: &str| {
        format!(
            r#"{{"metrics":[{{"id":"content.plays","calculation":"tgi"}}],"by":["province","isp"],{rest}
            "time":{{"from":"2026-03-01T00:00:00+08:00","to":"2026-03-02T00:00:00+08:00"}}}}"#
        )
    };
    // In Zhejiang a third is mobile, everywhere a quarter: 133. Fixed: two thirds against three quarters.
    let expected = "GD fixed 133.333\nZJ fixed 88.889\nZJ mobile 133.333";
    assert_eq!(answer(&store, &first_day("")).await, expected);
    let frame = store.ask(at(NOW), &everything(&[HOME]), &first_day("")).await.unwrap();
    assert_eq!(frame.columns[2].unit, Some(model::metric::Unit::Ratio));
    // What is cut off stays in the base, and the rest of a top-N has no index.
    assert_eq!(answer(&store, &first_day(r#""limit":2,"#)).await, "GD fixed 133.333\nZJ fixed 88.889");
    let top = first_day(r#""top":{"dim":"isp","n":1,"by":"content.plays","other":true},"#);
    assert_eq!(answer(&store, &top).await, "GD fixed 133.333\nZJ fixed 88.889\nZJ __other__ –");
    // The base is the scope's own: within Guangdong alone, all is as everywhere.
    let scope = only(&[model::geo::Region::Province(Province::GD)]);
    assert_eq!(written(&store.ask(at(NOW), &scope, &first_day("")).await.unwrap()), "GD fixed 100.000");
}

#[tokio::test]
async fn a_change_of_places_is_one_column() {
    let store = TestStore::new().await;
    store.fill(&world()).await;
    let query = r#"{"metrics":[{"id":"content.plays","calculation":"rank_change"}],"by":["province"],"compare":"day",
        "time":{"from":"2026-03-02T00:00:00+08:00","to":"2026-03-03T00:00:00+08:00"}}"#;
    assert_eq!(answer(&store, query).await, "GD 1\nZJ -1");
}

#[tokio::test]
async fn a_share_of_cases_has_the_ends_of_its_interval_beside_it() {
    let store = TestStore::new().await;
    let mut world = world();
    world.views[0].failed = true;
    store.fill(&world).await;
    let query = format!(
        r#"{{"metrics":[{{"id":"qoe.fail_pct","calculation":"ci95"}}],"by":["province"],"compare":"week",{RANGE}}}"#
    );
    let frame = store.ask(at(NOW), &everything(&[HOME]), &query).await.unwrap();
    let names: Vec<&str> = frame.columns.iter().map(|column| column.name.as_str()).collect();
    let column = "qoe.fail_pct~ci95";
    let expected = ["", "@week", "@week_pct", "@low", "@high"].map(|suffix| format!("{column}{suffix}"));
    assert_eq!(names[1..], expected);
    // 0 of 4 in Guangdong and 1 of 8 in Zhejiang, by Wilson.
    assert_eq!(written(&frame), "GD 0.000 – – 0.000 48.989\nZJ 12.500 – – 2.242 47.089");
}

/// A play an hour from 1 to 14 March, ten of them at 20:00 each day, and none at 20:00 on the 14th.
fn evenings() -> World {
    let hours = (0..14 * 24).filter(|hour| *hour != 13 * 24 + 20);
    let plays = hours.flat_map(|hour| (0..if hour % 24 == 20 { 10 } else { 1 }).map(move |number| (hour, number)));
    let view = |(hour, number): (i64, i64)| {
        let start = at("2026-03-01T00:10:00+08:00").plus_millis(hour * 3_600_000);
        played(view(&format!("{hour}-{number}"), "h", ZJ, start), 500, 10_000, 0)
    };
    World { views: plays.map(view).collect(), ..World::default() }
}

#[tokio::test]
async fn a_quiet_evening_is_seen_beside_those_before_it() {
    let store = TestStore::new().await;
    store.fill(&evenings()).await;
    let query = r#"{"metrics":[{"id":"content.plays","calculation":"anomaly"}],"by":[{"time":"hour"}],"time":"today"}"#;
    let frame = store.ask(at("2026-03-14T22:30:00+08:00"), &everything(&[HOME]), query).await.unwrap();
    let lines: Vec<String> = written(&frame).lines().map(|line| line[26..].to_owned()).collect();
    assert_eq!(lines[19], "1 1.000 1.000 0");
    assert_eq!(lines[20], "0 10.000 10.000 -1", "ten at that hour of every day");
    assert_eq!(lines[22], "1 1.000 1.000 –", "the hour that still runs is not judged");
    let none = query.replace("today", "yesterday");
    let frame = store.ask(at("2026-03-02T22:30:00+08:00"), &everything(&[HOME]), &none).await.unwrap();
    assert_eq!(written(&frame).lines().next(), Some("2026-03-01T00:00:00+08:00 1 – – –"), "nothing was before");
}
