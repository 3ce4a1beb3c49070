//! Colours: how light they are, how far they stand out from one another, and who tells them apart.
//!
//! - [`Colour`]: red, green and blue of sRGB; its contrast with another
//! - [`Oklab`]: the same in a space in which equal distances look alike
//! - [`Vision`]: how those see it who are colour-blind
//! - [`nearest`]: the colour beside a given one that passes

mod nearest;
mod oklab;
mod vision;

pub use nearest::{nearest_apart, nearest_with_contrast};
pub use oklab::Oklab;
pub use vision::{LEAST_APART, Vision, alike};

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use std::{fmt, str::FromStr};

/// A colour of sRGB that lets nothing through.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Colour {
    red: u8,
    green: u8,
    blue: u8,
}

/// A text that is no colour.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("“{0}” is no colour: expected # and six hexadecimal digits, as in #1f5fd6")]
pub struct InvalidColour(String);

impl Colour {
    pub const BLACK: Self = Self::new(0, 0, 0);
    pub const WHITE: Self = Self::new(255, 255, 255);

    pub const fn new(red: u8, green: u8, blue: u8) -> Self {
        Self { red, green, blue }
    }

    /// Red, green and blue as amounts of light, 0 to 1: the transfer function of sRGB (IEC 61966-2-1) undone.
    pub fn linear(self) -> [f64; 3] {
        [self.red, self.green, self.blue].map(|channel| {
            let share = f64::from(channel) / 255.0;
            if share <= 0.040_45 { share / 12.92 } else { ((share + 0.055) / 1.055).powf(2.4) }
        })
    }

    /// Relative luminance, 0 (black) to 1 (white), as WCAG 2.2 defines it.
    pub fn luminance(self) -> f64 {
        let [red, green, blue] = self.linear();
        0.2126 * red + 0.7152 * green + 0.0722 * blue
    }

    /// Contrast ratio, 1 to 21, as WCAG 2.2 defines it: (L1 + 0.05) / (L2 + 0.05), the lighter one above.
    pub fn contrast(self, other: Self) -> f64 {
        let (one, other) = (self.luminance(), other.luminance());
        (one.max(other) + 0.05) / (one.min(other) + 0.05)
    }

    /// Whether light text stands out from it better than dark text.
    pub fn is_dark(self) -> bool {
        self.contrast(Self::WHITE) > self.contrast(Self::BLACK)
    }

    /// The one of `inks` that stands out best from all of `grounds`.
    pub fn most_readable(inks: impl IntoIterator<Item = Self>, grounds: &[Self]) -> Self {
        let worst = |ink: &Self| grounds.iter().map(|ground| ink.contrast(*ground)).fold(f64::INFINITY, f64::min);
        inks.into_iter().max_by(|one, other| worst(one).total_cmp(&worst(other))).unwrap_or(Self::BLACK)
    }
}

impl FromStr for Colour {
    type Err = InvalidColour;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let wrong = || InvalidColour(text.chars().take(32).collect());
        let digits = text.trim().strip_prefix('#').filter(|digits| digits.len() == 6).ok_or_else(wrong)?;
        if !digits.bytes().all(|digit| digit.is_ascii_hexdigit()) {
            return Err(wrong());
        }
        let number = u32::from_str_radix(digits, 16).map_err(|_| wrong())?;
        let [_, red, green, blue] = number.to_be_bytes();
        Ok(Self { red, green, blue })
    }
}

/// `#rrggbb`.
impl fmt::Display for Colour {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "#{:02x}{:02x}{:02x}", self.red, self.green, self.blue)
    }
}

impl Serialize for Colour {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Colour {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(de::Error::custom)
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use proptest::prelude::*;

    pub(crate) fn any_colour() -> impl Strategy<Value = Colour> {
        any::<(u8, u8, u8)>().prop_map(|(red, green, blue)| Colour::new(red, green, blue))
    }

    fn colour(text: &str) -> Colour {
        text.parse().unwrap()
    }

    #[test]
    fn contrasts_are_those_of_the_standard() {
        assert!((Colour::BLACK.contrast(Colour::WHITE) - 21.0).abs() < 1e-9);
        // The greys that are known as the lightest with 4.5 : 1 and 3 : 1 on white.
        assert!(colour("#767676").contrast(Colour::WHITE) >= 4.5 && colour("#777777").contrast(Colour::WHITE) < 4.5);
        assert!(colour("#949494").contrast(Colour::WHITE) >= 3.0 && colour("#959595").contrast(Colour::WHITE) < 3.0);
    }

    #[test]
    fn only_six_digits_are_a_colour() {
        for text in ["", "#", "red", "#12345", "#1234567", "#12345g", "#+12345", "rgb(1,2,3)", "#1f5fd6;}", "＃1f5fd6"]
        {
            assert!(text.parse::<Colour>().is_err(), "{text}");
        }
        assert_eq!(colour("#1F5fd6").to_string(), "#1f5fd6");
    }

    proptest! {
        #[test]
        fn a_colour_is_read_as_it_is_written(colour in any_colour()) {
            prop_assert_eq!(colour.to_string().parse::<Colour>().unwrap(), colour);
        }

        #[test]
        fn contrast_has_no_direction_and_its_bounds(one in any_colour(), other in any_colour()) {
            let contrast = one.contrast(other);
            prop_assert!((contrast - other.contrast(one)).abs() < 1e-12);
            prop_assert!((1.0..=21.0 + 1e-9).contains(&contrast));
            prop_assert!((one.contrast(one) - 1.0).abs() < 1e-12);
        }

        /// Black or white can be read on whatever there is: the one of them that stands out less reaches √21.
        #[test]
        fn something_can_be_read_on_every_colour(ground in any_colour()) {
            let ink = Colour::most_readable([Colour::WHITE, Colour::BLACK], &[ground]);
            prop_assert!(ink.contrast(ground) >= 4.5);
            prop_assert_eq!(ground.is_dark(), ink == Colour::WHITE);
        }
    }
}
