//! What accounts buy: created, then paid or cancelled, and now and then refunded.

use super::{
    catalogue::{Catalogue, Content, Product},
    chance::Chance,
    occurrence::known,
    shelf::Shelf,
};
use crate::events::Event;
use model::time::Day;

const MINUTE_MS: i64 = 60_000;
/// Orders of an active account on a day, on the day the world was founded.
const PER_ACTIVE_DAY: f64 = 0.042;
/// Growth from one year to the next; with the few new accounts it makes a tenth more orders.
const YEARLY_GROWTH: f64 = 1.09;
const PAID: f64 = 0.88;
const REFUNDED: f64 = 0.015;
/// Of the packages, so many are bought out of a title that needs one; a single title always is.
const LED_BY_TITLE: f64 = 0.55;

/// A step in the life of an order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum OrderStatus {
    Created,
    Paid,
    Cancelled,
    Refunded,
}

impl OrderStatus {
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Created => "created",
            Self::Paid => "paid",
            Self::Cancelled => "cancelled",
            Self::Refunded => "refunded",
        }
    }
}

/// A step, when it was taken.
#[derive(Debug, Clone, Copy)]
pub(super) struct OrderStep {
    pub(super) at_ms: i64,
    pub(super) status: OrderStatus,
    pub(super) product: &'static Product,
    /// The title that led to it.
    pub(super) content: Option<&'static Content>,
}

impl OrderStep {
    pub(super) fn tell(self, event: Event) -> Event {
        let provider = self.product.provider.or_else(|| self.content.map(|content| content.provider));
        Event {
            product_id: known(self.product.id),
            order_status: known(self.status.name()),
            amount_fen: Some(self.product.price_fen),
            currency: known("CNY"),
            content_id: self.content.and_then(|content| known(content.id)),
            cp_id: provider.and_then(known),
            ..event
        }
    }
}

/// How likely an active account orders something on that day.
pub(super) fn probability(founded: Day, day: Day) -> f64 {
    PER_ACTIVE_DAY * YEARLY_GROWTH.powf(f64::from(day.0 - founded.0) / 365.0)
}

/// The steps of an order that is made at that moment.
pub(super) fn steps(at_ms: i64, catalogue: &Catalogue, shelf: &Shelf, chance: &mut Chance) -> Vec<OrderStep> {
    let product = chance.choose(&catalogue.products);
    let mut aside = Chance::new(at_ms.unsigned_abs(), &[4]);
    let is_led = product.is_single_title() || aside.happens(LED_BY_TITLE);
    let content = is_led.then(|| aside.choose(&shelf.contents));
    let step = |at_ms, status| OrderStep { at_ms, status, product, content };
    let mut steps = vec![step(at_ms, OrderStatus::Created)];
    if chance.happens(PAID) {
        let paid_ms = at_ms + chance.millis_between(15_000, 4 * MINUTE_MS);
        steps.push(step(paid_ms, OrderStatus::Paid));
        if chance.happens(REFUNDED) {
            steps.push(step(paid_ms + chance.millis_between(120, 1_000) * MINUTE_MS, OrderStatus::Refunded));
        }
    } else {
        steps.push(step(at_ms + 15 * MINUTE_MS, OrderStatus::Cancelled));
    }
    steps
}
