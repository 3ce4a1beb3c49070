//! The operations on metrics that an organisation adds itself.

use super::{
    super::{BEARER, SESSION},
    WithProblems as _, answer, body, json, parameter, text,
};
use model::problem::ProblemCode as Code;
use utoipa::openapi::{
    Content, HttpMethod, Ref, Required, ResponseBuilder,
    path::{Operation, OperationBuilder, Parameter, ParameterBuilder, ParameterIn, PathItem},
    request_body::RequestBodyBuilder,
    schema::{ArrayBuilder, Object},
    security::SecurityRequirement,
};

pub(super) fn paths() -> Vec<(&'static str, PathItem)> {
    let mut one = PathItem::new(HttpMethod::Get, open());
    one.put = Some(keep());
    vec![
        ("/api/v1/own-metrics", PathItem::new(HttpMethod::Get, list())),
        ("/api/v1/own-metrics/file", PathItem::new(HttpMethod::Get, export_all())),
        ("/api/v1/own-metrics/import", PathItem::new(HttpMethod::Post, import())),
        ("/api/v1/own-metrics/{metric}", one),
        ("/api/v1/own-metrics/{metric}/file", PathItem::new(HttpMethod::Get, export())),
        ("/api/v1/own-metrics/{metric}/retire", PathItem::new(HttpMethod::Post, retire())),
        ("/api/v1/own-metrics/{metric}/bring-back", PathItem::new(HttpMethod::Post, bring_back())),
    ]
}

/// For editors; `codes` are what it may refuse for besides.
fn operation(id: &str, summary: &str, codes: &[Code]) -> OperationBuilder {
    let who = [Code::SignInRequired, Code::WrongToken, Code::Forbidden];
    let codes: Vec<Code> = who.iter().chain(codes).copied().collect();
    OperationBuilder::new()
        .operation_id(Some(id))
        .summary(Some(summary))
        .with_problems(&codes)
        .security(SecurityRequirement::new(BEARER, Vec::<String>::new()))
        .security(SecurityRequirement::new(SESSION, Vec::<String>::new()))
}

fn list() -> Operation {
    let lines = ArrayBuilder::new().items(Ref::from_schema_name("OwnMetricLine")).build();
    operation("own_metrics", "The organisation's own metrics that the person may see", &[])
        .response("200", answer("The metrics.", json(lines)))
        .build()
}

fn open() -> Operation {
    operation("own_metric", "An own metric with its versions", &[Code::NotFound])
        .parameter(metric())
        .response("200", answer("The metric.", json(Ref::from_schema_name("OwnMetricView"))))
        .build()
}

fn keep() -> Operation {
    let codes = [
        Code::NotFound,
        Code::MalformedJson,
        Code::BodyTooLarge,
        Code::UnsupportedEncoding,
        Code::InvalidMetric,
        Code::MetricChanged,
    ];
    operation("keep_own_metric", "Make an own metric, or its next version", &codes)
        .parameter(metric())
        .request_body(Some(body(json(Ref::from_schema_name("OwnMetricKept")))))
        .response("200", answer("The version that it is now.", json(Ref::from_schema_name("Saved"))))
        .build()
}

fn import() -> Operation {
    let codes = [Code::BodyTooLarge, Code::UnsupportedEncoding, Code::InvalidMetric];
    operation("import_own_metrics", "Make what a file says", &codes)
        .description(Some("A file as the export writes it, TOML or JSON. All of it is taken, or nothing."))
        .request_body(Some(
            RequestBodyBuilder::new()
                .content("application/toml", Content::new(Some(text())))
                .content("application/json", Content::new(Some(Object::new())))
                .required(Some(Required::True))
                .build(),
        ))
        .response("200", answer("What became of each metric.", json(Ref::from_schema_name("Imported"))))
        .build()
}

fn export() -> Operation {
    file(
        operation("export_own_metric", "An own metric as a file", &[Code::NotFound, Code::MalformedRequest])
            .parameter(metric()),
    )
}

fn export_all() -> Operation {
    file(operation("export_own_metrics", "All own metrics as a file", &[Code::MalformedRequest]))
}

fn file(operation: OperationBuilder) -> Operation {
    let response = ResponseBuilder::new()
        .description("The file.")
        .content("application/toml", Content::new(Some(text())))
        .content("application/json", Content::new(Some(Object::new())))
        .build();
    operation
        .parameter(parameter("form", ParameterIn::Query, "`toml`, as without it, or `json`."))
        .response("200", response)
        .build()
}

fn retire() -> Operation {
    operation("retire_own_metric", "Take an own metric out of use; boards that show it say so", &[Code::NotFound])
        .parameter(metric())
        .response("200", answer("It is retired.", json(Object::new())))
        .build()
}

fn bring_back() -> Operation {
    operation("bring_back_own_metric", "Bring a retired own metric back", &[Code::NotFound, Code::InvalidMetric])
        .parameter(metric())
        .response("200", answer("It is back.", json(Object::new())))
        .build()
}

fn metric() -> Parameter {
    ParameterBuilder::new()
        .name("metric")
        .parameter_in(ParameterIn::Path)
        .required(Required::True)
        .description(Some("Its id, such as `own.play_success`."))
        .schema(Some(text()))
        .build()
}
