//! A small picture of every kind of component: in the palette, in thumbnails of boards, beside suggestions. One file for each
//! shelf of the palette.
//!
//! A picture is drawn on a sheet of [`GLYPH_SIZE`] units, in inks to which the style sheet (`style/glyph.css`) gives the colours
//! of the theme: grey for what stands around, the first series' colour for what the component is about, others sparingly.

mod cells;
mod containers;
mod controls;
mod decorations;
mod figures;
mod maps;
mod parts;
mod rankings;
mod relations;
mod tables;
mod trends;

use leptos::prelude::*;
use model::board::ComponentKind;

/// How many units a picture is wide and high.
pub const GLYPH_SIZE: (u16, u16) = (96, 52);

/// The picture of a kind, as the inside of an SVG.
fn drawn(kind: ComponentKind) -> String {
    let drawn = match kind {
        ComponentKind::Kpi => figures::KPI,
        ComponentKind::FlipCounter => figures::FLIP_COUNTER,
        ComponentKind::Gauge => figures::GAUGE,
        ComponentKind::Bullet => figures::BULLET,
        ComponentKind::Line => trends::LINE,
        ComponentKind::Area => trends::AREA,
        ComponentKind::Combo => trends::COMBO,
        ComponentKind::MinuteCurve => trends::MINUTE_CURVE,
        ComponentKind::CalendarHeat => return trends::calendar_heat(),
        ComponentKind::WeekHeat => return trends::week_heat(),
        ComponentKind::RankRace => trends::RANK_RACE,
        ComponentKind::SessionTimeline => trends::SESSION_TIMELINE,
        ComponentKind::Bar => rankings::BAR,
        ComponentKind::RankList => rankings::RANK_LIST,
        ComponentKind::Columns => rankings::COLUMNS,
        ComponentKind::Waterfall => rankings::WATERFALL,
        ComponentKind::Ticker => rankings::TICKER,
        ComponentKind::Pie => parts::PIE,
        ComponentKind::Rose => parts::ROSE,
        ComponentKind::Treemap => parts::TREEMAP,
        ComponentKind::Sunburst => parts::SUNBURST,
        ComponentKind::Funnel => parts::FUNNEL,
        ComponentKind::WordCloud => parts::WORD_CLOUD,
        ComponentKind::Heatmap => return relations::heatmap(),
        ComponentKind::Sankey => relations::SANKEY,
        ComponentKind::Retention => return relations::retention(),
        ComponentKind::Radar => relations::RADAR,
        ComponentKind::Scatter => relations::SCATTER,
        ComponentKind::Histogram => relations::HISTOGRAM,
        ComponentKind::BoxPlot => relations::BOX_PLOT,
        ComponentKind::PageHeat => relations::PAGE_HEAT,
        ComponentKind::ProvinceMap => return maps::province_map(),
        ComponentKind::BoundaryMap => maps::BOUNDARY_MAP,
        ComponentKind::FlowMap => maps::FLOW_MAP,
        ComponentKind::Table => tables::TABLE,
        ComponentKind::Pivot => tables::PIVOT,
        ComponentKind::Text => decorations::TEXT,
        ComponentKind::Image => decorations::IMAGE,
        ComponentKind::Video => decorations::VIDEO,
        ComponentKind::QrCode => return decorations::qr_code(),
        ComponentKind::Clock => decorations::CLOCK,
        ComponentKind::Frame => decorations::FRAME,
        ComponentKind::Filter => controls::FILTER,
        ComponentKind::Tabs => containers::TABS,
        ComponentKind::Carousel => containers::CAROUSEL,
    };
    drawn.to_owned()
}

/// A small picture of a component, in the colours of the theme. It says nothing to a screen reader: its name stands beside it.
#[component]
pub fn Glyph(kind: ComponentKind) -> impl IntoView {
    view! {
        <svg class="glyph" viewBox="0 0 96 52" aria-hidden="true" focusable="false" inner_html=drawn(kind)></svg>
    }
    .into_any()
}

/// The picture alone, to stand in a larger drawing; its size is [`GLYPH_SIZE`].
pub fn glyph(kind: ComponentKind) -> AnyView {
    view! { <g class="glyph" inner_html=drawn(kind)></g> }.into_any()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeMap;

    /// The inks that the style sheet knows.
    fn inks() -> Vec<String> {
        let style = include_str!("../../../style/glyph.css");
        let names = style.split(".ink-").skip(1);
        let sign = |sign: char| sign.is_ascii_lowercase() || sign == '-';
        names.map(|rest| format!("ink-{}", rest.split(|it| !sign(it)).next().unwrap())).collect()
    }

    /// The values of an attribute, wherever it is written.
    fn values<'a>(drawn: &'a str, attribute: &str) -> Vec<&'a str> {
        let begins = format!(" {attribute}=\"");
        drawn.split(&begins).skip(1).map(|rest| rest.split('"').next().unwrap()).collect()
    }

    #[test]
    fn no_two_kinds_have_the_same_picture() {
        let mut pictures = BTreeMap::new();
        for kind in ComponentKind::ALL {
            let drawn = drawn(kind);
            assert!(!drawn.trim().is_empty(), "{kind:?} has no picture");
            if let Some(other) = pictures.insert(drawn, kind) {
                panic!("{kind:?} looks like {other:?}");
            }
        }
    }

    #[test]
    fn pictures_are_drawn_in_the_inks_of_the_style_sheet_alone() {
        let inks = inks();
        for kind in ComponentKind::ALL {
            let drawn = drawn(kind);
            let marks = drawn.matches('<').count();
            let classes = values(&drawn, "class");
            assert_eq!(classes.len(), marks, "{kind:?}: each mark has one ink, and none closes apart");
            for class in classes {
                assert!(inks.iter().any(|ink| ink == class), "{kind:?}: {class}");
            }
            for forbidden in ["style", "fill", "stroke"] {
                assert!(values(&drawn, forbidden).is_empty(), "{kind:?}: {forbidden}");
            }
        }
    }

    #[test]
    fn nothing_is_drawn_beside_the_sheet() {
        let (wide, high) = (f64::from(GLYPH_SIZE.0), f64::from(GLYPH_SIZE.1));
        let inside = |value: &str, most: f64| value.parse::<f64>().is_ok_and(|value| (0.0..=most).contains(&value));
        for kind in ComponentKind::ALL {
            let drawn = drawn(kind);
            for mark in drawn.split("<rect").skip(1).map(|rest| rest.split("/>").next().unwrap()) {
                let number = |name: &str| values(mark, name)[0].parse::<f64>().unwrap();
                assert!(number("x") >= 0.0 && number("x") + number("width") <= wide, "{kind:?}: {mark}");
                assert!(number("y") >= 0.0 && number("y") + number("height") <= high, "{kind:?}: {mark}");
            }
            for point in values(&drawn, "points").iter().flat_map(|points| points.split_whitespace()) {
                let (x, y) = point.split_once(',').unwrap();
                assert!(inside(x, wide) && inside(y, high), "{kind:?}: {point}");
            }
            for (centre, most) in [("cx", wide), ("cy", high)] {
                assert!(values(&drawn, centre).iter().all(|value| inside(value, most)), "{kind:?}");
            }
        }
    }
}
