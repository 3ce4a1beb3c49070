//! Maps, in one sentence.

use super::most_of;
use model::formatting::Locale;

pub(crate) fn map_summary(measure: &str, counted: usize, locale: Locale) -> String {
    match locale {
        Locale::ZhCn => format!("分省地图：{measure}，{counted} 个省份有数据"),
        Locale::En => format!("Province map: {measure}, {counted} provinces with data"),
    }
}

/// The approval number of a map, or that it is still to be entered.
pub(crate) fn map_approval(number: Option<&str>, locale: Locale) -> String {
    match (number, locale) {
        (Some(number), Locale::ZhCn) => format!("审图号：{number}"),
        (Some(number), Locale::En) => format!("Map approval number: {number}"),
        (None, Locale::ZhCn) => "审图号：待填写".to_owned(),
        (None, Locale::En) => "Map approval number: to be entered".to_owned(),
    }
}

pub(crate) fn boundary_map_summary(
    measure: &str,
    counted: usize,
    most: Option<(&str, String)>,
    locale: Locale,
) -> String {
    let most = most_of(most, locale);
    match locale {
        Locale::ZhCn => format!("边界地图：{measure}，{counted} 个省份有数据{most}"),
        Locale::En => format!("Boundary map: {measure}, {counted} provinces with data{most}"),
    }
}

pub(crate) fn flow_map_summary(
    measure: &str,
    hub: &str,
    flows: usize,
    most: Option<(&str, String)>,
    locale: Locale,
) -> String {
    let most = most_of(most, locale);
    match locale {
        Locale::ZhCn => format!("流向地图：{measure}，{hub} 到 {flows} 个省份{most}"),
        Locale::En => format!("Flow map: {measure}, {hub} to {flows} provinces{most}"),
    }
}

pub(crate) fn page_heat_summary(
    measure: &str,
    slots: usize,
    placed: usize,
    most: Option<(&str, String)>,
    locale: Locale,
) -> String {
    let most = most_of(most, locale);
    match locale {
        Locale::ZhCn => format!("页面热力图：{measure}，{slots} 个位置，{placed} 个在图上{most}"),
        Locale::En => format!("Page heat: {measure}, {slots} places, {placed} of them on the picture{most}"),
    }
}
