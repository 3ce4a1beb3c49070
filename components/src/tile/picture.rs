//! What a card draws of a frame, as text: enough to keep a page up to date that nobody has touched yet.
//!
//! Only what stands inside a card's parts is told; whether the parts themselves are the same says the [`Outline`].

use super::{
    TileState,
    card::grain_of,
    face::Face,
    head::{badges_markup, truncated_at},
    kpi::{compare_of, figure_markup},
    legend::legend_markup,
    rows::{InCellBars, Rows},
    table::{Heading, first_rows, headings, left_out_at_first},
};
use crate::chart::{BarSpec, ChartSpec, LineSpec, MapSpec, Reading, bar_spec, line_spec, map_spec};
use model::{
    board::{ComponentKind, Tile},
    frame::Frame,
    time::Grain,
};
use std::collections::BTreeSet;

/// A card's parts, drawn from one state.
#[derive(Debug, Clone, PartialEq)]
pub struct CardPicture {
    pub outline: Outline,
    pub badges: String,
    pub body: BodyPicture,
}

/// What stands around the parts that are drawn as text. Where it is another one, the card must be built anew.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outline {
    face: Face,
    has_problem: bool,
    table: Option<TableOutline>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct TableOutline {
    headings: Vec<Heading>,
    left_out: usize,
    truncated: Option<(u32, u64)>,
}

/// What fills the body of a card.
#[derive(Debug, Clone, PartialEq)]
pub enum BodyPicture {
    /// Nothing that changes with numbers.
    Still,
    /// One number.
    Figure(String),
    /// The rows of a table.
    Rows(String),
    /// A chart, to be laid out for the room it has.
    Chart(ChartSpec),
}

impl CardPicture {
    /// Draws a tile in a state, as it is before anybody has hidden, sorted or turned anything. Where names in tables can be
    /// pressed, `are_picked_from` says so.
    pub fn draw(tile: &Tile, state: &TileState, reading: Reading, rise_is_red: bool, are_picked_from: bool) -> Self {
        let kind = tile.content.kind();
        let face = Face::of(kind, state);
        let frame = state.frame().filter(|_| face == Face::Numbers);
        let grain = grain_of(&tile.content);
        let rows = Rows { reading, bars: InCellBars::FirstMetric, grain, rise_is_red, are_picked_from };
        let body = match (kind, frame) {
            (ComponentKind::Text | ComponentKind::Tabs | ComponentKind::Carousel, _) | (_, None) => BodyPicture::Still,
            (ComponentKind::Kpi, Some(frame)) => {
                BodyPicture::Figure(figure_markup(frame, compare_of(&tile.content), reading, rise_is_red))
            }
            (ComponentKind::Table, Some(frame)) => BodyPicture::Rows(first_rows(frame, rows)),
            (ComponentKind::Line, Some(frame)) => {
                let line = line_spec(frame, grain.unwrap_or(Grain::Day), reading);
                BodyPicture::Chart(ChartSpec::Line(
                    line.unwrap_or_else(|| LineSpec::empty(reading.locale, reading.calendar)),
                ))
            }
            (ComponentKind::Bar, Some(frame)) => BodyPicture::Chart(ChartSpec::Bar(
                bar_spec(frame, reading).unwrap_or_else(|| BarSpec::empty(reading.locale)),
            )),
            (ComponentKind::ProvinceMap, Some(frame)) => BodyPicture::Chart(ChartSpec::Map(
                map_spec(frame, reading).unwrap_or_else(|| MapSpec::empty(reading.locale)),
            )),
        };
        let around = |frame: &Frame| TableOutline {
            headings: headings(frame),
            left_out: left_out_at_first(frame),
            truncated: truncated_at(frame),
        };
        let table = match kind {
            ComponentKind::Table => frame.map(|frame| around(frame)),
            ComponentKind::Kpi
            | ComponentKind::Line
            | ComponentKind::Bar
            | ComponentKind::ProvinceMap
            | ComponentKind::Text
            | ComponentKind::Tabs
            | ComponentKind::Carousel => None,
        };
        let outline = Outline { face, has_problem: state.problem().is_some(), table };
        Self { outline, badges: badges_markup(kind, state, reading.locale), body }
    }
}

/// The legend over a chart of that width; empty where it needs none.
pub fn legend_over(spec: &ChartSpec, width: f64) -> String {
    match spec {
        ChartSpec::Line(spec) => legend_markup(spec, &BTreeSet::new(), width),
        ChartSpec::Bar(_) | ChartSpec::Map(_) => String::new(),
    }
}
