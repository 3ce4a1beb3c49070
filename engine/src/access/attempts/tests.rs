//! How long guessing takes, and that nobody else waits for it.

use super::*;

const START: Timestamp = Timestamp::from_millis(1_700_000_000_000);

fn network(third: u8) -> Network {
    Network::of([203, 0, third, 7].into())
}

fn fail(attempts: &Attempts, email: &str, from: From, network: Network, now: Timestamp) -> Result<(), u64> {
    attempts.admit(email, from, network, now).map(drop)
}

#[test]
fn the_wait_grows_and_ends() {
    let attempts = Attempts::default();
    let mut now = START;
    let mut waits = Vec::new();
    for _ in 0..20 {
        while let Err(seconds) = fail(&attempts, "a@b", From::Stranger, network(1), now) {
            waits.push(seconds);
            now = now.plus_millis(i64::try_from(seconds).unwrap() * 1_000);
        }
    }
    assert_eq!(waits, [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900, 900, 900, 900]);
    assert_eq!(fail(&attempts, "a@b", From::Stranger, network(1), now.plus_millis(FORGOTTEN_AFTER_MS)), Ok(()));
}

#[test]
fn ten_thousand_guesses_a_day_are_not_to_be_had() {
    let attempts = Attempts::default();
    let guesses = (0..86_400).filter(|second| {
        fail(&attempts, "a@b", From::Stranger, network((second % 250) as u8), START.plus_millis(second * 1_000)).is_ok()
    });
    assert!(guesses.count() < 120);
}

#[test]
fn strangers_do_not_keep_the_owner_out() {
    let attempts = Attempts::default();
    for _ in 0..FREE_FAILURES {
        fail(&attempts, "a@b", From::Stranger, network(1), START).unwrap();
    }
    assert_eq!(fail(&attempts, "a@b", From::Stranger, network(1), START), Err(1));
    assert_eq!(fail(&attempts, "a@b", From::Known, network(2), START), Ok(()));
}

#[test]
fn a_guesser_in_one_network_keeps_nobody_out_in_another() {
    let attempts = Attempts::default();
    for second in 0..3_600 {
        let _ = fail(&attempts, "a@b", From::Stranger, network(1), START.plus_millis(second * 1_000));
    }
    let now = START.plus_millis(3_600_000);
    assert!(fail(&attempts, "a@b", From::Stranger, network(1), now).is_err());
    attempts.admit("a@b", From::Stranger, network(2), now).unwrap().succeeded();
    assert_eq!(fail(&attempts, "a@b", From::Known, network(2), now), Ok(()));
}

#[test]
fn a_success_forgives_no_other_network() {
    let attempts = Attempts::default();
    for third in 1..=4 {
        fail(&attempts, "a@b", From::Stranger, network(third), START).unwrap();
    }
    let now = START.plus_millis(1_000);
    attempts.admit("a@b", From::Stranger, network(5), now).unwrap().succeeded();
    fail(&attempts, "a@b", From::Stranger, network(6), now).unwrap();
    assert_eq!(fail(&attempts, "a@b", From::Stranger, network(7), now), Err(2));
}

#[test]
fn a_network_has_a_budget_over_all_accounts() {
    let attempts = Attempts::default();
    let tries = |from: u32, to: u32| {
        (from..to).filter(|n| fail(&attempts, &format!("{n}@b"), From::Stranger, network(1), START).is_ok()).count()
    };
    assert_eq!(tries(0, 1_000), 100);
    assert!(fail(&attempts, "x@b", From::Stranger, network(2), START).is_ok());
    assert!(fail(&attempts, "y@b", From::Stranger, network(1), START.plus_millis(NETWORK_INTERVAL_MS)).is_ok());
}

#[test]
fn a_right_password_costs_nothing() {
    let attempts = Attempts::default();
    for _ in 0..1_000 {
        attempts.admit("a@b", From::Stranger, network(1), START).unwrap().succeeded();
    }
    assert!(attempts.books.lock().accounts.is_empty());
}

#[test]
fn what_was_not_looked_at_is_not_charged() {
    let attempts = Attempts::default();
    let at = From::Known;
    for _ in 0..FREE_FAILURES - 1 {
        fail(&attempts, "a@b", at, network(1), START).unwrap();
    }
    attempts.admit("a@b", at, network(1), START).unwrap().withdraw();
    assert_eq!(fail(&attempts, "a@b", at, network(1), START), Ok(()));
    assert_eq!(fail(&attempts, "a@b", at, network(1), START), Err(1));
}

#[test]
fn guesses_at_once_are_charged_at_once() {
    let attempts = Attempts::default();
    let running: Vec<_> = (0..100).map(|_| attempts.admit("a@b", From::Stranger, network(1), START)).collect();
    assert_eq!(running.iter().filter(|attempt| attempt.is_ok()).count(), FREE_FAILURES as usize);
}

#[test]
fn memory_is_bounded() {
    let attempts = Attempts::default();
    for n in 0..(MOST_ENTRIES as u32 + 1_000) {
        let network = Network::of(std::net::Ipv4Addr::from(n << 8).into());
        let _ = fail(&attempts, &format!("{n}@b"), From::Stranger, network, START.plus_millis(n.into()));
    }
    let books = attempts.books.lock();
    assert!(books.accounts.len() <= MOST_ENTRIES && books.networks.len() <= MOST_ENTRIES);
    assert!(books.strangers.len() <= MOST_ENTRIES);
}

#[test]
fn what_is_given_back_forgives_nothing_that_was_charged_meanwhile() {
    let attempts = Attempts::default();
    let unread = attempts.admit("a@b", From::Stranger, network(1), START).unwrap();
    for _ in 1..FREE_FAILURES {
        fail(&attempts, "a@b", From::Stranger, network(1), START).unwrap();
    }
    for third in 2..=4 {
        fail(&attempts, "a@b", From::Stranger, network(third), START).unwrap();
    }
    unread.withdraw();
    let later = START.plus_millis(1_000);
    fail(&attempts, "a@b", From::Stranger, network(1), later).unwrap();
    assert_eq!(fail(&attempts, "a@b", From::Known, network(1), later), Err(1), "five failures from here");
    assert_eq!(fail(&attempts, "a@b", From::Stranger, network(5), later), Err(1), "four networks");
}
