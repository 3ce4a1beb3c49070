//! Chunks of an answer, as DuckDB hands them over: Arrow arrays, one per column.

use crate::events::{EngineError, GrowingResultSet, ValueRef};
use ::duckdb::arrow::{
    array::{Array, AsArray, PrimitiveArray, StructArray},
    datatypes::{
        ArrowPrimitiveType, DataType, Decimal128Type, Float32Type, Float64Type, Int8Type, Int16Type, Int32Type,
        Int64Type, UInt8Type, UInt16Type, UInt32Type, UInt64Type,
    },
};

/// Adds the rows of a chunk.
pub(super) fn append(growing: &mut GrowingResultSet, chunk: &StructArray) -> Result<(), EngineError> {
    for (index, array) in chunk.columns().iter().enumerate() {
        append_column(growing, index, array)?;
    }
    growing.add_rows(chunk.len());
    Ok(())
}

fn append_column(growing: &mut GrowingResultSet, index: usize, array: &dyn Array) -> Result<(), EngineError> {
    let mut numbers = Numbers { growing, index };
    match array.data_type() {
        DataType::Int8 => numbers.whole(array.as_primitive::<Int8Type>()),
        DataType::Int16 => numbers.whole(array.as_primitive::<Int16Type>()),
        DataType::Int32 => numbers.whole(array.as_primitive::<Int32Type>()),
        DataType::Int64 => numbers.whole(array.as_primitive::<Int64Type>()),
        DataType::UInt8 => numbers.whole(array.as_primitive::<UInt8Type>()),
        DataType::UInt16 => numbers.whole(array.as_primitive::<UInt16Type>()),
        DataType::UInt32 => numbers.whole(array.as_primitive::<UInt32Type>()),
        DataType::UInt64 => numbers.wide(array.as_primitive::<UInt64Type>()),
        // Sums of BIGINT columns are 128 bits wide.
        DataType::Decimal128(_, 0) => numbers.wide(array.as_primitive::<Decimal128Type>()),
        DataType::Float32 => numbers.broken(array.as_primitive::<Float32Type>()),
        DataType::Float64 => numbers.broken(array.as_primitive::<Float64Type>()),
        DataType::Boolean => {
            let flags = array.as_boolean();
            growing.extend(index, flags.len(), |row| known(flags, row, |row| ValueRef::Bool(flags.value(row))))
        }
        DataType::Utf8 => {
            let texts = array.as_string::<i32>();
            growing.extend(index, texts.len(), |row| known(texts, row, |row| ValueRef::Text(texts.value(row))))
        }
        DataType::Null => growing.extend(index, array.len(), |_| ValueRef::Null),
        other => Err(EngineError::Failed(format!("a column of type {other} is not read").into())),
    }
}

fn known<'a>(array: &dyn Array, row: usize, value: impl FnOnce(usize) -> ValueRef<'a>) -> ValueRef<'a> {
    if array.is_null(row) { ValueRef::Null } else { value(row) }
}

/// A column of numbers to add to.
struct Numbers<'a> {
    growing: &'a mut GrowingResultSet,
    index: usize,
}

impl Numbers<'_> {
    fn whole<T: ArrowPrimitiveType>(&mut self, numbers: &PrimitiveArray<T>) -> Result<(), EngineError>
    where
        T::Native: Into<i64>,
    {
        if numbers.null_count() == 0 {
            return self.growing.extend_integers(self.index, numbers.values().iter().map(|number| (*number).into()));
        }
        self.growing.extend(self.index, numbers.len(), |row| {
            known(numbers, row, |row| ValueRef::Integer(numbers.value(row).into()))
        })
    }

    /// Those that may leave 64 bits.
    fn wide<T: ArrowPrimitiveType>(&mut self, numbers: &PrimitiveArray<T>) -> Result<(), EngineError>
    where
        T::Native: Into<i128>,
    {
        self.growing.extend(self.index, numbers.len(), |row| {
            known(numbers, row, |row| {
                let number: i128 = numbers.value(row).into();
                i64::try_from(number).map_or(ValueRef::Float(number as f64), ValueRef::Integer)
            })
        })
    }

    fn broken<T: ArrowPrimitiveType>(&mut self, numbers: &PrimitiveArray<T>) -> Result<(), EngineError>
    where
        T::Native: Into<f64>,
    {
        self.growing.extend(self.index, numbers.len(), |row| {
            known(numbers, row, |row| ValueRef::Float(numbers.value(row).into()))
        })
    }
}
