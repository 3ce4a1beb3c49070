//! A scene: where every mark and label of a chart stands, in CSS pixels.

use super::{SeriesColour, text_width_px};
use serde::Serialize;

/// Width and height in CSS pixels.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Size {
    pub w: f64,
    pub h: f64,
}

/// A point, from the top left corner.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Point {
    pub x: f64,
    pub y: f64,
}

/// A rectangle, from its top left corner.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Area {
    pub x: f64,
    pub y: f64,
    pub w: f64,
    pub h: f64,
}

impl Area {
    pub fn right(self) -> f64 {
        self.x + self.w
    }

    pub fn bottom(self) -> f64 {
        self.y + self.h
    }

    pub fn centre(self) -> Point {
        Point { x: self.x + self.w / 2.0, y: self.y + self.h / 2.0 }
    }

    pub fn contains(self, point: Point) -> bool {
        (self.x..self.right()).contains(&point.x) && (self.y..self.bottom()).contains(&point.y)
    }

    pub fn overlaps(self, other: Self) -> bool {
        self.x < other.right() && other.x < self.right() && self.y < other.bottom() && other.y < self.bottom()
    }
}

/// What a mark is drawn with: a role, to which the theme gives a colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
pub enum Ink {
    /// Faint lines behind the data.
    Grid,
    /// The line that values stand on.
    Axis,
    /// Ticks, units and what is said beside the data.
    Muted,
    /// Labels of the data.
    Text,
    /// What lies behind the chart, for hollow marks.
    Surface,
    /// Hatching over what is not there yet.
    Hatch,
    Series(SeriesColour),
    /// The light surface under a line.
    Under(SeriesColour),
    /// A step of the sequential scale, 0 for the least to 6 for the most.
    Step(u8),
    /// Text on such a step.
    OnStep(u8),
    /// A province that the reader's scope does not hold.
    Outside,
    OnOutside,
    /// A province within the scope without a number.
    NoValue,
}

/// Where a label stands from its point.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub enum Align {
    Start,
    Middle,
    End,
}

/// How heavy a label is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub enum Weight {
    Regular,
    Strong,
}

/// One thing that is drawn.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub enum Mark {
    Line {
        points: Vec<Point>,
        ink: Ink,
        width: f64,
    },
    Polygon {
        points: Vec<Point>,
        ink: Ink,
    },
    Rect {
        area: Area,
        ink: Ink,
    },
    Disc {
        centre: Point,
        radius: f64,
        ink: Ink,
    },
    /// A text whose middle height stands at the point.
    Label {
        at: Point,
        text: String,
        ink: Ink,
        align: Align,
        weight: Weight,
    },
}

/// The font size of every label in a chart.
pub(crate) const FONT_PX: f64 = 12.0;
/// The height that a label takes.
pub(crate) const LABEL_PX: f64 = 16.0;

impl Mark {
    /// The room that a label takes; `None` for other marks.
    pub fn label_area(&self) -> Option<Area> {
        match self {
            Self::Label { at, text, align, .. } => {
                let w = text_width_px(text, FONT_PX);
                let x = match align {
                    Align::Start => at.x,
                    Align::Middle => at.x - w / 2.0,
                    Align::End => at.x - w,
                };
                Some(Area { x, y: at.y - LABEL_PX / 2.0, w, h: LABEL_PX })
            }
            Self::Line { .. } | Self::Polygon { .. } | Self::Rect { .. } | Self::Disc { .. } => None,
        }
    }
}

/// What is shown around the thing that is pointed at.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub enum Guide {
    /// A vertical line through all series.
    Crosshair,
    /// A frame around the one mark.
    Frame,
}

/// One thing that can be pointed at or stepped to.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Hit {
    pub area: Area,
    /// Where the tooltip points.
    pub anchor: Point,
    pub guide: Guide,
    pub dots: Vec<(Point, SeriesColour)>,
}

/// The points of one series, step by step.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct Track {
    pub(crate) colour: SeriesColour,
    pub(crate) points: Vec<Option<Point>>,
}

/// What can be pointed at: kept small, and spelled out only for the one that is.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) enum Hits {
    None,
    /// Steps along an axis, each with a dot on every track.
    Steps {
        plot: Area,
        at_x: Vec<f64>,
        tracks: Vec<Track>,
    },
    /// Marks with an area each.
    Marks(Vec<Area>),
}

/// A chart, laid out.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Scene {
    pub size: Size,
    pub marks: Vec<Mark>,
    #[serde(skip)]
    pub(crate) hits: Hits,
}

impl Scene {
    pub(crate) const fn empty(size: Size) -> Self {
        Self { size, marks: Vec::new(), hits: Hits::None }
    }

    /// How many things can be pointed at.
    pub fn hit_count(&self) -> usize {
        match &self.hits {
            Hits::None => 0,
            Hits::Steps { at_x, .. } => at_x.len(),
            Hits::Marks(areas) => areas.len(),
        }
    }

    /// The thing under a point: the nearest step, or the mark there.
    pub fn pick(&self, point: Point) -> Option<usize> {
        match &self.hits {
            Hits::None => None,
            Hits::Steps { at_x, .. } => {
                let after = at_x.partition_point(|x| *x < point.x);
                let nearer_before = after.checked_sub(1).filter(|before| {
                    let distance = |index: usize| at_x.get(index).map_or(f64::INFINITY, |x| (x - point.x).abs());
                    distance(*before) <= distance(after)
                });
                nearer_before.or_else(|| (!at_x.is_empty()).then(|| after.min(at_x.len() - 1)))
            }
            Hits::Marks(areas) => areas.iter().position(|area| area.contains(point)),
        }
    }

    /// What is shown around that thing.
    pub fn hit(&self, index: usize) -> Option<Hit> {
        match &self.hits {
            Hits::None => None,
            Hits::Steps { plot, at_x, tracks } => {
                let x = *at_x.get(index)?;
                let dots: Vec<_> = tracks
                    .iter()
                    .filter_map(|track| track.points.get(index).copied().flatten().map(|point| (point, track.colour)))
                    .collect();
                let top = dots.iter().map(|(point, _)| point.y).fold(plot.bottom(), f64::min);
                Some(Hit {
                    area: Area { x, w: 0.0, ..*plot },
                    anchor: Point { x, y: top },
                    guide: Guide::Crosshair,
                    dots,
                })
            }
            Hits::Marks(areas) => {
                let area = *areas.get(index)?;
                Some(Hit { area, anchor: area.centre(), guide: Guide::Frame, dots: Vec::new() })
            }
        }
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    /// Fails where two labels of the scene stand on one another or leave it.
    pub(crate) fn assert_labels_stand_apart(scene: &Scene) {
        let labels: Vec<(&Mark, Area)> =
            scene.marks.iter().filter_map(|mark| Some((mark, mark.label_area()?))).collect();
        for (index, (mark, area)) in labels.iter().enumerate() {
            assert!(area.x >= -0.5 && area.right() <= scene.size.w + 0.5, "{mark:?} leaves {:?}", scene.size);
            assert!(area.y >= -0.5 && area.bottom() <= scene.size.h + 0.5, "{mark:?} leaves {:?}", scene.size);
            // Touching is not overlapping, whatever the last digits say.
            let area = Area { w: area.w - 1e-6, h: area.h - 1e-6, ..*area };
            for (other, other_area) in &labels[index + 1..] {
                assert!(!area.overlaps(*other_area), "{mark:?} stands on {other:?}");
            }
        }
    }

    #[test]
    fn the_nearest_step_is_picked() {
        let plot = Area { x: 0.0, y: 0.0, w: 100.0, h: 50.0 };
        let hits = Hits::Steps { plot, at_x: vec![0.0, 50.0, 100.0], tracks: Vec::new() };
        let scene = Scene { hits, ..Scene::empty(Size { w: 100.0, h: 50.0 }) };
        let pick = |x: f64| scene.pick(Point { x, y: 10.0 });
        assert_eq!(pick(-5.0), Some(0));
        assert_eq!(pick(24.0), Some(0));
        assert_eq!(pick(26.0), Some(1));
        assert_eq!(pick(500.0), Some(2));
    }
}
