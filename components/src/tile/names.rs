//! Names: how the values of dimensions and the columns of frames are read.

use crate::words;
use model::{
    board::{ComponentKind, Family},
    formatting::Locale,
    geo::Province,
    metric::{CatalogueView, DimensionKind, SessionColumns, SessionState},
    text::LocalText,
    time::Compare,
};
use serde::{Deserialize, Deserializer};
use std::{collections::BTreeMap, sync::Arc};

/// How columns and dimension values are read. Cheap to clone.
///
/// Provinces have names without a catalogue; channels, programmes and the like are shown as they are.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Names {
    known: Arc<Known>,
}

#[derive(Debug, Default, PartialEq, Eq)]
struct Known {
    metrics: BTreeMap<String, LocalText>,
    dimensions: BTreeMap<String, KnownDimension>,
}

#[derive(Debug, PartialEq, Eq)]
struct KnownDimension {
    name: LocalText,
    kind: DimensionKind,
    written: Option<LocalText>,
    values: BTreeMap<String, LocalText>,
}

/// A written [`CatalogueView`] as far as names are taken from it: whoever needs no more of it loads no code that reads the
/// rest.
#[derive(Deserialize)]
struct NamesInCatalogue {
    metrics: Vec<NamedMetric>,
    dimensions: Vec<NamedDimension>,
}

#[derive(Deserialize)]
struct NamedMetric {
    id: String,
    name: LocalText,
}

#[derive(Deserialize)]
struct NamedDimension {
    id: String,
    name: LocalText,
    kind: DimensionKind,
    #[serde(default)]
    written: Option<LocalText>,
    values: Vec<(String, LocalText)>,
}

/// Reads what a [`CatalogueView`] is written as.
impl<'de> Deserialize<'de> for Names {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let NamesInCatalogue { metrics, dimensions } = NamesInCatalogue::deserialize(deserializer)?;
        let metrics = metrics.into_iter().map(|NamedMetric { id, name }| (id, name));
        let dimensions = dimensions.into_iter().map(|NamedDimension { id, name, kind, written, values }| {
            (id, KnownDimension { name, kind, written, values: values.into_iter().collect() })
        });
        Ok(Self { known: Arc::new(Known { metrics: metrics.collect(), dimensions: dimensions.collect() }) })
    }
}

/// What a kind of component is called.
pub const fn kind_name(kind: ComponentKind, locale: Locale) -> &'static str {
    words::kind_name(kind).in_locale(locale)
}

/// What a shelf of the palette is called.
pub const fn family_name(family: Family, locale: Locale) -> &'static str {
    words::family_name(family).in_locale(locale)
}

const PROVINCE: &str = "province";

/// How the engine writes the rest of a top list.
pub(crate) const OTHER: &str = "__other__";

impl Names {
    /// The names that a catalogue holds.
    pub fn from_catalogue(catalogue: &CatalogueView) -> Self {
        let metrics = catalogue.metrics.iter().map(|metric| (metric.id.to_string(), metric.name.clone())).collect();
        let dimensions = catalogue
            .dimensions
            .iter()
            .map(|dimension| {
                let values = dimension.values.iter().cloned().collect();
                let known = KnownDimension {
                    name: dimension.name.clone(),
                    kind: dimension.kind,
                    written: dimension.written.clone(),
                    values,
                };
                (dimension.id.to_string(), known)
            })
            .collect();
        Self { known: Arc::new(Known { metrics, dimensions }) }
    }

    /// What a dimension is called.
    pub fn dimension(&self, id: &str, locale: Locale) -> String {
        match self.known.dimensions.get(id) {
            Some(known) => known.name.in_locale(locale).to_owned(),
            None if id == PROVINCE => words::PROVINCE.in_locale(locale).to_owned(),
            None => words::session_column(id).map_or(id, |said| said.in_locale(locale)).to_owned(),
        }
    }

    /// What a value of a dimension is called; `None` stands for "unknown".
    pub fn value(&self, dimension: &str, value: Option<&str>, locale: Locale) -> String {
        let Some(value) = value else {
            return words::UNKNOWN.in_locale(locale).to_owned();
        };
        if value == OTHER {
            return words::OTHER.in_locale(locale).to_owned();
        }
        if let Some(state) = SessionState::parse(value).filter(|_| dimension == SessionColumns::STATE) {
            return words::session_state(state).in_locale(locale).to_owned();
        }
        let known = self.known.dimensions.get(dimension);
        if let Some(name) = known.and_then(|known| known.values.get(value)) {
            return name.in_locale(locale).to_owned();
        }
        if let Some(written) = known.and_then(|known| known.written.as_ref()) {
            return written.in_locale(locale).replace("{}", value);
        }
        let is_province = known.map_or(dimension == PROVINCE, |known| known.kind == DimensionKind::Province);
        let province = is_province.then(|| value.parse::<Province>().ok()).flatten();
        match province {
            Some(province) => province.name_in(locale).to_owned(),
            None => value.to_owned(),
        }
    }

    /// The heading of a frame's column: `收视率`, `收视率 · 较上期`, `Start-up (p95)`.
    pub fn column(&self, name: &str, locale: Locale) -> String {
        let (metric, compare) = name.split_once('@').map_or((name, None), |(metric, compare)| (metric, Some(compare)));
        let (metric, calculation) =
            metric.split_once('~').map_or((metric, None), |(metric, calculation)| (metric, Some(calculation)));
        let (id, stat) = metric.split_once(':').map_or((metric, None), |(id, stat)| (id, Some(stat)));
        let mut heading = match self.known.metrics.get(id) {
            Some(known) => known.in_locale(locale).to_owned(),
            None if id == "time" => words::TIME.in_locale(locale).to_owned(),
            None => self.dimension(id, locale),
        };
        if let Some(stat) = stat {
            heading = format!("{heading} ({})", stat.replace(':', ", "));
        }
        if let Some(calculation) = calculation {
            let known = calculation.parse().map(|known| words::calculation(known, locale));
            heading = format!("{heading} · {}", known.unwrap_or_else(|_| calculation.to_owned()));
        }
        if let Some(compare) = compare {
            let (compare, percent) = compare.strip_suffix("_pct").map_or((compare, ""), |compare| (compare, " %"));
            let against = Compare::ALL.into_iter().find(|one| one.name() == compare).map(words::compared_with);
            let against = against.or_else(|| words::beside(compare)).map_or(compare, |said| said.in_locale(locale));
            heading = format!("{heading} · {against}{percent}");
        }
        heading
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use model::metric::DimensionInfo;

    #[test]
    fn numbers_are_read_as_their_dimension_says() {
        let text = |zh: &str, en: &str| LocalText { zh: zh.to_owned(), en: en.to_owned() };
        let catalogue = CatalogueView {
            metrics: Vec::new(),
            dimensions: vec![DimensionInfo {
                id: "day_number".parse().unwrap(),
                name: text("第几天", "Day"),
                kind: DimensionKind::Number,
                written: Some(text("第 {} 天", "Day {}")),
                values: vec![("0".to_owned(), text("当天", "Same day"))],
            }],
        };
        let names = Names::from_catalogue(&catalogue);
        assert_eq!(names.value("day_number", Some("7"), Locale::ZhCn), "第 7 天");
        assert_eq!(names.value("day_number", Some("0"), Locale::En), "Same day");
        let written = serde_json::to_string(&catalogue).unwrap();
        assert_eq!(serde_json::from_str::<Names>(&written).unwrap(), names, "{written}");
    }

    #[test]
    fn names_need_no_catalogue() {
        let names = Names::default();
        assert_eq!(names.value("province", Some("ZJ"), Locale::ZhCn), "浙江");
        assert_eq!(names.value("province", None, Locale::En), "Unknown");
        assert_eq!(names.value("channel", Some("CCTV-1"), Locale::ZhCn), "CCTV-1");
        assert_eq!(names.dimension("province", Locale::En), "Province");
        assert_eq!(names.column("tv.ama@previous_period_pct", Locale::En), "tv.ama · vs previous period %");
        assert_eq!(names.column("qoe.startup_s:p95", Locale::ZhCn), "qoe.startup_s (p95)");
        assert_eq!(names.column("content.plays~share", Locale::ZhCn), "content.plays · 占比");
        assert_eq!(names.value("session_state", Some("stalled"), Locale::ZhCn), "卡顿");
        assert_eq!(names.value("genre", Some("stalled"), Locale::ZhCn), "stalled");
        assert_eq!(names.column("session_length", Locale::En), "Lasted");
        assert_eq!(names.column("a~ci95@low", Locale::ZhCn), "a · 95% 置信区间 · 下限");
        assert_eq!(names.column("a~mean7@year", Locale::En), "a · moving mean of 7 · vs year before");
    }
}
