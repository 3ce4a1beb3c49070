//! Charts along time, in one sentence.

use super::led_by;
use model::formatting::Locale;

pub(crate) fn line_summary(lines: usize, steps: usize, locale: Locale) -> String {
    match locale {
        Locale::ZhCn => format!("折线图：{lines} 条线，{steps} 个时点"),
        Locale::En => format!("Line chart: {lines} lines, {steps} steps"),
    }
}

pub(crate) fn columns_summary(
    measure: &str,
    (places, series): (usize, usize),
    most: Option<(&str, String)>,
    locale: Locale,
) -> String {
    let most = led_by(most, locale);
    match (locale, series) {
        (Locale::ZhCn, 0 | 1) => format!("柱状图：{measure}，{places} 项{most}"),
        (Locale::ZhCn, series) => format!("柱状图：{measure}，{places} 项，分 {series} 类{most}"),
        (Locale::En, 0 | 1) => format!("Columns: {measure}, {places} places{most}"),
        (Locale::En, series) => format!("Columns: {measure}, {places} places by {series} kinds{most}"),
    }
}

pub(crate) fn area_summary(
    measure: &str,
    (areas, steps): (usize, usize),
    most: Option<(&str, String)>,
    locale: Locale,
) -> String {
    let most = led_by(most, locale);
    match locale {
        Locale::ZhCn => format!("面积图：{measure}，{areas} 个面积，{steps} 个时点{most}"),
        Locale::En => format!("Area chart: {measure}, {areas} areas, {steps} steps{most}"),
    }
}

pub(crate) fn combo_summary(columns: &str, line: &str, steps: usize, locale: Locale) -> String {
    match locale {
        Locale::ZhCn => format!("柱线组合图：柱为{columns}，线为{line}，{steps} 个时点"),
        Locale::En => format!("Combined chart: {columns} as columns, {line} as a line, {steps} steps"),
    }
}

/// `programmes` is how many bands lie beneath the curve, `peak` when it was highest and how high.
pub(crate) fn minute_curve_summary(
    measure: &str,
    minutes: usize,
    programmes: Option<usize>,
    peak: Option<(String, String)>,
    locale: Locale,
) -> String {
    let programmes = match (programmes, locale) {
        (Some(count), Locale::ZhCn) => format!("，{count} 段节目"),
        (Some(count), Locale::En) => format!(", {count} programmes"),
        (None, _) => String::new(),
    };
    let peak = match (peak, locale) {
        (Some((time, value)), Locale::ZhCn) => format!("，峰值 {time} {value}"),
        (Some((time, value)), Locale::En) => format!(", peak {value} at {time}"),
        (None, _) => String::new(),
    };
    match locale {
        Locale::ZhCn => format!("逐分钟曲线：{measure}，{minutes} 个时点{programmes}{peak}"),
        Locale::En => format!("Minute curve: {measure}, {minutes} steps{programmes}{peak}"),
    }
}

pub(crate) fn rank_race_summary(
    measure: &str,
    entries: usize,
    steps: usize,
    first: Option<&str>,
    locale: Locale,
) -> String {
    let first = match (first, locale) {
        (Some(name), Locale::ZhCn) => format!("，最后时点第一 {name}"),
        (Some(name), Locale::En) => format!(", {name} first in the end"),
        (None, _) => String::new(),
    };
    match locale {
        Locale::ZhCn => format!("名次变化：{measure}，{entries} 项，{steps} 个时点{first}"),
        Locale::En => format!("Rank race: {measure}, {entries} entries, {steps} steps{first}"),
    }
}

pub(crate) fn session_timeline_summary(sessions: usize, failed: usize, worst: Option<&str>, locale: Locale) -> String {
    let worst = match (worst, locale) {
        (Some(worst), Locale::ZhCn) => format!("，最多卡顿 {worst}"),
        (Some(worst), Locale::En) => format!(", at most {worst} stalled"),
        (None, _) => String::new(),
    };
    match locale {
        Locale::ZhCn => format!("会话时间线：{sessions} 个会话，{failed} 个失败{worst}"),
        Locale::En => format!("Session timeline: {sessions} sessions, {failed} failed{worst}"),
    }
}
