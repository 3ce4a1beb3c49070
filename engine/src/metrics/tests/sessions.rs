//! Single play sessions: which come first, what is told of them, and to whom.

use super::world::*;
use crate::{
    access::Scope,
    events::{Event, EventEngine as _, PlayState, SqlWords, Text},
    facts::{
        FactSettings,
        session::{Session, SessionEvent},
    },
    metrics::{
        SharedFrame,
        catalogue::Catalogue,
        plan::{SessionsRequest, plan_sessions},
        resolve::resolve,
        sql::{Bind, Sql, compile_session_events, compile_sessions},
    },
};
use model::{
    frame::{Cell, FrameState},
    geo::{Province, Region},
    metric::{SessionColumns, SessionState},
    problem::ProblemCode,
    time::{Calendar, Timestamp},
};

const DAY: &str = r#""time":{"from":"2026-03-01T00:00:00+08:00","to":"2026-03-02T00:00:00+08:00"}"#;
const NOW: &str = "2026-03-03T12:00:00+08:00";
const ZHEJIANG: Region = Region::Province(Province::ZJ);
const GUANGDONG: Region = Region::Province(Province::GD);

/// Seconds since the session began, and what it is in from then on.
type Course = [(i64, PlayState)];

/// The events of a session of household `h-<sid>`.
fn told(sid: &str, province: Option<Province>, start: Timestamp, course: &Course) -> Vec<Event> {
    let event = |(number, (seconds, state)): (usize, &(i64, PlayState))| {
        let at = start.plus_millis(seconds * 1_000);
        Event {
            org: HOME,
            day: Calendar::CHINA.day_of(at),
            sid: Some(sid.into()),
            household_id: Some(format!("h-{sid}").into()),
            household: Some(format!("h-{sid}").into()),
            device_id: Some(format!("d-{sid}").into()),
            province,
            platform: Some("stb".into()),
            content_id: Some("山海情".into()),
            cdn_node: Some("hz-7".into()),
            play_state: Some(*state),
            error_class: (*state == PlayState::Failed).then(|| "network".into()),
            error_code: (*state == PlayState::Failed).then(|| "E1403".into()),
            ..Event::new(format!("{sid}-{number}"), at)
        }
    };
    course.iter().enumerate().map(event).collect()
}

/// The events, and the row that the sessioniser makes of each session.
fn world(sessions: Vec<Vec<Event>>) -> World {
    let mut world = World::default();
    for events in sessions {
        let mut session = Session::default();
        for event in &events {
            session.insert(SessionEvent::of(event));
        }
        let sid: Text = events[0].sid.clone().unwrap();
        let view = session.view(HOME, &sid, true, Calendar::CHINA, FactSettings::default()).unwrap();
        world.views.push(view);
        world.events.extend(events);
    }
    world
}

fn evening() -> World {
    use PlayState::{Asked, Ended, Failed, Playing, Quit, Stalled};
    let noon = at("2026-03-01T12:00:00+08:00");
    let hour = |hours: i64| noon.plus_millis(hours * 3_600_000);
    world(vec![
        told("smooth", ZJ, hour(0), &[(0, Asked), (1, Playing), (100, Ended)]),
        told("stuttering", ZJ, hour(1), &[(0, Asked), (2, Playing), (50, Stalled), (80, Playing), (90, Quit)]),
        told(
            "worse",
            ZJ,
            hour(2),
            &[(0, Asked), (1, Playing), (10, Stalled), (70, Playing), (71, Stalled), (99, Quit)],
        ),
        told("never", ZJ, hour(3), &[(0, Asked), (31, Failed)]),
        told("slow", ZJ, hour(4), &[(0, Asked), (9, Playing), (60, Ended)]),
        told("elsewhere", GD, hour(5), &[(0, Asked), (1, Playing), (5, Stalled), (95, Failed)]),
        told("nowhere", None, hour(6), &[(0, Asked), (1, Playing), (5, Stalled), (85, Quit)]),
    ])
}

fn editor(regions: &[Region]) -> Scope {
    only(regions).with_sessions_for_tests()
}

fn asked(more: &str) -> String {
    format!(r#"{{"metrics":["qoe.rebuf_ratio"],{DAY}{more}}}"#)
}

fn column<'a>(frame: &'a SharedFrame, name: &str) -> Vec<&'a Cell> {
    frame.cells(frame.column(name).unwrap()).collect()
}

/// The sessions of a frame in their order: how many seconds of each are stalled, and how it ended.
fn outlined(frame: &SharedFrame) -> Vec<(f64, String)> {
    let mut outlined: Vec<(String, f64, String)> = Vec::new();
    let rows = column(frame, SessionColumns::SESSION).into_iter().zip(column(frame, SessionColumns::STATE));
    for ((session, state), length) in rows.zip(column(frame, SessionColumns::LENGTH)) {
        let (session, state) = (session.as_text().unwrap(), state.as_text().unwrap());
        if outlined.last().is_none_or(|(last, ..)| last != session) {
            outlined.push((session.to_owned(), 0.0, String::new()));
        }
        let (_, stalled, end) = outlined.last_mut().unwrap();
        if state == SessionState::Stalled.name() {
            *stalled += length.as_number().unwrap() / 1_000.0;
        }
        state.clone_into(end);
    }
    outlined.into_iter().map(|(_, stalled, end)| (stalled, end)).collect()
}

async fn outlines(store: &TestStore, scope: &Scope, more: &str) -> Vec<(f64, String)> {
    outlined(&store.ask(at(NOW), scope, &asked(more)).await.unwrap())
}

fn ends(said: &[(f64, &str)]) -> Vec<(f64, String)> {
    said.iter().map(|(stalled, end)| (*stalled, (*end).to_owned())).collect()
}

/// The same on every engine: those come first that are asked for, and of those elsewhere nothing is told.
async fn sessions_come_in_their_order(store: TestStore) {
    store.fill(&evening()).await;
    let scope = editor(&[ZHEJIANG]);
    let worst = outlines(&store, &scope, r#","sessions":{"order":"worst"}"#).await;
    assert_eq!(worst, ends(&[(88.0, "left"), (30.0, "left")]));
    let slowest = outlines(&store, &scope, r#","sessions":{"order":"slowest_start","limit":2}"#).await;
    assert_eq!(slowest, ends(&[(0.0, "ended"), (30.0, "left")]));
    let failed = outlines(&store, &scope, r#","sessions":{"order":"failed"}"#).await;
    assert_eq!(failed, ends(&[(0.0, "failed")]));
    let newest = outlines(&store, &scope, r#","sessions":{"order":"newest","limit":1}"#).await;
    assert_eq!(newest, ends(&[(0.0, "ended")]));
    let wider = outlines(&store, &editor(&[ZHEJIANG, GUANGDONG]), r#","sessions":{"limit":2}"#).await;
    assert_eq!(wider, ends(&[(90.0, "failed"), (88.0, "left")]));
    let unknown = outlines(&store, &editor(&[Region::Unknown]), r#","sessions":{}"#).await;
    assert_eq!(unknown, ends(&[(80.0, "left")]));
    let filtered = r#","sessions":{},"where":[{"dim":"platform","not_in":["stb"]}]"#;
    let none = store.ask(at(NOW), &scope, &asked(filtered)).await.unwrap();
    assert_eq!((none.state, none.rows.len()), (FrameState::Empty, 0));
    let outside = r#","sessions":{},"where":[{"dim":"province","in":["GD"]}]"#;
    let outside = store.ask(at(NOW), &scope, &asked(outside)).await.unwrap();
    assert_eq!((outside.state, outside.rows.len()), (FrameState::OutsideScope, 0));

    // Whoever is asked for, and by whatever way its id became known: it is read within the scope.
    let request = request(&scope, r#","sessions":{}"#);
    let (from, to) = (at("2026-03-01T12:00:00+08:00"), at("2026-03-01T22:00:00+08:00"));
    let asker = store.asker(at(NOW));
    for (sid, events) in [("worse", 6), ("elsewhere", 0), ("nowhere", 0)] {
        let events_of = request.events_of([(sid, from, to)].into_iter()).unwrap();
        let sql = compile_session_events(&Catalogue::shipped().unwrap(), &events_of, 100, asker.engine.words());
        assert_eq!(asker.engine.run(sql).await.unwrap().row_count(), events, "{sid}");
        let sql = compile_session_events(&Catalogue::shipped().unwrap(), &events_of, 4, asker.engine.words());
        assert_eq!(asker.engine.run(sql).await.unwrap().row_count(), events.min(4), "{sid}");
    }
}

#[tokio::test]
async fn sessions_come_in_their_order_and_within_the_scope() {
    sessions_come_in_their_order(TestStore::new().await).await;
}

#[tokio::test]
async fn the_same_sessions_come_from_a_cluster() {
    sessions_come_in_their_order(TestStore::on_a_cluster().await).await;
}

#[tokio::test]
async fn the_same_sessions_come_from_modern_clickhouse() {
    sessions_come_in_their_order(TestStore::on_modern_clickhouse().await).await;
}

#[tokio::test]
async fn a_timeline_agrees_with_the_numbers_and_says_nobodys_name() {
    let store = TestStore::new().await;
    let world = evening();
    store.fill(&world).await;
    let scope = editor(&[ZHEJIANG]);
    let frame = store.ask(at(NOW), &scope, &asked(r#","sessions":{"order":"newest","limit":20}"#)).await.unwrap();
    let stalled: f64 = outlined(&frame).iter().map(|(stalled, _)| stalled).sum();
    let of_views: i64 = world.views.iter().filter(|view| view.province == ZJ).map(|view| view.stall_ms).sum();
    assert_eq!((stalled * 1_000.0).round() as i64, of_views);
    assert_eq!(frame.as_of, world.views.iter().filter(|view| view.province == ZJ).map(|view| view.received_ms).max());

    let failed = store.ask(at(NOW), &scope, &asked(r#","sessions":{"order":"failed"}"#)).await.unwrap();
    let name = column(&failed, SessionColumns::SESSION)[0].as_text().unwrap();
    assert_eq!(
        written(&failed).replace(name, "<name>"),
        "<name> 山海情 – – stb ZJ – – – 2026-03-01T15:00:00+08:00 starting 0 31000 hz-7 – – – –\n\
         <name> 山海情 – – stb ZJ – – – 2026-03-01T15:00:31+08:00 failed 31000 0 hz-7 – – network E1403"
    );
    let json = serde_json::to_string(&*frame).unwrap();
    for event in &world.events {
        let ids = [&event.sid, &event.household_id, &event.device_id];
        for id in ids.into_iter().flatten() {
            assert!(!json.contains(&format!("\"{id}\"")), "{id} in {json}");
        }
    }
}

#[tokio::test]
async fn only_who_has_the_right_is_shown_sessions() {
    let store = TestStore::new().await;
    store.fill(&evening()).await;
    let (sessions, number) = (query(&asked(r#","sessions":{}"#)), query(&asked("")));
    let asker = store.asker(at(NOW));
    let together = [number.clone(), sessions.clone(), number, sessions];
    // The numbers beside them are for everybody, and whoever asked first makes no difference.
    for (scope, is_shown) in [(editor(&[ZHEJIANG]), true), (only(&[ZHEJIANG]), false), (editor(&[ZHEJIANG]), true)] {
        let answers = asker.ask_many(NOBODY, &scope, &together).await;
        assert_eq!(answers.len(), 4);
        for (at, answer) in answers.iter().enumerate() {
            match (at % 2, is_shown) {
                (0, _) => assert!(answer.as_ref().unwrap().column("qoe.rebuf_ratio").is_some()),
                (_, true) => assert_eq!(outlined(answer.as_ref().unwrap()).len(), 2),
                (_, false) => {
                    let problem = answer.as_ref().unwrap_err();
                    assert_eq!(problem.code, ProblemCode::Forbidden);
                    assert_eq!(problem.parameters.get("right").map(String::as_str), Some("sessions"));
                }
            }
        }
    }
}

#[tokio::test]
async fn how_sessions_were_found_is_told_within_the_scope() {
    let store = TestStore::new().await;
    store.fill(&evening()).await;
    let asker = store.asker(at(NOW));
    let queries = [query(&asked(r#","sessions":{}"#)), query(&asked(""))];
    let mut explained = asker.explain_many(NOBODY, &editor(&[ZHEJIANG]), &queries).await.into_iter();
    let sessions = explained.next().unwrap().unwrap();
    let [found, events] = sessions.statements.as_slice() else { panic!("{sessions:?}") };
    // Of five plays in Zhejiang two stalled; these have eleven events between them.
    assert_eq!((found.fact.as_str(), found.rows, found.groups), ("view", Some(5), 2));
    assert_eq!((events.fact.as_str(), events.rows, events.groups), ("event", None, 11));
    let number = explained.next().unwrap().unwrap();
    assert!(number.statements.iter().all(|statement| statement.fact == "view"), "{number:?}");
    let answers = asker.explain_many(NOBODY, &only(&[ZHEJIANG]), &queries).await;
    assert_eq!(answers[0].as_ref().unwrap_err().code, ProblemCode::Forbidden);
    assert!(answers[1].is_ok());
}

#[tokio::test]
async fn what_has_no_sessions_says_why() {
    let store = TestStore::new().await;
    let scope = editor(&[ZHEJIANG]);
    let asking = |metric: &str, more: &str| format!(r#"{{"metrics":[{metric}],"sessions":{{}}{more}}}"#);
    let day = format!(",{DAY}");
    let quality = r#""qoe.rebuf_ratio""#;
    let long = r#","time":{"from":"2026-02-01T00:00:00+08:00","to":"2026-02-10T00:00:00+08:00"}"#;
    for (query, code, expected) in [
        (asking(r#""order.count""#, &day), ProblemCode::InvalidQuery, "“order.count” is not made of the quality"),
        (asking(r#""content.plays""#, &day), ProblemCode::InvalidQuery, "none are behind it"),
        (asking(r#""qoe.fail_pct","qoe.attempts""#, &day), ProblemCode::InvalidQuery, "behind one metric"),
        (asking(quality, &format!(r#"{day},"by":["province"]"#)), ProblemCode::InvalidQuery, "take out “by”"),
        (asking(quality, &format!(r#"{day},"compare":"day""#)), ProblemCode::InvalidQuery, "take out “compare”"),
        (asking(quality, long), ProblemCode::RangeTooLong, "7 days at most, and the range has 9"),
        (
            asking(quality, &format!(r#"{day},"where":[{{"dim":"cdn_node","in":["a"]}}]"#)),
            ProblemCode::DimensionNotOfMetric,
            "cdn_node",
        ),
    ] {
        let problem = store.ask(at(NOW), &scope, &query).await.unwrap_err();
        assert_eq!(problem.code, code, "{query}: {problem}");
        assert!(problem.detail.contains(expected), "{query}: {problem}");
    }
}

fn request(scope: &Scope, more: &str) -> SessionsRequest {
    let catalogue = Catalogue::shipped().unwrap();
    let resolved = resolve(&catalogue, &query(&asked(more)), at(NOW), Calendar::CHINA).unwrap();
    plan_sessions(scope, &resolved).unwrap().unwrap()
}

#[test]
fn the_statements_of_sessions() {
    let catalogue = Catalogue::shipped().unwrap();
    let scope = editor(&[ZHEJIANG, GUANGDONG, Region::Unknown]);
    let text = |sql: Sql| {
        let binds: Vec<String> = (sql.binds().iter())
            .map(|bind| match bind {
                Bind::Integer(number) => number.to_string(),
                Bind::Text(text) => format!("“{text}”"),
            })
            .collect();
        format!("{}\n-- {}", sql.text(), binds.join(", "))
    };
    let mut all = Vec::new();
    for words in [SqlWords::DuckDb, SqlWords::ClickHouse] {
        for order in ["worst", "slowest_start", "failed", "newest"] {
            let filter = r#""where":[{"dim":"isp","in":["ct"]}]"#;
            let request = request(&scope, &format!(r#","sessions":{{"order":"{order}","limit":5}},{filter}"#));
            all.push(format!("{words:?} {order}\n{}\n", text(compile_sessions(&catalogue, &request, words))));
        }
        let request = request(&scope, r#","sessions":{}"#);
        let (evening, night) = (at("2026-03-01T20:00:00+08:00"), at("2026-03-02T00:30:00+08:00"));
        let found = [("s2", evening, night), ("s1", evening, evening)];
        let events = request.events_of(found.into_iter()).unwrap();
        let events = text(compile_session_events(&catalogue, &events, 5_001, words));
        all.push(format!("{words:?} events\n{events}\n"));
    }
    insta::assert_snapshot!(all.join("\n"));
}
