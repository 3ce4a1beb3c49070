use super::*;
use serde_json::{Value, json};

const TILE: &str = "00000000-0000-7000-8000-000000000001";
const OTHER: &str = "00000000-0000-7000-8000-000000000002";

fn lint_bytes(bytes: &[u8]) -> Linted {
    lint(bytes, &Catalogue::shipped().unwrap(), Timestamp::from_millis(1_763_611_200_000), Calendar::CHINA)
}

fn findings(text: &str) -> Vec<String> {
    lint_bytes(text.as_bytes()).findings.iter().map(ToString::to_string).collect()
}

/// The one finding about a file.
fn finding(text: &str) -> String {
    let found = findings(text);
    assert_eq!(found.len(), 1, "{found:#?}");
    found[0].clone()
}

fn sound() -> Value {
    let place = |tile, x| json!({"tile": tile, "rect": {"x": x, "y": 0, "w": 6, "h": 6}});
    json!({
        "$schema": "./board.schema.json",
        "id": "00000000-0000-7000-8000-0000000000ff",
        "board": {
            "title": "日报",
            "tiles": [
                {"id": TILE, "title": "播放", "content": {"component": "kpi", "binding": {
                    "metric": "content.plays", "where": [{"dim": "province", "in": ["ZJ"]}], "time": {"last": "24h"},
                }}},
                {"id": OTHER, "title": "说明", "content": {"component": "text", "text": "每天更新"}},
            ],
            "desk": [place(TILE, 0), place(OTHER, 6)],
        },
    })
}

/// The sound file with something else at a place of it.
fn with(pointer: &str, value: Value) -> String {
    let mut file = sound();
    let (parent, key) = pointer.rsplit_once('/').unwrap();
    let parent = file.pointer_mut(parent).unwrap();
    match key.parse::<usize>() {
        Ok(index) => parent[index] = value,
        Err(_) => parent[key] = value,
    }
    file.to_string()
}

fn wall(tile: &str, x: u16) -> Value {
    let frame = json!({"tile": tile, "rect": {"x": x, "y": 0, "w": 100, "h": 100}});
    json!({"size": {"w": 1920, "h": 1080}, "frames": [frame]})
}

#[test]
fn a_sound_file_is_let_through() {
    let linted = lint_bytes(sound().to_string().as_bytes());
    assert_eq!(linted.findings, []);
    assert_eq!(linted.file.unwrap().board.tiles().len(), 2);
    let marked = format!("\u{feff}{}", sound());
    assert_eq!(findings(&marked), [] as [&str; 0]);
}

#[test]
fn a_tile_that_leads_to_its_own_board_is_told() {
    let itself = with("/board/tiles/0/opens", json!("00000000-0000-7000-8000-0000000000ff"));
    let told = finding(&itself);
    assert!(told.contains("warning: tile “播放”") && told.contains("leads to the board it stands on"), "{told}");
    assert_eq!(findings(&with("/board/tiles/0/opens", json!(OTHER))), [] as [&str; 0]);
}

#[test]
fn what_stands_in_a_container_stands_there_only() {
    let container = |pages: Value| json!({"id": OTHER, "content": {"component": "tabs", "pages": pages}});
    let with_pages = |pages: Value| with("/board/tiles/1", container(pages));
    let twice = finding(&with_pages(json!([{"tiles": [TILE]}])));
    assert!(twice.contains("stands in a container") && twice.contains("“播放”"), "{twice}");
    let mut file: Value = serde_json::from_str(&with_pages(json!([{"title": "甲", "tiles": [TILE]}]))).unwrap();
    file["board"]["desk"].as_array_mut().unwrap().remove(0);
    let linted = lint_bytes(file.to_string().as_bytes());
    assert_eq!(linted.findings, []);
    assert_eq!(linted.file.unwrap().board.inside(OTHER.parse().unwrap()), [TILE.parse().unwrap()]);
    file["board"]["phone"] = json!([{"tile": OTHER, "width": "full", "rows": 7}]);
    assert_eq!(findings(&file.to_string()), [] as [&str; 0], "an arranged phone needs no place for it");

    assert!(findings(&with_pages(json!([]))).concat().contains("nothing stands in the container"));
    let nested = findings(&with_pages(json!([{"tiles": [OTHER]}]))).concat();
    assert!(nested.contains("is a container itself"), "{nested}");
    let stranger = findings(&with_pages(json!([{"tiles": ["00000000-0000-7000-8000-000000000009"]}]))).concat();
    assert!(stranger.contains("warning") && stranger.contains("readers see a page without it"), "{stranger}");
    let doubled = findings(&with_pages(json!([{"tiles": [TILE, TILE]}]))).concat();
    assert!(doubled.contains("on two pages"), "{doubled}");
}

#[test]
fn what_is_no_board_says_what_was_expected() {
    assert!(finding("").contains("the file is empty"));
    assert!(finding(" \n ").contains("the file is empty"));
    assert!(finding("hello").starts_with("1:1: error: this is no JSON"));
    assert!(finding("{\n  \"board\": {\n    \"标题\": 1,}\n}").starts_with("3:"), "{:?}", findings("{\n\"标题\": 1,}"));
    assert!(finding("[]").contains("this is no object: expected a board"));
    assert!(finding("{}").contains("“board” is missing"));
    assert!(finding(&sound()["board"].to_string()).contains("put it under the key “board”"));
    let latin = lint_bytes(b"{\"board\": \"\xe9\"}");
    assert!(latin.findings[0].message.contains("no UTF-8 text from its byte 11"));
}

#[test]
fn what_can_not_be_read_says_which_field_and_what_was_expected() {
    for (pointer, value, path, words) in [
        ("/id", json!("nonsense"), "[id]", "as `lingdong board list` prints it"),
        ("/ids", json!(1), "[ids]", "expected “$schema”, “id” and “board”"),
        ("/board/titel", json!("x"), "[board.titel]", "unknown field `titel`"),
        ("/board/title", json!("长".repeat(121)), "[board.title]", "at most 120"),
        ("/board/tiles/0/colour", json!("red"), "[board.tiles[0].colour]", "unknown field `colour`"),
        ("/board/tiles/0/id", json!(OTHER), "[board.tiles[1]]", "another tile has the same id"),
        ("/board/tiles/0/content/component", json!("liquid"), "content.component]", "unknown variant `liquid`"),
        ("/board/tiles/0/content/component", json!("script"), "content.component]", "expected one of `kpi`"),
        ("/board/tiles/0/content/binding/time", json!("someday"), "content.binding.time]", "expected {\"last\""),
        ("/board/tiles/0/content/binding/split", json!("province"), "content]", "unknown field `split`"),
        ("/board/tiles/0/content/binding/where/0/dim", json!("P;--"), "where[0].dim]", "can't be an id"),
        (
            "/board/filters",
            json!([{"filter": "values", "dim": "provinse"}]),
            "[board.filters[0]]",
            "did you mean province",
        ),
        ("/board/filters", json!([{"filter": "sql"}, {"filter": "time"}]), "board.filters[0]", "unknown variant `sql`"),
        ("/board/filters", json!([{"filter": "time"}, {"filter": "time"}]), "[board.filters]", "“time” already"),
        ("/board/tiles/0/ignores", json!(["TIME"]), "[board.tiles[0].ignores]", "can't be an id"),
        ("/board/phone", json!([{"tile": TILE, "width": "half", "rows": 61}]), "[board.phone[0]]", "61 rows high"),
        ("/board/wall", wall(TILE, 1900), "[board.wall.frames[0]]", "leaves the wall"),
        ("/board/tiles/1/content/text", json!("a\u{0}"), "content.text]", "U+0000"),
    ] {
        let found = findings(&with(pointer, value));
        assert!(found.iter().any(|one| one.contains(path) && one.contains(words)), "{pointer}: {found:#?}");
    }
}

#[test]
fn ten_megabytes_of_text_are_told_in_a_line() {
    let text = with("/board/tiles/1/content/text", json!("长".repeat(10 * 1024 * 1024 / 3)));
    let found = finding(&text);
    assert!(found.contains("at most 20000 are kept") && found.len() < 300, "{}", found.len());
    let endless = with("/board/desk", json!(vec![1; 1_000_000]));
    assert!(findings(&endless).len() < 500);
}

#[test]
fn a_tile_for_a_filter_that_the_board_has_not_is_told() {
    let filter = |about: Value| json!({"id": OTHER, "content": {"component": "filter", "about": about}});
    let with_filter = |about: Value, filters: Value| {
        let mut file: Value = serde_json::from_str(&with("/board/tiles/1", filter(about))).unwrap();
        file["board"]["filters"] = filters;
        file.to_string()
    };
    let province = json!([{"filter": "values", "dim": "province"}]);
    assert_eq!(findings(&with_filter(json!("province"), province.clone())), [] as [&str; 0]);
    let told = finding(&with_filter(json!("time"), province.clone()));
    assert!(told.contains("warning") && told.contains("“time” is none of the board's filters"), "{told}");
    assert!(told.contains("[board.tiles[1].content.about]"), "{told}");
    assert!(finding(&with_filter(Value::Null, province.clone())).contains("nothing is in the tile yet"));
    assert!(findings(&with_filter(json!("P;--"), province)).concat().contains("can't be an id"));
}

#[test]
fn a_metric_that_is_no_longer_there_is_told_with_those_near_it() {
    let found = finding(&with("/board/tiles/0/content/binding/metric", json!("content.plais")));
    assert!(found.contains("tile “播放”") && found.contains("did you mean content.plays"), "{found}");
    let found = finding(&with("/board/tiles/0/content/binding/where/0/dim", json!("programme")));
    assert!(found.contains("It may be split by"), "{found}");
}

#[test]
fn a_metric_that_an_organisation_adds_itself_is_no_mistake() {
    let text = with("/board/tiles/0/content/binding/metric", json!("own.play_success"));
    let linted = lint_bytes(text.as_bytes());
    assert_eq!((linted.errors(), linted.warnings()), (0, 1), "{:#?}", linted.findings);
    assert!(linted.file.is_some());
}

#[test]
fn scripts_are_text_like_any_other() {
    let script = "<script>alert(1)</script>";
    let text = with("/board/tiles/1/content/text", json!(script)).replace("播放", script);
    let linted = lint_bytes(text.as_bytes());
    assert_eq!(linted.findings, []);
    let board = linted.file.unwrap().board;
    assert_eq!(board.tiles()[0].title.as_str(), script);
}

#[test]
fn empty_tiles_are_warned_of_and_let_through() {
    let mut file = sound();
    file["board"]["tiles"][0]["content"] = json!({"component": "kpi"});
    file["board"]["desk"] = json!([{"tile": TILE, "rect": {"x": 0, "y": 0, "w": 6, "h": 6}}]);
    let linted = lint_bytes(file.to_string().as_bytes());
    assert_eq!((linted.errors(), linted.warnings()), (0, 2), "{:#?}", linted.findings);
    assert!(linted.file.is_some());
    let told: Vec<String> = linted.findings.iter().map(ToString::to_string).collect();
    assert!(told[0].contains("bound to nothing") && told[1].contains("shown nowhere"), "{told:#?}");
}

/// One file with many mistakes: each is told, with its place.
#[test]
fn all_findings_are_told() {
    let text = include_str!("tests/many_mistakes.json");
    insta::assert_snapshot!(findings(text).join("\n"));
    let json = serde_json::to_value(&lint_bytes(text.as_bytes()).findings[1]).unwrap();
    let keys: Vec<&str> = json.as_object().unwrap().keys().map(String::as_str).collect();
    assert_eq!(keys, ["column", "line", "message", "path", "rule", "severity", "tile"]);
}
