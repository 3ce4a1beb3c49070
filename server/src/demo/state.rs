//! What the demo has done so far, in the data folder.

use super::DemoError;
use model::time::{Day, Timestamp};
use serde::{Deserialize, Serialize};
use std::{
    fs::{self, OpenOptions},
    io::Write,
    os::unix::fs::OpenOptionsExt,
    path::{Path, PathBuf},
};

const FILE: &str = "demo.json";

/// A stretch of the past that is loaded at once; `None` as its start means everything.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct HistoryPart {
    pub(super) from: Option<Timestamp>,
    pub(super) to: Timestamp,
}

impl HistoryPart {
    /// Under which the collector knows what of it is loaded already.
    pub(super) fn label(&self) -> String {
        let from = self.from.map_or_else(|| "the beginning".to_owned(), |from| from.to_string());
        format!("demo history from {from} to {}", self.to)
    }
}

/// What was done at earlier starts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct DemoState {
    pub(super) seed: u64,
    pub(super) founded: Day,
    /// Where the history ends and the present begins.
    pub(super) history_until: Timestamp,
    pub(super) history_loaded: bool,
    /// A later part that was begun and perhaps not finished.
    loading: Option<HistoryPart>,
    pub(super) boards_made: bool,
    /// The first day without programmes.
    pub(super) guide_until: Option<Day>,
    /// Everything earlier was sent, or was about to be sent when the server stopped.
    pub(super) told_until: Timestamp,
    pub(super) write_key: String,
    #[serde(skip)]
    file: PathBuf,
}

impl DemoState {
    pub(super) fn new(data_dir: &Path, seed: u64, founded: Day, now: Timestamp, write_key: String) -> Self {
        Self {
            seed,
            founded,
            history_until: now,
            history_loaded: false,
            loading: None,
            boards_made: false,
            guide_until: None,
            told_until: now,
            write_key,
            file: data_dir.join(FILE),
        }
    }

    /// `None` where the demo has never run in this folder.
    pub(super) fn load(data_dir: &Path) -> Result<Option<Self>, DemoError> {
        let file = data_dir.join(FILE);
        let Some(mut state) = read_json::<Self>(&file)? else { return Ok(None) };
        state.file = file;
        Ok(Some(state))
    }

    pub(super) fn save(&self) -> Result<(), DemoError> {
        write_json(&self.file, self)
    }

    /// Notes that `missed` is about to be loaded, or gives the part that was begun before and has to be finished first.
    pub(super) fn begin_part(&mut self, missed: HistoryPart) -> Result<HistoryPart, DemoError> {
        let part = *self.loading.get_or_insert(missed);
        self.save()?;
        Ok(part)
    }

    pub(super) fn end_part(&mut self) -> Result<(), DemoError> {
        if let Some(part) = self.loading.take() {
            self.told_until = part.to;
        }
        self.save()
    }
}

/// Reads a file of the demo; `None` where there is none.
pub(super) fn read_json<T: for<'de> Deserialize<'de>>(file: &Path) -> Result<Option<T>, DemoError> {
    let path = || file.display().to_string();
    match fs::read(file) {
        Ok(bytes) => {
            serde_json::from_slice(&bytes).map(Some).map_err(|source| DemoError::State { path: path(), source })
        }
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(source) => Err(DemoError::File { path: path(), source }),
    }
}

/// Writes a file that only its owner may read, whole or not at all.
pub(super) fn write_json(file: &Path, value: &impl Serialize) -> Result<(), DemoError> {
    let path = || file.display().to_string();
    let bytes = serde_json::to_vec_pretty(value).map_err(|source| DemoError::State { path: path(), source })?;
    let draft = file.with_extension("json.new");
    let write = || -> std::io::Result<()> {
        let mut opened = OpenOptions::new().create(true).truncate(true).write(true).mode(0o600).open(&draft)?;
        opened.write_all(&bytes)?;
        drop(opened);
        fs::rename(&draft, file)
    };
    write().map_err(|source| DemoError::File { path: path(), source })
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::os::unix::fs::PermissionsExt;

    fn at(millis: i64) -> Timestamp {
        Timestamp::from_millis(millis)
    }

    #[test]
    fn a_second_start_knows_the_first() {
        let folder = tempfile::tempdir().unwrap();
        assert_eq!(DemoState::load(folder.path()).unwrap(), None);
        let state = DemoState::new(folder.path(), 7, Day(20_000), at(5_000), "key".to_owned());
        state.save().unwrap();
        assert_eq!(DemoState::load(folder.path()).unwrap(), Some(state));
        let mode = fs::metadata(folder.path().join(FILE)).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
    }

    #[test]
    fn a_part_that_was_begun_is_finished_first() {
        let folder = tempfile::tempdir().unwrap();
        let mut state = DemoState::new(folder.path(), 7, Day(20_000), at(1_000), "key".to_owned());
        let begun = state.begin_part(HistoryPart { from: Some(at(1_000)), to: at(2_000) }).unwrap();
        // The server is killed here, and starts again later.
        let mut state = DemoState::load(folder.path()).unwrap().unwrap();
        let again = state.begin_part(HistoryPart { from: Some(at(1_000)), to: at(9_000) }).unwrap();
        assert_eq!(again, begun);
        state.end_part().unwrap();
        assert_eq!(state.told_until, at(2_000));
    }

    #[test]
    fn a_broken_file_says_what_to_do() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join(FILE), "{").unwrap();
        let error = DemoState::load(folder.path()).unwrap_err().to_string();
        assert!(error.contains("remove the data folder"), "{error}");
    }
}
