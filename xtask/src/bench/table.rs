//! Figures as they are printed.

use std::time::Duration;

/// One figure.
#[derive(Debug, Clone)]
pub(crate) struct Row {
    pub(crate) what: String,
    pub(crate) measured: String,
    /// What is to be reached, in words; empty where nothing is promised.
    pub(crate) target: String,
    /// `None` where nothing is promised.
    pub(crate) reached: Option<bool>,
}

impl Row {
    /// A figure with a promise.
    pub(crate) fn against(
        what: impl Into<String>,
        measured: impl Into<String>,
        target: impl Into<String>,
        reached: bool,
    ) -> Self {
        Self { what: what.into(), measured: measured.into(), target: target.into(), reached: Some(reached) }
    }

    /// A figure that stands beside another one.
    pub(crate) fn noted(what: impl Into<String>, measured: impl Into<String>) -> Self {
        Self { what: what.into(), measured: measured.into(), target: String::new(), reached: None }
    }
}

/// All figures of a run.
#[derive(Debug)]
pub(crate) struct Table {
    profile: String,
    rows: Vec<Row>,
}

impl Table {
    pub(crate) fn new(profile: &str) -> Self {
        Self { profile: profile.to_owned(), rows: Vec::new() }
    }

    pub(crate) fn extend(&mut self, rows: Vec<Row>) {
        self.rows.extend(rows);
    }

    pub(crate) fn print(&self) {
        println!("\nprofile {}, {} cores\n", self.profile, cores());
        println!("| what | measured | to reach | |\n|---|---|---|---|");
        for Row { what, measured, target, reached } in &self.rows {
            let sign = reached.map_or("", |reached| if reached { "✔" } else { "✘" });
            println!("| {what} | {measured} | {target} | {sign} |");
        }
    }
}

pub(crate) fn cores() -> usize {
    std::thread::available_parallelism().map_or(1, std::num::NonZero::get)
}

/// The value that so much of a sorted list lies below.
pub(crate) fn quantile(sorted: &[Duration], fraction: f64) -> Duration {
    let index = (sorted.len().saturating_sub(1) as f64 * fraction).round() as usize;
    sorted.get(index).copied().unwrap_or_default()
}

pub(crate) fn milliseconds(duration: Duration) -> String {
    format!("{:.0} ms", duration.as_secs_f64() * 1_000.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantiles_are_of_the_list() {
        let sorted: Vec<Duration> = (1..=101).map(Duration::from_millis).collect();
        assert_eq!(quantile(&sorted, 0.5), Duration::from_millis(51));
        assert_eq!(quantile(&sorted, 0.99), Duration::from_millis(100));
        assert_eq!(quantile(&[], 0.5), Duration::ZERO);
    }
}
