//! What things are called: values, days, comparisons, columns.

use super::{Words, both};
use model::{
    metric,
    metric::{BAND_HIGH, BAND_LOW, HIGH, LOW, SessionColumns, SessionState},
    time::{Compare, Festival, SpecialDay},
};

pub(crate) const PROVINCE: Words = both("省份", "Province");
pub(crate) const UNKNOWN: Words = both("未知", "Unknown");
pub(crate) const OTHER: Words = both("其他", "Other");
pub(crate) const TIME: Words = both("时间", "Time");
pub(crate) const COMPARED: Words = both("对比", "Compare with");
pub(crate) const ALL: Words = both("全部", "All");
pub(crate) const EACH_TILES_OWN: Words = both("各组件自定", "Each tile's own");

/// What a play session is in, or how it ends.
pub(crate) const fn session_state(state: SessionState) -> Words {
    match state {
        SessionState::Starting => both("起播", "Starting"),
        SessionState::Playing => both("播放", "Playing"),
        SessionState::Stalled => both("卡顿", "Stalled"),
        SessionState::Paused => both("暂停", "Paused"),
        SessionState::Seeking => both("拖动", "Seeking"),
        SessionState::Ended => both("播完", "Ended"),
        SessionState::Left => both("退出", "Left"),
        SessionState::Failed => both("失败", "Failed"),
    }
}

/// The columns of single sessions that the catalogue does not know.
pub(crate) fn session_column(name: &str) -> Option<Words> {
    Some(match name {
        SessionColumns::SESSION => both("会话", "Session"),
        SessionColumns::STATE => both("状态", "State"),
        SessionColumns::OFFSET => SINCE_START,
        SessionColumns::LENGTH => LASTED,
        SessionColumns::POSITION => both("播放位置", "Position"),
        SessionColumns::BITRATE => both("码率", "Bitrate"),
        SessionColumns::ERROR => both("错误码", "Error code"),
        _ => return None,
    })
}

/// Since the beginning of a session.
pub(crate) const SINCE_START: Words = both("距开始", "Since start");
pub(crate) const LASTED: Words = both("时长", "Lasted");
pub(crate) const BEGUN: Words = both("开始时间", "Begun");

/// What a day is off for, or that it is worked.
pub(crate) const fn special_day(day: SpecialDay) -> Words {
    match day {
        SpecialDay::Off(Festival::NewYear) => both("元旦", "New Year"),
        SpecialDay::Off(Festival::SpringFestival) => both("春节", "Spring Festival"),
        SpecialDay::Off(Festival::Qingming) => both("清明", "Qingming"),
        SpecialDay::Off(Festival::LabourDay) => both("劳动节", "Labour Day"),
        SpecialDay::Off(Festival::DragonBoat) => both("端午", "Dragon Boat"),
        SpecialDay::Off(Festival::MidAutumn) => both("中秋", "Mid-Autumn"),
        SpecialDay::Off(Festival::NationalDay) => both("国庆", "National Day"),
        SpecialDay::Worked => both("调休上班", "Worked for a holiday"),
    }
}

/// What a change is counted from.
pub(crate) const fn compared_with(compare: Compare) -> Words {
    match compare {
        Compare::PreviousPeriod => both("较上期", "vs previous period"),
        Compare::Day => both("较前一日", "vs day before"),
        Compare::Week => both("较上周", "vs week before"),
        Compare::Month => both("较上月", "vs month before"),
        Compare::Year => both("较去年", "vs year before"),
        Compare::YearLunar => both("较去年农历同期", "vs lunar year before"),
    }
}

/// What stands in a column beside that of a metric, by the end of its name.
pub(crate) fn beside(name: &str) -> Option<Words> {
    Some(match name {
        LOW => both("下限", "low"),
        HIGH => both("上限", "high"),
        BAND_LOW => both("预期下限", "expected from"),
        BAND_HIGH => both("预期上限", "expected to"),
        metric::OUTSIDE => both("超出预期（1 偏高，-1 偏低）", "outside (1 above, -1 below)"),
        _ => return None,
    })
}
