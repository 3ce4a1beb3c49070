//! The server as programs see it.

use super::server::BenchServer;
use anyhow::{Context, Result, bail, ensure};
use serde::{
    Deserialize,
    de::{DeserializeOwned, IgnoredAny},
};
use serde_json::{Value, json};
use std::{
    thread,
    time::{Duration, Instant, SystemTime, UNIX_EPOCH},
};
use ureq::Agent;

const TIMEOUT: Duration = Duration::from_mins(1);
/// Before the server is asked again after it had no time.
const PAUSE: Duration = Duration::from_millis(50);

/// Milliseconds since 1970.
pub(crate) fn now_ms() -> i64 {
    #[allow(clippy::disallowed_methods)] // a measuring tool has no clock to be injected
    let since_1970 = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    i64::try_from(since_1970.as_millis()).unwrap_or(i64::MAX)
}

#[derive(Deserialize)]
struct Together {
    answers: Vec<Outcome>,
}

/// What came of one query of several.
#[derive(Deserialize)]
pub(crate) struct Outcome {
    frame: Option<IgnoredAny>,
    problem: Option<Value>,
}

impl Outcome {
    /// Why there is no frame.
    pub(crate) fn refusal(&self) -> Option<String> {
        match (&self.frame, &self.problem) {
            (Some(_), None) => None,
            (_, problem) => Some(problem.as_ref().map(Value::to_string).unwrap_or_default()),
        }
    }
}

/// Keeps its connections open. Cheap to clone.
#[derive(Clone)]
pub(crate) struct Client {
    agent: Agent,
    address: String,
    secret: String,
}

impl Client {
    /// With a write key it sends events, with a bearer token it asks.
    pub(crate) fn new(server: &BenchServer, secret: String) -> Self {
        let config = Agent::config_builder().timeout_global(Some(TIMEOUT)).http_status_as_error(false).build();
        Self { agent: config.into(), address: server.address(), secret }
    }

    /// The answer; `None` where the server has too much to do and asks to come back.
    fn try_post<T: DeserializeOwned>(&self, path: &str, kind: &str, body: &[u8]) -> Result<Option<T>> {
        let mut answer = self
            .agent
            .post(format!("{}{path}", self.address))
            .header("content-type", kind)
            .header("authorization", format!("Bearer {}", self.secret))
            .send(body)
            .with_context(|| format!("{path} could not be reached"))?;
        let text = answer.body_mut().with_config().limit(64 << 20).read_to_string()?;
        if answer.status() == ureq::http::StatusCode::SERVICE_UNAVAILABLE {
            return Ok(None);
        }
        if !answer.status().is_success() {
            bail!("{path} answered {}: {text}", answer.status());
        }
        Ok(Some(serde_json::from_str(&text)?))
    }

    /// Comes back, as clients do, until the server has time.
    fn post<T: DeserializeOwned>(&self, path: &str, kind: &str, body: &[u8]) -> Result<T> {
        let began = Instant::now();
        loop {
            if let Some(answer) = self.try_post(path, kind, body)? {
                return Ok(answer);
            }
            ensure!(began.elapsed() < TIMEOUT, "{path} had no time for {TIMEOUT:?}");
            thread::sleep(PAUSE);
        }
    }

    /// Sends events; how many were taken, those known already included.
    pub(crate) fn send(&self, lines: &str) -> Result<u64> {
        let answer: Value = self.post("/api/v1/events", "application/x-ndjson", lines.as_bytes())?;
        let count = |name: &str| answer.get(name).and_then(Value::as_u64).unwrap_or(0);
        Ok(count("accepted") + count("duplicates"))
    }

    pub(crate) fn ask(&self, query: &Value) -> Result<Value> {
        self.post("/api/v1/query", "application/json", query.to_string().as_bytes())
    }

    /// Asks several queries at once. Their frames are read over and not taken in: the generator shares the processor.
    pub(crate) fn ask_together(&self, queries: &Value) -> Result<Vec<Outcome>> {
        let answer: Together = self.post("/api/v1/query", "application/json", queries.to_string().as_bytes())?;
        Ok(answer.answers)
    }

    /// Plays of one content so far.
    pub(crate) fn plays_of(&self, content: &str) -> Result<u64> {
        let frame = self.ask(&json!({
            "metrics": ["content.plays"],
            "where": [{"dim": "content", "in": [content]}],
            "time": {"last": "24h"},
        }))?;
        let first = frame.pointer("/rows/0/0").and_then(Value::as_u64);
        Ok(first.unwrap_or(0))
    }
}
