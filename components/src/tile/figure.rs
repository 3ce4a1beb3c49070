//! One number, read from its frame and written.

use crate::words;
use model::{
    board::{Look, TileContent},
    formatting::{
        FormattedNumber, Locale, column_decimals, column_number, exact_number, short_number, short_number_with,
    },
    frame::{Cell, Frame},
    metric::Unit,
    time::Compare,
};

/// What a KPI shows, read from its frame.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Figure {
    pub(crate) value: Option<f64>,
    pub(crate) unit: Unit,
    pub(crate) change_percent: Option<f64>,
    pub(crate) before: Option<f64>,
    /// The course, where the frame goes along time; the newest number is then the value.
    pub(crate) course: Vec<Option<f64>>,
}

impl Figure {
    pub(crate) fn read(frame: &Frame) -> Option<Self> {
        let column = frame.metric_columns().next()?;
        let described = frame.columns.get(column)?;
        let compared = |is_percent: bool| {
            let prefix = format!("{}@", described.name);
            frame
                .columns
                .iter()
                .position(|column| column.name.starts_with(&prefix) && column.name.ends_with("_pct") == is_percent)
        };
        let course: Vec<Option<f64>> = match frame.time_column() {
            Some(_) => frame.cells(column).map(Cell::as_number).collect(),
            None => Vec::new(),
        };
        let row = if course.is_empty() { frame.rows.first() } else { frame.rows.last() };
        let cell = |column: Option<usize>| row.and_then(|row| row.get(column?)).and_then(Cell::as_number);
        Some(Self {
            value: cell(Some(column)),
            unit: described.unit.unwrap_or(Unit::Count),
            change_percent: cell(compared(true)),
            before: cell(compared(false)),
            course,
        })
    }
}

/// The number of a frame as it is written: a dash where there is none.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Number {
    pub(crate) figure: Option<Figure>,
    /// `None` where it is missing or undefined.
    pub(crate) value: Option<(f64, Unit)>,
    pub(crate) said: FormattedNumber,
}

impl Number {
    pub(crate) fn read(frame: &Frame, locale: Locale, write: impl FnOnce(f64, Unit) -> FormattedNumber) -> Self {
        let figure = Figure::read(frame);
        let value = figure.as_ref().and_then(|figure| Some((figure.value?, figure.unit)));
        let said = value.map_or_else(
            || FormattedNumber { figure: words::NO_VALUE.in_locale(locale).to_owned(), suffix: String::new() },
            |(value, unit)| write(value, unit),
        );
        Self { figure, value, said }
    }
}

/// A number as a card writes it: short, unless the look says otherwise.
pub(crate) fn written(value: f64, unit: Unit, look: &Look, locale: Locale) -> FormattedNumber {
    match (look.in_full, look.decimals) {
        (false, None) => short_number(value, unit, locale),
        (false, Some(decimals)) => short_number_with(value, unit, usize::from(decimals), locale),
        (true, _) => in_full(value, unit, look, locale),
    }
}

/// A number with all its digits. Where the look asks for decimals, it has just so many.
pub(crate) fn in_full(value: f64, unit: Unit, look: &Look, locale: Locale) -> FormattedNumber {
    let exact = exact_number(value, unit, locale);
    match look.decimals {
        None => exact,
        wished => {
            let decimals = column_decimals([value], unit, wished);
            FormattedNumber { figure: column_number(value, unit, decimals), ..exact }
        }
    }
}

/// What the number of a tile is compared with.
pub(crate) fn compare_of(content: &TileContent) -> Option<Compare> {
    match content {
        TileContent::Scalar(bound) => bound.binding.as_ref().and_then(|binding| binding.compare),
        TileContent::Series(_)
        | TileContent::Category(_)
        | TileContent::Matrix(_)
        | TileContent::Pair(_)
        | TileContent::Points(_)
        | TileContent::Spread(_)
        | TileContent::Table(_)
        | TileContent::Geo(_)
        | TileContent::Sessions(_)
        | TileContent::Still(_)
        | TileContent::Tabs { .. }
        | TileContent::Carousel { .. } => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use model::frame::{Column, ColumnKind, FrameState};

    #[test]
    fn a_number_is_written_as_its_look_says() {
        let written = |look: Look| written(12_845_032.0, Unit::Households, &look, Locale::ZhCn).joined();
        assert_eq!(written(Look::default()), "1,285万户");
        assert_eq!(written(Look { decimals: Some(1), ..Look::default() }), "1,284.5万户");
        assert_eq!(written(Look { in_full: true, ..Look::default() }), "12,845,032户");
        assert_eq!(written(Look { in_full: true, decimals: Some(1), ..Look::default() }), "12,845,032.0户");
    }

    #[test]
    fn a_number_that_is_missing_is_a_dash() {
        let read = |rows: Vec<Vec<Cell>>| {
            let columns = vec![Column { unit: Some(Unit::Count), ..Column::new("content.plays", ColumnKind::Number) }];
            let frame = Frame {
                columns,
                rows,
                as_of: None,
                etag: String::new(),
                simulated: false,
                state: FrameState::Ready,
                warnings: Vec::new(),
            };
            let number = Number::read(&frame, Locale::En, |value, unit| exact_number(value, unit, Locale::En));
            (number.value, number.said.joined())
        };
        assert_eq!(read(vec![vec![Cell::Integer(12_000)]]), (Some((12_000.0, Unit::Count)), "12,000".to_owned()));
        for nothing in [vec![vec![Cell::Null]], Vec::new()] {
            assert_eq!(read(nothing), (None, "—".to_owned()));
        }
    }
}
