//! Ranges that move on: whole days are kept, and every number is what it would be with nothing kept.

use super::{
    random::{queries, scopes, worlds},
    world::*,
};
use proptest::prelude::*;
use serde_json::{Value, json};

const ROUNDS: [(&str, &str); 4] = [
    ("2026-03-01T00:00:00+08:00", "2026-03-04T00:00:00+08:00"),
    ("2026-03-01T07:30:00+08:00", "2026-03-03T23:10:00+08:00"),
    ("2026-02-27T22:00:00+08:00", "2026-03-04T00:01:00+08:00"),
    ("2026-03-01T07:31:00+08:00", "2026-03-03T23:11:00+08:00"),
];

fn over(query: &str, (from, to): (&str, &str)) -> String {
    let mut query: Value = serde_json::from_str(query).unwrap();
    query["time"] = json!({ "from": from, "to": to });
    query.to_string()
}

#[test]
fn days_that_are_kept_change_no_number() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let store = runtime.block_on(TestStore::new());
    let now = at("2026-03-05T00:00:00+08:00");
    proptest!(ProptestConfig { cases: 96, ..ProptestConfig::default() }, |(
        world in worlds(),
        scope in scopes(),
        asked in prop::collection::vec(queries(), 1..4),
    )| {
        runtime.block_on(async {
            store.fill(&world).await;
            let keeping = store.asker(now);
            for range in ROUNDS {
                let moved: Vec<_> = asked.iter().map(|asked| query(&over(asked, range))).collect();
                let kept = keeping.ask_many(NOBODY, &scope, &moved).await;
                let fresh = store.asker(now).ask_many(NOBODY, &scope, &moved).await;
                for ((kept, fresh), asked) in kept.iter().zip(&fresh).zip(&moved) {
                    prop_assert_eq!(kept, fresh, "{:?}", asked);
                }
            }
            Ok(())
        })?;
    });
}
