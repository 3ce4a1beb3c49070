//! What files say.

use super::{Words, both};
use model::formatting::Locale;

pub(crate) const PICTURE_LEFT_OUT: Words = both("图片不在文件中", "Picture left out");

/// How new the numbers of a file are.
pub(crate) fn as_of(moment: &str, locale: Locale) -> String {
    match locale {
        Locale::ZhCn => format!("数据截至 {moment}"),
        Locale::En => format!("Data as of {moment}"),
    }
}

/// Of `rows` rows there was room for so many.
pub(crate) fn rows_shown(shown: usize, rows: usize, locale: Locale) -> String {
    match locale {
        Locale::ZhCn => format!("共 {rows} 行，此处为前 {shown} 行"),
        Locale::En => format!("First {shown} of {rows} rows"),
    }
}

/// So many columns had no room.
pub(crate) fn columns_left_out(count: usize, locale: Locale) -> String {
    match (locale, count) {
        (Locale::ZhCn, _) => format!("另有 {count} 列未显示"),
        (Locale::En, 1) => "1 more column".to_owned(),
        (Locale::En, _) => format!("{count} more columns"),
    }
}
