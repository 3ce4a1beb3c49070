//! One session of watching: what, when, and the states the player reports.

use super::{
    account::{Account, Habit},
    catalogue::{Channel, Content},
    chance::Chance,
    course::{breaks, push_playing},
    incident::Incident,
    picture::{self, Picture},
    quality::{Fault, Outcome, Quality},
    shelf::Shelf,
};
use crate::events::PlayState;

const MINUTE_MS: i64 = 60_000;
/// Median length, and the deviation of its logarithm: 10.7 minutes on average over all ways of watching.
const LENGTH_SIGMA: f64 = 1.0;
const CHANNEL_MEDIAN_MIN: f64 = 8.0;
/// Longer than it would have to be: short titles come to their end before.
const ON_DEMAND_MEDIAN_MIN: f64 = 6.3;
const LONGEST_MIN: f64 = 180.0;
/// Of the plays on demand that are not watched to the end, so many go on where another one stopped.
const RESUMED: f64 = 0.3;

/// What is on, and by which way it is watched.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Watched {
    Live(&'static Channel),
    /// So long after the broadcast.
    TimeShift(&'static Channel, i64),
    CatchUp(&'static Channel, i64),
    OnDemand(&'static Content),
}

impl Watched {
    pub(super) const fn view_mode(self) -> &'static str {
        match self {
            Self::Live(_) => "live",
            Self::TimeShift(..) => "timeshift",
            Self::CatchUp(..) => "catchup",
            Self::OnDemand(_) => "vod",
        }
    }

    pub(super) const fn channel(self) -> Option<&'static Channel> {
        match self {
            Self::Live(channel) | Self::TimeShift(channel, _) | Self::CatchUp(channel, _) => Some(channel),
            Self::OnDemand(_) => None,
        }
    }

    pub(super) const fn content(self) -> Option<&'static Content> {
        match self {
            Self::OnDemand(content) => Some(content),
            Self::Live(_) | Self::TimeShift(..) | Self::CatchUp(..) => None,
        }
    }

    pub(super) const fn genre(self) -> &'static str {
        match self {
            Self::Live(channel) | Self::TimeShift(channel, _) | Self::CatchUp(channel, _) => channel.genre,
            Self::OnDemand(content) => content.genre,
        }
    }

    /// How far behind the broadcast it is; `None` on demand.
    pub(super) const fn behind_ms(self) -> Option<i64> {
        match self {
            Self::Live(_) => Some(0),
            Self::TimeShift(_, behind) | Self::CatchUp(_, behind) => Some(behind),
            Self::OnDemand(_) => None,
        }
    }

    fn choose(habit: Habit, shelf: &Shelf, chance: &mut Chance) -> Self {
        let channels = match habit {
            Habit::OnDemandOnly => 0.0,
            Habit::Mixed => 0.6,
            Habit::ChannelsOnly => 1.0,
        };
        if !chance.happens(channels) {
            return Self::OnDemand(chance.choose(&shelf.contents));
        }
        let channel = chance.choose(&shelf.channels);
        let way = chance.unit();
        if way < 0.76 {
            Self::Live(channel)
        } else if way < 0.86 {
            Self::TimeShift(channel, chance.millis_between(2, 90) * MINUTE_MS)
        } else {
            // Whole days back at about the same time of day, where the programmes of the evening stand.
            let days = i64::from(chance.poisson(0.9).min(6));
            let within_day = chance.millis_between(100, 300);
            Self::CatchUp(channel, (days * 1_440 + within_day) * MINUTE_MS)
        }
    }
}

/// What a session carries on each of its events.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Session {
    /// Which one of the household's day, from 0.
    pub(super) number: u32,
    pub(super) watched: Watched,
    pub(super) platform: &'static str,
    pub(super) cdn: &'static str,
    pub(super) bitrate_kbps: i32,
    pub(super) picture: Picture,
}

/// A state that the player reports.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum State {
    Requested,
    Playing,
    Stalled,
    Paused,
    /// A jump that lands there.
    Seeking {
        to_ms: i64,
    },
    Ended,
    Left,
    Failed(Fault),
}

impl State {
    pub(super) const fn play_state(self) -> PlayState {
        match self {
            Self::Requested => PlayState::Asked,
            Self::Playing => PlayState::Playing,
            Self::Stalled => PlayState::Stalled,
            Self::Paused => PlayState::Paused,
            Self::Seeking { .. } => PlayState::Seeking,
            Self::Ended => PlayState::Ended,
            Self::Left => PlayState::Quit,
            Self::Failed(_) => PlayState::Failed,
        }
    }
}

/// A state, when it began, where in the content, and after how much playing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Change {
    pub(super) at_ms: i64,
    pub(super) state: State,
    pub(super) position_ms: i64,
    pub(super) played_ms: i64,
}

/// A session and all that its player reports, oldest first.
#[derive(Debug, Clone)]
pub(super) struct Played {
    pub(super) session: Session,
    pub(super) changes: Vec<Change>,
}

impl Played {
    pub(super) fn end_ms(&self) -> i64 {
        self.changes.last().map_or(0, |change| change.at_ms)
    }

    /// The same session, left at that moment where it would have gone on.
    pub(super) fn left_by(mut self, until_ms: i64) -> Self {
        let kept = self.changes.partition_point(|change| change.at_ms < until_ms);
        if let Some(last) = kept.checked_sub(1).and_then(|index| self.changes.get(index)).copied()
            && kept < self.changes.len()
        {
            let runs_ms = match last.state {
                State::Playing => until_ms - last.at_ms,
                State::Requested
                | State::Stalled
                | State::Paused
                | State::Seeking { .. }
                | State::Ended
                | State::Left
                | State::Failed(_) => 0,
            };
            self.changes.truncate(kept);
            let (position_ms, played_ms) = (last.position_ms + runs_ms, last.played_ms + runs_ms);
            self.changes.push(Change { at_ms: until_ms, state: State::Left, position_ms, played_ms });
        }
        self
    }
}

/// Which session of whom, and what of the world it draws from.
pub(super) struct Begin<'a> {
    pub(super) account: &'a Account,
    pub(super) number: u32,
    pub(super) at_ms: i64,
    pub(super) shelf: &'a Shelf,
    pub(super) quality: &'a Quality,
    pub(super) incident: &'a Incident,
}

/// Sets now and then use a telephone or a browser of the household instead.
fn platform(account: &Account, chance: &mut Chance) -> &'static str {
    if account.platform == "stb" && chance.happens(0.06) { "android" } else { account.platform }
}

fn bitrate_kbps(account: &Account, platform: &str, chance: &mut Chance) -> i32 {
    let usual = match (platform, account.tier) {
        ("stb" | "tvapp", "4k") => 15_000.0,
        ("stb" | "tvapp", _) => 6_000.0,
        _ => 2_500.0,
    };
    chance.log_normal(usual, 0.15) as i32
}

/// Plays one session from its request to its end.
pub(super) fn play(begin: &Begin<'_>, chance: &mut Chance) -> Played {
    let account = begin.account;
    let watched = Watched::choose(account.habit, begin.shelf, chance);
    let platform = platform(account, chance);
    let cdn = begin.quality.cdn(account, chance);
    let bitrate_kbps = bitrate_kbps(account, platform, chance);
    let mut aside = Chance::new(begin.at_ms.unsigned_abs(), &[u64::from(account.number), 2]);
    let picture = Picture::draw(watched.behind_ms() == Some(0), platform, &mut aside);
    let session = Session { number: begin.number, watched, platform, cdn, bitrate_kbps, picture };
    let startup_ms = Quality::startup_ms(chance);
    let first_picture = begin.at_ms + startup_ms;
    let worse = begin.incident.worsens(account, cdn, begin.at_ms);
    let outcome = begin.quality.outcome(account, cdn, worse, chance);
    let mut changes = vec![Change { at_ms: begin.at_ms, state: State::Requested, position_ms: 0, played_ms: 0 }];
    let before_picture = |state| Change { at_ms: first_picture, state, position_ms: 0, played_ms: 0 };
    match outcome {
        Outcome::GivenUp => changes.push(before_picture(State::Left)),
        Outcome::FailsInStartup(fault) => changes.push(before_picture(State::Failed(fault))),
        Outcome::Plays => {
            let playing_ms = playing_ms(watched, chance);
            // A title on demand is watched to its end now and then; of a channel one only ever takes leave.
            let ends = watched.content().is_some() && chance.happens(0.35);
            let from_ms = watched.content().map_or(0, |content| from_ms(content, playing_ms, ends, &mut aside));
            let reaches_end = watched.content().is_some_and(|content| from_ms + playing_ms >= content.length_ms);
            let last = if reaches_end { State::Ended } else { State::Left };
            let jump = watched.content().and_then(|content| {
                picture::jump(playing_ms, from_ms, content.length_ms, &mut aside).filter(|_| !reaches_end)
            });
            let breaks = breaks(account, cdn, playing_ms, jump, chance);
            push_playing(&mut changes, from_ms, (first_picture, playing_ms), breaks, last);
        }
        Outcome::FailsPlaying(fault) => {
            let until_fault = playing_ms(watched, chance) / 3 + 500;
            let breaks = breaks(account, cdn, until_fault, None, chance);
            push_playing(&mut changes, 0, (first_picture, until_fault), breaks, State::Failed(fault));
        }
    }
    Played { session, changes }
}

/// Where in the title the play begins that plays so much of it.
fn from_ms(content: &Content, playing_ms: i64, ends: bool, chance: &mut Chance) -> i64 {
    let room_ms = content.length_ms - playing_ms;
    if ends {
        room_ms
    } else if chance.happens(RESUMED) {
        chance.millis_between(0, room_ms)
    } else {
        0
    }
}

/// How much is played; of a title no more than there is.
fn playing_ms(watched: Watched, chance: &mut Chance) -> i64 {
    let median = if watched.content().is_some() { ON_DEMAND_MEDIAN_MIN } else { CHANNEL_MEDIAN_MIN };
    let wished_ms = (chance.log_normal(median, LENGTH_SIGMA).min(LONGEST_MIN) * MINUTE_MS as f64) as i64 + 1_000;
    watched.content().map_or(wished_ms, |content| wished_ms.min(content.length_ms))
}
