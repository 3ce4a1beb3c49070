//! The schemas of bodies and answers.

use crate::http::problem::ProblemDetails;
use model::{
    board::TileAnswer,
    explanation::Explanation,
    frame::Frame,
    metric::{
        MetricQuery,
        own::{Imported, OwnMetric, OwnMetricLine, OwnMetricView, Saved},
    },
    problem::Problem,
};
use schemars::{SchemaGenerator, generate::SchemaSettings, json_schema};
use serde_json::{Map, Value};

/// Where schemas stand in the document.
const PLACE: &str = "/components/schemas";

/// Every schema of the document, by its name.
pub(super) fn all() -> Value {
    let mut generator: SchemaGenerator =
        SchemaSettings::draft2020_12().with(|settings| settings.definitions_path = PLACE.into()).into_generator();
    let query = generator.subschema_for::<MetricQuery>();
    let frame = generator.subschema_for::<Frame>();
    let tile = generator.subschema_for::<TileAnswer>();
    let explanation = generator.subschema_for::<Explanation>();
    let problem = generator.subschema_for::<Problem>();
    generator.subschema_for::<ProblemDetails>();
    generator.subschema_for::<OwnMetricLine>();
    generator.subschema_for::<OwnMetricView>();
    generator.subschema_for::<Saved>();
    generator.subschema_for::<Imported>();
    let own_metric = generator.subschema_for::<OwnMetric>();
    let made = [
        (
            "QueryRequest",
            json_schema!({
                "description": "One query, or up to 100 that are answered at one moment.",
                "anyOf": [query.clone(), {
                    "type": "object",
                    "properties": {"queries": {"type": "array", "items": query, "maxItems": 100}},
                    "required": ["queries"],
                    "additionalProperties": false,
                }],
            }),
        ),
        (
            "QueryAnswer",
            json_schema!({
                "description": "What was asked for: one frame, or in the order of the queries a frame or a problem each. With `explain`, how they were answered instead.",
                "anyOf": [frame, explanation.clone(), {
                    "type": "object",
                    "properties": {"answers": {"type": "array", "items": {"anyOf": [tile, {
                        "type": "object",
                        "properties": {"explanation": explanation},
                        "required": ["explanation"],
                        "additionalProperties": false,
                    }, {
                        "type": "object",
                        "properties": {"problem": problem},
                        "required": ["problem"],
                        "additionalProperties": false,
                    }]}}},
                    "required": ["answers"],
                    "additionalProperties": false,
                }],
            }),
        ),
        (
            "OwnMetricKept",
            json_schema!({
                "type": "object",
                "properties": {
                    "metric": own_metric,
                    "base": {"type": ["integer", "null"], "minimum": 1, "description": "The version that its author had before them; none for a new metric."},
                    "note": {"type": "string", "description": "Why."},
                },
                "required": ["metric"],
                "additionalProperties": false,
            }),
        ),
        (
            "EventsTaken",
            json_schema!({
                "description": "How many events were taken. What is rejected is named, each with the reason; the rest was taken.",
                "type": "object",
                "properties": {
                    "success": {"const": true},
                    "accepted": {"type": "integer", "minimum": 0},
                    "duplicates": {"type": "integer", "minimum": 0, "description": "Seen before; counted once."},
                    "rejected_count": {"type": "integer", "minimum": 0},
                    "rejected": {"type": "array", "items": {
                        "type": "object",
                        "properties": {
                            "position": {"type": "integer", "minimum": 0},
                            "field": {"type": ["string", "null"]},
                            "reason": {"type": "string"},
                        },
                        "required": ["position", "reason"],
                    }},
                },
                "required": ["success", "accepted", "duplicates", "rejected_count"],
                "additionalProperties": false,
            }),
        ),
    ];
    let mut schemas: Map<String, Value> = generator.take_definitions(true);
    schemas.extend(made.into_iter().map(|(name, schema)| (name.to_owned(), schema.into())));
    Value::Object(schemas)
}
