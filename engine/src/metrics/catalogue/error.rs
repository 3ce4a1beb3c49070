//! Why a catalogue can't be used.

use super::CatalogueFile;
use serde::de::DeserializeOwned;
use std::ops::Range;

/// What is wrong with a catalogue, and where.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{file}, line {line}: {reason}")]
pub struct CatalogueError {
    pub file: String,
    pub line: usize,
    pub reason: String,
}

impl CatalogueFile<'_> {
    /// An error about the bytes of the file at `span`.
    pub(super) fn error(&self, span: Range<usize>, reason: impl Into<String>) -> CatalogueError {
        let before = self.text.get(..span.start).unwrap_or(self.text);
        CatalogueError { file: self.name.to_owned(), line: before.matches('\n').count() + 1, reason: reason.into() }
    }

    /// The file as `T`, or what is wrong with it.
    pub(super) fn parse<T: DeserializeOwned>(&self) -> Result<T, CatalogueError> {
        toml::from_str(self.text).map_err(|error| self.error(error.span().unwrap_or_default(), error.message()))
    }
}
