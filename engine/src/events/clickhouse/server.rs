//! One ClickHouse server, over HTTP.
//!
//! The crate `clickhouse` speaks to 18.16 as long as it is not asked for typed rows: statements go as text, answers come
//! as `JSONCompact`, which has the types beside the cells in every version, and rows are sent as `RowBinary` of our own.

use super::address::{Account, ClickHouseAddress};
use crate::{
    events::{EngineError, ResultSet, Value},
    metrics::Bind,
};
use bytes::Bytes;
use clickhouse::{Client, error::Error};
use serde::Deserialize;
use std::time::Duration;

/// A statement may take so long; the server is told.
pub(super) const DEADLINE: Duration = Duration::from_secs(30);
/// The server ends a statement at its deadline; where it says nothing at all, we do, a little later.
const PATIENCE: Duration = Duration::from_secs(35);
/// Longer than any server takes for a batch, so that a batch is not sent again while it is being written.
const WRITTEN_WITHIN: Duration = Duration::from_mins(5);
/// What one statement may take of a server.
const MOST_MEMORY_BYTES: u64 = 8 << 30;
const MOST_ROWS_OUT: u64 = 5_000_000;

/// A connection to one server as one user.
#[derive(Clone)]
pub(super) struct Server {
    client: Client,
    pub name: String,
}

impl Server {
    pub(super) fn new(address: &ClickHouseAddress, host: Option<&str>, account: &Account) -> Self {
        let url = address.server(host);
        let mut client = Client::default().with_url(&url).with_validation(false);
        if !account.user.is_empty() {
            client = client.with_user(&account.user).with_password(&account.password);
        }
        Self { client, name: url }
    }

    pub(super) fn in_database(mut self, database: &str) -> Self {
        self.client = self.client.with_database(database);
        self
    }

    pub(super) fn with_setting(mut self, name: &str, value: &str) -> Self {
        self.client = self.client.with_setting(name, value);
        self
    }

    /// A reader without a profile of its own is given its limits with every statement.
    pub(super) fn limited(self) -> Self {
        self.with_setting("max_execution_time", &DEADLINE.as_secs().to_string())
            .with_setting("max_memory_usage", &MOST_MEMORY_BYTES.to_string())
            .with_setting("max_result_rows", &MOST_ROWS_OUT.to_string())
            // 1 would forbid the limits themselves.
            .with_setting("readonly", "2")
    }

    /// Runs a definition.
    pub(super) async fn define(&self, text: &str) -> Result<(), EngineError> {
        let done = tokio::time::timeout(PATIENCE, self.client.query_raw(text).execute());
        done.await.map_err(|_| EngineError::TimedOut(PATIENCE))?.map_err(failed)
    }

    /// `binds` are parameters of the statement; a server that knows none gets none.
    pub(super) async fn ask(&self, text: &str, binds: &[Bind]) -> Result<ResultSet, EngineError> {
        let mut query = self.client.query_raw(text);
        for (index, bind) in binds.iter().enumerate() {
            let name = format!("p{}", index + 1);
            query = match bind {
                Bind::Integer(number) => query.param(&name, *number),
                Bind::Text(text) => query.param(&name, text.as_str()),
            };
        }
        let answer = async { query.fetch_bytes("JSONCompact")?.collect().await };
        let answer = tokio::time::timeout(PATIENCE, answer).await.map_err(|_| EngineError::TimedOut(DEADLINE))?;
        read(&answer.map_err(failed)?)
    }

    /// A number that a statement gives.
    pub(super) async fn number(&self, text: &str) -> Result<i64, EngineError> {
        match self.ask(text, &[]).await?.rows().next().as_deref() {
            Some([Value::Integer(number), ..]) => Ok(*number),
            _ => Ok(0),
        }
    }

    /// Writes rows. An error does not say that they were not written.
    pub(super) async fn insert(&self, statement: &str, body: Bytes) -> Result<(), EngineError> {
        let mut insert =
            self.client.insert_formatted_with(statement).with_timeouts(Some(WRITTEN_WITHIN), Some(WRITTEN_WITHIN));
        insert.send(body).await.map_err(failed)?;
        insert.end().await.map_err(failed)
    }
}

fn failed(error: Error) -> EngineError {
    let text = error.to_string();
    // TIMEOUT_EXCEEDED and TOO_MANY_SIMULTANEOUS_QUERIES.
    if text.contains("Code: 159") {
        EngineError::TimedOut(DEADLINE)
    } else if text.contains("Code: 202") {
        EngineError::Overloaded
    } else {
        EngineError::Failed(Box::new(error))
    }
}

#[derive(Deserialize)]
struct Answer {
    meta: Vec<AnswerColumn>,
    data: Vec<Vec<serde_json::Value>>,
}

#[derive(Deserialize)]
struct AnswerColumn {
    #[serde(rename = "type")]
    kind: String,
}

/// Numbers of 64 bits come as texts or as numbers, as the server is set.
fn read(answer: &[u8]) -> Result<ResultSet, EngineError> {
    if answer.is_empty() {
        return Ok(ResultSet::default());
    }
    let answer: Answer = serde_json::from_slice(answer).map_err(|error| EngineError::Failed(Box::new(error)))?;
    let numbers: Vec<bool> = answer.meta.iter().map(|column| is_number(&column.kind)).collect();
    let row = |cells: Vec<serde_json::Value>| {
        cells.into_iter().zip(&numbers).map(|(cell, number)| value(cell, *number)).collect()
    };
    let rows: Vec<Vec<Value>> = answer.data.into_iter().map(row).collect();
    ResultSet::of_rows(&rows)
}

fn is_number(kind: &str) -> bool {
    let inner = kind.strip_prefix("Nullable(").unwrap_or(kind);
    inner.starts_with("Int") || inner.starts_with("UInt")
}

fn value(cell: serde_json::Value, number: bool) -> Value {
    match cell {
        serde_json::Value::Null => Value::Null,
        serde_json::Value::Bool(flag) => Value::Bool(flag),
        serde_json::Value::Number(found) => {
            found.as_i64().map_or_else(|| Value::Float(found.as_f64().unwrap_or_default()), Value::Integer)
        }
        serde_json::Value::String(text) if number => {
            text.parse().map_or_else(|_| Value::Float(text.parse().unwrap_or_default()), Value::Integer)
        }
        serde_json::Value::String(text) => Value::Text(text),
        other @ (serde_json::Value::Array(_) | serde_json::Value::Object(_)) => Value::Text(other.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_read_by_their_column() {
        let answer = r#"{"meta":[{"name":"k","type":"Nullable(String)"},{"name":"m","type":"UInt64"},{"name":"n","type":"Nullable(Int64)"}],
            "data":[["12","12",null],[null,5,"-9007199254740993"]],"rows":2}"#;
        let rows: Vec<_> = read(answer.as_bytes()).unwrap().rows().collect();
        assert_eq!(rows[0], [Value::Text("12".to_owned()), Value::Integer(12), Value::Null]);
        assert_eq!(rows[1], [Value::Null, Value::Integer(5), Value::Integer(-9_007_199_254_740_993)]);
    }
}
