//! Times as XMLTV writes them: `20231130011300 +0800`, or any first part of it. Without an offset they are UTC.

use time::{Date, Month, PrimitiveDateTime, Time, UtcOffset};

/// Milliseconds since 1970, or `None` where the text is no time.
pub(super) fn parse(text: &str) -> Option<i64> {
    let text = text.trim();
    let digits_end = text.find(|letter: char| !letter.is_ascii_digit()).unwrap_or(text.len());
    let (digits, offset) = text.split_at(digits_end);
    if !matches!(digits.len(), 4 | 6 | 8 | 10 | 12 | 14) {
        return None;
    }
    let part = |range: std::ops::Range<usize>, missing: u8| match digits.get(range) {
        Some(part) => part.parse::<u8>().ok(),
        None => Some(missing),
    };
    let month = Month::try_from(part(4..6, 1)?).ok()?;
    let date = Date::from_calendar_date(digits.get(..4)?.parse().ok()?, month, part(6..8, 1)?).ok()?;
    let time = Time::from_hms(part(8..10, 0)?, part(10..12, 0)?, part(12..14, 0)?).ok()?;
    let moment = PrimitiveDateTime::new(date, time).assume_offset(parse_offset(offset.trim())?);
    Some(moment.unix_timestamp() * 1_000)
}

fn parse_offset(text: &str) -> Option<UtcOffset> {
    if text.is_empty() || text.eq_ignore_ascii_case("z") || text.eq_ignore_ascii_case("utc") || text == "GMT" {
        return Some(UtcOffset::UTC);
    }
    let (sign, digits) = match text.split_at_checked(1)? {
        ("+", digits) => (1, digits),
        ("-", digits) => (-1, digits),
        _ => return None,
    };
    let digits = digits.replace(':', "");
    let hours: i8 = digits.get(..2)?.parse().ok()?;
    let minutes: i8 = digits.get(2..4).map_or(Some(0), |minutes| minutes.parse().ok())?;
    UtcOffset::from_hms(sign * hours, sign * minutes, 0).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use model::time::Timestamp;

    fn read(text: &str) -> Option<String> {
        parse(text).and_then(|millis| Timestamp::from_millis(millis).to_rfc3339(0))
    }

    #[test]
    fn any_first_part_is_a_time() {
        assert_eq!(read("20231130011300 +0800").unwrap(), "2023-11-29T17:13:00Z");
        assert_eq!(read("20231130011300").unwrap(), "2023-11-30T01:13:00Z", "without an offset it is UTC");
        assert_eq!(read("202311300113 -0330").unwrap(), "2023-11-30T04:43:00Z");
        assert_eq!(read("2023113001+08:00").unwrap(), "2023-11-29T17:00:00Z");
        assert_eq!(read("20231130").unwrap(), "2023-11-30T00:00:00Z");
        assert_eq!(read("2023").unwrap(), "2023-01-01T00:00:00Z");
    }

    #[test]
    fn anything_else_is_none() {
        for text in ["", "today", "202", "20231", "20231330", "20231130 CET", "20231130250000", "20231130 +9900"] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
