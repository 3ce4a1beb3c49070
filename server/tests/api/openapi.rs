//! The document of the API says what is really sent and answered.

use super::{
    json_schema,
    world::{Person, World, plays_query},
};
use axum::http::{Method, StatusCode};
use serde_json::{Value, json};
use sqlx::PgPool;

/// Whether a value is as the document says of that schema.
fn fits(document: &Value, schema: &str, value: &Value) -> Result<(), String> {
    let schema = document.pointer(&format!("/components/schemas/{schema}")).unwrap();
    json_schema::check(document, schema, value)
}

#[sqlx::test(migrations = "../migrations")]
async fn what_is_sent_and_answered_is_what_the_document_says(pool: PgPool) {
    let world = World::with_plays(pool).await;
    let told = world.ask(Method::GET, "/api/v1/openapi.json", Person::Anonymous, String::new()).await;
    assert_eq!(told.status, StatusCode::OK, "{}", told.body);
    let document = told.json();
    let fits = |schema: &str, value: &Value| fits(&document, schema, value).unwrap_or_else(|wrong| panic!("{wrong}"));

    let whole = json!({
        "metrics": [{"id": "qoe.fail_pct", "profile": "cta2066", "calculation": "ci95"}, "content.plays"],
        "by": ["isp", {"time": "hour"}], "time": {"last": "24h"}, "compare": "year_lunar",
        "where": [{"dim": "province", "in": ["ZJ", null]}],
        "top": {"dim": "isp", "n": 3, "by": "content.plays", "other": true},
        "order": [{"metric": "content.plays", "desc": true}, {"time": true}], "limit": 50,
    });
    let many = json!({"queries": [plays_query(), whole, {"metrics": ["no.such"], "time": "today"}]});
    for (path, schema) in [("/api/v1/query", "Frame"), ("/api/v1/query?explain", "Explanation")] {
        for query in [&plays_query(), &whole] {
            fits("QueryRequest", query);
            let answer = world.ask(Method::POST, path, Person::NationalEditor, query.to_string()).await;
            assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
            fits(schema, &answer.json());
            fits("QueryAnswer", &answer.json());
        }
        fits("QueryRequest", &many);
        let answers = world.ask(Method::POST, path, Person::NationalEditor, many.to_string()).await.json();
        assert_eq!(answers["answers"][2]["problem"]["code"], "unknown_metric", "{answers}");
        fits("QueryAnswer", &answers);
    }

    let refused = world.query(Person::ZhejiangViewer, &plays_query()).await;
    fits("ProblemDetails", &refused.json());
    let good = json!({"event_id": "of-the-document", "ts_event": super::world::NOW, "province": "ZJ"});
    let bad = json!({"event_id": "without-a-time"});
    let taken = world.send_events(&format!("{good}\n{bad}")).await;
    assert_eq!(taken.json()["rejected_count"], 1, "{}", taken.body);
    fits("EventsTaken", &taken.json());
}

/// The schemas refuse what is wrong, else they would say nothing.
#[test]
fn the_schemas_are_not_open_to_everything() {
    let document = server::http::openapi::document();
    for (schema, wrong) in [
        ("QueryRequest", json!({"metrics": ["content.plays"], "time": "today", "having": 1})),
        ("QueryRequest", json!({"metrics": ["content.plays"], "time": "today", "compare": "decade"})),
        ("QueryRequest", json!({"metrics": [{"id": "content.plays", "calculation": "sum"}], "time": "today"})),
        ("Frame", json!({"columns": [], "rows": [], "etag": "", "simulated": false, "state": "lost"})),
        ("ProblemDetails", json!({"title": "no code"})),
    ] {
        assert!(fits(&document, schema, &wrong).is_err(), "{schema}: {wrong}");
    }
}
