//! Moments on axes and badges.

use super::Locale;
use crate::time::{Calendar, Grain, Timestamp};

/// Hours and minutes of the organisation's wall clock: `20:05`.
pub fn clock_time(moment: Timestamp, calendar: Calendar) -> String {
    let minute = (moment.millis().div_euclid(60_000) + i64::from(calendar.offset_minutes)).rem_euclid(1_440);
    format!("{:02}:{:02}", minute / 60, minute % 60)
}

/// The label of a step on a time axis: `20:05`, `11-21`, `2026-11`.
pub fn step_label(start: Timestamp, grain: Grain, calendar: Calendar) -> String {
    let (year, month, day) = calendar.day_of(start).year_month_day();
    match grain {
        Grain::Minute | Grain::Hour => clock_time(start, calendar),
        Grain::Day | Grain::Week => format!("{month:02}-{day:02}"),
        Grain::Month => format!("{year}-{month:02}"),
    }
}

/// A day in full: `2026年11月21日 星期六`, `Saturday, 21 November 2026`.
pub fn date_in_full(moment: Timestamp, calendar: Calendar, locale: Locale) -> String {
    const WEEKDAYS_ZH: [&str; 7] = ["一", "二", "三", "四", "五", "六", "日"];
    const WEEKDAYS: [&str; 7] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
    const MONTHS: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    let day = calendar.day_of(moment);
    let (year, month, of_month) = day.year_month_day();
    let weekday = |names: [&'static str; 7]| names.get(usize::from(day.weekday())).copied().unwrap_or_default();
    match locale {
        Locale::ZhCn => format!("{year}年{month}月{of_month}日 星期{}", weekday(WEEKDAYS_ZH)),
        Locale::En => {
            let month = MONTHS.get(usize::from(month.saturating_sub(1))).copied().unwrap_or_default();
            format!("{}, {of_month} {month} {year}", weekday(WEEKDAYS))
        }
    }
}

/// How long ago: `3 秒前`, `5 min ago`.
pub fn age(seconds: i64, locale: Locale) -> String {
    let (count, zh, en) = match seconds.max(0) {
        seconds @ 0..60 => (seconds, "秒前", "s ago"),
        seconds @ 60..3_600 => (seconds / 60, "分钟前", "min ago"),
        seconds @ 3_600..86_400 => (seconds / 3_600, "小时前", "h ago"),
        seconds => (seconds / 86_400, "天前", "d ago"),
    };
    match locale {
        Locale::ZhCn => format!("{count} {zh}"),
        Locale::En => format!("{count} {en}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_use_the_wall_clock() {
        let moment = Timestamp::parse("2026-11-20T16:05:00Z").unwrap();
        assert_eq!(clock_time(moment, Calendar::CHINA), "00:05");
        assert_eq!(step_label(moment, Grain::Day, Calendar::CHINA), "11-21");
        assert_eq!(age(200, Locale::En), "3 min ago");
        assert_eq!(age(-5, Locale::ZhCn), "0 秒前");
    }
}
