//! `lingdong board lint`.

use super::{FOUND, file};
use crate::{config::LintFormat, stop::Stop};
use engine::lint::Linted;
use serde_json::json;
use std::{path::Path, process::ExitCode};

pub(super) fn run(path: &Path, format: LintFormat) -> Result<ExitCode, Stop> {
    let linted = file::look_over(path)?;
    match format {
        LintFormat::Text => print!("{}", told(&linted, &file::name(path))),
        LintFormat::Json => println!("{:#}", as_json(&linted, &file::name(path))),
    }
    Ok(if linted.errors() == 0 { ExitCode::SUCCESS } else { ExitCode::from(FOUND) })
}

/// One finding a line, and how many there are.
fn told(linted: &Linted, name: &str) -> String {
    let counted = |count: usize, what: &str| format!("{count} {what}{}", if count == 1 { "" } else { "s" });
    let (errors, warnings) = (linted.errors(), linted.warnings());
    let sum = match (errors, warnings) {
        (0, 0) => "nothing is wrong with it\n".to_owned(),
        _ => format!("{}, {}\n", counted(errors, "error"), counted(warnings, "warning")),
    };
    let findings = linted.findings.iter().map(|finding| format!("{name}:{finding}\n"));
    findings.chain([sum]).collect()
}

fn as_json(linted: &Linted, name: &str) -> serde_json::Value {
    json!({
        "file": name,
        "errors": linted.errors(),
        "warnings": linted.warnings(),
        "findings": linted.findings,
    })
}
