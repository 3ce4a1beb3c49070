//! The text of a file, its parts, and where they stand in it.

use super::{Finding, Place, Rule};
use serde::de::DeserializeOwned;
use serde_json::value::RawValue;
use serde_path_to_error::{Path, Segment};
use std::collections::BTreeMap;

/// The text of a file.
pub(super) struct Source<'a> {
    text: &'a str,
    /// Where each line begins, in bytes.
    lines: Vec<usize>,
}

/// A value in the text, and how one gets there.
#[derive(Debug, Clone)]
pub(super) struct Part<'a> {
    raw: &'a RawValue,
    pub(super) path: String,
}

impl<'a> Part<'a> {
    pub(super) fn text(&self) -> &'a str {
        self.raw.get()
    }

    /// The members of an object by their keys; of one that stands twice the last. `None` where it is none.
    pub(super) fn members(&self) -> Option<BTreeMap<String, Self>> {
        let members: BTreeMap<String, &'a RawValue> = serde_json::from_str(self.text()).ok()?;
        let member = |(key, raw): (String, &'a RawValue)| {
            let path = if self.path.is_empty() { key.clone() } else { format!("{}.{key}", self.path) };
            (key, Self { raw, path })
        };
        Some(members.into_iter().map(member).collect())
    }

    /// The entries of a list; `None` where it is none.
    pub(super) fn entries(&self) -> Option<Vec<Self>> {
        let entries: Vec<&'a RawValue> = serde_json::from_str(self.text()).ok()?;
        let entry = |(index, raw)| Self { raw, path: format!("{}[{index}]", self.path) };
        Some(entries.into_iter().enumerate().map(entry).collect())
    }
}

impl<'a> Source<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        let breaks = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n').map(|(index, _)| index + 1);
        Self { text, lines: std::iter::once(0).chain(breaks).collect() }
    }

    /// All of it, if it is JSON.
    pub(super) fn root(&self) -> Result<Part<'a>, Finding> {
        let raw = serde_json::from_str(self.text).map_err(|error: serde_json::Error| {
            let line = self.lines.get(error.line().saturating_sub(1)).copied().unwrap_or_default();
            let what = format!("this is no JSON: {}", words_of(&error));
            Finding {
                place: Some(self.place(line + error.column().saturating_sub(1))),
                ..Finding::error(Rule::Json, what)
            }
        })?;
        Ok(Part { raw, path: String::new() })
    }

    /// A part as a type of ours, or what is wrong with it and where in it that is.
    pub(super) fn read<T: DeserializeOwned>(&self, part: &Part<'a>, rule: Rule) -> Result<T, Finding> {
        let mut deserializer = serde_json::Deserializer::from_str(part.text());
        serde_path_to_error::deserialize(&mut deserializer).map_err(|error| {
            let place = self.place_of(value_at(part.raw, error.path()));
            let path = match error.path().to_string() {
                within if within == "." => part.path.clone(),
                within if part.path.is_empty() || within.starts_with('[') => format!("{}{within}", part.path),
                within => format!("{}.{within}", part.path),
            };
            Finding { place: Some(place), path, ..Finding::error(rule, words_of(error.inner())) }
        })
    }

    /// The finding at a part.
    pub(super) fn at(&self, part: &Part<'a>, finding: Finding) -> Finding {
        Finding { place: Some(self.place_of(part.text())), path: part.path.clone(), ..finding }
    }

    /// The place of a piece of the text.
    pub(super) fn place_of(&self, piece: &str) -> Place {
        self.place((piece.as_ptr() as usize).saturating_sub(self.text.as_ptr() as usize))
    }

    fn place(&self, byte: usize) -> Place {
        let line = self.lines.partition_point(|start| *start <= byte).max(1);
        let start = self.lines.get(line - 1).copied().unwrap_or_default();
        let before = self.text.as_bytes().get(start..byte.min(self.text.len())).unwrap_or_default();
        Place { line, column: String::from_utf8_lossy(before).chars().count() + 1 }
    }
}

/// What the parser says, without a place that is counted from the start of a part.
pub(super) fn words_of(error: &serde_json::Error) -> String {
    let words = error.to_string();
    let place = format!(" at line {} column {}", error.line(), error.column());
    words.strip_suffix(&place).unwrap_or(&words).to_owned()
}

/// The innermost value on a path that is there.
fn value_at<'a>(raw: &'a RawValue, path: &Path) -> &'a str {
    let mut found = raw;
    for segment in path {
        let next = match segment {
            Segment::Seq { index } => {
                let entries: Option<Vec<&RawValue>> = serde_json::from_str(found.get()).ok();
                entries.and_then(|entries| entries.get(*index).copied())
            }
            Segment::Map { key } => {
                let members: Option<BTreeMap<String, &RawValue>> = serde_json::from_str(found.get()).ok();
                members.and_then(|members| members.get(key).copied())
            }
            Segment::Enum { .. } | Segment::Unknown => None,
        };
        match next {
            Some(value) => found = value,
            None => break,
        }
    }
    found.get()
}
