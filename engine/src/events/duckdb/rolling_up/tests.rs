use super::*;
use crate::{
    events::{EventEngine as _, Value},
    metrics::RolledUpDays,
};
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
