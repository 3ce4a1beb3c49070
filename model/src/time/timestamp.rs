//! A moment.

use serde::{
    Deserialize, Deserializer, Serialize, Serializer,
    de::{self, Visitor},
};
use std::fmt;
use time::{OffsetDateTime, format_description::well_known::Rfc3339};

/// A moment, in milliseconds since 1970-01-01T00:00:00Z.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Timestamp(i64);

/// A text or number that is no moment.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("“{0}” is no moment: expected RFC 3339, such as 2026-11-21T20:00:00+08:00, or epoch milliseconds")]
pub struct InvalidTimestamp(pub String);

impl Timestamp {
    pub const fn from_millis(millis: i64) -> Self {
        Self(millis)
    }

    pub const fn millis(self) -> i64 {
        self.0
    }

    #[must_use]
    pub const fn plus_millis(self, millis: i64) -> Self {
        Self(self.0.saturating_add(millis))
    }

    /// Milliseconds from `earlier` to this moment; negative when it is later.
    pub const fn millis_since(self, earlier: Self) -> i64 {
        self.0.saturating_sub(earlier.0)
    }

    pub fn parse(text: &str) -> Result<Self, InvalidTimestamp> {
        let moment = OffsetDateTime::parse(text.trim(), &Rfc3339).map_err(|_| InvalidTimestamp(text.to_owned()))?;
        let millis = moment.unix_timestamp_nanos().div_euclid(1_000_000);
        i64::try_from(millis).map(Self).map_err(|_| InvalidTimestamp(text.to_owned()))
    }

    /// RFC 3339 at an offset of so many minutes east of UTC; `None` outside the years 0 to 9999.
    pub fn to_rfc3339(self, offset_minutes: i16) -> Option<String> {
        let offset = time::UtcOffset::from_whole_seconds(i32::from(offset_minutes) * 60).ok()?;
        let moment = OffsetDateTime::from_unix_timestamp_nanos(i128::from(self.0) * 1_000_000).ok()?;
        moment.checked_to_offset(offset)?.format(&Rfc3339).ok()
    }
}

impl fmt::Display for Timestamp {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.to_rfc3339(0) {
            Some(text) => formatter.write_str(&text),
            None => write!(formatter, "{} ms", self.0),
        }
    }
}

impl Serialize for Timestamp {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.to_rfc3339(0) {
            Some(text) => serializer.serialize_str(&text),
            None => serializer.serialize_i64(self.0),
        }
    }
}

impl<'de> Deserialize<'de> for Timestamp {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(ReadTimestamp)
    }
}

struct ReadTimestamp;

impl Visitor<'_> for ReadTimestamp {
    type Value = Timestamp;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a moment as RFC 3339 or in milliseconds since 1970")
    }

    fn visit_i64<E: de::Error>(self, millis: i64) -> Result<Timestamp, E> {
        Ok(Timestamp(millis))
    }

    fn visit_u64<E: de::Error>(self, millis: u64) -> Result<Timestamp, E> {
        let millis = i64::try_from(millis);
        millis.map(Timestamp).map_err(|_| de::Error::custom("a moment lies within 292 million years of 1970"))
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<Timestamp, E> {
        Timestamp::parse(text).map_err(de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn an_offset_is_honoured() {
        let moment = Timestamp::parse("2023-11-30T20:00:00+08:00").unwrap();
        assert_eq!(moment.millis(), 1_701_345_600_000);
        assert_eq!(moment.to_rfc3339(480).unwrap(), "2023-11-30T20:00:00+08:00");
    }

    proptest! {
        #[test]
        fn writing_and_reading_is_the_identity(millis in 0_i64..4_000_000_000_000, offset in -720_i16..=840) {
            let moment = Timestamp::from_millis(millis);
            let text = moment.to_rfc3339(offset).unwrap();
            prop_assert_eq!(Timestamp::parse(&text).unwrap(), moment);
        }
    }
}
