//! Whether a theme can be read: the contrasts of WCAG 2.2, and whether series are told apart.

use super::{Palette, Token};
use crate::colour::{Colour, Vision, alike, nearest_apart, nearest_with_contrast};

/// The least contrast of text: WCAG 2.2, success criterion 1.4.3 (AA).
pub const TEXT_CONTRAST: f64 = 4.5;
/// The least contrast of what must be seen of a graphic, and of large text: success criteria 1.4.11 and 1.4.3.
pub const GRAPHICS_CONTRAST: f64 = 3.0;

/// What is wrong with a colour.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Fault {
    /// It can't be read on that ground.
    Unreadable { on: Token, contrast: f64 },
    /// As a mark it stands out too little from its ground.
    Faint { on: Token, contrast: f64 },
    /// It is taken for another series.
    Alike { other: Token, seen_by: Vision },
}

/// A colour that does not do, and the nearest that does.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Finding {
    pub token: Token,
    pub fault: Fault,
    /// `None` where no colour does, or the ground is at fault.
    pub instead: Option<Colour>,
}

impl Finding {
    /// Whether a theme with it is not kept: text must be readable.
    pub const fn is_grave(&self) -> bool {
        match self.fault {
            Fault::Unreadable { .. } => true,
            Fault::Faint { .. } | Fault::Alike { .. } => false,
        }
    }
}

/// Everything that is wrong with a theme, in the order of its colours; of each colour the first fault of a kind.
pub fn check(palette: &Palette) -> Vec<Finding> {
    let read = [Token::Text, Token::Muted, Token::Accent].into_iter().filter_map(|token| unreadable(palette, token));
    let series = Token::series().flat_map(|token| {
        let alike = taken_for_another(palette, token);
        // What is moved away from another series is moved to where it is seen as well.
        let faint = if alike.is_none() { faint(palette, token) } else { None };
        alike.into_iter().chain(faint)
    });
    read.chain(series).collect()
}

fn unreadable(palette: &Palette, token: Token) -> Option<Finding> {
    let grounds = [Token::Page, Token::Surface];
    let colour = palette.chosen(token);
    let contrast_on = |ground: Token| colour.contrast(palette.chosen(ground));
    let on = grounds.into_iter().find(|ground| contrast_on(*ground) < TEXT_CONTRAST)?;
    let instead = nearest_with_contrast(colour, &grounds.map(|ground| palette.chosen(ground)), TEXT_CONTRAST);
    Some(Finding { token, fault: Fault::Unreadable { on, contrast: contrast_on(on) }, instead })
}

fn faint(palette: &Palette, token: Token) -> Option<Finding> {
    let (colour, surface) = (palette.chosen(token), palette.chosen(Token::Surface));
    let contrast = colour.contrast(surface);
    if contrast >= GRAPHICS_CONTRAST {
        return None;
    }
    let seen = nearest_with_contrast(colour, &[surface], GRAPHICS_CONTRAST);
    let others = others(palette, token);
    let is_apart = |seen: &Colour| others.iter().all(|other| alike(*seen, *other).is_none());
    let instead = seen.filter(is_apart).or_else(|| nearest_apart(colour, &others, surface, GRAPHICS_CONTRAST));
    Some(Finding { token, fault: Fault::Faint { on: Token::Surface, contrast }, instead })
}

/// The later of two that look alike is told of.
fn taken_for_another(palette: &Palette, token: Token) -> Option<Finding> {
    let colour = palette.chosen(token);
    let mut before = Token::series().take_while(|other| *other != token);
    let (other, seen_by) =
        before.find_map(|other| alike(palette.chosen(other), colour).map(|seen_by| (other, seen_by)))?;
    let instead = nearest_apart(colour, &others(palette, token), palette.chosen(Token::Surface), GRAPHICS_CONTRAST);
    Some(Finding { token, fault: Fault::Alike { other, seen_by }, instead })
}

fn others(palette: &Palette, token: Token) -> Vec<Colour> {
    Token::series().filter(|other| *other != token).map(|other| palette.chosen(other)).collect()
}

#[cfg(test)]
mod tests {
    use super::{
        super::{BaseTheme, OwnTheme},
        *,
    };
    use crate::{board::Title, colour::tests::any_colour};
    use proptest::prelude::*;

    fn changed(base: BaseTheme, colours: &[(Token, Colour)]) -> Palette {
        let theme = OwnTheme { name: Title::default(), base, colours: colours.iter().copied().collect() };
        theme.palette(Palette::of(base))
    }

    fn colour(text: &str) -> Colour {
        text.parse().unwrap()
    }

    #[test]
    fn the_shipped_themes_can_be_read() {
        for base in BaseTheme::ALL {
            let findings = check(Palette::of(base));
            let is_harmless = |finding: &Finding| matches!(finding.fault, Fault::Faint { .. });
            assert!(findings.iter().all(is_harmless), "{base:?}: {findings:?}");
            // On dark ground every series stands out.
            assert!(base == BaseTheme::Light || findings.is_empty(), "{base:?}: {findings:?}");
        }
    }

    #[test]
    fn a_pale_grey_text_is_told_with_the_ground_and_a_grey_that_does() {
        let palette = changed(BaseTheme::Light, &[(Token::Muted, colour("#a0a8b0"))]);
        let finding = check(&palette).into_iter().find(|finding| finding.token == Token::Muted).unwrap();
        assert!(finding.is_grave());
        assert!(matches!(finding.fault, Fault::Unreadable { on: Token::Page, contrast } if contrast < 2.5));
        let instead = finding.instead.unwrap();
        let mended = changed(BaseTheme::Light, &[(Token::Muted, instead)]);
        assert!(check(&mended).iter().all(|finding| finding.token != Token::Muted));
    }

    #[test]
    fn two_series_that_some_take_for_one_are_told_with_a_colour_that_nobody_does() {
        let series: Vec<Token> = Token::series().collect();
        let first = Palette::of(BaseTheme::Dark).chosen(series[0]);
        let palette = changed(BaseTheme::Dark, &[(series[4], first)]);
        let findings = check(&palette);
        let [Finding { token, fault: Fault::Alike { other, .. }, instead: Some(instead) }] = findings.as_slice() else {
            panic!("{findings:?}");
        };
        assert_eq!((*token, *other), (series[4], series[0]));
        assert!(check(&changed(BaseTheme::Dark, &[(series[4], *instead)])).is_empty());
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(48))]
        #[test]
        fn what_is_offered_mends_what_is_told(
            base in prop::sample::select(BaseTheme::ALL.to_vec()),
            text in any_colour(),
            accent in any_colour(),
            series in any_colour(),
        ) {
            let third = Token::series().nth(2).unwrap();
            let chosen = [(Token::Text, text), (Token::Accent, accent), (third, series)];
            let palette = changed(base, &chosen);
            for finding in check(&palette) {
                let Some(instead) = finding.instead else { continue };
                let mut mended = chosen.to_vec();
                mended.push((finding.token, instead));
                // The ground that text stands on does not move with it.
                let left = check(&changed(base, &mended));
                prop_assert!(left.iter().all(|left| left.token != finding.token), "{:?} by {}", finding, instead);
            }
        }
    }
}
