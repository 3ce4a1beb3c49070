use super::*;
use crate::metrics::catalogue::Formula;
use model::{
    access::OrganisationId,
    geo::{Province, Region},
    metric::{Additivity, Domain, Unit},
    time::Grain,
};
use std::collections::BTreeMap as Map;

fn scope(domains: &[Domain]) -> Scope {
    let pairs = BTreeSet::from([(OrganisationId(1), Region::Province(Province::ZJ))]);
    Scope::for_tests(domains.iter().map(|domain| (*domain, pairs.clone())).collect::<Map<_, _>>())
}

fn document(id: &str, value: &str) -> OwnDocument {
    let json = format!(
        r#"{{"id":"{id}","owner":"ops","source":"us","name":{{"zh":"甲","en":"A"}},
        "definition":{{"zh":"…","en":"…"}},"value":{value}}}"#
    );
    OwnDocument { metric: serde_json::from_str(&json).unwrap(), version: 1, is_retired: false }
}

fn composed_by(domains: &[Domain], own: &[OwnDocument], draft: &OwnDocument) -> Result<Arc<Metric>, Vec<String>> {
    let others = own.iter().filter(|other| other.metric.id != draft.metric.id).cloned();
    let after: Vec<OwnDocument> = others.chain([draft.clone()]).collect();
    let shipped = Catalogue::shipped().unwrap();
    let checked = shipped.check_own(own, &after, draft.metric.id.metric(), &scope(domains));
    checked.map_err(|mistakes| mistakes.iter().map(ToString::to_string).collect())
}

fn compose(value: &str) -> Result<Arc<Metric>, Vec<String>> {
    composed_by(&Domain::ALL, &[], &document("own.a", value))
}

const VOD_SHARE: &str = r#"{"ratio":{"scale":100,"of":{"measure":"effective_plays","where":[{"dim":"view_mode","in":["vod"]}]},
    "to":{"metric":"content.plays"}}}"#;

#[test]
fn everything_but_the_formula_is_derived() {
    let metric = compose(VOD_SHARE).unwrap();
    assert_eq!((metric.unit, metric.additivity), (Unit::Percent, Additivity::Ratio));
    assert_eq!(metric.domains, [Domain::Content]);
    let dimensions: Vec<&str> = metric.dimensions.iter().map(model::metric::DimensionId::as_str).collect();
    assert_eq!(
        dimensions,
        ["province", "isp", "platform", "channel", "content", "genre", "view_mode", "cdn", "app_version", "cp"]
    );
    assert_eq!(metric.formula.en, "Effective plays (Way of viewing = On demand) ÷ Plays × 100");
    assert_eq!(metric.formula.zh, "有效播放次数（收看方式 = 点播） ÷ 播放次数 × 100");
    assert!(metric.grains.contains(&Grain::Minute));
}

#[test]
fn domains_of_all_terms_join_and_additivity_is_that_of_the_least() {
    let metric = compose(r#"{"ratio":{"of":{"measure":"paid_fen"},"to":{"metric":"content.play_users"}}}"#).unwrap();
    assert_eq!((metric.unit, &*metric.domains), (Unit::Fen, &[Domain::Content, Domain::Orders][..]));
    let sum = compose(r#"{"plus":{"of":{"metric":"content.vod_users"},"and":{"measure":"live_play_households"}}}"#);
    assert_eq!(sum.unwrap().additivity, Additivity::Distinct);
    let stock = compose(r#"{"less":{"of":{"metric":"iptv.registered"},"less":{"measure":"closed_accounts"}}}"#);
    assert_eq!(stock.unwrap().additivity, Additivity::SemiAdditive);
    let fewer = compose(r#"{"divided":{"by":60,"of":{"measure":"live_minutes"}}}"#).unwrap();
    assert_eq!((fewer.unit, fewer.additivity), (Unit::Hours, Additivity::Additive));
}

#[test]
fn every_mistake_names_its_field() {
    let cases = [
        (
            r#"{"plus":{"of":{"measure":"live_minutes"},"and":{"measure":"stall_ms"}}}"#,
            "value: minutes and milliseconds can't be added up",
        ),
        (
            r#"{"plus":{"of":{"measure":"effective_plays"},"and":{"metric":"content.play_users"}}}"#,
            "value: count and users can't be added up",
        ),
        (
            r#"{"ratio":{"of":{"measure":"nothing"},"to":{"metric":"content.plays"}}}"#,
            "value.ratio.of: there is no measure “nothing”",
        ),
        (
            r#"{"ratio":{"of":{"metric":"content.plays"},"to":{"metric":"content.plais"}}}"#,
            "value.ratio.to: there is no metric “content.plais”",
        ),
        (r#"{"measure":"startup_buckets"}"#, "value: there is no measure “startup_buckets”"),
        (r#"{"measure":"registered"}"#, "value: there is no measure “registered”"),
        (r#"{"metric":"content.plays","stat":"p95"}"#, "value: the metric “content.plays” has no such statistic"),
        (r#"{"metric":"qoe.fail_pct","profile":"nobody"}"#, "value: the metric “qoe.fail_pct” has no such profile"),
        (
            r#"{"metric":"content.plays","where":[{"dim":"province","in":["ZJ"]}]}"#,
            "value.where[0]: no metric is narrowed by “province”",
        ),
        (
            r#"{"measure":"live_minutes","where":[{"dim":"programme","in":["新闻"]}]}"#,
            "value.where[0]: no metric is narrowed by “programme”",
        ),
        (
            r#"{"metric":"content.plays","where":[{"dim":"view_mode","in":["cinema"]}]}"#,
            "value.where[0]: “cinema” is no value of “view_mode”",
        ),
        (
            r#"{"metric":"content.plays","where":[{"dim":"tier","in":["gold"]}]}"#,
            "value.where[0]: “content.plays” can't be narrowed by “tier”",
        ),
        (
            r#"{"metric":"content.plays","where":[{"dim":"planet","in":["Mars"]}]}"#,
            "value.where[0]: there is no dimension “planet”",
        ),
        (r#"{"divided":{"by":0,"of":{"metric":"content.plays"}}}"#, "value.divided.by: a number other than 0"),
    ];
    for (value, told) in cases {
        let mistakes = compose(value).map(|metric| metric.formula.clone()).unwrap_err();
        assert!(mistakes.len() == 1 && mistakes[0].starts_with(told), "{value}: {mistakes:?}");
    }
    let mut wrong_unit = document("own.a", VOD_SHARE);
    wrong_unit.metric.unit = Some(Unit::Hours);
    let mistakes = composed_by(&Domain::ALL, &[], &wrong_unit).unwrap_err();
    assert_eq!(mistakes, ["unit: the formula is counted in percent, not in hours"]);
}

#[test]
fn what_is_not_granted_looks_as_if_it_did_not_exist() {
    let told = |value: &str| composed_by(&[Domain::Content], &[], &document("own.a", value)).unwrap_err();
    assert_eq!(told(r#"{"measure":"paid_fen"}"#), ["value: there is no measure “paid_fen” to compose with"]);
    assert_eq!(told(r#"{"metric":"order.revenue"}"#), ["value: there is no metric “order.revenue”"]);
    assert_eq!(told(r#"{"metric":"order.nothing"}"#), ["value: there is no metric “order.nothing”"]);
}

#[test]
fn an_own_metric_is_made_of_others_but_never_of_itself() {
    let one = document("own.one", VOD_SHARE);
    let two = document("own.two", r#"{"less":{"of":{"metric":"own.one"},"less":{"metric":"content.play_share_pct"}}}"#);
    assert!(composed_by(&Domain::ALL, std::slice::from_ref(&one), &two).is_ok());
    let circle = document("own.one", r#"{"metric":"own.two"}"#);
    let told = composed_by(&Domain::ALL, &[one.clone(), two.clone()], &circle).unwrap_err();
    assert_eq!(told, ["value: it would be made of itself, through “own.two”"]);
    let itself = document("own.one", r#"{"metric":"own.one"}"#);
    assert_eq!(
        composed_by(&Domain::ALL, std::slice::from_ref(&one), &itself).unwrap_err(),
        ["value: it would be made of itself, through “own.one”"]
    );
    // What is made of it stays right.
    let another_unit = document("own.one", r#"{"measure":"effective_plays"}"#);
    let told = composed_by(&Domain::ALL, &[one, two], &another_unit).unwrap_err();
    assert!(
        told[0].starts_with("value: “own.two” is made of it and would break: value: count and percent"),
        "{told:?}"
    );
}

#[test]
fn chains_and_sums_have_an_end() {
    let mut own = vec![document("own.m0", VOD_SHARE)];
    for number in 1..MAX_CHAIN {
        let before = number - 1;
        let next = document(&format!("own.m{number}"), &format!(r#"{{"metric":"own.m{before}"}}"#));
        assert!(composed_by(&Domain::ALL, &own, &next).is_ok(), "{number}");
        own.push(next);
    }
    let last = document("own.last", &format!(r#"{{"metric":"own.m{}"}}"#, MAX_CHAIN - 1));
    assert!(composed_by(&Domain::ALL, &own, &last).unwrap_err()[0].contains("at most 4 operations"));
    let doubled = |inner: &str| format!(r#"{{"plus":{{"of":{inner},"and":{inner}}}}}"#);
    let mut wide = r#"{"metric":"content.plays"}"#.to_owned();
    for _ in 0..5 {
        wide = doubled(&wide);
    }
    assert!(compose(&wide).unwrap_err()[0].starts_with("value: at most 24 terms"));
}

#[test]
fn one_that_is_broken_or_retired_stands_aside() {
    let shipped = Catalogue::shipped().unwrap();
    let right = document("own.right", VOD_SHARE);
    let broken = document("own.broken", r#"{"metric":"content.of_old"}"#);
    let on_it = document("own.on_it", r#"{"metric":"own.broken"}"#);
    let retired = OwnDocument { is_retired: true, ..document("own.retired", VOD_SHARE) };
    let catalogue = shipped.with_own(&[right, broken, on_it, retired.clone()]);
    let is_there = |id: &str| catalogue.metric(&id.parse().unwrap()).is_some();
    assert_eq!(["own.right", "own.broken", "own.on_it", "own.retired"].map(is_there), [true, false, false, false]);
    assert_eq!(catalogue.unusable(&"own.retired".parse().unwrap()), Some(&Unusable::Retired));
    assert!(matches!(catalogue.unusable(&"own.on_it".parse().unwrap()), Some(Unusable::Broken(_))));
    assert!(catalogue.unusable(&"own.right".parse().unwrap()).is_none());
    let draft = document("own.draft", r#"{"metric":"own.retired"}"#);
    let told = composed_by(&Domain::ALL, &[retired], &draft).unwrap_err();
    assert_eq!(told, ["value: the metric “own.retired” was retired"]);
}

#[test]
fn a_narrowed_metric_narrows_what_does_not_ignore_the_dimension() {
    let metric = compose(r#"{"metric":"content.play_share_pct","where":[{"dim":"channel","in":["CCTV-1"]}]}"#).unwrap();
    let values = metric.value.values();
    let terms = values.first().unwrap().terms();
    let conditions: Vec<usize> = terms.iter().map(|term| term.measure.conditions.len()).collect();
    let ignoring: Vec<bool> = terms.iter().map(|term| !term.ignoring.is_empty()).collect();
    assert_eq!((conditions, ignoring), (vec![2, 1], vec![false, true]));
    assert!(matches!(values.first().unwrap(), super::super::Value::One(Formula::Ratio { .. })));
}

/// What is derived of a shipped metric taken over as it is, is what the files say of it.
#[test]
fn a_shipped_metric_taken_over_stays_what_it_is() {
    let shipped = Catalogue::shipped().unwrap();
    for metric in shipped.metrics() {
        let draft = document("own.a", &format!(r#"{{"metric":"{}"}}"#, metric.id));
        let own = composed_by(&Domain::ALL, &[], &draft).unwrap();
        assert_eq!((own.unit, own.additivity), (metric.unit, metric.additivity), "{}", metric.id);
        let sets = |metric: &Metric| (metric.domains.iter().copied().collect::<BTreeSet<_>>(), metric.grains.clone());
        assert_eq!(sets(&own), sets(metric), "{}", metric.id);
    }
}
