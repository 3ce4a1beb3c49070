//! Nodes that fail more than what stands beside them.

use super::super::{CatalogueError, FactTable, FaultRule, Identifier, TimeUnit, Way};
use super::{Own, Reader, WrittenBranch, WrittenCondition};
use model::metric::DimensionId;
use serde::Deserialize;
use toml::Spanned;

const DAY_MINUTES: u32 = 1_440;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct WrittenNodeFaults {
    pub(super) name: Spanned<String>,
    /// What nodes are compared within, …
    cohort_dimensions: [Spanned<DimensionId>; 2],
    /// … and what tells them apart.
    node_dimensions: [Spanned<DimensionId>; 2],
    requests: WrittenBranch,
    /// Which of the requests failed.
    failed: Vec<Spanned<WrittenCondition>>,
    window_minutes: Spanned<u16>,
    /// How many windows in a row make a fault.
    windows: Spanned<u16>,
    /// Of both the node and the rest, the mean over the window.
    least_per_minute: u16,
    /// How many times the share of the rest is too much.
    times: u16,
}

impl Reader<'_> {
    pub(super) fn node_faults(&self, written: WrittenNodeFaults) -> Result<FactTable, CatalogueError> {
        let span = written.requests.fact.span();
        let requests = self.rows(written.requests)?;
        let fact = self.facts.get(&requests.source);
        let Some(fact) = fact.filter(|fact| fact.time.counts == TimeUnit::Milliseconds) else {
            return Err(self.file.error(span, "its rows have no moment"));
        };
        let failed = self.conditions(requests.source, fact, written.failed)?;
        if failed.is_empty() {
            return Err(self.file.error(written.name.span(), "nothing says which of them failed"));
        }
        let (minutes, windows) = (*written.window_minutes.get_ref(), *written.windows.get_ref());
        // No more than the day before the range is read for what led to it.
        if minutes == 0 || windows == 0 || u32::from(minutes) * u32::from(windows) >= DAY_MINUTES {
            return Err(self
                .file
                .error(written.windows.span(), "all windows together are less than a day, and not nothing"));
        }
        let rule = FaultRule {
            failed,
            window_ms: i64::from(minutes) * 60_000,
            least_rows: i64::from(written.least_per_minute) * i64::from(minutes),
            times: written.times,
            windows,
        };
        let columns = |dimensions: &[Spanned<DimensionId>]| -> Result<Vec<Identifier>, CatalogueError> {
            dimensions.iter().map(|dimension| self.item(requests.source, dimension)).collect()
        };
        let (cohort, node) = (columns(&written.cohort_dimensions)?, columns(&written.node_dimensions)?);
        let ([first, second], [third, fourth]) = (&written.cohort_dimensions, &written.node_dimensions);
        let own = Own {
            time: ("t", TimeUnit::Milliseconds),
            columns: &[],
            dimensions: &[(first, "c0"), (second, "c1"), (third, "c2"), (fourth, "c3")],
        };
        let way = Way::NodeFaults { requests, cohort, node, rule };
        let mut table = self.table(written.name.into_inner(), way, &[], &own)?;
        // A node is nobody's.
        table.columns.remove(&Identifier::of_derivation("household"));
        Ok(table)
    }
}
