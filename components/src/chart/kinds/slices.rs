//! Parts of a whole as slices: ranked, in colours that tell them apart, the smallest together as "other".

use crate::{
    chart::{
        Ink, LegendEntry, Readout, ReadoutRow, SeriesColour, Source, Unfit,
        columns::{Measure, Part, groups, number, parts_of_a_whole},
        numbers::{Numbers, share_percent},
        series_colour::value_colours,
    },
    tile::OTHER,
    words,
};
use std::collections::BTreeMap;

/// How many parts of "other" a readout names.
const MOST_NAMED: usize = 6;

/// One or several parts.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Slice {
    pub(super) name: String,
    /// Above zero.
    pub(super) value: f64,
    pub(super) colour: SeriesColour,
    /// Its row in the frame, where it is one.
    pub(super) row: Option<usize>,
    /// What was put together in it, the largest first.
    within: Vec<(String, f64)>,
}

/// A whole in slices.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Slices {
    pub(super) measure: Measure,
    pub(super) shown: Vec<Slice>,
    /// The number of parts before any were put together.
    pub(super) parts: usize,
    pub(super) total: f64,
    /// Empty while nothing is taken out: the drawing names its slices itself.
    pub(super) legend: Vec<LegendEntry>,
}

/// Reads the parts of a whole, the largest first, or along time where they are steps. At most `most` are told apart, and
/// none smaller than `least_share` of the whole.
pub(super) fn slices(source: &Source, most: usize, least_share: f64) -> Result<Slices, Unfit> {
    let (measure, mut parts) = parts_of_a_whole(source)?;
    let group = groups(source).into_iter().next().ok_or(Unfit::Shape)?;
    let total: f64 = parts.iter().filter_map(|part| part.value).sum();
    let value = |part: &Part| part.value.unwrap_or_default();
    if !group.is_time {
        parts.sort_by(|one, other| one.is_rest.cmp(&other.is_rest).then(value(other).total_cmp(&value(one))));
    }
    let colours = colours_of_largest(source, measure.column, most);
    let count = parts.len();
    let is_other = |part: &Part| group.key(source, part.row) == Some(OTHER);
    let is_small =
        |(place, part): (usize, &Part)| !group.is_time && (place >= most || value(part) < least_share * total);
    let small = parts.iter().enumerate().filter(|(place, part)| !is_other(part) && is_small((*place, part))).count();
    // One alone says more under its own name, if there is nothing to put it with.
    let puts_together = small > 1 || small == 1 && parts.iter().any(is_other) || group.is_time && count > most;
    let mut slices = Vec::new();
    let mut rest: Vec<Part> = Vec::new();
    for (place, part) in parts.into_iter().enumerate() {
        let is_left = if group.is_time { place >= most } else { is_other(&part) || is_small((place, &part)) };
        if puts_together && is_left {
            rest.push(part);
        } else {
            let colour = colours.get(&part.row).copied().unwrap_or(part.colour);
            let value = value(&part);
            slices.push(Slice { name: part.name, value, colour, row: Some(part.row), within: Vec::new() });
        }
    }
    rest.sort_by(|one, other| value(other).total_cmp(&value(one)));
    if !rest.is_empty() {
        slices.push(Slice {
            name: words::OTHER.in_locale(source.reading.locale).to_owned(),
            value: rest.iter().map(value).sum(),
            colour: SeriesColour::REST,
            row: None,
            within: rest.iter().map(|part| (part.name.clone(), value(part))).collect(),
        });
    }
    let legend = if source.hidden.is_empty() {
        Vec::new()
    } else {
        let entry = |(row, colour): (&usize, &SeriesColour)| {
            let name = group.name(source, group.key(source, *row));
            LegendEntry { is_hidden: source.hidden.contains(&name), name, ink: Ink::Series(*colour) }
        };
        colours.iter().map(entry).collect()
    };
    Ok(Slices { measure, shown: slices, parts: count, total, legend })
}

/// Colours for the largest values alone, so that thousands of small ones don't take them; they stay while the reader
/// takes some out. By rows.
fn colours_of_largest(source: &Source, column: usize, most: usize) -> BTreeMap<usize, SeriesColour> {
    let Some(group) = groups(source).into_iter().next() else {
        return BTreeMap::new();
    };
    let known = (0..source.frame.rows.len()).filter_map(|row| Some((row, number(source, row, column)?)));
    let mut ranked: Vec<(usize, f64)> = known.collect();
    ranked.sort_by(|(_, one), (_, other)| other.total_cmp(one));
    ranked.truncate(most);
    let keys: Vec<Option<&str>> = ranked.iter().map(|(row, _)| group.key(source, *row)).collect();
    ranked.iter().map(|(row, _)| *row).zip(value_colours(&keys)).collect()
}

impl Slices {
    /// What is read at a slice: its number, its share, and what is put together in it.
    pub(super) fn readout(&self, hit: usize, numbers: Numbers) -> Readout {
        let Some(slice) = self.shown.get(hit) else {
            return Readout::default();
        };
        let locale = numbers.locale;
        let row = |name: &str, value: String| ReadoutRow { colour: None, name: name.to_owned(), value };
        let measured = ReadoutRow { colour: Some(slice.colour), ..row(&self.measure.name, numbers.exact(slice.value)) };
        let share = row(words::SHARE_OF_WHOLE.in_locale(locale), share_percent(slice.value / self.total));
        let mut rows = vec![measured, share];
        rows.extend(slice.within.iter().take(MOST_NAMED).map(|(name, value)| row(name, numbers.exact(*value))));
        let unnamed = slice.within.len().saturating_sub(MOST_NAMED);
        if unnamed > 0 {
            rows.push(row("", words::more_items(unnamed, locale)));
        }
        Readout { heading: slice.name.clone(), rows, note: None }
    }

    /// The largest part that is one.
    pub(super) fn largest(&self) -> Option<&Slice> {
        self.shown.iter().filter(|slice| slice.within.is_empty()).max_by(|one, other| one.value.total_cmp(&other.value))
    }
}
