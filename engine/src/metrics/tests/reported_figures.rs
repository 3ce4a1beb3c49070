//! Figures that other systems report, and what follows from them.

use super::world::*;
use crate::events::{
    AdAction, Figure, NotKept,
    fact_rows::{AdRow, ArrivalRow, FigureRow, OrderRow, PageRow, ViewRow},
};
use model::{geo::Province, time::Timestamp};

const GD: Option<Province> = Some(Province::GD);

fn on(day: u32, hour: u32) -> Timestamp {
    at(&format!("2026-03-{day:02}T{hour:02}:00:00+08:00"))
}

async fn told(world: &World, metrics: &str, by: &str, (from, to): (u32, u32)) -> String {
    let store = TestStore::new().await;
    store.fill(world).await;
    let query = format!(
        r#"{{"metrics":[{metrics}],"by":[{by}],"time":{{"from":"2026-03-{from:02}T00:00:00+08:00","to":"2026-03-{to:02}T00:00:00+08:00"}}}}"#
    );
    written(&store.ask(on(20, 12), &everything(&[HOME]), &query).await.unwrap())
}

fn titles(genre: &str, number: i64, moment: Timestamp) -> FigureRow {
    FigureRow { genre: Some(genre.into()), ..figure(Figure::Titles, number, moment) }
}

fn drama(household: &str, title: &str, genre: &str) -> ViewRow {
    let asked = view(household, household, ZJ, on(5, 20));
    ViewRow { content_id: Some(title.into()), genre: Some(genre.into()), ..played(asked, 500, 60_000, 0) }
}

/// Two genres are reported on the first; one of them is put right on the same day, and grows on the third.
#[tokio::test]
async fn what_was_reported_stands_until_it_is_reported_again() {
    let figures = vec![
        titles("drama", 900, on(1, 8)),
        titles("drama", 100, on(1, 9)),
        titles("news", 50, on(1, 8)),
        titles("drama", 120, on(3, 8)),
        FigureRow { province: GD, ..titles("drama", 7, on(2, 8)) },
    ];
    let world = World { figures, ..World::default() };
    let by_day = told(&world, r#""content.catalog_size""#, r#"{"time":"day"}"#, (1, 5)).await;
    let numbers: Vec<&str> = by_day.lines().map(|line| line.split(' ').nth(1).unwrap()).collect();
    assert_eq!(numbers, ["150", "157", "177", "177"], "{by_day}");
    assert_eq!(told(&world, r#""content.catalog_size""#, r#""genre""#, (4, 5)).await, "drama 127\nnews 50");
    assert_eq!(told(&world, r#""content.catalog_size""#, r#""province""#, (1, 2)).await, "ZJ 150");
    let zhejiang = only(&[model::geo::Region::Province(Province::ZJ)]);
    let store = TestStore::new().await;
    store.fill(&world).await;
    let query = r#"{"metrics":["content.catalog_size"],"time":{"from":"2026-03-04T00:00:00+08:00","to":"2026-03-05T00:00:00+08:00"}}"#;
    assert_eq!(written(&store.ask(on(20, 12), &zhejiang, query).await.unwrap()), "170");
}

/// Three quarters of the plays are drama, which is half of the shelf; one drama of two is played, and no film. What is
/// broadcast does not come from the shelf.
#[tokio::test]
async fn the_shelf_is_set_against_what_is_played() {
    let in_mode = |mode: &str, view: ViewRow| ViewRow { view_mode: Some(mode.into()), ..view };
    let views = vec![
        in_mode("live", drama("h5", "programme 1", "news")),
        in_mode("catchup", drama("h6", "programme 2", "drama")),
        in_mode("timeshift", drama("h7", "programme 3", "drama")),
        in_mode("vod", drama("h1", "d1", "drama")),
        drama("h2", "d1", "drama"),
        drama("h3", "d1", "drama"),
        drama("h4", "n1", "news"),
    ];
    let figures = vec![titles("drama", 2, on(1, 8)), titles("news", 1, on(1, 8)), titles("film", 1, on(1, 8))];
    let world = World { views, figures, ..World::default() };
    let by_genre = told(&world, r#""content.supply_use","content.active_rate""#, r#""genre""#, (5, 6)).await;
    assert_eq!(by_genre, "drama 1.500 50.000\nfilm 0.000 0.000\nnews 1.000 100.000");
    assert_eq!(told(&world, r#""content.active_rate""#, "", (5, 6)).await, "50.000");
}

#[tokio::test]
async fn users_of_the_network_grow_by_day() {
    let figures = vec![
        figure(Figure::Persons, 1_000, on(1, 8)),
        figure(Figure::Persons, 1_050, on(2, 8)),
        figure(Figure::Accounts, 400, on(1, 8)),
        figure(Figure::BoundAccounts, 100, on(1, 8)),
        figure(Figure::Households, 40, on(1, 8)),
        figure(Figure::TitleMinutes, 90, on(1, 8)),
    ];
    let accounts = vec![account("a1", ZJ, on(1, 0)), account("a2", GD, on(1, 0))];
    let world = World { accounts, figures, ..World::default() };
    let media = r#""media.total_users","media.new_users_day","media.one_id_rate""#;
    assert_eq!(told(&world, media, "", (2, 3)).await, "1050 50 25.000");
    assert_eq!(told(&world, r#""iptv.penetration","content.catalog_h""#, "", (2, 3)).await, "5.000 1.500");
    let by_province = told(&world, r#""iptv.penetration","iptv.province_dist""#, r#""province""#, (2, 3)).await;
    assert_eq!(by_province, "GD – 50.000\nZJ 2.500 50.000", "nobody told how many households there are");
}

#[tokio::test]
async fn downloads_and_followers_are_what_was_reported_last() {
    let of = |figure_of: Figure, unit: &str, source: Option<&str>, value: i64, day: u32| FigureRow {
        unit: Some(unit.into()),
        source_class: source.map(Into::into),
        ..figure(figure_of, value, on(day, 8))
    };
    let figures = vec![
        of(Figure::Downloads, "news app", None, 500, 1),
        of(Figure::Downloads, "news app", None, 546, 4),
        of(Figure::Downloads, "video app", None, 136, 1),
        of(Figure::RegisteredUsers, "video app", None, 40, 1),
        of(Figure::Followers, "news app", Some("weibo"), 100, 1),
        of(Figure::Followers, "news app", Some("douyin"), 30, 1),
    ];
    let world = World { figures, ..World::default() };
    let apps = r#""app.downloads","app.registered","app.network_users""#;
    assert_eq!(told(&world, apps, "", (4, 5)).await, "682 40 130");
    assert_eq!(told(&world, apps, "", (3, 4)).await, "636 40 130");
    assert_eq!(told(&world, r#""app.network_users""#, r#""visit_source""#, (4, 5)).await, "douyin 30\nweibo 100");
}

/// 30 impressions of the 20 and 40 that were planned for the two days; the second plan was put right in the evening.
#[tokio::test]
async fn a_campaign_is_on_its_way() {
    let campaign = |row: FigureRow| FigureRow { campaign: Some("spring".into()), ..row };
    let figures = vec![
        campaign(figure(Figure::PlannedImpressions, 20, on(1, 8))),
        campaign(figure(Figure::PlannedImpressions, 99, on(2, 8))),
        campaign(figure(Figure::PlannedImpressions, 40, on(2, 18))),
    ];
    let seen = |index: u32| AdRow {
        campaign: Some("spring".into()),
        ..advertisement(&format!("h{index}"), AdAction::Impression, on(1 + index % 2, 12))
    };
    let world = World { figures, advertisements: (0..30).map(seen).collect(), ..World::default() };
    assert_eq!(told(&world, r#""ad.pacing""#, "", (1, 3)).await, "50.000");
    assert_eq!(told(&world, r#""ad.pacing""#, r#""campaign""#, (1, 2)).await, "spring 75.000");
}

/// The share rises between two orders; another provider's is known in another province only.
#[tokio::test]
async fn a_provider_gets_the_share_of_its_day() {
    let by = |provider: &str, row: OrderRow| OrderRow { cp_id: Some(provider.into()), ..row };
    let orders = vec![
        by("cp1", order("h1", "paid", 1_000, on(3, 12))),
        by("cp1", order("h2", "paid", 1_000, on(7, 12))),
        by("cp1", order("h2", "refunded", 500, on(8, 12))),
        by("cp1", order("h3", "created", 900, on(8, 12))),
        by("cp2", order("h1", "paid", 1_000, on(3, 12))),
    ];
    let share = |provider: &str, milli: i64, day: u32| FigureRow {
        cp_id: Some(provider.into()),
        ..figure(Figure::ProviderShareMilli, milli, on(day, 8))
    };
    let figures = vec![share("cp1", 300, 1), share("cp1", 400, 5), FigureRow { province: GD, ..share("cp2", 500, 1) }];
    let world = World { orders, figures, ..World::default() };
    assert_eq!(told(&world, r#""order.cp_share""#, r#""cp""#, (1, 10)).await, "cp1 500");
    assert_eq!(told(&world, r#""order.cp_share""#, "", (1, 5)).await, "300");
    let cp1 = r#"{"metrics":["order.cp_share"],"where":[{"dim":"cp","in":["cp1"]}],"time":{"from":"2026-03-01T00:00:00+08:00","to":"2026-03-10T00:00:00+08:00"}}"#;
    let store = TestStore::new().await;
    store.fill(&world).await;
    assert_eq!(written(&store.ask(on(20, 12), &everything(&[HOME]), cp1).await.unwrap()), "500");
}

/// h1 and h2 come by QR, h3 by search; h2 had come before. h1 comes again after a week, watches and pays within the month.
#[tokio::test]
async fn a_source_brings_visitors_who_stay() {
    let came = |visitor: &str, source: &str, day: u32| PageRow {
        platform: Some("h5".into()),
        source_class: Some(source.into()),
        ..page(visitor, "home", on(day, 12))
    };
    let pages = vec![
        came("h1", "qr", 4),
        came("h1", "search", 11),
        came("h2", "search", 1),
        came("h2", "qr", 5),
        came("h3", "search", 4),
        came("h3", "search", 12),
    ];
    let watched = |household: &str, day: u32, ms: i64| {
        played(view(&format!("{household}-{day}"), household, ZJ, on(day, 20)), 0, ms, 0)
    };
    let views = vec![watched("h1", 3, 3_600_000), watched("h1", 4, 7_200_000), watched("h3", 6, 3_600_000)];
    let orders = vec![order("h1", "paid", 990, on(10, 12)), order("h3", "created", 100, on(10, 12))];
    let cost =
        |day: u32| FigureRow { source_class: Some("qr".into()), ..figure(Figure::SourceCostFen, 5_000, on(day, 8)) };
    let world = World { pages, views, orders, figures: vec![cost(4), cost(9)], ..World::default() };
    let value = r#""web.acquired","web.acquired_retention_7","web.acquired_watch_h","web.acquired_revenue","web.source_cost","web.acquired_cost""#;
    assert_eq!(
        told(&world, value, r#""visit_source""#, (4, 6)).await,
        "qr 1 100.000 2.000 990 5000 5000\nsearch 1 0.000 1.000 0 0 0"
    );
    let days = told(&world, r#""web.acquired","web.acquired_retention_7""#, r#"{"time":"day"}"#, (1, 5)).await;
    assert_eq!(
        days.lines().map(|line| line.split_once(' ').unwrap().1).collect::<Vec<_>>(),
        ["1 0.000", "0 –", "0 –", "2 50.000"]
    );
}

/// 90 records come, of which 6 had come before and 4 are refused; the newest one that was kept came a minute and ten seconds before the question.
#[tokio::test]
async fn the_feed_is_told_by_what_was_not_kept_of_it() {
    let moment = on(20, 11);
    let not_kept = |why: NotKept, field: Option<&str>, events: i64| ArrivalRow {
        not_kept: Some(why),
        field: field.map(Into::into),
        events,
        received_ms: moment.plus_millis(60_000),
        ..arrived(1, 1, 0, moment).remove(0)
    };
    let arrivals = vec![
        ArrivalRow { events: 80, ..arrived(1, 1, 2_000, moment).remove(0) },
        not_kept(NotKept::Repeated, None, 6),
        not_kept(NotKept::Refused, Some("ts_event"), 3),
        not_kept(NotKept::Refused, Some("play_state"), 1),
    ];
    let store = TestStore::new().await;
    store.fill(&World { arrivals, ..World::default() }).await;
    let ask = async |metrics: &str, by: &str, to: &str| {
        let query = format!(
            r#"{{"metrics":[{metrics}],"by":[{by}],"time":{{"from":"2026-03-20T10:00:00+08:00","to":"{to}"}}}}"#
        );
        written(&store.ask(moment.plus_millis(70_000), &everything(&[HOME]), &query).await.unwrap())
    };
    let day = "2026-03-21T00:00:00+08:00";
    let feed = r#""sys.events","sys.rejected","sys.rejected_pct","sys.dup_pct""#;
    assert_eq!(ask(feed, "", day).await, "80 4 4.444 6.667");
    assert_eq!(ask(r#""sys.rejected""#, r#""refused_field""#, day).await, "play_state 1\nts_event 3");
    assert_eq!(ask(r#""sys.freshness""#, "", day).await, "60.000", "when this minute began");
    assert_eq!(ask(r#""sys.freshness""#, "", "2026-03-20T11:01:00+08:00").await, "60.000", "when that one was over");
    assert_eq!(ask(r#""sys.freshness""#, "", "2026-03-20T11:00:00+08:00").await, "–", "nothing came then");
}
