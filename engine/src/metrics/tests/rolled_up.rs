//! Days that are added up beforehand: every number is what it would be if they were not.

use super::{
    random::{queries_about, scopes, worlds},
    world::*,
};
use crate::{
    events::{Fact, Touched, fact_rows::ViewRow, no_longer_rolled_up},
    metrics::catalogue::{Catalogue, Metric, Relation, Source, Way},
};
use model::{
    metric::MetricQuery,
    time::{Calendar, Day},
};
use proptest::prelude::*;
use serde_json::{Value, json};
use std::{
    collections::BTreeSet,
    sync::atomic::{AtomicUsize, Ordering},
};

/// Among them whole days alone, and none.
const RANGES: [(&str, &str); 3] = [
    ("2026-03-01T00:00:00+08:00", "2026-03-04T00:00:00+08:00"),
    ("2026-02-28T07:30:00+08:00", "2026-03-03T23:10:00+08:00"),
    ("2026-03-02T01:00:00+08:00", "2026-03-03T23:00:00+08:00"),
];

fn over(query: &str, (from, to): (&str, &str)) -> String {
    let mut query: Value = serde_json::from_str(query).unwrap();
    query["time"] = json!({ "from": from, "to": to });
    query.to_string()
}

/// What a metric is made of, in any of its profiles.
fn sources_of(metric: &Metric) -> BTreeSet<Source> {
    metric.value.values().iter().flat_map(|value| value.terms()).map(|term| term.measure.source).collect()
}

/// The sources that plays are told by, as they are or day by day.
fn sources_of_plays() -> BTreeSet<Source> {
    let catalogue = Catalogue::shipped().unwrap();
    let of_metrics: BTreeSet<Source> = catalogue.metrics().flat_map(|metric| sources_of(metric)).collect();
    let of_plays = |source: &Source| match (source, &catalogue.fact(*source).unwrap().relation) {
        (Source::Fact(fact), _) => *fact == Fact::View,
        (Source::Derived(_), Relation::Derived(derivation)) => {
            matches!(derivation.way, Way::Cohort { .. } | Way::AccountState { .. } | Way::Rolling { .. })
        }
        (Source::Derived(_), Relation::Table(_)) => false,
    };
    of_metrics.into_iter().filter(of_plays).collect()
}

/// Says that plays of a day have changed, as a batch does that changes them.
async fn touch(store: &TestStore, day: Day) {
    let mut touched = Touched::default();
    touched.add(Fact::View, day);
    let of_batch = touched.clone();
    store.store.write(move |transaction| no_longer_rolled_up(transaction, &of_batch)).arrives().await.unwrap();
    store.store.moved(&touched);
}

#[test]
fn days_that_are_added_up_change_no_number() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let store = runtime.block_on(TestStore::new());
    let now = at("2026-03-05T00:00:00+08:00");
    let sources = sources_of_plays();
    let (read, all) = (AtomicUsize::new(0), AtomicUsize::new(0));
    let of_plays = |metric: &Metric| !sources_of(metric).is_disjoint(&sources);
    proptest!(ProptestConfig { cases: 64, ..ProptestConfig::default() }, |(
        world in worlds(),
        scope in scopes(),
        asked in prop::collection::vec(queries_about(of_plays), 1..6),
        hole in prop::option::of(0..3),
    )| {
        runtime.block_on(async {
            store.fill(&world).await;
            store.add_up_days().await;
            if let Some(hole) = hole {
                touch(&store, Calendar::CHINA.day_of(at("2026-03-01T00:00:00+08:00")).plus(hole)).await;
            }
            let rolled_up = store.asker(now);
            let mut answers: Vec<(Vec<_>, Vec<MetricQuery>)> = Vec::new();
            for range in RANGES {
                let moved: Vec<MetricQuery> = asked.iter().map(|asked| query(&over(asked, range))).collect();
                let explained = rolled_up.explain_many(NOBODY, &scope, &moved).await;
                let statements = explained.iter().flatten().flat_map(|explained| &explained.statements);
                let days: Vec<u32> = statements.map(|statement| statement.days_added_up).collect();
                all.fetch_add(days.len(), Ordering::Relaxed);
                read.fetch_add(days.iter().filter(|days| **days > 0).count(), Ordering::Relaxed);
                answers.push((rolled_up.ask_many(NOBODY, &scope, &moved).await, moved));
            }
            store.store.roll_up(Vec::new()).unwrap();
            for (answers, asked) in answers {
                let plain = store.asker(now).ask_many(NOBODY, &scope, &asked).await;
                for ((answer, plain), asked) in answers.iter().zip(&plain).zip(&asked) {
                    prop_assert_eq!(answer, plain, "{:?}", asked);
                }
            }
            Ok(())
        })?;
    });
    let (read, all) = (read.into_inner(), all.into_inner());
    // Queries are split and filtered at random.
    assert!(read * 10 > all, "of {all} statements no more than {read} read days that are added up");
}

#[tokio::test]
async fn a_play_that_comes_late_counts_at_once() {
    let store = TestStore::new().await;
    let day = |number: i64| at("2026-03-01T08:00:00+08:00").plus_millis(number * 86_400_000);
    let play = |sid: &str, number: i64| played(view(sid, sid, ZJ, day(number)), 100, 60_000, 0);
    store
        .fill(&World { views: (0..3).map(|number| play(&format!("p{number}"), number)).collect(), ..World::default() })
        .await;
    store.add_up_days().await;
    let asker = store.asker(at("2026-03-05T00:00:00+08:00"));
    let asked =
        query(&over(r#"{ "metrics": ["content.plays", "content.play_users"], "by": ["province"] }"#, RANGES[0]));
    let scope = everything(&[HOME]);
    let answer =
        async || written(&asker.ask_many(NOBODY, &scope, std::slice::from_ref(&asked)).await.pop().unwrap().unwrap());
    assert_eq!(answer().await, "ZJ 3 3");
    let statements =
        asker.explain_many(NOBODY, &scope, std::slice::from_ref(&asked)).await.pop().unwrap().unwrap().statements;
    assert!(statements.iter().all(|statement| statement.days_added_up == 3), "{statements:?}");
    let of_activity = query(&over(r#"{ "metrics": ["iptv.retention_pct"], "by": ["day_number"] }"#, RANGES[0]));
    let explained = asker.explain_many(NOBODY, &scope, &[of_activity]).await.pop().unwrap().unwrap();
    assert!(explained.statements.iter().any(|statement| statement.days_added_up == 3), "{explained:?}");

    let late = play("late", 1);
    let day = late.day;
    store.store.write(move |transaction| transaction.append("fact_view", &[late])).arrives().await.unwrap();
    touch(&store, day).await;
    assert_eq!(answer().await, "ZJ 4 4");
    store.add_up_days().await;
    assert_eq!(answer().await, "ZJ 4 4");
}

#[tokio::test]
async fn what_did_not_count_marks_no_number() {
    let store = TestStore::new().await;
    let morning = at("2026-03-02T08:00:00+08:00");
    let watched = played(view("watched", "h1", ZJ, morning), 100, 60_000, 0);
    let failed = ViewRow { simulated: true, ..view("failed", "h1", ZJ, morning.plus_millis(3_600_000)) };
    assert!(watched.effective && !failed.effective);
    store.fill(&World { views: vec![watched, failed], ..World::default() }).await;
    let asked = query(&over(r#"{ "metrics": ["iptv.new_users"] }"#, RANGES[0]));
    let asker = store.asker(at("2026-03-05T00:00:00+08:00"));
    let scope = everything(&[HOME]);
    let answer = async || asker.ask_many(NOBODY, &scope, std::slice::from_ref(&asked)).await.pop().unwrap().unwrap();
    let plain = answer().await;
    assert_eq!((written(&plain).as_str(), plain.simulated, plain.as_of), ("1", false, Some(morning)));
    store.add_up_days().await;
    let explained = asker.explain_many(NOBODY, &scope, std::slice::from_ref(&asked)).await.pop().unwrap().unwrap();
    assert!(explained.statements.iter().any(|statement| statement.days_added_up > 0), "{explained:?}");
    assert_eq!(answer().await, plain);
}
