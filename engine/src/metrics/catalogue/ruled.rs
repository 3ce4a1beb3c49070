//! The figures of the cleaning rules in the catalogue's files: `{exposure_s}` in a text or in the place of a number.

use crate::facts::CleaningRules;
use serde::{Deserialize, Deserializer, de};

/// The text of a file with the figures in the place of their names. No line of it moves.
pub(super) fn by_rules(text: &str, rules: CleaningRules) -> String {
    let put_in = |text: String, (name, figure): (&str, String)| text.replace(&format!("{{{name}}}"), &figure);
    rules.named().into_iter().fold(text.to_owned(), put_in)
}

/// A whole number, or one that a rule put between quotes.
pub(super) fn whole_number<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<i64>, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged, expecting = "expected a whole number, or the name of a rule as “{exposure_ms}”")]
    enum Written {
        Number(i64),
        Ruled(String),
    }
    match Written::deserialize(deserializer)? {
        Written::Number(number) => Ok(Some(number)),
        Written::Ruled(text) => {
            let wrong = |_| de::Error::custom(format!("“{text}” is neither a whole number nor the name of a rule"));
            text.parse().map(Some).map_err(wrong)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::metrics::catalogue::Catalogue;

    #[test]
    fn an_operators_figures_stand_on_the_cards() {
        let rules = CleaningRules { exposure_ms: 1_500, most_plays_a_day: 5_000, ..CleaningRules::default() };
        let catalogue = Catalogue::with_rules(rules).unwrap();
        let told = |id: &str| {
            let metric = catalogue.metric(&id.parse().unwrap()).unwrap();
            metric.definition.zh.clone()
        };
        assert!(told("epg.impressions").contains("1.5 秒"), "{}", told("epg.impressions"));
        assert!(told("content.abnormal_plays").contains("5000 次"), "{}", told("content.abnormal_plays"));
    }

    #[test]
    fn no_name_of_a_rule_is_left() {
        for metric in Catalogue::shipped().unwrap().metrics() {
            let texts = [&metric.definition.zh, &metric.definition.en];
            assert!(texts.iter().all(|text| !text.contains('{')), "{texts:?}");
        }
    }
}
