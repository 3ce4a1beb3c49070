//! What a card draws of a frame, as text: enough to keep a page up to date that nobody has touched yet.
//!
//! Only what stands inside a card's parts is told; whether the parts themselves are the same says the [`Outline`].

use super::{
    Sketch, TileState,
    drawing::Drawing,
    face::Face,
    flip::flip_markup,
    head::{badges_markup, truncated_at},
    kpi::figure_markup,
    legend::legend_markup,
    pivot::Pivot,
    rows::{InCellBars, Rows},
    sight::{Sight, rows_in_all},
    table::{Heading, first_rows, headings},
    ticker::ticker_markup,
};
use crate::chart::{ChartSpec, Reading, Source, Unfit, chart_of};
use model::{frame::Frame, time::Grain};
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
    /// Why its numbers can't be drawn, where they can't.
    unfit: Option<Unfit>,
    table: Option<TableOutline>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct TableOutline {
    headings: Vec<Heading>,
    /// Where not all of them are there.
    rows_in_all: Option<usize>,
    truncated: Option<(u32, u64)>,
}

/// What fills the body of a card.
#[derive(Debug, Clone, PartialEq)]
pub enum BodyPicture {
    /// Nothing that changes with numbers.
    Still,
    /// One number.
    Figure(String),
    /// One number whose digits flip.
    Flip(String),
    /// The rows of a table, or of a pivot table.
    Rows(String),
    /// The items of a ticker.
    Ticker(String),
    /// A chart whose code is on its way: what stands there stays for now.
    Coming,
    /// A chart, to be laid out for the room it has.
    Chart(ChartSpec),
}

impl TableOutline {
    fn of(frame: &Frame) -> Self {
        let rows_in_all = rows_in_all(frame.rows.len());
        Self { headings: headings(frame), rows_in_all, truncated: truncated_at(frame) }
    }
}

impl CardPicture {
    /// Draws a tile in a state, as it is before anybody has hidden, sorted or turned anything. Where names in tables can be
    /// pressed, `are_picked_from` says so.
    pub fn draw(
        sketch: &Sketch,
        state: &TileState,
        reading: Reading,
        rise_is_red: bool,
        are_picked_from: bool,
    ) -> Self {
        let Sketch { kind, look, grain, compare } = sketch;
        let (kind, grain, compare) = (*kind, *grain, *compare);
        let face = Face::of(kind, state);
        let frame = state.frame().filter(|_| face == Face::Numbers);
        let rows = Rows { reading, look, bars: InCellBars::FirstMetric, grain, rise_is_red, are_picked_from };
        let mut table = None;
        let mut unfit = None;
        let body = match (Drawing::of(kind), frame) {
            (Drawing::Figure, Some(frame)) => {
                BodyPicture::Figure(figure_markup(frame, compare, look, reading, rise_is_red))
            }
            (Drawing::Flip, Some(frame)) => BodyPicture::Flip(flip_markup(frame, compare, look, reading, rise_is_red)),
            (Drawing::Rows, Some(frame)) => {
                table = Some(TableOutline::of(frame));
                BodyPicture::Rows(first_rows(frame, rows))
            }
            (Drawing::Pivot, Some(frame)) => {
                if let Ok(pivot) = pivot_of_tile(sketch, frame, reading, rise_is_red) {
                    let (headings, rows) = (pivot.headings(), pivot.order(None));
                    table = Some(TableOutline { headings, rows_in_all: rows_in_all(rows.len()), truncated: None });
                    BodyPicture::Rows(pivot.markup(&rows, Sight::AtFirst, are_picked_from))
                } else {
                    // One thing alone makes no pivot table, but a table it makes.
                    table = Some(TableOutline::of(frame));
                    BodyPicture::Rows(first_rows(frame, Rows { bars: InCellBars::None, ..rows }))
                }
            }
            (Drawing::Ticker, Some(frame)) => BodyPicture::Ticker(ticker_markup(frame, reading)),
            (Drawing::Chart, Some(frame)) => match chart_of_tile(sketch, frame, reading, rise_is_red) {
                Some(Ok(spec)) => BodyPicture::Chart(spec),
                Some(Err(why)) => {
                    unfit = Some(why);
                    BodyPicture::Still
                }
                None => BodyPicture::Coming,
            },
            (
                Drawing::Text
                | Drawing::Image
                | Drawing::Video
                | Drawing::QrCode
                | Drawing::Clock
                | Drawing::Frame
                | Drawing::Filter
                | Drawing::Pages,
                _,
            )
            | (_, None) => BodyPicture::Still,
        };
        let outline = Outline { face, has_problem: state.problem().is_some(), unfit, table };
        Self { outline, badges: badges_markup(kind, state, reading.locale), body }
    }
}

/// The chart of a tile, with nothing taken out of it. `None` while its code is on its way.
pub(crate) fn chart_of_tile(
    sketch: &Sketch,
    frame: &Frame,
    reading: Reading,
    rise_is_red: bool,
) -> Option<Result<ChartSpec, Unfit>> {
    read_whole(sketch, frame, reading, rise_is_red, |source| chart_of(sketch.kind, source))
}

/// The pivot table of a tile.
pub(crate) fn pivot_of_tile(
    sketch: &Sketch,
    frame: &Frame,
    reading: Reading,
    rise_is_red: bool,
) -> Result<Pivot, Unfit> {
    read_whole(sketch, frame, reading, rise_is_red, Pivot::read)
}

fn read_whole<T>(
    Sketch { look, grain, .. }: &Sketch,
    frame: &Frame,
    reading: Reading,
    rise_is_red: bool,
    read: impl FnOnce(&Source) -> T,
) -> T {
    let (hidden, grain) = (BTreeSet::new(), grain.unwrap_or(Grain::Day));
    read(&Source { frame, look, grain, reading, rise_is_red, hidden: &hidden })
}

/// The legend over a chart of that width; empty where it needs none.
pub fn legend_over(spec: &ChartSpec, width: f64) -> String {
    legend_markup(&spec.legend(width))
}
