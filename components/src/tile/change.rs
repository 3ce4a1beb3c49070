//! How a number changed: which way, by how much, against what.

use super::figure::Figure;
use crate::{markup::Markup, words};
use model::{
    formatting::{Locale, change_percent, exact_number},
    time::Compare,
};

/// Which way a number went, after rounding to what is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Direction {
    Up,
    Down,
    Level,
}

impl Direction {
    pub(crate) fn of(percent: f64) -> Self {
        if percent >= 0.05 {
            Self::Up
        } else if percent <= -0.05 {
            Self::Down
        } else {
            Self::Level
        }
    }

    pub(crate) const fn arrow(self) -> &'static str {
        match self {
            Self::Up => "↑",
            Self::Down => "↓",
            Self::Level => "→",
        }
    }

    /// The colour follows the organisation's convention; the arrow says it without colour.
    pub(super) const fn class(self, rise_is_red: bool) -> &'static str {
        match (self, rise_is_red) {
            (Self::Level, _) => "change change--level",
            (Self::Up, true) | (Self::Down, false) => "change change--red",
            (Self::Up, false) | (Self::Down, true) => "change change--green",
        }
    }
}

/// The change: arrow, percent, against what; the number before on hover.
pub(super) fn draw_change(
    markup: &mut Markup,
    figure: Option<&Figure>,
    compare: Compare,
    locale: Locale,
    rise_is_red: bool,
) {
    let before = figure.and_then(|figure| Some(exact_number(figure.before?, figure.unit, locale).joined()));
    let before = before.map(|before| words::before(&before, locale));
    let class = ("class", "kpi__change");
    let attributes: &[(&str, &str)] = match &before {
        Some(before) => &[class, ("title", before)],
        None => &[class],
    };
    markup.element("p", attributes, |p| {
        match figure.and_then(|figure| figure.change_percent) {
            Some(percent) => {
                let direction = Direction::of(percent);
                p.element("span", &[("class", direction.class(rise_is_red))], |span| {
                    span.element("span", &[("aria-hidden", "true")], |arrow| arrow.text(direction.arrow()));
                    span.text(" ");
                    span.text(&change_percent(percent));
                });
            }
            None => p.element("span", &[("class", Direction::Level.class(rise_is_red))], |span| {
                span.text(words::NOTHING_TO_COMPARE.in_locale(locale));
            }),
        }
        p.element("span", &[("class", "kpi__against")], |span| {
            span.text(words::compared_with(compare).in_locale(locale));
        });
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_change_that_rounds_to_nothing_is_level() {
        assert_eq!(Direction::of(0.04), Direction::Level);
        assert_eq!(Direction::of(-0.05), Direction::Down);
        assert_eq!(Direction::Up.class(true), "change change--red");
        assert_eq!(Direction::Up.class(false), "change change--green");
    }
}
