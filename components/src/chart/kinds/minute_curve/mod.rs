//! The minute curve: who was there minute by minute, and beneath it what was on. The minutes in which most came and most
//! left are marked.

mod drawing;
mod programmes;
#[cfg(test)]
mod tests;
mod turns;

use super::super::{
    Chart, Readout, ReadoutRow, Scene, Size, Source, Unfit,
    columns::{Group, groups, measure, number},
    numbers::Numbers,
    time_axis::step_in_full,
};
use crate::words;
use model::{
    board::Annotation,
    formatting::Locale,
    time::{Calendar, Grain, Timestamp},
};
use programmes::Programme;
use std::collections::{BTreeMap, BTreeSet};
use turns::Turn;

/// An audience curve and the programmes beneath it.
#[derive(Debug, Clone, PartialEq)]
pub struct MinuteCurveSpec {
    measure: String,
    /// What the programmes are called together; `None` without them.
    split: Option<String>,
    numbers: Numbers,
    calendar: Calendar,
    grain: Grain,
    /// Rising.
    minutes: Vec<Minute>,
    programmes: Vec<Programme>,
    turns: Vec<Turn>,
    annotations: Vec<Annotation>,
    /// The last minute, where it is still filling.
    filling: Option<usize>,
    rise_is_red: bool,
}

/// One minute.
#[derive(Debug, Clone, PartialEq)]
struct Minute {
    start: Timestamp,
    /// Finite; `None` is undefined, or not there yet.
    value: Option<f64>,
    /// Its row in the frame; `None` where its data is not there yet.
    row: Option<usize>,
    /// Whether it follows the minute before at once.
    is_next: bool,
}

impl MinuteCurveSpec {
    /// Reads a time column, the first metric and, where there is one, a dimension by which the minutes are told apart. Of
    /// several rows of one minute the largest counts: the minute is its programme's.
    ///
    /// # Errors
    /// [`Unfit::Shape`] without time or metric, [`Unfit::AllUndefined`] where no number is known.
    pub fn read(source: &Source) -> Result<Self, Unfit> {
        let measure = measure(source)?;
        let groups = groups(source);
        let time = groups.iter().find(|group| group.is_time).copied().ok_or(Unfit::Shape)?;
        let split = groups.iter().find(|group| !group.is_time).copied();
        let value = |row: usize| number(source, row, measure.column);

        let mut rows: BTreeMap<Timestamp, Option<usize>> =
            missing(source, measure.column).into_iter().map(|start| (start, None)).collect();
        for row in 0..source.frame.rows.len() {
            let Some(start) = time.step(source, row) else { continue };
            let kept = rows.entry(start).or_insert(Some(row));
            if kept.is_none_or(|kept| value(row) > value(kept)) {
                *kept = Some(row);
            }
        }
        let starts: Vec<Timestamp> = rows.keys().copied().collect();
        let is_next = follows_at_once(&starts);
        let minutes: Vec<Minute> = rows
            .into_iter()
            .zip(is_next)
            .map(|((start, row), is_next)| Minute { start, value: row.and_then(value), row, is_next })
            .collect();
        if !minutes.is_empty() && minutes.iter().all(|minute| minute.value.is_none()) {
            return Err(Unfit::AllUndefined);
        }
        let values = minutes.iter().filter_map(|minute| minute.value);
        let numbers = Numbers::of(values, measure.unit, source.look, source.reading.locale);
        let programmes = split.map_or_else(Vec::new, |split| programmes::of(source, split, &minutes));
        let turns = turns::of(&minutes);
        Ok(Self {
            measure: measure.name,
            split: split.map(|split: Group| split.title(source)),
            numbers,
            calendar: source.reading.calendar,
            grain: source.grain,
            filling: filling(source, &minutes),
            minutes,
            programmes,
            turns,
            annotations: source.look.annotations.clone(),
            rise_is_red: source.rise_is_red,
        })
    }

    const fn locale(&self) -> Locale {
        self.numbers.locale
    }

    /// The fullest minute; the first of equals.
    fn peak(&self) -> Option<(usize, f64)> {
        let known = self.minutes.iter().enumerate().filter_map(|(at, minute)| Some((at, minute.value?)));
        known.reduce(|most, one| if one.1 > most.1 { one } else { most })
    }

    /// The programme of a minute.
    fn programme(&self, at: usize) -> Option<&Programme> {
        let after = self.programmes.partition_point(|programme| programme.last < at);
        self.programmes.get(after).filter(|programme| programme.first <= at)
    }
}

/// A change, always with its sign.
fn signed(change: f64, write: impl Fn(f64) -> String) -> String {
    if change > 0.0 { format!("+{}", write(change)) } else { write(change) }
}

/// Steps that are not there yet.
fn missing(source: &Source, column: usize) -> BTreeSet<Timestamp> {
    let column = source.frame.columns.get(column);
    let starts = column.into_iter().flat_map(|column| &column.missing);
    starts.filter_map(|start| Timestamp::parse(start).ok()).collect()
}

/// For each step whether it follows the one before without a gap: the usual distance is the least one.
fn follows_at_once(starts: &[Timestamp]) -> Vec<bool> {
    let apart: Vec<i64> =
        starts.windows(2).map(|pair| if let [one, other] = pair { other.millis_since(*one) } else { 0 }).collect();
    let usual = apart.iter().copied().min().unwrap_or(0);
    // Months are of 28 to 31 days.
    let at_once = apart.into_iter().map(|apart| apart < usual + usual / 2 + 1);
    std::iter::once(false).chain(at_once).take(starts.len()).collect()
}

/// The newest minute is still filling while its end lies after the newest event.
fn filling(source: &Source, minutes: &[Minute]) -> Option<usize> {
    let newest = minutes.iter().rposition(|minute| minute.row.is_some())?;
    let end = source.reading.calendar.next(minutes.get(newest)?.start, source.grain);
    source.frame.as_of.filter(|as_of| end > *as_of).map(|_| newest)
}

impl Chart for MinuteCurveSpec {
    fn scene(&self, size: Size) -> Scene {
        drawing::scene(self, size)
    }

    fn readout(&self, hit: usize) -> Readout {
        let Some(minute) = self.minutes.get(hit) else {
            return Readout::default();
        };
        let locale = self.locale();
        let row = |name: String, value: String| ReadoutRow { colour: None, name, value };
        let mut rows = Vec::new();
        if let (Some(title), Some(programme)) = (&self.split, self.programme(hit)) {
            rows.push(row(title.clone(), programme.name.clone()));
        }
        rows.push(row(self.measure.clone(), self.numbers.exact_or_dash(minute.value)));
        let before = hit.checked_sub(1).and_then(|before| self.minutes.get(before)).filter(|_| minute.is_next);
        if let Some(change) = before.and_then(|before| Some(minute.value? - before.value?)) {
            let change = signed(change, |change| self.numbers.exact(change));
            rows.push(row(words::SINCE_MINUTE_BEFORE.in_locale(locale).to_owned(), change));
        }
        let note = if minute.row.is_none() {
            Some(words::NOT_THERE_YET)
        } else {
            (self.filling == Some(hit)).then_some(words::STILL_FILLING)
        };
        Readout {
            heading: step_in_full(minute.start, self.grain, self.calendar, locale),
            rows,
            note: note.map(|note| note.in_locale(locale)),
        }
    }

    fn summary(&self) -> String {
        let peak = self.peak().and_then(|(at, value)| {
            let start = self.minutes.get(at)?.start;
            Some((step_in_full(start, self.grain, self.calendar, self.locale()), self.numbers.short(value)))
        });
        let programmes = self.split.is_some().then_some(self.programmes.len());
        words::minute_curve_summary(&self.measure, self.minutes.len(), programmes, peak, self.locale())
    }

    fn row(&self, hit: usize) -> Option<usize> {
        self.minutes.get(hit).and_then(|minute| minute.row)
    }
}
