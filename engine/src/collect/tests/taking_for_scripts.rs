//! A household that plays more on a day than a person can.

use super::*;
use crate::{
    collect::{Rebuilding, rebuild_facts, retention::on_a_thread, scripts::take_for_scripts},
    events::{EventEngine as _, Fact},
};

/// Begun twenty minutes apart, by one household: four on one day, two on the next.
fn plays() -> Vec<String> {
    let evening = NOW - NOW.rem_euclid(86_400_000) + 15 * 3_600_000;
    let begins = [-3_600_000, -2_400_000, -1_200_000, -600_000, 3_600_000, 4_800_000];
    let robot = |(number, begin): (usize, &i64)| {
        session(&format!("{number}"), evening - 86_400_000 + begin)
            .into_iter()
            .map(|line| line.replace(&format!("h-{number}"), "robot"))
            .collect::<Vec<_>>()
    };
    begins.iter().enumerate().flat_map(robot).chain(session("person", evening - 90_000_000)).collect()
}

const PLAYS: &str = "select household, day, count(*), count(case when effective then 1 end), count(case when abnormal then 1 end) \
                     from all_view group by all order by all";
const MINUTES: &str = "select household, count(*) from all_minute where counted group by all order by all";

async fn world() -> World {
    let rules = CleaningRules { most_plays_a_day: 3, ..CleaningRules::default() };
    let world = World::ruled(tempfile::tempdir().unwrap(), NOW, rules).await;
    world.send(&plays()).await;
    world.collector.flush().await.unwrap();
    world
}

async fn taken(world: &World, from: Option<i32>) -> usize {
    on_a_thread(&world.store, move |store| take_for_scripts(store, from.map(Day))).await.unwrap()
}

#[tokio::test]
async fn none_of_such_a_day_counts() {
    let world = world().await;
    let day = world.one("select min(day) from all_view").await.parse::<i32>().unwrap();
    let before = world.rows(MINUTES).await;
    assert_eq!(before, ["h-person 2", "robot 12"]);
    let version = |fact| world.store.version(fact, (Day(day), Day(day + 1)));
    let versions = [Fact::View, Fact::MinuteAudience].map(version);
    assert_eq!(taken(&world, Some(day + 1)).await, 0, "only the first of the days has too many");
    assert_eq!((taken(&world, None).await, taken(&world, None).await), (1, 0));
    let told = world.rows(PLAYS).await;
    assert_eq!(
        told,
        [format!("h-person {day} 1 1 0"), format!("robot {day} 4 0 4"), format!("robot {} 2 2 0", day + 1)]
    );
    assert_eq!(world.rows(MINUTES).await, ["h-person 2", "robot 4"]);
    assert!(version(Fact::View) > versions[0] && version(Fact::MinuteAudience) > versions[1], "caches hear of it");
}

/// What is worked out again is taken for the same, and what comes later on such a day too.
#[tokio::test]
async fn facts_worked_out_again_know_the_scripts() {
    let world = world().await;
    assert_eq!(taken(&world, None).await, 1);
    let clock: SharedClock = world.clock.clone();
    let rebuilt = rebuild_facts(&world.store, world.folder.path(), clock, Rebuilding::Exchanged, |_| {}).await.unwrap();
    let differ: Vec<_> = rebuilt.facts.iter().filter(|fact| fact.rows() > 0).map(|fact| fact.fact).collect();
    assert_eq!(differ, Vec::<&str>::new());
    assert_eq!(world.one("select count(*) from all_view where abnormal").await, "4");
    let begin = world.one("select max(end_ms) from all_view where abnormal").await.parse::<i64>().unwrap() + 1_000;
    world.send(&session("late", begin).iter().map(|line| line.replace("h-late", "robot")).collect::<Vec<_>>()).await;
    world.collector.flush().await.unwrap();
    assert_eq!((taken(&world, None).await, taken(&world, None).await), (1, 0));
    assert_eq!(world.one("select count(*) from all_view where abnormal").await, "5");
}
