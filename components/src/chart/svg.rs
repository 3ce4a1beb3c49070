//! A drawing backend that writes an SVG whose colours are classes.
//!
//! The theme gives each class its colour, so light, dark and wall need no redraw, and nothing needs a `style`
//! attribute, which the content security policy forbids. plotters speaks in colours only; an ink travels through it
//! as the red of its colour.

use super::{
    Ink, Scene, SeriesColour,
    paint::{SUBPIXELS, canvas_size, paint},
};
use plotters::{drawing::IntoDrawingArea as _, style::RGBColor};
use plotters_backend::{
    BackendColor, BackendCoord, BackendStyle, BackendTextStyle, DrawingBackend, DrawingErrorKind, FontStyle,
    text_anchor::HPos,
};
use std::{convert::Infallible, fmt::Write as _};

/// Draws a scene as an SVG without a frame, title or legend: these are HTML around it.
pub fn svg(scene: &Scene) -> String {
    let mut text = String::with_capacity(scene.marks.len() * 80 + 200);
    let backend = ClassBackend { text: &mut text, canvas: canvas_size(scene.size) };
    // Writing to a string can't fail, and nothing else in the backend can.
    let _ = paint(scene, &backend.into_drawing_area(), |ink| RGBColor(key(ink), 0, 0));
    text
}

/// The number under which an ink travels through plotters.
const fn key(ink: Ink) -> u8 {
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
        Ink::Series(colour) => 16 + colour.index(),
        Ink::Under(colour) => 32 + colour.index(),
        Ink::Step(step) => 48 + (step & 7),
        Ink::OnStep(step) => 64 + (step & 7),
    }
}

/// The end of the class of that number: `grid`, `series-1`, `step-7`.
fn class(key: u8) -> String {
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
        _ => "",
    };
    let (family, index) = match key {
        16..32 => ("series", key - 16),
        32..48 => ("under", key - 32),
        48..64 => ("step", key - 48),
        64..80 => ("on-step", key - 64),
        _ => return plain.to_owned(),
    };
    format!("{family}-{}", index + 1)
}

/// The class that fills a mark or a swatch with a series colour.
pub(crate) fn series_fill_class(colour: SeriesColour) -> String {
    format!("fill-{}", class(key(Ink::Series(colour))))
}

struct ClassBackend<'a> {
    text: &'a mut String,
    canvas: (u32, u32),
}

/// A length of the canvas in CSS pixels, as short as it can be written.
fn px(units: i32) -> f64 {
    f64::from(units) / SUBPIXELS
}

fn class_of(colour: BackendColor) -> String {
    class(colour.rgb.0)
}

type Drawn = Result<(), DrawingErrorKind<Infallible>>;

impl ClassBackend<'_> {
    fn points(&mut self, points: impl IntoIterator<Item = BackendCoord>) {
        let mut is_first = true;
        for (x, y) in points {
            let _ = write!(self.text, "{}{},{}", if is_first { "" } else { " " }, px(x), px(y));
            is_first = false;
        }
    }
}

impl DrawingBackend for ClassBackend<'_> {
    type ErrorType = Infallible;

    fn get_size(&self) -> (u32, u32) {
        self.canvas
    }

    fn ensure_prepared(&mut self) -> Drawn {
        if self.text.is_empty() {
            let (w, h) = (px(self.canvas.0 as i32), px(self.canvas.1 as i32));
            let _ = write!(
                self.text,
                r#"<svg xmlns="http://www.w3.org/2000/svg" class="plot__svg" viewBox="0 0 {w} {h}" aria-hidden="true">"#
            );
        }
        Ok(())
    }

    fn present(&mut self) -> Drawn {
        self.ensure_prepared()?;
        self.text.push_str("</svg>");
        Ok(())
    }

    fn draw_pixel(&mut self, point: BackendCoord, colour: BackendColor) -> Drawn {
        let (x, y) = (px(point.0), px(point.1));
        let _ = write!(self.text, r#"<rect class="fill-{}" x="{x}" y="{y}" width="1" height="1"/>"#, class_of(colour));
        Ok(())
    }

    fn draw_line<S: BackendStyle>(&mut self, from: BackendCoord, to: BackendCoord, style: &S) -> Drawn {
        self.draw_path([from, to], style)
    }

    fn draw_path<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(&mut self, path: I, style: &S) -> Drawn {
        let width = px(style.stroke_width() as i32);
        let _ =
            write!(self.text, r#"<polyline class="line-{}" stroke-width="{width}" points=""#, class_of(style.color()));
        self.points(path);
        self.text.push_str("\"/>");
        Ok(())
    }

    fn fill_polygon<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(&mut self, path: I, style: &S) -> Drawn {
        let _ = write!(self.text, r#"<polygon class="fill-{}" points=""#, class_of(style.color()));
        self.points(path);
        self.text.push_str("\"/>");
        Ok(())
    }

    fn draw_rect<S: BackendStyle>(&mut self, from: BackendCoord, to: BackendCoord, style: &S, fill: bool) -> Drawn {
        let kind = if fill { "fill" } else { "line" };
        let (x, y, w, h) = (px(from.0), px(from.1), px(to.0 - from.0), px(to.1 - from.1));
        let class = class_of(style.color());
        let _ = write!(self.text, r#"<rect class="{kind}-{class}" x="{x}" y="{y}" width="{w}" height="{h}"/>"#);
        Ok(())
    }

    fn draw_circle<S: BackendStyle>(&mut self, centre: BackendCoord, radius: u32, style: &S, fill: bool) -> Drawn {
        let kind = if fill { "fill" } else { "line" };
        let (x, y, r) = (px(centre.0), px(centre.1), px(radius as i32));
        let _ = write!(self.text, r#"<circle class="{kind}-{}" cx="{x}" cy="{y}" r="{r}"/>"#, class_of(style.color()));
        Ok(())
    }

    fn draw_text<S: BackendTextStyle>(&mut self, text: &str, style: &S, at: BackendCoord) -> Drawn {
        let anchor = match style.anchor().h_pos {
            HPos::Left => "",
            HPos::Center => r#" text-anchor="middle""#,
            HPos::Right => r#" text-anchor="end""#,
        };
        let weight = match style.style() {
            FontStyle::Normal | FontStyle::Oblique | FontStyle::Italic => "",
            FontStyle::Bold => " plot__strong",
        };
        let (x, y) = (px(at.0), px(at.1));
        let class = class_of(style.color());
        let _ = write!(self.text, r#"<text class="fill-{class}{weight}" x="{x}" y="{y}" dy=".35em"{anchor}>"#);
        for sign in text.chars() {
            match sign {
                '<' => self.text.push_str("&lt;"),
                '>' => self.text.push_str("&gt;"),
                '&' => self.text.push_str("&amp;"),
                sign => self.text.push(sign),
            }
        }
        self.text.push_str("</text>");
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Align, Area, Mark, Point, Size, Weight, scene::Hits};
    use super::*;

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
        ];
        let series = (0..8).map(SeriesColour::new).flat_map(|colour| [Ink::Series(colour), Ink::Under(colour)]);
        let steps = (0..7).flat_map(|step| [Ink::Step(step), Ink::OnStep(step)]);
        let mut classes: Vec<String> =
            plain.into_iter().chain(series).chain(steps).map(|ink| class(key(ink))).collect();
        assert!(classes.iter().all(|class| !class.is_empty()));
        let count = classes.len();
        classes.sort_unstable();
        classes.dedup();
        assert_eq!(classes.len(), count);
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
            },
        ];
        let drawn = svg(&Scene { marks, hits: Hits::None, size: Size { w: 20.0, h: 10.0 } });
        insta::assert_snapshot!(drawn.replace("><", ">\n<"), @r#"
        <svg xmlns="http://www.w3.org/2000/svg" class="plot__svg" viewBox="0 0 20 10" aria-hidden="true">
        <rect class="fill-series-1" x="0.25" y="1" width="10" height="5.5"/>
        <polyline class="line-grid" stroke-width="1" points="0,0.5 9,0.5"/>
        <circle class="fill-step-7" cx="3" cy="4" r="2.5"/>
        <text class="fill-text plot__strong" x="5" y="5" dy=".35em" text-anchor="end">&lt;A&amp;B&gt;</text>
        </svg>
        "#);
    }
}
