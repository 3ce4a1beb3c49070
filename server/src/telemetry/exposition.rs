//! The counters as Prometheus reads them, on a listener of their own: they tell of everybody's data, so nobody who
//! may only see pages may see them.

use super::counters::{BUCKETS_MS, Histogram};
use crate::http::AppState;
use axum::{Router, extract::State, http::header, response::IntoResponse, routing::get};
use engine::collect::{Reconciled, last_reconciled};
use std::fmt::{Display, Write};

/// `GET /metrics`, and nothing else.
pub fn router(state: AppState) -> Router {
    Router::new().route("/metrics", get(metrics)).with_state(state)
}

async fn metrics(State(state): State<AppState>) -> impl IntoResponse {
    let reconciled = last_reconciled(&state.stores.store).await.unwrap_or_else(|error| {
        tracing::warn!(%error, "the event store does not say how its facts were found the last time");
        None
    });
    ([(header::CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8")], exposition(&state, reconciled.as_ref()))
}

fn exposition(state: &AppState, reconciled: Option<&Reconciled>) -> String {
    let collector = &state.engine.collector;
    let figures = collector.figures();
    let backlog = collector.backlog();
    let telemetry = &state.telemetry;
    let mut page = Page::default();
    page.counter("lingdong_events_accepted_total", "Events made durable.", figures.accepted);
    page.counter("lingdong_events_duplicate_total", "Events that were known already.", figures.duplicates);
    page.counter("lingdong_events_rejected_total", "Records that were refused.", figures.rejected);
    page.counter("lingdong_events_left_out_total", "Events in no session: theirs has too many.", figures.left_out);
    page.gauge("lingdong_events_waiting", "Accepted events that queries do not see yet.", backlog.events);
    page.gauge("lingdong_applied_lag_seconds", "Age of the oldest of them.", backlog.oldest_ms as f64 / 1_000.0);
    page.gauge("lingdong_streams_open", "Boards that are being watched.", telemetry.open_streams());
    page.gauge("lingdong_topics_open", "Different (board, version, scope) among them.", state.engine.live.topics());
    page.head("lingdong_http_answers_total", "Answers by the first digit of their status.", "counter");
    for hundred in 1..6 {
        let labels = format!("{{status=\"{hundred}xx\"}}");
        page.sample("lingdong_http_answers_total", &labels, telemetry.answers(hundred));
    }
    let answering = state.engine.metrics.figures();
    let (run, kept) = (answering.statements_run, answering.statements_kept);
    page.counter("lingdong_statements_run_total", "Statements that the event store was asked.", run);
    page.counter("lingdong_statements_kept_total", "Statements answered from what was kept or under way.", kept);
    page.counter("lingdong_queries_compiled_total", "Queries made into statements.", answering.queries_compiled);
    let compiling = answering.compiling.as_secs_f64();
    page.counter("lingdong_query_compiling_seconds_total", "How long that took, together.", compiling);
    page.histogram("lingdong_query_seconds", "Queries of the API.", &telemetry.queries);
    page.histogram("lingdong_collect_seconds", "Collectors, until the events are durable.", &telemetry.collections);
    if let Some(reconciled) = reconciled {
        page.reconciled(reconciled);
    }
    page.text
}

#[derive(Debug, Default)]
struct Page {
    text: String,
}

impl Page {
    fn counter(&mut self, name: &str, help: &str, value: impl Display) {
        self.head(name, help, "counter");
        self.sample(name, "", value);
    }

    fn gauge(&mut self, name: &str, help: &str, value: impl Display) {
        self.head(name, help, "gauge");
        self.sample(name, "", value);
    }

    fn histogram(&mut self, name: &str, help: &str, histogram: &Histogram) {
        self.head(name, help, "histogram");
        let counts = histogram.cumulative();
        let ends = BUCKETS_MS.iter().map(|end| (*end as f64 / 1_000.0).to_string()).chain(["+Inf".to_owned()]);
        for (end, count) in ends.zip(counts) {
            self.sample(&format!("{name}_bucket"), &format!("{{le=\"{end}\"}}"), count);
        }
        self.sample(&format!("{name}_sum"), "", histogram.sum_seconds());
        self.sample(&format!("{name}_count"), "", counts.last().copied().unwrap_or(0));
    }

    fn reconciled(&mut self, reconciled: &Reconciled) {
        let name = "lingdong_facts_difference";
        self.head(name, "Rows that differ from what the events say, when it was last looked.", "gauge");
        for (fact, rows) in &reconciled.differences {
            self.sample(name, &format!("{{fact=\"{fact}\"}}"), rows);
        }
        let seconds = reconciled.checked.millis() as f64 / 1_000.0;
        self.gauge("lingdong_facts_checked_timestamp_seconds", "When that was.", seconds);
    }

    fn head(&mut self, name: &str, help: &str, kind: &str) {
        self.write(format_args!("# HELP {name} {help}\n# TYPE {name} {kind}\n"));
    }

    fn sample(&mut self, name: &str, labels: &str, value: impl Display) {
        self.write(format_args!("{name}{labels} {value}\n"));
    }

    fn write(&mut self, words: std::fmt::Arguments<'_>) {
        // A text takes whatever is written to it.
        let _ = self.text.write_fmt(words);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    #[test]
    fn what_was_found_is_told_fact_by_fact() {
        let differences = vec![("order".to_owned(), 0), ("view".to_owned(), 7)];
        let checked = model::time::Timestamp::from_millis(1_763_650_000_500);
        let mut page = Page::default();
        page.reconciled(&Reconciled { checked, differences });
        let samples: Vec<&str> = page.text.lines().filter(|line| !line.starts_with('#')).collect();
        let expected = [
            "lingdong_facts_difference{fact=\"order\"} 0",
            "lingdong_facts_difference{fact=\"view\"} 7",
            "lingdong_facts_checked_timestamp_seconds 1763650000.5",
        ];
        assert_eq!(samples, expected);
    }

    #[test]
    fn a_histogram_is_written_as_prometheus_reads_it() {
        let histogram = Histogram::default();
        histogram.record(Duration::from_millis(4));
        let mut page = Page::default();
        page.histogram("took_seconds", "How long.", &histogram);
        assert!(page.text.starts_with("# HELP took_seconds How long.\n# TYPE took_seconds histogram\n"));
        assert!(page.text.contains("took_seconds_bucket{le=\"0.002\"} 0\ntook_seconds_bucket{le=\"0.005\"} 1\n"));
        assert!(
            page.text.ends_with("took_seconds_bucket{le=\"+Inf\"} 1\ntook_seconds_sum 0.004\ntook_seconds_count 1\n")
        );
    }
}
