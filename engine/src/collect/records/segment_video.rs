//! The tracks of Segment's video and commerce specifications.

use super::{
    Reason,
    fields::Draft,
    limits,
    segment::{cell, set_columns, text_of},
    value::Cell,
};
use crate::events::{PlayState, Text};
use serde_json::{Map, Value};
use std::ops::RangeInclusive;

/// The state that a track of the video specification begins. An advertisement is time in which the content stands still.
const VIDEO_STATES: [(&str, PlayState); 16] = [
    ("video playback started", PlayState::Asked),
    ("video content started", PlayState::Playing),
    ("video content playing", PlayState::Playing),
    ("video playback buffer started", PlayState::Stalled),
    ("video playback buffer completed", PlayState::Playing),
    ("video playback paused", PlayState::Paused),
    ("video playback resumed", PlayState::Playing),
    ("video playback seek started", PlayState::Seeking),
    ("video playback seek completed", PlayState::Playing),
    ("video playback completed", PlayState::Ended),
    ("video playback exited", PlayState::Quit),
    ("video playback interrupted", PlayState::Failed),
    ("video ad started", PlayState::Paused),
    ("video ad playing", PlayState::Paused),
    ("video ad skipped", PlayState::Paused),
    ("video ad completed", PlayState::Paused),
];

/// The status that a track of the commerce specification gives an order.
const ORDER_STATES: [(&str, &str); 4] = [
    ("order completed", "paid"),
    ("order updated", "updated"),
    ("order refunded", "refunded"),
    ("order cancelled", "cancelled"),
];

/// Reads the properties of a track, by the name of its event.
pub(super) fn set_track(draft: &mut Draft, name: &str, properties: &Map<String, Value>) -> Result<(), Reason> {
    let name = name.trim().to_ascii_lowercase();
    let mut rest = properties.clone();
    if let Some((_, status)) = ORDER_STATES.iter().find(|(known, _)| *known == name) {
        set_order(draft, status, properties, &mut rest)?;
    } else if name.starts_with("video ") {
        set_video(draft, &name, properties, &mut rest)?;
    }
    set_columns(draft, &rest, true);
    Ok(())
}

fn set_video(
    draft: &mut Draft,
    name: &str,
    properties: &Map<String, Value>,
    rest: &mut Map<String, Value>,
) -> Result<(), Reason> {
    let event = &mut draft.event;
    event.event_class = Some(Text::new_static("play"));
    event.play_state = VIDEO_STATES.iter().find(|(known, _)| *known == name).map(|(_, state)| *state);
    event.sid = text_of(properties, "session_id");
    event.content_id = text_of(properties, "asset_id")
        .or_else(|| text_of(properties, "content_asset_id"))
        .or_else(|| first_text(properties, "content_asset_ids"));
    event.channel_id = text_of(properties, "channel");
    // Players say what they like of a bitrate; a wrong one is no reason to lose the play.
    let bitrate = within("bitrate", cell(properties, "bitrate").number(), 1.0, &limits::BITRATE_KBPS);
    event.bitrate_kbps = bitrate.ok().flatten().and_then(|kbps| i32::try_from(kbps).ok());
    let dropped = within("droppedFrames", cell(properties, "droppedFrames").number(), 1.0, &limits::FRAMES);
    event.dropped_frames = dropped.ok().flatten();
    // Segment counts in seconds.
    event.position_ms = within("position", cell(properties, "position").number(), 1_000.0, &limits::POSITION_MS)?;
    event.content_len_ms =
        within("total_length", cell(properties, "total_length").number(), 1_000.0, &limits::POSITION_MS)?;
    event.seek_to_ms =
        within("seek_position", cell(properties, "seek_position").number(), 1_000.0, &limits::POSITION_MS)?;
    // A day alone does not say when on it.
    event.ts_released = cell(properties, "airdate").moment("airdate").ok().flatten();
    event.view_mode = properties
        .get("livestream")
        .and_then(Value::as_bool)
        .map(|live| Text::new_static(if live { "live" } else { "vod" }));
    if event.play_state == Some(PlayState::Failed) {
        event.error_class = Some(Text::new_static("playback"));
        event.error_code = text_of(properties, "method");
    }
    if event.ts_released.is_some() {
        rest.remove("airdate");
    }
    for consumed in [
        "session_id",
        "asset_id",
        "content_asset_id",
        "channel",
        "bitrate",
        "droppedFrames",
        "position",
        "total_length",
        "seek_position",
        "livestream",
    ] {
        rest.remove(consumed);
    }
    Ok(())
}

fn set_order(
    draft: &mut Draft,
    status: &'static str,
    properties: &Map<String, Value>,
    rest: &mut Map<String, Value>,
) -> Result<(), Reason> {
    let event = &mut draft.event;
    event.event_class = Some(Text::new_static("order"));
    event.order_status = Some(Text::new_static(status));
    let amount = |field| within(field, cell(properties, field).number(), 100.0, &limits::AMOUNT_FEN);
    event.amount_fen = match amount("revenue")? {
        Some(fen) => Some(fen),
        None => amount("total")?,
    };
    event.product_id = properties
        .get("products")
        .and_then(Value::as_array)
        .and_then(|products| products.first())
        .and_then(Value::as_object)
        .and_then(|product| text_of(product, "product_id"));
    for consumed in ["revenue", "total"] {
        rest.remove(consumed);
    }
    Ok(())
}

/// A property in the unit of its column, of which it holds so many.
fn within(field: &str, number: Option<f64>, times: f64, bounds: &RangeInclusive<i64>) -> Result<Option<i64>, Reason> {
    let Some(number) = number else { return Ok(None) };
    // Compared as floats: a cast would bring whatever is too large back to the end of 64 bits.
    let scaled = (number * times).round();
    if (*bounds.start() as f64..=*bounds.end() as f64).contains(&scaled) {
        return Ok(Some(scaled as i64));
    }
    let (first, last) = (*bounds.start() as f64 / times, *bounds.end() as f64 / times);
    Err(Reason::of_field(field, format!("{number} is not between {first} and {last}")))
}

fn first_text(properties: &Map<String, Value>, name: &str) -> Option<Text> {
    Cell::from(properties.get(name)?.as_array()?.first()?).text(name).ok().flatten()
}
