//! Board files looked over before they are applied: everything that is wrong with one, each with its place and what to do.
//!
//! A file is read twice. Once part by part, so that one mistake hides no other; then, if that found nothing, strictly, by
//! the types themselves, so that nothing is let through that could not be kept. Needs no server and no database.
//!
//! - [`lint`]: the whole of it; [`Linted`], [`Finding`]: what it gives
//! - `source`: places in the text; `document`, `tiles`, `layouts`, `containers`: its parts; `meaning`: what the catalogue says of it

mod containers;
mod document;
mod finding;
mod layouts;
mod meaning;
mod source;
#[cfg(test)]
mod tests;
mod tiles;

pub use finding::{Finding, FindingTile, Place, Rule, Severity};

use crate::metrics::Catalogue;
use model::{
    board::BoardFile,
    time::{Calendar, Timestamp},
};
use source::Source;

/// What a look at a file gave.
#[derive(Debug)]
pub struct Linted {
    /// By their places in the file.
    pub findings: Vec<Finding>,
    /// The board, where nothing keeps it from being applied.
    pub file: Option<BoardFile>,
}

impl Linted {
    pub fn errors(&self) -> usize {
        self.findings.iter().filter(|finding| finding.severity == Severity::Error).count()
    }

    pub fn warnings(&self) -> usize {
        self.findings.len() - self.errors()
    }
}

/// Looks a file over. `now` and `calendar` tell how many steps a range of time has.
pub fn lint(bytes: &[u8], catalogue: &Catalogue, now: Timestamp, calendar: Calendar) -> Linted {
    let text = match std::str::from_utf8(bytes) {
        // Some editors begin a file with a mark that says it is UTF-8.
        Ok(text) => text.trim_start_matches('\u{feff}'),
        Err(error) => {
            let what = format!("the file is no UTF-8 text from its byte {} on; save it as UTF-8", error.valid_up_to());
            return refused(Finding::error(Rule::Json, what));
        }
    };
    if text.trim().is_empty() {
        let what = "the file is empty: expected a board, as `lingdong board export` writes it";
        return refused(Finding::error(Rule::Json, what));
    }
    let source = Source::new(text);
    let root = match source.root() {
        Ok(root) => root,
        Err(finding) => return refused(finding),
    };
    let mut findings = Vec::new();
    let tiles = document::look_at(&source, &root, &mut findings);
    meaning::look_at(&source, &tiles, catalogue, now, calendar, &mut findings);
    meaning::look_at_filters(&source, &root, &tiles, catalogue, &mut findings);
    let is_sound = findings.iter().all(|finding| finding.severity != Severity::Error);
    let file =
        if is_sound { source.read(&root, Rule::Form).map_err(|finding| findings.push(finding)).ok() } else { None };
    findings.sort_by_key(|finding| finding.place);
    Linted { findings, file }
}

fn refused(finding: Finding) -> Linted {
    Linted { findings: vec![finding], file: None }
}
