//! The events of the sessions that a batch speaks of.

use super::{
    columns::{maybe_moment, maybe_text, moment, organisation, text, word},
    lookup::{FoundView, REACH_MS},
    write::List,
};
use crate::{
    events::{EngineError, Event, Transaction},
    facts::{
        audience::{FoundSession, SessionKey},
        session::{MOST_EVENTS, SessionEvent},
    },
};
use ::duckdb::params;
use std::collections::BTreeMap;

/// The events of views, view by view, no more of each than have room in a session.
pub(super) fn sessions_of(
    transaction: &Transaction<'_>,
    views: BTreeMap<SessionKey, FoundView>,
) -> Result<Vec<FoundSession>, EngineError> {
    let ids = List::of(views.keys());
    let first_ms = views.values().map(|view| view.start_ms).min();
    // What came after the end of a session changed nothing, but may say who watched.
    let last_ms = views.values().map(|view| view.end_ms.saturating_add(REACH_MS)).max();
    let mut sessions: BTreeMap<SessionKey, FoundSession> = views
        .into_iter()
        .map(|(key, view)| {
            let FoundView { closed, start_ms, .. } = view;
            (key.clone(), FoundSession { key, closed, start_ms, events: Vec::new() })
        })
        .collect();
    let mut statement = transaction.connection().prepare_cached(&format!(
        "with wanted as (
             select cast(unnest(string_split($1, chr(30))) as integer) as org, unnest(string_split($2, chr(30))) as sid
         ), crowded as (
             select event.org, event.sid from event
             semi join wanted on wanted.org = event.org and wanted.sid = event.sid
             where ts_event between $3 and $4 group by event.org, event.sid having count(*) > {MOST_EVENTS}
         ), placed as (
             select event.org, event.sid, ts_event,
                 row_number() over (partition by event.org, event.sid order by ts_event) as place
             from event semi join crowded on crowded.org = event.org and crowded.sid = event.sid
             where ts_event between $3 and $4
         ), reach as (
             select org, sid, max(ts_event) as until_ms from placed where place <= {MOST_EVENTS} group by org, sid
         )
         select event.org, event.sid, event_id, ts_event, ts_received, ts_broadcast, play_state, household_id, user_id, device_id,
             province, isp, platform, app_version, cdn_vendor, channel_id, content_id, genre, view_mode, error_class,
             simulated, bitrate_kbps, position_ms, cp_id, content_len_ms, cdn_node,
             dropped_frames, rendered_frames, live_latency_ms, ts_released
         from event
         semi join wanted on wanted.org = event.org and wanted.sid = event.sid
         left join reach on reach.org = event.org and reach.sid = event.sid
         where ts_event between $3 and $4 and (until_ms is null or ts_event <= until_ms)"
    ))?;
    let mut rows = statement.query(params![ids.organisations, ids.texts, first_ms, last_ms])?;
    while let Some(row) = rows.next()? {
        let key = (organisation(row, 0)?, text(row, 1)?);
        let mut event = Event::new(text(row, 2)?, moment(row, 3)?);
        event.ts_received = moment(row, 4)?;
        event.ts_broadcast = maybe_moment(row, 5)?;
        event.play_state = word(row, 6)?;
        event.household_id = maybe_text(row, 7)?;
        event.user_id = maybe_text(row, 8)?;
        event.device_id = maybe_text(row, 9)?;
        event.province = word(row, 10)?;
        event.isp = maybe_text(row, 11)?;
        event.platform = maybe_text(row, 12)?;
        event.app_version = maybe_text(row, 13)?;
        event.cdn_vendor = maybe_text(row, 14)?;
        event.channel_id = maybe_text(row, 15)?;
        event.content_id = maybe_text(row, 16)?;
        event.genre = maybe_text(row, 17)?;
        event.view_mode = maybe_text(row, 18)?;
        event.error_class = maybe_text(row, 19)?;
        event.simulated = row.get(20)?;
        event.bitrate_kbps = row.get(21)?;
        event.position_ms = row.get(22)?;
        event.cp_id = maybe_text(row, 23)?;
        event.content_len_ms = row.get(24)?;
        event.cdn_node = maybe_text(row, 25)?;
        event.dropped_frames = row.get(26)?;
        event.rendered_frames = row.get(27)?;
        event.live_latency_ms = row.get(28)?;
        event.ts_released = maybe_moment(row, 29)?;
        if let Some(session) = sessions.get_mut(&key) {
            session.events.push(SessionEvent::of(&event));
        }
    }
    Ok(sessions.into_values().collect())
}
