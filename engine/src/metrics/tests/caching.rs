//! Equal questions are asked once.

use super::world::*;
use crate::{
    access::UserId,
    clock::SetClock,
    events::{EngineError, EngineLimits, EventEngine, Fact, ResultSet, SqlWords, Value},
    metrics::{admission::Lane, ask::Asker, catalogue::Catalogue, sql::Sql},
};
use model::time::{Calendar, Day};
use std::sync::{
    Arc,
    atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering},
};
use tokio::sync::Semaphore;

/// Counts statements, and answers each with one ungrouped row once it is let go.
#[derive(Clone, Default)]
struct Counting(Arc<Counters>);

struct Counters {
    runs: AtomicUsize,
    /// Runs that are over, by an answer or because nobody waited any longer.
    ended: AtomicUsize,
    version: AtomicU64,
    fails: AtomicBool,
    gate: Semaphore,
}

impl Default for Counters {
    fn default() -> Self {
        Self {
            runs: AtomicUsize::new(0),
            ended: AtomicUsize::new(0),
            version: AtomicU64::new(1),
            fails: AtomicBool::new(false),
            gate: Semaphore::new(1_000),
        }
    }
}

struct Ends<'a>(&'a AtomicUsize);

impl Drop for Ends<'_> {
    fn drop(&mut self) {
        self.0.fetch_add(1, Ordering::SeqCst);
    }
}

impl EventEngine for Counting {
    fn words(&self) -> SqlWords {
        SqlWords::DuckDb
    }

    fn limits(&self) -> EngineLimits {
        EngineLimits { at_once: 2, ..EngineLimits::default() }
    }

    async fn run(&self, _sql: Sql) -> Result<ResultSet, EngineError> {
        self.0.runs.fetch_add(1, Ordering::SeqCst);
        let _counted = Ends(&self.0.ended);
        let _let_go = self.0.gate.acquire().await.unwrap();
        if self.0.fails.load(Ordering::SeqCst) {
            return Err(EngineError::Overloaded);
        }
        ResultSet::of_rows(&[vec![Value::Integer(7), Value::Integer(1_000), Value::Bool(false)]])
    }

    fn version(&self, _fact: Fact, _days: (Day, Day)) -> u64 {
        self.0.version.load(Ordering::SeqCst)
    }

    fn applied(&self) -> u64 {
        self.version(Fact::View, (Day(0), Day(0)))
    }
}

fn asker(engine: &Counting) -> Arc<Asker<Counting>> {
    let clock = Arc::new(SetClock::at(at("2026-03-01T12:00:00+08:00")));
    Arc::new(Asker::new(engine.clone(), Catalogue::shipped().unwrap(), Calendar::CHINA, clock))
}

const PLAYS: &str = r#"{"metrics":["content.plays"],"time":"today"}"#;

#[tokio::test]
async fn a_result_lasts_until_its_data_changes() {
    let engine = Counting::default();
    let asker = asker(&engine);
    let scope = everything(&[HOME]);
    for _ in 0..3 {
        assert_eq!(
            number(asker.ask_many(NOBODY, &scope, &[query(PLAYS)]).await[0].as_ref().unwrap(), "content.plays") as i64,
            7
        );
    }
    assert_eq!(engine.0.runs.load(Ordering::SeqCst), 1);
    engine.0.version.fetch_add(1, Ordering::SeqCst);
    asker.ask_many(NOBODY, &scope, &[query(PLAYS)]).await;
    assert_eq!(engine.0.runs.load(Ordering::SeqCst), 2);
}

#[tokio::test]
async fn those_who_ask_at_once_wait_for_one_run_even_where_the_first_leaves() {
    let engine = Counting::default();
    let asker = asker(&engine);
    let all = engine.0.gate.acquire_many(1_000).await.unwrap();
    let ask = || {
        let asker = Arc::clone(&asker);
        tokio::spawn(async move { asker.ask_many(NOBODY, &everything(&[HOME]), &[query(PLAYS)]).await.pop().unwrap() })
    };
    let first = ask();
    while engine.0.runs.load(Ordering::SeqCst) == 0 {
        tokio::task::yield_now().await;
    }
    let others: Vec<_> = (0..20).map(|_| ask()).collect();
    first.abort();
    assert!(first.await.unwrap_err().is_cancelled());
    drop(all);
    for other in others {
        assert_eq!(number(&other.await.unwrap().unwrap(), "content.plays") as i64, 7);
    }
    assert_eq!(engine.0.runs.load(Ordering::SeqCst), 1);
}

#[tokio::test]
async fn a_run_is_given_up_once_the_last_who_waits_has_gone() {
    let engine = Counting::default();
    let asker = asker(&engine);
    let all = engine.0.gate.acquire_many(1_000).await.unwrap();
    let ask = || {
        let asker = Arc::clone(&asker);
        tokio::spawn(async move { asker.ask_many(NOBODY, &everything(&[HOME]), &[query(PLAYS)]).await })
    };
    let (first, second) = (ask(), ask());
    until(&engine.0.runs, 1).await;
    first.abort();
    assert!(first.await.unwrap_err().is_cancelled());
    assert_eq!(engine.0.ended.load(Ordering::SeqCst), 0, "another one waits for it");
    second.abort();
    until(&engine.0.ended, 1).await;
    drop(all);
    assert!(asker.ask_many(NOBODY, &everything(&[HOME]), &[query(PLAYS)]).await[0].is_ok(), "it can be asked anew");
    assert_eq!(engine.0.runs.load(Ordering::SeqCst), 2);
}

#[tokio::test]
async fn one_person_with_fifty_boards_keeps_nobody_from_theirs() {
    let engine = Counting::default();
    let asker = asker(&engine);
    let gate = engine.0.gate.acquire_many(1_000).await.unwrap();
    let ask = |person: i32, hours: i32| {
        let asker = Arc::clone(&asker);
        let query = query(&format!(r#"{{"metrics":["content.plays"],"time":{{"last":"{hours}h"}}}}"#));
        let lane = Lane::Person(UserId(person));
        tokio::spawn(async move { asker.ask_many(lane, &everything(&[HOME]), &[query]).await.pop().unwrap() })
    };
    let heavy: Vec<_> = (1..=50).map(|hours| ask(1, hours)).collect();
    until(&engine.0.runs, 1).await;
    let light = ask(2, 99);
    until(&engine.0.runs, 2).await;
    // Both that run are let go: whoever is next of the fifty begins, and the light one is answered already.
    drop(gate);
    assert!(light.await.unwrap().is_ok());
    for one in heavy {
        assert!(one.await.unwrap().is_ok());
    }
    assert_eq!(engine.0.runs.load(Ordering::SeqCst), 51);
}

async fn until(counter: &AtomicUsize, count: usize) {
    while counter.load(Ordering::SeqCst) != count {
        tokio::task::yield_now().await;
    }
}

#[tokio::test]
async fn scopes_never_share_an_answer() {
    let engine = Counting::default();
    let asker = asker(&engine);
    let region = |province| model::geo::Region::Province(province);
    for province in [model::geo::Province::ZJ, model::geo::Province::GD] {
        asker.ask_many(NOBODY, &only(&[region(province)]), &[query(PLAYS)]).await;
    }
    assert_eq!(engine.0.runs.load(Ordering::SeqCst), 2);
}

#[tokio::test]
async fn a_failure_is_not_remembered() {
    let engine = Counting::default();
    let asker = asker(&engine);
    engine.0.fails.store(true, Ordering::SeqCst);
    let failed = asker.ask_many(NOBODY, &everything(&[HOME]), &[query(PLAYS)]).await.pop().unwrap().unwrap_err();
    assert_eq!(failed.code, model::problem::ProblemCode::Overloaded);
    engine.0.fails.store(false, Ordering::SeqCst);
    assert!(asker.ask_many(NOBODY, &everything(&[HOME]), &[query(PLAYS)]).await[0].is_ok());
}

#[tokio::test]
async fn tiles_of_a_board_share_their_scans() {
    let engine = Counting::default();
    let asker = asker(&engine);
    let board: Vec<_> = [
        r#"{"metrics":["content.plays"],"time":"today"}"#,
        r#"{"metrics":["content.watch_h"],"time":"today"}"#,
        r#"{"metrics":["qoe.fail_pct"],"time":"today"}"#,
        r#"{"metrics":["content.plays"],"by":["province"],"time":"today"}"#,
        r#"{"metrics":["qoe.rebuf_ratio"],"by":["province","isp"],"time":"today"}"#,
        r#"{"metrics":["qoe.fail_pct"],"by":["cdn","province"],"time":"today"}"#,
    ]
    .map(query)
    .into();
    asker.ask_many(NOBODY, &everything(&[HOME]), &board).await;
    assert_eq!(engine.0.runs.load(Ordering::SeqCst), 1);
}

#[tokio::test]
async fn a_range_that_moves_on_reads_its_ends_only() {
    let engine = Counting::default();
    let asker = asker(&engine);
    let scope = everything(&[HOME]);
    let mut runs = Vec::new();
    for minute in 0..4 {
        let ask = format!(
            r#"{{"metrics":["content.plays"],"time":{{"from":"2026-02-20T10:0{minute}:00+08:00","to":"2026-02-27T10:0{minute}:00+08:00"}}}}"#
        );
        let before = engine.0.runs.load(Ordering::SeqCst);
        asker.ask_many(NOBODY, &scope, &[query(&ask)]).await;
        runs.push(engine.0.runs.load(Ordering::SeqCst) - before);
    }
    assert_eq!(runs, [1, 3, 2, 2], "the whole range, then its days and two ends, then the ends");
    engine.0.version.fetch_add(1, Ordering::SeqCst);
    asker.ask_many(NOBODY, &scope, &[query(r#"{"metrics":["content.plays"],"time":{"from":"2026-02-20T10:05:00+08:00","to":"2026-02-27T10:05:00+08:00"}}"#)]).await;
    assert_eq!(
        engine.0.runs.load(Ordering::SeqCst),
        runs.iter().sum::<usize>() + 3,
        "days that changed are read again"
    );
}
