//! Spreads, points and single figures, in one sentence.

use super::super::kind_name;
use super::{colon, comma, led_by};
use model::{board::ComponentKind, formatting::Locale};

/// `last` is the latest day of which something is known, and the mean on it.
pub(crate) fn retention_summary(
    measure: &str,
    cohorts: usize,
    last: Option<(String, String)>,
    locale: Locale,
) -> String {
    let kind = kind_name(ComponentKind::Retention).in_locale(locale);
    match (last, locale) {
        (Some((day, mean)), Locale::ZhCn) => format!("{kind}：{measure}，{cohorts} 批，{day}平均 {mean}"),
        (Some((day, mean)), Locale::En) => format!("{kind}: {measure}, {cohorts} cohorts, {day} mean {mean}"),
        (None, Locale::ZhCn) => format!("{kind}：{measure}，{cohorts} 批"),
        (None, Locale::En) => format!("{kind}: {measure}, {cohorts} cohorts"),
    }
}

/// `of` is the value that alone is drawn where there are several.
pub(crate) fn histogram_summary(measure: &str, of: Option<&str>, marks: &str, locale: Locale) -> String {
    match (locale, of) {
        (Locale::ZhCn, None) => format!("直方图：{measure}，{marks}"),
        (Locale::ZhCn, Some(of)) => format!("直方图：{measure}，仅 {of}，{marks}"),
        (Locale::En, None) => format!("Histogram: {measure}, {marks}"),
        (Locale::En, Some(of)) => format!("Histogram: {measure}, {of} only, {marks}"),
    }
}

pub(crate) fn box_plot_summary(measure: &str, boxes: usize, most: Option<(&str, String)>, locale: Locale) -> String {
    match (locale, most) {
        (Locale::ZhCn, Some((name, value))) => format!("箱线图：{measure}，{boxes} 项，中位数最高 {name} {value}"),
        (Locale::ZhCn, None) => format!("箱线图：{measure}，{boxes} 项"),
        (Locale::En, Some((name, value))) => {
            format!("Box plot: {measure}, {boxes} boxes, highest median {name} {value}")
        }
        (Locale::En, None) => format!("Box plot: {measure}, {boxes} boxes"),
    }
}

pub(crate) fn scatter_summary(
    (x, y): (&str, &str),
    points: usize,
    most: Option<(&str, String)>,
    locale: Locale,
) -> String {
    let most = led_by(most, locale);
    match locale {
        Locale::ZhCn => format!("散点图：横轴{x}，纵轴{y}，{points} 个点{most}"),
        Locale::En => format!("Scatter plot: {x} across, {y} upwards, {points} points{most}"),
    }
}

/// One number, and what ought to be reached.
pub(crate) fn figure_summary(
    kind: ComponentKind,
    (measure, value): (&str, &str),
    target: Option<(&str, &str)>,
    locale: Locale,
) -> String {
    let kind = kind_name(kind).in_locale(locale);
    let target = target.map(|(name, value)| format!("{}{name} {value}", comma(locale))).unwrap_or_default();
    format!("{kind}{}{measure} {value}{target}", colon(locale))
}

pub(crate) fn radar_summary(
    measure: &str,
    (axes, series): (usize, usize),
    largest: Option<(&str, &str)>,
    locale: Locale,
) -> String {
    let largest = match (largest, locale) {
        (Some((name, value)), Locale::ZhCn) => format!("，最高 {name} {value}"),
        (Some((name, value)), Locale::En) => format!(", highest {name} {value}"),
        (None, _) => String::new(),
    };
    match locale {
        Locale::ZhCn => format!("雷达图：{measure}，{axes} 个轴，{series} 个系列{largest}"),
        Locale::En => format!("Radar: {measure}, {axes} axes, {series} series{largest}"),
    }
}
