//! Own metrics, asked as any other: narrowed by hand the same, within the scope, and never by a former version.

use super::world::*;
use crate::metrics::catalogue::OwnDocument;
use model::{access::OrganisationId, problem::ProblemCode};

fn document(version: u32, value: &str) -> OwnDocument {
    let metric = serde_json::from_str(&format!(
        r#"{{"id":"own.share","owner":"ops","source":"us","name":{{"zh":"甲","en":"A"}},
        "definition":{{"zh":"…","en":"…"}},"value":{value}}}"#
    ));
    OwnDocument { metric: metric.unwrap(), version, is_retired: false }
}

const SHARE: &str = r#"{"ratio":{"scale":100,"of":{"measure":"effective_plays","where":[{"dim":"view_mode","in":["vod"]}]},
    "to":{"metric":"content.plays"}}}"#;
const ASK: &str = r#"{"metrics":["own.share"],"time":"today"}"#;

fn world() -> World {
    let now = at("2025-11-20T12:00:00+08:00");
    let viewed = |sid: &str, province, mode: Option<&str>| crate::events::fact_rows::ViewRow {
        view_mode: mode.map(Into::into),
        ..played(view(sid, sid, province, now), 500, 60_000, 0)
    };
    World {
        views: vec![
            viewed("a", ZJ, Some("vod")),
            viewed("b", ZJ, Some("live")),
            viewed("c", ZJ, None),
            viewed("d", ZJ, Some("live")),
            viewed("e", GD, Some("vod")),
        ],
        ..World::default()
    }
}

#[tokio::test]
async fn it_is_worked_out_within_the_scope_and_follows_its_newest_version() {
    let store = TestStore::new().await;
    store.fill(&world()).await;
    let asker = store.asker(at("2025-11-20T13:00:00+08:00"));
    let zhejiang = only(&[model::geo::Region::Province(model::geo::Province::ZJ)]);
    let stranger = zhejiang.held_by(OrganisationId(7));
    let nation = everything(&[HOME]);
    let ask = async |scope| asker.ask_many(NOBODY, scope, &[query(ASK)]).await.pop().unwrap();
    assert_eq!(ask(&zhejiang).await.unwrap_err().code, ProblemCode::UnknownMetric);

    asker.catalogues.put(HOME, vec![document(1, SHARE)]);
    let first = ask(&zhejiang).await.unwrap();
    assert_eq!((number(&first, "own.share"), first.columns[0].version), (25.0, Some(1)));
    let everywhere = ask(&nation).await.unwrap();
    assert_eq!(written(&everywhere), "40.000");

    // Another scale reads the same rows: nothing that is remembered of them may answer for it.
    asker.catalogues.put(HOME, vec![document(2, &SHARE.replace("\"scale\":100,", ""))]);
    let second = ask(&zhejiang).await.unwrap();
    assert_eq!((number(&second, "own.share"), second.columns[0].version), (0.25, Some(2)));
    assert_ne!(first.etag, second.etag);

    // What is unknown is kept by "without", as filters of boards keep it.
    let without = SHARE.replace("\"in\":[\"vod\"]", "\"not_in\":[\"live\"]");
    asker.catalogues.put(HOME, vec![document(3, &without)]);
    assert_eq!(written(&ask(&zhejiang).await.unwrap()), "50.000");

    // Whoever belongs to another organisation has no such metric, whatever data they were granted.
    assert_eq!(ask(&stranger).await.unwrap_err().code, ProblemCode::UnknownMetric);

    asker.catalogues.put(HOME, vec![OwnDocument { is_retired: true, ..document(3, &without) }]);
    assert_eq!(ask(&zhejiang).await.unwrap_err().code, ProblemCode::MetricRetired);
}

#[tokio::test]
async fn values_of_a_narrowing_are_binds() {
    let asker = TestStore::new().await.asker(at("2025-11-20T13:00:00+08:00"));
    let evil = "x'); drop table event; --";
    let value = format!(r#"{{"measure":"effective_plays","where":[{{"dim":"channel","in":["{evil}"]}}]}}"#);
    asker.catalogues.put(HOME, vec![document(1, &value)]);
    let edition = asker.edition(&everything(&[HOME]));
    let metric = edition.catalogue.metric(&"own.share".parse().unwrap()).cloned();
    assert!(metric.is_some(), "channels are not listed in the catalogue");
    let frame = asker.ask_many(NOBODY, &everything(&[HOME]), &[query(ASK)]).await.pop().unwrap().unwrap();
    assert_eq!(written(&frame), "0");
}
