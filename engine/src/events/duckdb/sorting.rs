//! Days on which nothing happens any more, rewritten once in order of province and moment, and once more with their week.
//!
//! Rows come in the order of time, so every row group holds all provinces, and whoever may see one of them reads all of
//! a day. In order of province, DuckDB knows by the least and the greatest value of each row group which ones to skip. The
//! rows are the same, so no version moves and no cluster hears of it. A row that comes late lies behind the others; it takes its
//! day out of the table `in_order`, and the day is rewritten once more.
//!
//! On most days a province has less than a row group, and to open one costs as much as to read some thousand rows. So when a
//! week is over ([`week`]), the rows that a province has in it are put together. The running day is put in order now and then as
//! far as it has come.

mod week;

pub(super) use week::put_weeks_in_order;

use super::{EventStore, Transaction, noted_days::take_out, open::ROW_GROUP};
use crate::events::{
    EngineError, Touched,
    fact_tables::{FACTS, FactTables},
};
use ::duckdb::params;
use model::time::Day;
use week::move_places;

/// What was rewritten.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Rewritten {
    pub days: u64,
    pub rows: u64,
}

impl Rewritten {
    const fn add(&mut self, other: Self) {
        self.days += other.days;
        self.rows += other.rows;
    }
}

/// Rewrites the days before that one that are not in order and have nothing open, each table of a day in a transaction. Those
/// with less than a row group are left as they are: all of it is read anyway. It is asked before each transaction whether to
/// go on.
pub(crate) fn sort_days(store: &EventStore, before: Day, goes_on: impl Fn() -> bool) -> Result<Rewritten, EngineError> {
    sort_days_of(store, before, ROW_GROUP as u64, goes_on)
}

/// Days with fewer rows than that are left as they are.
pub(super) fn sort_days_of(
    store: &EventStore,
    before: Day,
    fewest: u64,
    goes_on: impl Fn() -> bool,
) -> Result<Rewritten, EngineError> {
    let mut rewritten = Rewritten::default();
    for fact in FACTS.iter().filter(|fact| fact.has_days()) {
        rewritten.add(sort_weeks(store, fact, before, fewest, &goes_on)?);
        let days = store.look_up(|read| unsorted(read, fact, before, fewest))?;
        for (day, rows) in days.into_iter().take_while(|_| goes_on()) {
            store.write(move |transaction| sort_day(transaction, fact, day)).wait()?;
            rewritten.days += 1;
            rewritten.rows += rows;
        }
    }
    if rewritten.days > 0 {
        store.checkpoint().wait()?;
    }
    Ok(rewritten)
}

/// What a running day may have at most to be rewritten several times.
const MOST_OF_A_RUNNING_DAY: u64 = 4_000_000;

/// Rewrites what is closed of that day and those behind it, place by place, where enough has come since the last time. More
/// will come, so they are not said to be in order. It is asked before each transaction whether to go on.
pub(crate) fn sort_running_days(
    store: &EventStore,
    from: Day,
    goes_on: impl Fn() -> bool,
) -> Result<Rewritten, EngineError> {
    sort_running_days_of(store, from, 2 * ROW_GROUP as u64, goes_on)
}

fn sort_running_days_of(
    store: &EventStore,
    from: Day,
    fewest: u64,
    goes_on: impl Fn() -> bool,
) -> Result<Rewritten, EngineError> {
    let mut rewritten = Rewritten::default();
    for fact in FACTS.iter().filter(|fact| fact.has_days()) {
        let Some((table, _)) = fact.closed_and_open() else { continue };
        let days = store.look_up(|read| running(read, table, from, fewest))?;
        for (day, rows) in days.into_iter().take_while(|_| goes_on()) {
            move_places(store, table, &fact.moment.expression(), (day, day), &goes_on)?;
            rewritten.add(Rewritten { days: 1, rows });
        }
    }
    if rewritten.days > 0 {
        store.checkpoint().wait()?;
    }
    Ok(rewritten)
}

/// Days from that one on, and the rows of each, of which so many at least do not follow one of their place.
fn running(read: &Transaction<'_>, table: &str, from: Day, fewest: u64) -> Result<Vec<(Day, u64)>, EngineError> {
    let text = format!(
        "with rows as (
             select day, (org, province) is distinct from lag((org, province)) over (partition by day order by rowid) as elsewhere
             from {table} where day >= $1
         )
         select day, count(*) from rows
         group by day having count(*) <= {MOST_OF_A_RUNNING_DAY} and count_if(elsewhere) >= $2 order by day"
    );
    let mut statement = read.connection().prepare(&text)?;
    let day = |row: &::duckdb::Row<'_>| Ok((Day(row.get(0)?), row.get::<_, i64>(1)? as u64));
    Ok(statement.query_map(params![from.0, fewest as i64], day)?.collect::<Result<Vec<_>, _>>()?)
}

/// Says that rows of these days were added or removed, in the transaction that does it.
pub(crate) fn out_of_order(transaction: &Transaction<'_>, touched: &Touched) -> Result<(), EngineError> {
    take_out(transaction, "in_order", touched)
}

impl FactTables {
    /// The table of what is closed, and the one of what is open, if they are two.
    fn closed_and_open(&self) -> Option<(&'static str, Option<&'static str>)> {
        self.tables.split_first().map(|(closed, open)| (*closed, open.first().copied()))
    }
}

/// Weeks before that day; their days need not be put in order by themselves.
fn sort_weeks(
    store: &EventStore,
    fact: &FactTables,
    before: Day,
    fewest: u64,
    goes_on: &impl Fn() -> bool,
) -> Result<Rewritten, EngineError> {
    let Some((table, open)) = fact.closed_and_open() else { return Ok(Rewritten::default()) };
    let name = fact.name;
    let finish = move |transaction: &Transaction<'_>, days: (Day, Day)| {
        let connection = transaction.connection();
        connection.execute(
            "delete from in_order where fact = $1 and day between $2 and $3",
            params![name, days.0.0, days.1.0],
        )?;
        let mark = format!("insert into in_order select distinct $1, day from {table} where day between $2 and $3");
        connection.execute(&mark, params![name, days.0.0, days.1.0])?;
        Ok(())
    };
    put_weeks_in_order(store, table, open, &fact.moment.expression(), (before, fewest), goes_on, finish)
}

fn unsorted(
    transaction: &Transaction<'_>,
    fact: &FactTables,
    before: Day,
    fewest: u64,
) -> Result<Vec<(Day, u64)>, EngineError> {
    let Some((closed, open)) = fact.closed_and_open() else { return Ok(Vec::new()) };
    let nothing_open = open.map(|open| format!(" and day not in (select day from {open})")).unwrap_or_default();
    let text = format!(
        "select day, count(*) from {closed}
         where day < $1 and day not in (select day from in_order where fact = $2){nothing_open}
         group by day having count(*) >= $3 order by day"
    );
    let mut statement = transaction.connection().prepare(&text)?;
    let read = |row: &::duckdb::Row<'_>| Ok((Day(row.get(0)?), row.get::<_, i64>(1)? as u64));
    Ok(statement.query_map(params![before.0, fact.name, fewest as i64], read)?.collect::<Result<_, _>>()?)
}

/// Past the notes for a cluster: it keeps rows in an order of its own.
fn sort_day(transaction: &Transaction<'_>, fact: &FactTables, day: Day) -> Result<(), EngineError> {
    let Some((table, _)) = fact.closed_and_open() else { return Ok(()) };
    let connection = transaction.connection();
    let moment = fact.moment.expression();
    connection.execute(
        &format!(
            "create or replace temp table day_in_order as
             select * from {table} where day = $1 order by org, province nulls first, {moment}"
        ),
        params![day.0],
    )?;
    connection.execute(&format!("delete from {table} where day = $1"), params![day.0])?;
    connection.execute(&format!("insert into {table} select * from day_in_order"), [])?;
    connection.execute("drop table day_in_order", [])?;
    connection.execute("insert into in_order values ($1, $2)", params![fact.name, day.0])?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::events::{Event, EventEngine as _, Fact, Value, fact_rows::OrderRow};
    use model::{
        access::OrganisationId,
        geo::Province,
        time::{Calendar, Timestamp},
    };

    fn order(number: i32, day: i32) -> OrderRow {
        let province = Province::ALL[(number * 7 % 31) as usize];
        OrderRow {
            org: OrganisationId(1),
            household: None,
            province: (number % 40 != 0).then_some(province),
            isp: None,
            platform: None,
            order_id: format!("{number}").into(),
            product_id: None,
            content_id: None,
            cp_id: None,
            order_status: None,
            amount_fen: Some(i64::from(number)),
            ts_ms: Timestamp::from_millis(i64::from(number)),
            day: Day(day),
            received_ms: Timestamp::from_millis(0),
            simulated: false,
        }
    }

    async fn append(store: &EventStore, orders: Vec<OrderRow>) {
        let work = move |transaction: &Transaction<'_>| {
            let mut touched = Touched::default();
            for order in &orders {
                touched.add(Fact::OrderEvent, order.day);
            }
            transaction.append("fact_order", &orders)?;
            out_of_order(transaction, &touched)
        };
        store.write(work).arrives().await.unwrap();
    }

    async fn sort(store: &EventStore, before: i32, fewest: u64) -> Rewritten {
        let store = store.clone();
        let sorting = tokio::task::spawn_blocking(move || sort_days_of(&store, Day(before), fewest, || true));
        sorting.await.unwrap().unwrap()
    }

    /// How often the province changes from one row of a day to the next.
    async fn changes(store: &EventStore, day: i32) -> i64 {
        let text = format!(
            "select count(*) from (select province, lag(province) over (order by rowid) as before from fact_order where day = {day})
             where province is distinct from before"
        );
        match store.ask(&text).await[0][0] {
            Value::Integer(count) => count,
            ref other => panic!("{other:?}"),
        }
    }

    #[tokio::test]
    async fn a_day_is_rewritten_once_and_once_more_after_a_late_row() {
        let folder = tempfile::tempdir().unwrap();
        let store = EventStore::open(folder.path(), Calendar::CHINA).await.unwrap();
        append(&store, (0..3_000).map(|number| order(number, 10 + number % 3)).collect()).await;
        let all = "select * from fact_order order by all";
        let rows = store.ask(all).await;
        assert!(changes(&store, 10).await > 900);
        let version = store.version(Fact::OrderEvent, (Day(0), Day(20)));

        assert_eq!(sort(&store, 12, 1_001).await, Rewritten::default(), "they are too few");
        assert_eq!(sort(&store, 12, 1_000).await, Rewritten { days: 2, rows: 2_000 });
        assert!(changes(&store, 10).await <= 31 && changes(&store, 11).await <= 31);
        assert!(changes(&store, 12).await > 900, "it is too young");
        assert_eq!(store.ask(all).await, rows, "they are the same rows");
        assert_eq!(store.version(Fact::OrderEvent, (Day(0), Day(20))), version);
        assert_eq!(sort(&store, 12, 1_000).await, Rewritten::default(), "once");

        append(&store, vec![order(9, 11)]).await;
        assert_eq!(sort(&store, 12, 1_000).await, Rewritten { days: 1, rows: 1_001 });
        assert!(changes(&store, 11).await <= 31);
    }

    /// How often the province changes from one row of a week to the next.
    async fn changes_in_week(store: &EventStore, first: i32) -> i64 {
        let text = format!(
            "select count(*) from (select province, lag(province) over (order by rowid) as before from fact_order
             where day between {first} and {first} + 6) where province is distinct from before"
        );
        match store.ask(&text).await[0][0] {
            Value::Integer(count) => count,
            ref other => panic!("{other:?}"),
        }
    }

    #[tokio::test]
    async fn a_week_that_is_over_is_put_together_by_province() {
        let folder = tempfile::tempdir().unwrap();
        let store = EventStore::open(folder.path(), Calendar::CHINA).await.unwrap();
        // Days 11 to 17 are one from Monday to Sunday.
        append(&store, (0..2_000).map(|number| order(number, 11 + number % 8)).collect()).await;
        let all = "select * from fact_order order by all";
        let rows = store.ask(all).await;
        assert_eq!(sort(&store, 17, 1_000).await, Rewritten::default(), "its last day is not over");
        assert_eq!(sort(&store, 18, 1_000).await, Rewritten { days: 7, rows: 1_750 });
        // Rows without a province lie before those of the first.
        assert_eq!(changes_in_week(&store, 11).await, 31);
        assert_eq!(store.ask(all).await, rows, "they are the same rows");
        assert_eq!(sort(&store, 18, 100).await, Rewritten::default(), "none of its days is looked at again");

        append(&store, vec![order(9, 12)]).await;
        assert_eq!(sort(&store, 18, 100).await, Rewritten { days: 1, rows: 251 });
        assert!(changes_in_week(&store, 11).await <= 31 + 32, "a day lies behind the others");
    }

    #[tokio::test]
    async fn whoever_stops_amid_a_week_leaves_all_rows_and_begins_it_anew() {
        let folder = tempfile::tempdir().unwrap();
        let store = EventStore::open(folder.path(), Calendar::CHINA).await.unwrap();
        append(&store, (0..2_000).map(|number| order(number, 11 + number % 7)).collect()).await;
        let all = "select * from fact_order order by all";
        let rows = store.ask(all).await;
        let of_thread = store.clone();
        let sorting = tokio::task::spawn_blocking(move || {
            let asked = std::cell::Cell::new(0);
            sort_days_of(&of_thread, Day(18), 1_000, || asked.replace(asked.get() + 1) < 10)
        });
        assert_eq!(sorting.await.unwrap().unwrap(), Rewritten::default());
        assert_eq!(store.ask(all).await, rows);
        assert!(changes_in_week(&store, 11).await > 1_000, "most of it is as it was");
        assert_eq!(sort(&store, 18, 1_000).await, Rewritten { days: 7, rows: 2_000 });
        assert_eq!(changes_in_week(&store, 11).await, 31);
    }

    #[tokio::test]
    async fn a_running_day_is_put_in_order_as_far_as_it_has_come() {
        let folder = tempfile::tempdir().unwrap();
        let store = EventStore::open(folder.path(), Calendar::CHINA).await.unwrap();
        let sort_running = async || {
            let store = store.clone();
            let sorting = tokio::task::spawn_blocking(move || sort_running_days_of(&store, Day(12), 500, || true));
            sorting.await.unwrap().unwrap()
        };
        append(&store, (0..2_000).map(|number| order(number, 11 + number % 2)).collect()).await;
        assert_eq!(sort_running().await, Rewritten { days: 1, rows: 1_000 });
        assert_eq!(sort_running().await, Rewritten::default(), "nothing came since");
        assert!(changes(&store, 12).await <= 31);
        assert!(changes(&store, 11).await > 900, "it is another one's work");

        append(&store, (0..800).map(|number| order(number, 12)).collect()).await;
        assert!(changes(&store, 12).await > 700);
        assert_eq!(sort_running().await, Rewritten { days: 1, rows: 1_800 });
        assert!(changes(&store, 12).await <= 31);
        assert_eq!(sort(&store, 13, 1_000).await, Rewritten { days: 2, rows: 2_800 }, "once more when it is over");
    }

    #[tokio::test]
    async fn a_day_with_something_open_waits() {
        let folder = tempfile::tempdir().unwrap();
        let store = EventStore::open(folder.path(), Calendar::CHINA).await.unwrap();
        let text = "insert into fact_view (org, sid, day, province) select 1, range::varchar, 5, 'ZJ' from range(10);
            insert into fact_view_open (org, sid, day) values (1, 'open', 5)";
        let insert = move |transaction: &Transaction<'_>| Ok(transaction.connection().execute_batch(text)?);
        store.write(insert).arrives().await.unwrap();
        assert_eq!(sort(&store, 9, 1).await, Rewritten::default());
        let close =
            |transaction: &Transaction<'_>| Ok(transaction.connection().execute_batch("delete from fact_view_open")?);
        store.write(close).arrives().await.unwrap();
        assert_eq!(sort(&store, 9, 1).await, Rewritten { days: 1, rows: 10 });
    }

    #[tokio::test]
    async fn a_cluster_hears_nothing_of_it() {
        let folder = tempfile::tempdir().unwrap();
        let settings = crate::events::StoreSettings {
            outbox: Some(crate::events::Outbox::new(2)),
            ..crate::events::StoreSettings::default()
        };
        let store = EventStore::open_with(folder.path(), Calendar::CHINA, settings).await.unwrap();
        append(&store, (0..100).map(|number| order(number, 3)).collect()).await;
        let waiting = "select sequence, relation, row_count from outbox order by all";
        let before = store.ask(waiting).await;
        assert!(!before.is_empty());
        assert_eq!(sort(&store, 9, 1).await.rows, 100);
        assert_eq!(store.ask(waiting).await, before);
        assert_eq!(store.ask("select sequence from captured").await, [[Value::Integer(1)]]);
        let event = Event::new("1", Timestamp::from_millis(1));
        store.write(move |transaction| transaction.append("event", &[event])).arrives().await.unwrap();
        assert_eq!(store.ask("select sequence from captured").await, [[Value::Integer(2)]], "it goes on");
    }
}
