//! The part of the catalogue that one person may choose from.

use super::{Catalogue, ComposableMeasure, Definition, Dimension, DimensionColumn, Metric, Source, Value};
use crate::{access::Scope, events::Fact, metrics::scoped::ScopedRegions, sounds::sounds_of};
use model::{
    geo::Province,
    metric::{
        CatalogueView, DimensionInfo, DimensionKind, Domain, MetricInfo,
        own::{Composable, Derived, MeasureInfo},
    },
    text::LocalText,
};

impl Catalogue {
    /// The metrics that the scope has data for, and their dimensions.
    pub(in crate::metrics) fn view(&self, scope: &Scope) -> CatalogueView {
        self.view_of(|metric| ScopedRegions::of(scope, &metric.domains).is_some())
    }

    /// All metrics. It holds no numbers, and still is for the server's own use.
    pub(in crate::metrics) fn whole(&self) -> CatalogueView {
        self.view_of(|_| true)
    }

    /// What the scope lets somebody compose with.
    pub(in crate::metrics) fn composable_view(&self, scope: &Scope) -> Composable {
        let granted = self.composable.values().filter(|known| !scope.pairs(known.domain).is_empty());
        let measures: Vec<MeasureInfo> = granted.map(|known| self.measure_info(known)).collect();
        let mut catalogue = self.view(scope);
        // Measures may be narrowed by what no metric is split by.
        let is_needed = |dimension: &&Dimension| measures.iter().any(|it| it.dimensions.contains(&dimension.id));
        catalogue.dimensions.extend(
            self.dimensions()
                .filter(is_needed)
                .filter(|it| catalogue.dimension(&it.id).is_none())
                .map(dimension_info)
                .collect::<Vec<_>>(),
        );
        Composable { catalogue, measures }
    }

    fn measure_info(&self, known: &ComposableMeasure) -> MeasureInfo {
        let table = self.fact(known.measure.source);
        let narrows = |dimension: &&Dimension| {
            let column = table.and_then(|table| table.dimensions.get(&dimension.id));
            dimension.kind == DimensionKind::Text && matches!(column, Some(DimensionColumn::Own(_)))
        };
        MeasureInfo {
            id: known.id.clone(),
            name: known.name.clone(),
            unit: known.unit,
            domain: known.domain,
            dimensions: self.dimensions().filter(narrows).map(|dimension| dimension.id.clone()).collect(),
            sounds: sounds_of(&known.name.zh),
        }
    }

    fn view_of(&self, is_shown: impl Fn(&Metric) -> bool) -> CatalogueView {
        let shown = self.metrics().filter(|metric| is_shown(metric));
        let metrics: Vec<MetricInfo> = shown.map(|metric| metric_info(metric)).collect();
        let dimensions = self
            .dimensions()
            .filter(|dimension| metrics.iter().any(|metric| metric.dimensions.contains(&dimension.id)))
            .map(dimension_info)
            .collect();
        CatalogueView { metrics, dimensions }
    }
}

fn metric_info(metric: &Metric) -> MetricInfo {
    let profiles = match &metric.value {
        Definition::One(_) => Vec::new(),
        Definition::Profiles(profiles) => profiles.iter().map(|(profile, _)| profile.clone()).collect(),
    };
    MetricInfo {
        id: metric.id.clone(),
        name: metric.name.clone(),
        definition: metric.definition.clone(),
        formula: metric.formula.clone(),
        unit: metric.unit,
        additivity: metric.additivity,
        domains: metric.domains.clone(),
        dimensions: metric.dimensions.clone(),
        grains: metric.grains.clone(),
        stats: metric.stats.clone(),
        profiles,
        is_share_of_cases: metric.value.is_share_of_cases(),
        parts_by: metric.dimensions.iter().filter(|id| metric.value.is_part_by(id)).cloned().collect(),
        has_sessions: metric.has_sessions(),
        minimum_sample: metric.minimum_sample,
        owner: metric.owner.clone(),
        source: metric.source.clone(),
        version: metric.version,
        sounds: sounds_of(&metric.name.zh),
    }
}

impl Metric {
    /// Whether it tells of the quality of play sessions, so that those behind it can be shown one by one.
    pub(in crate::metrics) fn has_sessions(&self) -> bool {
        let terms = || self.value.values().into_iter().flat_map(Value::terms);
        let is_of_sessions = |source| matches!(source, Source::Fact(Fact::View | Fact::QualityMinute));
        self.domains.contains(&Domain::Quality) && terms().any(|term| is_of_sessions(term.measure.source))
    }

    /// What its formula gives.
    pub(in crate::metrics) fn derived(&self) -> Derived {
        Derived {
            unit: self.unit,
            additivity: self.additivity,
            domains: self.domains.clone(),
            dimensions: self.dimensions.clone(),
            grains: self.grains.clone(),
            formula: self.formula.clone(),
        }
    }
}

fn dimension_info(dimension: &Dimension) -> DimensionInfo {
    let values = match dimension.kind {
        DimensionKind::Province => Province::ALL
            .iter()
            .map(|province| {
                let name = province.name();
                (province.code().to_owned(), LocalText { zh: name.zh.to_owned(), en: name.en.to_owned() })
            })
            .collect(),
        DimensionKind::Text | DimensionKind::Number => {
            dimension.values.iter().map(|(value, name)| (value.clone(), name.clone())).collect()
        }
    };
    DimensionInfo {
        id: dimension.id.clone(),
        name: dimension.name.clone(),
        kind: dimension.kind,
        written: dimension.written.clone(),
        values,
    }
}
