//! A tile as a document that stands by itself.

use super::{
    body::Body,
    legend,
    pen::{Heaviness, Letters, Pen, short},
    theme::{Role, Theme},
};
use crate::{
    chart::{Align, Area, Reading, Size, escape_into, text_width_px},
    tile::{Drawing, title_of, truncated_at},
    words,
};
use model::{
    appearance::BaseTheme,
    board::Tile,
    formatting::{clock_time, date_in_full},
    frame::{Frame, Warning},
};
use std::{collections::BTreeSet, fmt};

/// One tile with its numbers, to be drawn as a document.
#[derive(Debug, Clone, Copy)]
pub struct Sheet<'a> {
    pub tile: &'a Tile,
    pub frame: &'a Frame,
    pub reading: Reading<'a>,
    /// Whether red means more (the Chinese convention) or less.
    pub rise_is_red: bool,
    /// The heading while the tile has no title of its own.
    pub title_fallback: &'a str,
    /// Which time and which filters the numbers are of; may be empty.
    pub subtitle: &'a str,
    pub theme: Theme<'a>,
    /// In pixels; kept within [`Sheet::LEAST`] and [`Sheet::MOST`]. On a large sheet everything is larger.
    pub size: Size,
}

/// Why a tile can't be had as a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotExported {
    /// It shows no numbers: a text, a picture, a clock, pages.
    HasNoNumbers,
    /// The code that draws it is on its way; only in a browser.
    NotThereYet,
}

impl fmt::Display for NotExported {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        to.write_str(match self {
            Self::HasNoNumbers => "a tile without numbers can't be exported",
            Self::NotThereYet => "the code that draws this tile has not been loaded yet",
        })
    }
}

impl std::error::Error for NotExported {}

const TITLE: Letters = Letters { px: 16.0, heaviness: Heaviness::Strong, role: Role::Text };
const SUBTITLE: Letters = Letters { px: 12.0, heaviness: Heaviness::Regular, role: Role::Muted };
const FOOT: Letters = Letters { px: 12.0, heaviness: Heaviness::Regular, role: Role::Faint };
const PAD_PX: f64 = 20.0;
const TITLE_LINE_PX: f64 = 24.0;
const LINE_PX: f64 = 18.0;
const BEFORE_BODY_PX: f64 = 10.0;
const BEFORE_FOOT_PX: f64 = 10.0;
/// At this size everything is as large as on a page.
const AS_ON_A_PAGE: Size = Size { w: 560.0, h: 320.0 };
/// In the browser's system whoever has none of them sees what it has.
const FAMILIES: &str = "Noto Sans SC, Noto Sans CJK SC, PingFang SC, Microsoft YaHei, Inter, sans-serif";

impl Sheet<'_> {
    /// Smaller than that nothing can be read.
    pub const LEAST: Size = Size { w: 240.0, h: 160.0 };
    pub const MOST: Size = Size { w: 4_096.0, h: 4_096.0 };

    /// The document. The same sheet gives the same bytes.
    pub fn svg(&self) -> Result<String, NotExported> {
        let body = Body::of(self)?;
        let (size, zoom) = self.size_and_zoom();
        let (w, h) = (size.w / zoom, size.h / zoom);
        let mut pen = Pen::new(self.theme.colours());
        self.begin(&mut pen, size, Size { w, h }, &body);
        pen.surface(Area { x: 0.0, y: 0.0, w, h }, Role::Surface);
        self.draw_corners(&mut pen, w, h);
        let inner = Area { x: PAD_PX, y: PAD_PX - 4.0, w: w - 2.0 * PAD_PX, h: h - 2.0 * PAD_PX + 8.0 };
        let top = self.draw_head(&mut pen, inner);
        let foot = self.draw_foot(&mut pen, inner);
        let entries = body.legend(inner.w);
        let legend_px = legend::height(&entries, inner.w);
        let area = Area { y: top, h: legend_px, ..inner };
        legend::draw(&mut pen, &entries, area, self.reading.locale);
        let top = top + legend_px + BEFORE_BODY_PX;
        body.draw(&mut pen, self, Area { y: top, h: (foot - top).max(1.0), ..inner });
        pen.markup("</svg>\n");
        Ok(pen.into_text())
    }

    /// How large the document is, and how much larger than on a page everything in it: a picture for a slide is looked at
    /// from farther away. Half of the growth goes into detail.
    fn size_and_zoom(&self) -> (Size, f64) {
        let kept = |wished: f64, least: f64, most: f64| {
            if wished.is_finite() { wished.round().clamp(least, most) } else { least }
        };
        let w = kept(self.size.w, Self::LEAST.w, Self::MOST.w);
        let h = kept(self.size.h, Self::LEAST.h, Self::MOST.h);
        let larger = (w / AS_ON_A_PAGE.w).min(h / AS_ON_A_PAGE.h).max(1.0);
        (Size { w, h }, (larger.sqrt() * 4.0).round() / 4.0)
    }

    fn title(&self) -> String {
        title_of(self.tile, self.title_fallback, self.reading.locale)
    }

    fn begin(&self, pen: &mut Pen, size: Size, laid: Size, body: &Body) {
        let (w, h, across, down) = (size.w, size.h, short(laid.w), short(laid.h));
        let language = self.reading.locale.tag();
        pen.markup(&format!(
            r#"<svg xmlns="http://www.w3.org/2000/svg" width="{w}" height="{h}" viewBox="0 0 {across} {down}" xml:lang="{language}" font-family="{FAMILIES}" font-size="12">"#
        ));
        let mut said = String::from("<title>");
        escape_into(&self.title(), &mut said);
        said.push_str("</title>");
        if let Some(summary) = body.summary() {
            said.push_str("<desc>");
            escape_into(&summary, &mut said);
            said.push_str("</desc>");
        }
        pen.markup(&said);
    }

    /// A panel of the wall has a frame and marks in two of its corners.
    fn draw_corners(&self, pen: &mut Pen, w: f64, h: f64) {
        match self.theme {
            Theme::Shipped(BaseTheme::Light | BaseTheme::Dark) | Theme::Own(_) => {}
            Theme::Shipped(BaseTheme::Wall) => {
                let edges = [(0.0, 0.0, w, 1.0), (0.0, h - 1.0, w, 1.0), (0.0, 0.0, 1.0, h), (w - 1.0, 0.0, 1.0, h)];
                for (x, y, w, h) in edges {
                    pen.surface(Area { x, y, w, h }, Role::Line);
                }
                let (long, thick) = (10.0, 2.0);
                let marks = [
                    (0.0, 0.0, long, thick),
                    (0.0, 0.0, thick, long),
                    (w - long, h - thick, long, thick),
                    (w - thick, h - long, thick, long),
                ];
                for (x, y, w, h) in marks {
                    pen.surface(Area { x, y, w, h }, Role::Accent);
                }
            }
        }
    }

    /// Title and subtitle; where they end.
    fn draw_head(&self, pen: &mut Pen, inner: Area) -> f64 {
        let middle = inner.y + TITLE_LINE_PX / 2.0;
        pen.label((inner.x, middle), Align::Start, TITLE, &self.title(), inner.w);
        let foot = inner.y + TITLE_LINE_PX;
        if self.subtitle.trim().is_empty() {
            return foot;
        }
        pen.label((inner.x, foot + LINE_PX / 2.0), Align::Start, SUBTITLE, self.subtitle.trim(), inner.w);
        foot + LINE_PX
    }

    /// What a reader must know of the numbers; where it begins.
    fn draw_foot(&self, pen: &mut Pen, inner: Area) -> f64 {
        let lines = lines(&self.must_be_known(), inner.w);
        let top = inner.bottom() - lines.len() as f64 * LINE_PX;
        for (index, line) in lines.iter().enumerate() {
            let middle = top + (index as f64 + 0.5) * LINE_PX;
            pen.label((inner.x, middle), Align::Start, FOOT, line, inner.w);
        }
        if lines.is_empty() { inner.bottom() } else { top - BEFORE_FOOT_PX }
    }

    /// Simulated, how new, resting on few cases, cut off, of which definition.
    fn must_be_known(&self) -> Vec<String> {
        let Reading { locale, calendar, .. } = self.reading;
        let frame = self.frame;
        let mut said = Vec::new();
        if frame.simulated {
            said.push(words::SIMULATED.in_locale(locale).to_owned());
        }
        if let Some(moment) = frame.as_of {
            let moment = format!("{} {}", date_in_full(moment, calendar, locale), clock_time(moment, calendar));
            said.push(words::as_of(&moment, locale));
        }
        for warning in &frame.warnings {
            match warning {
                Warning::SmallSample { minimum } => said.push(words::fewer_than(*minimum, locale)),
                Warning::SessionsCutOff => said.push(words::SESSIONS_CUT_OFF.in_locale(locale).to_owned()),
                Warning::Truncated { .. } => {}
            }
        }
        if let Some((limit, rows)) = truncated_at(frame) {
            said.push(words::truncated(limit, rows, locale));
        }
        let versions: BTreeSet<u32> = frame.columns.iter().filter_map(|column| column.version).collect();
        said.extend(versions.into_iter().map(|version| words::version(version, locale)));
        said
    }

    /// Whether a tile can be had as a document at all.
    pub fn can_be_drawn(tile: &Tile) -> bool {
        Drawing::of(tile.content.kind()).has_numbers()
    }
}

/// What is said, in as few lines as it fits.
fn lines(said: &[String], width: f64) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for part in said {
        let longer = lines.last().map(|line| format!("{line} · {part}"));
        match (longer, lines.last_mut()) {
            (Some(longer), Some(last)) if text_width_px(&longer, FOOT.px) <= width => *last = longer,
            (_, _) => lines.push(part.clone()),
        }
    }
    lines
}
