//! All colours of a theme, by the names they have in the style sheet.

use super::{BaseTheme, ThemeId, Token};
use crate::colour::Colour;
use serde::{Deserialize, Serialize};
use std::{collections::BTreeMap, fmt::Write as _, sync::LazyLock};

/// The style sheet that gives the shipped themes to pages. What the browser needs of it is told by the server.
const TOKENS: &str = include_str!("../../../style/tokens.css");

/// All that a theme sets: colours, and how strongly what is seen through is drawn.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Palette {
    tokens: BTreeMap<String, String>,
}

impl Palette {
    /// A shipped theme, as `style/tokens.css` has it.
    pub fn of(base: BaseTheme) -> &'static Self {
        static ALL: LazyLock<[Palette; 3]> = LazyLock::new(|| {
            let (light, dark, wall) = (selector("light"), selector("dark"), selector("wall"));
            [
                Palette::read(TOKENS, &[&light]),
                Palette::read(TOKENS, &[&light, &dark]),
                // Dark and bluer: two blocks, the later over the earlier.
                Palette::read(TOKENS, &[&light, &wall]),
            ]
        });
        let [light, dark, wall] = &*ALL;
        match base {
            BaseTheme::Light => light,
            BaseTheme::Dark => dark,
            BaseTheme::Wall => wall,
        }
    }

    /// What these selectors set, the later over the earlier. What only holds for some readers (`@media`) is left out.
    fn read(css: &str, selectors: &[&str]) -> Self {
        let mut tokens = BTreeMap::new();
        for (names, declarations) in rules(css) {
            if names.split(',').any(|name| selectors.contains(&name.trim())) {
                for declaration in declarations.split(';') {
                    if let Some((name, value)) = declaration.split_once(':') {
                        // A comment may stand before the name.
                        let name = name.rsplit("*/").next().unwrap_or(name).trim();
                        if let Some(name) = name.strip_prefix("--") {
                            tokens.insert(name.to_owned(), value.trim().to_owned());
                        }
                    }
                }
            }
        }
        Self { tokens }
    }

    /// What the style sheet says under that name.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.tokens.get(name).map(String::as_str)
    }

    /// The colour under that name; a missing one is grey, and a test keeps that from happening.
    pub fn colour(&self, name: &str) -> Colour {
        self.get(name).and_then(|value| value.parse().ok()).unwrap_or(Colour::new(128, 128, 128))
    }

    /// The colour of what people choose.
    pub fn chosen(&self, token: Token) -> Colour {
        self.colour(token.name())
    }

    /// Everything, by name.
    pub fn tokens(&self) -> impl Iterator<Item = (&str, &str)> {
        self.tokens.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }

    pub(super) fn set(&mut self, name: &str, colour: Colour) {
        self.tokens.insert(name.to_owned(), colour.to_string());
    }

    /// Whether light stands on dark, which scroll bars and fields of the browser follow.
    pub fn is_dark(&self) -> bool {
        self.chosen(Token::Surface).is_dark()
    }

    /// The style sheet of an own theme. Nothing that a client wrote stands in it but colours that were read as such.
    pub fn style_sheet(&self, id: ThemeId) -> String {
        let scheme = if self.is_dark() { "dark" } else { "light" };
        let mut css = format!("{} {{\n  color-scheme: {scheme};\n", selector(&id.to_string()));
        for (name, value) in self.tokens() {
            // Writing into a text can't fail.
            let _ = writeln!(css, "  --{name}: {value};");
        }
        css.push_str("}\n");
        css
    }
}

/// What is painted in a theme.
fn selector(name: &str) -> String {
    format!("[data-board-theme=\"{name}\"]")
}

/// The rules of a style sheet that stand in no other: selectors and what they set.
fn rules(css: &str) -> Vec<(&str, &str)> {
    let mut rules = Vec::new();
    let mut rest = css;
    while let Some((names, after)) = rest.split_once('{') {
        let names = names.rsplit("*/").next().unwrap_or(names).trim();
        let mut depth = 1_usize;
        let end = after.find(|sign| {
            match sign {
                '{' => depth += 1,
                '}' => depth -= 1,
                _ => {}
            }
            depth == 0
        });
        let (inside, next) = after.split_at(end.unwrap_or(after.len()));
        if !names.starts_with('@') {
            rules.push((names, inside));
        }
        rest = next.strip_prefix('}').unwrap_or("");
    }
    rules
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::colour::alike;
    use uuid::Uuid;

    #[test]
    fn themes_lie_over_one_another_as_on_a_page() {
        let of = |base: BaseTheme, name: &str| Palette::of(base).get(name).unwrap();
        assert_eq!(of(BaseTheme::Light, "series-1"), "#0f6cae");
        assert_eq!(of(BaseTheme::Dark, "series-1"), "#3592ea");
        assert_eq!(of(BaseTheme::Wall, "step-7"), "#7fd4ff");
        // What the wall does not say it has from the dark theme, and what neither says from the light one.
        assert_eq!(of(BaseTheme::Wall, "series-2"), of(BaseTheme::Dark, "series-2"));
        assert_eq!(of(BaseTheme::Dark, "guide"), of(BaseTheme::Light, "guide"));
        assert_eq!(of(BaseTheme::Dark, "surface"), "#161e2c");
    }

    #[test]
    fn a_theme_sets_colours_and_no_sizes() {
        for base in BaseTheme::ALL {
            let palette = Palette::of(base);
            assert!(Token::all().all(|token| palette.get(token.name()).is_some_and(|value| value.starts_with('#'))));
            for (name, value) in palette.tokens() {
                let is_strength = name.ends_with("-opacity") && value.parse::<f64>().is_ok();
                let is_seen_through = matches!(name, "backdrop" | "shadow");
                assert!(is_strength || is_seen_through || value.parse::<Colour>().is_ok(), "{name}: {value}");
            }
            assert_eq!(palette.is_dark(), base != BaseTheme::Light);
        }
    }

    #[test]
    fn the_shipped_series_are_told_apart_by_everybody() {
        for base in BaseTheme::ALL {
            let palette = Palette::of(base);
            let series: Vec<Colour> = Token::series().map(|token| palette.chosen(token)).collect();
            for (at, one) in series.iter().enumerate() {
                for other in series.iter().skip(at + 1) {
                    assert_eq!(alike(*one, *other), None, "{base:?}: {one} and {other}");
                }
            }
        }
    }

    #[test]
    fn a_style_sheet_holds_one_rule_of_plain_declarations() {
        let css = Palette::of(BaseTheme::Wall).style_sheet(ThemeId(Uuid::from_u128(5)));
        assert!(
            css.starts_with("[data-board-theme=\"00000000-0000-0000-0000-000000000005\"] {\n  color-scheme: dark;\n")
        );
        assert!(css.contains("  --page: #050b1a;\n"));
        assert_eq!((css.matches('{').count(), css.matches('}').count()), (1, 1));
        assert_eq!(
            Palette::read(&css, &["[data-board-theme=\"00000000-0000-0000-0000-000000000005\"]"]),
            *Palette::of(BaseTheme::Wall)
        );
    }
}
