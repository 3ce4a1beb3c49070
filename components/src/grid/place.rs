//! Where a tile stands, as classes.
//!
//! A `style` attribute is forbidden, and a board may be 2,000 rows deep; so a row is written digit by digit, and
//! `style/grid.css` adds the digits up. The classes are the same on server and browser.

use model::layout::{CardWidth, GridRect, PhoneCard};
use std::fmt::Write as _;

/// The classes that put a tile in its place: `at-x3 at-w6 at-h4 at-yt1 at-yo7`.
pub fn place_classes(rect: GridRect) -> String {
    let y = rect.y();
    let digits = [('k', y / 1_000), ('h', y / 100 % 10), ('t', y / 10 % 10), ('o', y % 10)];
    let mut classes = format!("at-x{} at-w{} at-h{}", rect.x(), rect.w(), rect.h());
    for (place, digit) in digits.into_iter().filter(|(_, digit)| *digit > 0) {
        // Writing to a string can't fail.
        let _ = write!(classes, " at-y{place}{digit}");
    }
    classes
}

/// The classes that put a tile in its place on a phone: its width, its height in rows, and its position among the cards,
/// both digit by digit. A tile without a card is not shown there.
pub fn phone_classes(card: Option<PhoneCard>, position: Option<usize>) -> String {
    let (Some(card), Some(position)) = (card.filter(|card| !card.hidden), position) else {
        return "not-on-phone".to_owned();
    };
    let mut classes = String::from(match card.width {
        CardWidth::Full => "on-phone",
        CardWidth::Half => "on-phone on-phone--half",
    });
    let digits = [
        ("rt", usize::from(card.rows) / 10 % 10),
        ("ro", usize::from(card.rows) % 10),
        ("ph", position / 100 % 10),
        ("pt", position / 10 % 10),
        ("po", position % 10),
    ];
    for (place, digit) in digits.into_iter().filter(|(_, digit)| *digit > 0) {
        // Writing to a string can't fail.
        let _ = write!(classes, " at-{place}{digit}");
    }
    classes
}

#[cfg(test)]
mod tests {
    use super::*;
    use model::{
        board::{MAX_TILES, TileId},
        layout::{COLUMNS, MAX_HEIGHT},
    };

    #[test]
    fn rows_are_written_digit_by_digit() {
        assert_eq!(place_classes(GridRect::clamped(3, 17, 6, 4)), "at-x3 at-w6 at-h4 at-yt1 at-yo7");
        assert_eq!(place_classes(GridRect::clamped(0, 0, 12, 1)), "at-x0 at-w12 at-h1");
        assert_eq!(place_classes(GridRect::clamped(0, 1_204, 1, 1)), "at-x0 at-w1 at-h1 at-yk1 at-yh2 at-yo4");
    }

    #[test]
    fn a_card_is_written_digit_by_digit() {
        let card = PhoneCard { tile: TileId::from_u128(1), width: CardWidth::Half, rows: 13, hidden: false };
        assert_eq!(phone_classes(Some(card), Some(104)), "on-phone on-phone--half at-rt1 at-ro3 at-ph1 at-po4");
        assert_eq!(phone_classes(Some(PhoneCard { hidden: true, ..card }), Some(0)), "not-on-phone");
        assert_eq!(phone_classes(None, None), "not-on-phone");
    }

    #[test]
    fn every_class_is_in_the_style_sheet() {
        let css = include_str!("../../../style/grid.css");
        let all = (0..COLUMNS).map(|x| format!(".at-x{x} {{"));
        let all = all.chain((1..=COLUMNS).map(|w| format!(".at-w{w} {{")));
        let all = all.chain((1..=MAX_HEIGHT).map(|h| format!(".at-h{h} {{")));
        let all = all.chain(["k1", "k2"].into_iter().map(|digit| format!(".at-y{digit} {{")));
        let digits =
            ["h", "t", "o"].into_iter().flat_map(|place| (1..10).map(move |digit| format!(".at-y{place}{digit} {{")));
        let on_phone = ["rt", "ro", "pt", "po"];
        let on_phone =
            on_phone.into_iter().flat_map(|place| (1..10).map(move |digit| format!(".at-{place}{digit} {{")));
        let hundreds = (1..=MAX_TILES / 100).map(|digit| format!(".at-ph{digit} {{"));
        for class in all.chain(digits).chain(on_phone).chain(hundreds) {
            assert!(css.contains(&class), "{class}");
        }
    }
}
