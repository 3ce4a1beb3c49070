//! Opening the file: settings, tables, and what to do with a write-ahead log that does not replay.

use super::settings::StoreSettings;
use crate::{events::schema, postgres::Failure};
use ::duckdb::{Config, Connection};
use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

const FILE: &str = "events.duckdb";

/// Why the event store could not be opened.
#[derive(Debug, thiserror::Error)]
enum OpenError {
    #[error("cannot use the data folder {folder}: give the server a folder it may write to (--data-dir)")]
    Folder {
        folder: String,
        #[source]
        source: std::io::Error,
    },
    #[error("cannot open the event store {file}; if another server runs on this data folder, stop it first")]
    Database {
        file: String,
        #[source]
        source: ::duckdb::Error,
    },
    #[error("cannot move the damaged log {file} of the event store aside")]
    Aside {
        file: String,
        #[source]
        source: std::io::Error,
    },
    #[error("cannot create the tables of the event store {file}")]
    Tables {
        file: String,
        #[source]
        source: ::duckdb::Error,
    },
}

/// The opened store, and the sequence up to which the ingest log is in it.
pub(super) fn open(data_dir: &Path, settings: &StoreSettings) -> Result<(Connection, u64), Failure> {
    fs::create_dir_all(data_dir)
        .map_err(|source| OpenError::Folder { folder: data_dir.display().to_string(), source })?;
    let path = data_dir.join(FILE);
    let file = path.display().to_string();
    let connection = match connect(&path, settings) {
        Err(error) if error.to_string().contains("WAL") => {
            set_log_aside(&path)?;
            connect(&path, settings)
        }
        other => other,
    }
    .map_err(|source| OpenError::Database { file: file.clone(), source })?;
    let applied = define_tables(&connection).map_err(|source| OpenError::Tables { file: file.clone(), source })?;
    Ok((connection, applied))
}

fn connect(path: &Path, settings: &StoreSettings) -> Result<Connection, ::duckdb::Error> {
    let temporary = path.with_extension("spill");
    let config = Config::default()
        .threads(settings.threads as i64)?
        .max_memory(&format!("{}MiB", settings.memory_mib))?
        .with("temp_directory", temporary.to_string_lossy())?
        .with(
            "max_temp_directory_size",
            format!("{}MiB", settings.temporary_mib),
        )?
        .with("autoload_known_extensions", "false")?
        .with("autoinstall_known_extensions", "false")?
        .with("allow_community_extensions", "false")?
        .with("preserve_insertion_order", "false")?
        // The default is readable by DuckDB 0.10. This one knows a better compression of texts, which costs a third less
        // processor time and a tenth less room; no other program opens the file.
        .with("storage_compatibility_version", "v1.5.0")?
        // That compression holds these two within it: trying them as well finds nothing and costs an append a tenth more.
        .with("disabled_compression_methods", "fsst,dictionary")?
        // At the default of 16 MiB, a busy minute would be spent on checkpoints. The collector asks for its own.
        .with("checkpoint_threshold", "128MiB")?
        .enable_external_access(false)?;
    let connection = Connection::open_with_flags(path, config)?;
    connection.execute_batch(WRITER)?;
    connection.execute_batch("set lock_configuration = true")?;
    Ok(connection)
}

/// For this connection alone, which is the one that writes. Where order is free, DuckDB divides the rows of an append between
/// its threads; then none of them has a whole row group, so each first collects its rows and then appends them once more, one
/// thread after the other. In order, they are appended once and a full row group goes to the file at once.
const WRITER: &str = "set session preserve_insertion_order = true";

fn define_tables(connection: &Connection) -> Result<u64, ::duckdb::Error> {
    let known = count_tables(connection)?;
    connection.execute_batch(&schema::definition())?;
    let added = schema::added_columns(&columns(connection)?);
    if !added.is_empty() {
        connection.execute_batch(&format!("begin;\n{added}commit;"))?;
    }
    if known < count_tables(connection)? || !added.is_empty() {
        connection.execute_batch("checkpoint")?;
    }
    let applied: i64 = connection.query_row("select max(sequence) from applied", [], |row| row.get(0))?;
    Ok(u64::try_from(applied).unwrap_or(0))
}

fn count_tables(connection: &Connection) -> Result<i64, ::duckdb::Error> {
    connection.query_row("select count(*) from duckdb_tables() where not internal", [], |row| row.get(0))
}

/// The columns of every table.
fn columns(connection: &Connection) -> Result<BTreeSet<(String, String)>, ::duckdb::Error> {
    let mut asked = connection.prepare("select table_name, column_name from duckdb_columns() where not internal")?;
    asked.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?.collect()
}

/// Renames a log that does not replay. The main file is then as of its last checkpoint, and the collector feeds the
/// rest again from its ingest log, which is kept until a checkpoint holds it.
fn set_log_aside(path: &Path) -> Result<(), OpenError> {
    for suffix in [".wal", ".wal.checkpoint", ".wal.recovery"] {
        let damaged = with_suffix(path, suffix);
        if !damaged.exists() {
            continue;
        }
        let aside = (1..=u16::MAX)
            .map(|number| with_suffix(path, &format!("{suffix}.corrupt-{number}")))
            .find(|candidate| !candidate.exists())
            .unwrap_or_else(|| with_suffix(path, ".corrupt"));
        tracing::error!(
            file = %damaged.display(), aside = %aside.display(),
            "the log of the event store does not replay: it is set aside, and the ingest log is applied again"
        );
        fs::rename(&damaged, &aside)
            .map_err(|source| OpenError::Aside { file: damaged.display().to_string(), source })?;
    }
    Ok(())
}

fn with_suffix(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    PathBuf::from(name)
}
