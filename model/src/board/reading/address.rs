//! A reading in a page's address: `?time=7d&province=ZJ&province=GD&drill=…`.
//!
//! A dimension's name is its key, once for each value; an empty value stands for "unknown", and `*` for all of them. The
//! keys are those of people who send a link by mail, so they are short and can be read.

use super::{Chosen, Drill, Reading};
use crate::{
    board::TileId,
    metric::DimensionId,
    time::{Compare, Timestamp},
};

const TIME: &str = "time";
const COMPARE: &str = "compare";
const DRILL: &str = "drill";
/// After a dimension's name: the tile that the values were chosen on.
const FROM: &str = ".from";
/// Lets all in where the board begins with some.
const ALL: &str = "*";
/// Between the parts of a drill. No id holds one, and of a value only the first two count.
const PART: char = '!';

impl Reading {
    /// From the pairs of an address. What can't be understood is left out: an old link still opens the board.
    pub fn from_pairs<'a>(pairs: impl IntoIterator<Item = (&'a str, &'a str)>) -> Self {
        let mut reading = Self::default();
        let mut origins = Vec::new();
        for (key, value) in pairs {
            if key == TIME {
                reading.time = value.parse().ok().or(reading.time);
            } else if key == COMPARE {
                reading.compare = Compare::named(value).or(reading.compare);
            } else if key == DRILL {
                if let Some((tile, drill)) = drill_from(value) {
                    reading.drills.entry(tile).or_default().push(drill);
                }
            } else if let Some(dimension) = key.strip_suffix(FROM).and_then(|name| name.parse::<DimensionId>().ok()) {
                origins.extend(value.parse::<TileId>().map(|tile| (dimension, tile)));
            } else if let Ok(dimension) = key.parse::<DimensionId>() {
                let chosen =
                    reading.values.entry(dimension).or_insert_with(|| Chosen { values: Vec::new(), from: None });
                let written = (!value.is_empty()).then(|| value.to_owned());
                if value != ALL && !chosen.values.contains(&written) {
                    chosen.values.push(written);
                }
            }
        }
        for (dimension, tile) in origins {
            if let Some(chosen) = reading.values.get_mut(&dimension) {
                chosen.from = Some(tile);
            }
        }
        reading
    }

    /// As the pairs of an address.
    pub fn pairs(&self) -> Vec<(String, String)> {
        let mut pairs = Vec::new();
        pairs.extend(self.time.map(|time| (TIME.to_owned(), time.to_string())));
        pairs.extend(self.compare.map(|compare| (COMPARE.to_owned(), compare.name().to_owned())));
        for (dimension, chosen) in &self.values {
            if chosen.values.is_empty() {
                pairs.push((dimension.to_string(), ALL.to_owned()));
            }
            for value in &chosen.values {
                pairs.push((dimension.to_string(), value.clone().unwrap_or_default()));
            }
            pairs.extend(chosen.from.map(|tile| (format!("{dimension}{FROM}"), tile.to_string())));
        }
        for (tile, drills) in &self.drills {
            pairs.extend(drills.iter().map(|drill| (DRILL.to_owned(), written_drill(*tile, drill))));
        }
        pairs
    }
}

fn written_drill(tile: TileId, drill: &Drill) -> String {
    match drill {
        Drill::Step { from, to } => format!("{tile}{PART}{}{PART}{}", from.millis(), to.millis()),
        Drill::Value { dim, value, by } => {
            let value = value.as_deref().unwrap_or_default();
            format!("{tile}{PART}{dim}{PART}{by}{PART}{value}")
        }
    }
}

fn drill_from(text: &str) -> Option<(TileId, Drill)> {
    let (tile, rest) = text.split_once(PART)?;
    let (first, rest) = rest.split_once(PART)?;
    let moment = |text: &str| text.parse().ok().map(Timestamp::from_millis);
    let drill = match rest.split_once(PART) {
        None => Drill::Step { from: moment(first)?, to: moment(rest)? },
        Some((by, value)) => Drill::Value {
            dim: first.parse().ok()?,
            value: (!value.is_empty()).then(|| value.to_owned()),
            by: by.parse().ok()?,
        },
    };
    Some((tile.parse().ok()?, drill))
}
