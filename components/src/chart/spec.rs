//! What a chart shows.

use super::{BarSpec, Ink, LineSpec, MapSpec, Reading, Scene, SeriesColour, Size};
use model::{board::Look, formatting::Locale, frame::Frame, time::Grain};
use std::{collections::BTreeSet, fmt, sync::Arc};

/// What a chart shows, independent of its size.
#[derive(Debug, Clone, PartialEq)]
pub enum ChartSpec {
    Line(LineSpec),
    Bar(BarSpec),
    Map(MapSpec),
    Other(OtherChart),
}

/// What every chart can do. Those that most boards have are variants of [`ChartSpec`]; the code of all others is loaded
/// when a board first has one, which only works where nothing names them before.
pub trait Chart: fmt::Debug + Send + Sync {
    /// Lays it out. The same size gives the same scene, everywhere and each time.
    fn scene(&self, size: Size) -> Scene;

    /// What is read at one of the scene's hits.
    fn readout(&self, hit: usize) -> Readout;

    /// What it shows in one sentence, for those who can't see it.
    fn summary(&self) -> String;

    /// What its colours stand for; empty where it says so itself.
    fn legend(&self) -> Vec<LegendEntry> {
        Vec::new()
    }

    /// The row of the frame that a hit stands for, where it is one row, so that the rest of the board can follow it.
    fn row(&self, _hit: usize) -> Option<usize> {
        None
    }
}

/// One entry of a legend.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LegendEntry {
    pub name: String,
    /// With what it is drawn.
    pub ink: Ink,
    /// Whether the reader has taken it out of the drawing.
    pub is_hidden: bool,
}

/// What a chart is made of.
#[derive(Clone, Copy)]
pub struct Source<'a> {
    pub frame: &'a Frame,
    pub look: &'a Look,
    /// The step of its time axis, where it has one.
    pub grain: Grain,
    pub reading: Reading<'a>,
    /// Whether red means more (the Chinese convention) or less.
    pub rise_is_red: bool,
    /// Names of the legend that the reader has taken out.
    pub hidden: &'a BTreeSet<String>,
}

/// Why a frame can't be drawn as the chart it is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unfit {
    /// It lacks a column: the query has another shape.
    Shape,
    /// No number in it is known.
    AllUndefined,
    /// Parts of a whole can't be negative.
    Negative,
    /// Parts of nothing.
    ZeroTotal,
}

/// A chart whose code is loaded when it is first used.
#[derive(Debug, Clone)]
pub struct OtherChart(pub Arc<dyn Chart>);

/// The same chart, not merely an equal one: frames are told apart before.
impl PartialEq for OtherChart {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

/// What is read where one points.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Readout {
    pub heading: String,
    pub rows: Vec<ReadoutRow>,
    /// What else a reader should know of it: that the step is still filling, that a province is outside the scope.
    pub note: Option<&'static str>,
}

/// One line of a readout.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReadoutRow {
    pub colour: Option<SeriesColour>,
    pub name: String,
    pub value: String,
}

impl Readout {
    /// All of it in one line, for reading aloud.
    pub fn spoken(&self) -> String {
        let rows = self.rows.iter().map(|row| match row.name.as_str() {
            "" => row.value.clone(),
            name => format!("{name} {}", row.value),
        });
        let parts: Vec<String> =
            std::iter::once(self.heading.clone()).chain(rows).chain(self.note.map(str::to_owned)).collect();
        parts.join(", ")
    }
}

impl ChartSpec {
    /// A chart with nothing in it.
    pub const fn empty(locale: Locale) -> Self {
        Self::Bar(BarSpec::empty(locale))
    }

    /// What its colours stand for, where it does not say so itself over that width.
    pub fn legend(&self, width_px: f64) -> Vec<LegendEntry> {
        match self {
            Self::Line(line) if line.legend.len() > 1 && !line.names_its_lines(width_px) => line.legend.clone(),
            Self::Line(_) | Self::Bar(_) | Self::Map(_) => Vec::new(),
            Self::Other(other) => other.0.legend(),
        }
    }

    /// Lays the chart out. The same spec and size give the same scene everywhere.
    pub fn scene(&self, size: Size) -> Scene {
        match self {
            Self::Line(line) => line.scene(size),
            Self::Bar(bar) => bar.scene(size),
            Self::Map(map) => map.scene(size),
            Self::Other(other) => other.0.scene(size),
        }
    }

    /// What is read at one of the scene's hits.
    pub fn readout(&self, hit: usize) -> Readout {
        match self {
            Self::Line(line) => line.readout(hit),
            Self::Bar(bar) => bar.readout(hit),
            Self::Map(map) => map.readout(hit),
            Self::Other(other) => other.0.readout(hit),
        }
    }

    /// What it shows in one sentence, for those who can't see it.
    pub fn summary(&self) -> String {
        match self {
            Self::Line(line) => line.summary(),
            Self::Bar(bar) => bar.summary(),
            Self::Map(map) => map.summary(),
            Self::Other(other) => other.0.summary(),
        }
    }
}
