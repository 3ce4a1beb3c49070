//! Axes of time: which steps are marked, and how they are read.

use super::{scene::FONT_PX, text_width_px};
use model::{
    formatting::{Locale, clock_time},
    time::{Calendar, Grain, Timestamp},
};

/// The least room between two labels.
const APART_PX: f64 = 16.0;

/// A marked step: its index, where its label is centred, and what it says.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct TimeTick {
    pub(crate) x: f64,
    pub(crate) text: String,
}

/// How closely steps are marked.
#[derive(Debug, Clone, Copy)]
enum Rhythm {
    /// Wall-clock times that are whole multiples of so many minutes.
    Minutes(i64),
    /// Every so many days, counted from a Monday.
    Days(i32),
    /// The first step of every so many months, counted from January.
    Months(u8),
    /// The first step of every so many years.
    Years(i32),
}

const RHYTHMS: [Rhythm; 22] = [
    Rhythm::Minutes(1),
    Rhythm::Minutes(2),
    Rhythm::Minutes(5),
    Rhythm::Minutes(10),
    Rhythm::Minutes(15),
    Rhythm::Minutes(30),
    Rhythm::Minutes(60),
    Rhythm::Minutes(120),
    Rhythm::Minutes(180),
    Rhythm::Minutes(240),
    Rhythm::Minutes(360),
    Rhythm::Minutes(720),
    Rhythm::Days(1),
    Rhythm::Days(2),
    Rhythm::Days(7),
    Rhythm::Days(14),
    Rhythm::Months(1),
    Rhythm::Months(2),
    Rhythm::Months(3),
    Rhythm::Months(6),
    Rhythm::Years(1),
    Rhythm::Years(5),
];

impl Rhythm {
    /// Whether it is worth trying for steps of that grain: marks between two steps can't be met.
    const fn suits(self, grain: Grain) -> bool {
        match (self, grain) {
            (Self::Minutes(minutes), Grain::Hour) => minutes >= 60,
            (Self::Days(days), Grain::Week) => days >= 7,
            (Self::Minutes(_), Grain::Day | Grain::Week | Grain::Month) | (Self::Days(_), Grain::Month) => false,
            (Self::Minutes(_), Grain::Minute)
            | (Self::Days(_), Grain::Minute | Grain::Hour | Grain::Day)
            | (Self::Months(_) | Self::Years(_), _) => true,
        }
    }

    /// Whether the step is marked, `before` being the step before it.
    fn marks(self, step: Timestamp, before: Option<Timestamp>, calendar: Calendar) -> bool {
        let day = calendar.day_of(step);
        let is_first_of_day = before.is_none_or(|before| calendar.day_of(before) != day)
            && (before.is_some() || calendar.start_of(day) == step);
        let (year, month, _) = day.year_month_day();
        let month_before = before.map(|before| calendar.day_of(before).year_month_day());
        let opens_month = match month_before {
            Some((year_before, month_before, _)) => (year_before, month_before) != (year, month),
            None => day.first_of_month() == day,
        };
        match self {
            Self::Minutes(minutes) => {
                let wall_minute = step.millis().div_euclid(60_000) + i64::from(calendar.offset_minutes);
                wall_minute.rem_euclid(minutes) == 0
            }
            // Day 4 of the count was a Monday.
            Self::Days(days) => is_first_of_day && (day.0 - 4).rem_euclid(days) == 0,
            Self::Months(months) => opens_month && (month - 1) % months == 0,
            Self::Years(years) => opens_month && month == 1 && year % years == 0,
        }
    }

    fn label(self, step: Timestamp, calendar: Calendar, locale: Locale) -> String {
        match self {
            Self::Minutes(_) => {
                let clock = clock_time(step, calendar);
                if clock == "00:00" { day_label(step, calendar, locale) } else { clock }
            }
            Self::Days(_) => day_label(step, calendar, locale),
            Self::Months(_) => month_label(step, calendar, locale),
            Self::Years(_) => calendar.day_of(step).year_month_day().0.to_string(),
        }
    }
}

const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const WEEKDAYS: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
const WEEKDAYS_ZH: [&str; 7] = ["一", "二", "三", "四", "五", "六", "日"];

fn month_name(month: u8) -> &'static str {
    MONTHS.get(usize::from(month) - 1).copied().unwrap_or_default()
}

/// A day of the week, 0 for Monday: `周一`, `Mon`.
pub(crate) fn weekday_name(weekday: u8, locale: Locale) -> String {
    let index = usize::from(weekday);
    match locale {
        Locale::ZhCn => format!("周{}", WEEKDAYS_ZH.get(index).copied().unwrap_or_default()),
        Locale::En => WEEKDAYS.get(index).copied().unwrap_or_default().to_owned(),
    }
}

fn day_label(step: Timestamp, calendar: Calendar, locale: Locale) -> String {
    let (_, month, day) = calendar.day_of(step).year_month_day();
    match locale {
        Locale::ZhCn => format!("{month}月{day}日"),
        Locale::En => format!("{} {day}", month_name(month)),
    }
}

/// The month of a step, or its year where it is a January: `3月`, `Mar`, `2026年`.
pub(crate) fn month_label(step: Timestamp, calendar: Calendar, locale: Locale) -> String {
    let (year, month, _) = calendar.day_of(step).year_month_day();
    match (locale, month) {
        (Locale::ZhCn, 1) => format!("{year}年"),
        (Locale::ZhCn, _) => format!("{month}月"),
        (Locale::En, 1) => year.to_string(),
        (Locale::En, _) => month_name(month).to_owned(),
    }
}

/// A step in full, as a tooltip heads it: `11月21日 周六 20:00`.
pub(crate) fn step_in_full(step: Timestamp, grain: Grain, calendar: Calendar, locale: Locale) -> String {
    let day = calendar.day_of(step);
    let (year, month, day_of_month) = day.year_month_day();
    let weekday = usize::from(day.weekday());
    let date = match locale {
        Locale::ZhCn => {
            let weekday = WEEKDAYS_ZH.get(weekday).copied().unwrap_or_default();
            format!("{month}月{day_of_month}日 周{weekday}")
        }
        Locale::En => {
            let weekday = WEEKDAYS.get(weekday).copied().unwrap_or_default();
            format!("{weekday} {day_of_month} {}", month_name(month))
        }
    };
    match (grain, locale) {
        (Grain::Minute | Grain::Hour, _) => format!("{date} {}", clock_time(step, calendar)),
        (Grain::Day, _) => date,
        (Grain::Week, Locale::ZhCn) => format!("{month}月{day_of_month}日起一周"),
        (Grain::Week, Locale::En) => format!("Week of {day_of_month} {}", month_name(month)),
        (Grain::Month, Locale::ZhCn) => format!("{year}年{month}月"),
        (Grain::Month, Locale::En) => format!("{} {year}", month_name(month)),
    }
}

/// The steps that are marked: as many as stand apart from each other within `left..=right`.
pub(crate) fn time_ticks(
    steps: &[(Timestamp, f64)],
    grain: Grain,
    calendar: Calendar,
    locale: Locale,
    (left, right): (f64, f64),
) -> Vec<TimeTick> {
    let candidates = RHYTHMS.into_iter().filter(|rhythm| rhythm.suits(grain)).map(|rhythm| {
        let before = std::iter::once(None).chain(steps.iter().map(|(step, _)| Some(*step)));
        let marked = steps.iter().zip(before).filter(|((step, _), before)| rhythm.marks(*step, *before, calendar));
        let ticks = marked.map(|((step, x), _)| TimeTick { x: *x, text: rhythm.label(*step, calendar, locale) });
        ticks.filter(|tick| fits(tick, left, right)).collect::<Vec<_>>()
    });
    let mut best: Vec<TimeTick> = Vec::new();
    for ticks in candidates {
        if !ticks.is_empty() && stand_apart(&ticks) {
            best = ticks;
            break;
        }
    }
    if best.is_empty() {
        // Nothing round is in sight: the first step says where we are.
        let first = steps.first().map(|(step, x)| TimeTick { x: *x, text: step_label(*step, grain, calendar, locale) });
        best.extend(first.map(|tick| pushed_inside(tick, left, right)));
    }
    best
}

/// A step as briefly as it can be told from those beside it: `20:00`, `11月21日`, `Nov 21`, `11月`.
pub(crate) fn brief_step(step: Timestamp, grain: Grain, calendar: Calendar, locale: Locale) -> String {
    step_label(step, grain, calendar, locale)
}

fn step_label(step: Timestamp, grain: Grain, calendar: Calendar, locale: Locale) -> String {
    match grain {
        Grain::Minute | Grain::Hour => Rhythm::Minutes(1).label(step, calendar, locale),
        Grain::Day | Grain::Week => day_label(step, calendar, locale),
        Grain::Month => month_label(step, calendar, locale),
    }
}

fn half_width(tick: &TimeTick) -> f64 {
    text_width_px(&tick.text, FONT_PX) / 2.0
}

fn fits(tick: &TimeTick, left: f64, right: f64) -> bool {
    tick.x - half_width(tick) >= left && tick.x + half_width(tick) <= right
}

fn pushed_inside(tick: TimeTick, left: f64, right: f64) -> TimeTick {
    let half = half_width(&tick);
    TimeTick { x: tick.x.min(right - half).max(left + half), ..tick }
}

fn stand_apart(ticks: &[TimeTick]) -> bool {
    ticks.windows(2).all(|pair| match pair {
        [one, other] => other.x - one.x >= half_width(one) + half_width(other) + APART_PX,
        _ => true,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn labels(from: &str, grain: Grain, count: usize, width_px: f64, locale: Locale) -> Vec<String> {
        let mut moment = Timestamp::parse(from).unwrap();
        let mut steps = Vec::new();
        for index in 0..count {
            steps.push((moment, 20.0 + (width_px - 40.0) * index as f64 / (count - 1).max(1) as f64));
            moment = Calendar::CHINA.next(moment, grain);
        }
        let ticks = time_ticks(&steps, grain, Calendar::CHINA, locale, (0.0, width_px));
        ticks.into_iter().map(|tick| tick.text).collect()
    }

    #[test]
    fn hours_are_marked_at_round_times_and_midnight_by_its_date() {
        let labels = labels("2026-11-20T13:00:00+08:00", Grain::Hour, 24, 500.0, Locale::ZhCn);
        assert_eq!(labels, ["15:00", "18:00", "21:00", "11月21日", "03:00", "06:00", "09:00", "12:00"]);
    }

    #[test]
    fn days_are_marked_by_weeks_where_they_are_many() {
        let zh = labels("2026-10-23T00:00:00+08:00", Grain::Day, 30, 420.0, Locale::ZhCn);
        assert_eq!(zh, ["10月26日", "11月2日", "11月9日", "11月16日"]);
        let en = labels("2026-10-23T00:00:00+08:00", Grain::Day, 30, 420.0, Locale::En);
        assert_eq!(en, ["Oct 26", "Nov 2", "Nov 9", "Nov 16"]);
    }

    #[test]
    fn a_lone_step_is_named() {
        assert_eq!(labels("2026-11-18T00:00:00+08:00", Grain::Day, 1, 200.0, Locale::ZhCn), ["11月18日"]);
    }

    #[test]
    fn a_step_is_read_in_full() {
        let moment = Timestamp::parse("2026-11-21T20:00:00+08:00").unwrap();
        let full = |grain, locale| step_in_full(moment, grain, Calendar::CHINA, locale);
        assert_eq!(full(Grain::Hour, Locale::ZhCn), "11月21日 周六 20:00");
        assert_eq!(full(Grain::Day, Locale::En), "Sat 21 Nov");
        assert_eq!(full(Grain::Month, Locale::ZhCn), "2026年11月");
    }

    proptest! {
        #[test]
        fn labels_stand_apart_and_inside(
            start_minute in 0_i64..30_000_000,
            grain in prop::sample::select(Grain::ALL.to_vec()),
            count in 1_usize..400,
            width_px in 60.0_f64..1_200.0,
            english in any::<bool>(),
        ) {
            let locale = if english { Locale::En } else { Locale::ZhCn };
            let mut moment = Calendar::CHINA.floor(Timestamp::from_millis(start_minute * 60_000), grain);
            let mut steps = Vec::new();
            for index in 0..count {
                steps.push((moment, width_px * index as f64 / (count - 1).max(1) as f64));
                moment = Calendar::CHINA.next(moment, grain);
            }
            let ticks = time_ticks(&steps, grain, Calendar::CHINA, locale, (0.0, width_px));
            prop_assert!(!ticks.is_empty());
            prop_assert!(stand_apart(&ticks));
            prop_assert!(ticks.len() == 1 || ticks.iter().all(|tick| fits(tick, 0.0, width_px)));
        }
    }
}
