//! From frames to chart specs: the one place that knows how an answer's columns are arranged.

use super::{
    Bar, BarSpec, LineSeries, LineSpec, MapSpec, ProvinceValue, SeriesColour, Side, line::named,
    series_colour::value_colours, time_plot::filling_step,
};
use crate::{
    tile::{Names, OTHER},
    words,
};
use model::{
    appearance::MapApproval,
    formatting::{Locale, short_number},
    frame::{Cell, Frame},
    geo::{Province, Region},
    metric::{BAND_HIGH, BAND_LOW, HIGH, LOW, OUTSIDE, Unit},
    time::{Calendar, Grain, Timestamp},
};
use std::collections::{BTreeMap, BTreeSet};

/// The first metric of a frame: where it stands, what it is counted in and what it is called.
struct Measure {
    column: usize,
    unit: Unit,
    name: String,
}

fn measure(frame: &Frame, names: &Names, locale: Locale) -> Option<Measure> {
    let column = frame.metric_columns().next()?;
    let described = frame.columns.get(column)?;
    let name = names.column(&described.name, locale);
    Some(Measure { column, unit: described.unit.unwrap_or(Unit::Count), name })
}

/// What a chart needs to know beside the frame.
#[derive(Debug, Clone, Copy)]
pub struct Reading<'a> {
    pub names: &'a Names,
    pub locale: Locale,
    pub calendar: Calendar,
    /// Printed on maps of China; without one the map says that it is still to be entered.
    pub map_approval: Option<&'a MapApproval>,
}

/// The line chart of a frame by time, and perhaps by one dimension. `None` where the frame has no such columns.
pub fn line_spec(frame: &Frame, grain: Grain, reading: Reading) -> Option<LineSpec> {
    let Reading { names, locale, calendar, .. } = reading;
    let measure = measure(frame, names, locale)?;
    let time = frame.time_column()?;
    let split = frame.dimension_columns().next();
    let split_id = split.and_then(|column| frame.columns.get(column)).map(|column| column.name.as_str());

    let missing_steps: BTreeSet<Timestamp> = frame
        .columns
        .get(measure.column)
        .into_iter()
        .flat_map(|column| &column.missing)
        .filter_map(|start| Timestamp::parse(start).ok())
        .collect();
    let beside = Beside::of(frame, measure.column);
    let mut numbers: BTreeMap<Option<&str>, BTreeMap<Timestamp, Judged>> = BTreeMap::new();
    let mut order: Vec<Option<&str>> = Vec::new();
    let mut steps = missing_steps.clone();
    for row in &frame.rows {
        let start = row.get(time).and_then(|cell| cell.as_text()).and_then(|text| Timestamp::parse(text).ok());
        let Some(start) = start else { continue };
        let value = split.and_then(|split| row.get(split)).and_then(|cell| cell.as_text());
        steps.insert(start);
        if !numbers.contains_key(&value) {
            order.push(value);
        }
        let series = numbers.entry(value).or_default();
        series.insert(start, beside.read(row, measure.column));
    }
    let steps: Vec<Timestamp> = steps.into_iter().collect();
    let colours = if split.is_some() { value_colours(&order) } else { vec![SeriesColour::FIRST; order.len()] };
    let series: Vec<LineSeries> = order
        .iter()
        .zip(colours)
        .map(|(value, colour)| {
            let judged: Vec<Judged> = steps
                .iter()
                .map(|step| numbers.get(value).and_then(|series| series.get(step)).copied().unwrap_or_default())
                .collect();
            let is_judged = |is_said: bool| judged.iter().filter(move |_| is_said);
            LineSeries {
                name: split_id.map_or_else(|| measure.name.clone(), |split| names.value(split, *value, locale)),
                colour,
                values: judged.iter().map(|judged| judged.number).collect(),
                band: is_judged(beside.ends.is_some()).map(|judged| judged.band).collect(),
                outside: is_judged(beside.side.is_some()).map(|judged| judged.side).collect(),
            }
        })
        .collect();
    let missing: Vec<bool> = steps.iter().map(|step| missing_steps.contains(step)).collect();
    let filling = filling_step(&steps, &missing, frame.as_of, calendar, grain);
    let legend = named(&series);
    Some(LineSpec {
        unit: measure.unit,
        locale,
        calendar,
        grain,
        steps,
        series,
        legend,
        missing,
        filling,
        target: None,
        annotations: Vec::new(),
        marks_days_off: false,
    })
}

/// A number, and what is said of it beside.
#[derive(Debug, Clone, Copy, Default)]
struct Judged {
    number: Option<f64>,
    band: Option<(f64, f64)>,
    side: Option<Side>,
}

/// The columns beside that of a measure: the ends of its band, and the side on which a number lies.
struct Beside {
    ends: Option<(usize, usize)>,
    side: Option<usize>,
}

impl Beside {
    fn of(frame: &Frame, measure: usize) -> Self {
        let name = frame.columns.get(measure).map_or("", |column| column.name.as_str());
        let column = |end: &str| frame.column(&format!("{name}@{end}"));
        let ends = column(LOW).zip(column(HIGH)).or_else(|| column(BAND_LOW).zip(column(BAND_HIGH)));
        Self { ends, side: column(OUTSIDE) }
    }

    fn read(&self, row: &[Cell], measure: usize) -> Judged {
        let number = |column: usize| row.get(column).and_then(Cell::as_number);
        let side = |side: f64| match side {
            side if side < 0.0 => Some(Side::Below),
            side if side > 0.0 => Some(Side::Above),
            _ => None,
        };
        Judged {
            number: number(measure),
            band: self.ends.and_then(|(low, high)| number(low).zip(number(high))),
            side: self.side.and_then(number).and_then(side),
        }
    }
}

/// The ranking of a frame by one dimension. `None` where the frame has no such columns.
pub fn bar_spec(frame: &Frame, reading: Reading) -> Option<BarSpec> {
    let Reading { names, locale, .. } = reading;
    let measure = measure(frame, names, locale)?;
    let dimension = frame.dimension_columns().next()?;
    let id = frame.columns.get(dimension)?.name.as_str();
    let bars = frame.rows.iter().map(|row| {
        let value = row.get(dimension).and_then(|cell| cell.as_text());
        Bar {
            name: names.value(id, value, locale),
            value: row.get(measure.column).and_then(Cell::as_number),
            colour: if matches!(value, None | Some(OTHER)) { SeriesColour::REST } else { SeriesColour::FIRST },
        }
    });
    Some(BarSpec { unit: measure.unit, locale, bars: bars.collect(), measure: measure.name })
}

/// The province map of a frame by province. `None` where the frame has no such columns.
pub fn map_spec(frame: &Frame, reading: Reading) -> Option<MapSpec> {
    let Reading { names, locale, .. } = reading;
    let measure = measure(frame, names, locale)?;
    let dimension = frame.dimension_columns().next()?;
    let scope = frame.columns.get(measure.column).map(|column| column.scope.as_slice()).unwrap_or_default();
    let mut provinces: BTreeMap<Province, ProvinceValue> =
        scope.iter().copied().filter_map(Region::province).map(|province| (province, ProvinceValue::Nothing)).collect();
    for row in &frame.rows {
        let province =
            row.get(dimension).and_then(|cell| cell.as_text()).and_then(|text| text.parse::<Province>().ok());
        let number = row.get(measure.column).and_then(Cell::as_number);
        if let Some(province) = province {
            provinces.insert(province, number.map_or(ProvinceValue::Nothing, ProvinceValue::Number));
        }
    }
    Some(MapSpec { unit: measure.unit, locale, provinces, measure: measure.name })
}

/// A number in a row of a frame, as it is read in one line.
pub(crate) fn value_text(frame: &Frame, row: usize, column: usize, locale: Locale) -> String {
    let number = frame.rows.get(row).and_then(|row| row.get(column)).and_then(Cell::as_number);
    let unit = frame.columns.get(column).and_then(|column| column.unit).unwrap_or(Unit::Count);
    number.map_or_else(
        || words::NO_VALUE.in_locale(locale).to_owned(),
        |number| short_number(number, unit, locale).joined(),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use model::frame::{Column, ColumnKind, FrameState};

    fn column(name: &str, kind: ColumnKind) -> Column {
        let unit = (kind == ColumnKind::Number).then_some(Unit::Count);
        Column { unit, ..Column::new(name, kind) }
    }

    fn frame(columns: Vec<Column>, rows: Vec<Vec<Cell>>) -> Frame {
        Frame {
            columns,
            rows,
            as_of: Timestamp::parse("2026-11-21T10:20:00+08:00").ok(),
            etag: String::new(),
            simulated: false,
            state: FrameState::Ready,
            warnings: Vec::new(),
        }
    }

    fn text(text: &str) -> Cell {
        Cell::Text(text.to_owned())
    }

    fn reading(names: &Names) -> Reading<'_> {
        Reading { names, locale: Locale::ZhCn, calendar: Calendar::CHINA, map_approval: None }
    }

    #[test]
    fn lines_keep_gaps_missing_steps_and_the_step_that_fills() {
        let mut number = column("content.plays", ColumnKind::Number);
        number.missing = vec!["2026-11-21T11:00:00+08:00".to_owned()];
        let columns = vec![column("time", ColumnKind::Time), column("channel", ColumnKind::Dimension), number];
        let at = |hour: u8| text(&format!("2026-11-21T{hour:02}:00:00+08:00"));
        let rows = vec![
            vec![at(8), text("CCTV-1"), Cell::Integer(5)],
            vec![at(8), text(OTHER), Cell::Integer(9)],
            vec![at(9), text("CCTV-1"), Cell::Null],
            vec![at(9), text(OTHER), Cell::Integer(8)],
            vec![at(10), text(OTHER), Cell::Integer(7)],
        ];
        let names = Names::default();
        let spec = line_spec(&frame(columns, rows), Grain::Hour, reading(&names)).unwrap();
        assert_eq!(spec.steps.len(), 4);
        assert_eq!(spec.missing, [false, false, false, true]);
        assert_eq!(spec.filling, Some(2), "10:00 is filling at 10:20");
        let lines: Vec<(&str, &[Option<f64>])> =
            spec.series.iter().map(|series| (series.name.as_str(), series.values.as_slice())).collect();
        assert_eq!(
            lines,
            [("CCTV-1", &[Some(5.0), None, None, None][..]), ("其他", &[Some(9.0), Some(8.0), Some(7.0), None][..])]
        );
        assert_eq!(spec.series[1].colour, SeriesColour::REST);
    }

    #[test]
    fn lines_read_what_stands_beside_their_numbers() {
        let name = |end: &str| column(&format!("content.plays~anomaly{end}"), ColumnKind::Number);
        let columns =
            vec![column("time", ColumnKind::Time), name(""), name("@band_low"), name("@band_high"), name("@outside")];
        let at = |hour: u8| text(&format!("2026-11-21T{hour:02}:00:00+08:00"));
        let rows = vec![
            vec![at(8), Cell::Integer(5), Cell::Null, Cell::Null, Cell::Null],
            vec![at(9), Cell::Integer(9), Cell::Number(2.0), Cell::Number(6.0), Cell::Integer(1)],
        ];
        let spec = line_spec(&frame(columns, rows), Grain::Hour, reading(&Names::default())).unwrap();
        assert_eq!(spec.series.len(), 1, "the ends of the band are no lines");
        assert_eq!(spec.series[0].values, [Some(5.0), Some(9.0)]);
        assert_eq!(spec.series[0].band, [None, Some((2.0, 6.0))]);
        assert_eq!(spec.series[0].outside, [None, Some(Side::Above)]);
    }

    #[test]
    fn the_map_tells_outside_from_nothing() {
        let mut number = column("content.plays", ColumnKind::Number);
        number.scope = vec![Region::Province(Province::ZJ), Region::Province(Province::GD), Region::Unknown];
        let columns = vec![column("province", ColumnKind::Dimension), number];
        let rows = vec![vec![text("ZJ"), Cell::Integer(3)], vec![Cell::Null, Cell::Integer(1)]];
        let names = Names::default();
        let spec = map_spec(&frame(columns, rows), reading(&names)).unwrap();
        assert_eq!(spec.provinces.len(), 2);
        assert_eq!(spec.provinces[&Province::ZJ], ProvinceValue::Number(3.0));
        assert_eq!(spec.provinces[&Province::GD], ProvinceValue::Nothing);
    }

    #[test]
    fn a_frame_of_another_shape_draws_nothing() {
        let names = Names::default();
        let scalar = frame(vec![column("content.plays", ColumnKind::Number)], vec![vec![Cell::Integer(1)]]);
        assert_eq!(line_spec(&scalar, Grain::Hour, reading(&names)), None);
        assert_eq!(bar_spec(&scalar, reading(&names)), None);
        assert_eq!(map_spec(&scalar, reading(&names)), None);
    }
}
