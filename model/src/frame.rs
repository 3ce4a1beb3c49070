//! The answer to a metric query: what a tile shows at one moment.

mod course;

pub use course::{Course, InvalidCourse};

use crate::{geo::Region, metric::Unit, time::Timestamp};
use serde::{
    Deserialize, Deserializer, Serialize,
    de::{self, Visitor},
};
use std::fmt;

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum ColumnKind {
    /// Values of a dimension, as text; null is "unknown".
    Dimension,
    /// Starts of steps, RFC 3339 in the organisation's offset.
    Time,
    /// Numbers of a metric, or of a comparison with it.
    Number,
}

/// One column of a frame.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Column {
    /// `channel`, `time`, `tv.rating_pct`, `tv.rating_pct@year`, `tv.rating_pct@year_pct`.
    pub name: String,
    pub kind: ColumnKind,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<Unit>,
    /// The regions that the numbers are made of; empty for dimensions.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub scope: Vec<Region>,
    /// Steps that are not there yet, as their starts; neither 0 nor undefined.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub missing: Vec<String>,
    /// The version of the definition, where the organisation added the metric itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub version: Option<u32>,
    /// The numbers in it that say little, where there are any.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub small: Option<SmallSamples>,
    /// The course of each row's number over the range, where it was asked for and the numbers have one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub course: Option<Course>,
}

/// Numbers of a column that rest on fewer cases than the metric's minimum.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SmallSamples {
    pub minimum: u32,
    /// Indices of their rows, rising. Never empty.
    pub rows: Vec<u32>,
}

impl Column {
    /// A column that nothing more is known of.
    pub fn new(name: impl Into<String>, kind: ColumnKind) -> Self {
        Self {
            name: name.into(),
            kind,
            unit: None,
            scope: Vec::new(),
            missing: Vec::new(),
            version: None,
            small: None,
            course: None,
        }
    }

    /// How many cases the number in that row ought to rest on, where it rests on fewer.
    pub fn minimum_missed(&self, row: usize) -> Option<u32> {
        let small = self.small.as_ref()?;
        small.rows.binary_search(&u32::try_from(row).ok()?).ok().map(|_| small.minimum)
    }
}

/// One cell. Null means undefined in a number column (an empty denominator), unknown in a dimension.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(untagged)]
pub enum Cell {
    Null,
    Integer(i64),
    Number(f64),
    Text(String),
}

/// By what stands there. Trying one variant after the other would word an error for each that fails, for every cell of every
/// frame: that was half of what new numbers cost a page.
impl<'de> Deserialize<'de> for Cell {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(ReadCell)
    }
}

struct ReadCell;

impl Visitor<'_> for ReadCell {
    type Value = Cell;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a number, a text or null")
    }

    fn visit_unit<E: de::Error>(self) -> Result<Cell, E> {
        Ok(Cell::Null)
    }

    fn visit_i64<E: de::Error>(self, integer: i64) -> Result<Cell, E> {
        Ok(Cell::Integer(integer))
    }

    fn visit_u64<E: de::Error>(self, integer: u64) -> Result<Cell, E> {
        Ok(i64::try_from(integer).map_or(Cell::Number(integer as f64), Cell::Integer))
    }

    fn visit_f64<E: de::Error>(self, number: f64) -> Result<Cell, E> {
        Ok(Cell::Number(number))
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<Cell, E> {
        Ok(Cell::Text(text.to_owned()))
    }

    fn visit_string<E: de::Error>(self, text: String) -> Result<Cell, E> {
        Ok(Cell::Text(text))
    }
}

impl Cell {
    pub const fn as_number(&self) -> Option<f64> {
        match self {
            Self::Integer(integer) => Some(*integer as f64),
            Self::Number(number) => Some(*number),
            Self::Null | Self::Text(_) => None,
        }
    }

    pub fn as_text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            Self::Null | Self::Integer(_) | Self::Number(_) => None,
        }
    }
}

/// The value that stands for all the rest in the dimension of a top-N. Pages word it in the reader's language.
pub const OTHER: &str = "__other__";

/// How an answer is to be read as a whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum FrameState {
    Ready,
    /// The query was right and nothing happened.
    Empty,
    /// Filters and scope have nothing in common; the same for what is forbidden and for what does not exist.
    OutsideScope,
}

/// The answer to a metric query.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Frame {
    pub columns: Vec<Column>,
    pub rows: Vec<Vec<Cell>>,
    /// The newest event received that the numbers may hold, within the scope; `None` where nothing arrived yet.
    pub as_of: Option<Timestamp>,
    /// A hash of all else: equal frames have equal etags.
    pub etag: String,
    /// Whether any of the data is simulated.
    pub simulated: bool,
    pub state: FrameState,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub warnings: Vec<Warning>,
}

/// What a reader should know about a frame.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case", tag = "code")]
pub enum Warning {
    /// There are `rows` rows, more than the limit.
    Truncated { limit: u32, rows: u64 },
    /// Some number rests on fewer cases than the metric's minimum; the columns say which ones.
    SmallSample { minimum: u32 },
    /// Of some session only the first part was read: it has too many events.
    SessionsCutOff,
}

impl Frame {
    pub fn column(&self, name: &str) -> Option<usize> {
        self.columns.iter().position(|column| column.name == name)
    }

    /// The cells of a column, from the top.
    pub fn cells(&self, column: usize) -> impl Iterator<Item = &Cell> {
        self.rows.iter().filter_map(move |row| row.get(column))
    }

    /// Indices of the number columns that are metrics and not comparisons.
    pub fn metric_columns(&self) -> impl Iterator<Item = usize> {
        let is_metric = |column: &Column| column.kind == ColumnKind::Number && !column.name.contains('@');
        self.columns.iter().enumerate().filter(move |(_, column)| is_metric(column)).map(|(index, _)| index)
    }

    pub fn time_column(&self) -> Option<usize> {
        self.columns.iter().position(|column| column.kind == ColumnKind::Time)
    }

    pub fn dimension_columns(&self) -> impl Iterator<Item = usize> {
        self.columns
            .iter()
            .enumerate()
            .filter(|(_, column)| column.kind == ColumnKind::Dimension)
            .map(|(index, _)| index)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn some_cell() -> impl Strategy<Value = Cell> {
        // Eighths: what JSON says of any number is read to the last bit but one.
        let number = any::<i32>().prop_map(|eighths| f64::from(eighths) / 8.0);
        prop_oneof![
            Just(Cell::Null),
            any::<i64>().prop_map(Cell::Integer),
            number.prop_map(Cell::Number),
            ".{0,8}".prop_map(Cell::Text),
        ]
    }

    proptest! {
        #[test]
        fn a_cell_is_read_as_it_was_written(cell in some_cell()) {
            let written = serde_json::to_string(&cell).unwrap();
            prop_assert_eq!(serde_json::from_str::<Cell>(&written).unwrap(), cell.clone());
            let value = serde_json::to_value(&cell).unwrap();
            prop_assert_eq!(serde_json::from_value::<Cell>(value).unwrap(), cell);
        }
    }

    #[test]
    fn what_no_cell_holds_is_refused_in_words() {
        assert_eq!(serde_json::from_str::<Cell>("18446744073709551615").unwrap(), Cell::Number(u64::MAX as f64));
        let error = serde_json::from_str::<Cell>("true").unwrap_err().to_string();
        assert!(error.contains("invalid type: boolean `true`, expected a number, a text or null"), "{error}");
    }
}
