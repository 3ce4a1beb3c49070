//! What a chart shows.

use super::{BarSpec, LineSpec, MapSpec, Scene, SeriesColour, Size};

/// What a chart shows, independent of its size.
#[derive(Debug, Clone, PartialEq)]
pub enum ChartSpec {
    Line(LineSpec),
    Bar(BarSpec),
    Map(MapSpec),
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
    /// Lays the chart out. The same spec and size give the same scene everywhere.
    pub fn scene(&self, size: Size) -> Scene {
        match self {
            Self::Line(line) => line.scene(size),
            Self::Bar(bar) => bar.scene(size),
            Self::Map(map) => map.scene(size),
        }
    }

    /// What is read at one of the scene's hits.
    pub fn readout(&self, hit: usize) -> Readout {
        match self {
            Self::Line(line) => line.readout(hit),
            Self::Bar(bar) => bar.readout(hit),
            Self::Map(map) => map.readout(hit),
        }
    }

    /// What it shows in one sentence, for those who can't see it.
    pub fn summary(&self) -> String {
        match self {
            Self::Line(line) => line.summary(),
            Self::Bar(bar) => bar.summary(),
            Self::Map(map) => map.summary(),
        }
    }
}
