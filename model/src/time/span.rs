//! A length of time, as people write it.

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use std::{fmt, str::FromStr};

/// A length such as `24h` or `7d`, of at least one minute and at most ten years.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Span {
    pub(super) minutes: u32,
}

/// A text that is no span.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("“{0}” is no span of time: expected a whole number and m, h, d or w, from 1m to 3650d, such as 24h")]
pub struct InvalidSpan(pub String);

impl Span {
    const UNITS: [(char, u32); 4] = [('w', 10_080), ('d', 1_440), ('h', 60), ('m', 1)];
    pub(super) const LONGEST_MINUTES: u32 = 3_650 * 1_440;

    /// So many days, ten years at the most.
    pub const fn days(days: u16) -> Self {
        let minutes = days as u32 * 1_440;
        if minutes == 0 {
            Self { minutes: 1 }
        } else if minutes > Self::LONGEST_MINUTES {
            Self { minutes: Self::LONGEST_MINUTES }
        } else {
            Self { minutes }
        }
    }

    pub const fn minutes(self) -> u32 {
        self.minutes
    }

    pub(super) const fn millis(self) -> i64 {
        self.minutes as i64 * 60_000
    }
}

impl FromStr for Span {
    type Err = InvalidSpan;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::UNITS
            .iter()
            .find_map(|&(letter, minutes)| text.strip_suffix(letter)?.parse::<u32>().ok()?.checked_mul(minutes))
            .filter(|minutes| (1..=Self::LONGEST_MINUTES).contains(minutes))
            .map(|minutes| Self { minutes })
            .ok_or_else(|| InvalidSpan(text.to_owned()))
    }
}

impl fmt::Display for Span {
    /// The shortest exact writing that a person would use: `24h` stays in hours, `7d` in days.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let minutes = self.minutes;
        if minutes.is_multiple_of(1_440) && minutes > 1_440 {
            write!(formatter, "{}d", minutes / 1_440)
        } else if minutes.is_multiple_of(60) {
            write!(formatter, "{}h", minutes / 60)
        } else {
            write!(formatter, "{minutes}m")
        }
    }
}

impl Serialize for Span {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Span {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(de::Error::custom)
    }
}
