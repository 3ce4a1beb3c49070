//! Charts in one sentence, for those who do not see them.

mod along_time;
mod maps;
mod parts;
mod spreads;

pub(crate) use along_time::*;
pub(crate) use maps::*;
pub(crate) use parts::*;
pub(crate) use spreads::*;

use model::formatting::Locale;

/// What is most on a map, as the end of a sentence.
fn most_of(most: Option<(&str, String)>, locale: Locale) -> String {
    match (most, locale) {
        (Some((name, value)), Locale::ZhCn) => format!("，最多 {name} {value}"),
        (Some((name, value)), Locale::En) => format!(", led by {name} {value}"),
        (None, _) => String::new(),
    }
}

/// What is most, as the end of a sentence.
fn led_by(most: Option<(&str, String)>, locale: Locale) -> String {
    match (most, locale) {
        (Some((name, value)), Locale::ZhCn) => format!("，最高 {name} {value}"),
        (Some((name, value)), Locale::En) => format!(", led by {name} {value}"),
        (None, _) => String::new(),
    }
}

const fn comma(locale: Locale) -> &'static str {
    match locale {
        Locale::ZhCn => "，",
        Locale::En => ", ",
    }
}

const fn colon(locale: Locale) -> &'static str {
    match locale {
        Locale::ZhCn => "：",
        Locale::En => ": ",
    }
}
