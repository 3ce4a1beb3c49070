//! Where a tile stands, as classes.
//!
//! A `style` attribute is forbidden, and a board may be 2,000 rows deep; so a row is written digit by digit, and
//! `style/grid.css` adds the digits up. The classes are the same on server and browser.

use model::layout::GridRect;
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

#[cfg(test)]
mod tests {
    use super::*;
    use model::layout::{COLUMNS, MAX_HEIGHT};

    #[test]
    fn rows_are_written_digit_by_digit() {
        assert_eq!(place_classes(GridRect::clamped(3, 17, 6, 4)), "at-x3 at-w6 at-h4 at-yt1 at-yo7");
        assert_eq!(place_classes(GridRect::clamped(0, 0, 12, 1)), "at-x0 at-w12 at-h1");
        assert_eq!(place_classes(GridRect::clamped(0, 1_204, 1, 1)), "at-x0 at-w1 at-h1 at-yk1 at-yh2 at-yo4");
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
        for class in all.chain(digits) {
            assert!(css.contains(&class), "{class}");
        }
    }
}
