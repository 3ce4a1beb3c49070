//! What cards say.

use super::{Words, both};
use model::{
    board::Tone,
    formatting::{Locale, exact_number},
    metric::{Calculation, Unit},
};

pub(crate) const NO_PICTURE_YET: Words = both("还没有图片", "No picture yet");
pub(crate) const NO_FILM_YET: Words = both("还没有视频", "No video yet");
pub(crate) const NO_CODE_YET: Words = both("还没有内容", "Nothing to encode yet");
pub(crate) const NO_FILTER_YET: Words = both("还没有选择筛选", "No filter chosen yet");
pub(crate) const CHOOSE_ON_THE_RIGHT: Words = both("选中后在右侧填写", "Select it and fill it in on the right");
pub(crate) const UNBOUND: Words = both("还没有选择数据", "No data chosen yet");
pub(crate) const UNBOUND_TODO: Words = both("选中后在右侧选择指标", "Select it and choose a metric on the right");
pub(crate) const NOTHING_INSIDE: Words = both("还没有放入组件", "Nothing in it yet");
pub(crate) const NOTHING_INSIDE_TODO: Words = both("选中后在右侧添加页面", "Select it and add pages on the right");
pub(crate) const STOP_PAGES: Words = both("停止轮播", "Stop turning pages");
pub(crate) const TURN_PAGES: Words = both("继续轮播", "Turn pages again");

pub(crate) fn page_number(number: usize, locale: Locale) -> String {
    match locale {
        Locale::ZhCn => format!("第 {number} 页"),
        Locale::En => format!("Page {number}"),
    }
}

pub(crate) const EMPTY: Words = both("这段时间内没有数据", "Nothing happened in this time");
pub(crate) const EMPTY_TODO: Words = both("放宽时间范围或筛选条件即可看到", "Widen the time or the filters");
pub(crate) const OUTSIDE: Words = both("不在您的数据范围内", "Outside your scope");

pub(crate) const OUTSIDE_TODO: Words = both(
    "贵单位的管理员可以授予所需省份与数据类别",
    "An admin of your organisation can grant these provinces and this kind of data",
);

pub(crate) const EMPTY_TEXT: Words = both("空白文本", "Empty text");
pub(crate) const LAST_GOOD_KEPT: Words = both("，仍显示最近一次的数据。", "; the last good numbers stay. ");
pub(crate) const NEWEST_DATA: Words = both("最新数据的时间", "Age of the newest data");
pub(crate) const SIMULATED: Words = both("含模拟数据", "Holds simulated data");
pub(crate) const OWN_METRIC: Words = both("自建指标的定义版本", "The version of a metric of your own organisation");
pub(crate) const SMALL_SAMPLE: Words = both("样本少", "Small sample");
pub(crate) const CUT_OFF: Words = both("未显示完整", "Cut off");
pub(crate) const SESSIONS_CUT_OFF: Words =
    both("有的会话事件过多，只读取了前一部分", "Some session has too many events: only its first part was read");

/// How well a number does.
pub(crate) const fn tone(tone: Tone) -> Words {
    match tone {
        Tone::Good => both("良好", "Good"),
        Tone::Warning => both("预警", "Warning"),
        Tone::Danger => both("告警", "Alert"),
    }
}

/// Of a target; `share` is in percent.
pub(crate) fn reached(share: &str, locale: Locale) -> String {
    match locale {
        Locale::ZhCn => format!("达成 {share}"),
        Locale::En => format!("{share} reached"),
    }
}

pub(crate) const NOTHING_TO_COMPARE: Words = both("无可比数据", "no data");
pub(crate) const CARD_MENU: Words = both("更多操作", "More");

/// What is worked out from a metric's numbers.
pub fn calculation(calculation: Calculation, locale: Locale) -> String {
    match (calculation, locale) {
        (Calculation::Share, Locale::ZhCn) => "占比".to_owned(),
        (Calculation::Share, Locale::En) => "share".to_owned(),
        (Calculation::Tgi, Locale::ZhCn) => "TGI 偏好指数".to_owned(),
        (Calculation::Tgi, Locale::En) => "preference index (TGI)".to_owned(),
        (Calculation::Rank, Locale::ZhCn) => "排名".to_owned(),
        (Calculation::Rank, Locale::En) => "rank".to_owned(),
        (Calculation::RankChange, Locale::ZhCn) => "名次变化".to_owned(),
        (Calculation::RankChange, Locale::En) => "places gained".to_owned(),
        (Calculation::Confidence, Locale::ZhCn) => "95% 置信区间".to_owned(),
        (Calculation::Confidence, Locale::En) => "95% confidence interval".to_owned(),
        (Calculation::Anomaly, Locale::ZhCn) => "异常区间".to_owned(),
        (Calculation::Anomaly, Locale::En) => "expected range".to_owned(),
        (Calculation::Cumulative, Locale::ZhCn) => "累计".to_owned(),
        (Calculation::Cumulative, Locale::En) => "cumulative".to_owned(),
        (Calculation::MovingMean(window), Locale::ZhCn) => format!("{} 期移动平均", window.steps()),
        (Calculation::MovingMean(window), Locale::En) => format!("moving mean of {}", window.steps()),
    }
}

pub(crate) const ABOUT_THE_METRIC: Words = both("指标定义与口径", "About this metric");
pub(crate) const SHOW_AS_TABLE: Words = both("以表格查看", "Show as table");
pub(crate) const COPY_AS_CSV: Words = both("复制为 CSV", "Copy as CSV");
pub(crate) const COPIED: Words = both("已复制", "Copied");
pub(crate) const COPY: Words = both("复制", "Copy");
pub(crate) const SELECTED_TO_COPY: Words = both(
    "浏览器不允许网页复制：内容已选中，请按 Ctrl+C",
    "The browser does not let pages copy: it is selected, press Ctrl+C",
);

pub(crate) const COPY_NEEDS_HTTPS: Words =
    both("浏览器只允许在 https 页面上复制", "The browser copies on https pages only");

pub(crate) const TABLE: Words = both("数据表", "Data table");

/// Of an own metric's definition.
pub(crate) fn version(number: u32, locale: Locale) -> String {
    match locale {
        Locale::ZhCn => format!("版本 {number}"),
        Locale::En => format!("Version {number}"),
    }
}

pub(crate) fn fewer_than(minimum: u32, locale: Locale) -> String {
    match locale {
        Locale::ZhCn => format!("样本少于 {minimum}，请谨慎解读"),
        Locale::En => format!("Rests on fewer than {minimum} cases: read with care"),
    }
}

/// Of a curve beside a number: its least, its largest and its newest number.
pub(crate) fn course(low: &str, high: &str, last: &str, locale: Locale) -> String {
    match locale {
        Locale::ZhCn => format!("走势：最低 {low}，最高 {high}，最近 {last}"),
        Locale::En => format!("Course: low {low}, high {high}, last {last}"),
    }
}

pub(crate) fn incident(id: &str, locale: Locale) -> String {
    match locale {
        Locale::ZhCn => format!("事件编号 {id}"),
        Locale::En => format!("Incident {id}"),
    }
}

pub(crate) fn before(number: &str, locale: Locale) -> String {
    match locale {
        Locale::ZhCn => format!("对比值 {number}"),
        Locale::En => format!("Before: {number}"),
    }
}

/// Of `rows` rows only the first `limit` are there.
pub(crate) fn truncated(limit: u32, rows: u64, locale: Locale) -> String {
    let rows = exact_number(rows as f64, Unit::Count, locale).joined();
    match locale {
        Locale::ZhCn => format!("共 {rows} 行，只取了前 {limit} 行"),
        Locale::En => format!("Only the first {limit} of {rows} rows were taken"),
    }
}
