//! What is chosen on a day: hits come and go, and the weekend has favourites of its own.

use super::{
    catalogue::{CHANNELS, CONTENTS, Channel, Content},
    chance::Urn,
};
use model::time::Day;
use std::f64::consts::TAU;

/// Of ten who choose, how the tenth channel or title compares with the first.
const CHANNEL_EXPONENT: f64 = 0.8;
const TITLE_EXPONENT: f64 = 0.85;
/// How far the favour of viewers swings.
const CHANNEL_SWING: f64 = 0.22;
const TITLE_SWING: f64 = 0.55;
/// A new title is so many times as popular as its place says, and half of it is gone after so many days.
const NEW_IS_BETTER: f64 = 4.0;
const NEW_HALVES_DAYS: f64 = 4.0;

/// The channels and titles of a day, by how often they are chosen.
#[derive(Debug)]
pub(super) struct Shelf {
    pub(super) channels: Urn<&'static Channel>,
    pub(super) contents: Urn<&'static Content>,
}

impl Shelf {
    pub(super) fn of(day: Day, founded: Day) -> Self {
        let [first_channel, channels @ ..] = &CHANNELS;
        let [first_content, contents @ ..] = &CONTENTS;
        let channel = |place: usize, channel: &'static Channel| {
            (
                channel,
                popularity(place, CHANNEL_EXPONENT) * swing(day, place, CHANNEL_SWING) * weekend(day, channel.genre),
            )
        };
        let content = |place: usize, content: &'static Content| {
            let days_out = day.0 - (founded.0 - content.days_old);
            let weight = popularity(place, TITLE_EXPONENT) * swing(day, place, TITLE_SWING) * novelty(days_out);
            (content, weight)
        };
        let others = |(index, one)| channel(index + 2, one);
        let other_contents = |(index, one)| content(index + 2, one);
        Self {
            channels: Urn::new(channel(1, first_channel), channels.iter().enumerate().map(others)),
            contents: Urn::new(content(1, first_content), contents.iter().enumerate().map(other_contents)),
        }
    }
}

fn popularity(place: usize, exponent: f64) -> f64 {
    (place as f64).powf(-exponent)
}

/// Each has its own tide.
fn swing(day: Day, place: usize, by: f64) -> f64 {
    let days = 9 + place % 5;
    let at = f64::from(day.0) / days as f64 + place as f64 * 0.37;
    1.0 + by * (TAU * at).sin()
}

fn weekend(day: Day, genre: &str) -> f64 {
    match (day.weekday() >= 5, genre) {
        (true, "综艺") => 1.5,
        (true, "少儿" | "体育") => 1.3,
        (true, "新闻") => 0.85,
        _ => 1.0,
    }
}

/// Nobody plays what is not out yet.
fn novelty(days_out: i32) -> f64 {
    if days_out < 0 {
        return 0.0;
    }
    1.0 + (NEW_IS_BETTER - 1.0) * 0.5_f64.powf(f64::from(days_out) / NEW_HALVES_DAYS)
}

#[cfg(test)]
mod tests {
    use super::super::chance::Chance;
    use super::*;
    use std::collections::BTreeMap;

    /// The most chosen ones of a day, first the first.
    fn leading(day: Day) -> Vec<&'static str> {
        let shelf = Shelf::of(day, Day(20_000));
        let mut chance = Chance::new(1, &[]);
        let mut counts: BTreeMap<&str, i32> = BTreeMap::new();
        for _ in 0..20_000 {
            *counts.entry(chance.choose(&shelf.contents).id).or_default() += 1;
        }
        let mut ranked: Vec<_> = counts.into_iter().collect();
        ranked.sort_by_key(|(_, count)| -count);
        ranked.into_iter().take(5).map(|(id, _)| id).collect()
    }

    #[test]
    fn places_change_within_a_week() {
        assert_ne!(leading(Day(19_980)), leading(Day(19_987)));
        assert_ne!(leading(Day(19_987)), leading(Day(19_994)));
    }

    #[test]
    fn nothing_is_played_before_it_is_out() {
        let new = CONTENTS.iter().find(|content| content.days_old == 8).unwrap();
        let plays = |day: Day| {
            let shelf = Shelf::of(day, Day(20_000));
            let mut chance = Chance::new(1, &[]);
            (0..5_000).filter(|_| chance.choose(&shelf.contents).id == new.id).count()
        };
        assert_eq!(plays(Day(19_991)), 0);
        assert!(plays(Day(19_992)) > plays(Day(20_030)));
    }
}
