//! What charts say beside their numbers.

use super::{Words, both};
use model::formatting::Locale;

pub(crate) const ABOVE_EXPECTED: Words = both("高于预期区间", "Above the expected range");
pub(crate) const BELOW_EXPECTED: Words = both("低于预期区间", "Below the expected range");
pub(crate) const NO_VALUE: Words = both("—", "—");
pub(crate) const NOT_THERE_YET: Words = both("数据尚未到达", "Not there yet");
pub(crate) const STILL_FILLING: Words = both("统计中，尚不完整", "Still filling");
pub(crate) const OUTSIDE_SCOPE_SHORT: Words = both("不在您的数据范围内", "Outside your scope");
pub(crate) const STEP_THROUGH: Words = both("用方向键逐项查看", "Step through with the arrow keys");
pub(crate) const NOTHING_POINTED_AT: Words = both("未选中", "Nothing selected");
pub(crate) const TARGET: Words = both("目标", "Target");
pub(crate) const TOTAL: Words = both("合计", "Total");
pub(crate) const SO_FAR: Words = both("累计", "So far");
pub(crate) const SHARE: Words = both("占比", "Share");
pub(crate) const MEDIAN: Words = both("中位数", "Median");

pub(crate) fn more_items(count: usize, locale: Locale) -> String {
    match locale {
        Locale::ZhCn => format!("另有 {count} 项"),
        Locale::En => format!("{count} more"),
    }
}

pub(crate) const DAY: Words = both("天", "Day");
pub(crate) const MEAN: Words = both("平均", "Mean");
pub(crate) const OF_THE_FIRST: Words = both("占首步", "of the first");
pub(crate) const OF_THE_STEP_BEFORE: Words = both("较上一步", "of the step before");
pub(crate) const OF_THE_WHOLE: Words = both("占比", "of the whole");
pub(crate) const HOURS_COUNTED: Words = both("计入小时数", "Hours counted");
pub(crate) const COMES_IN: Words = both("流入", "Comes in");
pub(crate) const GOES_OUT: Words = both("流出", "Goes out");

/// What a share is of, by name.
pub(crate) fn share_of(name: &str, locale: Locale) -> String {
    match locale {
        Locale::ZhCn => format!("占{name}"),
        Locale::En => format!("of {name}"),
    }
}

/// So many days after the first.
pub(crate) fn day_number(number: &str, locale: Locale) -> String {
    match locale {
        Locale::ZhCn => format!("第 {number} 天"),
        Locale::En => format!("Day {number}"),
    }
}

pub(crate) const ATTAINED: Words = both("达成率", "Attained");
pub(crate) const SHARE_OF_WHOLE: Words = both("占比", "Share");
pub(crate) const SINCE_MINUTE_BEFORE: Words = both("较前一分钟", "Since the minute before");
pub(crate) const PEAK: Words = both("峰值", "Peak");
pub(crate) const PLACE: Words = both("名次", "Place");
