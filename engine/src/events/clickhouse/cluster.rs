//! The servers: which there are, what they can, and their tables.

use super::{
    address::ClickHouseAddress,
    server::Server,
    tables::{Layout, ServedTable, served_tables},
};
use crate::{
    events::{EngineError, SqlWords, Value},
    postgres::Failure,
};
use std::collections::BTreeSet;

/// The first version that takes parameters of statements, adapts inserts and merges within a day alone.
const MODERN: u32 = 22;

/// Why the servers can't be used.
#[derive(Debug, thiserror::Error)]
enum ClusterError {
    #[error("ClickHouse at {address} does not answer: start it, or correct --clickhouse-url")]
    Unreachable {
        address: String,
        #[source]
        source: EngineError,
    },
    #[error("ClickHouse at {address} knows no cluster “{cluster}”: name one of its remote_servers in --clickhouse-url")]
    NoSuchCluster { address: String, cluster: String },
    #[error(
        "this version of ClickHouse looks for joined tables in the default database of its cluster “{cluster}”: write \
         <default_database>{database}</default_database> into every replica of its remote_servers"
    )]
    DefaultDatabase { cluster: String, database: String },
    #[error(
        "the tables on {server} can't be made: the user of --clickhouse-url needs the right to create tables there"
    )]
    Tables {
        server: String,
        #[source]
        source: EngineError,
    },
}

/// Every server that holds rows, by shard.
pub(super) struct Cluster {
    /// The one that is asked.
    pub reader: Server,
    /// The copies of each shard; a batch is written to the first that takes it.
    pub shards: Vec<Vec<Server>>,
    pub tables: Vec<ServedTable>,
    pub layout: Layout,
    pub words: SqlWords,
}

impl Cluster {
    pub(super) async fn connect(address: &ClickHouseAddress) -> Result<Self, Failure> {
        let unreachable = |source| ClusterError::Unreachable { address: address.to_string(), source };
        let front = Server::new(address, None, address.writer());
        let modern = is_modern(&front).await.map_err(unreachable)?;
        let hosts = match address.cluster() {
            None => vec![vec![None]],
            Some(cluster) => {
                let shards = hosts_of(&front, cluster).await.map_err(unreachable)?;
                if !modern && !has_default_database(&front, cluster, address.database()).await.map_err(unreachable)? {
                    let (cluster, database) = (cluster.to_owned(), address.database().to_owned());
                    return Err(ClusterError::DefaultDatabase { cluster, database }.into());
                }
                if shards.is_empty() {
                    let (address, cluster) = (address.to_string(), cluster.to_owned());
                    return Err(ClusterError::NoSuchCluster { address, cluster }.into());
                }
                shards.into_iter().map(|hosts| hosts.into_iter().map(Some).collect()).collect()
            }
        };
        let layout = Layout {
            database: address.database().to_owned(),
            cluster: address.cluster().map(str::to_owned),
            replicated: hosts.iter().any(|copies| copies.len() > 1),
        };
        let tables = served_tables();
        let mut shards = Vec::new();
        for copies in &hosts {
            let mut servers = Vec::new();
            for host in copies {
                let server = Server::new(address, host.as_deref(), address.writer());
                let failed = |source| ClusterError::Tables { server: server.name.clone(), source };
                define(&server, &layout, &tables).await.map_err(failed)?;
                servers.push(writing(server.in_database(&layout.database), modern));
            }
            shards.push(servers);
        }
        let reader = match address.reader() {
            Some(account) => Server::new(address, None, account).in_database(&layout.database),
            None => reading(Server::new(address, None, address.writer()).in_database(&layout.database), modern),
        };
        let words = if modern { SqlWords::ClickHouse } else { SqlWords::ClickHouseWithoutBinds };
        Ok(Self { reader, shards, tables, layout, words })
    }

    pub(super) fn table(&self, relation: &str) -> Option<&ServedTable> {
        self.tables.iter().find(|table| table.name == relation)
    }
}

/// Our own batches are written when we say so, each as a whole.
fn writing(server: Server, modern: bool) -> Server {
    if modern { server.with_setting("async_insert", "0") } else { server }
}

fn reading(server: Server, modern: bool) -> Server {
    let server = server.limited();
    // A row's identity holds its moment, so rows that are the same lie in the same day.
    if modern { server.with_setting("do_not_merge_across_partitions_select_final", "1") } else { server }
}

async fn is_modern(server: &Server) -> Result<bool, EngineError> {
    let answer = server.ask("SELECT version()", &[]).await?;
    let version = match answer.rows().next().as_deref() {
        Some([Value::Text(version), ..]) => {
            version.split('.').next().and_then(|number| number.parse().ok()).unwrap_or(0)
        }
        _ => 0,
    };
    Ok(version >= MODERN)
}

/// The hosts of each shard.
async fn hosts_of(server: &Server, cluster: &str) -> Result<Vec<Vec<String>>, EngineError> {
    // The name was checked when the address was read.
    let text = format!(
        "SELECT shard_num, host_name FROM system.clusters WHERE cluster = '{cluster}' ORDER BY shard_num, replica_num"
    );
    let mut shards: Vec<(i64, Vec<String>)> = Vec::new();
    for row in server.ask(&text, &[]).await?.rows() {
        let [Value::Integer(shard), Value::Text(host)] = row.as_slice() else { continue };
        match shards.last_mut() {
            Some((last, hosts)) if last == shard => hosts.push(host.clone()),
            _ => shards.push((*shard, vec![host.clone()])),
        }
    }
    Ok(shards.into_iter().map(|(_, hosts)| hosts).collect())
}

/// A sub-query of a distributed statement names its tables as we do, without their database. Newer versions add it.
async fn has_default_database(server: &Server, cluster: &str, database: &str) -> Result<bool, EngineError> {
    let text = format!(
        "SELECT count(*) FROM system.clusters WHERE cluster = '{cluster}' AND default_database != '{database}'"
    );
    Ok(server.number(&text).await? == 0)
}

/// Creates on one server what is missing there.
async fn define(server: &Server, layout: &Layout, tables: &[ServedTable]) -> Result<(), EngineError> {
    server.define(&format!("CREATE DATABASE IF NOT EXISTS {}", layout.database)).await?;
    let server = server.clone().in_database(&layout.database);
    server.define(&layout.ledger()).await?;
    for statement in tables.iter().flat_map(|table| table.definition(layout)) {
        server.define(&statement).await?;
    }
    let text = format!("SELECT table, name FROM system.columns WHERE database = '{}'", layout.database);
    let known: BTreeSet<(String, String)> = server
        .ask(&text, &[])
        .await?
        .rows()
        .filter_map(|row| match <[Value; 2]>::try_from(row) {
            Ok([Value::Text(table), Value::Text(column)]) => Some((table, column)),
            Ok(_) | Err(_) => None,
        })
        .collect();
    let is_known = |table: &str, column: &str| known.contains(&(table.to_owned(), column.to_owned()));
    for statement in tables.iter().flat_map(|table| table.added_columns(layout, is_known)) {
        server.define(&statement).await?;
    }
    Ok(())
}
