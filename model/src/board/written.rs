//! Tiles as they are written: one flat form for all components, read into the shape that each can draw.
//!
//! There is one form and not one for each component, so that a field means the same everywhere and what reads it is small.

use super::{
    Bound, ByShape, CategoryBinding, ComponentKind, ContainerKind, FilterDisplay, FilterSubject, FrameStyle,
    GeoBinding, Look, MatrixBinding, Pace, Pages, PairBinding, PointsBinding, ScalarBinding, SeriesBinding,
    SessionsBinding, SpreadBinding, Still, StillKind, TableBinding, TileContent, Title, WebAddress,
    still::bounded_text,
};
use crate::{
    metric::{DimensionId, Filter, GroupBy, MAX_COURSE_ROWS, MAX_COURSE_STEPS, MetricRef, SessionCount, SessionOrder},
    time::{Compare, Grain, TimeRange},
};
use serde::{Deserialize, Serialize};

/// A tile's content as it is written.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct WrittenContent {
    component: ComponentKind,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    binding: Option<WrittenBinding>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    look: Option<Look>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    text: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    address: Option<WebAddress>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    description: Option<Title>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    style: Option<FrameStyle>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    about: Option<FilterSubject>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    display: Option<FilterDisplay>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pages: Option<Pages>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    seconds: Option<Pace>,
}

/// A binding as it is written.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenBinding {
    metric: MetricRef,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    second: Option<MetricRef>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    third: Option<MetricRef>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    more_metrics: Option<Vec<MetricRef>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    by: Option<OneOrSeveral>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    across: Option<GroupBy>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    grain: Option<Grain>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    split: Option<DimensionId>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    top: Option<u16>,
    #[serde(default, rename = "where", skip_serializing_if = "Vec::is_empty")]
    filters: Vec<Filter>,
    time: TimeRange,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    compare: Option<Compare>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    course: Option<Grain>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    limit: Option<u32>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    order: Option<SessionOrder>,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(untagged, expecting = "a dimension's name, {\"time\": …}, or a list of dimensions' names")]
enum OneOrSeveral {
    One(GroupBy),
    Several(Vec<DimensionId>),
}

/// How many values are shown where nothing is said.
const USUAL_TOP: u16 = 10;

/// What is wrong with what is written: one sentence, which names the component and the field.
type Wrong = String;

fn missing(kind: ComponentKind, field: &str) -> Wrong {
    format!("the binding of a “{}” needs the field “{field}”", kind.name())
}

impl WrittenBinding {
    fn bare(metric: &MetricRef, filters: &[Filter], time: TimeRange) -> Self {
        Self {
            metric: metric.clone(),
            second: None,
            third: None,
            more_metrics: None,
            by: None,
            across: None,
            grain: None,
            split: None,
            top: None,
            filters: filters.to_vec(),
            time,
            compare: None,
            course: None,
            limit: None,
            order: None,
        }
    }

    fn take_dimension(&mut self, kind: ComponentKind) -> Result<DimensionId, Wrong> {
        match self.by.take() {
            Some(OneOrSeveral::One(GroupBy::Dimension(dimension))) => Ok(dimension),
            Some(OneOrSeveral::One(GroupBy::Time(_)) | OneOrSeveral::Several(_)) => {
                Err(format!("the field “by” of a “{}” holds the name of one dimension", kind.name()))
            }
            None => Err(missing(kind, "by")),
        }
    }

    fn take_dimension_if_any(&mut self, kind: ComponentKind) -> Result<Option<DimensionId>, Wrong> {
        if self.by.is_none() { Ok(None) } else { self.take_dimension(kind).map(Some) }
    }

    fn take_group(&mut self, kind: ComponentKind) -> Result<GroupBy, Wrong> {
        match self.by.take() {
            Some(OneOrSeveral::One(group)) => Ok(group),
            Some(OneOrSeveral::Several(_)) => {
                Err(format!("the field “by” of a “{}” holds one dimension or {{\"time\": …}}", kind.name()))
            }
            None => Err(missing(kind, "by")),
        }
    }

    fn take_dimensions(&mut self, kind: ComponentKind) -> Result<Vec<DimensionId>, Wrong> {
        match self.by.take() {
            Some(OneOrSeveral::Several(dimensions)) => Ok(dimensions),
            Some(OneOrSeveral::One(_)) => {
                Err(format!("the field “by” of a “{}” holds a list of dimensions' names", kind.name()))
            }
            None => Err(missing(kind, "by")),
        }
    }

    fn take_grain(&mut self, kind: ComponentKind) -> Result<Grain, Wrong> {
        self.grain.take().ok_or_else(|| missing(kind, "grain"))
    }

    /// As many as usual where nothing is said.
    fn take_session_count(&mut self, kind: ComponentKind) -> Result<SessionCount, Wrong> {
        let Some(limit) = self.limit.take() else { return Ok(SessionCount::USUAL) };
        SessionCount::new(limit).map_err(|error| format!("the field “limit” of a “{}”: {error}", kind.name()))
    }

    fn take_second(&mut self, kind: ComponentKind) -> Result<MetricRef, Wrong> {
        self.second.take().ok_or_else(|| missing(kind, "second"))
    }

    fn take_limit(&mut self, kind: ComponentKind) -> Result<u32, Wrong> {
        self.limit.take().ok_or_else(|| missing(kind, "limit"))
    }

    /// The step of the course that a table's rows have, which they have room for.
    fn take_course(
        &mut self,
        kind: ComponentKind,
        by: &[DimensionId],
        grain: Option<Grain>,
        limit: u32,
    ) -> Result<Option<Grain>, Wrong> {
        let Some(course) = self.course.take() else { return Ok(None) };
        let (name, steps) = (kind.name(), self.time.most_steps(course));
        if by.is_empty() {
            Err(format!(
                "the field “course” of a “{name}” needs a dimension in “by”: it is the course of each of its values"
            ))
        } else if grain.is_some() {
            Err(format!("a “{name}” has the field “course” or the field “grain”: rows that are steps have no course"))
        } else if limit > MAX_COURSE_ROWS {
            Err(format!(
                "the field “limit” of a “{name}” with the field “course” is {limit}: expected {MAX_COURSE_ROWS} at most; \
                 take fewer rows"
            ))
        } else if !TableBinding::course_fits(self.time, course) {
            Err(format!(
                "the field “course” of a “{name}” has up to {steps} steps of a {}: expected {MAX_COURSE_STEPS} at most; \
                 take a longer step or a shorter range",
                course.name()
            ))
        } else {
            Ok(Some(course))
        }
    }

    /// What is left is of other components.
    fn finish(&self, kind: ComponentKind) -> Result<(), Wrong> {
        let left = [
            ("second", self.second.is_some()),
            ("third", self.third.is_some()),
            ("more_metrics", self.more_metrics.is_some()),
            ("by", self.by.is_some()),
            ("across", self.across.is_some()),
            ("grain", self.grain.is_some()),
            ("split", self.split.is_some()),
            ("top", self.top.is_some()),
            ("compare", self.compare.is_some()),
            ("course", self.course.is_some()),
            ("limit", self.limit.is_some()),
            ("order", self.order.is_some()),
        ];
        match left.into_iter().find(|(_, is_there)| *is_there) {
            Some((field, _)) => {
                Err(format!("unknown field `{field}`: the binding of a “{}” has none such", kind.name()))
            }
            None => Ok(()),
        }
    }
}

impl WrittenContent {
    fn bare(component: ComponentKind) -> Self {
        Self {
            component,
            binding: None,
            look: None,
            text: None,
            address: None,
            description: None,
            style: None,
            about: None,
            display: None,
            pages: None,
            seconds: None,
        }
    }

    fn take_bound<K: Copy, B>(
        &mut self,
        kind: K,
        read: impl Fn(&mut WrittenBinding) -> Result<B, Wrong>,
    ) -> Result<Bound<K, B>, Wrong> {
        let binding = match self.binding.take() {
            Some(mut written) => {
                let binding = read(&mut written)?;
                written.finish(self.component)?;
                Some(binding)
            }
            None => None,
        };
        let look = self.look.take().unwrap_or_default();
        if let Some(part) = look.parts().find(|part| !self.component.heeds(*part)) {
            return Err(format!("the look of a “{}” has no field “{}”", self.component.name(), part.field()));
        }
        Ok(Bound { kind, binding, look })
    }

    fn take_still(&mut self, kind: StillKind) -> Result<Still, Wrong> {
        let text = |text: Option<String>| bounded_text(text.unwrap_or_default()).map_err(|error| error.to_string());
        Ok(match kind {
            StillKind::Text => Still::Text { text: text(self.text.take())? },
            StillKind::QrCode => Still::QrCode { text: text(self.text.take())? },
            StillKind::Image => {
                Still::Image { address: self.address.take(), description: self.description.take().unwrap_or_default() }
            }
            StillKind::Video => {
                Still::Video { address: self.address.take(), description: self.description.take().unwrap_or_default() }
            }
            StillKind::Clock => Still::Clock,
            StillKind::Frame => Still::Frame { style: self.style.take().unwrap_or_default() },
            StillKind::Filter => {
                Still::Filter { about: self.about.take(), display: self.display.take().unwrap_or_default() }
            }
        })
    }

    fn finish(&self) -> Result<(), Wrong> {
        let left = [
            ("binding", self.binding.is_some()),
            ("look", self.look.is_some()),
            ("text", self.text.is_some()),
            ("address", self.address.is_some()),
            ("description", self.description.is_some()),
            ("style", self.style.is_some()),
            ("about", self.about.is_some()),
            ("display", self.display.is_some()),
            ("pages", self.pages.is_some()),
            ("seconds", self.seconds.is_some()),
        ];
        match left.into_iter().find(|(_, is_there)| *is_there) {
            Some((field, _)) => Err(format!("unknown field `{field}`: a “{}” has none such", self.component.name())),
            None => Ok(()),
        }
    }
}

impl TryFrom<WrittenContent> for TileContent {
    type Error = Wrong;

    fn try_from(mut written: WrittenContent) -> Result<Self, Wrong> {
        let kind = written.component;
        let content = match kind.by_shape() {
            ByShape::Scalar(of) => Self::Scalar(written.take_bound(of, |binding| {
                Ok(ScalarBinding {
                    metric: binding.metric.clone(),
                    filters: std::mem::take(&mut binding.filters),
                    time: binding.time,
                    compare: binding.compare.take(),
                })
            })?),
            ByShape::Series(of) => Self::Series(written.take_bound(of, |binding| {
                Ok(SeriesBinding {
                    metric: binding.metric.clone(),
                    grain: binding.take_grain(kind)?,
                    split: binding.split.take(),
                    filters: std::mem::take(&mut binding.filters),
                    time: binding.time,
                })
            })?),
            ByShape::Category(of) => Self::Category(written.take_bound(of, |binding| {
                Ok(CategoryBinding {
                    metric: binding.metric.clone(),
                    by: binding.take_dimension(kind)?,
                    top: binding.top.take().ok_or_else(|| missing(kind, "top"))?,
                    filters: std::mem::take(&mut binding.filters),
                    time: binding.time,
                    compare: binding.compare.take(),
                })
            })?),
            ByShape::Matrix(of) => Self::Matrix(written.take_bound(of, |binding| {
                Ok(MatrixBinding {
                    metric: binding.metric.clone(),
                    by: binding.take_group(kind)?,
                    across: binding.across.take(),
                    top: binding.top.take().unwrap_or(USUAL_TOP),
                    filters: std::mem::take(&mut binding.filters),
                    time: binding.time,
                })
            })?),
            ByShape::Pair(of) => Self::Pair(written.take_bound(of, |binding| {
                Ok(PairBinding {
                    metric: binding.metric.clone(),
                    second: binding.take_second(kind)?,
                    grain: binding.take_grain(kind)?,
                    filters: std::mem::take(&mut binding.filters),
                    time: binding.time,
                })
            })?),
            ByShape::Points(of) => Self::Points(written.take_bound(of, |binding| {
                Ok(PointsBinding {
                    metric: binding.metric.clone(),
                    second: binding.take_second(kind)?,
                    third: binding.third.take(),
                    by: binding.take_dimension(kind)?,
                    top: binding.top.take().unwrap_or(USUAL_TOP),
                    filters: std::mem::take(&mut binding.filters),
                    time: binding.time,
                })
            })?),
            ByShape::Spread(of) => Self::Spread(written.take_bound(of, |binding| {
                Ok(SpreadBinding {
                    metric: binding.metric.clone(),
                    by: binding.take_dimension_if_any(kind)?,
                    top: binding.top.take().unwrap_or(USUAL_TOP),
                    filters: std::mem::take(&mut binding.filters),
                    time: binding.time,
                })
            })?),
            ByShape::Table(of) => Self::Table(written.take_bound(of, |binding| {
                let (by, grain, limit) =
                    (binding.take_dimensions(kind)?, binding.grain.take(), binding.take_limit(kind)?);
                Ok(TableBinding {
                    metric: binding.metric.clone(),
                    more_metrics: binding.more_metrics.take().unwrap_or_default(),
                    course: binding.take_course(kind, &by, grain, limit)?,
                    by,
                    grain,
                    filters: std::mem::take(&mut binding.filters),
                    time: binding.time,
                    compare: binding.compare.take(),
                    limit,
                })
            })?),
            ByShape::Geo(of) => Self::Geo(written.take_bound(of, |binding| {
                Ok(GeoBinding {
                    metric: binding.metric.clone(),
                    by: binding.take_dimension(kind)?,
                    filters: std::mem::take(&mut binding.filters),
                    time: binding.time,
                })
            })?),
            ByShape::Sessions(of) => Self::Sessions(written.take_bound(of, |binding| {
                Ok(SessionsBinding {
                    metric: binding.metric.clone(),
                    order: binding.order.take().unwrap_or_default(),
                    limit: binding.take_session_count(kind)?,
                    filters: std::mem::take(&mut binding.filters),
                    time: binding.time,
                })
            })?),
            ByShape::Still(of) => Self::Still(written.take_still(of)?),
            ByShape::Container(ContainerKind::Tabs) => Self::Tabs { pages: written.pages.take().unwrap_or_default() },
            ByShape::Container(ContainerKind::Carousel) => Self::Carousel {
                pages: written.pages.take().unwrap_or_default(),
                seconds: written.seconds.take().unwrap_or_default(),
            },
        };
        written.finish()?;
        Ok(content)
    }
}

impl From<TileContent> for WrittenContent {
    fn from(content: TileContent) -> Self {
        let bare = Self::bare(content.kind());
        let bare = Self { look: content.look().filter(|look| !look.is_plain()).cloned(), ..bare };
        match content {
            TileContent::Scalar(bound) => Self { binding: bound.binding.map(WrittenBinding::from), ..bare },
            TileContent::Series(bound) => Self { binding: bound.binding.map(WrittenBinding::from), ..bare },
            TileContent::Category(bound) => Self { binding: bound.binding.map(WrittenBinding::from), ..bare },
            TileContent::Matrix(bound) => Self { binding: bound.binding.map(WrittenBinding::from), ..bare },
            TileContent::Pair(bound) => Self { binding: bound.binding.map(WrittenBinding::from), ..bare },
            TileContent::Points(bound) => Self { binding: bound.binding.map(WrittenBinding::from), ..bare },
            TileContent::Spread(bound) => Self { binding: bound.binding.map(WrittenBinding::from), ..bare },
            TileContent::Table(bound) => Self { binding: bound.binding.map(WrittenBinding::from), ..bare },
            TileContent::Geo(bound) => Self { binding: bound.binding.map(WrittenBinding::from), ..bare },
            TileContent::Sessions(bound) => Self { binding: bound.binding.map(WrittenBinding::from), ..bare },
            TileContent::Still(Still::Text { text } | Still::QrCode { text }) => Self { text: Some(text), ..bare },
            TileContent::Still(Still::Image { address, description } | Still::Video { address, description }) => {
                Self { address, description: (!description.is_empty()).then_some(description), ..bare }
            }
            TileContent::Still(Still::Clock) => bare,
            TileContent::Still(Still::Frame { style }) => Self { style: Some(style), ..bare },
            TileContent::Still(Still::Filter { about, display }) => Self { about, display: Some(display), ..bare },
            TileContent::Tabs { pages } => Self { pages: Some(pages), ..bare },
            TileContent::Carousel { pages, seconds } => Self { pages: Some(pages), seconds: Some(seconds), ..bare },
        }
    }
}

impl From<ScalarBinding> for WrittenBinding {
    fn from(binding: ScalarBinding) -> Self {
        Self { compare: binding.compare, ..Self::bare(&binding.metric, &binding.filters, binding.time) }
    }
}

impl From<SeriesBinding> for WrittenBinding {
    fn from(binding: SeriesBinding) -> Self {
        let bare = Self::bare(&binding.metric, &binding.filters, binding.time);
        Self { grain: Some(binding.grain), split: binding.split, ..bare }
    }
}

impl From<CategoryBinding> for WrittenBinding {
    fn from(binding: CategoryBinding) -> Self {
        let bare = Self::bare(&binding.metric, &binding.filters, binding.time);
        let by = Some(OneOrSeveral::One(GroupBy::Dimension(binding.by)));
        Self { by, top: Some(binding.top), compare: binding.compare, ..bare }
    }
}

impl From<MatrixBinding> for WrittenBinding {
    fn from(binding: MatrixBinding) -> Self {
        let bare = Self::bare(&binding.metric, &binding.filters, binding.time);
        Self { by: Some(OneOrSeveral::One(binding.by)), across: binding.across, top: Some(binding.top), ..bare }
    }
}

impl From<PairBinding> for WrittenBinding {
    fn from(binding: PairBinding) -> Self {
        let bare = Self::bare(&binding.metric, &binding.filters, binding.time);
        Self { second: Some(binding.second), grain: Some(binding.grain), ..bare }
    }
}

impl From<PointsBinding> for WrittenBinding {
    fn from(binding: PointsBinding) -> Self {
        let bare = Self::bare(&binding.metric, &binding.filters, binding.time);
        let by = Some(OneOrSeveral::One(GroupBy::Dimension(binding.by)));
        Self { second: Some(binding.second), third: binding.third, by, top: Some(binding.top), ..bare }
    }
}

impl From<SpreadBinding> for WrittenBinding {
    fn from(binding: SpreadBinding) -> Self {
        let bare = Self::bare(&binding.metric, &binding.filters, binding.time);
        let by = binding.by.map(|by| OneOrSeveral::One(GroupBy::Dimension(by)));
        Self { by, top: Some(binding.top), ..bare }
    }
}

impl From<TableBinding> for WrittenBinding {
    fn from(binding: TableBinding) -> Self {
        let bare = Self::bare(&binding.metric, &binding.filters, binding.time);
        let more_metrics = (!binding.more_metrics.is_empty()).then_some(binding.more_metrics);
        let by = Some(OneOrSeveral::Several(binding.by));
        let (grain, compare, course, limit) = (binding.grain, binding.compare, binding.course, Some(binding.limit));
        Self { more_metrics, by, grain, compare, course, limit, ..bare }
    }
}

impl From<GeoBinding> for WrittenBinding {
    fn from(binding: GeoBinding) -> Self {
        let bare = Self::bare(&binding.metric, &binding.filters, binding.time);
        Self { by: Some(OneOrSeveral::One(GroupBy::Dimension(binding.by))), ..bare }
    }
}

impl From<SessionsBinding> for WrittenBinding {
    fn from(binding: SessionsBinding) -> Self {
        let bare = Self::bare(&binding.metric, &binding.filters, binding.time);
        Self { order: Some(binding.order), limit: Some(u32::from(binding.limit.get())), ..bare }
    }
}

#[cfg(test)]
mod tests;
