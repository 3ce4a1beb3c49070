//! The facts of two stores compared, and what differs put in its place.

use super::{FactDifference, Rebuilding};
use crate::events::{
    Counts, EngineError, Since, Transaction,
    clickhouse::is_only_added_to,
    dropped,
    fact_tables::{FACTS, FactTables},
    joined,
};
use model::time::Calendar;
use std::collections::BTreeSet;

/// So many rows that differ are told to a cluster one by one; more would have to be in memory, and are copied anew.
const MOST_ROWS_TOLD: u64 = 500_000;

/// From which moment on each fact can be worked out again.
pub(super) struct Horizons {
    pub lacks_events: bool,
    pub of_facts: Vec<(FactTables, Since)>,
}

pub(super) fn horizons(read: &Transaction<'_>, calendar: Calendar) -> Result<Horizons, EngineError> {
    let dropped = dropped(read)?;
    let whole = dropped.sessions_whole_from().max(dropped.facts_before);
    let from_ms = whole.map(|day| calendar.start_of(day).millis());
    let day = dropped.facts_before.map_or(i32::MIN, |day| day.0);
    let since = |fact: &FactTables| {
        let moment = from_ms.and_then(|at_ms| fact.moment.at_ms(at_ms)).unwrap_or(i64::MIN);
        Since { moment, day }
    };
    let of_facts = FACTS.iter().map(|fact| (*fact, since(fact))).collect();
    Ok(Horizons { lacks_events: dropped.events_before.is_some(), of_facts })
}

/// Compares every fact, and exchanges what differs if it is to. Says whether a cluster that follows lacks it.
pub(super) fn exchange(
    transaction: &Transaction<'_>,
    anew: &Transaction<'_>,
    horizons: &[(FactTables, Since)],
    rebuilding: Rebuilding,
) -> Result<(Vec<FactDifference>, bool), EngineError> {
    let mut facts = Vec::new();
    let mut differing = Vec::new();
    for (fact, since) in horizons {
        let (stands, worked_out) = (fact.tally(transaction, *since)?, fact.tally(anew, *since)?);
        let mut difference = FactDifference::of(fact.name, fact.sums, &stands, &worked_out);
        for part in parts_that_differ(fact, *since, transaction, anew)? {
            let hashes = Hashes::that_differ(fact, part, *since, transaction, anew)?;
            difference.surplus += hashes.surplus;
            difference.missing += hashes.missing;
            differing.push((fact, part, *since));
        }
        facts.push(difference);
    }
    let cluster_lacks = match rebuilding {
        Rebuilding::Compared => false,
        Rebuilding::Exchanged => {
            let cluster_lacks = is_too_much_for_cluster(&facts) && transaction.leave_gap();
            for (fact, part, since) in differing {
                // Looked up once more: all of them at once may be as many as there are rows.
                let hashes = Hashes::that_differ(fact, part, since, transaction, anew)?.list;
                let rows = fact.rows_of(anew, part, since, &hashes)?;
                fact.exchange(transaction, part, since, &hashes, &rows)?;
            }
            for (fact, difference) in FACTS.iter().zip(&facts).filter(|(_, difference)| difference.rows() > 0) {
                // What was exchanged lies behind the others: all its days are put in order and added up once more.
                let connection = transaction.connection();
                connection.execute("delete from in_order where fact = $1", [difference.fact])?;
                connection.execute("delete from rolled_up where fact = $1", [difference.fact])?;
                let closed = fact.tables.first().copied();
                connection.execute("delete from weeks_in_order where relation = $1", [closed])?;
            }
            cluster_lacks
        }
    };
    Ok((facts, cluster_lacks))
}

fn is_too_much_for_cluster(differences: &[FactDifference]) -> bool {
    let unsayable = |(fact, difference): (&FactTables, &FactDifference)| {
        difference.rows() > 0 && fact.tables.iter().any(|table| is_only_added_to(table))
    };
    differences.iter().map(FactDifference::rows).sum::<u64>() > MOST_ROWS_TOLD
        || FACTS.iter().zip(differences).any(unsayable)
}

fn parts_that_differ(
    fact: &FactTables,
    since: Since,
    stands: &Transaction<'_>,
    anew: &Transaction<'_>,
) -> Result<Vec<i64>, EngineError> {
    let (stands, anew) = (fact.digests(stands, since)?, fact.digests(anew, since)?);
    let parts: BTreeSet<i64> = stands.keys().chain(anew.keys()).copied().collect();
    Ok(parts.into_iter().filter(|part| stands.get(part) != anew.get(part)).collect())
}

/// The rows of an hour that are not there as often on both sides.
struct Hashes {
    list: String,
    surplus: u64,
    missing: u64,
}

impl Hashes {
    fn that_differ(
        fact: &FactTables,
        part: i64,
        since: Since,
        stands: &Transaction<'_>,
        anew: &Transaction<'_>,
    ) -> Result<Self, EngineError> {
        let (stands, anew) = (fact.counts(stands, part, since)?, fact.counts(anew, part, since)?);
        let mut differ = BTreeSet::new();
        let (mut surplus, mut missing) = (0, 0);
        for hash in stands.keys().chain(anew.keys()).copied() {
            let count = |counts: &Counts| counts.get(&hash).copied().unwrap_or(0);
            let more = count(&stands) - count(&anew);
            if more != 0 && differ.insert(hash) {
                surplus += more.max(0) as u64;
                missing += (-more).max(0) as u64;
            }
        }
        Ok(Self { list: joined(differ.iter().map(u64::to_string)), surplus, missing })
    }
}
