//! Draws what stands around a scene: text, surfaces and lines of a sheet.

use super::theme::{Colours, Role};
use crate::{
    chart::{Align, Area, Colouring as _, Ink, Scene, escape_into, shortened, svg_with},
    controls::IconName,
};
use std::fmt::Write as _;

/// How far under its middle a text stands, by the height of its font.
pub(super) const MIDDLE_EM: f64 = 0.36;

/// How heavy a text is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Heaviness {
    Regular,
    Medium,
    Strong,
}

impl Heaviness {
    const fn attribute(self) -> &'static str {
        match self {
            Self::Regular => "",
            Self::Medium => r#" font-weight="500""#,
            Self::Strong => r#" font-weight="600""#,
        }
    }
}

/// How a text looks.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Letters {
    pub(super) px: f64,
    pub(super) heaviness: Heaviness,
    pub(super) role: Role,
}

/// One of the pieces of a line that follow on one another.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Piece<'a> {
    pub(super) text: &'a str,
    pub(super) letters: Letters,
    /// The room before it.
    pub(super) gap: f64,
}

/// A number of the document with at most two decimals.
pub(super) fn short(number: f64) -> f64 {
    (number * 100.0).round() / 100.0
}

/// A document as it is written.
pub(super) struct Pen<'a> {
    text: String,
    pub(super) colours: Colours<'a>,
}

impl<'a> Pen<'a> {
    pub(super) const fn new(colours: Colours<'a>) -> Self {
        Self { text: String::new(), colours }
    }

    pub(super) fn into_text(self) -> String {
        self.text
    }

    /// What is markup already.
    pub(super) fn markup(&mut self, markup: &str) {
        self.text.push_str(markup);
    }

    pub(super) fn surface(&mut self, area: Area, role: Role) {
        self.rect(area, role, "");
    }

    /// The bar behind a number.
    pub(super) fn bar(&mut self, area: Area) {
        let opacity = format!(r#" fill-opacity="{}" rx="2""#, self.colours.bar_opacity());
        self.rect(area, Role::Bar, &opacity);
    }

    /// An icon, as high and wide as that, with its corner there.
    pub(super) fn icon(&mut self, name: IconName, (x, y): (f64, f64), side: f64, role: Role) {
        // Icons are drawn on 16 pixels.
        let (x, y, scale) = (short(x), short(y), short(side / 16.0));
        let (stroke, path) = (self.colours.of(role), name.path());
        let _ = write!(
            self.text,
            r#"<path fill="none" stroke="{stroke}" stroke-width="1.5" stroke-linecap="round" stroke-linejoin="round" transform="translate({x} {y}) scale({scale})" d="{path}"/>"#
        );
    }

    /// How far something is on its way: a thin bar.
    pub(super) fn progress(&mut self, area: Area, share: f64, role: Role) {
        let rounded = format!(r#" rx="{}""#, short(area.h / 2.0));
        self.rect(area, Role::Ink(Ink::Track), &rounded);
        let w = area.w * share.clamp(0.0, 1.0);
        if w > 0.0 {
            self.rect(Area { w, ..area }, role, &rounded);
        }
    }

    fn rect(&mut self, area: Area, role: Role, more: &str) {
        let Area { x, y, w, h } = area;
        let (x, y, w, h) = (short(x), short(y), short(w.max(0.0)), short(h.max(0.0)));
        let fill = self.colours.of(role);
        let _ = write!(self.text, r#"<rect fill="{fill}" x="{x}" y="{y}" width="{w}" height="{h}"{more}/>"#);
    }

    /// A small square of a series' colour, by the number of its ink.
    pub(super) fn swatch(&mut self, x: f64, y: f64, key: u8, is_faint: bool) {
        let opacity = if is_faint { r#" opacity="0.3""# } else { "" };
        let (fill, x, y) = (self.colours.surface(key), short(x), short(y));
        let _ = write!(self.text, r#"<rect {fill} x="{x}" y="{y}" width="8" height="8" rx="2"{opacity}/>"#);
    }

    /// A text whose middle height stands at `y`; shortened to the room it has.
    pub(super) fn label(&mut self, (x, y): (f64, f64), align: Align, letters: Letters, text: &str, room: f64) {
        let shown = shortened(text, letters.px, room);
        if shown.is_empty() {
            return;
        }
        self.begin_text((x, y + MIDDLE_EM * letters.px), align, letters);
        escape_into(&shown, &mut self.text);
        self.text.push_str("</text>");
    }

    /// Pieces that follow on one another, on one base line.
    pub(super) fn pieces(&mut self, at: (f64, f64), pieces: &[Piece]) {
        let Some((first, rest)) = pieces.split_first() else { return };
        self.begin_text(at, Align::Start, first.letters);
        escape_into(first.text, &mut self.text);
        for Piece { text, letters, gap } in rest {
            let (fill, weight) = (self.colours.of(letters.role), letters.heaviness.attribute());
            let weight = if weight.is_empty() { r#" font-weight="400""# } else { weight };
            let (gap, px) = (short(*gap), letters.px);
            let _ = write!(self.text, r#"<tspan fill="{fill}" dx="{gap}" font-size="{px}"{weight}>"#);
            escape_into(text, &mut self.text);
            self.text.push_str("</tspan>");
        }
        self.text.push_str("</text>");
    }

    fn begin_text(&mut self, (x, y): (f64, f64), align: Align, letters: Letters) {
        let anchor = match align {
            Align::Start => "",
            Align::Middle => r#" text-anchor="middle""#,
            Align::End => r#" text-anchor="end""#,
        };
        let (x, y, px) = (short(x), short(y), short(letters.px));
        let (fill, weight) = (self.colours.of(letters.role), letters.heaviness.attribute());
        let _ = write!(self.text, r#"<text fill="{fill}" x="{x}" y="{y}" font-size="{px}"{weight}{anchor}>"#);
    }

    /// A scene, with its corner at that place.
    pub(super) fn scene(&mut self, scene: &Scene, (x, y): (f64, f64)) {
        let (x, y) = (short(x), short(y));
        let _ = write!(self.text, r#"<g transform="translate({x} {y})">"#);
        self.text.push_str(&svg_with(scene, &self.colours));
        self.text.push_str("</g>");
    }
}
