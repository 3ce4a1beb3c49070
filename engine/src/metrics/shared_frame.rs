//! An answer that many look at.

use model::frame::Frame;
use serde::{Serialize, Serializer, ser::Error};
use serde_json::value::{RawValue, to_raw_value};
use std::{
    ops::Deref,
    sync::{Arc, OnceLock},
};

/// A frame and, once somebody has asked for it, its JSON. Cheap to clone; written once, however often it is sent.
///
/// It can be written by `serde_json` only.
#[derive(Debug, Clone)]
pub struct SharedFrame {
    parts: Arc<Parts>,
}

#[derive(Debug)]
struct Parts {
    frame: Frame,
    json: OnceLock<Box<RawValue>>,
}

impl From<Frame> for SharedFrame {
    fn from(frame: Frame) -> Self {
        Self { parts: Arc::new(Parts { frame, json: OnceLock::new() }) }
    }
}

impl SharedFrame {
    /// The frame itself; copied where others look at it too.
    pub fn into_frame(self) -> Frame {
        Arc::try_unwrap(self.parts).map_or_else(|shared| shared.frame.clone(), |parts| parts.frame)
    }
}

impl Deref for SharedFrame {
    type Target = Frame;

    fn deref(&self) -> &Frame {
        &self.parts.frame
    }
}

impl PartialEq for SharedFrame {
    fn eq(&self, other: &Self) -> bool {
        self.parts.frame == other.parts.frame
    }
}

impl Serialize for SharedFrame {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Parts { frame, json } = &*self.parts;
        let json = if let Some(json) = json.get() {
            json
        } else {
            let written = to_raw_value(frame).map_err(S::Error::custom)?;
            json.get_or_init(|| written)
        };
        json.serialize(serializer)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use model::frame::{Cell, Column, ColumnKind, FrameState};

    #[test]
    fn it_is_written_as_the_frame_is() {
        let frame = Frame {
            columns: vec![
                Column::new("channel", ColumnKind::Dimension),
                Column::new("tv.rating_pct", ColumnKind::Number),
            ],
            rows: vec![
                vec![Cell::Text("line\nbreak “C”".to_owned()), Cell::Number(0.1)],
                vec![Cell::Null, Cell::Integer(3)],
            ],
            as_of: None,
            etag: "e".to_owned(),
            simulated: true,
            state: FrameState::Ready,
            warnings: Vec::new(),
        };
        let shared = SharedFrame::from(frame.clone());
        for _ in 0..2 {
            assert_eq!(serde_json::to_string(&[&shared]).unwrap(), serde_json::to_string(&[&frame]).unwrap());
        }
    }
}
