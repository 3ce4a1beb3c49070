//! A file with the larger row groups of an earlier version becomes one with small ones, once.
//!
//! Row groups of both sizes must not be in one file: DuckDB counts how much room is left in the last one, and for one that is
//! larger than it was told the difference comes round to a huge number.

use super::{
    open::{
        EARLIER_ROW_GROUP, OpenError, ROW_GROUP, USE, WRITER, attach, define_tables, in_memory, opened, with_suffix,
    },
    settings::StoreSettings,
};
use crate::events::schema;
use std::{
    error::Error,
    fs::{self, File},
    io::{self, ErrorKind},
    path::Path,
};

/// Takes the rows of `earlier` over into a file at `path`, which is there only once all of them are in it.
pub(super) fn rewritten(earlier: &Path, path: &Path, settings: &StoreSettings) -> Result<(), OpenError> {
    let file = earlier.display().to_string();
    // As an opening in the earlier version would: what its log holds is in the file then.
    let store = opened(earlier, settings, EARLIER_ROW_GROUP)?;
    define_tables(&store)
        .and_then(|_| store.execute_batch("checkpoint"))
        .map_err(|source| OpenError::Tables { file: file.clone(), source })?;
    drop(store);
    tracing::warn!(%file, "the event store is rewritten with smaller row groups, once; it needs room for a second file meanwhile");
    let into = path.display().to_string();
    take_over(earlier, path, settings).map_err(|source| OpenError::Rewriting { file, into, source })
}

fn take_over(earlier: &Path, path: &Path, settings: &StoreSettings) -> Result<(), Box<dyn Error + Send + Sync>> {
    let partial = with_suffix(path, ".partial");
    // Of a rewriting that was broken off.
    removed(&partial)?;
    removed(&with_suffix(&partial, ".wal"))?;
    let connection = in_memory(path, settings)?;
    attach(&connection, earlier, "earlier", EARLIER_ROW_GROUP)?;
    attach(&connection, &partial, "event_store", ROW_GROUP)?;
    connection.execute_batch(USE)?;
    connection.execute_batch(WRITER)?;
    connection.execute_batch(&schema::definition())?;
    for table in schema::names() {
        let copied = connection.execute_batch(&format!(
            "begin; delete from {table}; insert into {table} by name select * from earlier.{table}; commit; checkpoint"
        ));
        copied?;
        tracing::info!(table, "taken over");
    }
    drop(connection);
    fs::rename(&partial, path)?;
    if let Some(folder) = path.parent() {
        File::open(folder)?.sync_all()?;
    }
    removed(earlier)?;
    removed(&with_suffix(earlier, ".wal"))?;
    Ok(())
}

/// Removes a file that may not be there.
fn removed(path: &Path) -> io::Result<()> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != ErrorKind::NotFound => Err(error),
        Ok(()) | Err(_) => Ok(()),
    }
}
