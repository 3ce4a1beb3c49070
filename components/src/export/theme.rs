//! The colours of a file, which are those of a page: no colour is written down twice.

use crate::chart::{Area, Colouring, Ink, class, ink_key};
use model::appearance::{BaseTheme, Palette};
use std::borrow::Cow;

/// In which colours a file is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Theme<'a> {
    Shipped(BaseTheme),
    /// All colours of a theme that an organisation made.
    Own(&'a Palette),
}

impl<'a> Theme<'a> {
    pub(super) fn colours(self) -> Colours<'a> {
        match self {
            Self::Shipped(base) => Colours(Palette::of(base)),
            Self::Own(palette) => Colours(palette),
        }
    }
}

/// What a part of a sheet is drawn in that is no mark of a scene, by its name in the style sheet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    Surface,
    Line,
    Separator,
    Text,
    Muted,
    Faint,
    Accent,
    RiseRed,
    FallGreen,
    Bar,
    /// What marks of scenes are drawn in as well.
    Ink(Ink),
}

impl Role {
    #[cfg(test)]
    pub(super) const ALL: [Self; 10] = [
        Self::Surface,
        Self::Line,
        Self::Separator,
        Self::Text,
        Self::Muted,
        Self::Faint,
        Self::Accent,
        Self::RiseRed,
        Self::FallGreen,
        Self::Bar,
    ];

    fn token(self) -> Cow<'static, str> {
        Cow::Borrowed(match self {
            Self::Surface => "surface",
            Self::Line => "line",
            Self::Separator => "chart-grid",
            Self::Text => "text",
            Self::Muted => "text-muted",
            Self::Faint => "text-faint",
            Self::Accent => "accent",
            Self::RiseRed => "rise-red",
            Self::FallGreen => "fall-green",
            Self::Bar => "series-1",
            Self::Ink(ink) => return token_of(&class(ink_key(ink))),
        })
    }
}

/// The colours of a theme, by what is drawn in them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Colours<'a>(&'a Palette);

/// Stands where the style sheet has no such colour. A test keeps that from happening.
const NO_COLOUR: &str = "#808080";

impl<'a> Colours<'a> {
    fn token(self, name: &str) -> Option<&'a str> {
        self.0.get(name)
    }

    pub(super) fn of(self, role: Role) -> &'a str {
        self.token(&role.token()).unwrap_or(NO_COLOUR)
    }

    /// How strongly the bar behind a number is drawn.
    pub(super) fn bar_opacity(self) -> &'a str {
        self.token("bar-opacity").unwrap_or("1")
    }

    /// The colour of an ink, by its number.
    fn ink(self, key: u8) -> &'a str {
        self.token(&token_of(&class(key))).unwrap_or(NO_COLOUR)
    }

    fn attribute(self, kind: &str, key: u8) -> String {
        let colour = self.ink(key);
        match opacity_of(&class(key)).and_then(|opacity| self.token(opacity)) {
            Some(opacity) => format!(r#"{kind}="{colour}" {kind}-opacity="{opacity}""#),
            None => format!(r#"{kind}="{colour}""#),
        }
    }
}

/// The families of inks that are seen through: of which others they have their colours, and how strong they are.
const SEEN_THROUGH: [(&str, &str, &str); 3] =
    [("under-", "series-", "under-opacity"), ("band-", "series-", "band-opacity"), ("over-", "step-", "over-opacity")];

/// The name in `tokens.css` of what `charts.css` gives to the inks of that class.
fn token_of(class: &str) -> Cow<'static, str> {
    match class {
        "grid" | "axis" | "track" => Cow::Owned(format!("chart-{class}")),
        "muted" | "on-outside" => Cow::Borrowed("text-faint"),
        "outside" => Cow::Borrowed("sunken"),
        "no-value" => Cow::Borrowed("surface"),
        "target" => Cow::Borrowed("text"),
        other => {
            let family =
                |(family, solid, _): (&str, &str, &str)| Some(format!("{solid}{}", other.strip_prefix(family)?));
            Cow::Owned(SEEN_THROUGH.into_iter().find_map(family).unwrap_or_else(|| other.to_owned()))
        }
    }
}

/// The name of how strong the inks of that class are, where they are seen through.
fn opacity_of(class: &str) -> Option<&'static str> {
    SEEN_THROUGH.into_iter().find(|(family, ..)| class.starts_with(family)).map(|(_, _, opacity)| opacity)
}

impl Colouring for Colours<'_> {
    /// No document of its own: it stands in one.
    fn frame(&self, _w: f64, _h: f64) -> (String, &'static str) {
        let begin = r#"<g fill="none" font-size="12" stroke-linejoin="round" stroke-linecap="round">"#;
        (begin.to_owned(), "</g>")
    }

    fn surface(&self, key: u8) -> String {
        let fill = self.attribute("fill", key);
        if class(key) == "no-value" { format!(r#"{fill} stroke="{}""#, self.of(Role::Line)) } else { fill }
    }

    fn line(&self, key: u8) -> String {
        self.attribute("stroke", key)
    }

    fn label(&self, key: u8, is_strong: bool) -> String {
        let weight = if is_strong { r#" font-weight="500""# } else { "" };
        format!("{}{weight}", self.attribute("fill", key))
    }

    /// Programs for slides place text by its base line only.
    fn middle(&self, y: f64, font_px: f64) -> String {
        format!(r#"y="{}""#, super::pen::short(y + super::pen::MIDDLE_EM * font_px))
    }

    fn corners(&self) -> &'static str {
        r#" rx="2""#
    }

    /// A file that stands by itself fetches nothing.
    fn picture(&self, _area: Area, _address: &str) -> String {
        String::new()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    const CHARTS: &str = include_str!("../../../style/charts.css");

    /// The rules of a style sheet: selectors and what they set.
    fn rules(css: &str) -> Vec<(&str, &str)> {
        let rules = css.split('}').filter_map(|rule| rule.split_once('{'));
        rules.map(|(names, inside)| (names.rsplit("*/").next().unwrap_or(names).trim(), inside)).collect()
    }

    fn is_colour(text: &str) -> bool {
        text.strip_prefix('#').is_some_and(|hex| hex.len() == 6 && hex.chars().all(|sign| sign.is_ascii_hexdigit()))
    }

    fn keys() -> impl Iterator<Item = u8> {
        let is_ink = |key: &u8| !class(*key).is_empty() && (*key < 16 || key % 16 < 8);
        // The scales have seven steps.
        let is_step = |key: &u8| (48..112).contains(key) || *key >= 144;
        (0..160_u8).filter(is_ink).filter(move |key| !is_step(key) || key % 16 < 7)
    }

    #[test]
    fn every_ink_and_every_role_has_a_colour_in_every_theme() {
        assert_eq!(keys().count(), 14 + 4 * 8 + 5 * 7);
        for base in BaseTheme::ALL {
            let colours = Theme::Shipped(base).colours();
            for key in keys() {
                let token = token_of(&class(key));
                assert!(colours.token(&token).is_some_and(is_colour), "{base:?} has no {token}");
            }
            for role in Role::ALL {
                assert!(colours.token(&role.token()).is_some_and(is_colour), "{base:?} has no {role:?}");
            }
            for opacity in ["under-opacity", "band-opacity", "over-opacity", "bar-opacity"] {
                assert!(colours.token(opacity).unwrap().parse::<f64>().is_ok_and(|share| share < 1.0));
            }
        }
    }

    #[test]
    fn inks_have_the_colours_that_pages_give_their_classes() {
        let mut compared = 0;
        for (names, declarations) in rules(CHARTS) {
            for name in names.split(',').map(str::trim) {
                for (prefix, property) in [(".fill-", "fill: var(--"), (".line-", "stroke: var(--")] {
                    let ink = name.strip_prefix(prefix);
                    let key = ink.and_then(|ink| keys().find(|key| class(*key) == ink));
                    let value = declarations.split_once(property).and_then(|(_, after)| after.split_once(')'));
                    if let (Some(key), Some((token, _))) = (key, value) {
                        assert_eq!(token_of(&class(key)), token, "{name}");
                        compared += 1;
                    }
                }
            }
        }
        assert!(compared > 90, "{compared} rules");
    }

    #[test]
    fn inks_are_seen_through_as_on_pages() {
        let of_page = |family: &str| {
            let selector = format!(r#"[class^="fill-{family}-"]"#);
            let is_it = |(names, _): &(&str, &str)| names.split(',').any(|name| name.trim() == selector);
            rules(CHARTS).into_iter().find(is_it).and_then(|(_, declarations)| {
                let (_, after) = declarations.split_once("opacity: var(--")?;
                after.split_once(')').map(|(token, _)| token)
            })
        };
        let families: BTreeSet<String> =
            keys().filter_map(|key| class(key).rsplit_once('-').map(|(family, _)| family.to_owned())).collect();
        for family in families {
            assert_eq!(opacity_of(&format!("{family}-1")), of_page(&family), "{family}");
        }
    }
}
