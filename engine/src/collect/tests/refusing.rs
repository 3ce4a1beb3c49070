//! Requests of nothing but rubbish cost little, and take nothing away from other sources.

use super::*;
use model::problem::ProblemCode;

const EIGHT_MIB: usize = 8 << 20;

fn of_source(id: i32) -> Envelope {
    Envelope { source: Source { id, ..source() }, client: None }
}

/// How many refused records of each source are kept.
async fn kept(world: &World) -> Vec<(u64, usize)> {
    world.collector.close().await.unwrap();
    let ledger = ledger::Ledger::open(world.folder.path(), 0).unwrap();
    let mut kept = std::collections::BTreeMap::new();
    for record in ledger.quarantined() {
        *kept.entry(record["source_id"].as_u64().unwrap()).or_default() += 1;
    }
    kept.into_iter().collect()
}

#[tokio::test]
async fn a_body_of_tiny_records_is_refused_as_a_whole() {
    let world = World::new().await;
    world.collector.accept_native(&of_source(2), b"one bad record").await.unwrap();
    let rubbish = b"x\n".repeat(EIGHT_MIB / 2);
    let problem = world.collector.accept_native(&of_source(1), &rubbish).await.unwrap_err();
    assert_eq!((problem.code, problem.code.status()), (ProblemCode::BodyTooLarge, 413));
    assert_eq!(problem.parameters["limit_records"], "20000");
    assert_eq!(kept(&world).await, [(2, 1)]);
}

#[tokio::test]
async fn many_rejections_are_counted_and_few_are_kept() {
    let world = World::new().await;
    let mut lines = vec!["x".to_owned(); 19_000];
    lines.extend(session("a", NOW - 100_000));
    let acceptance = world.send(&lines).await;
    assert_eq!((acceptance.accepted, acceptance.rejected_count, acceptance.rejected.len()), (4, 19_000, 100));
    assert_eq!(world.collector.figures().rejected, 19_000);
    assert_eq!(kept(&world).await, [(1, 1_000)]);
}

#[tokio::test]
async fn a_source_pushes_out_its_own_records_only() {
    let world = World::new().await;
    world.collector.accept_native(&of_source(2), b"one bad record").await.unwrap();
    let rubbish = b"x\n".repeat(1_000);
    let most = quarantine::KEPT_PER_SOURCE as usize;
    for _ in 0..=most / 1_000 {
        world.collector.accept_native(&of_source(1), &rubbish).await.unwrap();
    }
    let again = world.killed(NOW).await;
    again.collector.accept_native(&of_source(1), &rubbish).await.unwrap();
    assert_eq!(kept(&again).await, [(1, most), (2, 1)]);
}
