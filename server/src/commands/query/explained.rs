//! How a query was answered, as lines of text.

use crate::{
    http::query::{ExplanationAnswer, Explanations},
    stop::Stop,
};
use model::{
    explanation::{Explanation, StatementExplained},
    formatting::exact_number,
    metric::Unit,
    time::{Calendar, Timestamp},
};
use std::fmt::Write as _;

/// The explanation in an answer of the server, or those of a request with many queries; the first problem is told.
pub(super) fn written(answer: &str) -> Result<String, Stop> {
    let strange =
        |error: serde_json::Error| Stop::Input { what: format!("the server's answer can't be read: {error}") };
    let explanations = match serde_json::from_str::<Explanations>(answer) {
        Ok(many) => {
            let each = many.answers.into_iter().map(|answer| match answer {
                ExplanationAnswer::Explanation(explanation) => Ok(explanation),
                ExplanationAnswer::Problem(problem) => Err(Stop::Refused(problem)),
            });
            each.collect::<Result<Vec<_>, _>>()?
        }
        Err(_) => vec![serde_json::from_str(answer).map_err(strange)?],
    };
    Ok(explanations.iter().map(of_query).collect())
}

fn of_query(explanation: &Explanation) -> String {
    let mut text = String::new();
    let _ =
        writeln!(text, "{} statements, {:.1} ms for the request", explanation.statements.len(), explanation.took_ms);
    for statement in &explanation.statements {
        let _ = writeln!(text, "  {}", of_statement(statement));
    }
    text
}

fn of_statement(statement: &StatementExplained) -> String {
    let StatementExplained {
        fact,
        from,
        to,
        joins_programmes,
        rows,
        groups,
        days_added_up,
        merged_with,
        kept_ms,
        took_ms,
    } = statement;
    let at = |moment: &Timestamp| {
        moment.to_rfc3339(Calendar::CHINA.offset_minutes).unwrap_or_else(|| moment.millis().to_string())
    };
    let count = |number: u64| exact_number(number as f64, Unit::Count, model::formatting::Locale::En).joined();
    let joined = if *joins_programmes { " with the programme list" } else { "" };
    let rows = rows.map_or_else(|| "rows not counted".to_owned(), |rows| format!("{} rows", count(rows)));
    let added_up = if *days_added_up > 0 { format!(", {days_added_up} days added up before") } else { String::new() };
    let merged = if *merged_with > 0 { format!(", also for {merged_with} other queries") } else { String::new() };
    let kept = match kept_ms {
        Some(kept) => format!(", kept for {:.1} s, took {took_ms:.1} ms then", *kept as f64 / 1_000.0),
        None => format!(", took {took_ms:.1} ms"),
    };
    format!(
        "{fact}{joined} from {} to {}: {rows} to {} groups{added_up}{merged}{kept}",
        at(from),
        at(to),
        count(*groups)
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_statement_is_a_line() {
        let answer = r#"{"answers":[{"explanation":{"took_ms":9.25,"statements":[{"fact":"view","from":1772380800000,
            "to":1772467200000,"joins_programmes":false,"rows":1234567,"groups":24,"days_added_up":28,"merged_with":3,"kept_ms":2500,
            "took_ms":8.04}]}}]}"#;
        assert_eq!(
            written(answer).unwrap(),
            "1 statements, 9.2 ms for the request\n  view from 2026-03-02T00:00:00+08:00 to 2026-03-03T00:00:00+08:00: \
             1,234,567 rows to 24 groups, 28 days added up before, also for 3 other queries, kept for 2.5 s, took 8.0 ms then\n"
        );
        let refused = r#"{"answers":[{"problem":{"code":"unknown_metric","detail":"no"}}]}"#;
        assert!(matches!(written(refused), Err(Stop::Refused(_))));
    }
}
