//! How a frame is read as columns.

use super::super::super::{
    Ink, LegendEntry, SeriesColour, Source, Unfit,
    columns::{Group, Heading, Measure, groups, heading_colours, matrix, measure, number},
    numbers::Numbers,
    time_plot::{StepReading, TargetLine, filling_step},
};
use super::{ColumnPlace, ColumnSeries, ColumnsSpec};
use crate::tile::OTHER;
use model::{
    board::{Direction, Stacking},
    time::Timestamp,
};

impl ColumnsSpec {
    /// Reads the first measure by one group or two. Unfit without a group, where no number is known, and where negative
    /// numbers were to be shares.
    pub fn read(source: &Source) -> Result<Self, Unfit> {
        let groups = groups(source);
        let (measure, places, mut series) = match groups.as_slice() {
            [] => return Err(Unfit::Shape),
            [only] => by_one(source, *only)?,
            [_, _, ..] => by_two(source)?,
        };
        let values = || series.iter().flat_map(|series| series.values.iter().copied().flatten());
        if !places.is_empty() && values().next().is_none() {
            return Err(Unfit::AllUndefined);
        }
        let stacking = source.look.stacking.unwrap_or(Stacking::Beside);
        if stacking == Stacking::Share && values().any(|value| value < 0.0) {
            return Err(Unfit::Negative);
        }
        let numbers = Numbers::of(values(), measure.unit, source.look, source.reading.locale);
        let entry = |series: &ColumnSeries| LegendEntry {
            name: series.name.clone(),
            ink: Ink::Series(series.colour),
            is_hidden: source.hidden.contains(&series.name),
        };
        let legend = if groups.len() > 1 && series.len() > 1 { series.iter().map(entry).collect() } else { Vec::new() };
        if groups.len() > 1 {
            series.retain(|series| !source.hidden.contains(&series.name));
        }
        let target = source.look.target.as_ref().filter(|_| stacking != Stacking::Share);
        let reading = StepReading::of(source);
        let filling = filling(source, &places, &series, reading);
        Ok(Self {
            measure: measure.name,
            numbers,
            reading,
            places,
            series,
            legend,
            stacking,
            direction: source.look.direction.unwrap_or(Direction::Upright),
            target: target.map(|target| TargetLine::of(target, numbers.locale, |value| numbers.short(value))),
            filling,
        })
    }
}

fn filling(source: &Source, places: &[ColumnPlace], series: &[ColumnSeries], reading: StepReading) -> Option<usize> {
    let steps: Vec<Timestamp> = places.iter().map_while(|place| place.step).collect();
    let is_empty = |place: usize| series.iter().all(|series| series.values.get(place).copied().flatten().is_none());
    let missing: Vec<bool> = (0..steps.len()).map(is_empty).collect();
    filling_step(&steps, &missing, source.frame.as_of, reading.calendar, reading.grain)
}

type Read = (Measure, Vec<ColumnPlace>, Vec<ColumnSeries>);

fn by_one(source: &Source, group: Group) -> Result<Read, Unfit> {
    let measure = measure(source)?;
    let place = |row: usize| {
        let key = group.key(source, row);
        let place = ColumnPlace {
            name: group.name(source, key),
            full_name: group.full_name(source, key),
            step: group.step(source, row),
            row: Some(row),
            is_rest: matches!(key, None | Some(OTHER)),
        };
        (place, number(source, row, measure.column))
    };
    let mut read: Vec<(ColumnPlace, Option<f64>)> = (0..source.frame.rows.len()).map(place).collect();
    if group.is_time {
        read.retain(|(place, _)| place.step.is_some());
        read.sort_by_key(|(place, _)| place.step);
    }
    let (places, values) = read.into_iter().unzip();
    let series = ColumnSeries { name: measure.name.clone(), colour: SeriesColour::FIRST, values };
    Ok((measure, places, vec![series]))
}

fn by_two(source: &Source) -> Result<Read, Unfit> {
    let matrix = matrix(source)?;
    let is_time = groups(source).first().is_some_and(|group| group.is_time);
    let step = |heading: &Heading| {
        let key = heading.key.as_deref().filter(|_| is_time)?;
        Timestamp::parse(key).ok()
    };
    let kept: Vec<(usize, &Heading)> =
        matrix.first.iter().enumerate().filter(|(_, heading)| !is_time || step(heading).is_some()).collect();
    let places = kept.iter().map(|(_, heading)| ColumnPlace {
        name: heading.name.clone(),
        full_name: heading.full_name.clone(),
        step: step(heading),
        row: None,
        is_rest: heading.is_rest() && !is_time,
    });
    let places = places.collect();
    let series = matrix.second.iter().enumerate().zip(heading_colours(&matrix.second));
    let series = series.map(|((at, heading), colour)| ColumnSeries {
        name: heading.name.clone(),
        colour,
        values: kept.iter().map(|(place, _)| matrix.value(*place, at)).collect(),
    });
    let series = series.collect();
    Ok((matrix.measure, places, series))
}
