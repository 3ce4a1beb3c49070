//! One number on a sheet.

use super::{
    pen::{Heaviness, Letters, Pen, Piece},
    sheet::Sheet,
    theme::Role,
};
use crate::{
    chart::{Align, Area, Ink, SeriesColour, Size, SparklineSpec, text_width_px},
    tile::{Direction, Figure, Number, Ought, compare_of, in_full, tone_icon, written},
    words,
};
use model::{
    board::{Look, Tone},
    formatting::{FormattedNumber, change_percent},
    time::Compare,
};

const LEAST_PX: f64 = 28.0;
/// A number with the word of its tone beside it may be smaller, so that the word is whole.
const LEAST_TONED_PX: f64 = 20.0;
const MOST_PX: f64 = 96.0;
/// How much of the height the number takes.
const SHARE: f64 = 0.3;
const CHANGE_PX: f64 = 14.0;
const TONE_PX: f64 = 13.0;
const TONE_ICON_PX: f64 = 16.0;
const BEFORE_TONE_PX: f64 = 12.0;
const TARGET_PX: f64 = 13.0;
/// The bar of the target, what it says, and the room above both.
const TARGET_ROOM_PX: f64 = 38.0;
const PROGRESS_PX: f64 = 5.0;
const LEAST_COURSE_PX: f64 = 24.0;
const MOST_COURSE_PX: f64 = 140.0;

/// How a number is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Written {
    /// With its tone and its target.
    AsOnItsCard,
    /// As on a counter.
    WithAllDigits,
}

pub(super) fn role_of(direction: Direction, rise_is_red: bool) -> Role {
    match (direction, rise_is_red) {
        (Direction::Level, _) => Role::Muted,
        (Direction::Up, true) | (Direction::Down, false) => Role::RiseRed,
        (Direction::Up, false) | (Direction::Down, true) => Role::FallGreen,
    }
}

const fn letters(px: f64, heaviness: Heaviness, role: Role) -> Letters {
    Letters { px, heaviness, role }
}

pub(super) fn draw(pen: &mut Pen, sheet: &Sheet, how: Written, area: Area) {
    let locale = sheet.reading.locale;
    let plain = Look::default();
    let look = sheet.tile.content.look().unwrap_or(&plain);
    let Number { figure, value, said: number } = Number::read(sheet.frame, locale, |value, unit| match how {
        Written::AsOnItsCard => written(value, unit, look, locale),
        Written::WithAllDigits => in_full(value, unit, look, sheet.reading.locale),
    });
    let (tone, ought) = match (how, value) {
        (Written::AsOnItsCard, Some((value, unit))) => {
            let ought = look.target.as_ref().map(|target| Ought::of(target, value, unit, look, locale));
            (look.tone_of(value), ought)
        }
        (Written::AsOnItsCard, None) | (Written::WithAllDigits, _) => (None, None),
    };
    let mut foot = draw_number(pen, sheet, &number, tone, area);
    if let Some(compare) = compare_of(&sheet.tile.content) {
        // Where there is little room, the target goes before what was.
        let target_px = if ought.is_some() { TARGET_ROOM_PX } else { 0.0 };
        if foot + CHANGE_PX * 1.6 + target_px <= area.bottom() || ought.is_none() {
            foot = draw_change(pen, sheet, figure.as_ref(), compare, Area { y: foot, h: area.bottom() - foot, ..area });
        }
    }
    if let Some(ought) = ought {
        foot = draw_target(pen, &ought, tone, Area { y: foot, h: area.bottom() - foot, ..area });
    }
    if let Some(Figure { course, .. }) = figure.filter(|figure| figure.course.len() > 1) {
        let h = (area.bottom() - foot - 8.0).min(MOST_COURSE_PX).floor();
        if h >= LEAST_COURSE_PX {
            let scene = SparklineSpec { values: course }.scene(Size { w: area.w, h });
            pen.scene(&scene, (area.x, area.bottom() - h));
        }
    }
}

/// The number, its unit and how well it does; where they end.
fn draw_number(pen: &mut Pen, sheet: &Sheet, number: &FormattedNumber, tone: Option<Tone>, area: Area) -> f64 {
    let FormattedNumber { figure: number, suffix } = number;
    let unit = suffix.trim();
    let said = tone.map(|tone| words::tone(tone).in_locale(sheet.reading.locale));
    let tone_w = said.map_or(0.0, |said| BEFORE_TONE_PX + TONE_ICON_PX + 4.0 + text_width_px(said, TONE_PX));
    let unit_px = |px: f64| (px * 0.4).round().max(13.0);
    let width = |px: f64| {
        let unit_w = if unit.is_empty() { 0.0 } else { px * 0.12 + text_width_px(unit, unit_px(px)) };
        text_width_px(number, px) + unit_w
    };
    let mut px = (area.h * SHARE).clamp(LEAST_PX, MOST_PX).floor();
    let least = if tone.is_some() { LEAST_TONED_PX } else { LEAST_PX };
    while px > least && width(px) + tone_w > area.w {
        px -= 1.0;
    }
    let role = tone.map_or(Role::Text, |tone| Role::Ink(Ink::Tone(tone)));
    let strong = letters(px, Heaviness::Strong, role);
    let beside = letters(unit_px(px), Heaviness::Medium, Role::Muted);
    // The height of capitals and figures is about seven tenths of the font's.
    let base = area.y + px * 0.88;
    let pieces =
        [Piece { text: number, letters: strong, gap: 0.0 }, Piece { text: unit, letters: beside, gap: px * 0.12 }];
    let shown = if unit.is_empty() { 1 } else { 2 };
    pen.pieces((area.x, base), pieces.get(..shown).unwrap_or_default());
    if let (Some(tone), Some(said)) = (tone, said) {
        let (x, middle) = (area.x + width(px) + BEFORE_TONE_PX, base - px * 0.36);
        pen.icon(tone_icon(tone), (x, middle - TONE_ICON_PX / 2.0), TONE_ICON_PX, role);
        let x = x + TONE_ICON_PX + 4.0;
        pen.label((x, middle), Align::Start, letters(TONE_PX, Heaviness::Medium, role), said, area.right() - x + 1.0);
    }
    base + px * 0.22
}

/// How it changed and against what; where that ends.
fn draw_change(pen: &mut Pen, sheet: &Sheet, figure: Option<&Figure>, compare: Compare, area: Area) -> f64 {
    let locale = sheet.reading.locale;
    let (said, role) = match figure.and_then(|figure| figure.change_percent) {
        Some(percent) => {
            let direction = Direction::of(percent);
            let said = format!("{} {}", direction.arrow(), change_percent(percent));
            (said, role_of(direction, sheet.rise_is_red))
        }
        None => (words::NOTHING_TO_COMPARE.in_locale(locale).to_owned(), Role::Muted),
    };
    let against = words::compared_with(compare).in_locale(locale);
    let changed = letters(CHANGE_PX, Heaviness::Medium, role);
    let than = letters(CHANGE_PX, Heaviness::Regular, Role::Faint);
    let pieces = [Piece { text: &said, letters: changed, gap: 0.0 }, Piece { text: against, letters: than, gap: 8.0 }];
    pen.pieces((area.x, area.y + CHANGE_PX), &pieces);
    area.y + CHANGE_PX * 1.6
}

/// The target, and how much of it is reached; where that ends.
fn draw_target(pen: &mut Pen, ought: &Ought, tone: Option<Tone>, area: Area) -> f64 {
    let mut top = area.y + 8.0;
    if let Some(share) = ought.share {
        let role = tone.map_or(Role::Ink(Ink::Series(SeriesColour::FIRST)), |tone| Role::Ink(Ink::Tone(tone)));
        pen.progress(Area { y: top, h: PROGRESS_PX, ..area }, share / 100.0, role);
        top += PROGRESS_PX + 5.0;
    }
    let said = letters(TARGET_PX, Heaviness::Regular, Role::Muted);
    pen.label((area.x, top + TARGET_PX / 2.0 + 1.0), Align::Start, said, &ought.said, area.w);
    top + TARGET_PX + 6.0
}
