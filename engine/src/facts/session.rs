//! The events of one play session become one view.
//!
//! What lies between two states is time in the first one. Events are put in the order of their clock, whatever the
//! order they arrive in, so a late one gives the same view as one in time.

use super::{
    FactSettings, mux,
    picture::Picture,
    progress, quality,
    timeline::{self, SessionSpan, state_of},
};
use crate::events::{
    Event, PlayState, Text,
    fact_rows::{QualityMinuteRow, ViewRow},
    log_bucket,
};
use model::{
    access::OrganisationId,
    geo::Province,
    metric::SessionState,
    time::{Calendar, Day, Timestamp},
};
use rustc_hash::FxHasher;
use std::{
    hash::{Hash, Hasher},
    sync::Arc,
};

/// From the release of a title on.
const FIRST_DAY_MS: i64 = 24 * 3_600_000;

/// What an event says about its session besides state and time. Events in a row mostly share one.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub(crate) struct Attributes {
    pub household_id: Option<Text>,
    pub user_id: Option<Text>,
    pub device_id: Option<Text>,
    pub province: Option<Province>,
    pub isp: Option<Text>,
    pub platform: Option<Text>,
    pub app_version: Option<Text>,
    pub cdn_vendor: Option<Text>,
    pub cdn_node: Option<Text>,
    pub channel_id: Option<Text>,
    pub content_id: Option<Text>,
    pub genre: Option<Text>,
    pub view_mode: Option<Text>,
    pub error_class: Option<Text>,
    pub cp_id: Option<Text>,
    pub content_len_ms: Option<i64>,
    pub released_ms: Option<i64>,
    pub simulated: bool,
}

/// One event of a session. The order of the fields is the order of events: of two at the same moment, the later state
/// of a session's usual course is the later one.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct SessionEvent {
    pub at_ms: i64,
    pub state: Option<PlayState>,
    /// Tells events of the same moment and state apart.
    pub identity: u64,
    /// How much later the picture was on air than it was watched; negative for the past.
    pub broadcast_shift_ms: Option<i64>,
    pub received_ms: i64,
    /// From here on, until another one is told.
    pub bitrate_kbps: Option<i32>,
    /// Where in the content it is.
    pub position_ms: Option<i64>,
    /// How many frames were lost and shown so far.
    pub dropped_frames: Option<i64>,
    pub rendered_frames: Option<i64>,
    /// How far behind the broadcast it is, until something else is told.
    pub live_latency_ms: Option<i32>,
    pub attributes: Arc<Attributes>,
}

impl SessionEvent {
    pub(crate) fn of(event: &Event) -> Self {
        let mut hasher = FxHasher::default();
        event.event_id.hash(&mut hasher);
        Self {
            at_ms: event.ts_event.millis(),
            state: event.play_state,
            identity: hasher.finish(),
            broadcast_shift_ms: event.ts_broadcast.map(|on_air| on_air.millis_since(event.ts_event)),
            received_ms: event.ts_received.millis(),
            bitrate_kbps: event.bitrate_kbps,
            position_ms: event.position_ms,
            dropped_frames: event.dropped_frames,
            rendered_frames: event.rendered_frames,
            live_latency_ms: event.live_latency_ms,
            attributes: Arc::new(Attributes {
                household_id: event.household_id.clone(),
                user_id: event.user_id.clone(),
                device_id: event.device_id.clone(),
                province: event.province,
                isp: event.isp.clone(),
                platform: event.platform.clone(),
                app_version: event.app_version.clone(),
                cdn_vendor: event.cdn_vendor.clone(),
                cdn_node: event.cdn_node.clone(),
                channel_id: event.channel_id.clone(),
                content_id: event.content_id.clone(),
                genre: event.genre.clone(),
                view_mode: event.view_mode.clone(),
                error_class: event.error_class.clone(),
                cp_id: event.cp_id.clone(),
                content_len_ms: event.content_len_ms,
                released_ms: event.ts_released.map(Timestamp::millis),
                simulated: event.simulated,
            }),
        }
    }
}

/// The most events that make a session: a beat every ten seconds for two days. A player that sends the same `sid` for all
/// its viewers (“undefined”) would otherwise make one session that never ends, and costs more with each batch.
pub(crate) const MOST_EVENTS: usize = 20_000;

/// The events of one `sid` so far; of more than [`MOST_EVENTS`], the earliest ones, in whatever order they came.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Session {
    events: Vec<SessionEvent>,
    left_out: u64,
}

/// A stretch of uninterrupted playing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Span {
    pub from_ms: i64,
    pub to_ms: i64,
    pub channel_id: Option<Text>,
    pub content_id: Option<Text>,
    pub view_mode: Option<Text>,
    pub broadcast_shift_ms: i64,
    pub province: Option<Province>,
    pub isp: Option<Text>,
    /// When its end became known.
    pub received_ms: i64,
    pub simulated: bool,
}

impl Session {
    /// Adds an event; one that is there already changes nothing, and neither does one behind the last that has room. The
    /// moment from which on the session is another now, or `None` where nothing changed.
    pub(crate) fn insert(&mut self, mut event: SessionEvent) -> Option<i64> {
        let same = |other: &SessionEvent| (other.at_ms, other.state, other.identity);
        let Err(position) = self.events.binary_search_by(|other| same(other).cmp(&same(&event))) else {
            return None;
        };
        if position >= MOST_EVENTS {
            self.left_out += 1;
            return None;
        }
        let before = position.checked_sub(1).and_then(|index| self.events.get(index));
        let changed_from = match before {
            Some(before)
                if position == self.events.len()
                    && before.attributes == event.attributes
                    && (before.broadcast_shift_ms.is_some() || event.broadcast_shift_ms.is_none()) =>
            {
                event.attributes = before.attributes.clone();
                before.at_ms
            }
            // A late event, or one that says something new: what it says may hold from the beginning.
            _ => self.events.first().map_or(event.at_ms, |first| first.at_ms.min(event.at_ms)),
        };
        self.events.insert(position, event);
        if self.events.len() > MOST_EVENTS {
            self.events.pop();
            self.left_out += 1;
        }
        Some(changed_from)
    }

    /// How many events had no room since the session is at hand.
    pub(crate) fn left_out(&self) -> u64 {
        self.left_out
    }

    pub(crate) fn first_ms(&self) -> Option<i64> {
        self.events.first().map(|event| event.at_ms)
    }

    pub(crate) fn last_ms(&self) -> Option<i64> {
        self.events.last().map(|event| event.at_ms)
    }

    /// When nothing more is expected: so long after its newest moment, on the client's clock or on ours.
    pub(crate) fn settles_at_ms(&self, settings: FactSettings) -> i64 {
        let newest = self.events.iter().map(|event| event.at_ms.max(event.received_ms)).max().unwrap_or(0);
        newest + settings.silence_ms
    }

    /// Who watches: a household named by any of the events, else a user, else a device.
    pub(crate) fn household(&self) -> Option<&Text> {
        self.first_known(|it| it.household_id.as_ref())
            .or_else(|| self.first_known(|it| it.user_id.as_ref()))
            .or_else(|| self.first_known(|it| it.device_id.as_ref()))
    }

    fn first_known<'a, T>(&'a self, read: impl Fn(&'a Attributes) -> Option<T>) -> Option<T> {
        self.events.iter().find_map(|event| read(&event.attributes))
    }

    /// Each state with its time: `(state, from, to, index of the event it began with)`, silences left out.
    fn stretches(&self, settings: FactSettings) -> impl Iterator<Item = Stretch> {
        let last = self.events.iter().position(|event| event.state.is_some_and(PlayState::is_last));
        let counted = last.map_or(self.events.as_slice(), |last| self.events.get(..=last).unwrap_or_default());
        let mut state = None;
        counted.iter().enumerate().filter_map(move |(index, event)| {
            state = event.state.or(state);
            let next_ms = counted.get(index + 1).map_or(event.at_ms, |next| next.at_ms);
            let silent = next_ms - event.at_ms > settings.silence_ms;
            let to_ms = if silent { event.at_ms } else { next_ms };
            Some(Stretch { state: state?, from_ms: event.at_ms, to_ms, index })
        })
    }

    /// The row of the session, or `None` where no event said what is played. `settled` where nothing more is expected.
    pub(crate) fn view(
        &self,
        organisation: OrganisationId,
        sid: &Text,
        settled: bool,
        calendar: Calendar,
        settings: FactSettings,
    ) -> Option<ViewRow> {
        let measured = Measured::of(self.stretches(settings));
        let rated = Rated::of(&self.events, self.stretches(settings));
        let picture = Picture::of(&self.events, self.stretches(settings));
        let start = Timestamp::from_millis(self.first_ms()?);
        let end_ms = measured.end_ms?;
        let startup_ms = (measured.asked && measured.started).then_some(measured.startup_ms);
        let view_mode = self.first_known(|it| it.view_mode.clone());
        let content_len_ms = self.first_known(|it| it.content_len_ms).filter(|length_ms| *length_ms > 0);
        // What is live has no length of its own.
        let is_live = view_mode.as_deref() == Some("live");
        let seen_milli = content_len_ms
            .filter(|_| measured.started && !is_live)
            .map(|length_ms| progress::seen_milli(&self.playing(settings), length_ms));
        let mux_startup_milli = startup_ms.map(mux::startup_milli);
        let mux_smoothness_milli = (measured.play_ms > 0)
            .then(|| mux::smoothness_milli(measured.stall_count, measured.stall_ms, measured.play_ms));
        let is_over = settled || measured.over;
        Some(ViewRow {
            org: organisation,
            sid: sid.clone(),
            household: self.household().cloned(),
            province: self.first_known(|it| it.province),
            isp: self.first_known(|it| it.isp.clone()),
            platform: self.first_known(|it| it.platform.clone()),
            app_version: self.first_known(|it| it.app_version.clone()),
            cdn_vendor: self.first_known(|it| it.cdn_vendor.clone()),
            channel_id: self.first_known(|it| it.channel_id.clone()),
            content_id: self.first_known(|it| it.content_id.clone()),
            genre: self.first_known(|it| it.genre.clone()),
            view_mode,
            start_ms: start,
            day: calendar.day_of(start),
            end_ms: Timestamp::from_millis(end_ms),
            started: measured.started,
            startup_ms: startup_ms.map(|ms| i32::try_from(ms).unwrap_or(i32::MAX)),
            startup_bucket: startup_ms.map(log_bucket),
            play_ms: measured.play_ms,
            stall_ms: measured.stall_ms,
            stall_count: measured.stall_count,
            pause_ms: measured.pause_ms,
            seek_ms: measured.seek_ms,
            watched_ms: measured.startup_ms + measured.play_ms + measured.stall_ms,
            effective: measured.play_ms > i64::from(settings.cleaning.effective_play_over_ms),
            failed: measured.failed,
            failed_in_startup: measured.failed && !measured.started,
            ended: is_over,
            error_class: self.first_known(|it| it.error_class.clone()),
            received_ms: Timestamp::from_millis(self.events.iter().map(|event| event.received_ms).max()?),
            simulated: self.events.iter().any(|event| event.attributes.simulated),
            rated_ms: rated.ms,
            rated_kbit: rated.bits / 1_000,
            mux_startup_milli,
            mux_smoothness_milli,
            cp_id: self.first_known(|it| it.cp_id.clone()),
            content_len_ms,
            seen_milli,
            seen_tenth: seen_milli.map(progress::whole_tenths),
            abnormal: false,
            dropped_frames: picture.dropped_frames,
            rendered_frames: picture.rendered_frames,
            live_latency_ms: picture.live_latency_ms,
            live_latency_bucket: picture.live_latency_ms.map(bucket),
            seek_latency_ms: picture.seek_latency_ms,
            seek_latency_bucket: picture.seek_latency_ms.map(bucket),
            cdn_switches: picture.cdn_switches,
            mux_overall_milli: measured
                .success(end_ms - start.millis(), is_over)
                .map(|success| mux::overall_milli(success, mux_startup_milli, mux_smoothness_milli)),
            in_first_day: self
                .first_known(|it| it.released_ms)
                .is_some_and(|released_ms| (0..FIRST_DAY_MS).contains(&start.millis().saturating_sub(released_ms))),
        })
    }

    /// How well it went in each minute from that one on; a minute in which nothing was waited for or played has no row.
    pub(crate) fn quality_minutes(
        &self,
        organisation: OrganisationId,
        sid: &Text,
        from_minute: i32,
        calendar: Calendar,
        settings: FactSettings,
    ) -> Vec<QualityMinuteRow> {
        let minutes = quality::by_minute(&self.events, self.stretches(settings));
        let mut minutes = minutes.range(from_minute..).peekable();
        if minutes.peek().is_none() {
            return Vec::new();
        }
        let mut told = QualityMinuteRow {
            org: organisation,
            sid: sid.clone(),
            household: self.household().cloned(),
            province: self.first_known(|it| it.province),
            isp: self.first_known(|it| it.isp.clone()),
            platform: self.first_known(|it| it.platform.clone()),
            app_version: self.first_known(|it| it.app_version.clone()),
            cdn_vendor: self.first_known(|it| it.cdn_vendor.clone()),
            channel_id: self.first_known(|it| it.channel_id.clone()),
            content_id: self.first_known(|it| it.content_id.clone()),
            genre: self.first_known(|it| it.genre.clone()),
            view_mode: self.first_known(|it| it.view_mode.clone()),
            minute: 0,
            day: Day(0),
            play_ms: 0,
            stall_ms: 0,
            stall_count: 0,
            watched_ms: 0,
            rated_ms: 0,
            rated_kbit: 0,
            received_ms: Timestamp::from_millis(0),
            simulated: self.events.iter().any(|event| event.attributes.simulated),
        };
        minutes
            .map(|(minute, quality)| {
                quality.write(*minute, calendar, &mut told);
                told.clone()
            })
            .collect()
    }

    /// What it was in when, one after the other; the sums of the view are those of these spans.
    pub(crate) fn timeline(&self, settings: FactSettings) -> Vec<SessionSpan> {
        timeline::spans(&self.events, self.stretches(settings))
    }

    /// What was played, and where in the content.
    fn playing(&self, settings: FactSettings) -> Vec<progress::Played> {
        let mut played = Vec::new();
        let mut told = 0;
        for stretch in self.stretches(settings) {
            let since = self.events.get(told..=stretch.index).unwrap_or_default();
            told = stretch.index + 1;
            let begins_at = since.iter().rev().find_map(|event| event.position_ms);
            let next = self.events.get(stretch.index + 1).filter(|next| next.state == Some(PlayState::Playing));
            let is_playing = stretch.state == PlayState::Playing;
            played.push(progress::Played {
                begins_at,
                lasts: if is_playing { stretch.to_ms - stretch.from_ms } else { 0 },
                ends_at: next.and_then(|next| next.position_ms).filter(|_| is_playing),
            });
        }
        played
    }

    /// What was played when, and on which channel. What an event says of channel, content and mode holds until another
    /// says otherwise, and before the first one that says it.
    pub(crate) fn spans(&self, settings: FactSettings) -> Vec<Span> {
        let province = self.first_known(|it| it.province);
        let isp = self.first_known(|it| it.isp.clone());
        let mut channel_id = self.first_known(|it| it.channel_id.as_ref());
        let mut content_id = self.first_known(|it| it.content_id.as_ref());
        let mut view_mode = self.first_known(|it| it.view_mode.as_ref());
        let mut shift_ms = self.events.iter().find_map(|event| event.broadcast_shift_ms).unwrap_or(0);
        let mut spans = Vec::new();
        let mut told = 0;
        for stretch in self.stretches(settings) {
            for event in self.events.get(told..=stretch.index).unwrap_or_default() {
                channel_id = event.attributes.channel_id.as_ref().or(channel_id);
                content_id = event.attributes.content_id.as_ref().or(content_id);
                view_mode = event.attributes.view_mode.as_ref().or(view_mode);
                shift_ms = event.broadcast_shift_ms.unwrap_or(shift_ms);
            }
            told = stretch.index + 1;
            if stretch.state != PlayState::Playing || stretch.from_ms == stretch.to_ms {
                continue;
            }
            let closing = self.events.get(stretch.index..=stretch.index + 1).unwrap_or_default();
            spans.push(Span {
                from_ms: stretch.from_ms,
                to_ms: stretch.to_ms,
                channel_id: channel_id.cloned(),
                content_id: content_id.cloned(),
                view_mode: view_mode.cloned(),
                broadcast_shift_ms: shift_ms,
                province,
                isp: isp.clone(),
                received_ms: closing.iter().map(|event| event.received_ms).max().unwrap_or(0),
                simulated: closing.iter().any(|event| event.attributes.simulated),
            });
        }
        spans
    }
}

/// Time in one state.
#[derive(Debug, Clone, Copy)]
pub(super) struct Stretch {
    pub state: PlayState,
    pub from_ms: i64,
    pub to_ms: i64,
    /// The event it began with.
    pub index: usize,
}

/// Playing of which the bitrate is known.
#[derive(Debug, Default)]
struct Rated {
    ms: i64,
    /// CTA-2066 `bitsPlayed`: bitrate times time, here kbit/s times ms, which are bits.
    bits: i64,
}

impl Rated {
    fn of(events: &[SessionEvent], stretches: impl Iterator<Item = Stretch>) -> Self {
        let mut rated = Self::default();
        let (mut bitrate, mut told) = (None, 0);
        for stretch in stretches {
            let since = events.get(told..=stretch.index).unwrap_or_default();
            bitrate = since.iter().rev().find_map(|event| event.bitrate_kbps).or(bitrate);
            told = stretch.index + 1;
            if let (PlayState::Playing, Some(kbps)) = (stretch.state, bitrate) {
                let length_ms = stretch.to_ms - stretch.from_ms;
                rated.ms += length_ms;
                rated.bits = rated.bits.saturating_add(i64::from(kbps).saturating_mul(length_ms));
            }
        }
        rated
    }
}

fn bucket(ms: i32) -> i16 {
    log_bucket(i64::from(ms))
}

/// The sums over a session.
#[derive(Debug, Default)]
#[allow(clippy::struct_excessive_bools)] // four things that may each have happened
struct Measured {
    asked: bool,
    started: bool,
    over: bool,
    failed: bool,
    startup_ms: i64,
    play_ms: i64,
    stall_ms: i64,
    stall_count: i32,
    pause_ms: i64,
    seek_ms: i64,
    end_ms: Option<i64>,
}

impl Measured {
    fn of(stretches: impl Iterator<Item = Stretch>) -> Self {
        let mut sums = Self::default();
        let mut before = None;
        for stretch in stretches {
            let length_ms = stretch.to_ms - stretch.from_ms;
            sums.end_ms = Some(stretch.to_ms);
            sums.asked |= stretch.state == PlayState::Asked;
            match state_of(stretch.state, sums.started) {
                SessionState::Starting => sums.startup_ms += length_ms,
                SessionState::Playing => {
                    sums.started = true;
                    sums.play_ms += length_ms;
                }
                SessionState::Stalled => {
                    sums.stall_ms += length_ms;
                    // A beat repeats the state; only entering it is a stall.
                    sums.stall_count += i32::from(before != Some(PlayState::Stalled));
                }
                SessionState::Paused => sums.pause_ms += length_ms,
                SessionState::Seeking => sums.seek_ms += length_ms,
                SessionState::Ended | SessionState::Left => sums.over = true,
                SessionState::Failed => {
                    sums.over = true;
                    sums.failed = true;
                }
            }
            before = Some(stretch.state);
        }
        sums
    }

    /// How it came out, where that is known. Mux scores no exit of less than a second.
    fn success(&self, length_ms: i64, is_over: bool) -> Option<mux::Success> {
        match (self.failed, self.started) {
            (true, _) => Some(mux::Success::Failed),
            (false, true) => Some(mux::Success::Played),
            (false, false) if is_over && length_ms >= 1_000 => Some(mux::Success::LeftBeforeStart),
            (false, false) => None,
        }
    }
}
