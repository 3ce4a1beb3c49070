//! Two engines, one answer: random worlds and queries, asked of DuckDB, of a ClickHouse cluster and of today's ClickHouse.

use super::{
    random::{queries, scopes, worlds},
    world::*,
};
use crate::metrics::catalogue::{Catalogue, Source, Value};
use model::{frame::Frame, problem::ProblemCode};
use proptest::{prelude::*, test_runner::TestRunner};

/// Whether the query's metric is worked out from derived rows.
fn is_derived(json: &str) -> bool {
    let catalogue = Catalogue::shipped().unwrap();
    let metric = catalogue.metric(&query(json).metrics[0].id).unwrap();
    let mut terms = metric.value.values().into_iter().flat_map(Value::terms);
    terms.any(|term| matches!(term.measure.source, Source::Derived(_)))
}

/// `knows_lists`: rows can be derived there too.
fn same_on(cases: u32, knows_lists: bool, other: impl Future<Output = TestStore>) {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
    let (duckdb, other) = runtime.block_on(async { (TestStore::new().await, other.await) });
    let now = at("2026-03-03T12:00:00+08:00");
    let mut runner = TestRunner::new(ProptestConfig { cases, failure_persistence: None, ..ProptestConfig::default() });
    let asked = (worlds(), scopes(), prop::collection::vec(queries(), 20));
    runner
        .run(&asked, |(world, scope, queries)| {
            runtime.block_on(async {
                duckdb.fill(&world).await;
                other.fill(&world).await;
            });
            for json in queries {
                let ask = |store: &TestStore| runtime.block_on(store.ask(now, &scope, &json));
                match (ask(&duckdb), ask(&other)) {
                    (Ok(one), Ok(two)) => prop_assert_eq!(&one as &Frame, &two as &Frame, "{}", json),
                    // An old cluster says so.
                    (_, Err(problem)) if problem.code == ProblemCode::Unavailable => {
                        prop_assert!(is_derived(&json) && !knows_lists, "{}", json);
                    }
                    (one, two) => prop_assert_eq!(one.map_err(|it| it.code), two.map_err(|it| it.code), "{}", json),
                }
            }
            Ok(())
        })
        .unwrap();
}

#[test]
fn a_cluster_answers_as_duckdb_does() {
    same_on(16, false, TestStore::on_a_cluster());
}

#[test]
fn modern_clickhouse_answers_as_duckdb_does() {
    same_on(16, true, TestStore::on_modern_clickhouse());
}
