//! The part of the catalogue that one person may choose from.

use super::{Catalogue, Definition, Dimension, Metric};
use crate::access::Scope;
use crate::{metrics::scoped::ScopedRegions, sounds::sounds_of};
use model::{
    geo::Province,
    metric::{CatalogueView, DimensionInfo, DimensionKind, MetricInfo},
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
        minimum_sample: metric.minimum_sample,
        owner: metric.owner.clone(),
        source: metric.source.clone(),
        version: metric.version,
        sounds: sounds_of(&metric.name.zh),
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
