//! What a number is measured against: a scale that holds it, bands from the thresholds, and a target.

use crate::{
    chart::{
        Ink, SeriesColour, Source,
        columns::{Measure, number},
        numbers::{Numbers, share_percent},
        ticks::ValueAxis,
    },
    words,
};
use model::{
    board::{Look, Threshold, Tone},
    formatting::{Locale, change_percent, exact_number},
    metric::Unit,
};

/// A part of a scale with one tone; none below the first threshold.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Band {
    pub(super) from: f64,
    pub(super) to: f64,
    pub(super) tone: Option<Tone>,
}

/// What ought to be reached.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Goal {
    pub(super) name: String,
    pub(super) value: f64,
    /// As it is written beside the number.
    pub(super) short: String,
}

impl Goal {
    pub(super) fn new(name: String, value: f64, unit: Unit, look: &Look, locale: Locale) -> Self {
        Self { name, value, short: Numbers::of([value], unit, look, locale).short(value) }
    }

    /// The target of the look, where it has one.
    pub(super) fn of(look: &Look, unit: Unit, locale: Locale) -> Option<Self> {
        let target = look.target.as_ref()?;
        let label = target.label.to_string();
        let name = if label.trim().is_empty() { words::TARGET.in_locale(locale).to_owned() } else { label };
        Some(Self::new(name, target.value.get(), unit, look, locale))
    }
}

/// A scale from zero that holds all of them: for percentages of a whole just 0 to 100.
pub(super) fn scale(values: impl Iterator<Item = f64> + Clone, unit: Unit) -> ValueAxis {
    let is_share = unit == Unit::Percent && values.clone().all(|value| (0.0..=100.0).contains(&value));
    if is_share {
        return ValueAxis { from: 0.0, to: 100.0, ticks: vec![0.0, 25.0, 50.0, 75.0, 100.0] };
    }
    ValueAxis::fitting(values.chain([0.0]), 0.0)
}

/// The scale cut at the thresholds; one band without a tone where there are none.
pub(super) fn bands(axis: &ValueAxis, thresholds: &[Threshold]) -> Vec<Band> {
    let starts = std::iter::once((axis.from, None)).chain(
        thresholds.iter().map(|threshold| (threshold.from.get().clamp(axis.from, axis.to), Some(threshold.tone))),
    );
    let ends = thresholds.iter().map(|threshold| threshold.from.get().clamp(axis.from, axis.to)).chain([axis.to]);
    let band = |((from, tone), to): ((f64, Option<Tone>), f64)| Band { from, to, tone };
    starts.zip(ends).map(band).filter(|band| band.to > band.from).collect()
}

/// What a number is drawn with.
pub(super) fn ink(tone: Option<Tone>) -> Ink {
    tone.map_or(Ink::Series(SeriesColour::FIRST), Ink::Tone)
}

/// How much of a target is reached: `98.2%`. `None` where there is no way from zero up to it.
pub(super) fn attainment(value: f64, target: f64) -> Option<String> {
    let share = value / target;
    (target > 0.0 && share.is_finite()).then(|| share_percent(share))
}

/// What stands in the columns beside a measure in a row, each with its name.
pub(super) fn comparisons(source: &Source, measure: &Measure, row: usize) -> Vec<(String, String)> {
    let locale = source.reading.locale;
    let prefix = source.frame.columns.get(measure.column).map(|column| format!("{}@", column.name)).unwrap_or_default();
    let beside = source.frame.columns.iter().enumerate().filter(|(_, column)| column.name.starts_with(&prefix));
    beside
        .filter_map(|(index, column)| {
            let value = number(source, row, index)?;
            let text = if column.name.ends_with("_pct") {
                change_percent(value)
            } else {
                exact_number(value, column.unit.unwrap_or(measure.unit), locale).joined()
            };
            Some((source.reading.names.column(&column.name, locale), text))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use model::board::Given;

    fn threshold(from: f64, tone: Tone) -> Threshold {
        Threshold { from: Given::new(from).unwrap(), tone }
    }

    #[test]
    fn bands_cover_the_scale_without_a_gap() {
        let axis = scale([40.0, 120.0].into_iter(), Unit::Count);
        let thresholds = [threshold(-50.0, Tone::Danger), threshold(60.0, Tone::Warning), threshold(90.0, Tone::Good)];
        let bands = bands(&axis, &thresholds);
        assert_eq!(bands.first().map(|band| (band.from, band.tone)), Some((0.0, Some(Tone::Danger))));
        assert_eq!(bands.last().map(|band| band.to), Some(axis.to));
        assert!(bands.windows(2).all(|pair| pair[0].to.to_bits() == pair[1].from.to_bits()));
    }

    #[test]
    fn a_share_is_measured_by_the_whole() {
        assert_eq!(scale([3.0].into_iter(), Unit::Percent).to.to_bits(), 100.0_f64.to_bits());
        assert!(scale([-3.0].into_iter(), Unit::Percent).from < -2.0);
        assert!(scale([98.0, 99.0].into_iter(), Unit::Count).from.abs() < 1e-9, "it begins at zero");
    }

    #[test]
    fn attainment_needs_a_way_up_from_zero() {
        assert_eq!(attainment(98.0, 100.0).as_deref(), Some("98%"));
        assert_eq!(attainment(98.0, 0.0), None);
        assert_eq!(attainment(98.0, -4.0), None);
    }
}
