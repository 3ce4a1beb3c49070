//! The nearest colour that passes.

use super::{Colour, Oklab, alike};

/// Of the way from black to white.
const STEP: f64 = 0.002;

/// The colour nearest to `colour`, lighter or darker, that has at least that contrast with each of `grounds`; itself where
/// it has. `None` where no colour of its hue has.
pub fn nearest_with_contrast(colour: Colour, grounds: &[Colour], least: f64) -> Option<Colour> {
    let passes = |colour: &Colour| grounds.iter().all(|ground| colour.contrast(*ground) >= least);
    if passes(&colour) {
        return Some(colour);
    }
    let lab = Oklab::from(colour);
    let lighter = |up: f64| Oklab { l: (lab.l + up).clamp(0.0, 1.0), ..lab }.colour();
    let steps = (1..=500_i32).map(|step| f64::from(step) * STEP);
    let beside = steps.flat_map(|step| [lighter(step), lighter(-step)]);
    beside.chain([Colour::BLACK, Colour::WHITE]).find(passes)
}

/// Tints tried for a colour that is told apart: steps of lightness, of hue, and how strong.
const LIGHTNESSES: u32 = 32;
const HUES: u32 = 24;
const STRENGTHS: [f64; 3] = [1.0, 0.6, 1.4];

/// The colour nearest to `colour` that everybody tells from all of `others`, and that has at least that contrast with
/// `ground`. `None` where there is none.
pub fn nearest_apart(colour: Colour, others: &[Colour], ground: Colour, least: f64) -> Option<Colour> {
    let lab = Oklab::from(colour);
    // A grey has no hue to turn: it may become a little blue or yellow.
    let tinted = if lab.chroma() < 0.02 { Oklab { a: 0.0, b: 0.06, ..lab } } else { lab };
    let mut tints: Vec<(f64, Colour)> = Vec::new();
    for lightness in 0..LIGHTNESSES {
        let l = 0.2 + 0.75 * f64::from(lightness) / f64::from(LIGHTNESSES - 1);
        for hue in 0..HUES {
            for strength in STRENGTHS {
                let by = std::f64::consts::TAU * f64::from(hue) / f64::from(HUES);
                let tint = Oklab { l, ..tinted }.turned(by, strength).colour();
                tints.push((Oklab::from(tint).distance(lab), tint));
            }
        }
    }
    tints.sort_by(|one, other| one.0.total_cmp(&other.0));
    let passes =
        |tint: &Colour| tint.contrast(ground) >= least && others.iter().all(|other| alike(*tint, *other).is_none());
    tints.into_iter().map(|(_, tint)| tint).find(passes)
}

#[cfg(test)]
mod tests {
    use super::{super::tests::any_colour, *};
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn what_is_offered_passes(colour in any_colour(), ground in any_colour()) {
            // On every ground, black or white has 4.5 : 1.
            let offered = nearest_with_contrast(colour, &[ground], 4.5).unwrap();
            prop_assert!(offered.contrast(ground) >= 4.5);
            if colour.contrast(ground) >= 4.5 {
                prop_assert_eq!(offered, colour);
            }
        }

        #[test]
        fn nothing_of_the_same_hue_that_is_nearer_passes(colour in any_colour(), ground in any_colour()) {
            let offered = Oklab::from(nearest_with_contrast(colour, &[ground], 4.5).unwrap());
            let lab = Oklab::from(colour);
            let moved = (offered.l - lab.l).abs();
            for step in 0..100 {
                let by = moved * f64::from(step) / 100.0 - 0.02;
                if by > 0.0 {
                    for l in [lab.l + by, lab.l - by] {
                        let nearer = Oklab { l, ..lab }.colour();
                        prop_assert!(nearer.contrast(ground) < 4.6, "{nearer} is nearer to {colour}");
                    }
                }
            }
        }
    }

    #[test]
    fn a_colour_that_is_taken_for_another_is_moved_away_from_it() {
        let colour = |text: &str| text.parse::<Colour>().unwrap();
        let others = [colour("#6e7a30"), colour("#0072b2")];
        let offered = nearest_apart(colour("#a5593e"), &others, Colour::WHITE, 3.0).unwrap();
        assert!(others.iter().all(|other| alike(offered, *other).is_none()) && offered.contrast(Colour::WHITE) >= 3.0);
    }
}
