//! An account's events become its state, in any order of arrival.

use crate::events::{AccountEvent, Event, Text, fact_rows::AccountRow};
use model::{
    access::OrganisationId,
    time::{Calendar, Timestamp},
};

/// An account of which nothing is known yet.
pub(crate) fn unknown(organisation: OrganisationId, household: Text) -> AccountRow {
    AccountRow {
        org: organisation,
        household,
        province: None,
        isp: None,
        tier: None,
        opened_day: None,
        closed_day: None,
        received_ms: Timestamp::from_millis(0),
        simulated: false,
        first_opened_ms: None,
        last_opened_ms: None,
        last_closed_ms: None,
        described_ms: None,
    }
}

/// Takes an event of the contract in; what shows a box in use changes no account.
pub(crate) fn absorb(account: &mut AccountRow, event: &Event, kind: AccountEvent, calendar: Calendar) {
    let at = event.ts_event;
    match kind {
        AccountEvent::Open | AccountEvent::Activate => {
            account.first_opened_ms = Some(account.first_opened_ms.map_or(at, |first| first.min(at)));
            account.last_opened_ms = account.last_opened_ms.max(Some(at));
        }
        AccountEvent::Close => account.last_closed_ms = account.last_closed_ms.max(Some(at)),
        AccountEvent::Suspend | AccountEvent::Resume => {}
        AccountEvent::PowerOn | AccountEvent::PowerOff | AccountEvent::Heartbeat => return,
    }
    // The newest event describes the account; what it leaves out stays as it was.
    let newer = account.described_ms.is_none_or(|described| described <= at);
    describe(&mut account.province, event.province, newer);
    describe(&mut account.isp, event.isp.clone(), newer);
    describe(&mut account.tier, event.tier.clone(), newer);
    account.described_ms = account.described_ms.max(Some(at));
    account.received_ms = account.received_ms.max(event.ts_received);
    account.simulated |= event.simulated;
    account.opened_day = account.first_opened_ms.map(|at| calendar.day_of(at));
    // Closed for good only where it was not opened again.
    account.closed_day = account
        .last_closed_ms
        .filter(|closed| account.last_opened_ms.is_none_or(|opened| opened <= *closed))
        .map(|at| calendar.day_of(at));
}

fn describe<T>(known: &mut Option<T>, told: Option<T>, newer: bool) {
    if told.is_some() && (newer || known.is_none()) {
        *known = told;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn event(id: &str, at_ms: i64) -> Event {
        Event::new(id, Timestamp::from_millis(at_ms))
    }

    #[test]
    fn opening_and_closing_come_in_any_order() {
        let day_ms = 86_400_000;
        let steps = [
            (AccountEvent::Open, event("a", day_ms)),
            (AccountEvent::Close, event("b", 3 * day_ms)),
            (AccountEvent::Suspend, event("c", 2 * day_ms)),
        ];
        for order in [[0, 1, 2], [2, 1, 0], [1, 2, 0]] {
            let mut account = unknown(OrganisationId(1), "h".into());
            for index in order {
                let (kind, event) = &steps[index];
                absorb(&mut account, event, *kind, Calendar::CHINA);
            }
            assert_eq!(account.opened_day.unwrap().0, 1, "{order:?}");
            assert_eq!(account.closed_day.unwrap().0, 3, "{order:?}");
        }
    }

    #[test]
    fn an_account_opened_again_is_not_closed() {
        let mut account = unknown(OrganisationId(1), "h".into());
        for (kind, at_ms) in [(AccountEvent::Open, 10), (AccountEvent::Close, 20), (AccountEvent::Activate, 30)] {
            absorb(&mut account, &event("x", at_ms), kind, Calendar::CHINA);
        }
        assert_eq!(account.closed_day, None);
    }
}
