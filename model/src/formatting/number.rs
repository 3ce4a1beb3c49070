//! Numbers: short on a card, exact on hover.

use super::Locale;
use crate::metric::Unit;

/// A number in two parts, so that the unit can be set smaller.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FormattedNumber {
    /// `1.24`, `−3`, `98.2`.
    pub figure: String,
    /// `万`, `亿`, `k`, `M`, `%`, `s` and so on, and what is counted; may be empty.
    pub suffix: String,
}

impl FormattedNumber {
    /// Both parts in one text.
    pub fn joined(&self) -> String {
        format!("{}{}", self.figure, self.suffix)
    }
}

/// Groups of three digits and at most so many decimals, without trailing zeros.
fn grouped(value: f64, decimals: usize) -> String {
    signed_groups(value, decimals, false)
}

/// Groups of three digits and just so many decimals, so that numbers line up under each other.
fn grouped_fixed(value: f64, decimals: usize) -> String {
    signed_groups(value, decimals, true)
}

fn signed_groups(value: f64, decimals: usize, keeps_zeros: bool) -> String {
    let text = format!("{:.decimals$}", value.abs());
    let (whole, fraction) = text.split_once('.').unwrap_or((&text, ""));
    let mut figure = String::with_capacity(text.len() + 4);
    for (index, digit) in whole.chars().enumerate() {
        if index > 0 && (whole.len() - index) % 3 == 0 {
            figure.push(',');
        }
        figure.push(digit);
    }
    let fraction = if keeps_zeros { fraction } else { fraction.trim_end_matches('0') };
    if !fraction.is_empty() {
        figure.push('.');
        figure.push_str(fraction);
    }
    // The sign of what is shown, not of what was rounded away.
    if value < 0.0 && figure.bytes().any(|byte| byte.is_ascii_digit() && byte != b'0') {
        figure.insert(0, '−');
    }
    figure
}

/// Divides by the locale's round thousands: 万 and 亿, or k, M and B. Fewer than 10,000 stay whole.
fn scaled(value: f64, locale: Locale) -> (f64, &'static str) {
    let steps: &[(f64, &str)] = match locale {
        Locale::ZhCn => &[(1e8, "亿"), (1e4, "万")],
        Locale::En => &[(1e9, "B"), (1e6, "M"), (1e3, "k")],
    };
    if value.abs() < 9_999.5 {
        return (value, "");
    }
    // 99,999,999 is 1 亿 and not 10,000 万: the step is chosen after rounding to four figures.
    let found = steps.iter().find(|(size, _)| value.abs() >= size * 0.999_95);
    found.map_or((value, ""), |(size, suffix)| (value / size, *suffix))
}

const fn decimals_for(value: f64) -> usize {
    let size = value.abs();
    if size >= 1_000.0 {
        0
    } else if size >= 100.0 {
        1
    } else {
        2
    }
}

const fn unit_suffix(unit: Unit, locale: Locale) -> &'static str {
    match (unit, locale) {
        (Unit::Count | Unit::Ratio, _) | (Unit::Users | Unit::Households, Locale::En) => "",
        (Unit::Users, Locale::ZhCn) => "人",
        (Unit::Households, Locale::ZhCn) => "户",
        (Unit::Minutes, Locale::ZhCn) => "分钟",
        (Unit::Minutes, Locale::En) => " min",
        (Unit::Hours, Locale::ZhCn) => "小时",
        (Unit::Hours, Locale::En) => " h",
        (Unit::Seconds, Locale::ZhCn) => "秒",
        (Unit::Seconds, Locale::En) => " s",
        (Unit::Milliseconds, Locale::ZhCn) => "毫秒",
        (Unit::Milliseconds, Locale::En) => " ms",
        (Unit::Percent, _) => "%",
        (Unit::Fen, Locale::ZhCn) => "元",
        (Unit::Fen, Locale::En) => " CNY",
        (Unit::Kbps, _) => " kbps",
        (Unit::Gigabytes, _) => " GB",
    }
}

/// Money is kept in fen and read in yuan.
fn in_shown_unit(value: f64, unit: Unit) -> f64 {
    match unit {
        Unit::Fen => value / 100.0,
        Unit::Count
        | Unit::Users
        | Unit::Households
        | Unit::Minutes
        | Unit::Hours
        | Unit::Seconds
        | Unit::Milliseconds
        | Unit::Percent
        | Unit::Kbps
        | Unit::Gigabytes
        | Unit::Ratio => value,
    }
}

/// A number as a card shows it: about four figures.
pub fn short_number(value: f64, unit: Unit, locale: Locale) -> FormattedNumber {
    let (value, magnitude) = scaled(in_shown_unit(value, unit), locale);
    FormattedNumber {
        figure: grouped(value, decimals_for(value)),
        suffix: format!("{magnitude}{}", unit_suffix(unit, locale)),
    }
}

/// A number with all its figures, as shown on hover and in tables.
pub fn exact_number(value: f64, unit: Unit, locale: Locale) -> FormattedNumber {
    let decimals = match unit {
        Unit::Count | Unit::Users | Unit::Milliseconds => 0,
        Unit::Fen | Unit::Hours | Unit::Minutes | Unit::Seconds | Unit::Households | Unit::Kbps | Unit::Gigabytes => 2,
        Unit::Percent | Unit::Ratio => 3,
    };
    FormattedNumber {
        figure: grouped(in_shown_unit(value, unit), decimals),
        suffix: unit_suffix(unit, locale).to_owned(),
    }
}

/// How many decimals numbers share that stand beside each other: none where all are whole, else as many as the largest
/// of them would have on a card. Money keeps its fen.
pub fn shared_decimals(values: impl IntoIterator<Item = f64>, unit: Unit) -> usize {
    let mut largest = 0.0_f64;
    let mut all_whole = true;
    for value in values {
        let shown = in_shown_unit(value, unit);
        largest = largest.max(shown.abs());
        all_whole &= is_whole(shown);
    }
    if all_whole {
        return 0;
    }
    match unit {
        Unit::Count | Unit::Users | Unit::Milliseconds => 0,
        Unit::Fen => 2,
        Unit::Households
        | Unit::Minutes
        | Unit::Hours
        | Unit::Seconds
        | Unit::Percent
        | Unit::Kbps
        | Unit::Gigabytes
        | Unit::Ratio => decimals_for(largest),
    }
}

/// Whether things are counted in a unit: what is counted has no parts, however many decimals somebody wishes for.
const fn counts_things(unit: Unit) -> bool {
    match unit {
        Unit::Count | Unit::Users => true,
        Unit::Fen
        | Unit::Households
        | Unit::Minutes
        | Unit::Hours
        | Unit::Seconds
        | Unit::Milliseconds
        | Unit::Percent
        | Unit::Kbps
        | Unit::Gigabytes
        | Unit::Ratio => false,
    }
}

fn is_whole(value: f64) -> bool {
    (value - value.round()).abs() < 1e-9
}

/// The decimals of numbers in full that stand beside each other: as many as are wished for, unless they are counted things
/// and all of them whole; without a wish as many as they share.
pub fn column_decimals(values: impl IntoIterator<Item = f64>, unit: Unit, wished: Option<u8>) -> usize {
    match wished {
        None => shared_decimals(values, unit),
        Some(_) if counts_things(unit) && values.into_iter().all(is_whole) => 0,
        Some(wished) => usize::from(wished),
    }
}

/// A number in full with just so many decimals, without its unit: for columns, whose heading names the unit.
pub fn column_number(value: f64, unit: Unit, decimals: usize) -> String {
    grouped_fixed(in_shown_unit(value, unit), decimals)
}

/// A number among others of its kind, as beside bars or on a map, in figure and magnitude: short where it is large, else
/// with the decimals that they share; with no more than `most` of them where there is little room.
fn among(value: f64, unit: Unit, decimals: usize, most: usize, locale: Locale) -> (String, &'static str) {
    let (scaled, magnitude) = scaled(in_shown_unit(value, unit), locale);
    let decimals = if magnitude.is_empty() { decimals } else { decimals_for(scaled) };
    (grouped_fixed(scaled, decimals.min(most)), magnitude)
}

/// A number as a card shows it, in figure and magnitude. It has just so many decimals, unless it is a count in full.
fn short_with(value: f64, unit: Unit, decimals: usize, locale: Locale) -> (String, &'static str) {
    let (value, magnitude) = scaled(in_shown_unit(value, unit), locale);
    let is_count = magnitude.is_empty() && counts_things(unit) && is_whole(value);
    (grouped_fixed(value, if is_count { 0 } else { decimals }), magnitude)
}

/// A number as a card shows it, with just so many decimals; a whole count that is written in full has none.
pub fn short_number_with(value: f64, unit: Unit, decimals: usize, locale: Locale) -> FormattedNumber {
    let (figure, magnitude) = short_with(value, unit, decimals, locale);
    FormattedNumber { figure, suffix: format!("{magnitude}{}", unit_suffix(unit, locale)) }
}

/// The same without its unit, as beside an axis or on a map.
pub fn short_figure_with(value: f64, unit: Unit, decimals: usize, locale: Locale) -> String {
    let (figure, magnitude) = short_with(value, unit, decimals, locale);
    format!("{figure}{magnitude}")
}

/// A number among others of its kind, with its unit.
pub fn number_among(value: f64, unit: Unit, decimals: usize, locale: Locale) -> FormattedNumber {
    let (figure, magnitude) = among(value, unit, decimals, usize::MAX, locale);
    FormattedNumber { figure, suffix: format!("{magnitude}{}", unit_suffix(unit, locale)) }
}

/// A number among others of its kind, without its unit and with at most so many decimals.
pub fn figure_among(value: f64, unit: Unit, decimals: usize, most: usize, locale: Locale) -> String {
    let (figure, magnitude) = among(value, unit, decimals, most, locale);
    format!("{figure}{magnitude}")
}

/// A number beside an axis: short, without the unit, which stands on the axis once.
pub fn axis_number(value: f64, unit: Unit, locale: Locale) -> String {
    let (value, magnitude) = scaled(in_shown_unit(value, unit), locale);
    format!("{}{magnitude}", grouped(value, 2))
}

/// A change in percent, always with its sign: `+3.2%`.
pub fn change_percent(percent: f64) -> String {
    let figure = grouped(percent, 1);
    let sign = if percent > 0.0 && figure != "0" { "+" } else { "" };
    format!("{sign}{figure}%")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn short(value: f64, unit: Unit, locale: Locale) -> String {
        short_number(value, unit, locale).joined()
    }

    #[test]
    fn chinese_counts_in_ten_thousands() {
        assert_eq!(short(12_345.0, Unit::Count, Locale::ZhCn), "1.23万");
        assert_eq!(short(123_456_789.0, Unit::Count, Locale::ZhCn), "1.23亿");
        assert_eq!(short(99_999_999.0, Unit::Count, Locale::ZhCn), "1亿");
        assert_eq!(short(9_876.0, Unit::Count, Locale::ZhCn), "9,876");
        assert_eq!(short_number_with(12_345_600.0, Unit::Households, 1, Locale::ZhCn).joined(), "1,234.6万户");
        assert_eq!(short(12_345_600.0, Unit::Households, Locale::ZhCn), "1,235万户");
    }

    #[test]
    fn english_counts_in_thousands() {
        assert_eq!(short(12_345.0, Unit::Count, Locale::En), "12.35k");
        assert_eq!(short(1_234_567.0, Unit::Count, Locale::En), "1.23M");
        assert_eq!(short(0.5, Unit::Percent, Locale::En), "0.5%");
        assert_eq!(short(-0.001, Unit::Percent, Locale::En), "0%");
    }

    #[test]
    fn money_is_read_in_yuan() {
        assert_eq!(short(1_999.0, Unit::Fen, Locale::ZhCn), "19.99元");
        assert_eq!(exact_number(123_456_789.0, Unit::Fen, Locale::En).joined(), "1,234,567.89 CNY");
    }

    #[test]
    fn numbers_beside_each_other_share_their_decimals() {
        let ratings = [31.4, 30.333, 28.0];
        let decimals = shared_decimals(ratings, Unit::Percent);
        assert_eq!(ratings.map(|rating| column_number(rating, Unit::Percent, decimals)), ["31.40", "30.33", "28.00"]);
        assert_eq!(shared_decimals([41.0, 143.0], Unit::Households), 0);
        assert_eq!(shared_decimals([1_990.0, 2_000.0], Unit::Fen), 2);
        assert_eq!(column_number(1_990.0, Unit::Fen, 2), "19.90");
        assert_eq!(number_among(1.4, Unit::Percent, 2, Locale::ZhCn).joined(), "1.40%");
        assert_eq!(number_among(120_000.0, Unit::Households, 0, Locale::ZhCn).joined(), "12.00万户");
        assert_eq!(figure_among(120_000.0, Unit::Households, 0, 2, Locale::ZhCn), "12.00万");
        assert_eq!(figure_among(129_900.0, Unit::Households, 0, 0, Locale::ZhCn), "13万");
    }

    #[test]
    fn counted_things_have_no_parts() {
        assert_eq!(column_decimals([9_211.0, 12.0], Unit::Count, Some(2)), 0);
        assert_eq!(column_decimals([9_211.0, 12.5], Unit::Count, Some(2)), 2, "so many for each of something");
        assert_eq!(column_decimals([9_211.0, 12.0], Unit::Percent, Some(2)), 2);
        assert_eq!(column_decimals([1_990.0], Unit::Fen, None), 2);
        let short = |value, unit| short_number_with(value, unit, 2, Locale::ZhCn).joined();
        assert_eq!(short(812.0, Unit::Count), "812");
        assert_eq!(short(12_345.0, Unit::Count), "1.23万");
        assert_eq!(short(2.5, Unit::Count), "2.50");
        assert_eq!(short(812.0, Unit::Households), "812.00户");
        assert_eq!(short_figure_with(812.0, Unit::Users, 2, Locale::En), "812");
    }

    #[test]
    fn changes_carry_their_sign() {
        assert_eq!(change_percent(3.24), "+3.2%");
        assert_eq!(change_percent(-3.25), "−3.2%");
        assert_eq!(change_percent(0.01), "0%");
    }
}
