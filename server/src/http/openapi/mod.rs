//! `GET /api/v1/openapi.json`: everything under `/api/v1` as OpenAPI 3.1, made from the types that are read and written.
//!
//! The schemas are those of `schemars` and in the dialect of JSON Schema that OpenAPI 3.1 has taken over; the rest of the
//! document is put together here. A test compares it with the table of routes, and answers with their schemas.

mod operations;
mod schemas;

use axum::{
    http::header,
    response::{IntoResponse, Response},
};
use serde_json::Value;
use std::sync::LazyLock;
use utoipa::openapi::{
    ComponentsBuilder, InfoBuilder, OpenApiBuilder,
    security::{ApiKey, ApiKeyValue, Http, HttpAuthScheme, HttpBuilder, SecurityScheme},
};

/// How programs prove who they are, …
const BEARER: &str = "bearer";
/// … pages, …
const SESSION: &str = "session";
/// … and those who send events.
const WRITE_KEY: &str = "write_key";

static WRITTEN: LazyLock<String> = LazyLock::new(|| document().to_string());

/// For everybody: it says how to ask, and nothing of what there is.
pub(super) async fn document_as_json() -> Response {
    ([(header::CONTENT_TYPE, "application/json")], WRITTEN.as_str()).into_response()
}

/// The whole document.
pub fn document() -> Value {
    let bearer = HttpBuilder::new()
        .scheme(HttpAuthScheme::Bearer)
        .description(Some("A token, as `lingdong token create` prints it."))
        .build();
    let session = ApiKeyValue::with_description(
        "lingdong_session",
        "The session of a signed-in person; it counts only in requests that come from our own pages.",
    );
    let mut write_key = Http::new(HttpAuthScheme::Basic);
    write_key.description = Some(
        "The write key, as `lingdong source create` prints it, as the user name, without a password; Bearer does too."
            .to_owned(),
    );
    let components = ComponentsBuilder::new()
        .security_scheme(BEARER, SecurityScheme::Http(bearer))
        .security_scheme(SESSION, SecurityScheme::ApiKey(ApiKey::Cookie(session)))
        .security_scheme(WRITE_KEY, SecurityScheme::Http(write_key))
        .build();
    let info = InfoBuilder::new()
        .title("Lingdong")
        .version(env!("CARGO_PKG_VERSION"))
        .description(Some(
            "Metric queries, boards as they change, and the collection of events. Problems are problem details (RFC 9457) \
             with a stable code.",
        ))
        .build();
    let document = OpenApiBuilder::new().info(info).paths(operations::paths()).components(Some(components)).build();
    // Nothing in it can fail to be written.
    let mut document = serde_json::to_value(&document).unwrap_or_default();
    if let Some(components) = document.get_mut("components").and_then(Value::as_object_mut) {
        components.insert("schemas".to_owned(), schemas::all());
    }
    document
}

#[cfg(test)]
mod tests;
