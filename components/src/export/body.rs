//! What a sheet shows of a tile's numbers.

use super::{
    figure, frame_table,
    pen::{Heaviness, Letters, Pen},
    pivot_table,
    sheet::{NotExported, Sheet},
    table,
    theme::Role,
};
use crate::{
    chart::{Align, Area, ChartSpec, Ink, LegendEntry, Mark, Point, Scene, Size, Weight, shortened},
    tile::{Drawing, InCellBars, Pivot, Sketch, chart_of_tile, pivot_of_tile},
    words,
};
use model::{formatting::Locale, frame::FrameState};

/// What a sheet shows, read from its frame.
#[derive(Debug)]
pub(super) enum Body {
    Figure(figure::Written),
    Rows(InCellBars),
    Pivot(Pivot),
    Chart(ChartSpec),
    /// Why there is nothing to see.
    Said(&'static str),
}

impl Body {
    pub(super) fn of(sheet: &Sheet) -> Result<Self, NotExported> {
        let Sheet { tile, frame, reading, rise_is_red, .. } = *sheet;
        let locale = reading.locale;
        let drawing = Drawing::of(tile.content.kind());
        if !drawing.has_numbers() {
            return Err(NotExported::HasNoNumbers);
        }
        match frame.state {
            FrameState::Ready => {}
            FrameState::Empty => return Ok(Self::Said(words::EMPTY.in_locale(locale))),
            FrameState::OutsideScope => return Ok(Self::Said(words::OUTSIDE.in_locale(locale))),
        }
        match drawing {
            Drawing::Figure => Ok(Self::Figure(figure::Written::AsOnItsCard)),
            // What flips on a screen stands still in a file.
            Drawing::Flip => Ok(Self::Figure(figure::Written::WithAllDigits)),
            Drawing::Rows => Ok(Self::Rows(InCellBars::FirstMetric)),
            // So does what passes by.
            Drawing::Ticker => Ok(Self::Rows(InCellBars::None)),
            Drawing::Pivot => Ok(match pivot_of_tile(&Sketch::of(&tile.content), frame, reading, rise_is_red) {
                Ok(pivot) => Self::Pivot(pivot),
                // One thing alone makes no pivot table, but a table it makes.
                Err(_) => Self::Rows(InCellBars::None),
            }),
            Drawing::Chart => match chart_of_tile(&Sketch::of(&tile.content), frame, reading, rise_is_red) {
                Some(Ok(spec)) => Ok(Self::Chart(spec)),
                Some(Err(unfit)) => Ok(Self::Said(words::unfit(unfit).0.in_locale(locale))),
                None => Err(NotExported::NotThereYet),
            },
            Drawing::Text
            | Drawing::Image
            | Drawing::Video
            | Drawing::QrCode
            | Drawing::Clock
            | Drawing::Frame
            | Drawing::Filter
            | Drawing::Pages => Err(NotExported::HasNoNumbers),
        }
    }

    pub(super) fn legend(&self, width: f64) -> Vec<LegendEntry> {
        match self {
            Self::Chart(spec) => spec.legend(width),
            Self::Figure(_) | Self::Rows(_) | Self::Pivot(_) | Self::Said(_) => Vec::new(),
        }
    }

    /// What it shows in one sentence, where it is a drawing.
    pub(super) fn summary(&self) -> Option<String> {
        match self {
            Self::Chart(spec) => Some(spec.summary()),
            Self::Figure(_) | Self::Rows(_) | Self::Pivot(_) | Self::Said(_) => None,
        }
    }

    pub(super) fn draw(&self, pen: &mut Pen, sheet: &Sheet, area: Area) {
        let locale = sheet.reading.locale;
        match self {
            Self::Figure(written) => figure::draw(pen, sheet, *written, area),
            Self::Rows(bars) => {
                let rows = sheet.frame.rows.len();
                table::draw(pen, area, rows, locale, |shown| frame_table::columns(sheet, *bars, shown));
            }
            Self::Pivot(pivot) => {
                table::draw(pen, area, pivot.rows.len(), locale, |shown| pivot_table::columns(pivot, shown, locale));
            }
            Self::Chart(spec) => {
                let mut scene = spec.scene(Size { w: area.w, h: area.h });
                say_pictures_left_out(&mut scene, locale);
                pen.scene(&scene, (area.x, area.y));
            }
            Self::Said(words) => {
                let letters = Letters { px: 14.0, heaviness: Heaviness::Regular, role: Role::Muted };
                let centre = area.centre();
                pen.label((centre.x, centre.y), Align::Middle, letters, words, area.w);
            }
        }
    }
}

/// Pictures are fetched, and a file fetches nothing: in the place of each stands a pale surface which says so, where no
/// label stands in the way.
fn say_pictures_left_out(scene: &mut Scene, locale: Locale) {
    const PX: f64 = 12.0;
    const FROM_EDGE_PX: f64 = 12.0;
    let labels: Vec<Area> = scene.marks.iter().filter_map(Mark::label_area).collect();
    let is_free = |mark: &Mark| {
        mark.label_area().is_some_and(|area| !labels.iter().any(|label| label.overlaps(area)) && area.y >= 0.0)
    };
    let mut marks = Vec::with_capacity(scene.marks.len() + 1);
    let mut said = Vec::new();
    for mark in scene.marks.drain(..) {
        match mark {
            Mark::Picture { area, .. } => {
                marks.push(Mark::Rect { area, ink: Ink::Outside });
                let text = shortened(words::PICTURE_LEFT_OUT.in_locale(locale), PX, area.w - 2.0 * FROM_EDGE_PX);
                let x = area.centre().x;
                let label = |y: f64| Mark::Label {
                    at: Point { x, y },
                    text: text.clone(),
                    ink: Ink::OnOutside,
                    align: Align::Middle,
                    weight: Weight::Regular,
                    px: PX,
                };
                let places = [area.bottom() - FROM_EDGE_PX, area.centre().y, area.y + FROM_EDGE_PX];
                said.extend(places.into_iter().map(label).find(|label| !text.is_empty() && is_free(label)));
            }
            mark @ (Mark::Line { .. }
            | Mark::Polygon { .. }
            | Mark::Rect { .. }
            | Mark::Disc { .. }
            | Mark::Label { .. }) => marks.push(mark),
        }
    }
    marks.extend(said);
    scene.marks = marks;
}
