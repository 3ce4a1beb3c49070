//! What maps of provinces share: their outlines, their numbers, and the steps of the scale.

#[cfg(test)]
mod generator;
mod outlines;
mod step_scale;

pub(super) use outlines::{MapPlace, OUTLINES, Outline};
pub(super) use step_scale::{STEPS, StepScale};

use super::super::{
    ProvinceValue, Source, Unfit,
    columns::{groups, measure, number},
    numbers::Numbers,
};
use model::geo::{Province, Region};
use std::collections::BTreeMap;

/// The first metric by province.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct ProvinceNumbers {
    pub(super) measure: String,
    pub(super) numbers: Numbers,
    /// With their rows. Provinces that are not listed are outside the scope.
    values: BTreeMap<Province, (ProvinceValue, Option<usize>)>,
}

impl ProvinceNumbers {
    /// Reads the first dimension, whose values are the letters of provinces, and the first metric.
    ///
    /// # Errors
    /// [`Unfit::Shape`] without a dimension or a metric.
    pub(super) fn read(source: &Source) -> Result<Self, Unfit> {
        let measure = measure(source)?;
        let group = groups(source).into_iter().find(|group| !group.is_time).ok_or(Unfit::Shape)?;
        let scope = source.frame.columns.get(measure.column).map(|column| column.scope.as_slice()).unwrap_or_default();
        let in_scope = scope.iter().copied().filter_map(Region::province);
        let mut values: BTreeMap<Province, (ProvinceValue, Option<usize>)> =
            in_scope.map(|province| (province, (ProvinceValue::Nothing, None))).collect();
        for row in 0..source.frame.rows.len() {
            if let Some(province) = group.key(source, row).and_then(|text| text.parse::<Province>().ok()) {
                let value = number(source, row, measure.column);
                let value = value.map_or(ProvinceValue::Nothing, ProvinceValue::Number);
                values.insert(province, (value, Some(row)));
            }
        }
        let known = values.values().filter_map(|(value, _)| known(*value));
        let numbers = Numbers::of(known, measure.unit, source.look, source.reading.locale);
        Ok(Self { measure: measure.name, numbers, values })
    }

    pub(super) fn value(&self, province: Province) -> ProvinceValue {
        self.values.get(&province).map_or(ProvinceValue::Outside, |(value, _)| *value)
    }

    pub(super) fn number(&self, province: Province) -> Option<f64> {
        known(self.value(province))
    }

    pub(super) fn row(&self, province: Province) -> Option<usize> {
        self.values.get(&province).and_then(|(_, row)| *row)
    }

    /// All that are known, in the order of the provinces.
    pub(super) fn known(&self) -> impl Iterator<Item = (Province, f64)> {
        self.values.iter().filter_map(|(province, (value, _))| Some((*province, known(*value)?)))
    }

    /// The province with the largest number.
    pub(super) fn most(&self) -> Option<(Province, f64)> {
        self.known().reduce(|most, one| if one.1 > most.1 { one } else { most })
    }

    pub(super) fn scale(&self) -> StepScale {
        StepScale::of(self.known().map(|(_, value)| value), self.numbers.unit)
    }
}

fn known(value: ProvinceValue) -> Option<f64> {
    match value {
        ProvinceValue::Number(number) => Some(number),
        ProvinceValue::Outside | ProvinceValue::Nothing => None,
    }
}
