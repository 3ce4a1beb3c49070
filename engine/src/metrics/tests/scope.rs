//! The scope, held against data that was filtered by hand: random worlds, random scopes of several domains, random
//! queries.

use super::{
    random::{AWAY, queries, region, scopes, worlds},
    world::*,
};
use crate::{
    access::Scope,
    metrics::{SharedFrame, catalogue::Catalogue, scoped::ScopedRegions},
};
use model::{
    access::OrganisationId,
    frame::{Cell, Frame},
    geo::{Province, Region},
    metric::Domain,
};
use proptest::{prelude::*, test_runner::TestRunner};
use std::collections::{BTreeMap, BTreeSet};

/// The rows that the pairs hold, picked by hand.
fn inside(world: &World, pairs: &BTreeSet<(OrganisationId, Region)>) -> World {
    let holds =
        |organisation: OrganisationId, province: Option<Province>| pairs.contains(&(organisation, region(province)));
    let organisations: BTreeSet<OrganisationId> = pairs.iter().map(|(organisation, _)| *organisation).collect();
    World {
        views: world.views.iter().filter(|row| holds(row.org, row.province)).cloned().collect(),
        minutes: world.minutes.iter().filter(|row| holds(row.org, row.province)).cloned().collect(),
        quality_minutes: world.quality_minutes.iter().filter(|row| holds(row.org, row.province)).cloned().collect(),
        accounts: world.accounts.iter().filter(|row| holds(row.org, row.province)).cloned().collect(),
        activity: world.activity.iter().filter(|row| holds(row.org, row.province)).cloned().collect(),
        orders: world.orders.iter().filter(|row| holds(row.org, row.province)).cloned().collect(),
        pages: world.pages.iter().filter(|row| holds(row.org, row.province)).cloned().collect(),
        participations: world.participations.iter().filter(|row| holds(row.org, row.province)).cloned().collect(),
        articles: world.articles.iter().filter(|row| holds(row.org, row.province)).cloned().collect(),
        advertisements: world.advertisements.iter().filter(|row| holds(row.org, row.province)).cloned().collect(),
        services: world.services.iter().filter(|row| holds(row.org, row.province)).cloned().collect(),
        figures: world.figures.iter().filter(|row| holds(row.org, row.province)).cloned().collect(),
        appraisals: world.appraisals.iter().filter(|row| holds(row.org, row.province)).cloned().collect(),
        seeks: world.seeks.iter().filter(|row| holds(row.org, row.province)).cloned().collect(),
        requests: world.requests.iter().filter(|row| holds(row.org, row.province)).cloned().collect(),
        arrivals: world.arrivals.iter().filter(|row| holds(row.org, row.province)).cloned().collect(),
        events: world.events.iter().filter(|row| holds(row.org, row.province)).cloned().collect(),
        programmes: world.programmes.iter().filter(|row| organisations.contains(&row.org)).cloned().collect(),
    }
}

/// What one world has of the inside and another of the outside.
fn mixed(inner: &World, outer: &World, pairs: &BTreeSet<(OrganisationId, Region)>) -> World {
    let mut world = inside(inner, pairs);
    let everything: BTreeSet<_> = [HOME, AWAY]
        .into_iter()
        .flat_map(|organisation| Region::all().map(move |region| (organisation, region)))
        .collect();
    let outside: BTreeSet<_> = everything.difference(pairs).copied().collect();
    let rest = inside(outer, &outside);
    world.views.extend(rest.views);
    world.minutes.extend(rest.minutes);
    world.quality_minutes.extend(rest.quality_minutes);
    world.accounts.extend(rest.accounts);
    world.activity.extend(rest.activity);
    world.orders.extend(rest.orders);
    world.pages.extend(rest.pages);
    world.participations.extend(rest.participations);
    world.articles.extend(rest.articles);
    world.advertisements.extend(rest.advertisements);
    world.services.extend(rest.services);
    world.appraisals.extend(rest.appraisals);
    world.figures.extend(rest.figures);
    world.requests.extend(rest.requests);
    world.seeks.extend(rest.seeks);
    world.arrivals.extend(rest.arrivals);
    world.events.extend(rest.events);
    let organisations: BTreeSet<OrganisationId> = pairs.iter().map(|(organisation, _)| *organisation).collect();
    world.programmes.extend(outer.programmes.iter().filter(|row| !organisations.contains(&row.org)).cloned());
    world
}

/// Everything but what speaks of the scope itself.
fn numbers(frame: &Frame) -> Frame {
    let mut frame = frame.clone();
    for column in &mut frame.columns {
        column.scope.clear();
    }
    frame.etag.clear();
    frame
}

#[test]
fn an_answer_is_that_of_the_rows_inside_and_no_byte_of_it_depends_on_others() {
    let runtime = runtime();
    holds(&runtime, &runtime.block_on(TestStore::new()), 64);
}

#[test]
fn the_same_holds_on_a_cluster() {
    let runtime = runtime();
    holds(&runtime, &runtime.block_on(TestStore::on_a_cluster()), 8);
}

#[test]
fn the_same_holds_on_modern_clickhouse() {
    let runtime = runtime();
    holds(&runtime, &runtime.block_on(TestStore::on_modern_clickhouse()), 8);
}

fn runtime() -> tokio::runtime::Runtime {
    tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap()
}

/// That the answers of a store are those of the rows inside of the scope, whatever is outside.
fn holds(runtime: &tokio::runtime::Runtime, store: &TestStore, cases: u32) {
    let catalogue = Catalogue::shipped().unwrap();
    let now = at("2026-03-03T12:00:00+08:00");
    let mut runner = TestRunner::new(ProptestConfig { cases, failure_persistence: None, ..ProptestConfig::default() });
    let cases = (worlds(), worlds(), scopes(), prop::collection::vec(queries(), 6));
    runner
        .run(&cases, |(world, other, scope, queries)| {
            let ask = |scope: &Scope, json: &str| runtime.block_on(store.ask(now, scope, json));
            runtime.block_on(store.fill(&world));
            let answers: Vec<_> = queries.iter().map(|json| ask(&scope, json)).collect();
            for (json, answer) in queries.iter().zip(answers) {
                let metric = catalogue.metric(&query(json).metrics[0].id).unwrap();
                let Some(regions) = ScopedRegions::of(&scope, &metric.domains) else {
                    prop_assert_eq!(answer.unwrap_err().code, model::problem::ProblemCode::EmptyScope);
                    continue;
                };
                // Rows are derived by newer clusters only.
                if answer.as_ref().is_err_and(|problem| problem.code == model::problem::ProblemCode::Unavailable) {
                    continue;
                }
                let pairs: BTreeSet<_> = regions
                    .by_organisation()
                    .flat_map(|(organisation, regions)| regions.iter().map(move |region| (organisation, *region)))
                    .collect();
                let answer = answer.unwrap();
                for column in &answer.columns {
                    prop_assert!(column.scope.iter().all(|region| pairs.iter().any(|(_, granted)| granted == region)));
                }
                if answer.state != model::frame::FrameState::OutsideScope {
                    let mut by_hand = inside(&world, &pairs);
                    // Programme lists are those of the organisations that are left, as a filter on provinces may end one.
                    let left = query(json)
                        .filters
                        .iter()
                        .filter(|filter| filter.dimension.as_str() == "province")
                        .try_fold(regions, |left, filter| left.narrowed(&filter.values));
                    let organisations: BTreeSet<_> = left.iter().flat_map(ScopedRegions::organisations).collect();
                    by_hand.programmes.retain(|row| organisations.contains(&row.org));
                    runtime.block_on(store.fill(&by_hand));
                    let by_hand = ask(&everything(&[HOME, AWAY]), json).unwrap();
                    prop_assert_eq!(numbers(&answer), numbers(&by_hand), "{}", json);
                }
                runtime.block_on(store.fill(&mixed(&world, &other, &pairs)));
                let again = ask(&scope, json).unwrap();
                prop_assert_eq!(
                    serde_json::to_string(&*answer).unwrap(),
                    serde_json::to_string(&*again).unwrap(),
                    "{}",
                    json
                );
            }
            Ok(())
        })
        .unwrap();
}

/// Metrics of several domains side by side: each is what it would be alone.
#[test]
fn metrics_of_several_domains_keep_their_own_scope() {
    let runtime = runtime();
    let store = runtime.block_on(TestStore::new());
    let now = at("2026-03-03T12:00:00+08:00");
    let metrics = ["content.plays", "qoe.attempts", "order.revenue", "iptv.registered", "tv.viewing_min", "order.arpu"];
    let time = r#""time":{"from":"2026-03-01T00:00:00+08:00","to":"2026-03-04T00:00:00+08:00"}"#;
    let mut runner =
        TestRunner::new(ProptestConfig { cases: 32, failure_persistence: None, ..ProptestConfig::default() });
    runner
        .run(&(worlds(), scopes()), |(world, scope)| {
            runtime.block_on(store.fill(&world));
            let ask = |metrics: &str, by: &str| {
                runtime.block_on(store.ask(now, &scope, &format!(r#"{{"metrics":[{metrics}],"by":[{by}],{time}}}"#)))
            };
            let alone = |metric: &str| ask(&format!("\"{metric}\""), "");
            let granted: Vec<(&str, SharedFrame)> =
                metrics.iter().filter_map(|metric| Some((*metric, alone(metric).ok()?))).collect();
            let names: Vec<String> = granted.iter().map(|(metric, _)| format!("\"{metric}\"")).collect();
            if names.is_empty() {
                return Ok(());
            }
            let together = ask(&names.join(","), "").unwrap();
            for (metric, frame) in &granted {
                prop_assert_eq!(cell(&together, metric), cell(frame, metric), "{}", metric);
            }
            let by_province = ask(&names.join(","), r#""province""#).unwrap();
            for (index, (metric, _)) in granted.iter().enumerate() {
                let alone = ask(&format!("\"{metric}\""), r#""province""#).unwrap();
                let scope = &by_province.columns[by_province.column(metric).unwrap()].scope;
                for row in &by_province.rows {
                    let region = row[0].as_text().map_or(Region::Unknown, |code| code.parse().unwrap());
                    let counted = alone.rows.iter().find(|alone| alone[0] == row[0]).map(|alone| &alone[1]);
                    let value = &row[1 + index];
                    match counted {
                        Some(counted) => prop_assert_eq!(value, counted, "{} in {}", metric, region),
                        // Where it is granted, nothing happened; where it is not, nothing is known.
                        None if scope.contains(&region) => prop_assert!(value.as_number().is_none_or(|it| it == 0.0)),
                        None => prop_assert_eq!(value, &Cell::Null, "{} in {}", metric, region),
                    }
                }
            }
            Ok(())
        })
        .unwrap();
}

/// Content of two provinces and orders of one: the other province has no orders to show, which is not none at all.
#[tokio::test]
async fn a_metric_says_nothing_of_a_province_it_is_not_granted_for() {
    let store = TestStore::new().await;
    let noon = at("2026-03-01T12:00:00+08:00");
    let world = World {
        views: vec![
            played(view("s1", "h1", Some(Province::ZJ), noon), 500, 60_000, 0),
            played(view("s2", "h2", Some(Province::GD), noon), 500, 60_000, 0),
        ],
        orders: vec![order("h1", "paid", 1_990, noon)],
        ..World::default()
    };
    store.fill(&world).await;
    let (zhejiang, guangdong) = (Region::Province(Province::ZJ), Region::Province(Province::GD));
    let scope = Scope::for_tests(BTreeMap::from([
        (Domain::Content, BTreeSet::from([(HOME, zhejiang), (HOME, guangdong)])),
        (Domain::Orders, BTreeSet::from([(HOME, zhejiang)])),
    ]));
    let asked = async |more: &str| {
        let query = format!(
            r#"{{"metrics":["content.plays","order.count"],"by":["province"],"compare":"day",{more}"time":{{"from":"2026-03-01T00:00:00+08:00","to":"2026-03-02T00:00:00+08:00"}}}}"#
        );
        written(&store.ask(at("2026-03-03T12:00:00+08:00"), &scope, &query).await.unwrap())
    };
    assert_eq!(asked("").await, "GD 1 0 – – – –\nZJ 1 0 – 1 0 –");
    let top = r#""top":{"dim":"province","n":1,"by":"order.count","other":true},"#;
    assert_eq!(asked(top).await, "ZJ 1 0 – 1 0 –\n__other__ 1 0 – – – –");
}
