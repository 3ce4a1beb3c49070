//! How queries were answered, and that it says nothing of what lies outside the scope.

use super::world::*;
use model::{
    explanation::{Explanation, StatementExplained},
    geo::{Province, Region},
    problem::ProblemCode,
};

const NOW: &str = "2026-03-02T12:00:00+08:00";

/// Three plays in Zhejiang and two in Guangdong.
fn world() -> World {
    let play = |number: i64| {
        let province = if number < 3 { ZJ } else { GD };
        let start = at("2026-03-02T10:00:00+08:00").plus_millis(number * 60_000);
        played(view(&format!("s{number}"), &format!("h{number}"), province, start), 500, 10_000, 0)
    };
    World { views: (0..5).map(play).collect(), ..World::default() }
}

fn today(metric: &str, by: &str) -> model::metric::MetricQuery {
    query(&format!(r#"{{"metrics":["{metric}"],"by":[{by}],"time":"today"}}"#))
}

#[tokio::test]
async fn merged_statements_are_told_with_their_rows_and_kept_ones_with_their_age() {
    let store = TestStore::new().await;
    store.fill(&world()).await;
    let asker = store.asker(at(NOW));
    let queries =
        [today("content.plays", ""), today("qoe.fail_pct", r#""isp""#), today("content.play_users", r#""isp""#)];
    let explain = async || -> Vec<Explanation> {
        let explained = asker.explain_many(NOBODY, &everything(&[HOME]), &queries).await;
        explained.into_iter().map(Result::unwrap).collect()
    };
    let first = explain().await;
    let [plays] = first[0].statements.as_slice() else { panic!("{first:?}") };
    assert_eq!((plays.fact.as_str(), plays.rows, plays.kept_ms), ("view", Some(5), None));
    assert_eq!((plays.from, plays.to), (at("2026-03-02T00:00:00+08:00"), at("2026-03-03T00:00:00+08:00")));
    assert!(plays.merged_with >= 1, "a share of them comes from the same rows");
    let shares = |query: usize, other: usize| {
        first[query].statements.iter().any(|statement| first[other].statements.contains(statement))
    };
    assert!(shares(0, 1));
    let again = explain().await;
    let all = || again.iter().flat_map(|explanation| &explanation.statements);
    assert!(all().all(|statement| statement.kept_ms.is_some()), "{again:?}");
    let known = |statement: &StatementExplained| (statement.rows, statement.groups, statement.merged_with);
    assert_eq!(
        all().map(known).collect::<Vec<_>>(),
        first.iter().flat_map(|explanation| &explanation.statements).map(known).collect::<Vec<_>>()
    );
}

/// Distinct counts of the rest of a top-N are counted anew, where there is a rest.
#[tokio::test]
async fn the_rest_of_a_top_that_keeps_all_is_not_asked_for() {
    let store = TestStore::new().await;
    store.fill(&world()).await;
    let asker = store.asker(at(NOW));
    let statements = async |n: u16| {
        let top = format!(r#"{{"dim":"province","n":{n},"by":"content.play_users","other":true}}"#);
        let query = format!(r#"{{"metrics":["content.play_users"],"by":["province"],"time":"today","top":{top}}}"#);
        let explained = asker.explain_many(NOBODY, &everything(&[HOME]), &[super::world::query(&query)]).await;
        explained.into_iter().map(|explanation| explanation.unwrap().statements.len()).sum::<usize>()
    };
    assert_eq!((statements(1).await, statements(2).await, statements(3).await), (2, 2, 1));
}

#[tokio::test]
async fn rows_are_counted_within_the_scope_and_nowhere_else() {
    let store = TestStore::new().await;
    store.fill(&world()).await;
    let asker = store.asker(at(NOW));
    let rows = async |regions: &[Region], query| {
        let explained = asker.explain_many(NOBODY, &only(regions), &[query]).await.pop().unwrap().unwrap();
        explained.statements.iter().map(|statement| statement.rows).collect::<Vec<_>>()
    };
    let zhejiang = [Region::Province(Province::ZJ)];
    assert_eq!(rows(&zhejiang, today("content.plays", "")).await, [Some(3)]);
    assert_eq!(rows(&[Region::Province(Province::GD)], today("content.plays", "")).await, [Some(2)]);
    let filtered = |province: &str| {
        let mut query = today("content.plays", "");
        query.filters = serde_json::from_str(&format!(r#"[{{"dim":"province","in":["{province}"]}}]"#)).unwrap();
        query
    };
    // What is forbidden reads nothing, as what does not exist.
    assert_eq!(rows(&zhejiang, filtered("GD")).await, []);
    assert_eq!(rows(&zhejiang, filtered("XX")).await, []);
    // A query that is wrong is told so, beside those that are not.
    let both = [today("content.nothing", ""), today("content.plays", "")];
    let explained = asker.explain_many(NOBODY, &only(&zhejiang), &both).await;
    assert_eq!(explained[0].as_ref().unwrap_err().code, ProblemCode::UnknownMetric);
    assert_eq!(explained[1].as_ref().unwrap().statements[0].rows, Some(3));
}
