//! `lingdong query`: asks a running server over HTTP and prints the answer.

mod explained;
mod table;

use crate::{
    config::{OutputFormat, QueryOptions},
    stop::Stop,
};
use model::{
    frame::{Cell, Frame},
    problem::Problem,
};
use std::{io::Read, path::Path, time::Duration};

/// The server's own limit on a query is shorter.
const TIMEOUT: Duration = Duration::from_mins(1);
const LARGEST_ANSWER: u64 = 64 * 1024 * 1024;

pub(super) fn run(options: &QueryOptions) -> Result<(), Stop> {
    let query = read_query(&options.file)?;
    let answer = tokio::task::block_in_place(|| ask(options, &query))?;
    match options.format {
        OutputFormat::Json => println!("{answer}"),
        OutputFormat::Table | OutputFormat::Csv if options.explain => print!("{}", explained::written(&answer)?),
        OutputFormat::Table => frames(&answer)?.iter().for_each(|frame| print!("{}", table::draw(frame))),
        OutputFormat::Csv => {
            for frame in frames(&answer)? {
                print!("{}", csv_of(&frame).map_err(|error| Stop::Input { what: error.to_string() })?);
            }
        }
    }
    Ok(())
}

fn read_query(file: &Path) -> Result<Vec<u8>, Stop> {
    let unreadable = |source| Stop::File { path: file.to_path_buf(), source };
    if file == Path::new("-") {
        let mut query = Vec::new();
        std::io::stdin().lock().read_to_end(&mut query).map_err(unreadable)?;
        return Ok(query);
    }
    std::fs::read(file).map_err(unreadable)
}

fn ask(options: &QueryOptions, query: &[u8]) -> Result<String, Stop> {
    let server = options.server.trim_end_matches('/');
    let unreachable = |error: ureq::Error| Stop::Unreachable { server: server.to_owned(), source: error.into() };
    let agent: ureq::Agent =
        ureq::Agent::config_builder().http_status_as_error(false).timeout_global(Some(TIMEOUT)).build().into();
    let mut response = agent
        .post(format!("{server}/api/v1/query{}", if options.explain { "?explain" } else { "" }))
        .header("authorization", format!("Bearer {}", options.token.reveal()))
        .content_type("application/json")
        .send(query)
        .map_err(unreachable)?;
    let status = response.status();
    let body = response.body_mut().with_config().limit(LARGEST_ANSWER).read_to_string().map_err(unreachable)?;
    if status.is_success() {
        return Ok(body);
    }
    match serde_json::from_str::<Problem>(&body) {
        Ok(problem) => Err(Stop::Refused(problem)),
        Err(_) => Err(Stop::Input { what: format!("{server} answered {status}: is it a lingdong server?") }),
    }
}

/// One frame, or those of a request with many queries; the first problem among them is told.
fn frames(answer: &str) -> Result<Vec<Frame>, Stop> {
    let strange =
        |error: serde_json::Error| Stop::Input { what: format!("the server's answer can't be read: {error}") };
    if let Ok(many) = serde_json::from_str::<crate::http::query::Answers>(answer) {
        return many.into_frames().map_err(Stop::Refused);
    }
    Ok(vec![serde_json::from_str(answer).map_err(strange)?])
}

fn text_of(cell: &Cell) -> String {
    match cell {
        Cell::Null => String::new(),
        Cell::Integer(integer) => integer.to_string(),
        Cell::Number(number) => number.to_string(),
        Cell::Text(text) => text.clone(),
    }
}

fn csv_of(frame: &Frame) -> Result<String, csv::Error> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(frame.columns.iter().map(|column| column.name.as_str()))?;
    for row in &frame.rows {
        writer.write_record(row.iter().map(text_of))?;
    }
    let bytes = writer.into_inner().map_err(csv::IntoInnerError::into_error)?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}
