//! A drawing backend that writes an SVG.
//!
//! On a page its colours are classes: the theme gives each class its colour, so light, dark and wall need no redraw, and
//! nothing needs a `style` attribute, which the content security policy forbids. A drawing that leaves the page has its
//! colours in it; see [`Colouring`]. plotters speaks in colours only; an ink travels through it as the red of its colour.

use super::{
    Area, Ink, Mark, Scene, SeriesColour,
    paint::{SUBPIXELS, canvas_size, paint},
    scene::FONT_PX,
};
use model::board::Tone;
use plotters::{drawing::IntoDrawingArea as _, style::RGBColor};
use plotters_backend::{
    BackendColor, BackendCoord, BackendStyle, BackendTextStyle, DrawingBackend, DrawingErrorKind, FontStyle,
    text_anchor::HPos,
};
use std::{convert::Infallible, fmt::Write as _};

/// Draws a scene as an SVG without a frame, title or legend: these are HTML around it.
pub fn svg(scene: &Scene) -> String {
    svg_with(scene, &Classes)
}

/// Draws a scene with those colours.
pub(crate) fn svg_with(scene: &Scene, colouring: &impl Colouring) -> String {
    let mut text = String::with_capacity(scene.marks.len() * 80 + 200);
    let canvas = canvas_size(scene.size);
    let (begin, end) = colouring.frame(px(canvas.0 as i32), px(canvas.1 as i32));
    text.push_str(&begin);
    let mut rest = scene.marks.as_slice();
    loop {
        let (marks, after) = rest.split_at(rest.iter().position(is_picture).unwrap_or(rest.len()));
        let backend = SvgBackend { text: &mut text, canvas, colouring };
        // Writing to a string can't fail, and nothing else in the backend can.
        let _ = paint(marks, &backend.into_drawing_area(), |ink| RGBColor(key(ink), 0, 0));
        match after.split_first() {
            Some((Mark::Picture { area, address }, after)) => {
                text.push_str(&colouring.picture(*area, address));
                rest = after;
            }
            Some(_) | None => break,
        }
    }
    text.push_str(end);
    text
}

const fn is_picture(mark: &Mark) -> bool {
    matches!(mark, Mark::Picture { .. })
}

/// How a drawing says its colours, and what else a page's style sheet says of it.
///
/// A colour comes as the number of its ink ([`key`]).
pub(crate) trait Colouring {
    /// What stands before the marks, for a drawing of that size, and what after them.
    fn frame(&self, w: f64, h: f64) -> (String, &'static str);

    /// The attributes of a surface.
    fn surface(&self, key: u8) -> String;

    /// The attributes of a line.
    fn line(&self, key: u8) -> String;

    /// The attributes of a text, ...
    fn label(&self, key: u8, is_strong: bool) -> String;

    /// ... and how its middle comes to stand at that height.
    fn middle(&self, y: f64, font_px: f64) -> String;

    /// The rounding of a rectangle, after all else.
    fn corners(&self) -> &'static str;

    /// A picture that is fetched from an address; nothing where none may be fetched.
    fn picture(&self, area: Area, address: &str) -> String;
}

/// Colours by class.
struct Classes;

impl Colouring for Classes {
    fn frame(&self, w: f64, h: f64) -> (String, &'static str) {
        let begin = format!(
            r#"<svg xmlns="http://www.w3.org/2000/svg" class="plot__svg" viewBox="0 0 {w} {h}" aria-hidden="true">"#
        );
        (begin, "</svg>")
    }

    fn surface(&self, key: u8) -> String {
        format!(r#"class="fill-{}""#, class(key))
    }

    fn line(&self, key: u8) -> String {
        format!(r#"class="line-{}""#, class(key))
    }

    fn label(&self, key: u8, is_strong: bool) -> String {
        let weight = if is_strong { " plot__strong" } else { "" };
        format!(r#"class="fill-{}{weight}""#, class(key))
    }

    fn middle(&self, y: f64, _font_px: f64) -> String {
        format!(r#"y="{y}" dy=".35em""#)
    }

    fn corners(&self) -> &'static str {
        ""
    }

    fn picture(&self, Area { x, y, w, h }: Area, address: &str) -> String {
        let mut text = String::from("<image href=\"");
        escape_into(address, &mut text);
        let _ = write!(text, r#"" x="{x:.2}" y="{y:.2}" width="{w:.2}" height="{h:.2}" preserveAspectRatio="none"/>"#);
        text
    }
}

/// The number under which an ink travels through plotters.
pub(crate) const fn key(ink: Ink) -> u8 {
    match ink {
        Ink::Grid => 0,
        Ink::Axis => 1,
        Ink::Muted => 2,
        Ink::Text => 3,
        Ink::Surface => 4,
        Ink::Hatch => 5,
        Ink::Outside => 6,
        Ink::OnOutside => 7,
        Ink::NoValue => 8,
        Ink::Track => 9,
        Ink::Target => 10,
        Ink::Tone(Tone::Good) => 11,
        Ink::Tone(Tone::Warning) => 12,
        Ink::Tone(Tone::Danger) => 13,
        Ink::Series(colour) => 16 + colour.index(),
        Ink::Under(colour) => 32 + colour.index(),
        Ink::Step(step) => 48 + (step & 7),
        Ink::OnStep(step) => 64 + (step & 7),
        Ink::Diverging(step) => 80 + (step & 7),
        Ink::OnDiverging(step) => 96 + (step & 7),
        Ink::OnSeries(colour) => 112 + colour.index(),
        Ink::Band(colour) => 128 + colour.index(),
        Ink::Over(step) => 144 + (step & 7),
    }
}

/// The end of the class of that number: `grid`, `series-1`, `step-7`.
pub(crate) fn class(key: u8) -> String {
    let plain = match key {
        0 => "grid",
        1 => "axis",
        2 => "muted",
        3 => "text",
        4 => "surface",
        5 => "hatch",
        6 => "outside",
        7 => "on-outside",
        8 => "no-value",
        9 => "track",
        10 => "target",
        11 => "good",
        12 => "warning",
        13 => "danger",
        _ => "",
    };
    let (family, index) = match key {
        16..32 => ("series", key - 16),
        32..48 => ("under", key - 32),
        48..64 => ("step", key - 48),
        64..80 => ("on-step", key - 64),
        80..96 => ("diverging", key - 80),
        96..112 => ("on-diverging", key - 96),
        112..128 => ("on-series", key - 112),
        128..144 => ("band", key - 128),
        144..160 => ("over", key - 144),
        _ => return plain.to_owned(),
    };
    format!("{family}-{}", index + 1)
}

/// The class that fills a mark or a swatch with a series colour.
pub(crate) fn series_fill_class(colour: SeriesColour) -> String {
    fill_class(Ink::Series(colour))
}

/// The class of a surface in that ink.
pub(crate) fn fill_class(ink: Ink) -> String {
    format!("fill-{}", class(key(ink)))
}

struct SvgBackend<'a, C> {
    text: &'a mut String,
    canvas: (u32, u32),
    colouring: &'a C,
}

/// A length of the canvas in CSS pixels, as short as it can be written.
fn px(units: i32) -> f64 {
    f64::from(units) / SUBPIXELS
}

/// The same, written. Dense charts are little but coordinates, and to find the shortest text of any number takes long:
/// these are quarters.
fn push_px(text: &mut String, units: i32) {
    const QUARTERS: [&str; 4] = ["", ".25", ".5", ".75"];
    if units < 0 {
        text.push('-');
    }
    let mut digits = [0_u8; 10];
    let mut whole = units.unsigned_abs() / 4;
    let mut first = digits.len();
    loop {
        first -= 1;
        if let Some(digit) = digits.get_mut(first) {
            *digit = b'0' + (whole % 10) as u8;
        }
        whole /= 10;
        if whole == 0 {
            break;
        }
    }
    text.push_str(digits.get(first..).and_then(|digits| std::str::from_utf8(digits).ok()).unwrap_or_default());
    text.push_str(QUARTERS.get((units.unsigned_abs() % 4) as usize).copied().unwrap_or_default());
}

const fn key_of(colour: BackendColor) -> u8 {
    colour.rgb.0
}

/// Text within an element or an attribute. What XML has no room for (controls, halves of pairs) is left out.
pub(crate) fn escape_into(text: &str, written: &mut String) {
    // What needs no escape is taken over in one piece: most text is one.
    let mut taken = 0;
    for (at, sign) in text.char_indices() {
        let escaped = match sign {
            '<' => "&lt;",
            '>' => "&gt;",
            '&' => "&amp;",
            '"' => "&quot;",
            '\u{0}'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => "",
            _ => continue,
        };
        written.push_str(text.get(taken..at).unwrap_or_default());
        written.push_str(escaped);
        taken = at + sign.len_utf8();
    }
    written.push_str(text.get(taken..).unwrap_or_default());
}

type Drawn = Result<(), DrawingErrorKind<Infallible>>;

impl<C: Colouring> SvgBackend<'_, C> {
    fn points(&mut self, points: impl IntoIterator<Item = BackendCoord>) {
        for (index, (x, y)) in points.into_iter().enumerate() {
            if index > 0 {
                self.text.push(' ');
            }
            push_px(self.text, x);
            self.text.push(',');
            push_px(self.text, y);
        }
    }

    fn surface_or_line(&self, colour: BackendColor, is_filled: bool) -> String {
        if is_filled { self.colouring.surface(key_of(colour)) } else { self.colouring.line(key_of(colour)) }
    }
}

impl<C: Colouring> DrawingBackend for SvgBackend<'_, C> {
    type ErrorType = Infallible;

    fn get_size(&self) -> (u32, u32) {
        self.canvas
    }

    fn ensure_prepared(&mut self) -> Drawn {
        Ok(())
    }

    /// What stands around the marks is written once, around all runs of them.
    fn present(&mut self) -> Drawn {
        Ok(())
    }

    fn draw_pixel(&mut self, point: BackendCoord, colour: BackendColor) -> Drawn {
        let (x, y) = (px(point.0), px(point.1));
        let colour = self.colouring.surface(key_of(colour));
        let _ = write!(self.text, r#"<rect {colour} x="{x}" y="{y}" width="1" height="1"/>"#);
        Ok(())
    }

    fn draw_line<S: BackendStyle>(&mut self, from: BackendCoord, to: BackendCoord, style: &S) -> Drawn {
        self.draw_path([from, to], style)
    }

    fn draw_path<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(&mut self, path: I, style: &S) -> Drawn {
        let width = px(style.stroke_width() as i32);
        let colour = self.colouring.line(key_of(style.color()));
        let _ = write!(self.text, r#"<polyline {colour} stroke-width="{width}" points=""#);
        self.points(path);
        self.text.push_str("\"/>");
        Ok(())
    }

    fn fill_polygon<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(&mut self, path: I, style: &S) -> Drawn {
        let colour = self.colouring.surface(key_of(style.color()));
        let _ = write!(self.text, r#"<polygon {colour} points=""#);
        self.points(path);
        self.text.push_str("\"/>");
        Ok(())
    }

    fn draw_rect<S: BackendStyle>(&mut self, from: BackendCoord, to: BackendCoord, style: &S, fill: bool) -> Drawn {
        let (x, y, w, h) = (px(from.0), px(from.1), px(to.0 - from.0), px(to.1 - from.1));
        let (colour, corners) = (self.surface_or_line(style.color(), fill), self.colouring.corners());
        let _ = write!(self.text, r#"<rect {colour} x="{x}" y="{y}" width="{w}" height="{h}"{corners}/>"#);
        Ok(())
    }

    fn draw_circle<S: BackendStyle>(&mut self, centre: BackendCoord, radius: u32, style: &S, fill: bool) -> Drawn {
        let (x, y, r) = (px(centre.0), px(centre.1), px(radius as i32));
        let colour = self.surface_or_line(style.color(), fill);
        let _ = write!(self.text, r#"<circle {colour} cx="{x}" cy="{y}" r="{r}"/>"#);
        Ok(())
    }

    fn draw_text<S: BackendTextStyle>(&mut self, text: &str, style: &S, at: BackendCoord) -> Drawn {
        let anchor = match style.anchor().h_pos {
            HPos::Left => "",
            HPos::Center => r#" text-anchor="middle""#,
            HPos::Right => r#" text-anchor="end""#,
        };
        let is_strong = match style.style() {
            FontStyle::Normal | FontStyle::Oblique | FontStyle::Italic => false,
            FontStyle::Bold => true,
        };
        let (x, y, font_px) = (px(at.0), px(at.1), style.size() / SUBPIXELS);
        let colour = self.colouring.label(key_of(style.color()), is_strong);
        let _ = write!(self.text, r#"<text {colour} x="{x}" {}{anchor}"#, self.colouring.middle(y, font_px));
        if (font_px - FONT_PX).abs() > 1e-6 {
            let _ = write!(self.text, r#" font-size="{font_px:.1}""#);
        }
        self.text.push('>');
        escape_into(text, self.text);
        self.text.push_str("</text>");
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Align, Point, Size, Weight, scene::Hits};
    use super::*;

    #[test]
    fn coordinates_are_written_as_the_numbers_that_they_are() {
        for units in (-50_000..50_000).chain([i32::MIN, i32::MIN + 1, i32::MAX - 1, i32::MAX]) {
            let mut written = String::new();
            push_px(&mut written, units);
            assert_eq!(written, px(units).to_string());
        }
    }

    #[test]
    fn every_ink_has_a_class_of_its_own() {
        let plain = [
            Ink::Grid,
            Ink::Axis,
            Ink::Muted,
            Ink::Text,
            Ink::Surface,
            Ink::Hatch,
            Ink::Outside,
            Ink::OnOutside,
            Ink::NoValue,
            Ink::Track,
            Ink::Target,
            Ink::Tone(Tone::Good),
            Ink::Tone(Tone::Warning),
            Ink::Tone(Tone::Danger),
        ];
        let series = (0..8)
            .map(SeriesColour::new)
            .flat_map(|colour| [Ink::Series(colour), Ink::Under(colour), Ink::Band(colour), Ink::OnSeries(colour)]);
        let steps = (0..7).flat_map(|step| {
            [Ink::Step(step), Ink::OnStep(step), Ink::Over(step), Ink::Diverging(step), Ink::OnDiverging(step)]
        });
        let mut classes: Vec<String> =
            plain.into_iter().chain(series).chain(steps).map(|ink| class(key(ink))).collect();
        assert!(classes.iter().all(|class| !class.is_empty()));
        let count = classes.len();
        classes.sort_unstable();
        classes.dedup();
        assert_eq!(classes.len(), count);
    }

    #[test]
    fn a_picture_stands_between_the_marks_before_and_after() {
        let area = Area { x: 0.0, y: 0.0, w: 16.0, h: 9.0 };
        let rect = |ink| Mark::Rect { area, ink };
        let address = "/a.png?b=1&c=\"><script>".to_owned();
        let marks = vec![rect(Ink::Outside), Mark::Picture { area, address }, rect(Ink::Over(6))];
        let drawn = svg(&Scene { marks, hits: Hits::None, size: Size { w: 16.0, h: 9.0 } });
        insta::assert_snapshot!(drawn.replace("><", ">\n<"), @r#"
        <svg xmlns="http://www.w3.org/2000/svg" class="plot__svg" viewBox="0 0 16 9" aria-hidden="true">
        <rect class="fill-outside" x="0" y="0" width="16" height="9"/>
        <image href="/a.png?b=1&amp;c=&quot;&gt;&lt;script&gt;" x="0.00" y="0.00" width="16.00" height="9.00" preserveAspectRatio="none"/>
        <rect class="fill-over-7" x="0" y="0" width="16" height="9"/>
        </svg>
        "#);
    }

    #[test]
    fn colours_are_classes_and_text_is_escaped() {
        let marks = vec![
            Mark::Rect { area: Area { x: 0.25, y: 1.0, w: 10.0, h: 5.5 }, ink: Ink::Series(SeriesColour::FIRST) },
            Mark::Line { points: vec![Point { x: 0.0, y: 0.5 }, Point { x: 9.0, y: 0.5 }], ink: Ink::Grid, width: 1.0 },
            Mark::Disc { centre: Point { x: 3.0, y: 4.0 }, radius: 2.5, ink: Ink::Step(6) },
            Mark::Label {
                at: Point { x: 5.0, y: 5.0 },
                text: "<A&B>".to_owned(),
                ink: Ink::Text,
                align: Align::End,
                weight: Weight::Strong,
                px: 14.5,
            },
        ];
        let drawn = svg(&Scene { marks, hits: Hits::None, size: Size { w: 20.0, h: 10.0 } });
        insta::assert_snapshot!(drawn.replace("><", ">\n<"), @r#"
        <svg xmlns="http://www.w3.org/2000/svg" class="plot__svg" viewBox="0 0 20 10" aria-hidden="true">
        <rect class="fill-series-1" x="0.25" y="1" width="10" height="5.5"/>
        <polyline class="line-grid" stroke-width="1" points="0,0.5 9,0.5"/>
        <circle class="fill-step-7" cx="3" cy="4" r="2.5"/>
        <text class="fill-text plot__strong" x="5" y="5" dy=".35em" text-anchor="end" font-size="14.5">&lt;A&amp;B&gt;</text>
        </svg>
        "#);
    }
}
