//! Single play sessions behind a number: which of them are asked for.

use serde::{Deserialize, Deserializer, Serialize, de};

/// The longest range that single sessions may be picked from, in days: their events are read one by one.
pub const MAX_SESSION_DAYS: i64 = 7;

/// Which of the sessions come first; those that have nothing of it are left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum SessionOrder {
    /// Those that stalled for the longest time.
    #[default]
    Worst,
    /// Those that took the longest to start.
    SlowestStart,
    /// Those that failed, the newest first.
    Failed,
    /// The newest, however they went.
    Newest,
}

impl SessionOrder {
    pub const ALL: [Self; 4] = [Self::Worst, Self::SlowestStart, Self::Failed, Self::Newest];

    /// As it is written.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Worst => "worst",
            Self::SlowestStart => "slowest_start",
            Self::Failed => "failed",
            Self::Newest => "newest",
        }
    }
}

/// How many sessions: 1 to 20.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct SessionCount(u8);

/// A number of sessions that can't be shown.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{given} sessions can't be shown one by one: expected 1 to {}", SessionCount::MOST)]
pub struct InvalidSessionCount {
    given: u32,
}

impl SessionCount {
    /// The most that can be told apart in a tile.
    pub const MOST: u8 = 20;
    /// Where nothing is said.
    pub const USUAL: Self = Self(8);

    /// # Errors
    /// For none, and for more than [`Self::MOST`].
    pub fn new(given: u32) -> Result<Self, InvalidSessionCount> {
        let count = u8::try_from(given).ok().filter(|count| (1..=Self::MOST).contains(count));
        count.map(Self).ok_or(InvalidSessionCount { given })
    }

    pub const fn get(self) -> u8 {
        self.0
    }
}

impl Default for SessionCount {
    fn default() -> Self {
        Self::USUAL
    }
}

impl<'de> Deserialize<'de> for SessionCount {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::new(u32::deserialize(deserializer)?).map_err(de::Error::custom)
    }
}

/// Which sessions are asked for in place of the number that they are behind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct SessionChoice {
    #[serde(default)]
    pub order: SessionOrder,
    #[serde(default)]
    pub limit: SessionCount,
}

/// What a play session is in at a moment, or how it ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SessionState {
    /// Until the first picture, whatever happens on the way.
    Starting,
    Playing,
    /// Waiting for more, after there was a picture.
    Stalled,
    Paused,
    /// On the way to another place in the content.
    Seeking,
    /// Over, because the content ended.
    Ended,
    /// Over, because the viewer left.
    Left,
    /// Over, because of an error.
    Failed,
}

impl SessionState {
    pub const ALL: [Self; 8] = [
        Self::Starting,
        Self::Playing,
        Self::Stalled,
        Self::Paused,
        Self::Seeking,
        Self::Ended,
        Self::Left,
        Self::Failed,
    ];

    /// As it is written.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Starting => "starting",
            Self::Playing => "playing",
            Self::Stalled => "stalled",
            Self::Paused => "paused",
            Self::Seeking => "seeking",
            Self::Ended => "ended",
            Self::Left => "left",
            Self::Failed => "failed",
        }
    }

    /// The state that is written so.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.name() == text)
    }

    /// Whether it is how a session ends: a moment, and no time.
    pub const fn is_end(self) -> bool {
        match self {
            Self::Starting | Self::Playing | Self::Stalled | Self::Paused | Self::Seeking => false,
            Self::Ended | Self::Left | Self::Failed => true,
        }
    }
}

/// The columns of a frame of sessions that no other frame has. Beside them stand dimensions, by their own names.
pub struct SessionColumns;

impl SessionColumns {
    /// Which session a span is of: an opaque name, different after each start of the server.
    pub const SESSION: &str = "session";
    /// A [`SessionState`].
    pub const STATE: &str = "session_state";
    /// When the span begins, counted from the beginning of its session, in milliseconds.
    pub const OFFSET: &str = "session_offset";
    /// How long it lasts, in milliseconds; 0 for what is a moment.
    pub const LENGTH: &str = "session_length";
    /// Where in the content it begins, in milliseconds.
    pub const POSITION: &str = "session_position";
    /// What was played with, in kbit/s.
    pub const BITRATE: &str = "session_bitrate";
    /// The code of the error that it ended with.
    pub const ERROR: &str = "session_error";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_choice_is_read_and_written() {
        let usual: SessionChoice = serde_json::from_str("{}").unwrap();
        assert_eq!(usual, SessionChoice { order: SessionOrder::Worst, limit: SessionCount::USUAL });
        for order in SessionOrder::ALL {
            let written = format!(r#"{{"order":"{}","limit":20}}"#, order.name());
            let choice: SessionChoice = serde_json::from_str(&written).unwrap();
            assert_eq!((choice.order, choice.limit.get()), (order, 20));
            assert_eq!(serde_json::to_string(&choice).unwrap(), written);
        }
    }

    #[test]
    fn wrong_choices_say_what_is_expected() {
        for (json, expected) in [
            (r#"{"limit":0}"#, "0 sessions can't be shown one by one: expected 1 to 20"),
            (r#"{"limit":21}"#, "21 sessions can't be shown one by one: expected 1 to 20"),
            (r#"{"order":"best"}"#, "expected one of `worst`, `slowest_start`, `failed`, `newest`"),
            (r#"{"sid":"a"}"#, "unknown field `sid`"),
        ] {
            let error = serde_json::from_str::<SessionChoice>(json).unwrap_err().to_string();
            assert!(error.contains(expected), "{json}: {error}");
        }
    }
}
