//! A scene: where every mark and label of a chart stands, in CSS pixels.

use super::{SeriesColour, text_width_px};
use model::board::Tone;
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
    /// A band that others may cross: seen through, but stronger than a surface under a line.
    Band(SeriesColour),
    /// A step of the sequential scale, 0 for the least to 6 for the most.
    Step(u8),
    /// Text on such a step.
    OnStep(u8),
    /// Such a step over a picture, which is seen through it.
    Over(u8),
    /// A province that the reader's scope does not hold.
    Outside,
    OnOutside,
    /// A province within the scope without a number.
    NoValue,
    /// Text on a series colour.
    OnSeries(SeriesColour),
    /// A step of the diverging scale: 0 far below the middle, 3 at it, 6 far above.
    Diverging(u8),
    /// Text on such a step.
    OnDiverging(u8),
    /// What is reached, what is nearly missed, what is missed.
    Tone(Tone),
    /// The way that a gauge or a bullet can go at the most.
    Track,
    /// What ought to be reached.
    Target,
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
    /// A picture, stretched to the area; only drawings in a browser have it.
    Picture {
        area: Area,
        /// Where it is fetched from.
        address: String,
    },
    /// A text whose middle height stands at the point.
    Label {
        at: Point,
        text: String,
        ink: Ink,
        align: Align,
        weight: Weight,
        /// The height of its font.
        px: f64,
    },
}

/// The font size of labels in a chart, unless they are what it shows.
pub(crate) const FONT_PX: f64 = 12.0;
/// The height that a label takes.
pub(crate) const LABEL_PX: f64 = 16.0;

impl Mark {
    /// The room that a label takes; `None` for other marks.
    pub fn label_area(&self) -> Option<Area> {
        match self {
            Self::Label { at, text, align, px, .. } => {
                let (w, h) = (text_width_px(text, *px), px * LABEL_PX / FONT_PX);
                let x = match align {
                    Align::Start => at.x,
                    Align::Middle => at.x - w / 2.0,
                    Align::End => at.x - w,
                };
                Some(Area { x, y: at.y - h / 2.0, w, h })
            }
            Self::Line { .. } | Self::Polygon { .. } | Self::Rect { .. } | Self::Disc { .. } | Self::Picture { .. } => {
                None
            }
        }
    }
}

/// What is shown around the thing that is pointed at.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub enum Guide {
    /// A vertical line through all series.
    Crosshair,
    /// A frame around the one mark.
    Frame,
    /// A line around the one mark.
    Outline(Vec<Point>),
    /// A ring around the one point, of that radius.
    Ring(f64),
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
    /// Marks with an outline each; of those that lie on one another the last is the topmost.
    Shapes(Vec<Shape>),
    /// Points, each with the radius of its disc.
    Dots(Vec<(Point, f64)>),
}

/// A mark that is no rectangle.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct Shape {
    pub(crate) outline: Vec<Point>,
    /// Where the tooltip points.
    pub(crate) anchor: Point,
}

impl Shape {
    /// Whether a point lies in the outline: a line from it to the right crosses the edge an odd number of times.
    pub(crate) fn contains(&self, point: Point) -> bool {
        let ends = self.outline.iter().zip(self.outline.iter().cycle().skip(1));
        let crossed = ends.filter(|(one, other)| {
            (one.y > point.y) != (other.y > point.y)
                && point.x < (other.x - one.x) * (point.y - one.y) / (other.y - one.y) + one.x
        });
        crossed.count() % 2 == 1
    }

    /// The rectangle around it.
    fn bounds(&self) -> Area {
        let (first, rest) = self.outline.split_first().map_or((self.anchor, &[][..]), |(first, rest)| (*first, rest));
        let (low, high) = rest.iter().fold((first, first), |(low, high), point| {
            let low = Point { x: low.x.min(point.x), y: low.y.min(point.y) };
            (low, Point { x: high.x.max(point.x), y: high.y.max(point.y) })
        });
        Area { x: low.x, y: low.y, w: high.x - low.x, h: high.y - low.y }
    }
}

/// How far beside a dot it can still be pointed at.
const NEAR_PX: f64 = 8.0;

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
        Self::of_marks(size, Vec::new())
    }

    /// Nothing in it can be pointed at.
    pub(crate) const fn of_marks(size: Size, marks: Vec<Mark>) -> Self {
        Self { size, marks, hits: Hits::None }
    }

    /// How many things can be pointed at.
    pub fn hit_count(&self) -> usize {
        match &self.hits {
            Hits::None => 0,
            Hits::Steps { at_x, .. } => at_x.len(),
            Hits::Marks(areas) => areas.len(),
            Hits::Shapes(shapes) => shapes.len(),
            Hits::Dots(dots) => dots.len(),
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
            Hits::Shapes(shapes) => shapes.iter().rposition(|shape| shape.contains(point)),
            Hits::Dots(dots) => {
                let far = |(centre, radius): &(Point, f64)| {
                    ((centre.x - point.x).hypot(centre.y - point.y) - radius).max(0.0)
                };
                let near = dots.iter().enumerate().map(|(index, dot)| (index, far(dot)));
                // The smaller of two that are as near lies in front.
                let nearest = near.filter(|(_, px)| *px <= NEAR_PX).min_by(|(one, near), (other, far)| {
                    let radius = |index: &usize| dots.get(*index).map_or(0.0, |(_, radius)| *radius);
                    near.total_cmp(far).then(radius(one).total_cmp(&radius(other)))
                });
                nearest.map(|(index, _)| index)
            }
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
            Hits::Shapes(shapes) => {
                let shape = shapes.get(index)?;
                let guide = Guide::Outline(shape.outline.clone());
                Some(Hit { area: shape.bounds(), anchor: shape.anchor, guide, dots: Vec::new() })
            }
            Hits::Dots(dots) => {
                let (centre, radius) = *dots.get(index)?;
                let area = Area { x: centre.x - radius, y: centre.y - radius, w: 2.0 * radius, h: 2.0 * radius };
                Some(Hit { area, anchor: centre, guide: Guide::Ring(radius), dots: Vec::new() })
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
