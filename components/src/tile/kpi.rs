//! One number: what it is, how it changed, and its course.

use super::{
    card::{Reader, Shown},
    tone::draw_tone,
};
use crate::{
    chart::{Reading, Size, SparklineSpec, svg},
    markup::Markup,
    words,
};
use leptos::prelude::*;
use model::{
    board::{Look, Target, Tile, TileContent, Tone},
    formatting::{
        FormattedNumber, Locale, change_percent, column_number, exact_number, short_number, short_number_with,
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
    before: Option<f64>,
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

/// Which way a number went, after rounding to what is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Direction {
    Up,
    Down,
    Level,
}

impl Direction {
    pub(crate) fn of(percent: f64) -> Self {
        if percent >= 0.05 {
            Self::Up
        } else if percent <= -0.05 {
            Self::Down
        } else {
            Self::Level
        }
    }

    pub(crate) const fn arrow(self) -> &'static str {
        match self {
            Self::Up => "↑",
            Self::Down => "↓",
            Self::Level => "→",
        }
    }

    /// The colour follows the organisation's convention; the arrow says it without colour.
    pub(super) const fn class(self, rise_is_red: bool) -> &'static str {
        match (self, rise_is_red) {
            (Self::Level, _) => "change change--level",
            (Self::Up, true) | (Self::Down, false) => "change change--red",
            (Self::Up, false) | (Self::Down, true) => "change change--green",
        }
    }
}

/// The course of a number, as wide as its box. Says nothing to a screen reader: the number beside it does.
const SPARKLINE: Size = Size { w: 240.0, h: 40.0 };

/// A number as a card writes it: short, unless the look says otherwise.
pub(crate) fn written(value: f64, unit: Unit, look: &Look, locale: Locale) -> FormattedNumber {
    let decimals = look.decimals.map(usize::from);
    match (look.in_full, decimals) {
        (false, None) => short_number(value, unit, locale),
        (false, Some(decimals)) => short_number_with(value, unit, decimals, locale),
        (true, None) => exact_number(value, unit, locale),
        (true, Some(decimals)) => FormattedNumber {
            figure: column_number(value, unit, decimals),
            suffix: exact_number(0.0, unit, locale).suffix,
        },
    }
}

/// What the card of one number holds.
pub(super) fn figure_markup(
    frame: &Frame,
    compare: Option<Compare>,
    look: &Look,
    reading: Reading,
    rise_is_red: bool,
) -> String {
    let Reading { locale, .. } = reading;
    let figure = Figure::read(frame);
    let value = figure.as_ref().and_then(|figure| Some((figure.value?, figure.unit)));
    let short = value.map_or_else(
        || FormattedNumber { figure: words::NO_VALUE.in_locale(locale).to_owned(), suffix: String::new() },
        |(value, unit)| written(value, unit, look, locale),
    );
    let tone = value.and_then(|(value, _)| look.tone_of(value));
    let mut markup = Markup::default();
    let inside = |p: &mut Markup| {
        p.element("span", &[("class", "kpi__figure")], |span| span.text(&short.figure));
        p.element("span", &[("class", "kpi__unit")], |span| span.text(&short.suffix));
        if let Some(tone) = tone {
            draw_tone(p, tone, locale);
        }
    };
    let class = tone.map_or_else(|| "kpi__value".to_owned(), |tone| format!("kpi__value kpi__value--{}", tone.name()));
    match value.map(|(value, unit)| exact_number(value, unit, locale).joined()) {
        Some(exact) => markup.element("p", &[("class", &class), ("title", &exact)], inside),
        None => markup.element("p", &[("class", &class)], inside),
    }
    if let Some(compare) = compare {
        draw_change(&mut markup, figure.as_ref(), compare, locale, rise_is_red);
    }
    if let (Some(target), Some((value, unit))) = (&look.target, value) {
        draw_target(&mut markup, &Ought::of(target, value, unit, look, locale), tone);
    }
    if let Some(Figure { course, .. }) = figure.filter(|figure| figure.course.len() > 1) {
        let drawing = svg(&SparklineSpec { values: course }.scene(SPARKLINE));
        markup.element("div", &[("class", "sparkline"), ("aria-hidden", "true")], |div| div.drawing(&drawing));
    }
    markup.into_text()
}

/// What ought to be reached, and how much of it is.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Ought {
    /// In percent.
    pub(crate) share: Option<f64>,
    pub(crate) said: String,
}

impl Ought {
    pub(crate) fn of(target: &Target, value: f64, unit: Unit, look: &Look, locale: Locale) -> Self {
        let label =
            if target.label.is_empty() { words::TARGET.in_locale(locale).to_owned() } else { target.label.to_string() };
        let ought = written(target.value.get(), unit, look, locale).joined();
        let share = share_reached(value, target);
        let reached = share.map(|share| words::reached(change_percent(share).trim_start_matches('+'), locale));
        let said: Vec<String> = std::iter::once(format!("{label} {ought}")).chain(reached).collect();
        Self { share, said: said.join(" · ") }
    }
}

/// What share of a target is reached, in percent. Of nothing, and of less than nothing, there is no share.
fn share_reached(value: f64, target: &Target) -> Option<f64> {
    let target = target.value.get();
    (target > 0.0 && value.is_finite()).then(|| value / target * 100.0)
}

/// The target, and how much of it is reached; a bar shows the same to the eye.
fn draw_target(markup: &mut Markup, Ought { share, said }: &Ought, tone: Option<Tone>) {
    markup.element("div", &[("class", "kpi__target")], |div| {
        if let Some(share) = share {
            let frame = [
                ("class", "kpi__progress"),
                ("viewBox", "0 0 100 4"),
                ("preserveAspectRatio", "none"),
                ("aria-hidden", "true"),
            ];
            let width = format!("{:.1}", share.clamp(0.0, 100.0));
            let ink = match tone {
                Some(Tone::Good) => "fill-good",
                Some(Tone::Warning) => "fill-warning",
                Some(Tone::Danger) => "fill-danger",
                None => "fill-series-1",
            };
            div.element("svg", &frame, |svg| {
                svg.element("rect", &[("class", "fill-track"), ("width", "100"), ("height", "4")], |_| ());
                svg.element("rect", &[("class", ink), ("width", &width), ("height", "4")], |_| ());
            });
        }
        div.element("p", &[("class", "kpi__ought"), ("title", said)], |p| p.text(said));
    });
}

/// The change: arrow, percent, against what; the number before on hover.
pub(super) fn draw_change(
    markup: &mut Markup,
    figure: Option<&Figure>,
    compare: Compare,
    locale: Locale,
    rise_is_red: bool,
) {
    let before = figure.and_then(|figure| Some(exact_number(figure.before?, figure.unit, locale).joined()));
    let before = before.map(|before| words::before(&before, locale));
    let class = ("class", "kpi__change");
    let attributes: &[(&str, &str)] = match &before {
        Some(before) => &[class, ("title", before)],
        None => &[class],
    };
    markup.element("p", attributes, |p| {
        match figure.and_then(|figure| figure.change_percent) {
            Some(percent) => {
                let direction = Direction::of(percent);
                p.element("span", &[("class", direction.class(rise_is_red))], |span| {
                    span.element("span", &[("aria-hidden", "true")], |arrow| arrow.text(direction.arrow()));
                    span.text(" ");
                    span.text(&change_percent(percent));
                });
            }
            None => p.element("span", &[("class", Direction::Level.class(rise_is_red))], |span| {
                span.text(words::NOTHING_TO_COMPARE.in_locale(locale));
            }),
        }
        p.element("span", &[("class", "kpi__against")], |span| {
            span.text(words::compared_with(compare).in_locale(locale));
        });
    });
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
        | TileContent::Still(_)
        | TileContent::Tabs { .. }
        | TileContent::Carousel { .. } => None,
    }
}

#[component]
pub(super) fn Kpi(tile: Signal<Tile>, frame: Memo<Option<Shown>>, look: Memo<Look>, reader: Reader) -> impl IntoView {
    let compare = Memo::new(move |_| tile.with(|tile| compare_of(&tile.content)));
    let drawing = Memo::new(move |_| {
        let rise_is_red = reader.rise_is_red.get();
        let draw = |frame: &Frame, reading: Reading| {
            look.with(|look| figure_markup(frame, compare.get(), look, reading, rise_is_red))
        };
        reader.read(frame, draw)
    });
    view! { <div class="kpi" inner_html=move || drawing.get().unwrap_or_default()></div> }.into_any()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tile::Names;
    use model::{
        board::{Given, Threshold, Title},
        frame::{Column, ColumnKind, FrameState},
        time::Calendar,
    };

    fn drawn(value: f64, unit: Unit, look: &Look) -> String {
        let frame = Frame {
            columns: vec![Column { unit: Some(unit), ..Column::new("qoe.ok_pct", ColumnKind::Number) }],
            rows: vec![vec![Cell::Number(value)]],
            as_of: None,
            etag: String::new(),
            simulated: false,
            state: FrameState::Ready,
            warnings: Vec::new(),
        };
        let names = Names::default();
        let reading = Reading { names: &names, locale: Locale::ZhCn, calendar: Calendar::CHINA };
        figure_markup(&frame, None, look, reading, true)
    }

    fn with_target(value: f64, label: &str) -> Look {
        let target = Target { value: Given::new(value).unwrap(), label: Title::parse(label).unwrap() };
        Look { target: Some(target), ..Look::default() }
    }

    #[test]
    fn a_number_is_written_as_its_look_says() {
        let written = |look: Look| written(12_845_032.0, Unit::Households, &look, Locale::ZhCn).joined();
        assert_eq!(written(Look::default()), "1,285万户");
        assert_eq!(written(Look { decimals: Some(1), ..Look::default() }), "1,284.5万户");
        assert_eq!(written(Look { in_full: true, ..Look::default() }), "12,845,032户");
        assert_eq!(written(Look { in_full: true, decimals: Some(1), ..Look::default() }), "12,845,032.0户");
    }

    #[test]
    fn a_target_says_what_ought_to_be_and_how_much_of_it_is() {
        let html = drawn(95.35, Unit::Percent, &with_target(97.0, ""));
        assert!(html.contains("目标 97% · 达成 98.3%"), "{html}");
        assert!(html.contains(r#"<rect class="fill-series-1" width="98.3" height="4">"#), "{html}");
        let over = drawn(120.0, Unit::Count, &with_target(100.0, "年度任务"));
        assert!(over.contains("年度任务 100 · 达成 120%") && over.contains(r#"width="100.0""#), "{over}");
        let zero = drawn(3.0, Unit::Count, &with_target(0.0, ""));
        assert!(zero.contains(">目标 0<") && !zero.contains("<svg"), "{zero}");
    }

    #[test]
    fn a_tone_is_said_in_a_word() {
        let threshold = |from: f64, tone| Threshold { from: Given::new(from).unwrap(), tone };
        let thresholds = vec![threshold(0.0, Tone::Danger), threshold(97.0, Tone::Good)];
        let html = drawn(95.0, Unit::Percent, &Look { thresholds, ..Look::default() });
        assert!(html.contains("kpi__value--danger") && html.contains("告警</span>"), "{html}");
        assert!(!drawn(95.0, Unit::Percent, &Look::default()).contains("tone"), "{html}");
    }

    #[test]
    fn a_change_that_rounds_to_nothing_is_level() {
        assert_eq!(Direction::of(0.04), Direction::Level);
        assert_eq!(Direction::of(-0.05), Direction::Down);
        assert_eq!(Direction::Up.class(true), "change change--red");
        assert_eq!(Direction::Up.class(false), "change change--green");
    }
}
