//! Opening the file: settings, tables, and what to do with a write-ahead log that does not replay.

use super::{rewriting::rewritten, settings::StoreSettings};
use crate::{events::schema, postgres::Failure};
use ::duckdb::{Config, Connection};
use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

const FILE: &str = "event-store.duckdb";
/// What the file was called while its row groups had the size that DuckDB gives them. Row groups of both sizes must not be in
/// one file: DuckDB takes none to be larger than it was told when the file was attached.
const EARLIER_FILE: &str = "events.duckdb";

/// Rows of a row group, of which the smallest and the largest value of each column are known. The rows of a day lie in order of
/// province, so a statement about one province passes over all row groups that do not hold it; at DuckDB's own size a day of
/// some hundred thousand plays has three of them, and each statement about a small province would read a third of the day.
pub(super) const ROW_GROUP: usize = 16_384;
pub(super) const EARLIER_ROW_GROUP: usize = 122_880;

/// Why the event store could not be opened.
#[derive(Debug, thiserror::Error)]
pub(super) enum OpenError {
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
    #[error(
        "cannot rewrite the event store {file} into {into}; nothing is lost: make room for a file of that size and start again"
    )]
    Rewriting {
        file: String,
        into: String,
        #[source]
        source: Box<dyn std::error::Error + Send + Sync>,
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
    let earlier = data_dir.join(EARLIER_FILE);
    match (earlier.exists(), path.exists()) {
        (true, false) => rewritten(&earlier, &path, settings)?,
        // All of it was taken over, for the new one has its name only then; or somebody has put it back.
        (true, true) => {
            tracing::warn!(file = %earlier.display(), "an event store of an earlier version is left over and not read");
        }
        (false, _) => {}
    }
    let connection = opened(&path, settings, ROW_GROUP)?;
    let file = path.display().to_string();
    let applied = define_tables(&connection).map_err(|source| OpenError::Tables { file, source })?;
    Ok((connection, applied))
}

/// The file at that path, with a log that does not replay set aside.
pub(super) fn opened(path: &Path, settings: &StoreSettings, row_group: usize) -> Result<Connection, OpenError> {
    let connection = match connect(path, settings, row_group) {
        Err(error) if error.to_string().contains("WAL") => {
            set_log_aside(path)?;
            connect(path, settings, row_group)
        }
        other => other,
    };
    connection.map_err(|source| OpenError::Database { file: path.display().to_string(), source })
}

/// Another connection to the same store.
pub(super) fn another(connection: &Connection) -> Result<Connection, ::duckdb::Error> {
    let another = connection.try_clone()?;
    another.execute_batch(USE)?;
    Ok(another)
}

/// For each connection by itself: which of the attached databases names without one are of.
pub(super) const USE: &str = "use event_store";

fn connect(path: &Path, settings: &StoreSettings, row_group: usize) -> Result<Connection, ::duckdb::Error> {
    let connection = in_memory(path, settings)?;
    attach(&connection, path, "event_store", row_group)?;
    connection.execute_batch(USE)?;
    connection.execute_batch(WRITER)?;
    connection.execute_batch("set enable_external_access = false; set lock_configuration = true")?;
    Ok(connection)
}

/// A database to attach files to: the size of their row groups can only be said there.
pub(super) fn in_memory(path: &Path, settings: &StoreSettings) -> Result<Connection, ::duckdb::Error> {
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
        // The compression that the file's version knows holds these two within it: trying them as well finds nothing and costs
        // an append a tenth more.
        .with("disabled_compression_methods", "fsst,dictionary")?
        // At the default of 16 MiB, a busy minute would be spent on checkpoints. The collector asks for its own.
        .with("checkpoint_threshold", "128MiB")?;
    Connection::open_in_memory_with_flags(config)
}

/// The default version is readable by DuckDB 0.10. This one knows a better compression of texts, which costs a third less
/// processor time and a tenth less room; no other program opens the file.
pub(super) fn attach(
    connection: &Connection,
    path: &Path,
    name: &'static str,
    row_group: usize,
) -> Result<(), ::duckdb::Error> {
    let file = path.to_string_lossy().replace('\'', "''");
    connection
        .execute_batch(&format!("attach '{file}' as {name} (row_group_size {row_group}, storage_version 'v1.5.0')"))
}

/// For this connection alone, which is the one that writes. Where order is free, DuckDB divides the rows of an append between
/// its threads; then none of them has a whole row group, so each first collects its rows and then appends them once more, one
/// thread after the other. In order, they are appended once and a full row group goes to the file at once.
pub(super) const WRITER: &str = "set session preserve_insertion_order = true";

pub(super) fn define_tables(connection: &Connection) -> Result<u64, ::duckdb::Error> {
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

pub(super) fn with_suffix(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    PathBuf::from(name)
}
