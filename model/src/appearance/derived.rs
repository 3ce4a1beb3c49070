//! The colours of an own theme that nobody chooses: each follows from those that were chosen as it does in the theme that
//! it was made of.
//!
//! All of it is worked out in Oklab. A line, for example, lies in the shipped theme at some point of the way from surface to
//! text, and a little beside it; it lies at the same point of the new way, and as far beside it. Where nothing was changed,
//! everything is as it was.

use super::{OwnTheme, Palette, TEXT_CONTRAST, Token};
use crate::colour::{Colour, Oklab, nearest_with_contrast};

/// What lies between surface and text.
const BETWEEN_SURFACE_AND_TEXT: [&str; 24] = [
    "line",
    "line-strong",
    "text-faint",
    "danger",
    "danger-strong",
    "danger-soft",
    "warning",
    "warning-soft",
    "good",
    "good-soft",
    "rise-red",
    "fall-green",
    "chart-track",
    "chart-grid",
    "chart-axis",
    "hatch",
    "colleague",
    "diverging-1",
    "diverging-2",
    "diverging-3",
    "diverging-4",
    "diverging-5",
    "diverging-6",
    "diverging-7",
];

const STEPS: [&str; 7] = ["step-1", "step-2", "step-3", "step-4", "step-5", "step-6", "step-7"];

/// What is read, and on what beside page and surface.
const READ: [(&str, &[&str]); 7] = [
    ("text-faint", &["sunken"]),
    ("danger", &["danger-soft"]),
    ("danger-strong", &[]),
    ("warning", &["warning-soft"]),
    ("good", &["good-soft"]),
    ("rise-red", &[]),
    ("fall-green", &[]),
];

/// The lightest and the darkest of the inks that stand on colours.
const INKS: [Colour; 3] = [Colour::WHITE, Colour::new(4, 8, 14), Colour::BLACK];

/// Two colours that others lie between.
#[derive(Clone, Copy)]
struct Way {
    from: Oklab,
    to: Oklab,
}

impl Way {
    fn of(palette: &Palette, from: Token, to: Token) -> Self {
        Self { from: palette.chosen(from).into(), to: palette.chosen(to).into() }
    }

    /// A colour at the same point of another way, and as far beside it.
    fn carried(self, colour: Colour, other: Self) -> Colour {
        let lab = Oklab::from(colour);
        let length = self.to.l - self.from.l;
        // A way that is as light at both ends has no points.
        let share = if length.abs() < 0.02 { 0.5 } else { (lab.l - self.from.l) / length };
        let (before, after) = (self.from.mixed(self.to, share), other.from.mixed(other.to, share));
        let beside = |lab: f64, before: f64, after: f64| after + lab - before;
        let lab = Oklab {
            l: beside(lab.l, before.l, after.l),
            a: beside(lab.a, before.a, after.a),
            b: beside(lab.b, before.b, after.b),
        };
        lab.colour()
    }
}

impl OwnTheme {
    /// All colours of the theme; `shipped` is the one that it was made of.
    pub fn palette(&self, shipped: &Palette) -> Palette {
        let mut palette = shipped.clone();
        for (token, colour) in &self.colours {
            palette.set(token.name(), *colour);
        }
        let has_changed =
            |tokens: &[Token]| tokens.iter().any(|token| palette.chosen(*token) != shipped.chosen(*token));
        let ground_changed = has_changed(&[Token::Page, Token::Surface, Token::Text]);
        let accent_changed = ground_changed || has_changed(&[Token::Accent]);
        let changed_series: Vec<Token> = Token::series().filter(|series| has_changed(&[*series])).collect();
        let mut carry = |names: &[&str], from: Token, to: Token| {
            let (before, after) = (Way::of(shipped, from, to), Way::of(&palette, from, to));
            for name in names {
                let colour = before.carried(shipped.colour(name), after);
                palette.set(name, colour);
            }
        };
        if ground_changed {
            carry(&["sunken"], Token::Page, Token::Text);
            carry(&BETWEEN_SURFACE_AND_TEXT, Token::Surface, Token::Text);
        }
        if accent_changed {
            carry(&["accent-strong", "accent-soft"], Token::Surface, Token::Accent);
        }
        let first_changed = changed_series.first().is_some_and(|token| Token::series().next() == Some(*token));
        if ground_changed || first_changed {
            carry(&STEPS, Token::Surface, Token::Text);
            colour_steps(&mut palette, shipped);
        }
        if ground_changed {
            keep_readable(&mut palette);
        }
        let mut inks = Vec::new();
        if accent_changed {
            inks.push(("on-accent".to_owned(), vec!["accent".to_owned(), "accent-strong".to_owned()]));
        }
        if ground_changed {
            inks.push(("on-danger".to_owned(), vec!["danger".to_owned(), "danger-strong".to_owned()]));
            inks.push(("on-colleague".to_owned(), vec!["colleague".to_owned()]));
        }
        let series = changed_series.iter().map(|token| token.name().to_owned());
        let scales = STEPS.into_iter().chain(BETWEEN_SURFACE_AND_TEXT).filter(|name| is_scale(name)).map(str::to_owned);
        let scales = scales.filter(|name| palette.get(name) != shipped.get(name));
        inks.extend(series.chain(scales).map(|ground| (format!("on-{ground}"), vec![ground])));
        for (name, grounds) in inks {
            let grounds: Vec<Colour> = grounds.iter().map(|ground| palette.colour(ground)).collect();
            palette.set(&name, Colour::most_readable(INKS, &grounds));
        }
        palette
    }
}

fn is_scale(name: &str) -> bool {
    name.starts_with("step-") || name.starts_with("diverging-")
}

/// The steps of a scale are of the hue of the first series, as in the shipped themes.
fn colour_steps(palette: &mut Palette, shipped: &Palette) {
    let Some(first) = Token::series().next() else { return };
    let (before, after) = (Oklab::from(shipped.chosen(first)), Oklab::from(palette.chosen(first)));
    if before == after || before.chroma() < 0.01 {
        return;
    }
    let by = if after.chroma() < 0.01 { 0.0 } else { after.b.atan2(after.a) - before.b.atan2(before.a) };
    let stronger = after.chroma() / before.chroma();
    for name in STEPS {
        let turned = Oklab::from(palette.colour(name)).turned(by, stronger.min(1.5)).colour();
        palette.set(name, turned);
    }
}

/// Moves what is read and nobody chose until it can be read wherever it stands.
fn keep_readable(palette: &mut Palette) {
    for (name, on) in READ {
        let mut grounds = vec![palette.chosen(Token::Page), palette.chosen(Token::Surface)];
        grounds.extend(on.iter().map(|ground| palette.colour(ground)));
        // Where nothing can be read on all of them, the colour that was chosen for text says so.
        if let Some(readable) = nearest_with_contrast(palette.colour(name), &grounds, TEXT_CONTRAST) {
            palette.set(name, readable);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{super::BaseTheme, *};
    use crate::{board::Title, colour::tests::any_colour};
    use proptest::prelude::*;
    use std::collections::BTreeMap;

    fn theme(base: BaseTheme, colours: BTreeMap<Token, Colour>) -> Palette {
        OwnTheme { name: Title::default(), base, colours }.palette(Palette::of(base))
    }

    #[test]
    fn a_theme_without_other_colours_is_the_shipped_one() {
        for base in BaseTheme::ALL {
            let shipped = Palette::of(base);
            assert_eq!(theme(base, BTreeMap::new()), *shipped);
            let same = Token::all().map(|token| (token, shipped.chosen(token))).collect();
            assert_eq!(theme(base, same), *shipped);
        }
    }

    #[test]
    fn a_line_lies_between_its_surface_and_its_text() {
        let sepia = [(Token::Page, "#efe4cf"), (Token::Surface, "#faf3e3"), (Token::Text, "#2d2013")];
        let colours = sepia.into_iter().map(|(token, colour)| (token, colour.parse().unwrap())).collect();
        let palette = theme(BaseTheme::Light, colours);
        let light = |name: &str| Oklab::from(palette.colour(name)).l;
        assert!(light("text") < light("line-strong") && light("line-strong") < light("line"));
        assert!(light("line") < light("surface"));
        // Warm as well.
        assert!(Oklab::from(palette.colour("line")).b > Oklab::from(Palette::of(BaseTheme::Light).colour("line")).b);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]
        #[test]
        fn whatever_is_chosen_all_else_is_a_colour_and_can_be_read(
            base in prop::sample::select(BaseTheme::ALL.to_vec()),
            page in any_colour(),
            surface in any_colour(),
            accent in any_colour(),
            series in any_colour(),
        ) {
            let text = Colour::most_readable([Colour::BLACK, Colour::WHITE], &[page, surface]);
            let first = Token::series().next().unwrap();
            let chosen = [
                (Token::Page, page),
                (Token::Surface, surface),
                (Token::Text, text),
                (Token::Accent, accent),
                (first, series),
            ];
            let palette = theme(base, chosen.into_iter().collect());
            for (token, colour) in chosen {
                prop_assert_eq!(palette.chosen(token), colour);
            }
            prop_assert_eq!(palette.tokens().count(), Palette::of(base).tokens().count());
            for (name, value) in palette.tokens() {
                let is_no_colour = name.ends_with("-opacity") || matches!(name, "backdrop" | "shadow");
                prop_assert!(is_no_colour || value.parse::<Colour>().is_ok(), "{}: {}", name, value);
            }
            // What stands on a colour of one kind alone can always be read there.
            for ground in std::iter::once("series-1").chain(STEPS) {
                let ink = palette.colour(&format!("on-{ground}"));
                let contrast = ink.contrast(palette.colour(ground));
                prop_assert!(contrast >= TEXT_CONTRAST, "{} on {}: {}", ink, ground, contrast);
            }
            if [page, surface].iter().all(|ground| text.contrast(*ground) >= TEXT_CONTRAST) {
                for (name, _) in READ.iter().filter(|(_, on)| on.is_empty()) {
                    for ground in [page, surface] {
                        prop_assert!(palette.colour(name).contrast(ground) >= TEXT_CONTRAST, "{} on {}", name, ground);
                    }
                }
            }
        }
    }
}
