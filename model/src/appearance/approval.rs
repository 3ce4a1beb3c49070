//! The approval number of maps (审图号).

use serde::{Deserialize, Deserializer, Serialize, de};
use std::fmt;

/// The approval number of a map, as the authorities write it: `GS(2024)0650号`, `浙S(2023)12号`, `GS京(2022)1061号`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
#[serde(transparent)]
pub struct MapApproval(String);

/// A text that is no approval number.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("this is no approval number of a map: expected one as in GS(2024)0650号")]
pub struct InvalidApproval;

/// The longest issuer, in characters: `GS`, and a province of one or two.
const MOST_ISSUER_CHARS: usize = 6;
const MOST_DIGITS: usize = 6;

impl MapApproval {
    /// Reads issuer, year and number. Full-width signs, blanks and square brackets are taken as meant, and a missing 号 is
    /// added.
    pub fn parse(text: &str) -> Result<Self, InvalidApproval> {
        let plain: String = text.chars().filter(|sign| !sign.is_whitespace()).map(plain).collect();
        let plain = plain.strip_prefix("审图号:").unwrap_or(&plain);
        let (issuer, rest) = plain.split_once('(').ok_or(InvalidApproval)?;
        let (year, number) = rest.split_once(')').ok_or(InvalidApproval)?;
        let number = number.strip_suffix('号').unwrap_or(number);
        let is_of_issuer = |sign: char| sign.is_ascii_uppercase() || ('\u{4e00}'..='\u{9fff}').contains(&sign);
        let issuer_chars = issuer.chars().count();
        let all_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        let holds = (1..=MOST_ISSUER_CHARS).contains(&issuer_chars)
            && issuer.chars().all(is_of_issuer)
            && issuer.contains('S')
            && year.len() == 4
            && all_digits(year)
            && (year.starts_with("19") || year.starts_with("20"))
            && (1..=MOST_DIGITS).contains(&number.len())
            && all_digits(number);
        if holds { Ok(Self(format!("{issuer}({year}){number}号"))) } else { Err(InvalidApproval) }
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// A sign as it is meant: full-width as half-width, any bracket as a round one.
fn plain(sign: char) -> char {
    match sign {
        '（' | '[' | '［' | '〔' | '【' => '(',
        '）' | ']' | '］' | '〕' | '】' => ')',
        '：' => ':',
        '０'..='９' | 'Ａ'..='Ｚ' | 'ａ'..='ｚ' => {
            char::from_u32(u32::from(sign) - 0xfee0).unwrap_or(sign).to_ascii_uppercase()
        }
        other => other.to_ascii_uppercase(),
    }
}

impl fmt::Display for MapApproval {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for MapApproval {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::parse(&String::deserialize(deserializer)?).map_err(de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn numbers_are_read_however_they_are_typed() {
        for (typed, meant) in [
            ("GS(2024)0650号", "GS(2024)0650号"),
            ("ＧＳ（２０２４）０６５０号", "GS(2024)0650号"),
            ("gs (2024) 650", "GS(2024)650号"),
            ("审图号：GS京（2022）1061号", "GS京(2022)1061号"),
            ("浙S〔2023〕12号", "浙S(2023)12号"),
        ] {
            assert_eq!(MapApproval::parse(typed).map(|number| number.to_string()), Ok(meant.to_owned()), "{typed}");
        }
    }

    #[test]
    fn what_is_none_is_refused() {
        for typed in [
            "",
            "GS",
            "GS(2024)",
            "GS(24)1号",
            "GS(1824)1号",
            "(2024)1号",
            "GS(2024)1234567号",
            "<b>(2024)1号",
            "京(2024)1号",
        ] {
            assert_eq!(MapApproval::parse(typed), Err(InvalidApproval), "{typed}");
        }
    }

    proptest! {
        #[test]
        fn what_was_read_is_read_again_as_itself(text in "\\PC{0,24}", year in 1900_u16..2099, number in 0_u32..999_999) {
            if let Ok(read) = MapApproval::parse(&text) {
                prop_assert_eq!(MapApproval::parse(read.as_str()), Ok(read));
            }
            let read = MapApproval::parse(&format!("GS({year}){number}号")).unwrap();
            prop_assert_eq!(MapApproval::parse(read.as_str()), Ok(read));
        }
    }
}
