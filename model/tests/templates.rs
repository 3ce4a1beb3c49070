//! The board templates that come with the product, as documents: whole in both languages, and laid out as boards must be.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test that can't read its documents has failed")]

use model::{
    board::{Board, Tile, TileContent, TileId},
    layout::CardWidth,
};
use serde_json::{Map, Value};
use std::{collections::BTreeSet, fs, path::Path};

const LANGUAGES: [&str; 2] = ["zh", "en"];
/// Rows that a desk of 1440 × 900 shows at first.
const FIRST_SCREEN: u16 = 17;
/// The keys under which a board holds what people read.
const READ: [&str; 4] = ["title", "label", "text", "description"];

/// A template as it lies in its file.
struct Template {
    file: String,
    document: Value,
}

impl Template {
    /// Its board in one language.
    fn board(&self, language: &str) -> Board {
        let board = in_language(&self.document["board"], language);
        serde_json::from_value(board).unwrap_or_else(|error| panic!("{} in {language}: {error}", self.file))
    }
}

fn templates() -> Vec<Template> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../engine/templates");
    let mut all: Vec<Template> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .map(|path| {
            let file = path.file_name().unwrap().to_string_lossy().into_owned();
            let document = serde_json::from_str(&fs::read_to_string(path).unwrap());
            Template { document: document.unwrap_or_else(|error| panic!("{file}: {error}")), file }
        })
        .collect();
    all.sort_by(|one, other| one.file.cmp(&other.file));
    all
}

/// Whether it is a text in each language, and nothing else.
fn is_text(object: &Map<String, Value>) -> bool {
    object.len() == LANGUAGES.len()
        && LANGUAGES.iter().all(|language| object.get(*language).is_some_and(Value::is_string))
}

fn in_language(value: &Value, language: &str) -> Value {
    match value {
        Value::Object(object) if is_text(object) => object[language].clone(),
        Value::Object(object) => {
            Value::Object(object.iter().map(|(key, value)| (key.clone(), in_language(value, language))).collect())
        }
        Value::Array(values) => Value::Array(values.iter().map(|value| in_language(value, language)).collect()),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => value.clone(),
    }
}

/// Every text, with where it stands.
fn texts<'a>(value: &'a Value, place: &str, into: &mut Vec<(String, &'a Value)>) {
    match value {
        Value::Object(object) if is_text(object) => into.push((place.to_owned(), value)),
        Value::Object(object) => object.iter().for_each(|(key, value)| texts(value, &format!("{place}.{key}"), into)),
        Value::Array(values) => {
            values.iter().enumerate().for_each(|(index, value)| texts(value, &format!("{place}.{index}"), into));
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

/// What people read and is written in one language only; what a QR code leads to is the same in both.
fn in_one_language(value: &Value, place: &str, into: &mut Vec<String>) {
    match value {
        Value::Object(object) if is_text(object) => {}
        Value::Object(object) => {
            let leads_somewhere = object.get("component").is_some_and(|kind| kind == "qr_code");
            for (key, value) in object {
                if READ.contains(&key.as_str()) && value.is_string() && !(leads_somewhere && key == "text") {
                    into.push(format!("{place}.{key}"));
                }
                in_one_language(value, &format!("{place}.{key}"), into);
            }
        }
        Value::Array(values) => values.iter().for_each(|value| in_one_language(value, place, into)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

/// A board with all that is read taken out.
fn without_texts(board: &Board) -> Value {
    fn strip(value: &mut Value) {
        match value {
            Value::Object(object) => {
                object.retain(|key, value| !(READ.contains(&key.as_str()) && value.is_string()));
                object.values_mut().for_each(strip);
            }
            Value::Array(values) => values.iter_mut().for_each(strip),
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
        }
    }
    let mut value = serde_json::to_value(board).unwrap();
    strip(&mut value);
    value
}

fn contained(board: &Board) -> BTreeSet<TileId> {
    let pages = board.tiles().iter().filter_map(|tile| tile.content.pages());
    pages.flat_map(|pages| pages.tiles().collect::<Vec<_>>()).collect()
}

#[test]
fn there_are_fourteen_in_the_order_of_their_names() {
    let all = templates();
    assert_eq!(all.len(), 14);
    for (number, template) in (1..).zip(&all) {
        let id = template.document["id"].as_str().unwrap();
        assert_eq!(template.file, format!("{number:02}-{id}.json"));
        let keys: BTreeSet<&str> = template.document.as_object().unwrap().keys().map(String::as_str).collect();
        assert_eq!(keys, BTreeSet::from(["id", "name", "about", "audience", "board"]));
        for key in ["name", "about", "audience"] {
            assert!(is_text(template.document[key].as_object().unwrap()), "{}: {key}", template.file);
        }
    }
}

#[test]
fn everything_that_is_read_is_there_in_both_languages() {
    for Template { file, document } in templates() {
        let mut found = Vec::new();
        texts(&document, "", &mut found);
        for (place, text) in found {
            let [chinese, english] = LANGUAGES.map(|language| text[language].as_str().unwrap());
            assert!(!chinese.trim().is_empty() && !english.trim().is_empty(), "{file}: {place} is empty");
            let is_chinese = |sign: char| ('\u{4e00}'..='\u{9fff}').contains(&sign);
            assert!(!english.contains(is_chinese), "{file}: {place} has Chinese in its English: {english}");
        }
        let mut lacking = Vec::new();
        in_one_language(&document["board"], "board", &mut lacking);
        assert!(lacking.is_empty(), "{file}: in one language only: {lacking:?}");
    }
}

#[test]
fn both_languages_are_one_document() {
    for template in templates() {
        let [chinese, english] = LANGUAGES.map(|language| template.board(language));
        assert_eq!(without_texts(&chinese), without_texts(&english), "{}", template.file);
        for board in [chinese, english] {
            assert!(!board.title().is_empty());
            let again: Board = serde_json::from_str(&serde_json::to_string(&board).unwrap()).unwrap();
            assert_eq!(again, board, "{}", template.file);
        }
    }
}

#[test]
fn every_tile_asks_for_something_or_draws_no_numbers() {
    for template in templates() {
        let board = template.board("zh");
        for tile in board.tiles() {
            let is_something = match &tile.content {
                TileContent::Still(still) => !still.is_empty(),
                TileContent::Tabs { pages } | TileContent::Carousel { pages, .. } => {
                    !pages.all().is_empty() && pages.tiles().all(|tile| board.tile(tile).is_some())
                }
                TileContent::Scalar(_)
                | TileContent::Series(_)
                | TileContent::Category(_)
                | TileContent::Matrix(_)
                | TileContent::Pair(_)
                | TileContent::Points(_)
                | TileContent::Spread(_)
                | TileContent::Table(_)
                | TileContent::Geo(_)
                | TileContent::Sessions(_) => tile.content.query().is_some() && !tile.title.is_empty(),
            };
            assert!(is_something, "{}: {}", template.file, tile.id);
        }
    }
}

#[test]
fn no_tile_is_in_two_templates() {
    let boards: Vec<Board> = templates().iter().map(|template| template.board("zh")).collect();
    let ids: Vec<TileId> = boards.iter().flat_map(|board| board.tiles().iter().map(|tile| tile.id)).collect();
    assert_eq!(ids.iter().collect::<BTreeSet<_>>().len(), ids.len());
}

#[test]
fn desks_are_large_enough_for_what_stands_on_them_and_nothing_floats() {
    for template in templates() {
        let board = template.board("zh");
        for placed in board.desk().placed() {
            let tile = board.tile(placed.tile).unwrap();
            let least = tile.content.kind().least_size();
            let is_large = placed.rect.w() >= least.w && placed.rect.h() >= least.h;
            assert!(is_large, "{}: {} is too small", template.file, tile.title);
            let again = board.desk().remove(&[placed.tile]).place(placed.tile, placed.rect);
            assert_eq!(&again, board.desk(), "{}: {}", template.file, tile.title);
        }
        let first = board.desk().placed().iter().filter(|placed| placed.rect.bottom() <= FIRST_SCREEN).count();
        assert!(first >= 6, "{}: {first} tiles on the first screen", template.file);
    }
}

#[test]
fn phones_are_arranged_and_no_half_stands_alone() {
    for template in templates() {
        let board = template.board("zh");
        let phone = board.layouts().phone.as_ref().unwrap();
        let shown: Vec<CardWidth> = phone.cards().iter().filter(|card| !card.hidden).map(|card| card.width).collect();
        assert!(shown.len() >= 6, "{}", template.file);
        for run in shown.chunk_by(|one, next| one == next) {
            assert!(run.first() == Some(&CardWidth::Full) || run.len() % 2 == 0, "{}", template.file);
        }
    }
}

#[test]
fn walls_are_arranged_with_margins_and_nothing_covers_another() {
    for template in templates() {
        let board = template.board("zh");
        let wall = board.layouts().wall.as_ref().unwrap();
        let (size, shown): (_, Vec<_>) = (wall.size(), wall.frames().iter().filter(|frame| !frame.hidden).collect());
        assert!(shown.len() >= 6, "{}", template.file);
        for (index, frame) in shown.iter().enumerate() {
            let one = frame.rect;
            let is_across = one.x >= 32 && one.right() + 32 <= size.w();
            let is_down = one.y >= size.head_px() && one.bottom() + 32 <= size.h();
            assert!(is_across && is_down, "{}: {} is too near the edge", template.file, frame.tile);
            let is_apart = shown[index + 1..].iter().map(|other| other.rect).all(|other| {
                one.right() <= other.x || other.right() <= one.x || one.bottom() <= other.y || other.bottom() <= one.y
            });
            assert!(is_apart, "{}: {} covers another on the wall", template.file, frame.tile);
        }
    }
}

#[test]
fn every_tile_is_shown_somewhere() {
    for template in templates() {
        let board = template.board("zh");
        let (inside, phone, wall) = (contained(&board), board.phone(), board.wall());
        let is_shown = |tile: &Tile| {
            board.desk().rect(tile.id).is_some()
                || inside.contains(&tile.id)
                || phone.card(tile.id).is_some_and(|card| !card.hidden)
                || wall.frame(tile.id).is_some_and(|frame| !frame.hidden)
        };
        assert!(board.tiles().iter().all(is_shown), "{}", template.file);
    }
}
