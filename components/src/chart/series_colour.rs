//! Which colour a series has: the same value keeps its colour on the whole board.

use crate::tile::OTHER;
use serde::Serialize;

/// How many colours there are for series.
pub const SERIES_COLOURS: u8 = 8;

/// One of the series colours of the theme.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct SeriesColour(u8);

impl SeriesColour {
    /// For the only series of a chart.
    pub const FIRST: Self = Self(0);
    /// Grey: for "other" and "unknown".
    pub const REST: Self = Self(SERIES_COLOURS - 1);

    /// From 0; round the end.
    pub const fn new(index: u8) -> Self {
        Self(index % SERIES_COLOURS)
    }

    pub const fn index(self) -> u8 {
        self.0
    }
}

/// Colours for values that rows are told apart by; "other" and "unknown" are grey.
pub(crate) fn value_colours(values: &[Option<&str>]) -> Vec<SeriesColour> {
    let named: Vec<&str> = values.iter().copied().flatten().filter(|value| *value != OTHER).collect();
    let mut coloured = series_colours(&named).into_iter();
    values
        .iter()
        .map(|value| match value {
            None | Some(OTHER) => SeriesColour::REST,
            Some(_) => coloured.next().unwrap_or(SeriesColour::REST),
        })
        .collect()
}

/// A colour for each value. It follows from the value's name alone, so that charts agree without knowing of one
/// another; only where two values of one chart would share a colour does the later one move on.
fn series_colours(values: &[&str]) -> Vec<SeriesColour> {
    let free_colours = SERIES_COLOURS - 1;
    let mut order: Vec<usize> = (0..values.len()).collect();
    // By name, so that the order of the rows does not matter.
    order.sort_by_key(|index| values.get(*index).copied().unwrap_or_default());
    let mut taken = 0_u32;
    let mut colours = vec![SeriesColour::REST; values.len()];
    for index in order {
        let wished = (hash(values.get(index).copied().unwrap_or_default()) % u32::from(free_colours)) as u8;
        let free =
            (0..free_colours).map(|step| (wished + step) % free_colours).find(|colour| taken & (1 << colour) == 0);
        // More values than colours: round again.
        let colour = free.unwrap_or(wished);
        taken |= 1 << colour;
        if let Some(slot) = colours.get_mut(index) {
            *slot = SeriesColour::new(colour);
        }
    }
    colours
}

/// FNV-1a: short, and the same on every machine.
fn hash(text: &str) -> u32 {
    text.bytes().fold(0x811c_9dc5, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_keeps_its_colour_whatever_the_order() {
        let one = series_colours(&["live", "vod", "catchup"]);
        let other = series_colours(&["vod", "catchup", "live"]);
        assert_eq!(one[0], other[2]);
        assert_eq!(one[1], other[0]);
    }

    #[test]
    fn values_of_one_chart_differ_while_there_are_colours() {
        let mut colours = series_colours(&["a", "b", "c", "d", "e", "f", "g"]);
        colours.sort_unstable();
        colours.dedup();
        assert_eq!(colours.len(), 7);
        assert!(!colours.contains(&SeriesColour::REST));
    }
}
