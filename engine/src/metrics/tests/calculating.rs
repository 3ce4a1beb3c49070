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
