//! Columns: numbers by the values of a dimension or by steps of time, perhaps told apart by a second group, whose series
//! stand beside or on top of each other. They begin at zero; negative ones hang from it.

mod layout;
mod reading;

use super::super::{
    Chart, LegendEntry, Readout, ReadoutRow, Scene, SeriesColour, Size,
    numbers::{Numbers, share_percent},
    time_plot::{StepReading, TargetLine},
};
use crate::words;
use model::{
    board::{Direction, Stacking},
    time::Timestamp,
};

/// A place along the axis.
#[derive(Debug, Clone, PartialEq)]
struct ColumnPlace {
    /// As beside an axis.
    name: String,
    full_name: String,
    /// Where it is a step of time.
    step: Option<Timestamp>,
    /// Its row in the frame, where it is one row.
    row: Option<usize>,
    /// Whether it is all the rest together, or unknown.
    is_rest: bool,
}

/// What has one colour.
#[derive(Debug, Clone, PartialEq)]
struct ColumnSeries {
    name: String,
    colour: SeriesColour,
    /// One for each place; finite.
    values: Vec<Option<f64>>,
}

/// A chart of columns. Built from the first measure, by the first group along the axis and the second as series.
#[derive(Debug, Clone, PartialEq)]
pub struct ColumnsSpec {
    measure: String,
    numbers: Numbers,
    reading: StepReading,
    places: Vec<ColumnPlace>,
    series: Vec<ColumnSeries>,
    legend: Vec<LegendEntry>,
    stacking: Stacking,
    direction: Direction,
    target: Option<TargetLine>,
    /// The step that is still filling: drawn paler.
    filling: Option<usize>,
}

impl ColumnsSpec {
    /// The numbers of a place, in the order of the series.
    fn values(&self, place: usize) -> impl Iterator<Item = Option<f64>> {
        self.series.iter().map(move |series| series.values.get(place).copied().flatten())
    }

    /// All numbers of a place together; `None` where none is known.
    fn total(&self, place: usize) -> Option<f64> {
        self.values(place).flatten().reduce(|sum, value| sum + value)
    }

    /// Where a series begins and ends at a place: from zero where series stand beside each other; on those before it that
    /// have its sign where they are stacked; in parts of 1 where places are stretched.
    fn spans(&self, place: usize) -> Vec<Option<(f64, f64)>> {
        let total = self.total(place).unwrap_or(0.0);
        let (mut above, mut below) = (0.0, 0.0);
        let mut span = |value: f64| match self.stacking {
            Stacking::Beside => Some((0.0, value)),
            Stacking::Share if total <= 0.0 => None,
            Stacking::Stacked | Stacking::Share => {
                let value = if self.stacking == Stacking::Share { value / total } else { value };
                let from = if value < 0.0 { &mut below } else { &mut above };
                let span = (*from, *from + value);
                *from = span.1;
                Some(span)
            }
        };
        self.values(place).map(|value| value.and_then(&mut span)).collect()
    }

    /// What is written at the end of a column, or at the end of a stack.
    fn end_text(&self, value: f64) -> String {
        self.numbers.figure(value, usize::MAX)
    }
}

impl Chart for ColumnsSpec {
    fn scene(&self, size: Size) -> Scene {
        if self.places.is_empty() || self.series.is_empty() {
            return Scene::empty(size);
        }
        match self.direction {
            Direction::Upright => layout::upright(self, size),
            Direction::Level => layout::level(self, size),
        }
    }

    fn readout(&self, hit: usize) -> Readout {
        let Some(place) = self.places.get(hit) else {
            return Readout::default();
        };
        let total = self.total(hit);
        let mut told: Vec<(&ColumnSeries, Option<f64>)> = self.series.iter().zip(self.values(hit)).collect();
        told.sort_by(|(_, one), (_, other)| {
            let key = |value: &Option<f64>| value.unwrap_or(f64::NEG_INFINITY);
            key(other).total_cmp(&key(one))
        });
        let is_share = self.stacking == Stacking::Share;
        let mut rows: Vec<ReadoutRow> = told
            .into_iter()
            .map(|(series, value)| {
                let share = value.zip(total).filter(|(_, total)| is_share && *total > 0.0);
                let share = share.map(|(value, total)| format!(" · {}", share_percent(value / total)));
                ReadoutRow {
                    colour: Some(series.colour),
                    name: series.name.clone(),
                    value: format!("{}{}", self.numbers.exact_or_dash(value), share.unwrap_or_default()),
                }
            })
            .collect();
        if let (Some(total), true, true) = (total, self.series.len() > 1, self.stacking != Stacking::Beside) {
            let name = words::TOTAL.in_locale(self.numbers.locale).to_owned();
            rows.push(ReadoutRow { colour: None, name, value: self.numbers.exact(total) });
        }
        let note = (self.filling == Some(hit)).then(|| words::STILL_FILLING.in_locale(self.numbers.locale));
        Readout { heading: place.full_name.clone(), rows, note }
    }

    fn summary(&self) -> String {
        let totals = self.places.iter().enumerate().filter(|(_, place)| !place.is_rest);
        let totals = totals.filter_map(|(index, place)| Some((place, self.total(index)?)));
        let most = totals.reduce(|most, next| if next.1 > most.1 { next } else { most });
        let most = most.map(|(place, total)| (place.full_name.as_str(), self.numbers.short(total)));
        words::columns_summary(&self.measure, (self.places.len(), self.series.len()), most, self.numbers.locale)
    }

    fn legend(&self) -> Vec<LegendEntry> {
        self.legend.clone()
    }

    fn row(&self, hit: usize) -> Option<usize> {
        self.places.get(hit).and_then(|place| place.row)
    }
}

#[cfg(test)]
mod tests;
