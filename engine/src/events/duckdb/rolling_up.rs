//! Days that are over, added up once, so that statements over many days read less (`metrics::sql::rolled_up`).
//!
//! A day is added up roll-up by roll-up, each in a transaction of its own, so that what comes in waits for none of it long.
//! Meanwhile the day stands in the table `rolled_up` as not whole; whatever changes the day's rows takes it out, and then it
//! is begun anew another time. What was added up of such a day stays until then, for statements that began before: they get
//! what they would have got at that moment. Which days are whole is also in memory, and a day leaves that before the version
//! of its fact moves.

use super::{EventStore, Transaction, joined};
use crate::{
    events::{
        EngineError, Fact, Touched,
        fact_tables::{FACTS, FactTables},
    },
    metrics::{Bind, RolledUpDays},
};
use ::duckdb::{ToSql, params, params_from_iter};
use model::time::Day;
use parking_lot::Mutex;
use std::{collections::BTreeSet, sync::Arc};

/// Days with fewer rows of a fact than that are read as fast as what they come to.
const FEWEST_ROWS: i64 = 2_048;

/// A table that holds what the rows of each day come to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct RollUp {
    pub fact: Fact,
    pub table: String,
    /// The table's rows about one day, which is the last of the values.
    pub rows_of_a_day: String,
    /// The values before it.
    pub binds: Vec<Bind>,
}

impl RollUp {
    /// What tells this version of it from another one.
    fn definition(&self) -> String {
        format!("{}\n{:?}", self.rows_of_a_day, self.binds)
    }
}

/// What is added up, and which days are.
#[derive(Debug, Default)]
pub(super) struct RollUps {
    defined: Mutex<Arc<[RollUp]>>,
    whole: Mutex<Whole>,
}

#[derive(Debug, Default)]
struct Whole {
    days: BTreeSet<(Fact, Day)>,
    runs: Arc<RolledUpDays>,
    /// What was touched while the days are being looked up.
    touched_meanwhile: Option<BTreeSet<(Fact, Day)>>,
}

impl Whole {
    fn are(&mut self, days: BTreeSet<(Fact, Day)>) {
        self.runs = Arc::new(RolledUpDays::of(days.iter().copied()));
        self.days = days;
    }
}

impl RollUps {
    pub(super) fn days(&self) -> Arc<RolledUpDays> {
        Arc::clone(&self.whole.lock().runs)
    }

    /// Before the versions of what was touched move.
    pub(super) fn touched(&self, touched: &Touched) {
        let mut whole = self.whole.lock();
        if let Some(meanwhile) = &mut whole.touched_meanwhile {
            meanwhile.extend(touched.days());
        }
        if touched.days().any(|day| whole.days.contains(&day)) {
            let mut days = std::mem::take(&mut whole.days);
            for day in touched.days() {
                days.remove(&day);
            }
            whole.are(days);
        }
    }
}

impl EventStore {
    /// Says what is to be added up. Days that were added up by other definitions are not read, and are added up anew.
    pub(crate) fn roll_up(&self, roll_ups: Vec<RollUp>) -> Result<(), EngineError> {
        *self.shared.roll_ups.defined.lock() = roll_ups.into();
        self.look_up_whole_days()
    }

    fn look_up_whole_days(&self) -> Result<(), EngineError> {
        let RollUps { defined, whole } = &self.shared.roll_ups;
        let defined = Arc::clone(&defined.lock());
        whole.lock().touched_meanwhile = Some(BTreeSet::new());
        let found = self.look_up(|read| {
            if defined.is_empty() || !stale(read, &defined)?.is_empty() {
                return Ok(BTreeSet::new());
            }
            whole_days(read)
        });
        let mut whole = whole.lock();
        let meanwhile = whole.touched_meanwhile.take().unwrap_or_default();
        whole.are(found?.difference(&meanwhile).copied().collect());
        Ok(())
    }
}

/// Says that rows of these days were added, removed or changed, in the transaction that does it.
pub(crate) fn no_longer_rolled_up(transaction: &Transaction<'_>, touched: &Touched) -> Result<(), EngineError> {
    let named = || touched.days().filter_map(|(of, day)| Some((name_of(of)?, day)));
    let (facts, days) = (joined(named().map(|(fact, _)| fact)), joined(named().map(|(_, day)| day.0.to_string())));
    if facts.is_empty() {
        return Ok(());
    }
    let mut forget = transaction.connection().prepare_cached(
        "delete from rolled_up using (
             select unnest(string_split($1, chr(30))) as fact, cast(unnest(string_split($2, chr(30))) as integer) as day
         ) touched
         where rolled_up.fact = touched.fact and rolled_up.day = touched.day",
    )?;
    forget.execute(params![facts, days])?;
    Ok(())
}

/// Adds up the days before that one that are not and have nothing open, day by day; says how many. It is asked before
/// each day whether to go on.
pub(crate) fn roll_up_days(store: &EventStore, before: Day, goes_on: impl Fn() -> bool) -> Result<u64, EngineError> {
    roll_up_days_of(store, before, FEWEST_ROWS, goes_on)
}

/// Days with fewer rows than that are left as they are.
pub(crate) fn roll_up_days_of(
    store: &EventStore,
    before: Day,
    fewest: i64,
    goes_on: impl Fn() -> bool,
) -> Result<u64, EngineError> {
    let roll_ups = Arc::clone(&store.shared.roll_ups.defined.lock());
    if roll_ups.is_empty() {
        return Ok(0);
    }
    let stale = store.look_up(|read| stale(read, &roll_ups))?;
    if !stale.is_empty() {
        let defined = Arc::clone(&roll_ups);
        store.write(move |transaction| define(transaction, &defined, &stale)).wait()?;
        // Replaying definitions from the log is where DuckDB breaks.
        store.checkpoint().wait()?;
    }
    store.write(move |transaction| forget_dropped_days(transaction)).wait()?;
    let mut done = 0;
    for fact in FACTS.iter().filter(|fact| roll_ups.iter().any(|roll_up| roll_up.fact == fact.fact)) {
        for day in store.look_up(|read| missing(read, fact, before, fewest))? {
            if !goes_on() {
                return Ok(done);
            }
            done += u64::from(roll_up_day(store, &roll_ups, fact, day)?);
            store.look_up_whole_days()?;
        }
    }
    if done > 0 {
        store.checkpoint().wait()?;
    }
    Ok(done)
}

/// Adds up one day, unless it is touched meanwhile; says whether it is whole.
fn roll_up_day(store: &EventStore, roll_ups: &Arc<[RollUp]>, fact: &FactTables, day: Day) -> Result<bool, EngineError> {
    let name = fact.name;
    let begin = move |transaction: &Transaction<'_>| {
        transaction.connection().execute("insert into rolled_up values ($1, $2, false)", params![name, day.0])?;
        Ok(())
    };
    store.write(begin).wait()?;
    for index in 0..roll_ups.len() {
        let roll_ups = Arc::clone(roll_ups);
        let fact = fact.fact;
        let add_up = move |transaction: &Transaction<'_>| match roll_ups.get(index) {
            Some(roll_up) if roll_up.fact == fact => add_up(transaction, roll_up, day),
            Some(_) | None => Ok(()),
        };
        store.write(add_up).wait()?;
    }
    let finish = move |transaction: &Transaction<'_>| {
        let finish = "update rolled_up set whole = true where fact = $1 and day = $2";
        Ok(transaction.connection().execute(finish, params![name, day.0])? > 0)
    };
    store.write(finish).wait()
}

/// Past the notes for a cluster, which adds nothing up.
fn add_up(transaction: &Transaction<'_>, roll_up: &RollUp, day: Day) -> Result<(), EngineError> {
    let RollUp { table, rows_of_a_day, binds, .. } = roll_up;
    transaction.connection().execute(&format!("delete from {table} where day = $1"), params![day.0])?;
    let binds = binds.iter().map(|bind| match bind {
        Bind::Integer(number) => number as &dyn ToSql,
        Bind::Text(text) => text as &dyn ToSql,
    });
    let day: &dyn ToSql = &day.0;
    transaction
        .connection()
        .execute(&format!("insert into {table} {rows_of_a_day}"), params_from_iter(binds.chain([day])))?;
    Ok(())
}

/// The tables of roll-ups that were defined otherwise, and those that are to be defined.
fn stale(read: &Transaction<'_>, roll_ups: &[RollUp]) -> Result<BTreeSet<String>, EngineError> {
    let mut statement = read.connection().prepare("select name, definition from roll_up_definition")?;
    let known = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
    let known: BTreeSet<(String, String)> = known.collect::<Result<_, _>>()?;
    let wanted: BTreeSet<(String, String)> =
        roll_ups.iter().map(|roll_up| (roll_up.table.clone(), roll_up.definition())).collect();
    Ok(known.symmetric_difference(&wanted).map(|(table, _)| table.clone()).collect())
}

fn define(transaction: &Transaction<'_>, roll_ups: &[RollUp], stale: &BTreeSet<String>) -> Result<(), EngineError> {
    let connection = transaction.connection();
    // All of them are of the same days.
    connection.execute("delete from rolled_up", [])?;
    for table in stale {
        connection.execute(&format!("drop table if exists {table}"), [])?;
        connection.execute("delete from roll_up_definition where name = $1", params![table])?;
    }
    for roll_up in roll_ups.iter().filter(|roll_up| stale.contains(&roll_up.table)) {
        let binds = roll_up.binds.iter().map(|bind| match bind {
            Bind::Integer(number) => number as &dyn ToSql,
            Bind::Text(text) => text as &dyn ToSql,
        });
        let no_day: &dyn ToSql = &i32::MIN;
        let create = format!("create table {} as {} limit 0", roll_up.table, roll_up.rows_of_a_day);
        connection.execute(&create, params_from_iter(binds.chain([no_day])))?;
        let definition = params![roll_up.table, roll_up.definition()];
        connection.execute("insert into roll_up_definition values ($1, $2)", definition)?;
    }
    Ok(())
}

/// What was added up of days that were dropped since. Those that were touched stand in the way of none.
fn forget_dropped_days(transaction: &Transaction<'_>) -> Result<(), EngineError> {
    let connection = transaction.connection();
    // Of a run that was broken off.
    connection.execute("delete from rolled_up where not whole", [])?;
    let mut statement = connection.prepare("select name from roll_up_definition")?;
    let tables: Vec<String> = statement.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?;
    for table in tables {
        let forget =
            format!("delete from {table} where day < (select coalesce(max(facts_before), -2147483648) from dropped)");
        connection.execute(&forget, [])?;
    }
    Ok(())
}

fn missing(read: &Transaction<'_>, fact: &FactTables, before: Day, fewest: i64) -> Result<Vec<Day>, EngineError> {
    let Some((closed, open)) = fact.tables.split_first() else { return Ok(Vec::new()) };
    let nothing_open: Vec<String> =
        open.iter().map(|open| format!(" and day not in (select day from {open})")).collect();
    let text = format!(
        "select day from {closed}
         where day < $1 and day not in (select day from rolled_up where fact = $2){}
         group by day having count(*) >= $3 order by day",
        nothing_open.concat()
    );
    let mut statement = read.connection().prepare(&text)?;
    let days = statement.query_map(params![before.0, fact.name, fewest], |row| Ok(Day(row.get(0)?)))?;
    Ok(days.collect::<Result<_, _>>()?)
}

fn whole_days(read: &Transaction<'_>) -> Result<BTreeSet<(Fact, Day)>, EngineError> {
    let mut statement = read.connection().prepare("select fact, day from rolled_up where whole")?;
    let mut rows = statement.query([])?;
    let mut days = BTreeSet::new();
    while let Some(row) = rows.next()? {
        let name: String = row.get(0)?;
        let fact = FACTS.iter().find(|fact| fact.name == name).map(|fact| fact.fact);
        days.extend(fact.map(|fact| Ok::<_, EngineError>((fact, Day(row.get(1)?)))).transpose()?);
    }
    Ok(days)
}

fn name_of(fact: Fact) -> Option<&'static str> {
    FACTS.iter().find(|of| of.fact == fact).map(|of| of.name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::events::{EventEngine as _, Value};
    use model::time::Calendar;

    fn orders_by_province(bound: &str) -> RollUp {
        RollUp {
            fact: Fact::OrderEvent,
            table: "roll_up_orders".to_owned(),
            rows_of_a_day: "select f.org, f.day, f.province, count(case when f.order_status = $1 then 1 end) as m0
                from fact_order f where f.day = $2 group by f.org, f.day, f.province"
                .to_owned(),
            binds: vec![Bind::Text(bound.to_owned())],
        }
    }

    struct TestStore {
        store: EventStore,
        _folder: tempfile::TempDir,
    }

    impl TestStore {
        /// Two days, of two orders and one.
        async fn new() -> Self {
            let folder = tempfile::tempdir().unwrap();
            let store = EventStore::open(folder.path(), Calendar::CHINA).await.unwrap();
            let test = Self { store, _folder: folder };
            test.write("insert into fact_order (org, day, province, order_status) values (1, 5, 'ZJ', 'paid'), (1, 5, 'ZJ', 'new'), (1, 6, null, 'paid')").await;
            test
        }

        async fn write(&self, text: &'static str) {
            let write = move |transaction: &Transaction<'_>| Ok(transaction.connection().execute_batch(text)?);
            self.store.write(write).arrives().await.unwrap();
        }

        /// What a batch does that changes orders of a day.
        async fn touch(&self, day: i32) {
            let mut touched = Touched::default();
            touched.add(Fact::OrderEvent, Day(day));
            let of_batch = touched.clone();
            let write = move |transaction: &Transaction<'_>| no_longer_rolled_up(transaction, &of_batch);
            self.store.write(write).arrives().await.unwrap();
            self.store.moved(&touched);
        }

        async fn add_up(&self, before: i32) -> u64 {
            let store = self.store.clone();
            let adding = move || roll_up_days_of(&store, Day(before), 1, || true);
            tokio::task::spawn_blocking(adding).await.unwrap().unwrap()
        }

        fn days(&self) -> RolledUpDays {
            RolledUpDays::clone(&self.store.rolled_up_days())
        }

        async fn rows(&self) -> Vec<Vec<Value>> {
            self.store.ask("select day, m0 from roll_up_orders order by all").await
        }
    }

    fn orders(days: &[i32]) -> RolledUpDays {
        RolledUpDays::of(days.iter().map(|day| (Fact::OrderEvent, Day(*day))))
    }

    fn row(day: i64, count: i64) -> Vec<Value> {
        vec![Value::Integer(day), Value::Integer(count)]
    }

    #[tokio::test]
    async fn days_are_added_up_once_and_once_more_when_they_change() {
        let test = TestStore::new().await;
        assert_eq!(test.add_up(7).await, 0, "nothing is to be added up");
        test.store.roll_up(vec![orders_by_province("paid")]).unwrap();
        assert_eq!((test.add_up(6).await, test.days()), (1, orders(&[5])));
        assert_eq!((test.add_up(7).await, test.days()), (1, orders(&[5, 6])));
        assert_eq!(test.rows().await, [row(5, 1), row(6, 1)]);
        assert_eq!(test.add_up(7).await, 0, "once");

        test.write("insert into fact_order (org, day, province, order_status) values (1, 5, 'ZJ', 'paid')").await;
        test.touch(5).await;
        assert_eq!(test.days(), orders(&[6]));
        assert_eq!(test.rows().await, [row(5, 1), row(6, 1)], "for whoever began before");
        assert_eq!((test.add_up(7).await, test.days()), (1, orders(&[5, 6])));
        assert_eq!(test.rows().await, [row(5, 2), row(6, 1)]);
    }

    #[tokio::test]
    async fn a_day_that_changes_meanwhile_is_not_whole() {
        let test = TestStore::new().await;
        let roll_ups: Arc<[RollUp]> = vec![orders_by_province("paid")].into();
        test.store.roll_up(roll_ups.to_vec()).unwrap();
        assert_eq!(test.add_up(6).await, 1);
        let fact = FACTS.iter().find(|fact| fact.fact == Fact::OrderEvent).unwrap();
        // As between the first transaction of a day and its last one.
        test.write("insert into rolled_up values ('order', 6, false)").await;
        test.touch(6).await;
        test.write("update rolled_up set whole = true where fact = 'order' and day = 6").await;
        test.store.look_up_whole_days().unwrap();
        assert_eq!(test.days(), orders(&[5]));
        let (store, again) = (test.store.clone(), Arc::clone(&roll_ups));
        let adding = move || roll_up_day(&store, &again, fact, Day(6));
        assert!(tokio::task::spawn_blocking(adding).await.unwrap().unwrap());
    }

    #[tokio::test]
    async fn another_definition_begins_anew() {
        let test = TestStore::new().await;
        test.store.roll_up(vec![orders_by_province("paid")]).unwrap();
        assert_eq!(test.add_up(7).await, 2);
        test.store.roll_up(vec![orders_by_province("paid")]).unwrap();
        assert_eq!(test.days(), orders(&[5, 6]), "as after a start");

        test.store.roll_up(vec![orders_by_province("new")]).unwrap();
        assert_eq!(test.days(), RolledUpDays::default(), "they are another definition's");
        assert_eq!((test.add_up(7).await, test.days()), (2, orders(&[5, 6])));
        assert_eq!(test.rows().await, [row(5, 1), row(6, 0)]);
    }

    #[tokio::test]
    async fn days_that_are_dropped_leave_nothing_behind() {
        let test = TestStore::new().await;
        test.store.roll_up(vec![orders_by_province("paid")]).unwrap();
        assert_eq!(test.add_up(7).await, 2);
        let store = test.store.clone();
        let before = crate::events::Dropped { facts_before: Some(Day(6)), ..Default::default() };
        tokio::task::spawn_blocking(move || crate::events::drop_days(&store, before)).await.unwrap().unwrap();
        assert_eq!(test.days(), orders(&[6]));
        assert_eq!(test.add_up(7).await, 0);
        assert_eq!(test.rows().await, [row(6, 1)]);
    }

    #[tokio::test]
    async fn a_day_with_something_open_waits() {
        let test = TestStore::new().await;
        let by_day = "select f.org, f.day, f.province, count(*) as m0 from all_view f where f.day = $1 group by f.org, f.day, f.province";
        let plays = RollUp {
            fact: Fact::View,
            table: "roll_up_plays".to_owned(),
            rows_of_a_day: by_day.to_owned(),
            binds: Vec::new(),
        };
        test.store.roll_up(vec![plays]).unwrap();
        test.write("insert into fact_view (org, sid, day) values (1, 'a', 5); insert into fact_view_open (org, sid, day) values (1, 'b', 5)").await;
        assert_eq!(test.add_up(7).await, 0);
        test.write("delete from fact_view_open").await;
        assert_eq!(test.add_up(7).await, 1);
    }
}
