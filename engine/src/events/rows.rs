//! A row of a table, and how many of them become one Arrow batch for the store.
//!
//! A row type is declared once, by [`table_row!`]: its fields are the table's columns, so the statement that creates
//! the table and the batch that fills it cannot disagree.

use super::{
    AccountEvent, AdAction, ArticleAction, Better, ElementAction, Figure, GeoSource, NotKept, Participation,
    ParticipationResult, PlayState, Protocol, Service, ServiceAction, Text,
};
use ::duckdb::{
    Row,
    arrow::{
        array::{ArrayBuilder, BooleanBuilder, Int16Builder, Int32Builder, Int64Builder, StringBuilder},
        datatypes::DataType,
        error::ArrowError,
        record_batch::RecordBatch,
    },
    types::{Type, ValueRef},
};
use model::{
    access::OrganisationId,
    geo::Province,
    time::{Day, Timestamp},
};

/// A column of a table.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Column {
    pub name: &'static str,
    /// As DuckDB calls it.
    pub sql_type: &'static str,
    /// What it says may be unknown.
    pub nullable: bool,
}

/// A row of a table of the event store.
pub(crate) trait TableRow: Sized {
    /// The columns, in order.
    const COLUMNS: &'static [Column];

    fn record_batch(rows: &[Self]) -> Result<RecordBatch, ArrowError>;

    /// The row of a statement that asked for exactly these columns.
    fn read(row: &Row<'_>) -> Result<Self, ::duckdb::Error>;
}

/// What can stand in a column.
pub(crate) trait Cell: Sized {
    const SQL_TYPE: &'static str;
    const ARROW_TYPE: DataType;
    const NULLABLE: bool = false;
    type Builder: ArrayBuilder;

    fn builder(rows: usize) -> Self::Builder;
    fn append(&self, column: &mut Self::Builder);
    fn append_null(column: &mut Self::Builder);
    fn read(row: &Row<'_>, index: usize) -> Result<Self, ::duckdb::Error>;

    fn is_null(&self) -> bool {
        false
    }
}

macro_rules! number_cells {
    ($($type:ty, $sql:literal, $arrow:ident, $builder:ty, |$value:ident| $convert:expr, $back:expr;)*) => {$(
        impl Cell for $type {
            const SQL_TYPE: &'static str = $sql;
            const ARROW_TYPE: DataType = DataType::$arrow;
            type Builder = $builder;

            fn builder(rows: usize) -> Self::Builder {
                <$builder>::with_capacity(rows)
            }

            fn append(&self, column: &mut Self::Builder) {
                let $value = *self;
                column.append_value($convert);
            }

            fn append_null(column: &mut Self::Builder) {
                column.append_null();
            }

            fn read(row: &Row<'_>, index: usize) -> Result<Self, ::duckdb::Error> {
                row.get(index).map($back)
            }
        }
    )*};
}

number_cells! {
    bool, "BOOLEAN", Boolean, BooleanBuilder, |value| value, |value| value;
    i16, "SMALLINT", Int16, Int16Builder, |value| value, |value| value;
    i32, "INTEGER", Int32, Int32Builder, |value| value, |value| value;
    i64, "BIGINT", Int64, Int64Builder, |value| value, |value| value;
    OrganisationId, "INTEGER", Int32, Int32Builder, |organisation| organisation.0, OrganisationId;
    Day, "INTEGER", Int32, Int32Builder, |day| day.0, Day;
    Timestamp, "BIGINT", Int64, Int64Builder, |moment| moment.millis(), Timestamp::from_millis;
}

macro_rules! text_cells {
    ($($type:ty, |$value:ident| $convert:expr;)*) => {$(
        impl Cell for $type {
            const SQL_TYPE: &'static str = "VARCHAR";
            const ARROW_TYPE: DataType = DataType::Utf8;
            type Builder = StringBuilder;

            fn builder(rows: usize) -> Self::Builder {
                StringBuilder::with_capacity(rows, rows * 8)
            }

            fn append(&self, column: &mut Self::Builder) {
                let $value = self;
                column.append_value($convert);
            }

            fn append_null(column: &mut Self::Builder) {
                column.append_null();
            }

            fn read(row: &Row<'_>, index: usize) -> Result<Self, ::duckdb::Error> {
                text_at(row, index)?.parse().map_err(|_| no_such(index))
            }
        }
    )*};
}

fn text_at<'r>(row: &'r Row<'_>, index: usize) -> Result<&'r str, ::duckdb::Error> {
    match row.get_ref(index)? {
        ValueRef::Text(bytes) => std::str::from_utf8(bytes).map_err(|_| no_such(index)),
        _ => Err(no_such(index)),
    }
}

/// No word that was ever written there.
fn no_such(index: usize) -> ::duckdb::Error {
    ::duckdb::Error::InvalidColumnType(index, String::new(), Type::Text)
}

text_cells! {
    Text, |text| text.as_str();
    Province, |province| province.code();
    PlayState, |state| state.word();
    AccountEvent, |event| event.word();
    Protocol, |protocol| protocol.word();
    GeoSource, |source| source.word();
    ElementAction, |action| action.word();
    Participation, |action| action.word();
    ParticipationResult, |result| result.word();
    ArticleAction, |action| action.word();
    AdAction, |action| action.word();
    Service, |service| service.word();
    ServiceAction, |action| action.word();
    Better, |better| better.word();
    Figure, |figure| figure.word();
    NotKept, |reason| reason.word();
}

impl<C: Cell> Cell for Option<C> {
    const SQL_TYPE: &'static str = C::SQL_TYPE;
    const ARROW_TYPE: DataType = C::ARROW_TYPE;
    const NULLABLE: bool = true;
    type Builder = C::Builder;

    fn builder(rows: usize) -> Self::Builder {
        C::builder(rows)
    }

    fn append(&self, column: &mut Self::Builder) {
        match self {
            Some(cell) => cell.append(column),
            None => C::append_null(column),
        }
    }

    fn append_null(column: &mut Self::Builder) {
        C::append_null(column);
    }

    fn read(row: &Row<'_>, index: usize) -> Result<Self, ::duckdb::Error> {
        match row.get_ref(index)? {
            ValueRef::Null => Ok(None),
            _ => C::read(row, index).map(Some),
        }
    }

    fn is_null(&self) -> bool {
        self.is_none()
    }
}

/// Declares a row type whose fields are the columns of its table.
macro_rules! table_row {
    ($(#[$meta:meta])* $vis:vis struct $row:ident { $($(#[$doc:meta])* $column:ident: $type:ty,)* }) => {
        $(#[$meta])*
        $vis struct $row { $($(#[$doc])* pub $column: $type,)* }

        impl $crate::events::rows::TableRow for $row {
            const COLUMNS: &'static [$crate::events::rows::Column] = &[$($crate::events::rows::Column {
                name: stringify!($column),
                sql_type: <$type as $crate::events::rows::Cell>::SQL_TYPE,
                nullable: <$type as $crate::events::rows::Cell>::NULLABLE,
            },)*];

            fn record_batch(
                rows: &[Self],
            ) -> Result<::duckdb::arrow::record_batch::RecordBatch, ::duckdb::arrow::error::ArrowError> {
                use ::duckdb::arrow::{array::{ArrayBuilder, ArrayRef}, datatypes::{Field, Schema}, record_batch::RecordBatch};
                use $crate::events::rows::Cell;
                $(let mut $column = <$type as Cell>::builder(rows.len());)*
                for row in rows {
                    $(row.$column.append(&mut $column);)*
                }
                let schema = Schema::new(vec![$(Field::new(stringify!($column), <$type as Cell>::ARROW_TYPE, true),)*]);
                let columns: Vec<ArrayRef> = vec![$(ArrayBuilder::finish(&mut $column),)*];
                RecordBatch::try_new(std::sync::Arc::new(schema), columns)
            }

            fn read(row: &::duckdb::Row<'_>) -> Result<Self, ::duckdb::Error> {
                use $crate::events::rows::Cell;
                let mut next = 0..;
                // Fields are read in the order in which they are written here.
                Ok(Self { $($column: <$type as Cell>::read(row, next.next().unwrap_or(usize::MAX))?,)* })
            }
        }
    };
}
pub(crate) use table_row;
