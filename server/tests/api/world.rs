//! A server with a database of its own, a clock that stands, people with and without grants, and a published board.

pub(crate) use super::person::Person;

use super::boards::plays_by_content_and_province;
use axum::{
    Router,
    body::Body,
    http::{HeaderMap, Method, Request, StatusCode, header},
};
use engine::{
    access::{NewGrant, NewUser, Principal, SessionToken},
    clock::SetClock,
    own_metrics::NewVersion,
};
use http_body_util::BodyExt;
use model::{
    access::{Invited, NewPerson, Role},
    appearance::{BaseTheme, OwnTheme, ThemeId, Token},
    board::{Board, BoardId, Edit, Operation, OperationId, Title},
    metric::{
        Domain,
        own::{OwnMetric, OwnMetricId},
    },
    time::Timestamp,
};
use serde_json::{Value, json};
use server::{
    config::{CleaningOptions, StoreOptions},
    http::{AppState, Site, router},
    stores::{DataFolderLock, Stores},
};
use sqlx::{ConnectOptions, PgPool};
use std::{net::IpAddr, sync::Arc};
use tempfile::TempDir;
use tokio_util::sync::CancellationToken;
use tower::ServiceExt;

/// Noon in Beijing, 20 November 2025.
pub(crate) const NOW: i64 = 1_763_611_200_000;
pub(crate) const PASSWORD: &str = "correct horse battery";
const HOST: &str = "boards.test";

/// An answer, read whole.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: String,
}

impl Answer {
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_else(|error| panic!("{error}: {}", self.body))
    }

    /// The code of a problem; of a page or an answer, nothing.
    pub(crate) fn code(&self) -> String {
        let Ok(value) = serde_json::from_str::<Value>(&self.body) else { return String::new() };
        let problem = value.get("Refused").unwrap_or(&value);
        problem.get("code").and_then(Value::as_str).unwrap_or_default().to_owned()
    }
}

pub(crate) struct World {
    pub(crate) router: Router,
    pub(crate) stores: Arc<Stores>,
    pub(crate) clock: Arc<SetClock>,
    pub(crate) stopping: CancellationToken,
    pub(crate) folder: TempDir,
    /// Of a source that is bound to no province.
    pub(crate) write_key: String,
}

impl World {
    pub(crate) async fn new(pool: PgPool) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let clock = Arc::new(SetClock::at(Timestamp::from_millis(NOW)));
        let options = StoreOptions {
            data_dir: folder.path().to_path_buf(),
            database_url: Some(pool.connect_options().to_url_lossy().as_str().parse().unwrap()),
            clickhouse_url: None,
            cleaning: CleaningOptions::default(),
        };
        let lock = DataFolderLock::take(folder.path()).unwrap();
        let stores = Arc::new(Stores::open(&options, lock, clock.clone()).await.unwrap());
        let stopping = CancellationToken::new();
        let state = AppState::new(stores.clone(), Site::default(), None, Vec::new(), stopping.clone());
        let write_key = stores.engine.collector.create_source("test", None, false).await.unwrap();
        let world = Self { router: router(state), stores, clock, stopping, folder, write_key };
        for person in Person::ALL.into_iter().filter(|person| *person != Person::Anonymous) {
            world.add(person).await;
        }
        world
    }

    /// Plays in Zhejiang, Guangdong and nowhere in particular, and the numbers of them all applied.
    pub(crate) async fn with_plays(pool: PgPool) -> Self {
        let world = Self::new(pool).await;
        world.play("only_zj", Some("ZJ"), 3).await;
        world.play("only_gd", Some("GD"), 5).await;
        world.play("only_unknown", None, 7).await;
        world
    }

    async fn add(&self, person: Person) {
        let access = &self.stores.engine.access;
        let (email, password) = (person.email().to_owned(), Some(PASSWORD.to_owned()));
        let name = email.clone();
        access.add_user(NewUser { email, name, role: person.role(), password }).await.unwrap();
        if person == Person::NationalEditor {
            access.let_define_metrics(person.email(), true).await.unwrap();
        }
        let regions = person.regions();
        if !regions.is_empty() {
            let email = person.email().to_owned();
            access.grant(NewGrant { email, domains: Domain::ALL.to_vec(), regions }).await.unwrap();
        }
    }

    /// So many plays of a minute each, by as many households.
    pub(crate) async fn play(&self, content: &str, province: Option<&str>, plays: usize) {
        let lines: Vec<String> = (0..plays).flat_map(|number| one_play(content, province, number)).collect();
        let answer = self.send_events(&lines.join("\n")).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
        assert_eq!(answer.json()["accepted"], json!(lines.len()), "{}", answer.body);
        self.stores.engine.collector.flush().await.unwrap();
    }

    pub(crate) async fn send_events(&self, lines: &str) -> Answer {
        let authorization = format!("Bearer {}", self.write_key);
        self.send(Method::POST, "/api/v1/events", &[("authorization", &authorization)], lines.to_owned()).await
    }

    pub(crate) async fn session(&self, person: Person) -> Option<SessionToken> {
        let client = IpAddr::from([203, 0, 113, 7]);
        match person {
            Person::Anonymous => None,
            Person::ViewerWithoutGrant
            | Person::ZhejiangViewer
            | Person::ZhejiangEditor
            | Person::NationalEditor
            | Person::Admin => {
                Some(self.stores.engine.access.sign_in(person.email(), PASSWORD, client, None).await.unwrap())
            }
        }
    }

    pub(crate) async fn principal(&self, person: Person) -> Principal {
        let token = self.session(person).await.unwrap();
        self.stores.engine.access.principal_of_session(&token).await.unwrap()
    }

    /// An own metric of the national editor, in use and at its first version.
    pub(crate) async fn own_metric(&self) -> OwnMetricId {
        let own = &self.stores.engine.own_metrics;
        let who = self.principal(Person::NationalEditor).await;
        let metric: OwnMetric = serde_json::from_value(plays_per_user()).unwrap();
        let id = metric.id.clone();
        if own.list(&who).iter().all(|line| line.id != id) {
            own.keep(&who, NewVersion { metric, base: None, note: String::new() }).await.unwrap();
        }
        own.bring_back(&who, &id).await.unwrap();
        id
    }

    /// A theme that the administrator made.
    pub(crate) async fn own_theme(&self) -> ThemeId {
        let appearances = &self.stores.engine.appearances;
        let who = self.principal(Person::Admin).await;
        if let Some(kept) = appearances.themes(&who).await.unwrap().first() {
            return kept.id;
        }
        let colours = [(Token::Accent, "#0b5c8a".parse().unwrap())].into();
        let theme = OwnTheme { name: Title::parse("Blue").unwrap(), base: BaseTheme::Light, colours };
        appearances.keep_theme(&who, None, theme).await.unwrap().id
    }

    /// Somebody whom the administrator has just invited.
    pub(crate) async fn newcomer(&self) -> Invited {
        let who = self.principal(Person::Admin).await;
        let email = format!("{}@test.cn", uuid::Uuid::now_v7()).parse().unwrap();
        let person = NewPerson { email, name: "Newcomer".parse().unwrap(), role: Role::Viewer };
        self.stores.engine.access.invite(&who, person).await.unwrap()
    }

    /// A board of everything this world holds, published by the national editor.
    pub(crate) async fn publish_board(&self) -> BoardId {
        self.publish(plays_by_content_and_province()).await
    }

    /// A board, published by the national editor.
    pub(crate) async fn publish(&self, board: Board) -> BoardId {
        let engine = &self.stores.engine;
        let who = self.principal(Person::NationalEditor).await;
        let board = engine.boards.create(&who, board).await.unwrap();
        let proof = engine.access.authorize_edit(&who, board).await.unwrap();
        engine.boards.publish(&proof).await.unwrap();
        board
    }

    /// The next version of that board, which only differs in its title.
    pub(crate) async fn publish_anew(&self, board: BoardId) {
        let engine = &self.stores.engine;
        let who = self.principal(Person::NationalEditor).await;
        let proof = engine.access.authorize_edit(&who, board).await.unwrap();
        let base_version = engine.boards.draft(&proof).await.unwrap().version;
        let operation = Operation::RenameBoard { title: Title::parse("Plays, renamed").unwrap() };
        let id = OperationId::from_u128(0xfeed_0000 + base_version as u128);
        engine.boards.append(&proof, Edit { id, base_version, operation }).await.unwrap();
        engine.boards.publish(&proof).await.unwrap();
    }

    /// Sends a request as our own pages would.
    pub(crate) async fn ask(&self, method: Method, path: &str, person: Person, body: impl Into<Body>) -> Answer {
        let session = self.session(person).await;
        let cookie = session.map(|token| format!("lingdong_session={}", token.reveal())).unwrap_or_default();
        let headers =
            [("cookie", cookie.as_str()), ("sec-fetch-site", "same-origin"), ("content-type", "application/json")];
        self.send(method, path, &headers, body).await
    }

    pub(crate) async fn send(
        &self,
        method: Method,
        path: &str,
        headers: &[(&str, &str)],
        body: impl Into<Body>,
    ) -> Answer {
        let mut request = Request::builder().method(method).uri(path).header(header::HOST, HOST);
        for (name, value) in headers.iter().filter(|(_, value)| !value.is_empty()) {
            request = request.header(*name, *value);
        }
        let response = self.router.clone().oneshot(request.body(body.into()).unwrap()).await.unwrap();
        let (parts, body) = response.into_parts();
        let body = body.collect().await.unwrap().to_bytes();
        Answer { status: parts.status, headers: parts.headers, body: String::from_utf8_lossy(&body).into_owned() }
    }

    pub(crate) async fn query(&self, person: Person, query: &Value) -> Answer {
        self.ask(Method::POST, "/api/v1/query", person, query.to_string()).await
    }
}

/// Asked for, played for a minute, left; ten minutes ago.
fn one_play(content: &str, province: Option<&str>, number: usize) -> Vec<String> {
    let states = [("s", 0), ("p", 500), ("q", 60_500)];
    let event = |(state, after_ms): (&str, i64)| {
        json!({
            "event_id": format!("{content}-{number}-{state}"),
            "ts_event": NOW - 600_000 + after_ms,
            "sid": format!("{content}-{number}"),
            "household_id": format!("{content}-household-{number}"),
            "play_state": state,
            "content_id": content,
            "province": province,
        })
        .to_string()
    };
    states.into_iter().map(event).collect()
}

/// An own metric, as it is written.
pub(crate) fn plays_per_user() -> Value {
    json!({
        "id": "own.plays_per_user", "owner": "ops", "source": "test",
        "name": {"zh": "人均播放", "en": "Plays a user"}, "definition": {"zh": "…", "en": "…"},
        "value": {"ratio": {"of": {"metric": "content.plays"}, "to": {"metric": "content.play_users"}}},
    })
}

/// The same question as the board's, through the API.
pub(crate) fn plays_query() -> Value {
    json!({"metrics": ["content.plays"], "by": ["content", "province"], "time": {"last": "24h"}})
}

/// Whose data an answer holds: `ZJ`, `GD`, `unknown`.
pub(crate) fn provinces_seen(body: &str) -> Vec<&'static str> {
    [("only_zj", "ZJ"), ("only_gd", "GD"), ("only_unknown", "unknown")]
        .into_iter()
        .filter(|(content, _)| body.contains(content))
        .map(|(_, province)| province)
        .collect()
}
