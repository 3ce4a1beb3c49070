//! How colours look to those who are colour-blind.

use super::{
    Colour, Oklab,
    oklab::{Matrix, times},
};
use serde::{Deserialize, Serialize};

/// Nearer than this in [`Oklab`], two colours in different places of a chart are taken for one another.
pub const LEAST_APART: f64 = 0.06;

/// How somebody sees colours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Vision {
    Full,
    /// Without the cones for long waves: red.
    Protanopia,
    /// Without those for middle waves: green.
    Deuteranopia,
    /// Without those for short waves: blue.
    Tritanopia,
}

impl Vision {
    pub const ALL: [Self; 4] = [Self::Full, Self::Protanopia, Self::Deuteranopia, Self::Tritanopia];

    /// Full severity, after Machado, Oliveira and Fernandes, “A physiologically-based model for simulation of color
    /// vision deficiency”, IEEE TVCG 15 (2009), table 1; for amounts of light.
    const fn matrix(self) -> Matrix {
        match self {
            Self::Full => [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]],
            Self::Protanopia => [
                [0.152_286, 1.052_583, -0.204_868],
                [0.114_503, 0.786_281, 0.099_216],
                [-0.003_882, -0.048_116, 1.051_998],
            ],
            Self::Deuteranopia => [
                [0.367_322, 0.860_646, -0.227_968],
                [0.280_085, 0.672_501, 0.047_413],
                [-0.011_820, 0.042_940, 0.968_881],
            ],
            Self::Tritanopia => [
                [1.255_528, -0.076_749, -0.178_779],
                [-0.078_411, 0.930_809, 0.147_602],
                [0.004_733, 0.691_367, 0.303_900],
            ],
        }
    }

    /// A colour as they see it.
    pub fn sees(self, colour: Colour) -> Oklab {
        Oklab::of_linear(times(&self.matrix(), colour.linear()))
    }
}

/// To whom two colours look alike; to the first of them where it is several.
pub fn alike(one: Colour, other: Colour) -> Option<Vision> {
    Vision::ALL.into_iter().find(|vision| vision.sees(one).distance(vision.sees(other)) < LEAST_APART)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn red_and_green_of_one_lightness_are_one_colour_to_some() {
        let colour = |text: &str| text.parse::<Colour>().unwrap();
        // Okabe and Ito's blue and vermilion are told apart by everybody.
        assert_eq!(alike(colour("#0072b2"), colour("#d55e00")), None);
        assert_eq!(alike(colour("#a5593e"), colour("#6e7a30")), Some(Vision::Deuteranopia));
        assert_eq!(alike(colour("#0072b2"), colour("#0072b2")), Some(Vision::Full));
    }
}
