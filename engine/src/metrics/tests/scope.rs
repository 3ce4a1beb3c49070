//! The scope, held against data that was filtered by hand: random worlds, random scopes of several domains, random
//! queries.

use super::world::*;
use crate::{
    access::Scope,
    events::fact_rows::{AccountRow, ActivityRow, MinuteRow, OrderRow, ProgrammeRow, ViewRow},
    metrics::{
        catalogue::{Catalogue, Metric},
        scoped::ScopedRegions,
    },
};
use model::{
    access::OrganisationId,
    frame::{Cell, Frame},
    geo::{Province, Region},
    metric::Domain,
    time::Timestamp,
};
use proptest::{prelude::*, sample::select, test_runner::TestRunner};
use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

const AWAY: OrganisationId = OrganisationId(2);
const PROVINCES: [Option<Province>; 4] = [Some(Province::ZJ), Some(Province::GD), Some(Province::BJ), None];

fn first_day() -> Timestamp {
    at("2026-03-01T00:00:00+08:00")
}

/// Where, opened on which day, closed after how many, and the tier.
type AccountWords = (Place, i64, Option<i32>, Option<&'static str>);
type Place = (OrganisationId, Option<Province>, Option<&'static str>);

fn places() -> impl Strategy<Value = Place> {
    (select(vec![HOME, HOME, AWAY]), select(PROVINCES.to_vec()), select(vec![Some("ct"), Some("cm"), None]))
}

fn households() -> impl Strategy<Value = &'static str> {
    select(vec!["h1", "h2", "h3", "h4"])
}

/// A moment of the three days, and when it was received.
fn moments() -> impl Strategy<Value = (Timestamp, Timestamp)> {
    (0_i64..3 * 1_440, 0_i64..10_000_000).prop_map(|(minute, delay)| {
        (first_day().plus_millis(minute * 60_000), first_day().plus_millis(minute * 60_000 + delay))
    })
}

fn views() -> impl Strategy<Value = ViewRow> {
    let what = (
        select(vec![Some("X"), Some("Y"), None]),
        select(vec![Some("drama"), Some("news"), None]),
        select(vec![Some("live"), Some("vod")]),
        select(vec![Some("c1"), Some("c2")]),
    );
    let how = (0_i32..5_000, 0_i64..20_000, 0_i64..3_000, any::<bool>(), any::<bool>(), any::<bool>());
    (places(), households(), moments(), what, how).prop_map(
        |((org, province, isp), household, (start, received), what, how)| {
            let (channel, genre, mode, cdn) = what;
            let (startup, play, stall, started, failed, simulated) = how;
            let blank = view("s", household, province, start);
            let base = if started {
                played(blank, startup, play, stall)
            } else {
                ViewRow { watched_ms: i64::from(startup), ..blank }
            };
            ViewRow {
                org,
                isp: isp.map(Into::into),
                channel_id: channel.map(Into::into),
                content_id: genre.map(Into::into),
                genre: genre.map(Into::into),
                view_mode: mode.map(Into::into),
                cdn_vendor: cdn.map(Into::into),
                failed,
                simulated,
                received_ms: received,
                ..base
            }
        },
    )
}

fn minutes() -> impl Strategy<Value = Vec<MinuteRow>> {
    let run = (
        places(),
        households(),
        moments(),
        select(vec!["X", "Y"]),
        1_i64..6,
        select(vec![("live", 0_i16), ("catchup", 0), ("catchup", 2), ("catchup", 5)]),
    );
    let rows =
        run.prop_map(|((org, province, isp), household, (start, received), channel, length, (mode, lag_days))| {
            (0..length)
                .map(|step| {
                    let at = start.plus_millis(step * 60_000);
                    MinuteRow {
                        org,
                        province,
                        isp: isp.map(Into::into),
                        view_mode: Some(mode.into()),
                        lag_days,
                        received_ms: received,
                        ..minute(household, channel, at, start, 60)
                    }
                })
                .filter(|row| row.minute < minute_of(first_day().plus_millis(3 * 86_400_000)))
                .collect::<Vec<_>>()
        });
    // A household is on one channel at a time, in one place.
    prop::collection::vec(rows, 0..8).prop_map(|runs| {
        let mut taken = BTreeSet::new();
        runs.into_iter()
            .filter(|run| {
                run.iter().all(|row| !taken.contains(&(row.household.clone(), row.minute))) && {
                    taken.extend(run.iter().map(|row| (row.household.clone(), row.minute)));
                    true
                }
            })
            .flatten()
            .collect()
    })
}

fn accounts() -> impl Strategy<Value = Vec<AccountRow>> {
    let one = (places(), -5_i64..3, prop::option::of(-2_i32..4), select(vec![Some("gold"), None]));
    prop::collection::vec(one, 0..8).prop_map(|accounts| {
        let row = |(number, ((org, province, isp), opened, open_days, tier)): (usize, AccountWords)| {
            let opened = first_day().plus_millis(opened * 86_400_000);
            let base = account(&format!("h{number}"), province, opened);
            let closed_day = open_days.map(|days| base.opened_day.unwrap().plus(days.max(1)));
            AccountRow { org, isp: isp.map(Into::into), tier: tier.map(Into::into), closed_day, ..base }
        };
        accounts.into_iter().enumerate().map(row).collect()
    })
}

fn activities() -> impl Strategy<Value = ActivityRow> {
    (places(), households(), moments()).prop_map(|((org, province, isp), household, (at, received))| ActivityRow {
        org,
        isp: isp.map(Into::into),
        received_ms: received,
        ..activity(household, province, at)
    })
}

fn orders() -> impl Strategy<Value = OrderRow> {
    (
        places(),
        households(),
        moments(),
        select(vec!["paid", "paid", "refunded", "created"]),
        1_i64..5_000,
        select(vec![Some("p1"), Some("p2")]),
    )
        .prop_map(|((org, province, isp), household, (at, received), status, fen, product)| OrderRow {
            org,
            province,
            isp: isp.map(Into::into),
            product_id: product.map(Into::into),
            received_ms: received,
            ..order(household, status, fen, at)
        })
}

/// Programmes of two hours on both channels, from some hour on.
fn programmes() -> impl Strategy<Value = Vec<ProgrammeRow>> {
    let titles = prop::collection::vec(select(vec!["P", "Q", "R"]), 20..40);
    (titles, select(vec![HOME, AWAY]), 0_i64..10).prop_map(|(titles, org, first)| {
        let row = |(index, title): (usize, &str)| {
            let channel = if index % 2 == 0 { "X" } else { "Y" };
            let start = first_day().plus_millis((first + index as i64 / 2 * 2) * 3_600_000);
            ProgrammeRow { org, ..programme(channel, title, start, start.plus_millis(7_200_000)) }
        };
        titles.into_iter().enumerate().map(row).collect()
    })
}

pub(super) fn worlds() -> impl Strategy<Value = World> {
    let views = prop::collection::vec(views(), 0..40);
    let activity = prop::collection::vec(activities(), 0..12);
    let orders = prop::collection::vec(orders(), 0..15);
    (views, minutes(), accounts(), activity, orders, programmes()).prop_map(
        |(views, minutes, accounts, activity, orders, programmes)| World {
            views,
            minutes,
            accounts,
            activity,
            orders,
            programmes,
        },
    )
}

/// Grants domain by domain; some domains may have none.
fn scopes() -> impl Strategy<Value = Scope> {
    let regions = || {
        let pair = (select(vec![HOME, AWAY]), select(PROVINCES.to_vec()))
            .prop_map(|(organisation, province)| (organisation, region(province)));
        prop::collection::btree_set(pair, 0..5)
    };
    let domains = [Domain::Audience, Domain::Operation, Domain::Content, Domain::Orders, Domain::Quality];
    prop::collection::vec(regions(), domains.len()).prop_filter_map("nothing granted", move |sets| {
        let granted: BTreeMap<_, _> = domains.into_iter().zip(sets).filter(|(_, pairs)| !pairs.is_empty()).collect();
        (!granted.is_empty()).then(|| Scope::for_tests(granted))
    })
}

fn region(province: Option<Province>) -> Region {
    province.map_or(Region::Unknown, Region::Province)
}

/// A query of one metric with splits, filters, comparison, top and order, all of them perhaps.
fn queries() -> impl Strategy<Value = String> {
    let metrics: Vec<Arc<Metric>> = Catalogue::shipped().unwrap().metrics().cloned().collect();
    let choices = (
        select(metrics),
        any::<prop::sample::Index>(),
        prop::collection::vec(any::<prop::sample::Index>(), 0..3),
        prop::option::of(any::<prop::sample::Index>()),
        prop::collection::vec(
            (
                any::<prop::sample::Index>(),
                any::<bool>(),
                prop::collection::vec(
                    select(vec![
                        r#""ZJ""#,
                        r#""GD""#,
                        r#""nowhere""#,
                        "null",
                        r#""X""#,
                        r#""P""#,
                        r#""live""#,
                        r#""ct""#,
                        r#""drama""#,
                    ]),
                    1..4,
                ),
            ),
            0..3,
        ),
        prop::option::of(select(vec!["previous_period", "day", "week", "year"])),
        prop::option::of((1_u16..3, any::<bool>())),
        (any::<bool>(), any::<bool>(), 1_u32..40),
    );
    choices.prop_map(|(metric, stat, splits, grain, filters, compare, top, (ordered, descending, limit))| {
        let dimension =
            |index: &prop::sample::Index| metric.dimensions[index.index(metric.dimensions.len())].to_string();
        let mut reference = serde_json::json!({ "id": metric.id.as_str() });
        if !metric.stats.is_empty() {
            reference["stat"] = metric.stats[stat.index(metric.stats.len())].to_string().into();
        }
        let mut dimensions: Vec<String> = splits.iter().map(dimension).collect();
        dimensions.sort();
        dimensions.dedup();
        let mut by: Vec<serde_json::Value> = dimensions.iter().map(|id| id.as_str().into()).collect();
        // Three days by minute would be long.
        let grains: Vec<&str> =
            metric.grains.iter().map(|grain| grain.name()).filter(|name| *name != "minute").collect();
        if let Some(grain) = grain {
            by.push(serde_json::json!({ "time": grains[grain.index(grains.len())] }));
        }
        let filters: Vec<serde_json::Value> = filters
            .iter()
            .map(|(index, within, values)| {
                let values: Vec<serde_json::Value> =
                    values.iter().map(|value| serde_json::from_str(value).unwrap()).collect();
                serde_json::json!({ "dim": dimension(index), if *within { "in" } else { "not_in" }: values })
            })
            .collect();
        let mut query = serde_json::json!({
            "metrics": [reference], "by": by, "where": filters, "limit": limit,
            "time": { "from": "2026-03-01T06:00:00+08:00", "to": "2026-03-04T00:00:00+08:00" },
        });
        if let Some(compare) = compare {
            query["compare"] = compare.into();
        }
        if let (Some((n, other)), Some(dimension)) = (top, dimensions.first()) {
            query["top"] = serde_json::json!({ "dim": dimension, "n": n, "by": reference, "other": other });
        }
        if ordered {
            query["order"] = serde_json::json!([{ "metric": reference, "desc": descending }]);
        }
        query.to_string()
    })
}

/// The rows that the pairs hold, picked by hand.
fn inside(world: &World, pairs: &BTreeSet<(OrganisationId, Region)>) -> World {
    let holds =
        |organisation: OrganisationId, province: Option<Province>| pairs.contains(&(organisation, region(province)));
    let organisations: BTreeSet<OrganisationId> = pairs.iter().map(|(organisation, _)| *organisation).collect();
    World {
        views: world.views.iter().filter(|row| holds(row.org, row.province)).cloned().collect(),
        minutes: world.minutes.iter().filter(|row| holds(row.org, row.province)).cloned().collect(),
        accounts: world.accounts.iter().filter(|row| holds(row.org, row.province)).cloned().collect(),
        activity: world.activity.iter().filter(|row| holds(row.org, row.province)).cloned().collect(),
        orders: world.orders.iter().filter(|row| holds(row.org, row.province)).cloned().collect(),
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
    world.accounts.extend(rest.accounts);
    world.activity.extend(rest.activity);
    world.orders.extend(rest.orders);
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
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
    let store = runtime.block_on(TestStore::new());
    let catalogue = Catalogue::shipped().unwrap();
    let now = at("2026-03-03T12:00:00+08:00");
    let mut runner =
        TestRunner::new(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() });
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
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
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
            let granted: Vec<(&str, Arc<Frame>)> =
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
