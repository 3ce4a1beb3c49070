//! `lingdong rebuild-facts`: the facts worked out again from the events.

use crate::{
    config::RebuildOptions,
    stop::Stop,
    stores::{self, DataFolderLock},
};
use engine::{
    clock::SystemClock,
    collect::{FactDifference, RebuildProgress, Rebuilding, Rebuilt, rebuild_facts},
};
use indicatif::{ProgressBar, ProgressStyle};
use std::{process::ExitCode, sync::Arc};

/// Nothing else has the data folder meanwhile. Ends with 1 where facts were only looked at and differ.
pub(super) async fn run(options: &RebuildOptions) -> Result<ExitCode, Stop> {
    let rebuilding = if options.check { Rebuilding::Compared } else { Rebuilding::Exchanged };
    let lock = DataFolderLock::take(&options.stores.data_dir)?;
    let (store, _clickhouse) = stores::open_events_alone(&options.stores, lock.folder()).await?;
    let bar = bar();
    let shown = bar.clone();
    let progress = move |progress: RebuildProgress| {
        shown.set_length(progress.of);
        shown.set_position(progress.events);
    };
    let rebuilt = rebuild_facts(&store, lock.folder(), Arc::new(SystemClock), rebuilding, progress).await;
    bar.finish_and_clear();
    let closed = store.close().await;
    let rebuilt = rebuilt.map_err(Stop::EventStore)?;
    closed.map_err(|error| Stop::EventStore(error.into()))?;
    for line in told(&rebuilt, rebuilding) {
        println!("{line}");
    }
    let differs = rebuilt.facts.iter().any(|fact| fact.rows() > 0);
    Ok(if options.check && differs { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

fn bar() -> ProgressBar {
    let bar = ProgressBar::new(0);
    if let Ok(style) =
        ProgressStyle::with_template("  counted again [{bar:30.cyan}] {human_pos} of {human_len} events  {elapsed}")
    {
        bar.set_style(style);
    }
    bar
}

fn told(rebuilt: &Rebuilt, rebuilding: Rebuilding) -> Vec<String> {
    let mut told: Vec<String> = rebuilt.facts.iter().flat_map(told_of_fact).collect();
    let differing: u64 = rebuilt.facts.iter().map(FactDifference::rows).sum();
    let events = rebuilt.events;
    told.push(match (differing, rebuilding) {
        (0, _) => format!("the facts are those of the {events} events"),
        (_, Rebuilding::Compared) => {
            format!("{differing} rows differ from what the {events} events say; nothing was changed")
        }
        (_, Rebuilding::Exchanged) => {
            format!("{differing} rows differed from what the {events} events say, and are as they say now")
        }
    });
    if rebuilt.cluster_lacks {
        told.push(
            "ClickHouse can't be told of this: run `lingdong migrate-events` before the server is started".into(),
        );
    }
    told
}

/// `view  3 rows too many, 5 missing` and what adds up to something else.
fn told_of_fact(fact: &FactDifference) -> Vec<String> {
    if fact.rows() == 0 {
        return Vec::new();
    }
    let head = format!("{}  {} rows too many, {} missing", fact.fact, fact.surplus, fact.missing);
    let differ = fact.totals.iter().filter(|(_, stood, anew)| stood != anew);
    let totals = differ.map(|(name, stood, anew)| {
        format!("  {name}: {stood} stood, {anew} worked out again ({:+})", i128::from(*anew) - i128::from(*stood))
    });
    [head].into_iter().chain(totals).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_differs_is_told() {
        let fact = |fact, surplus, totals| FactDifference { fact, surplus, missing: 0, totals };
        let facts = vec![
            fact("view", 0, vec![("rows", 2, 2)]),
            fact("order", 1, vec![("rows", 2, 1), ("amount_fen", 1_980, 990)]),
        ];
        let rebuilt = Rebuilt { events: 9, facts, cluster_lacks: true };
        let expected = [
            "order  1 rows too many, 0 missing",
            "  rows: 2 stood, 1 worked out again (-1)",
            "  amount_fen: 1980 stood, 990 worked out again (-990)",
            "1 rows differed from what the 9 events say, and are as they say now",
            "ClickHouse can't be told of this: run `lingdong migrate-events` before the server is started",
        ];
        assert_eq!(told(&rebuilt, Rebuilding::Exchanged), expected);
    }
}
