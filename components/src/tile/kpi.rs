//! One number: what it is, how it changed, and its course.

use super::{
    card::{Reader, Shown},
    change::draw_change,
    figure::{Figure, Number, compare_of, written},
    target::{Ought, draw_target},
    tone::draw_tone,
};
use crate::{
    browser::keep_filled,
    chart::{Reading, Size, SparklineSpec, svg},
    markup::Markup,
};
use leptos::{html, prelude::*};
use model::{
    board::{Look, Tile},
    formatting::exact_number,
    frame::Frame,
    time::Compare,
};

/// The course of a number, as wide as its box. Says nothing to a screen reader: the number beside it does.
const SPARKLINE: Size = Size { w: 240.0, h: 40.0 };

/// What the card of one number holds.
pub(super) fn figure_markup(
    frame: &Frame,
    compare: Option<Compare>,
    look: &Look,
    reading: Reading,
    rise_is_red: bool,
) -> String {
    let Reading { locale, .. } = reading;
    let Number { figure, value, said: short } =
        Number::read(frame, locale, |value, unit| written(value, unit, look, locale));
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

#[component]
pub(super) fn Kpi(tile: Signal<Tile>, frame: Memo<Option<Shown>>, look: Memo<Look>, reader: Reader) -> impl IntoView {
    let compare = Memo::new(move |_| tile.with(|tile| compare_of(&tile.content)));
    let drawing = Memo::new(move |_| {
        let rise_is_red = reader.rise_is_red.get();
        let draw = |frame: &Frame, reading: Reading| {
            look.with(|look| figure_markup(frame, compare.get(), look, reading, rise_is_red))
        };
        reader.read(frame, draw).unwrap_or_default()
    });
    let card = NodeRef::<html::Div>::new();
    keep_filled(card, drawing);
    view! { <div class="kpi" node_ref=card inner_html=drawing.get_untracked()></div> }.into_any()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tile::Names;
    use model::{
        board::{Given, Target, Threshold, Title, Tone},
        formatting::Locale,
        frame::{Cell, Column, ColumnKind, FrameState},
        metric::Unit,
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
        let reading = Reading { names: &names, locale: Locale::ZhCn, calendar: Calendar::CHINA, map_approval: None };
        figure_markup(&frame, None, look, reading, true)
    }

    fn with_target(value: f64, label: &str) -> Look {
        let target = Target { value: Given::new(value).unwrap(), label: Title::parse(label).unwrap() };
        Look { target: Some(target), ..Look::default() }
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
}
