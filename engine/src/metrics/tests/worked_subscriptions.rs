//! Worked examples of subscriptions: rows made by hand, numbers by head.

use super::world::*;
use crate::events::fact_rows::OrderRow;

/// A step of an order for a product, at noon of a day of March.
fn step(household: &str, product: &str, status: &str, day: u32) -> OrderRow {
    OrderRow {
        product_id: Some(product.into()),
        ..order(household, status, 1_990, at(&format!("2026-03-{day:02}T12:00:00+08:00")))
    }
}

async fn asked(orders: Vec<OrderRow>, metrics: &str, by: &str, from: u32, to: u32) -> Vec<String> {
    let store = TestStore::new().await;
    store.fill(&World { orders, ..World::default() }).await;
    let query = format!(
        r#"{{"metrics":[{metrics}],"by":[{by}],"time":{{"from":"2026-03-{from:02}T00:00:00+08:00","to":"2026-03-{to:02}T00:00:00+08:00"}}}}"#
    );
    let frame = store.ask(at("2026-03-20T12:00:00+08:00"), &everything(&[HOME]), &query).await.unwrap();
    written(&frame).lines().map(str::to_owned).collect()
}

/// h1 subscribes to two products and gives one up, h2 goes on by renewing, h3 never pays.
fn orders() -> Vec<OrderRow> {
    vec![
        step("h1", "film", "paid", 1),
        step("h1", "sport", "paid", 2),
        step("h1", "film", "unsubscribed", 4),
        step("h2", "film", "paid", 1),
        step("h2", "film", "due", 3),
        step("h2", "film", "renewed", 3),
        step("h2", "film", "expired", 5),
        step("h3", "film", "created", 1),
        step("h3", "film", "cancelled", 1),
    ]
}

#[tokio::test]
async fn a_subscription_lives_until_it_is_ended() {
    let by_day = asked(orders(), r#""order.subscriptions""#, r#"{"time":"day"}"#, 1, 7).await;
    let counts: Vec<&str> = by_day.iter().map(|line| &line[26..]).collect();
    assert_eq!(counts, ["2", "3", "3", "2", "1", "1"]);
    let by_product = asked(orders(), r#""order.subscriptions""#, r#""product""#, 4, 5).await;
    assert_eq!(by_product, ["film 1", "sport 1"]);
}

/// On the fourth and fifth one of three is given up; that the other one expired is no decision of the household.
#[tokio::test]
async fn who_gives_up_is_a_share_of_those_who_had_one() {
    assert_eq!(asked(orders(), r#""order.unsub_rate""#, "", 4, 6).await, ["33.333"]);
    assert_eq!(asked(orders(), r#""order.unsub_rate""#, "", 1, 3).await, ["–"], "there were none before");
}

#[tokio::test]
async fn one_that_begins_again_lives_again() {
    let again = vec![step("h1", "film", "paid", 1), step("h1", "film", "refunded", 1), step("h1", "film", "paid", 3)];
    let by_day = asked(again, r#""order.subscriptions""#, r#"{"time":"day"}"#, 1, 4).await;
    let counts: Vec<&str> = by_day.iter().map(|line| &line[26..]).collect();
    assert_eq!(counts, ["0", "0", "1"], "on its first day it was given back at once");
}
