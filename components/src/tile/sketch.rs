//! What of a tile its numbers are drawn by.

use super::{card::grain_of, figure::compare_of};
use model::{
    board::{ComponentKind, Look, TileContent},
    time::{Compare, Grain},
};
use serde::{Deserialize, Serialize};

/// What of a tile its numbers are drawn by: whoever only keeps a page new needs to know no more of a board, and so loads no
/// code that reads one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sketch {
    pub kind: ComponentKind,
    #[serde(default, skip_serializing_if = "Look::is_plain")]
    pub look: Look,
    /// The step of its time axis, where it has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub grain: Option<Grain>,
    /// What its number is compared with.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub compare: Option<Compare>,
}

impl Sketch {
    pub fn of(content: &TileContent) -> Self {
        Self {
            kind: content.kind(),
            look: content.look().cloned().unwrap_or_default(),
            grain: grain_of(content),
            compare: compare_of(content),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_carries_it_whole() {
        for kind in ComponentKind::ALL {
            let sketch = Sketch::of(&kind.blank());
            assert_eq!(sketch.kind, kind);
            let carried = serde_json::to_string(&sketch).unwrap();
            assert_eq!(serde_json::from_str::<Sketch>(&carried).unwrap(), sketch, "{carried}");
        }
        let look = Look { decimals: Some(2), ..Look::default() };
        let sketch = Sketch { kind: ComponentKind::Kpi, look, grain: Some(Grain::Hour), compare: None };
        let carried = serde_json::to_string(&sketch).unwrap();
        assert_eq!(carried, r#"{"kind":"kpi","look":{"decimals":2},"grain":"hour"}"#);
        assert_eq!(serde_json::from_str::<Sketch>(&carried).unwrap(), sketch);
    }
}
