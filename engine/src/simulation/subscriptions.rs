//! Packages that renew themselves: every thirty days one falls due, and is paid again, given up, or runs out.

use super::{
    account::Account,
    catalogue::{Catalogue, Product},
    chance::Chance,
    occurrence::known,
};
use crate::events::Event;
use model::time::Day;

const MINUTE_MS: i64 = 60_000;
/// Of the accounts, so many hold a package that renews itself.
const SUBSCRIBED: f64 = 0.2;
const PERIOD_DAYS: i32 = 30;
/// Of those that fall due, so many are paid again, and of the others so many are given up.
const RENEWED: f64 = 0.9;
const GIVEN_UP: f64 = 0.6;

/// What becomes of a subscription.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum SubscriptionStatus {
    Due,
    Renewed,
    GivenUp,
    Expired,
}

impl SubscriptionStatus {
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Due => "due",
            Self::Renewed => "renewed",
            Self::GivenUp => "unsubscribed",
            Self::Expired => "expired",
        }
    }
}

/// A step of it, when it was taken.
#[derive(Debug, Clone, Copy)]
pub(super) struct SubscriptionStep {
    pub(super) at_ms: i64,
    pub(super) status: SubscriptionStatus,
    product: &'static Product,
}

impl SubscriptionStep {
    pub(super) fn tell(self, event: Event) -> Event {
        Event {
            product_id: known(self.product.id),
            order_status: known(self.status.name()),
            amount_fen: Some(self.product.price_fen),
            currency: known("CNY"),
            cp_id: self.product.provider.and_then(known),
            ..event
        }
    }
}

/// What falls due for the account on that day; mostly nothing.
pub(super) fn steps(seed: u64, account: &Account, day: Day, midnight_ms: i64) -> Vec<SubscriptionStep> {
    let mut chance = Chance::new(seed, &[u64::from(account.number), 5]);
    let first = account.opened.plus(chance.millis_between(1, 31) as i32);
    let products: Vec<&'static Product> = Catalogue::monthly().collect();
    let preferred = (chance.unit() * chance.unit() * products.len() as f64) as usize;
    let (true, Some(product)) = (chance.happens(SUBSCRIBED), products.get(preferred).copied()) else {
        return Vec::new();
    };
    let days = day.0 - first.0;
    if days < 0 || days % PERIOD_DAYS != 0 {
        return Vec::new();
    }
    // Whoever gives up subscribes again a period later, so that the market stays as large as it is.
    let renews =
        |period: i32| Chance::new(seed, &[u64::from(account.number), 6, period.unsigned_abs().into()]).happens(RENEWED);
    let period = days / PERIOD_DAYS;
    let at_ms = midnight_ms + chance.millis_between(8 * 60, 20 * 60) * MINUTE_MS;
    let step = |after_ms, status| SubscriptionStep { at_ms: at_ms + after_ms, status, product };
    let fate = if renews(period) {
        SubscriptionStatus::Renewed
    } else if chance.happens(GIVEN_UP) {
        SubscriptionStatus::GivenUp
    } else {
        SubscriptionStatus::Expired
    };
    vec![step(0, SubscriptionStatus::Due), step(12 * MINUTE_MS, fate)]
}
