//! Rankings, parts of a whole and cells, in one sentence.

use super::{super::kind_name, led_by};
use model::{board::ComponentKind, formatting::Locale};

pub(crate) fn bar_summary(measure: &str, bars: usize, first: Option<(&str, String)>, locale: Locale) -> String {
    let first = led_by(first, locale);
    match locale {
        Locale::ZhCn => format!("条形图：{measure}，{bars} 项{first}"),
        Locale::En => format!("Bar chart: {measure}, {bars} bars{first}"),
    }
}

/// The first and the last step with their numbers, and the share of the first that is left at the last.
pub(crate) type FunnelEnds<'a> = ((&'a str, String), (&'a str, String), Option<String>);

pub(crate) fn funnel_summary(
    kind: &str,
    measure: &str,
    steps: usize,
    ends: Option<FunnelEnds>,
    locale: Locale,
) -> String {
    let ends = ends.map(|((first, most), (last, least), left)| match locale {
        Locale::ZhCn => {
            let left = left.map_or_else(String::new, |left| format!("，余 {left}"));
            format!("，从 {first} {most} 到 {last} {least}{left}")
        }
        Locale::En => {
            let left = left.map_or_else(String::new, |left| format!(", {left} left"));
            format!(", from {first} {most} to {last} {least}{left}")
        }
    });
    let ends = ends.unwrap_or_default();
    match locale {
        Locale::ZhCn => format!("{kind}：{measure}，{steps} 步{ends}"),
        Locale::En => format!("{kind}: {measure}, {steps} steps{ends}"),
    }
}

/// A chart of a kind that shows so many things, and which of them is the most.
pub(crate) fn items_summary(
    kind: ComponentKind,
    measure: &str,
    items: usize,
    most: Option<(&str, String)>,
    locale: Locale,
) -> String {
    let kind = kind_name(kind).in_locale(locale);
    match locale {
        Locale::ZhCn => format!("{kind}：{measure}，{items} 项{}", led_by(most, locale)),
        Locale::En => format!("{kind}: {measure}, {items} items{}", led_by(most, locale)),
    }
}

/// A chart of cells in rows and columns, and which of them is the most.
pub(crate) fn cells_summary(
    kind: ComponentKind,
    measure: &str,
    (rows, columns): (usize, usize),
    most: Option<(&str, String)>,
    locale: Locale,
) -> String {
    let kind = kind_name(kind).in_locale(locale);
    match locale {
        Locale::ZhCn => format!("{kind}：{measure}，{rows} 行 × {columns} 列{}", led_by(most, locale)),
        Locale::En => format!("{kind}: {measure}, {rows} rows × {columns} columns{}", led_by(most, locale)),
    }
}

pub(crate) fn waterfall_summary(measure: &str, parts: usize, total: &str, locale: Locale) -> String {
    match locale {
        Locale::ZhCn => format!("瀑布图：{measure}，{parts} 项，合计 {total}"),
        Locale::En => format!("Waterfall: {measure}, {parts} parts, {total} in total"),
    }
}

/// Several parts, and the largest of them.
pub(crate) fn parts_summary(
    kind: ComponentKind,
    measure: &str,
    parts: usize,
    largest: Option<(&str, &str)>,
    locale: Locale,
) -> String {
    let kind = kind_name(kind).in_locale(locale);
    match (locale, largest) {
        (Locale::ZhCn, Some((name, value))) => format!("{kind}：{measure}，{parts} 项，最大 {name} {value}"),
        (Locale::En, Some((name, value))) => format!("{kind}: {measure}, {parts} parts, the largest {name} {value}"),
        (Locale::ZhCn, None) => format!("{kind}：{measure}，{parts} 项"),
        (Locale::En, None) => format!("{kind}: {measure}, {parts} parts"),
    }
}

pub(crate) fn rank_list_summary(
    measure: &str,
    entries: usize,
    first: Option<(&str, String)>,
    locale: Locale,
) -> String {
    let first = match (first, locale) {
        (Some((name, value)), Locale::ZhCn) => format!("，首位 {name} {value}"),
        (Some((name, value)), Locale::En) => format!(", led by {name} {value}"),
        (None, _) => String::new(),
    };
    match locale {
        Locale::ZhCn => format!("排行榜：{measure}，{entries} 项{first}"),
        Locale::En => format!("Ranking: {measure}, {entries} places{first}"),
    }
}
