//! Random worlds, scopes of several domains, and queries.

use super::world::*;
use crate::{
    access::Scope,
    events::{
        AccountEvent, AdAction, ArticleAction, ElementAction, Figure, NotKept, Participation, ParticipationResult,
        Service, ServiceAction, Text,
        fact_rows::{
            AccountRow, ActivityRow, AdRow, AppraisalRow, ArrivalRow, ArticleRow, FigureRow, MinuteRow, OrderRow,
            PageRow, ParticipationRow, ProgrammeRow, QualityMinuteRow, RequestRow, ServiceRow, ViewRow,
        },
        log_bucket,
    },
    metrics::catalogue::{Catalogue, Metric},
};
use model::{
    access::OrganisationId,
    geo::{Province, Region},
    metric::{Calculation, Domain},
    time::{Calendar, Timestamp},
};
use proptest::{prelude::*, sample::select};
use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

pub(super) const AWAY: OrganisationId = OrganisationId(2);
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
        prop::option::of(0_i32..=1_000),
    );
    let how = (0_i32..5_000, 0_i64..20_000, 0_i64..3_000, any::<bool>(), any::<bool>(), any::<bool>());
    // A play session has one row.
    let sids = any::<u64>();
    (places(), households(), moments(), what, how, sids).prop_map(
        |((org, province, isp), household, (start, received), what, how, sid)| {
            let (channel, genre, mode, cdn, seen_milli) = what;
            let (startup, play, stall, started, failed, simulated) = how;
            let blank = view(&format!("s{sid}"), household, province, start);
            let base = if started {
                played(blank, startup, play, stall)
            } else {
                ViewRow { watched_ms: i64::from(startup), ..blank }
            };
            ViewRow {
                org,
                isp: isp.map(Into::into),
                channel_id: channel.map(Into::into),
                content_id: genre.map(titled),
                genre: genre.map(Into::into),
                view_mode: mode.map(Into::into),
                cdn_vendor: cdn.map(Into::into),
                cp_id: cdn.map(Into::into),
                seen_milli,
                seen_tenth: seen_milli.map(|milli| i16::try_from(milli / 100).unwrap()),
                failed,
                failed_in_startup: failed && !started,
                simulated,
                in_first_day: stall % 2 == 0,
                received_ms: received,
                end_ms: start.plus_millis(base.watched_ms * 20),
                dropped_frames: seen_milli.map(i64::from),
                rendered_frames: seen_milli.map(|_| play),
                live_latency_ms: seen_milli.map(|_| startup),
                live_latency_bucket: seen_milli.map(|_| log_bucket(i64::from(startup))),
                seek_latency_ms: seen_milli,
                seek_latency_bucket: seen_milli.map(|milli| log_bucket(i64::from(milli))),
                cdn_switches: Some(startup % 3),
                mux_overall_milli: seen_milli,
                ..base
            }
        },
    )
}

/// News are a programme of the list, where there is one at that hour.
fn titled(genre: &str) -> Text {
    if genre == "news" {
        programme("X", "", first_day().plus_millis(8 * 3_600_000), first_day()).programme_id
    } else {
        genre.into()
    }
}

/// From a minute or two before a whole hour on, when programmes begin, or from a minute after it.
fn about_the_hour(moment: Timestamp) -> Timestamp {
    let into_hour_ms = moment.millis().rem_euclid(3_600_000);
    moment.plus_millis((into_hour_ms / 60_000 % 4 - 2) * 60_000 - into_hour_ms).max(first_day())
}

/// How a view went, minute by minute; where that was is not asked of the view.
fn quality(view: &ViewRow) -> Vec<QualityMinuteRow> {
    let minutes = 1 + view.play_ms % 4;
    let (play_ms, stall_ms) = (i32::try_from(view.play_ms / minutes).unwrap(), i32::try_from(view.stall_ms).unwrap());
    (0..minutes).map(|number| quality_minute(view, number, play_ms, if number == 2 { stall_ms } else { 0 })).collect()
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
            let start = about_the_hour(start);
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
            let last_closed_ms = closed_day.map(|day| Calendar::CHINA.start_of(day).plus_millis(30_000_000));
            AccountRow { org, isp: isp.map(Into::into), tier: tier.map(Into::into), closed_day, last_closed_ms, ..base }
        };
        accounts.into_iter().enumerate().map(row).collect()
    })
}

fn activities() -> impl Strategy<Value = ActivityRow> {
    let kinds = select(vec![
        AccountEvent::PowerOn,
        AccountEvent::PowerOff,
        AccountEvent::Heartbeat,
        AccountEvent::Suspend,
        AccountEvent::Resume,
    ]);
    (places(), households(), moments(), kinds).prop_map(
        |((org, province, isp), household, (at, received), account_event)| ActivityRow {
            account_event,
            org,
            isp: isp.map(Into::into),
            received_ms: received,
            ..activity(household, province, at)
        },
    )
}

fn orders() -> impl Strategy<Value = OrderRow> {
    (
        places(),
        households(),
        moments(),
        select(vec!["paid", "paid", "refunded", "created", "due", "renewed", "unsubscribed", "expired"]),
        1_i64..5_000,
        select(vec![Some("p1"), Some("p2")]),
    )
        .prop_map(|((org, province, isp), household, (at, received), status, fen, product)| OrderRow {
            org,
            province,
            isp: isp.map(Into::into),
            product_id: product.map(Into::into),
            cp_id: product.map(Into::into),
            received_ms: received,
            ..order(household, status, fen, at)
        })
}

fn pages() -> impl Strategy<Value = PageRow> {
    let what = (
        select(vec!["home", "detail"]),
        select(vec![None, Some(ElementAction::Impression), Some(ElementAction::Click), Some(ElementAction::Crash)]),
        prop::option::of(0_i32..5_000),
        select(vec!["stb", "ios"]),
        prop::option::of(select(vec!["v1", "v2"])),
    );
    (places(), households(), moments(), what).prop_map(
        |((org, province, isp), household, (at, received), (name, element_action, visible_ms, platform, visit))| {
            PageRow {
                org,
                province,
                isp: isp.map(Into::into),
                platform: Some(platform.into()),
                visit_id: visit.map(Into::into),
                element_action,
                visible_ms,
                load_ms: visible_ms,
                load_bucket: visible_ms.map(|ms| log_bucket(i64::from(ms))),
                ttfb_ms: visible_ms,
                ttfb_bucket: visible_ms.map(|ms| log_bucket(i64::from(ms))),
                received_ms: received,
                ..page(household, name, at)
            }
        },
    )
}

fn participations() -> impl Strategy<Value = ParticipationRow> {
    let what = (
        select(Participation::ALL.to_vec()),
        select(ParticipationResult::ALL.to_vec()),
        prop::option::of(1_i64..500),
        prop::option::of(select(vec!["X", "Y"])),
    );
    (places(), households(), moments(), what).prop_map(
        |((org, province, isp), household, (at, received), (action, result, prize_fen, option))| ParticipationRow {
            org,
            province,
            isp: isp.map(Into::into),
            result,
            prize_fen,
            took_ms: prize_fen,
            took_bucket: prize_fen.map(log_bucket),
            option_id: option.map(Into::into),
            received_ms: received,
            ..takes_part(household, action, at)
        },
    )
}

/// What happens in a media network, of every kind.
fn media() -> impl Strategy<Value = (ArticleRow, AdRow, ServiceRow, Option<i64>)> {
    let what = (
        select(ArticleAction::ALL.to_vec()),
        select(AdAction::ALL.to_vec()),
        select(Service::ALL.to_vec()),
        select(ServiceAction::ALL.to_vec()),
    );
    let how = (select(vec!["u1", "u2"]), select(vec!["a1", "a2"]), 0_i64..900_000, prop::option::of(0_i64..90_000_000));
    (places(), households(), moments(), what, how).prop_map(
        |((org, province, isp), household, (at, received), (action, ad, service, step), (unit, item, reads, took))| {
            let isp: Option<Text> = isp.map(Into::into);
            let reads = if action == ArticleAction::Read { reads } else { 0 };
            let article = ArticleRow {
                org,
                province,
                isp: isp.clone(),
                reprint_of: Some(item.into()),
                received_ms: received,
                ..article(unit, item, action, reads, at)
            };
            let ad = AdRow {
                org,
                province,
                isp: isp.clone(),
                ad_id: Some(item.into()),
                channel_id: Some(if unit == "u1" { "X".into() } else { "Y".into() }),
                received_ms: received,
                ..advertisement(household, ad, about_the_hour(at))
            };
            let service =
                ServiceRow { org, province, isp, received_ms: received, ..serves(household, service, step, took, at) };
            (article, ad, service, took)
        },
    )
}

/// A result of a unit that stands where an article of it stands.
fn appraisal(article: &ArticleRow, actual: Option<i64>) -> AppraisalRow {
    AppraisalRow {
        org: article.org,
        province: article.province,
        unit: article.unit.clone(),
        unit_level: article.unit_level.clone(),
        kpi_id: article.article_id.clone(),
        actual_milli: actual.unwrap_or(0),
        target_milli: 1_000,
        weight_milli: 500,
        attainment_milli: actual,
        score_milli: actual.map(|actual| actual.clamp(0, 1_200) / 2),
        ts_ms: article.ts_ms,
        day: article.day,
        received_ms: article.received_ms,
        simulated: false,
    }
}

/// What somebody reported where an article stands; some items more than once, on a day too.
fn reported(article: &ArticleRow, value: i64) -> FigureRow {
    let figures = Figure::ALL;
    let named = |words: [&str; 2], which: i64| Some(words[usize::from(which % 2 == 0)].into());
    FigureRow {
        org: article.org,
        province: article.province,
        isp: article.isp.clone(),
        genre: named(["drama", "news"], value / 2),
        cp_id: named(["cp1", "cp2"], value),
        campaign: article.campaign.clone(),
        source_class: named(["qr", "search"], value),
        received_ms: article.received_ms,
        ..figure(figures[usize::try_from(value).unwrap() % figures.len()], value, article.ts_ms)
    }
}

/// What the delivery network answered, and what came in at the same moment.
fn delivered() -> impl Strategy<Value = (RequestRow, ArrivalRow)> {
    let what = (
        select(vec![200, 206, 404, 503, 0]),
        select(vec![None, Some(true), Some(false)]),
        0_i64..200_000,
        0_i32..3_000,
        select(vec!["segment", "manifest"]),
    );
    (places(), households(), moments(), what).prop_map(
        |((org, province, isp), household, (at, received), (status, hit, bytes, took, object))| {
            let request = RequestRow {
                org,
                province,
                isp: isp.map(Into::into),
                household: Some(household.into()),
                object_type: Some(object.into()),
                received_ms: received,
                ..answered(status, hit, bytes, took, at)
            };
            let arrival = arrived(took % 3, 2, i64::from(took) * 40, at).remove(0);
            let not_kept = [None, None, Some(NotKept::Repeated), Some(NotKept::Refused)][took as usize % 4];
            let field = not_kept.filter(|why| *why == NotKept::Refused).map(|_| object.into());
            (request, ArrivalRow { org, province, received_ms: received, not_kept, field, ..arrival })
        },
    )
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
    let pages = prop::collection::vec(pages(), 0..20);
    let participations = prop::collection::vec(participations(), 0..20);
    let media = prop::collection::vec(media(), 0..15);
    let delivered = prop::collection::vec(delivered(), 0..12);
    (views, minutes(), accounts(), activity, orders, pages, participations, programmes(), media, delivered).prop_map(
        |(views, minutes, accounts, activity, orders, pages, participations, programmes, media, delivered)| World {
            quality_minutes: views.iter().flat_map(quality).collect(),
            seeks: views.iter().map(|view| jump(view, view.play_ms, i64::from(view.stall_count) * 9_000)).collect(),
            views,
            minutes,
            accounts,
            activity,
            orders,
            pages,
            participations,
            programmes,
            events: Vec::new(),
            appraisals: media.iter().map(|(article, _, _, took)| appraisal(article, *took)).collect(),
            figures: media.iter().map(|(article, _, _, took)| reported(article, took.unwrap_or(0) % 997)).collect(),
            articles: media.iter().map(|(article, _, _, _)| article.clone()).collect(),
            advertisements: media.iter().map(|(_, ad, _, _)| ad.clone()).collect(),
            requests: delivered.iter().map(|(request, _)| request.clone()).collect(),
            arrivals: delivered.into_iter().map(|(_, arrival)| arrival).collect(),
            services: media.into_iter().map(|(_, _, service, _)| service).collect(),
        },
    )
}

/// Grants domain by domain; some domains may have none.
pub(super) fn scopes() -> impl Strategy<Value = Scope> {
    let regions = || {
        let pair = (select(vec![HOME, AWAY]), select(PROVINCES.to_vec()))
            .prop_map(|(organisation, province)| (organisation, region(province)));
        prop::collection::btree_set(pair, 0..5)
    };
    let domains = [
        Domain::Audience,
        Domain::Operation,
        Domain::Content,
        Domain::Orders,
        Domain::Quality,
        Domain::Web,
        Domain::Interaction,
        Domain::Media,
        Domain::Appraisal,
    ];
    prop::collection::vec(regions(), domains.len()).prop_filter_map("nothing granted", move |sets| {
        let granted: BTreeMap<_, _> = domains.into_iter().zip(sets).filter(|(_, pairs)| !pairs.is_empty()).collect();
        (!granted.is_empty()).then(|| Scope::for_tests(granted))
    })
}

pub(super) fn region(province: Option<Province>) -> Region {
    province.map_or(Region::Unknown, Region::Province)
}

/// A query of one metric with splits, filters, comparison, top and order, all of them perhaps.
pub(super) fn queries() -> impl Strategy<Value = String> {
    queries_about(|_| true)
}

/// The same of some metrics.
pub(super) fn queries_about(which: impl Fn(&Metric) -> bool) -> impl Strategy<Value = String> {
    let catalogue = Catalogue::shipped().unwrap();
    let metrics: Vec<Arc<Metric>> = catalogue.metrics().filter(|metric| which(metric)).cloned().collect();
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
        prop::option::of(select(vec!["previous_period", "day", "week", "year", "year_lunar"])),
        prop::option::of((1_u16..3, any::<bool>())),
        (any::<bool>(), any::<bool>(), 1_u32..40, prop::option::of(select(Calculation::OFFERED.to_vec()))),
        prop::option::weighted(0.3, any::<prop::sample::Index>()),
    );
    choices.prop_map(
        |(metric, stat, splits, grain, filters, compare, top, (ordered, descending, limit, calculation), course)| {
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
            // Rows that are steps, and those of a top-N, have no course.
            let course = course.filter(|_| !dimensions.is_empty());
            let (grain, top) = (grain.filter(|_| course.is_none()), top.filter(|_| course.is_none()));
            if let Some(grain) = grain {
                by.push(serde_json::json!({ "time": grains[grain.index(grains.len())] }));
            }
            let fits = |calculation: &Calculation| {
                calculation.is_meant_for(metric.additivity, metric.value.is_share_of_cases())
                    && (!calculation.needs_time() || grain.is_some())
                    && (!calculation.needs_comparison() || compare.is_some())
                    && calculation.suits_dimensions(dimensions.len())
            };
            if let Some(calculation) = calculation.filter(fits) {
                reference["calculation"] = calculation.to_string().into();
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
            if let Some(course) = course {
                query["course"] = grains[course.index(grains.len())].into();
            }
            if let (Some((n, other)), Some(dimension)) = (top, dimensions.first()) {
                query["top"] = serde_json::json!({ "dim": dimension, "n": n, "by": reference, "other": other });
            }
            if ordered {
                query["order"] = serde_json::json!([{ "metric": reference, "desc": descending }]);
            }
            query.to_string()
        },
    )
}
