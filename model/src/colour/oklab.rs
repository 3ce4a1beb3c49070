//! Oklab: Björn Ottosson, “A perceptual color space for image processing” (2020), with the matrices of his article.

use super::Colour;

pub(super) type Matrix = [[f64; 3]; 3];

const TO_CONES: Matrix = [
    [0.412_221_470_8, 0.536_332_536_3, 0.051_445_992_9],
    [0.211_903_498_2, 0.680_699_545_1, 0.107_396_956_6],
    [0.088_302_461_9, 0.281_718_837_6, 0.629_978_700_5],
];
const TO_LAB: Matrix = [
    [0.210_454_255_3, 0.793_617_785_0, -0.004_072_046_8],
    [1.977_998_495_1, -2.428_592_205_0, 0.450_593_709_9],
    [0.025_904_037_1, 0.782_771_766_2, -0.808_675_766_0],
];
const FROM_LAB: Matrix = [
    [1.0, 0.396_337_777_4, 0.215_803_757_3],
    [1.0, -0.105_561_345_8, -0.063_854_172_8],
    [1.0, -0.089_484_177_5, -1.291_485_548_0],
];
const FROM_CONES: Matrix = [
    [4.076_741_662_1, -3.307_711_591_3, 0.230_969_929_2],
    [-1.268_438_004_6, 2.609_757_401_1, -0.341_319_396_5],
    [-0.004_196_086_3, -0.703_418_614_7, 1.707_614_701_0],
];

pub(super) fn times(matrix: &Matrix, vector: [f64; 3]) -> [f64; 3] {
    matrix.map(|row| row.iter().zip(vector).map(|(one, other)| one * other).sum::<f64>())
}

/// A colour by how light it is (0 to 1), and how green or red, blue or yellow.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Oklab {
    pub l: f64,
    pub a: f64,
    pub b: f64,
}

impl Oklab {
    pub(super) fn of_linear(linear: [f64; 3]) -> Self {
        let cones = times(&TO_CONES, linear.map(|channel| channel.clamp(0.0, 1.0)));
        let [l, a, b] = times(&TO_LAB, cones.map(f64::cbrt));
        Self { l, a, b }
    }

    fn linear(self) -> [f64; 3] {
        let cones = times(&FROM_LAB, [self.l, self.a, self.b]).map(|root| root * root * root);
        times(&FROM_CONES, cones)
    }

    /// How far apart two colours look; side by side, 0.02 is just seen.
    pub fn distance(self, other: Self) -> f64 {
        ((self.l - other.l).powi(2) + (self.a - other.a).powi(2) + (self.b - other.b).powi(2)).sqrt()
    }

    /// How colourful.
    pub fn chroma(self) -> f64 {
        self.a.hypot(self.b)
    }

    /// As light, with its colour turned by so many radians and so many times as strong.
    #[must_use]
    pub fn turned(self, by: f64, stronger: f64) -> Self {
        let (sin, cos) = by.sin_cos();
        Self { l: self.l, a: (self.a * cos - self.b * sin) * stronger, b: (self.a * sin + self.b * cos) * stronger }
    }

    /// The way from this one (0) to another (1), and beyond.
    #[must_use]
    pub fn mixed(self, other: Self, share: f64) -> Self {
        let mix = |one: f64, other: f64| one + (other - one) * share;
        Self { l: mix(self.l, other.l), a: mix(self.a, other.a), b: mix(self.b, other.b) }
    }

    /// The colour, or where a screen has none so strong, the strongest as light and of the same hue.
    pub fn colour(self) -> Colour {
        let whole = Self { l: self.l.clamp(0.0, 1.0), ..self };
        let is_shown = |lab: Self| lab.linear().iter().all(|channel| (-1e-4..=1.0 + 1e-4).contains(channel));
        if is_shown(whole) {
            return whole.rounded();
        }
        let weaker = |share: f64| Self { a: whole.a * share, b: whole.b * share, ..whole };
        let (mut shown, mut not_shown) = (0.0, 1.0);
        for _ in 0..24 {
            let middle = f64::midpoint(shown, not_shown);
            if is_shown(weaker(middle)) { shown = middle } else { not_shown = middle }
        }
        weaker(shown).rounded()
    }

    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "kept within 0 and 255 before")]
    fn rounded(self) -> Colour {
        let [red, green, blue] = self.linear().map(|amount| {
            let amount = amount.clamp(0.0, 1.0);
            let share = if amount <= 0.003_130_8 { amount * 12.92 } else { 1.055 * amount.powf(1.0 / 2.4) - 0.055 };
            (share * 255.0).round().clamp(0.0, 255.0) as u8
        });
        Colour::new(red, green, blue)
    }
}

impl From<Colour> for Oklab {
    fn from(colour: Colour) -> Self {
        Self::of_linear(colour.linear())
    }
}

#[cfg(test)]
mod tests {
    use super::{super::tests::any_colour, *};
    use proptest::prelude::*;

    #[test]
    fn the_worked_values_of_the_article() {
        let white = Oklab::from(Colour::WHITE);
        assert!((white.l - 1.0).abs() < 1e-4 && white.chroma() < 1e-4);
        let red = Oklab::from(Colour::new(255, 0, 0));
        assert!((red.l - 0.628).abs() < 1e-3 && (red.a - 0.225).abs() < 1e-3 && (red.b - 0.126).abs() < 1e-3);
    }

    proptest! {
        #[test]
        fn there_and_back_is_the_same_colour(colour in any_colour()) {
            prop_assert_eq!(Oklab::from(colour).colour(), colour);
        }

        /// Near black, the steps between the colours of a screen are too coarse to tell.
        #[test]
        fn what_no_screen_shows_keeps_its_lightness(l in 0.1_f64..1.0, a in -0.6_f64..0.6, b in -0.6_f64..0.6) {
            let shown = Oklab::from(Oklab { l, a, b }.colour());
            prop_assert!((shown.l - l).abs() < 0.02, "{l} became {}", shown.l);
        }
    }
}
