//! Cells as rows come in: each by a small number, so that a row costs neither a key nor a text of its own.

use super::table::{Amount, CellKey, Key, Part};
use crate::events::{Column, Texts, ValueRef};
use rustc_hash::{FxHashMap, FxHashSet};
use smallvec::smallvec;
use std::{collections::hash_map::Entry, sync::Arc};

/// Not looked up yet.
const NEW: u32 = u32::MAX;
/// Looked up, and not wanted.
const LEFT_OUT: u32 = u32::MAX - 1;

/// What becomes of rows whose value is not wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::metrics) enum Others {
    PassedOver,
    /// They are [`Key::Other`], all of them.
    TakenTogether,
}

/// The numbers that SQL gives to the steps, one after another.
pub(super) struct StepNumbers(Vec<i64>);

impl StepNumbers {
    /// Takes them in their order, which is ascending.
    pub(super) fn of(numbers: impl Iterator<Item = i64>) -> Self {
        Self(numbers.collect())
    }

    /// Which step has that number.
    fn ordinal(&self, number: i64) -> Option<usize> {
        let place = usize::try_from(number.checked_sub(*self.0.first()?)?).ok()?;
        // Where none is left out it stands at its place.
        if self.0.get(place) == Some(&number) { Some(place) } else { self.0.binary_search(&number).ok() }
    }
}

/// Reads the values of one axis from one result.
pub(super) enum Decoder<'a> {
    /// Numbers of steps; each step is looked up once.
    Steps(&'a Column, &'a StepNumbers, Vec<u32>),
    Values(&'a Column),
    /// Each text is looked up once, however many rows have it: by its place among the texts of the result.
    Texts(&'a Texts, Vec<u32>),
    /// The result has no such column, and so no row that says anything.
    Nothing,
}

impl<'a> Decoder<'a> {
    pub(super) fn of_steps(column: Option<&'a Column>, numbers: &'a StepNumbers) -> Self {
        column.map_or(Self::Nothing, |column| Self::Steps(column, numbers, vec![NEW; numbers.0.len()]))
    }

    pub(super) fn of_values(column: Option<&'a Column>) -> Self {
        match column {
            Some(Column::Texts(texts)) => Self::Texts(texts, vec![NEW; texts.count()]),
            Some(column @ (Column::Nothing | Column::Flags(_) | Column::Integers(_) | Column::Floats(_))) => {
                Self::Values(column)
            }
            None => Self::Nothing,
        }
    }

    /// The number of the row's value on its axis; `None` where it is no value of one.
    fn number(&mut self, row: usize, axis: &mut Axis) -> Option<u32> {
        match self {
            Self::Steps(column, numbers, known) => {
                let ordinal = numbers.ordinal(column.integer(row)?)?;
                let known = known.get_mut(ordinal)?;
                if *known == NEW {
                    *known = axis.number(Key::Step(ordinal)).unwrap_or(LEFT_OUT);
                }
                (*known != LEFT_OUT).then_some(*known)
            }
            Self::Values(column) => match column.value(row) {
                ValueRef::Null => axis.number(Key::Unknown),
                ValueRef::Integer(number) => axis.number(Key::Number(number)),
                ValueRef::Text(text) => axis.number(Key::Text(text.into())),
                ValueRef::Bool(_) | ValueRef::Float(_) => None,
            },
            Self::Texts(texts, known) => {
                let Some(place) = texts.place(row) else { return axis.number(Key::Unknown) };
                let known = known.get_mut(place)?;
                if *known == NEW {
                    *known = axis.number(Key::Text(Arc::clone(texts.word(place)?))).unwrap_or(LEFT_OUT);
                }
                (*known != LEFT_OUT).then_some(*known)
            }
            Self::Nothing => None,
        }
    }
}

/// The values of an axis by number, and the cells that there are up to it.
#[derive(Default)]
struct Axis {
    keys: Vec<Key>,
    numbers: FxHashMap<Key, u32>,
    /// Of a cell up to the axis before and a value of this one: which cell up to this axis they are.
    cells: FxHashMap<(u32, u32), u32>,
    origins: Vec<(u32, u32)>,
    /// The only values wanted, where not all of them are, and whether all others together are one more.
    wanted: Option<(FxHashSet<Key>, Others)>,
}

impl Axis {
    /// `None` where the value is not wanted.
    fn number(&mut self, key: Key) -> Option<u32> {
        let key = match &self.wanted {
            Some((wanted, others)) if !wanted.contains(&key) => match others {
                Others::PassedOver => return None,
                Others::TakenTogether => Key::Other,
            },
            Some(_) | None => key,
        };
        Some(match self.numbers.entry(key) {
            Entry::Occupied(known) => *known.get(),
            Entry::Vacant(vacant) => {
                let number = self.keys.len() as u32;
                self.keys.push(vacant.key().clone());
                *vacant.insert(number)
            }
        })
    }

    fn cell(&mut self, before: u32, number: u32) -> u32 {
        let next = self.origins.len() as u32;
        let cell = *self.cells.entry((before, number)).or_insert(next);
        if cell == next {
            self.origins.push((before, number));
        }
        cell
    }
}

/// Cells as they grow.
pub(super) struct GrowingCells {
    axes: Vec<Axis>,
    parts: Vec<Option<Part>>,
}

impl GrowingCells {
    pub(super) fn new(axes: usize) -> Self {
        Self { axes: (0..axes).map(|_| Axis::default()).collect(), parts: Vec::new() }
    }

    /// Tells only these values of one of the axes apart.
    pub(super) fn keep_only(&mut self, axis: usize, values: &[Key], others: Others) {
        if let Some(axis) = self.axes.get_mut(axis) {
            axis.wanted = Some((values.iter().cloned().collect(), others));
        }
    }

    /// Which cell a row is of; `None` where it has no value on one of the axes, or one that is not wanted.
    pub(super) fn place(&mut self, decoders: &mut [Decoder<'_>], row: usize) -> Option<usize> {
        let mut place = 0;
        for (index, (axis, decoder)) in self.axes.iter_mut().zip(decoders).enumerate() {
            let number = decoder.number(row, axis)?;
            // On the first axis cells and values are the same.
            place = if index == 0 { number } else { axis.cell(place, number) };
        }
        Some(place as usize)
    }

    pub(super) fn add(&mut self, place: usize, amount: Amount) {
        if place >= self.parts.len() {
            self.parts.resize(place + 1, None);
        }
        match self.parts.get_mut(place) {
            Some(Some(part)) => part.take(amount),
            Some(slot) => *slot = Some(Part::of(amount)),
            None => {}
        }
    }

    /// The cells by their keys.
    pub(super) fn whole(self) -> FxHashMap<CellKey, Part> {
        let Self { axes, parts } = self;
        let key = |place: usize| {
            let mut key: CellKey = smallvec![Key::Unknown; axes.len()];
            let mut place = place;
            for (index, axis) in axes.iter().enumerate().rev() {
                let (before, number) = if index == 0 { (0, place as u32) } else { *axis.origins.get(place)? };
                *key.get_mut(index)? = axis.keys.get(number as usize)?.clone();
                place = before as usize;
            }
            Some(key)
        };
        let parts = parts.into_iter().enumerate();
        parts.filter_map(|(place, part)| Some((key(place)?, part?))).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn steps_are_found_by_their_numbers(numbers in prop::collection::btree_set(-20_i64..20, 0..20), number in -30_i64..30) {
            let steps = StepNumbers::of(numbers.iter().copied());
            prop_assert_eq!(steps.ordinal(number), numbers.iter().position(|one| *one == number));
        }
    }
}
