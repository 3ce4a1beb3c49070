//! The formula of an own metric in words: what its terms are called, in both languages.

use crate::metrics::catalogue::Catalogue;
use model::{
    formatting::Locale,
    geo::Province,
    metric::{
        DimensionId, DimensionKind, Filter, FilterValues,
        own::{ComposedTerm, Composition, TermSource},
    },
    text::LocalText,
};

impl Catalogue {
    /// As formulas are printed, with names for ids where they are known: `(a + b) ÷ c × 100`.
    pub(super) fn formula_in_words(&self, composition: &Composition) -> LocalText {
        let words = |locale| Words { catalogue: self, locale }.whole(composition);
        LocalText { zh: words(Locale::ZhCn), en: words(Locale::En) }
    }
}

struct Words<'a> {
    catalogue: &'a Catalogue,
    locale: Locale,
}

impl Words<'_> {
    fn whole(&self, composition: &Composition) -> String {
        match composition {
            Composition::Term(term) => self.term(term),
            Composition::Plus { of, and } => format!("{} + {}", self.inner(of), self.inner(and)),
            Composition::Less { of, less } => format!("{} − {}", self.inner(of), self.inner(less)),
            Composition::Ratio { of, to, scale } if (scale - 1.0).abs() < f64::EPSILON => {
                format!("{} ÷ {}", self.inner(of), self.inner(to))
            }
            Composition::Ratio { of, to, scale } => format!("{} ÷ {} × {scale}", self.inner(of), self.inner(to)),
            Composition::Divided { of, by } => format!("{} ÷ {by}", self.inner(of)),
        }
    }

    fn inner(&self, composition: &Composition) -> String {
        match composition {
            Composition::Term(term) => self.term(term),
            Composition::Plus { .. }
            | Composition::Less { .. }
            | Composition::Ratio { .. }
            | Composition::Divided { .. } => self.bracketed(&self.whole(composition)),
        }
    }

    fn term(&self, term: &ComposedTerm) -> String {
        let mut notes = Vec::new();
        let name = match &term.source {
            TermSource::Measure { id, ignoring } => {
                notes.extend(ignoring.iter().map(|dimension| {
                    let dimension = self.dimension(dimension);
                    self.either(format!("不按{dimension}"), format!("whatever {dimension}"))
                }));
                self.catalogue.composable(id).map_or_else(|| id.to_string(), |known| self.told(&known.name))
            }
            TermSource::Metric { id, stat, profile } => {
                notes.extend(stat.iter().map(ToString::to_string));
                notes.extend(profile.iter().map(ToString::to_string));
                self.catalogue.metric(id).map_or_else(|| id.to_string(), |metric| self.told(&metric.name))
            }
        };
        notes.extend(term.filters.iter().map(|filter| self.filter(filter)));
        if notes.is_empty() {
            return name;
        }
        let notes = notes.join(&self.either("，".to_owned(), ", ".to_owned()));
        self.either(format!("{name}（{notes}）"), format!("{name} ({notes})"))
    }

    fn filter(&self, Filter { dimension, values }: &Filter) -> String {
        let (sign, values) = match values {
            FilterValues::In(values) => ("=", values),
            FilterValues::NotIn(values) => ("≠", values),
        };
        let unknown = || self.either("未知".to_owned(), "unknown".to_owned());
        let value = |value: &Option<String>| value.as_ref().map_or_else(unknown, |value| self.value(dimension, value));
        let values: Vec<String> = values.iter().map(value).collect();
        let between = self.either("、".to_owned(), ", ".to_owned());
        format!("{} {sign} {}", self.dimension(dimension), values.join(&between))
    }

    fn dimension(&self, id: &DimensionId) -> String {
        self.catalogue.dimension(id).map_or_else(|| id.to_string(), |dimension| self.told(&dimension.name))
    }

    fn value(&self, dimension: &DimensionId, value: &str) -> String {
        let Some(dimension) = self.catalogue.dimension(dimension) else { return value.to_owned() };
        let name = match dimension.kind {
            DimensionKind::Province => {
                let province = value.parse::<Province>().ok().map(Province::name);
                return province.map_or_else(|| value.to_owned(), |name| name.in_locale(self.locale).to_owned());
            }
            DimensionKind::Text | DimensionKind::Number => dimension.values.get(value),
        };
        name.map_or_else(|| value.to_owned(), |name| self.told(name))
    }

    fn told(&self, text: &LocalText) -> String {
        text.in_locale(self.locale).to_owned()
    }

    fn bracketed(&self, text: &str) -> String {
        self.either(format!("（{text}）"), format!("({text})"))
    }

    fn either(&self, zh: String, en: String) -> String {
        match self.locale {
            Locale::ZhCn => zh,
            Locale::En => en,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn terms_have_names_and_what_narrows_them_too() {
        let composition: Composition = serde_json::from_str(
            r#"{"ratio":{"scale":100,"of":{"plus":{"of":{"measure":"effective_plays","where":[{"dim":"view_mode","in":["vod"]},{"dim":"province","not_in":["ZJ"]}]},
            "and":{"metric":"qoe.startup_s","stat":"p95"}}},"to":{"measure":"effective_plays","ignoring":["genre"]}}}"#,
        )
        .unwrap();
        let told = Catalogue::shipped().unwrap().formula_in_words(&composition);
        insta::assert_snapshot!(format!("{}\n{}", told.zh, told.en), @r"
        （有效播放次数（收看方式 = 点播，省份 ≠ 浙江） + 起播时间（p95）） ÷ 有效播放次数（不按类型） × 100
        (Effective plays (Way of viewing = On demand, Province ≠ Zhejiang) + Start-up time (p95)) ÷ Effective plays (whatever Genre) × 100
        ");
    }
}
