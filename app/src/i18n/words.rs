//! Names of the things of the domain, in the reader's language.

use super::text;
use components::tile::kind_name;
use model::{
    access::Role,
    board::ComponentKind,
    formatting::Locale,
    geo::Region,
    metric::{Domain, SessionOrder, Stat},
    time::{CalendarWord, Compare, Grain, TimeRange},
};

pub fn component_name(kind: ComponentKind, locale: Locale) -> &'static str {
    kind_name(kind, locale)
}

pub fn role_name(role: Role, locale: Locale) -> &'static str {
    match role {
        Role::Viewer => text!(locale, role.viewer),
        Role::Editor => text!(locale, role.editor),
        Role::Admin => text!(locale, role.admin),
    }
}

pub fn domain_name(domain: Domain, locale: Locale) -> &'static str {
    match domain {
        Domain::Audience => text!(locale, domain.audience),
        Domain::Operation => text!(locale, domain.operation),
        Domain::Content => text!(locale, domain.content),
        Domain::Orders => text!(locale, domain.orders),
        Domain::Quality => text!(locale, domain.quality),
        Domain::Web => text!(locale, domain.web),
        Domain::Interaction => text!(locale, domain.interaction),
        Domain::Media => text!(locale, domain.media),
        Domain::Appraisal => text!(locale, domain.appraisal),
    }
}

pub fn region_name(region: Region, locale: Locale) -> &'static str {
    match region {
        Region::Province(province) => province.name_in(locale),
        Region::Unknown => text!(locale, common.unknown_place),
    }
}

pub fn grain_name(grain: Grain, locale: Locale) -> &'static str {
    match grain {
        Grain::Minute => text!(locale, grain.minute),
        Grain::Hour => text!(locale, grain.hour),
        Grain::Day => text!(locale, grain.day),
        Grain::Week => text!(locale, grain.week),
        Grain::Month => text!(locale, grain.month),
    }
}

pub fn compare_name(compare: Compare, locale: Locale) -> &'static str {
    match compare {
        Compare::PreviousPeriod => text!(locale, compare.previous_period),
        Compare::Day => text!(locale, compare.day),
        Compare::Week => text!(locale, compare.week),
        Compare::Month => text!(locale, compare.month),
        Compare::Year => text!(locale, compare.year),
        Compare::YearLunar => text!(locale, compare.year_lunar),
    }
}

pub fn session_order_name(order: SessionOrder, locale: Locale) -> &'static str {
    match order {
        SessionOrder::Worst => text!(locale, session_order.worst),
        SessionOrder::SlowestStart => text!(locale, session_order.slowest_start),
        SessionOrder::Failed => text!(locale, session_order.failed),
        SessionOrder::Newest => text!(locale, session_order.newest),
    }
}

pub fn stat_name(stat: Stat, locale: Locale) -> String {
    match stat {
        Stat::Mean => text!(locale, stat.mean).to_owned(),
        Stat::Quantile(_) if stat.to_string() == "p50" => text!(locale, stat.median).to_owned(),
        Stat::Quantile(_) => text!(locale, stat.quantile, name = stat.to_string()),
    }
}

/// `近 24 小时`, `Last 7 days`, `今天`, or the two ends of a fixed range.
pub fn time_range_name(range: TimeRange, locale: Locale) -> String {
    match range {
        TimeRange::Last(span) => match span.minutes() {
            minutes if minutes % 1_440 == 0 && minutes > 1_440 => {
                text!(locale, range.last_days, count = minutes / 1_440)
            }
            minutes if minutes % 60 == 0 => text!(locale, range.last_hours, count = minutes / 60),
            minutes => text!(locale, range.last_minutes, count = minutes),
        },
        TimeRange::Word(word) => calendar_word_name(word, locale).to_owned(),
        TimeRange::Between(interval) => format!("{} – {}", interval.from(), interval.to()),
    }
}

fn calendar_word_name(word: CalendarWord, locale: Locale) -> &'static str {
    match word {
        CalendarWord::Today => text!(locale, range.today),
        CalendarWord::Yesterday => text!(locale, range.yesterday),
        CalendarWord::ThisWeek => text!(locale, range.this_week),
        CalendarWord::LastWeek => text!(locale, range.last_week),
        CalendarWord::ThisMonth => text!(locale, range.this_month),
        CalendarWord::LastMonth => text!(locale, range.last_month),
        CalendarWord::ThisYear => text!(locale, range.this_year),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_are_read_as_people_say_them() {
        let last = |text: &str| TimeRange::Last(text.parse().unwrap());
        assert_eq!(time_range_name(last("24h"), Locale::ZhCn), "近 24 小时");
        assert_eq!(time_range_name(last("7d"), Locale::En), "Last 7 days");
        assert_eq!(time_range_name(TimeRange::Word(CalendarWord::Today), Locale::ZhCn), "今天");
    }
}
