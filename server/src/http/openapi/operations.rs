//! The operations: what each takes and gives, and which problems it knows.

mod own_metrics;

use super::{BEARER, SESSION, WRITE_KEY};
use model::problem::ProblemCode as Code;
use std::collections::BTreeMap;
use utoipa::openapi::{
    Content, ContentBuilder, HttpMethod, Paths, PathsBuilder, Ref, Required, Response, ResponseBuilder, Type,
    path::{Operation, OperationBuilder, Parameter, ParameterBuilder, ParameterIn, PathItem},
    request_body::{RequestBody, RequestBodyBuilder},
    schema::{Object, ObjectBuilder},
    security::SecurityRequirement,
};

/// Who is asking, what any route may say.
const OF_ANY: [Code; 5] = [Code::CrossSite, Code::Overloaded, Code::TimedOut, Code::Unavailable, Code::Internal];

pub(super) fn paths() -> Paths {
    let ours = PathsBuilder::new()
        .path("/api/v1/openapi.json", PathItem::new(HttpMethod::Get, document()))
        .path("/api/v1/query", PathItem::new(HttpMethod::Post, query()))
        .path("/api/v1/boards/{id}/stream", PathItem::new(HttpMethod::Get, stream()))
        .path("/api/v1/boards/{id}/draft/stream", PathItem::new(HttpMethod::Get, draft_stream()))
        .path("/api/v1/boards/{id}/tiles/{tile}/file", PathItem::new(HttpMethod::Get, tile_file()))
        .path("/api/v1/events", {
            let mut item = PathItem::new(HttpMethod::Post, events());
            item.options = Some(events_preflight());
            item
        });
    own_metrics::paths().into_iter().fold(ours, |paths, (path, item)| paths.path(path, item)).build()
}

fn document() -> Operation {
    OperationBuilder::new()
        .operation_id(Some("openapi"))
        .summary(Some("This document"))
        .response("200", answer("OpenAPI 3.1.", json(Object::new())))
        .build()
}

fn query() -> Operation {
    let codes = [
        Code::SignInRequired,
        Code::WrongToken,
        Code::Forbidden,
        Code::EmptyScope,
        Code::MalformedJson,
        Code::BodyTooLarge,
        Code::UnsupportedEncoding,
        Code::UnknownMetric,
        Code::UnknownDimension,
        Code::DimensionNotOfMetric,
        Code::UnknownStat,
        Code::UnknownProfile,
        Code::InvalidQuery,
        Code::TooManyQueries,
        Code::TooManySteps,
        Code::RangeTooLong,
        Code::AnswerTooLarge,
        Code::TooMuchMemory,
    ];
    let explain = "There, with whatever value: how the queries are answered is told instead of the answers.";
    OperationBuilder::new()
        .operation_id(Some("query"))
        .summary(Some("Ask metric queries"))
        .description(Some("For editors and for programs with a token; answers are within the scope of whoever asks."))
        .parameter(parameter("explain", ParameterIn::Query, explain))
        .request_body(Some(body(json(Ref::from_schema_name("QueryRequest")))))
        .response("200", answer("The answer.", json(Ref::from_schema_name("QueryAnswer"))))
        .with_problems(&codes)
        .security(SecurityRequirement::new(BEARER, Vec::<String>::new()))
        .security(SecurityRequirement::new(SESSION, Vec::<String>::new()))
        .build()
}

fn stream() -> Operation {
    let codes =
        [Code::SignInRequired, Code::EmptyScope, Code::MalformedRequest, Code::BoardNotFound, Code::NeverPublished];
    OperationBuilder::new()
        .operation_id(Some("board_stream"))
        .summary(Some("A published board as it changes"))
        .description(Some(
            "Server-sent events: `frames` with the tiles whose numbers changed, `board` when another version was published, \
             `rights` when the board may not be seen any longer, `signed_out`. Other parameters are what a reader chose in \
             the board's filters, as in the address of its page.",
        ))
        .parameter(board_id())
        .parameter(parameter("version", ParameterIn::Query, "The published version that is drawn already."))
        .response("200", answer("The stream.", event_stream()))
        .with_problems(&codes)
        .security(SecurityRequirement::new(SESSION, Vec::<String>::new()))
        .build()
}

fn draft_stream() -> Operation {
    let codes = [Code::SignInRequired, Code::Forbidden, Code::EmptyScope, Code::MalformedRequest, Code::BoardNotFound];
    OperationBuilder::new()
        .operation_id(Some("draft_stream"))
        .summary(Some("A draft while it is edited"))
        .description(Some("Server-sent events: the edits of others, and who is there. For editors of the board."))
        .parameter(board_id())
        .parameter(parameter(
            "tab",
            ParameterIn::Query,
            "The tab that is worked in, a UUID; without it somebody looks on.",
        ))
        .response("200", answer("The stream.", event_stream()))
        .with_problems(&codes)
        .security(SecurityRequirement::new(SESSION, Vec::<String>::new()))
        .build()
}

fn tile_file() -> Operation {
    let codes = [
        Code::SignInRequired,
        Code::WrongToken,
        Code::EmptyScope,
        Code::MalformedRequest,
        Code::BoardNotFound,
        Code::NeverPublished,
        Code::NotFound,
        Code::InvalidOperation,
    ];
    let file = ResponseBuilder::new()
        .description("The file.")
        .content("image/png", Content::new(Some(text())))
        .content("image/svg+xml", Content::new(Some(text())))
        .content("text/csv", Content::new(Some(text())))
        .build();
    OperationBuilder::new()
        .operation_id(Some("tile_file"))
        .summary(Some("A tile of a published board as a picture or as numbers"))
        .description(Some(
            "With the numbers that whoever asks may see. Other parameters are what a reader chose in the board's filters, as \
             in the address of its page.",
        ))
        .parameter(board_id())
        .parameter(parameter("tile", ParameterIn::Path, "The tile, a UUID."))
        .parameter(parameter("form", ParameterIn::Query, "`png`, as without it, `svg` or `csv`."))
        .parameter(parameter("theme", ParameterIn::Query, "`light`, as without it, `dark` or `wall`."))
        .parameter(parameter("lang", ParameterIn::Query, "`zh-CN`, as without it, or `en`."))
        .parameter(parameter("w", ParameterIn::Query, "How wide, in pixels; a PNG has twice as many."))
        .parameter(parameter("h", ParameterIn::Query, "How high."))
        .response("200", file)
        .with_problems(&codes)
        .security(SecurityRequirement::new(BEARER, Vec::<String>::new()))
        .security(SecurityRequirement::new(SESSION, Vec::<String>::new()))
        .build()
}

fn events() -> Operation {
    let codes = [
        Code::WrongWriteKey,
        Code::MalformedRequest,
        Code::MalformedJson,
        Code::BodyTooLarge,
        Code::UnsupportedEncoding,
    ];
    OperationBuilder::new()
        .operation_id(Some("events"))
        .summary(Some("Send native events"))
        .description(Some(
            "One JSON object a line, each with an `event_id` of its own and `ts_event` (RFC 3339 or milliseconds since 1970); \
             the other fields are told in ARCHITECTURE.md, unknown ones are kept. A 2xx comes after the events are on disk.",
        ))
        .request_body(Some(
            RequestBodyBuilder::new()
                .content("application/x-ndjson", Content::new(Some(text())))
                .required(Some(Required::True))
                .build(),
        ))
        .response("200", answer("What was taken.", json(Ref::from_schema_name("EventsTaken"))))
        .with_problems(&codes)
        .security(SecurityRequirement::new(WRITE_KEY, Vec::<String>::new()))
        .build()
}

fn events_preflight() -> Operation {
    OperationBuilder::new()
        .operation_id(Some("events_preflight"))
        .summary(Some("The pre-flight request of browsers: every site may send events"))
        .response("204", Response::new("It may."))
        .build()
}

/// An operation with the problems it may answer with, by their statuses.
trait WithProblems {
    fn with_problems(self, codes: &[Code]) -> Self;
}

impl WithProblems for OperationBuilder {
    fn with_problems(self, codes: &[Code]) -> Self {
        let mut by_status: BTreeMap<u16, Vec<String>> = BTreeMap::new();
        for code in codes.iter().chain(&OF_ANY) {
            by_status.entry(code.status()).or_default().push(format!("`{}`", code.name()));
        }
        by_status.into_iter().fold(self, |operation, (status, names)| {
            let content = Content::new(Some(Ref::from_schema_name("ProblemDetails")));
            let response = ResponseBuilder::new()
                .description(format!("A problem: {}.", names.join(", ")))
                .content("application/problem+json", content)
                .build();
            operation.response(status.to_string(), response)
        })
    }
}

fn answer(description: &str, (kind, content): (&'static str, Content)) -> Response {
    ResponseBuilder::new().description(description).content(kind, content).build()
}

fn json(schema: impl Into<utoipa::openapi::RefOr<utoipa::openapi::Schema>>) -> (&'static str, Content) {
    ("application/json", ContentBuilder::new().schema(Some(schema)).build())
}

fn event_stream() -> (&'static str, Content) {
    ("text/event-stream", Content::new(Some(text())))
}

fn text() -> Object {
    ObjectBuilder::new().schema_type(Type::String).build()
}

fn body((kind, content): (&'static str, Content)) -> RequestBody {
    RequestBodyBuilder::new().content(kind, content).required(Some(Required::True)).build()
}

fn board_id() -> Parameter {
    ParameterBuilder::new()
        .name("id")
        .parameter_in(ParameterIn::Path)
        .required(Required::True)
        .description(Some("The board, a UUID."))
        .schema(Some(text()))
        .build()
}

fn parameter(name: &str, place: ParameterIn, description: &str) -> Parameter {
    ParameterBuilder::new()
        .name(name)
        .parameter_in(place)
        .required(Required::False)
        .description(Some(description))
        .schema(Some(text()))
        .build()
}
