//! Boards to publish in a world.

use model::board::Board;
use serde_json::json;

/// Everything that a world holds.
pub(crate) fn plays_by_content_and_province() -> Board {
    let tile = "00000000-0000-7000-8000-000000000001";
    serde_json::from_value(json!({
        "title": "Plays",
        "tiles": [{"id": tile, "content": {"component": "table", "binding": {
            "metric": "content.plays", "by": ["content", "province"], "time": {"last": "24h"}, "limit": 100,
        }}}],
        "desk": [{"tile": tile, "rect": {"x": 0, "y": 0, "w": 6, "h": 7}}],
    }))
    .unwrap()
}

/// A board of so many figures, twelve in a row.
pub(crate) fn many_figures(count: usize) -> Board {
    let id = |number: usize| format!("00000000-0000-7000-8000-{number:012}");
    let tile = |number: usize| {
        json!({"id": id(number), "content": {"component": "kpi", "binding": {
            "metric": "content.plays", "time": {"last": format!("{}h", number + 1)},
        }}})
    };
    let place =
        |number: usize| json!({"tile": id(number), "rect": {"x": number % 12, "y": number / 12, "w": 1, "h": 1}});
    serde_json::from_value(json!({
        "title": "Figures",
        "tiles": (0..count).map(tile).collect::<Vec<_>>(),
        "desk": (0..count).map(place).collect::<Vec<_>>(),
    }))
    .unwrap()
}
