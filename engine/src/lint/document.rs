//! The envelope and the board in it.

use super::{
    Finding, Rule, layouts,
    source::{Part, Source},
    tiles::{self, SeenTile},
};
use model::board::{Board, BoardFilter, BoardId, MAX_TILES, Title};

/// A board without anything, still open.
const EMPTY_BOARD: &str = r#"{"title":"","tiles":[],"desk":[]"#;
const EXPECTED: &str = "expected a board, as `lingdong board export` writes it";

/// Looks at all but what tiles mean; gives the tiles that could be read.
pub(super) fn look_at<'a>(source: &Source<'a>, root: &Part<'a>, findings: &mut Vec<Finding>) -> Vec<SeenTile<'a>> {
    let Some(members) = root.members() else {
        findings.push(source.at(root, Finding::error(Rule::Form, format!("this is no object: {EXPECTED}"))));
        return Vec::new();
    };
    let is_bare = members.contains_key("tiles") && !members.contains_key("board");
    if is_bare {
        let what = "this is a board without its envelope: put it under the key “board”";
        findings.push(source.at(root, Finding::error(Rule::Form, what)));
        return look_at_board(source, root, findings);
    }
    let mut tiles = Vec::new();
    for (key, part) in &members {
        match key.as_str() {
            "$schema" => check::<Option<String>>(source, part, findings),
            "id" => {
                if let Err(finding) = source.read::<Option<BoardId>>(part, Rule::Form) {
                    let message = format!(
                        "{}; expected the id of a board, as `lingdong board list` prints it, or none for a new board",
                        finding.message
                    );
                    findings.push(Finding { message, ..finding });
                }
            }
            "board" => tiles = look_at_board(source, part, findings),
            other => {
                let what = format!("unknown field “{other}”: expected “$schema”, “id” and “board”");
                findings.push(source.at(part, Finding::error(Rule::Form, what)));
            }
        }
    }
    if let Some(id) = members.get("id").and_then(|part| source.read::<BoardId>(part, Rule::Form).ok()) {
        findings.extend(tiles.iter().filter_map(|tile| leads_nowhere(source, tile, id)));
    }
    if !members.contains_key("board") {
        let what = format!("the field “board” is missing: {EXPECTED}");
        findings.push(source.at(root, Finding::error(Rule::Form, what)));
    }
    tiles
}

/// A tile that leads to the board it stands on.
fn leads_nowhere(source: &Source<'_>, tile: &SeenTile<'_>, board: BoardId) -> Option<Finding> {
    let opens = tile.part.members()?.remove("opens")?;
    let finding = Finding::warning(Rule::Form, "the tile leads to the board it stands on: readers stay where they are");
    let is_itself = source.read::<BoardId>(&opens, Rule::Form).is_ok_and(|opens| opens == board);
    is_itself.then(|| source.at(&opens, finding).of_tile(tile.named.as_ref()))
}

fn look_at_board<'a>(source: &Source<'a>, board: &Part<'a>, findings: &mut Vec<Finding>) -> Vec<SeenTile<'a>> {
    let Some(members) = board.members() else {
        findings
            .push(source.at(board, Finding::error(Rule::Form, "this is no object: expected title, tiles and desk")));
        return Vec::new();
    };
    for needed in ["title", "tiles", "desk"].into_iter().filter(|needed| !members.contains_key(*needed)) {
        let what = format!("the field “{needed}” of the board is missing");
        findings.push(source.at(board, Finding::error(Rule::Form, what)));
    }
    let mut seen = Vec::new();
    for (key, part) in &members {
        match key.as_str() {
            "title" => match source.read::<Title>(part, Rule::Form) {
                Ok(title) if title.is_empty() => {
                    findings.push(
                        source.at(part, Finding::warning(Rule::Form, "the board has no title: nobody will find it")),
                    );
                }
                Ok(_) => {}
                Err(finding) => findings.push(finding),
            },
            "tiles" => seen = look_at_tiles(source, part, findings),
            "filters" => look_at_filters(source, part, findings),
            "desk" | "phone" | "wall" => {}
            // Whatever else a board may have is read by its own type.
            _ => check_member::<Board>(source, part, EMPTY_BOARD, key, findings),
        }
    }
    layouts::look_at(source, &members, &seen, findings);
    seen
}

/// Each by itself, then all of them as a board takes them.
fn look_at_filters(source: &Source<'_>, part: &Part<'_>, findings: &mut Vec<Finding>) {
    let before = findings.len();
    for filter in part.entries().unwrap_or_default().iter().take(MAX_TILES) {
        check::<BoardFilter>(source, filter, findings);
    }
    if findings.len() == before {
        check_member::<Board>(source, part, EMPTY_BOARD, "filters", findings);
    }
}

fn look_at_tiles<'a>(source: &Source<'a>, part: &Part<'a>, findings: &mut Vec<Finding>) -> Vec<SeenTile<'a>> {
    let Some(entries) = part.entries() else {
        findings.push(source.at(part, Finding::error(Rule::Form, "this is no list: expected a list of tiles")));
        return Vec::new();
    };
    if entries.len() > MAX_TILES {
        let what =
            format!("there are {} tiles, and a board holds at most {MAX_TILES}: make two boards of it", entries.len());
        findings.push(source.at(part, Finding::error(Rule::Form, what)));
    } else if entries.is_empty() {
        findings.push(source.at(part, Finding::warning(Rule::Form, "the board has no tiles: it shows nothing")));
    }
    let mut seen: Vec<SeenTile<'a>> = Vec::new();
    for entry in entries.into_iter().take(MAX_TILES) {
        let tile = tiles::look_at(source, entry, findings);
        if let Some(named) = &tile.named
            && seen.iter().any(|other| other.named.as_ref().is_some_and(|other| other.id == named.id))
        {
            let what = "another tile has the same id: give each its own";
            findings.push(source.at(&tile.part, Finding::error(Rule::Form, what)).of_tile(Some(named)));
        }
        seen.push(tile);
    }
    seen
}

/// Whether a part is what it should be.
pub(super) fn check<T: serde::de::DeserializeOwned>(source: &Source<'_>, part: &Part<'_>, findings: &mut Vec<Finding>) {
    if let Err(finding) = source.read::<T>(part, Rule::Form) {
        findings.push(finding);
    }
}

/// Whether a type takes that member beside those it needs; `needed` is an object that is still open.
pub(super) fn check_member<T: serde::de::DeserializeOwned>(
    source: &Source<'_>,
    part: &Part<'_>,
    needed: &str,
    key: &str,
    findings: &mut Vec<Finding>,
) {
    let key = serde_json::Value::from(key);
    let whole = format!("{needed},{key}:{}}}", part.text());
    if let Err(error) = serde_json::from_str::<T>(&whole) {
        findings.push(source.at(part, Finding::error(Rule::Form, super::source::words_of(&error))));
    }
}
