//! What each shape takes of a written binding, and how it is written.

use super::{
    super::{
        CategoryBinding, ComponentKind, GeoBinding, MatrixBinding, PairBinding, PointsBinding, ScalarBinding,
        SeriesBinding, SessionsBinding, SpreadBinding, TableBinding,
    },
    Wrong,
    binding::{OneOrSeveral, WrittenBinding, missing},
};
use crate::metric::GroupBy;

/// How many values are shown where nothing is said.
const USUAL_TOP: u16 = 10;

/// A binding that is written in the one form.
pub(super) trait WrittenShape: Sized {
    /// Takes the fields that it has; what is left after it is of other shapes.
    fn read(binding: &mut WrittenBinding, kind: ComponentKind) -> Result<Self, Wrong>;
}

impl WrittenShape for ScalarBinding {
    fn read(binding: &mut WrittenBinding, _kind: ComponentKind) -> Result<Self, Wrong> {
        Ok(Self {
            metric: binding.metric.clone(),
            filters: std::mem::take(&mut binding.filters),
            time: binding.time,
            compare: binding.compare.take(),
        })
    }
}

impl From<ScalarBinding> for WrittenBinding {
    fn from(binding: ScalarBinding) -> Self {
        Self { compare: binding.compare, ..Self::bare(&binding.metric, &binding.filters, binding.time) }
    }
}

impl WrittenShape for SeriesBinding {
    fn read(binding: &mut WrittenBinding, kind: ComponentKind) -> Result<Self, Wrong> {
        Ok(Self {
            metric: binding.metric.clone(),
            grain: binding.take_grain(kind)?,
            split: binding.split.take(),
            filters: std::mem::take(&mut binding.filters),
            time: binding.time,
        })
    }
}

impl From<SeriesBinding> for WrittenBinding {
    fn from(binding: SeriesBinding) -> Self {
        let bare = Self::bare(&binding.metric, &binding.filters, binding.time);
        Self { grain: Some(binding.grain), split: binding.split, ..bare }
    }
}

impl WrittenShape for CategoryBinding {
    fn read(binding: &mut WrittenBinding, kind: ComponentKind) -> Result<Self, Wrong> {
        Ok(Self {
            metric: binding.metric.clone(),
            by: binding.take_dimension(kind)?,
            top: binding.top.take().ok_or_else(|| missing(kind, "top"))?,
            filters: std::mem::take(&mut binding.filters),
            time: binding.time,
            compare: binding.compare.take(),
        })
    }
}

impl From<CategoryBinding> for WrittenBinding {
    fn from(binding: CategoryBinding) -> Self {
        let bare = Self::bare(&binding.metric, &binding.filters, binding.time);
        let by = Some(OneOrSeveral::One(GroupBy::Dimension(binding.by)));
        Self { by, top: Some(binding.top), compare: binding.compare, ..bare }
    }
}

impl WrittenShape for MatrixBinding {
    fn read(binding: &mut WrittenBinding, kind: ComponentKind) -> Result<Self, Wrong> {
        Ok(Self {
            metric: binding.metric.clone(),
            by: binding.take_group(kind)?,
            across: binding.across.take(),
            top: binding.top.take().unwrap_or(USUAL_TOP),
            filters: std::mem::take(&mut binding.filters),
            time: binding.time,
        })
    }
}

impl From<MatrixBinding> for WrittenBinding {
    fn from(binding: MatrixBinding) -> Self {
        let bare = Self::bare(&binding.metric, &binding.filters, binding.time);
        Self { by: Some(OneOrSeveral::One(binding.by)), across: binding.across, top: Some(binding.top), ..bare }
    }
}

impl WrittenShape for PairBinding {
    fn read(binding: &mut WrittenBinding, kind: ComponentKind) -> Result<Self, Wrong> {
        Ok(Self {
            metric: binding.metric.clone(),
            second: binding.take_second(kind)?,
            grain: binding.take_grain(kind)?,
            filters: std::mem::take(&mut binding.filters),
            time: binding.time,
        })
    }
}

impl From<PairBinding> for WrittenBinding {
    fn from(binding: PairBinding) -> Self {
        let bare = Self::bare(&binding.metric, &binding.filters, binding.time);
        Self { second: Some(binding.second), grain: Some(binding.grain), ..bare }
    }
}

impl WrittenShape for PointsBinding {
    fn read(binding: &mut WrittenBinding, kind: ComponentKind) -> Result<Self, Wrong> {
        Ok(Self {
            metric: binding.metric.clone(),
            second: binding.take_second(kind)?,
            third: binding.third.take(),
            by: binding.take_dimension(kind)?,
            top: binding.top.take().unwrap_or(USUAL_TOP),
            filters: std::mem::take(&mut binding.filters),
            time: binding.time,
        })
    }
}

impl From<PointsBinding> for WrittenBinding {
    fn from(binding: PointsBinding) -> Self {
        let bare = Self::bare(&binding.metric, &binding.filters, binding.time);
        let by = Some(OneOrSeveral::One(GroupBy::Dimension(binding.by)));
        Self { second: Some(binding.second), third: binding.third, by, top: Some(binding.top), ..bare }
    }
}

impl WrittenShape for SpreadBinding {
    fn read(binding: &mut WrittenBinding, kind: ComponentKind) -> Result<Self, Wrong> {
        Ok(Self {
            metric: binding.metric.clone(),
            by: binding.take_dimension_if_any(kind)?,
            top: binding.top.take().unwrap_or(USUAL_TOP),
            filters: std::mem::take(&mut binding.filters),
            time: binding.time,
        })
    }
}

impl From<SpreadBinding> for WrittenBinding {
    fn from(binding: SpreadBinding) -> Self {
        let bare = Self::bare(&binding.metric, &binding.filters, binding.time);
        let by = binding.by.map(|by| OneOrSeveral::One(GroupBy::Dimension(by)));
        Self { by, top: Some(binding.top), ..bare }
    }
}

impl WrittenShape for TableBinding {
    fn read(binding: &mut WrittenBinding, kind: ComponentKind) -> Result<Self, Wrong> {
        let (by, grain, limit) = (binding.take_dimensions(kind)?, binding.grain.take(), binding.take_limit(kind)?);
        Ok(Self {
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

impl WrittenShape for GeoBinding {
    fn read(binding: &mut WrittenBinding, kind: ComponentKind) -> Result<Self, Wrong> {
        Ok(Self {
            metric: binding.metric.clone(),
            by: binding.take_dimension(kind)?,
            filters: std::mem::take(&mut binding.filters),
            time: binding.time,
        })
    }
}

impl From<GeoBinding> for WrittenBinding {
    fn from(binding: GeoBinding) -> Self {
        let bare = Self::bare(&binding.metric, &binding.filters, binding.time);
        Self { by: Some(OneOrSeveral::One(GroupBy::Dimension(binding.by))), ..bare }
    }
}

impl WrittenShape for SessionsBinding {
    fn read(binding: &mut WrittenBinding, kind: ComponentKind) -> Result<Self, Wrong> {
        Ok(Self {
            metric: binding.metric.clone(),
            order: binding.order.take().unwrap_or_default(),
            limit: binding.take_session_count(kind)?,
            filters: std::mem::take(&mut binding.filters),
            time: binding.time,
        })
    }
}

impl From<SessionsBinding> for WrittenBinding {
    fn from(binding: SessionsBinding) -> Self {
        let bare = Self::bare(&binding.metric, &binding.filters, binding.time);
        Self { order: Some(binding.order), limit: Some(u32::from(binding.limit.get())), ..bare }
    }
}
