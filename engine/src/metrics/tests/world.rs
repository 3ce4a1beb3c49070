//! Small worlds: rows of every fact, in a store of their own.

use crate::{
    access::Scope,
    clock::SetClock,
    events::{
        AccountEvent, AdAction, ArticleAction, ClickHouseAddress, ClickHouseStore, EngineError, Event, EventStore,
        Figure, Participation, ParticipationResult, PlayState, QueryEngine, Service, ServiceAction,
        clickhouse::tests::{ModernServer, TestCluster},
        fact_rows::{
            AccountRow, ActivityRow, AdRow, AppraisalRow, ArrivalRow, ArticleRow, FigureRow, MinuteRow, OrderRow,
            PageRow, ParticipationRow, ProgrammeRow, QualityMinuteRow, RequestRow, SeekRow, ServiceRow, ViewRow,
        },
        log_bucket, roll_up_days_of,
    },
    facts::{arrivals, delivery, seeks},
    metrics::{SharedFrame, admission::Lane, ask::Asker, catalogue::Catalogue, roll_ups},
};
use model::{
    access::OrganisationId,
    frame::{Cell, Frame},
    geo::{Province, Region},
    metric::{Domain, MetricQuery},
    problem::Problem,
    time::{Calendar, Day, Timestamp},
};
use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
    time::Duration,
};
use tempfile::TempDir;

/// Tests ask as the server does.
pub(super) const NOBODY: Lane = Lane::Server;
pub(super) const HOME: OrganisationId = OrganisationId(1);
pub(super) const ZJ: Option<Province> = Some(Province::ZJ);
pub(super) const GD: Option<Province> = Some(Province::GD);

pub(super) fn at(text: &str) -> Timestamp {
    Timestamp::parse(text).unwrap()
}

/// Rows of every fact.
#[derive(Debug, Clone, Default)]
pub(super) struct World {
    pub views: Vec<ViewRow>,
    pub minutes: Vec<MinuteRow>,
    pub quality_minutes: Vec<QualityMinuteRow>,
    pub accounts: Vec<AccountRow>,
    pub activity: Vec<ActivityRow>,
    pub orders: Vec<OrderRow>,
    pub pages: Vec<PageRow>,
    pub participations: Vec<ParticipationRow>,
    pub articles: Vec<ArticleRow>,
    pub advertisements: Vec<AdRow>,
    pub services: Vec<ServiceRow>,
    pub appraisals: Vec<AppraisalRow>,
    pub figures: Vec<FigureRow>,
    pub requests: Vec<RequestRow>,
    pub seeks: Vec<SeekRow>,
    pub arrivals: Vec<ArrivalRow>,
    pub programmes: Vec<ProgrammeRow>,
    /// Only where single sessions are looked at.
    pub events: Vec<Event>,
}

/// A store that worlds are put into, one after another.
pub(super) struct TestStore {
    pub(super) store: EventStore,
    cluster: Option<(ClickHouseStore, Servers)>,
    _folder: TempDir,
}

enum Servers {
    Cluster { _servers: TestCluster },
    Modern { _server: ModernServer },
}

impl TestStore {
    /// DuckDB.
    pub(super) async fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let store = EventStore::open(folder.path(), Calendar::CHINA).await.unwrap();
        Self { store, cluster: None, _folder: folder }
    }

    /// Two shards of the ClickHouse that Debian has.
    pub(super) async fn on_a_cluster() -> Self {
        let servers = TestCluster::start().await;
        Self::following(&servers.address(), Servers::Cluster { _servers: servers }).await
    }

    /// Today's ClickHouse.
    pub(super) async fn on_modern_clickhouse() -> Self {
        let server = ModernServer::start();
        Self::following(&server.address(), Servers::Modern { _server: server }).await
    }

    async fn following(address: &ClickHouseAddress, servers: Servers) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let clickhouse = ClickHouseStore::connect_with(address, Duration::ZERO).await.unwrap();
        let settings = clickhouse.settings_of_working_store();
        let store = EventStore::open_with(folder.path(), Calendar::CHINA, settings).await.unwrap();
        clickhouse.follow(store.clone()).await.unwrap();
        Self { store, cluster: Some((clickhouse, servers)), _folder: folder }
    }

    /// Replaces everything in the store.
    pub(super) async fn fill(&self, world: &World) {
        let world = world.clone();
        if let Some((clickhouse, _)) = &self.cluster {
            clickhouse.clear().await;
        }
        let write = move |transaction: &crate::events::Transaction<'_>| {
            for table in [
                "fact_view",
                "fact_view_open",
                "fact_minute",
                "fact_minute_open",
                "fact_quality_minute",
                "fact_quality_minute_open",
                "fact_account",
                "fact_account_activity",
                "fact_order",
                "fact_page",
                "fact_participation",
                "fact_article",
                "fact_advertisement",
                "fact_service",
                "fact_appraisal",
                "fact_figure",
                "fact_request",
                "fact_seek",
                "fact_arrival",
                "programme",
                "event",
            ] {
                transaction.connection().execute_batch(&format!("delete from {table}"))?;
            }
            // Half of the sessions are still open: queries read both tables.
            let (open, closed) = world.views.split_at(world.views.len() / 2);
            transaction.append("fact_view", closed)?;
            transaction.append("fact_view_open", open)?;
            transaction.append("fact_minute", &world.minutes)?;
            let (open, closed) = world.quality_minutes.split_at(world.quality_minutes.len() / 2);
            transaction.append("fact_quality_minute", closed)?;
            transaction.append("fact_quality_minute_open", open)?;
            transaction.append("fact_account", &world.accounts)?;
            transaction.append("fact_account_activity", &world.activity)?;
            transaction.append("fact_order", &world.orders)?;
            transaction.append("fact_page", &world.pages)?;
            transaction.append("fact_participation", &world.participations)?;
            transaction.append("fact_article", &world.articles)?;
            transaction.append("fact_advertisement", &world.advertisements)?;
            transaction.append("fact_service", &world.services)?;
            transaction.append("fact_appraisal", &world.appraisals)?;
            transaction.append("fact_figure", &world.figures)?;
            transaction.append("fact_request", &world.requests)?;
            transaction.append("fact_seek", &world.seeks)?;
            transaction.append("fact_arrival", &world.arrivals)?;
            transaction.append("programme", &world.programmes)?;
            transaction.append("event", &world.events)?;
            Ok::<_, EngineError>(())
        };
        self.store.write(write).arrives().await.unwrap();
        if let Some((clickhouse, _)) = &self.cluster {
            clickhouse.has_everything().await;
        }
    }

    /// Ends all plays and adds up every day.
    pub(super) async fn add_up_days(&self) {
        let end =
            "insert into fact_view select * from fact_view_open; delete from fact_view_open; delete from rolled_up";
        let end =
            move |transaction: &crate::events::Transaction<'_>| Ok(transaction.connection().execute_batch(end)?);
        self.store.write(end).arrives().await.unwrap();
        self.store.roll_up(roll_ups(&Catalogue::shipped().unwrap(), Calendar::CHINA)).unwrap();
        let store = self.store.clone();
        let adding = move || roll_up_days_of(&store, Day(i32::MAX), 1, || true);
        tokio::task::spawn_blocking(adding).await.unwrap().unwrap();
    }

    /// Answers with nothing remembered from before.
    pub(super) fn asker(&self, now: Timestamp) -> Arc<Asker<QueryEngine>> {
        let clock = Arc::new(SetClock::at(now));
        let engine = match &self.cluster {
            Some((clickhouse, _)) => clickhouse.clone().into(),
            None => self.store.clone().into(),
        };
        Arc::new(Asker::new(engine, Catalogue::shipped().unwrap(), Calendar::CHINA, clock))
    }

    pub(super) async fn ask(&self, now: Timestamp, scope: &Scope, json: &str) -> Result<SharedFrame, Problem> {
        self.asker(now).ask_many(NOBODY, scope, &[query(json)]).await.pop().unwrap()
    }
}

pub(super) fn query(json: &str) -> MetricQuery {
    serde_json::from_str(json).unwrap()
}

/// Everything of these organisations, listed.
pub(super) fn everything(organisations: &[OrganisationId]) -> Scope {
    let pairs: BTreeSet<_> =
        organisations.iter().flat_map(|organisation| Region::all().map(|region| (*organisation, region))).collect();
    Scope::for_tests(Domain::ALL.into_iter().map(|domain| (domain, pairs.clone())).collect())
}

/// Those regions of the home organisation, for all domains.
pub(super) fn only(regions: &[Region]) -> Scope {
    let pairs: BTreeSet<_> = regions.iter().map(|region| (HOME, *region)).collect();
    Scope::for_tests(Domain::ALL.into_iter().map(|domain| (domain, pairs.clone())).collect::<BTreeMap<_, _>>())
}

/// The first row's cell in the column of that name.
pub(super) fn cell(frame: &Frame, column: &str) -> Cell {
    let index = frame.column(column).unwrap_or_else(|| panic!("no column {column} in {frame:?}"));
    frame.rows.first().unwrap_or_else(|| panic!("no row in {frame:?}"))[index].clone()
}

pub(super) fn number(frame: &Frame, column: &str) -> f64 {
    cell(frame, column).as_number().unwrap_or_else(|| panic!("{column} is no number in {frame:?}"))
}

/// Rows as text, cells by a blank.
pub(super) fn written(frame: &Frame) -> String {
    let cell = |cell: &Cell| match cell {
        Cell::Null => "–".to_owned(),
        Cell::Integer(number) => number.to_string(),
        Cell::Number(number) => format!("{number:.3}"),
        Cell::Text(text) => text.clone(),
    };
    let rows: Vec<String> = frame.rows.iter().map(|row| row.iter().map(cell).collect::<Vec<_>>().join(" ")).collect();
    rows.join("\n")
}

pub(super) fn view(sid: &str, household: &str, province: Option<Province>, start: Timestamp) -> ViewRow {
    ViewRow {
        org: HOME,
        sid: sid.into(),
        household: Some(household.into()),
        province,
        isp: None,
        platform: None,
        app_version: None,
        cdn_vendor: None,
        channel_id: None,
        content_id: None,
        genre: None,
        view_mode: None,
        start_ms: start,
        day: Calendar::CHINA.day_of(start),
        end_ms: start,
        started: false,
        startup_ms: None,
        startup_bucket: None,
        play_ms: 0,
        stall_ms: 0,
        stall_count: 0,
        pause_ms: 0,
        seek_ms: 0,
        watched_ms: 0,
        effective: false,
        failed: false,
        failed_in_startup: false,
        ended: true,
        error_class: None,
        received_ms: start,
        simulated: false,
        rated_ms: 0,
        rated_kbit: 0,
        mux_startup_milli: None,
        mux_smoothness_milli: None,
        cp_id: None,
        content_len_ms: None,
        seen_milli: None,
        seen_tenth: None,
        abnormal: false,
        dropped_frames: None,
        rendered_frames: None,
        live_latency_ms: None,
        live_latency_bucket: None,
        seek_latency_ms: None,
        seek_latency_bucket: None,
        cdn_switches: None,
        mux_overall_milli: None,
        in_first_day: false,
    }
}

/// A view that started after so many milliseconds and played and stalled so long.
pub(super) fn played(view: ViewRow, startup_ms: i32, play_ms: i64, stall_ms: i64) -> ViewRow {
    ViewRow {
        started: true,
        startup_ms: Some(startup_ms),
        startup_bucket: Some(log_bucket(i64::from(startup_ms))),
        play_ms,
        stall_ms,
        stall_count: i32::from(stall_ms > 0),
        watched_ms: i64::from(startup_ms) + play_ms + stall_ms,
        effective: play_ms > 3_000,
        ..view
    }
}

/// How well that view went in one of its minutes.
pub(super) fn quality_minute(view: &ViewRow, number: i64, play_ms: i32, stall_ms: i32) -> QualityMinuteRow {
    let at = view.start_ms.plus_millis(number * 60_000);
    QualityMinuteRow {
        org: view.org,
        sid: view.sid.clone(),
        household: view.household.clone(),
        province: view.province,
        isp: view.isp.clone(),
        platform: view.platform.clone(),
        app_version: view.app_version.clone(),
        cdn_vendor: view.cdn_vendor.clone(),
        channel_id: view.channel_id.clone(),
        content_id: view.content_id.clone(),
        genre: view.genre.clone(),
        view_mode: view.view_mode.clone(),
        minute: minute_of(at),
        day: Calendar::CHINA.day_of(at),
        play_ms,
        stall_ms,
        stall_count: i32::from(stall_ms > 0),
        watched_ms: play_ms + stall_ms,
        rated_ms: play_ms,
        rated_kbit: i64::from(play_ms) * 3,
        received_ms: view.received_ms,
        simulated: view.simulated,
    }
}

pub(super) fn minute_of(moment: Timestamp) -> i32 {
    i32::try_from(moment.millis().div_euclid(60_000)).unwrap()
}

/// A household's minute on a channel, live.
pub(super) fn minute(household: &str, channel: &str, at: Timestamp, run_start: Timestamp, seconds: i16) -> MinuteRow {
    MinuteRow {
        org: HOME,
        household: household.into(),
        province: ZJ,
        isp: None,
        channel_id: channel.into(),
        content_id: None,
        view_mode: Some("live".into()),
        minute: minute_of(at),
        clock_minute: minute_of(at),
        day: Calendar::CHINA.day_of(at),
        seconds,
        counted: true,
        run_start_minute: minute_of(run_start),
        lag_days: 0,
        received_ms: at,
        simulated: false,
    }
}

pub(super) fn account(household: &str, province: Option<Province>, opened: Timestamp) -> AccountRow {
    AccountRow {
        org: HOME,
        household: household.into(),
        province,
        isp: None,
        tier: None,
        opened_day: Some(Calendar::CHINA.day_of(opened)),
        closed_day: None,
        received_ms: opened,
        simulated: false,
        first_opened_ms: Some(opened),
        last_opened_ms: Some(opened),
        last_closed_ms: None,
        described_ms: None,
    }
}

pub(super) fn activity(household: &str, province: Option<Province>, at: Timestamp) -> ActivityRow {
    ActivityRow {
        org: HOME,
        household: household.into(),
        province,
        isp: None,
        day: Calendar::CHINA.day_of(at),
        ts_ms: at,
        account_event: AccountEvent::PowerOn,
        received_ms: at,
        simulated: false,
    }
}

pub(super) fn order(household: &str, status: &str, amount_fen: i64, at: Timestamp) -> OrderRow {
    OrderRow {
        org: HOME,
        household: Some(household.into()),
        province: ZJ,
        isp: None,
        platform: None,
        order_id: format!("{household}-{}", at.millis()).into(),
        product_id: None,
        content_id: None,
        order_status: Some(status.into()),
        amount_fen: Some(amount_fen),
        ts_ms: at,
        day: Calendar::CHINA.day_of(at),
        received_ms: at,
        simulated: false,
        cp_id: None,
    }
}

/// A page that was opened on a set-top box.
pub(super) fn page(household: &str, page: &str, at: Timestamp) -> PageRow {
    PageRow {
        org: HOME,
        household: Some(household.into()),
        province: ZJ,
        isp: None,
        platform: Some("stb".into()),
        app_version: None,
        visit_id: Some(format!("{household}-visit").into()),
        page_id: page.into(),
        prev_page_id: None,
        slot_id: None,
        poster_id: None,
        content_id: None,
        element_action: None,
        visible_ms: None,
        source_class: None,
        campaign: None,
        ts_ms: at,
        day: Calendar::CHINA.day_of(at),
        received_ms: at,
        simulated: false,
        load_ms: None,
        load_bucket: None,
        ttfb_ms: None,
        ttfb_bucket: None,
    }
}

/// An accepted action of an activity.
pub(super) fn takes_part(household: &str, action: Participation, at: Timestamp) -> ParticipationRow {
    ParticipationRow {
        org: HOME,
        household: Some(household.into()),
        province: ZJ,
        isp: None,
        platform: Some("h5".into()),
        activity_id: "gala".into(),
        round: None,
        action,
        option_id: None,
        result: ParticipationResult::Accepted,
        prize_fen: None,
        qr_id: None,
        ts_ms: at,
        day: Calendar::CHINA.day_of(at),
        received_ms: at,
        simulated: false,
        took_ms: None,
        took_bucket: None,
    }
}

/// Something that happened to a manuscript of a unit.
pub(super) fn article(unit: &str, article: &str, action: ArticleAction, reads: i64, at: Timestamp) -> ArticleRow {
    ArticleRow {
        org: HOME,
        household: Some(format!("{unit}-editor").into()),
        province: ZJ,
        isp: None,
        platform: None,
        unit: Some(unit.into()),
        unit_level: Some("county".into()),
        article_id: article.into(),
        action,
        reprint_of: None,
        reads,
        campaign: None,
        ts_ms: at,
        day: Calendar::CHINA.day_of(at),
        received_ms: at,
        simulated: false,
    }
}

/// A number that another system reported of the whole province.
pub(super) fn figure(figure: Figure, value: i64, at: Timestamp) -> FigureRow {
    FigureRow {
        org: HOME,
        province: ZJ,
        isp: None,
        platform: None,
        unit: None,
        unit_level: None,
        genre: None,
        cp_id: None,
        advertiser: None,
        campaign: None,
        source_class: None,
        figure,
        value,
        ts_ms: at,
        day: Calendar::CHINA.day_of(at),
        received_ms: at,
        simulated: false,
    }
}

/// Something that happened to an advertisement, seen for two seconds.
pub(super) fn advertisement(household: &str, action: AdAction, at: Timestamp) -> AdRow {
    AdRow {
        org: HOME,
        household: Some(household.into()),
        province: ZJ,
        isp: None,
        platform: None,
        unit: None,
        unit_level: Some("county".into()),
        ad_id: Some("ad".into()),
        advertiser: Some("brand".into()),
        campaign: None,
        action,
        visible_ms: Some(2_000),
        ts_ms: at,
        day: Calendar::CHINA.day_of(at),
        received_ms: at,
        simulated: false,
        channel_id: None,
    }
}

/// A step in the use of a service.
pub(super) fn serves(
    person: &str,
    service: Service,
    action: ServiceAction,
    took_ms: Option<i64>,
    at: Timestamp,
) -> ServiceRow {
    ServiceRow {
        org: HOME,
        household: Some(person.into()),
        province: ZJ,
        isp: None,
        platform: None,
        unit: None,
        unit_level: None,
        service,
        action,
        took_ms,
        took_bucket: took_ms.map(log_bucket),
        ts_ms: at,
        day: Calendar::CHINA.day_of(at),
        received_ms: at,
        simulated: false,
    }
}

/// An answer of the delivery network: its status, whether it was at hand, and how many bytes it gave in how many milliseconds.
pub(super) fn answered(status: i32, cache_hit: Option<bool>, bytes: i64, took_ms: i32, at: Timestamp) -> RequestRow {
    let event = Event {
        org: HOME,
        event_class: Some("request".into()),
        household: Some("h1".into()),
        province: ZJ,
        http_status: Some(status),
        ttfb_ms: Some(took_ms / 2),
        ttlb_ms: Some(took_ms),
        resp_bytes: Some(bytes),
        cache_hit,
        day: Calendar::CHINA.day_of(at),
        ..Event::new("request", at)
    };
    delivery::request(&event).unwrap()
}

/// A jump of that play, from one moment of its title to another.
pub(super) fn jump(view: &ViewRow, from_ms: i64, to_ms: i64) -> SeekRow {
    let event = Event {
        org: view.org,
        sid: Some(view.sid.clone()),
        household: view.household.clone(),
        province: view.province,
        isp: view.isp.clone(),
        platform: view.platform.clone(),
        channel_id: view.channel_id.clone(),
        content_id: view.content_id.clone(),
        view_mode: view.view_mode.clone(),
        play_state: Some(PlayState::Seeking),
        position_ms: Some(from_ms),
        seek_to_ms: Some(to_ms),
        ts_received: view.received_ms,
        day: Calendar::CHINA.day_of(view.start_ms),
        simulated: view.simulated,
        ..Event::new("jump", view.start_ms)
    };
    SeekRow { received_ms: view.received_ms, ..seeks::seek(&event).unwrap() }
}

/// So many events of a source that came so late, all in the same minute.
pub(super) fn arrived(source_id: i32, events: usize, delay_ms: i64, at: Timestamp) -> Vec<ArrivalRow> {
    let event =
        Event { org: HOME, source_id, province: ZJ, ts_received: at, ..Event::new("event", at.plus_millis(-delay_ms)) };
    arrivals::of(&vec![event; events], Calendar::CHINA)
}

pub(super) fn programme(channel: &str, title: &str, start: Timestamp, stop: Timestamp) -> ProgrammeRow {
    ProgrammeRow {
        org: HOME,
        programme_id: format!("{channel}-{}", start.millis()).into(),
        channel_id: channel.into(),
        title: title.into(),
        category: None,
        start_ms: start,
        stop_ms: stop,
        start_minute: minute_of(start),
        stop_minute: minute_of(stop),
        day: Calendar::CHINA.day_of(start),
    }
}
