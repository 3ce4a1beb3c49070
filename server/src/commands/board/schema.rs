//! `lingdong board schema`.

#[cfg(test)]
mod checked;

pub(super) fn run() {
    print!("{}", model::schema::board_file());
}

#[cfg(test)]
mod tests {
    use super::checked::Checked;
    use model::board::{Board, BoardFile, BoardId, Operation};
    use serde_json::{Value, json};

    const PUBLISHED: &str = include_str!("../../../../docs/board.schema.json");

    fn schema() -> Value {
        serde_json::from_str(&model::schema::board_file()).unwrap()
    }

    fn problems(file: &Value) -> Vec<String> {
        Checked::by(&schema()).problems(file)
    }

    /// A board with all that a board can have.
    fn whole() -> Value {
        let document = include_str!("../../demo/boards/rating.json");
        let mut document: Value = serde_json::from_str(document).unwrap();
        let tile = |number: u8, content: Value| {
            json!({
                "id": format!("02000000-0000-7000-8000-0000000000{number}"), "content": content, "locked": true,
                "group": "02000000-0000-7000-8000-0000000000ff",
            })
        };
        let metric = json!({"id": "qoe.startup_s", "stat": "p95", "profile": "cta2066"});
        let fixed = json!({"from": "2026-01-01T00:00:00Z", "to": "2026-02-01T00:00:00Z"});
        let more = [
            tile(21, json!({"component": "text", "text": "说明"})),
            tile(
                22,
                json!({"component": "province_map", "binding": {
                    "metric": metric, "by": "province", "time": "today", "where": [{"dim": "isp", "not_in": [null, "电信"]}],
                }}),
            ),
            tile(
                23,
                json!({"component": "table", "binding": {
                    "metric": metric, "by": ["province"], "grain": "day", "time": fixed, "compare": "year", "limit": 10,
                }}),
            ),
            tile(24, json!({"component": "kpi", "binding": null})),
            tile(25, json!({"component": "filter", "about": "time", "display": "segments"})),
        ];
        document["tiles"].as_array_mut().unwrap().extend(more);
        document["tiles"][0]["ignores"] = json!(["time", "province"]);
        document["tiles"][0]["opens"] = json!("02000000-0000-7000-8000-0000000000fe");
        document["theme"] = json!("02000000-0000-7000-8000-0000000000fd");
        document["filters"] = json!([
            {"filter": "time", "usual": {"last": "7d"}},
            {"filter": "compare", "usual": "week"},
            {"filter": "values", "dim": "isp", "usual": [null]},
        ]);
        let board: Board = serde_json::from_value(document).unwrap();
        let arranged = |board: &Board, operation: Operation| board.apply(&operation).unwrap().board;
        let phone = Operation::ArrangePhone { tiles: Vec::new(), phone: Some(board.phone()) };
        let wall = Operation::ArrangeWall { tiles: Vec::new(), wall: Some(board.wall()) };
        let board = arranged(&arranged(&board, phone), wall);
        serde_json::to_value(BoardFile::of(BoardId::from_u128(7), board)).unwrap()
    }

    #[test]
    fn the_published_schema_is_the_one_that_is_printed() {
        let printed = model::schema::board_file();
        assert!(PUBLISHED == printed, "write it anew: lingdong board schema > docs/board.schema.json");
    }

    #[test]
    fn boards_keep_to_it() {
        assert_eq!(problems(&whole()), [] as [&str; 0]);
        let bare = serde_json::to_value(BoardFile::of(BoardId::from_u128(7), Board::default())).unwrap();
        assert_eq!(problems(&bare), [] as [&str; 0], "what may be left out is not asked for");
        for document in
            [include_str!("../../demo/boards/rating.json"), include_str!("../../demo/boards/national-operation.json")]
        {
            let board: Board = serde_json::from_str(document).unwrap();
            let file = serde_json::to_value(BoardFile::of(BoardId::from_u128(7), board)).unwrap();
            assert_eq!(problems(&file), [] as [&str; 0]);
        }
    }

    #[test]
    fn what_is_no_board_does_not() {
        for (pointer, value) in [
            ("/board", json!(null)),
            ("/ids", json!("x")),
            ("/board/titel", json!("x")),
            ("/board/theme", json!("pink")),
            ("/board/title", json!("长".repeat(121))),
            ("/board/filters/0/filter", json!("sql")),
            ("/board/tiles/0/ignores", json!("time")),
            ("/board/tiles/0/colour", json!("red")),
            ("/board/tiles/0/content/component", json!("pie")),
            ("/board/tiles/0/content/binding/time", json!("someday")),
            ("/board/tiles/0/content/binding/time/first", json!("1h")),
            ("/board/tiles/0/content/binding/split", json!("province")),
            ("/board/tiles/1/content/binding/where/0/not_in", json!(["CCTV-2"])),
            ("/board/tiles/4/content/binding/grain", json!("second")),
            ("/board/desk/0/rect/w", json!(13)),
            ("/board/phone/0/width", json!("third")),
            ("/board/wall/size/w", json!(10)),
        ] {
            let mut file = whole();
            let (parent, key) = pointer.rsplit_once('/').unwrap();
            file.pointer_mut(parent).unwrap()[key] = value;
            assert!(!problems(&file).is_empty(), "{pointer}");
            assert!(serde_json::from_value::<BoardFile>(file).is_err(), "{pointer}: the types must refuse it too");
        }
    }
}
