//! Jumps within a title: which piece they leave and which one they land in.

use crate::events::{Event, PlayState, Text, fact_rows::SeekRow};

/// Pieces of a title are so long.
const PIECE_MS: i64 = 5_000;

/// The jump that an event tells of: one that says where it leaves and where it lands. A player that repeats the state says so once.
pub(crate) fn seek(event: &Event) -> Option<SeekRow> {
    if event.play_state != Some(PlayState::Seeking) {
        return None;
    }
    let (from_ms, to_ms) = (event.position_ms?, event.seek_to_ms?);
    Some(SeekRow {
        org: event.org,
        sid: event.sid.clone(),
        household: event.household.clone(),
        province: event.province,
        isp: event.isp.clone(),
        platform: event.platform.clone(),
        channel_id: event.channel_id.clone(),
        content_id: event.content_id.clone(),
        view_mode: event.view_mode.clone(),
        from_piece: piece(from_ms),
        to_piece: piece(to_ms),
        way: Text::new_static(if to_ms < from_ms { "back" } else { "forward" }),
        ts_ms: event.ts_event,
        day: event.day,
        received_ms: event.ts_received,
        simulated: event.simulated,
    })
}

fn piece(position_ms: i64) -> i32 {
    i32::try_from(position_ms.div_euclid(PIECE_MS)).unwrap_or(i32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use model::time::Timestamp;

    fn jump(from_ms: Option<i64>, to_ms: Option<i64>) -> Option<SeekRow> {
        let (play_state, position_ms, seek_to_ms) = (Some(PlayState::Seeking), from_ms, to_ms);
        seek(&Event { play_state, position_ms, seek_to_ms, ..Event::new("1", Timestamp::from_millis(0)) })
    }

    #[test]
    fn a_jump_leaves_one_piece_and_lands_in_another() {
        let told = |from_ms, to_ms| {
            let row = jump(Some(from_ms), Some(to_ms)).unwrap();
            (row.from_piece, row.to_piece, row.way.to_string())
        };
        assert_eq!(told(4_999, 300_000), (0, 60, "forward".to_owned()));
        assert_eq!(told(300_000, 5_000), (60, 1, "back".to_owned()));
        assert_eq!(told(1_000_000_000_000, 0).0, 200_000_000, "the longest title there may be");
    }

    #[test]
    fn what_does_not_say_from_where_to_where_is_none() {
        assert!(jump(Some(1), None).is_none() && jump(None, Some(1)).is_none());
        let playing = Event {
            play_state: Some(PlayState::Playing),
            position_ms: Some(1),
            seek_to_ms: Some(9),
            ..Event::new("1", Timestamp::from_millis(0))
        };
        assert!(seek(&playing).is_none());
    }
}
