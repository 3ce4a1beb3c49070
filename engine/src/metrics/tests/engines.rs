//! Two engines, one answer: random worlds and queries, asked of DuckDB, of a ClickHouse cluster and of today's ClickHouse.

use super::{
    random::{queries, scopes, worlds},
    world::*,
};
use model::frame::Frame;
use proptest::{prelude::*, test_runner::TestRunner};

fn same_on(cases: u32, other: impl Future<Output = TestStore>) {
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
                    (one, two) => prop_assert_eq!(one.map_err(|it| it.code), two.map_err(|it| it.code), "{}", json),
                }
            }
            Ok(())
        })
        .unwrap();
}

#[test]
fn a_cluster_answers_as_duckdb_does() {
    same_on(16, TestStore::on_a_cluster());
}

#[test]
fn modern_clickhouse_answers_as_duckdb_does() {
    same_on(16, TestStore::on_modern_clickhouse());
}
