use super::*;
use crate::{
    board::{ComponentKind, Tile, TileId, Title},
    layout::{GridRect, Placed},
};
use proptest::prelude::*;
use serde_json::Value;

fn json() -> impl Strategy<Value = Value> {
    let text =
        prop::sample::select(vec!["", "甲乙", "a\"b", "\\", "{", "],", ":", "\u{0}\n", "a long one, of some words"]);
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i32>().prop_map(Value::from),
        text.clone().prop_map(Value::from),
    ];
    leaf.prop_recursive(4, 60, 6, move |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..6).prop_map(Value::from),
            prop::collection::btree_map(text.clone().prop_map(str::to_owned), inner, 0..6)
                .prop_map(|members| Value::Object(members.into_iter().collect())),
        ]
    })
}

proptest! {
    #[test]
    fn spread_json_is_the_same_json(value in json()) {
        let spread = spread::over_lines(&value.to_string());
        prop_assert_eq!(serde_json::from_str::<Value>(&spread).unwrap(), value);
        prop_assert!(spread.lines().all(|line| line == line.trim_end()));
    }
}

fn board() -> Board {
    (1..6).fold(Board::titled(Title::parse("日报").unwrap()), |board, number| {
        let title = Title::parse(&format!("甲{number}")).unwrap();
        let tile = Tile::new(TileId::from_u128(number), title, ComponentKind::Kpi.blank());
        board.apply(&board.adding(tile, None)).unwrap().board
    })
}

#[test]
fn a_file_is_read_as_it_was_written() {
    let file = BoardFile::of(BoardId::from_u128(7), board());
    let text = file.write();
    assert_eq!(serde_json::from_str::<BoardFile>(&text).unwrap(), file);
    assert!(text.starts_with("{\n  \"$schema\": \"./board.schema.json\",\n  \"id\": \"00000000-"), "{text}");
    assert!(text.ends_with("}\n"));
    let unknown = text.replacen("\"id\"", "\"ids\"", 1);
    assert!(serde_json::from_str::<BoardFile>(&unknown).unwrap_err().to_string().contains("unknown field `ids`"));
}

#[test]
fn a_moved_tile_is_one_line_of_a_review() {
    let before = board();
    let target = Placed { tile: TileId::from_u128(5), rect: GridRect::clamped(6, 3, 3, 3) };
    let after = before.apply(&before.placing(&[target])).unwrap().board;
    let text = |board: Board| BoardFile::of(BoardId::from_u128(7), board).write();
    let (before, after) = (text(before), text(after));
    let changed = before.lines().zip(after.lines()).filter(|(one, other)| one != other).count();
    assert_eq!((before.lines().count(), changed), (after.lines().count(), 1), "{after}");
}
