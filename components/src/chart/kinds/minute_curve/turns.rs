//! The minutes in which most came and most left, where they stand out from the usual coming and going.

use super::Minute;

/// A change from one minute to the next.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Turn {
    /// The minute after it.
    pub(super) at: usize,
    pub(super) change: f64,
}

/// The most that are marked of each direction.
const MOST: usize = 3;
/// How many times larger than the median of all changes one is that stands out.
const STANDS_OUT: f64 = 3.0;
/// A change of less than this share of the whole range can't be seen.
const LEAST_SHARE: f64 = 0.04;
/// Two of one direction lie apart by at least this share of all minutes.
const APART_SHARE: f64 = 0.04;

/// The turns of a course, the largest first.
pub(super) fn of(minutes: &[Minute]) -> Vec<Turn> {
    let mut all: Vec<Turn> = minutes
        .windows(2)
        .enumerate()
        .filter_map(|(index, pair)| match pair {
            [before, after] if after.is_next => Some(Turn { at: index + 1, change: after.value? - before.value? }),
            _ => None,
        })
        .collect();
    // Of equals the first.
    all.sort_by(|one, other| other.change.abs().total_cmp(&one.change.abs()).then(one.at.cmp(&other.at)));
    let median = all.get(all.len() / 2).map_or(0.0, |turn| turn.change.abs());
    let values = || minutes.iter().filter_map(|minute| minute.value);
    let range = values().fold(f64::NEG_INFINITY, f64::max) - values().fold(f64::INFINITY, f64::min);
    let apart = (minutes.len() as f64 * APART_SHARE).ceil() as usize;
    let mut kept: Vec<Turn> = Vec::new();
    for turn in all {
        if turn.change.abs() <= STANDS_OUT * median || turn.change.abs() < LEAST_SHARE * range || turn.change == 0.0 {
            break;
        }
        let mut alike = kept.iter().filter(|one| (one.change > 0.0) == (turn.change > 0.0));
        if alike.clone().count() < MOST && alike.all(|one| one.at.abs_diff(turn.at) > apart) {
            kept.push(turn);
        }
    }
    kept
}
