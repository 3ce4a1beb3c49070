//! Where a tile stands on the wall, as classes: pixels written digit by digit, as `grid::place` does with rows.

use model::layout::{WallRect, WallSize};
use std::fmt::Write as _;

/// A number after its letter: `at-lk1 at-lh2` for 1,200.
fn write_digits(classes: &mut String, letter: char, number: u16) {
    let digits = [
        ('m', number / 10_000),
        ('k', number / 1_000 % 10),
        ('h', number / 100 % 10),
        ('t', number / 10 % 10),
        ('o', number % 10),
    ];
    for (place, digit) in digits.into_iter().filter(|(_, digit)| *digit > 0) {
        // Writing to a string can't fail.
        let _ = write!(classes, " at-{letter}{place}{digit}");
    }
}

/// The classes of a place: left, upper edge, breadth and height.
pub(super) fn frame_classes(rect: WallRect) -> String {
    let mut classes = String::from("on-wall");
    for (letter, number) in [('l', rect.x), ('u', rect.y), ('b', rect.w), ('v', rect.h)] {
        write_digits(&mut classes, letter, number);
    }
    classes
}

/// The classes of the canvas itself.
pub(super) fn canvas_classes(size: WallSize) -> String {
    frame_classes(WallRect { x: 0, y: 0, w: size.w(), h: size.h() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pixels_are_written_digit_by_digit() {
        let classes = frame_classes(WallRect { x: 1_204, y: 0, w: 300, h: 16_384 });
        assert_eq!(classes, "on-wall at-lk1 at-lh2 at-lo4 at-bh3 at-vm1 at-vk6 at-vh3 at-vt8 at-vo4");
    }

    #[test]
    fn every_class_is_in_the_style_sheet() {
        let css = include_str!("../../../style/wall.css");
        for letter in ['l', 'u', 'b', 'v'] {
            for place in ['m', 'k', 'h', 't', 'o'] {
                let most = if place == 'm' { 1 } else { 9 };
                for digit in 1..=most {
                    assert!(css.contains(&format!(".at-{letter}{place}{digit} {{")), "{letter}{place}{digit}");
                }
            }
        }
    }
}
