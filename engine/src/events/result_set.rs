//! Answers of an event store, column by column.
//!
//! A statement may give some hundred thousand rows. Kept by row, each of them and each of its texts would be a piece of
//! memory of its own; by column, numbers lie side by side and a text is kept once, however many rows have it.

use super::EngineError;
use indexmap::IndexSet;
use rustc_hash::FxBuildHasher;
use std::sync::Arc;

/// A cell by itself.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    Null,
    Bool(bool),
    Integer(i64),
    Float(f64),
    Text(String),
}

/// A cell where it lies.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum ValueRef<'a> {
    Null,
    Bool(bool),
    Integer(i64),
    Float(f64),
    Text(&'a str),
}

impl Value {
    fn by_reference(&self) -> ValueRef<'_> {
        match self {
            Self::Null => ValueRef::Null,
            Self::Bool(flag) => ValueRef::Bool(*flag),
            Self::Integer(number) => ValueRef::Integer(*number),
            Self::Float(number) => ValueRef::Float(*number),
            Self::Text(text) => ValueRef::Text(text),
        }
    }
}

impl From<ValueRef<'_>> for Value {
    fn from(value: ValueRef<'_>) -> Self {
        match value {
            ValueRef::Null => Self::Null,
            ValueRef::Bool(flag) => Self::Bool(flag),
            ValueRef::Integer(number) => Self::Integer(number),
            ValueRef::Float(number) => Self::Float(number),
            ValueRef::Text(text) => Self::Text(text.to_owned()),
        }
    }
}

/// The place of what is unknown.
const UNKNOWN: u32 = u32::MAX;

/// The cells of one column.
#[derive(Debug, Clone)]
pub(crate) enum Column {
    /// No row has a value.
    Nothing,
    Flags(Cells<bool>),
    Integers(Cells<i64>),
    Floats(Cells<f64>),
    Texts(Texts),
}

/// Cells of one size, side by side.
#[derive(Debug, Clone, Default)]
pub(crate) struct Cells<T> {
    /// Anything where a cell is unknown.
    values: Vec<T>,
    /// Which cells are known, where not all of them are.
    known: Option<Vec<bool>>,
}

impl<T: Copy + Default> Cells<T> {
    fn of_unknown(rows: usize) -> Self {
        Self { values: vec![T::default(); rows], known: (rows > 0).then(|| vec![false; rows]) }
    }

    pub(crate) fn get(&self, row: usize) -> Option<T> {
        let value = self.values.get(row)?;
        let is_known = self.known.as_ref().is_none_or(|known| known.get(row) == Some(&true));
        is_known.then_some(*value)
    }

    fn push(&mut self, cell: Option<T>) {
        if cell.is_none() {
            let before = self.values.len();
            self.known.get_or_insert_with(|| vec![true; before]);
        }
        if let Some(known) = &mut self.known {
            known.push(cell.is_some());
        }
        self.values.push(cell.unwrap_or_default());
    }

    fn of_rows(&self, rows: &[usize]) -> Self {
        let mut cells = Self { values: Vec::with_capacity(rows.len()), known: None };
        for row in rows {
            cells.push(self.get(*row));
        }
        cells
    }

    const fn bytes(&self) -> usize {
        size_of_val(self.values.as_slice()) + if self.known.is_some() { self.values.len() } else { 0 }
    }
}

/// Texts, each once, and which of them each row has.
#[derive(Debug, Clone)]
pub(crate) struct Texts {
    words: Arc<[Arc<str>]>,
    places: Vec<u32>,
}

impl Texts {
    /// How many different texts there may be; some of them may be in no row.
    pub(crate) fn count(&self) -> usize {
        self.words.len()
    }

    /// Which of them a row has.
    pub(crate) fn place(&self, row: usize) -> Option<usize> {
        self.places.get(row).filter(|place| **place != UNKNOWN).map(|place| *place as usize)
    }

    pub(crate) fn word(&self, place: usize) -> Option<&Arc<str>> {
        self.words.get(place)
    }
}

impl Column {
    pub(crate) fn value(&self, row: usize) -> ValueRef<'_> {
        match self {
            Self::Nothing => ValueRef::Null,
            Self::Flags(cells) => cells.get(row).map_or(ValueRef::Null, ValueRef::Bool),
            Self::Integers(cells) => cells.get(row).map_or(ValueRef::Null, ValueRef::Integer),
            Self::Floats(cells) => cells.get(row).map_or(ValueRef::Null, ValueRef::Float),
            Self::Texts(texts) => {
                texts.place(row).and_then(|place| texts.word(place)).map_or(ValueRef::Null, |word| ValueRef::Text(word))
            }
        }
    }

    pub(crate) fn integer(&self, row: usize) -> Option<i64> {
        match self {
            Self::Integers(cells) => cells.get(row),
            Self::Nothing | Self::Flags(_) | Self::Floats(_) | Self::Texts(_) => None,
        }
    }

    /// Some of the rows, in the order in which they are named.
    fn of_rows(&self, rows: &[usize]) -> Self {
        match self {
            Self::Nothing => Self::Nothing,
            Self::Flags(cells) => Self::Flags(cells.of_rows(rows)),
            Self::Integers(cells) => Self::Integers(cells.of_rows(rows)),
            Self::Floats(cells) => Self::Floats(cells.of_rows(rows)),
            Self::Texts(texts) => Self::Texts(Texts {
                words: Arc::clone(&texts.words),
                places: rows.iter().map(|row| texts.places.get(*row).copied().unwrap_or(UNKNOWN)).collect(),
            }),
        }
    }

    fn bytes(&self) -> usize {
        match self {
            Self::Nothing => 0,
            Self::Flags(cells) => cells.bytes(),
            Self::Integers(cells) => cells.bytes(),
            Self::Floats(cells) => cells.bytes(),
            Self::Texts(texts) => {
                let words: usize = texts.words.iter().map(|word| word.len() + size_of::<Arc<str>>()).sum();
                // Those who share the words with others bear their part of them.
                words / Arc::strong_count(&texts.words) + size_of_val(texts.places.as_slice())
            }
        }
    }
}

/// The answer to one statement.
#[derive(Debug, Clone, Default)]
pub struct ResultSet {
    rows: usize,
    columns: Vec<Column>,
}

impl ResultSet {
    /// What these rows say.
    ///
    /// # Errors
    /// Where a column holds texts in one row and numbers in another.
    pub fn of_rows(rows: &[Vec<Value>]) -> Result<Self, EngineError> {
        let mut growing = GrowingResultSet::new(rows.iter().map(Vec::len).max().unwrap_or(0));
        for column in 0..growing.columns.len() {
            let cell = |row: usize| rows.get(row).and_then(|row| row.get(column));
            growing.extend(column, rows.len(), |row| cell(row).map_or(ValueRef::Null, Value::by_reference))?;
        }
        growing.add_rows(rows.len());
        Ok(growing.whole())
    }

    pub const fn row_count(&self) -> usize {
        self.rows
    }

    /// Row by row, for answers of a few.
    pub fn rows(&self) -> impl Iterator<Item = Vec<Value>> + '_ {
        (0..self.rows).map(|row| self.columns.iter().map(|column| column.value(row).into()).collect())
    }

    pub(crate) fn column(&self, index: usize) -> Option<&Column> {
        self.columns.get(index)
    }

    /// Some of the rows, with or without one of the columns.
    pub(crate) fn some_rows(&self, rows: &[usize], left_out: Option<usize>) -> Self {
        let columns = self.columns.iter().enumerate().filter(|(index, _)| Some(*index) != left_out);
        Self { rows: rows.len(), columns: columns.map(|(_, column)| column.of_rows(rows)).collect() }
    }

    /// What it takes in memory, roughly.
    pub(crate) fn bytes(&self) -> usize {
        self.columns.iter().map(Column::bytes).sum()
    }
}

/// An answer as its rows come in.
pub(crate) struct GrowingResultSet {
    rows: usize,
    columns: Vec<Growing>,
}

enum Growing {
    Nothing(usize),
    Flags(Cells<bool>),
    Integers(Cells<i64>),
    Floats(Cells<f64>),
    Texts { words: IndexSet<Arc<str>, FxBuildHasher>, places: Vec<u32> },
}

impl GrowingResultSet {
    pub(crate) fn new(columns: usize) -> Self {
        Self { rows: 0, columns: (0..columns).map(|_| Growing::Nothing(0)).collect() }
    }

    pub(crate) const fn row_count(&self) -> usize {
        self.rows
    }

    /// Adds cells to one column, which `cell` tells by row; the same number to each column, and [`Self::add_rows`] then.
    pub(crate) fn extend<'c>(
        &mut self,
        column: usize,
        rows: usize,
        cell: impl Fn(usize) -> ValueRef<'c>,
    ) -> Result<(), EngineError> {
        let Some(column) = self.columns.get_mut(column) else { return Ok(()) };
        column.reserve(rows);
        (0..rows).try_for_each(|row| column.add(cell(row)))
    }

    /// The same with whole numbers, none of them unknown.
    pub(crate) fn extend_integers(
        &mut self,
        column: usize,
        mut numbers: impl ExactSizeIterator<Item = i64>,
    ) -> Result<(), EngineError> {
        let Some(column) = self.columns.get_mut(column) else { return Ok(()) };
        if matches!(column, Growing::Nothing(0)) {
            *column = Growing::Integers(Cells::default());
        }
        match column {
            Growing::Integers(cells) if cells.known.is_none() => {
                cells.values.extend(numbers);
                Ok(())
            }
            Growing::Nothing(_)
            | Growing::Flags(_)
            | Growing::Integers(_)
            | Growing::Floats(_)
            | Growing::Texts { .. } => {
                column.reserve(numbers.len());
                numbers.try_for_each(|number| column.add(ValueRef::Integer(number)))
            }
        }
    }

    /// All columns have so many rows more.
    pub(crate) const fn add_rows(&mut self, rows: usize) {
        self.rows += rows;
    }

    pub(crate) fn whole(self) -> ResultSet {
        let column = |column| match column {
            Growing::Nothing(_) => Column::Nothing,
            Growing::Flags(cells) => Column::Flags(cells),
            Growing::Integers(cells) => Column::Integers(cells),
            Growing::Floats(cells) => Column::Floats(cells),
            Growing::Texts { words, places } => Column::Texts(Texts { words: words.into_iter().collect(), places }),
        };
        ResultSet { rows: self.rows, columns: self.columns.into_iter().map(column).collect() }
    }
}

impl Growing {
    fn reserve(&mut self, rows: usize) {
        match self {
            Self::Nothing(_) => {}
            Self::Flags(cells) => cells.values.reserve(rows),
            Self::Integers(cells) => cells.values.reserve(rows),
            Self::Floats(cells) => cells.values.reserve(rows),
            Self::Texts { places, .. } => places.reserve(rows),
        }
    }

    /// A whole number among broken ones is one of them; a broken one among whole ones is a sum that left 64 bits, and stays at
    /// their end, for anything else in its place would look like a number.
    fn add(&mut self, value: ValueRef<'_>) -> Result<(), EngineError> {
        if let Self::Nothing(rows) = self {
            *self = match value {
                ValueRef::Null => Self::Nothing(*rows),
                ValueRef::Bool(_) => Self::Flags(Cells::of_unknown(*rows)),
                ValueRef::Integer(_) => Self::Integers(Cells::of_unknown(*rows)),
                ValueRef::Float(_) => Self::Floats(Cells::of_unknown(*rows)),
                ValueRef::Text(_) => Self::Texts { words: IndexSet::default(), places: vec![UNKNOWN; *rows] },
            };
        }
        match (self, value) {
            (Self::Nothing(rows), _) => *rows += 1,
            (Self::Flags(cells), ValueRef::Null) => cells.push(None),
            (Self::Integers(cells), ValueRef::Null) => cells.push(None),
            (Self::Floats(cells), ValueRef::Null) => cells.push(None),
            (Self::Texts { places, .. }, ValueRef::Null) => places.push(UNKNOWN),
            (Self::Flags(cells), ValueRef::Bool(flag)) => cells.push(Some(flag)),
            (Self::Integers(cells), ValueRef::Integer(number)) => cells.push(Some(number)),
            (Self::Integers(cells), ValueRef::Float(number)) => cells.push(Some(number as i64)),
            (Self::Floats(cells), ValueRef::Float(number)) => cells.push(Some(number)),
            (Self::Floats(cells), ValueRef::Integer(number)) => cells.push(Some(number as f64)),
            (Self::Texts { words, places }, ValueRef::Text(text)) => {
                let place = words.get_index_of(text).unwrap_or_else(|| words.insert_full(text.into()).0);
                places.push(u32::try_from(place).unwrap_or(UNKNOWN));
            }
            (Self::Flags(_) | Self::Integers(_) | Self::Floats(_) | Self::Texts { .. }, other) => {
                return Err(EngineError::Failed(
                    format!("a column holds {other:?} beside what is of another kind").into(),
                ));
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests;
