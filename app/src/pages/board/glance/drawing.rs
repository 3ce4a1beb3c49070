//! The cards of the server's page, kept up to date.

use super::page::Page;
use crate::pages::board::filling::{Filling, age_in_whole_minutes};
use components::{
    Filled,
    chart::{ChartSpec, Reading, Size, svg},
    tile::{BodyPicture, CardPicture, Sketch, legend_over},
};
use leptos::prelude::*;
use model::{
    appearance::HouseStyle,
    board::{TileAnswer, TileFrame, TileId},
    time::Timestamp,
};
use std::collections::BTreeMap;
use web_sys::Element;

/// Something changed that is more than numbers: the card must be built anew, which only the application can.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct NeedsTheApplication;

/// What a chart is drawn in.
const DRAWING: &str = ".plot__drawing";
/// What stands over it.
const LEGEND: &str = ".legend";

/// A card as it was last drawn.
#[derive(Debug)]
struct Card {
    sketch: Sketch,
    parts: Parts,
    filling: Filling,
    /// The newest answer; `None` while it is the page's own.
    answer: Option<TileAnswer>,
    picture: CardPicture,
    /// How old its numbers were then, in whole minutes: while that is the same, time changes nothing in it.
    age: Option<i64>,
    /// The room for its chart; the server drew for about that.
    size: Option<Size>,
    /// Whether it is in sight or will be soon. What is far is drawn when it comes near.
    is_near: bool,
    is_due: bool,
}

/// The parts of a card that are filled with markup.
#[derive(Debug)]
struct Parts {
    card: Element,
    filled: BTreeMap<&'static str, Filled>,
}

/// The cards of a board.
#[derive(Debug)]
pub(super) struct Cards {
    cards: BTreeMap<TileId, Card>,
}

impl Cards {
    /// The cards as the server drew them.
    pub(super) fn of_page(page: &Page, now: Timestamp) -> Self {
        let mut fillings: BTreeMap<TileId, Filling> = BTreeMap::new();
        for TileFrame { tile, answer } in page.view.frames.clone() {
            fillings.entry(tile).or_default().take(answer);
        }
        let card = |(tile, sketch): &(TileId, Sketch)| {
            let element = document().query_selector(&format!("[data-tile='{tile}']")).ok()??;
            let filling = fillings.get(tile).cloned().unwrap_or_default();
            let (picture, age) = (draw(page, sketch, &filling, now), age(&filling, now));
            let sketch = sketch.clone();
            let parts = Parts { card: element, filled: BTreeMap::new() };
            Some((
                *tile,
                Card { sketch, parts, filling, answer: None, picture, age, size: None, is_near: true, is_due: false },
            ))
        };
        Self { cards: page.told.tiles.iter().filter_map(card).collect() }
    }

    pub(super) fn fillings(&self) -> impl Iterator<Item = &Filling> {
        self.cards.values().map(|card| &card.filling)
    }

    /// What the cards were told since the page was made.
    pub(super) fn answers(&self) -> Vec<TileFrame> {
        let answer = |(tile, card): (&TileId, &Card)| Some(TileFrame { tile: *tile, answer: card.answer.clone()? });
        self.cards.iter().filter_map(answer).collect()
    }

    /// Takes answers, and draws what they change.
    pub(super) fn take(
        &mut self,
        page: &Page,
        answers: Vec<TileFrame>,
        now: Timestamp,
    ) -> Result<(), NeedsTheApplication> {
        let mut drawn = Ok(());
        for TileFrame { tile, answer } in answers {
            let Some(card) = self.cards.get_mut(&tile).filter(|card| !card.filling.is_known(&answer)) else { continue };
            card.answer = Some(answer.clone());
            card.filling.take(answer);
            // Numbers that may not be seen any longer go at once, near or far.
            card.is_due = true;
            if card.is_near || card.filling.frame.is_none() {
                drawn = drawn.and(card.draw(page, now));
            }
        }
        drawn
    }

    /// Draws what changes with time alone.
    pub(super) fn grow_older(&mut self, page: &Page, now: Timestamp) -> Result<(), NeedsTheApplication> {
        let older = |card: &&mut Card| card.is_near && age(&card.filling, now) != card.age;
        self.cards.values_mut().filter(older).try_for_each(|card| card.draw(page, now))
    }

    /// Draws the charts whose code has come.
    pub(super) fn draw_what_waits(&mut self, page: &Page, now: Timestamp) -> Result<(), NeedsTheApplication> {
        let waiting = |card: &&mut Card| card.picture.body == BodyPicture::Coming;
        self.cards.values_mut().filter(waiting).try_for_each(|card| card.draw(page, now))
    }

    /// Says of a card, which that element is, whether it is near; draws it if it came near.
    pub(super) fn come_near(
        &mut self,
        element: &Element,
        is_near: bool,
        page: &Page,
        now: Timestamp,
    ) -> Result<(), NeedsTheApplication> {
        let Some(card) = self.cards.values_mut().find(|card| card.parts.card == *element) else { return Ok(()) };
        card.is_near = is_near;
        let is_older = age(&card.filling, now) != card.age;
        if is_near && (card.is_due || is_older) { card.draw(page, now) } else { Ok(()) }
    }

    /// Draws what is far as well: it is printed, or taken over.
    pub(super) fn draw_what_is_due(&mut self, page: &Page, now: Timestamp) -> Result<(), NeedsTheApplication> {
        let due = self.cards.values_mut().filter(|card| card.is_due);
        due.map(|card| card.draw(page, now)).fold(Ok(()), Result::and)
    }

    /// The elements of the cards.
    pub(super) fn elements(&self) -> impl Iterator<Item = &Element> {
        self.cards.values().map(|card| &card.parts.card)
    }

    /// The elements that charts stand in.
    pub(super) fn plots(&self) -> impl Iterator<Item = Element> {
        self.cards.values().filter_map(Card::plot)
    }

    /// Lays out anew the charts whose room is not what they were drawn for.
    pub(super) fn measure(&mut self) {
        for card in self.cards.values_mut() {
            let Some(plot) = card.plot() else { continue };
            let size = Size { w: f64::from(plot.client_width()), h: f64::from(plot.client_height()) };
            // What is hidden has no size; it is measured again when it comes back.
            if size.w >= 1.0 && size.h >= 1.0 && card.size != Some(size) {
                card.size = Some(size);
                if let BodyPicture::Chart(spec) = &card.picture.body {
                    card.parts.lay_out(spec, size);
                }
            }
        }
    }
}

impl Card {
    fn plot(&self) -> Option<Element> {
        match &self.picture.body {
            BodyPicture::Chart(_) | BodyPicture::Coming => self.parts.part(".plot"),
            BodyPicture::Still
            | BodyPicture::Figure(_)
            | BodyPicture::Flip(_)
            | BodyPicture::Rows(_)
            | BodyPicture::Ticker(_) => None,
        }
    }

    fn draw(&mut self, page: &Page, now: Timestamp) -> Result<(), NeedsTheApplication> {
        self.is_due = false;
        let picture = draw(page, &self.sketch, &self.filling, now);
        if picture.outline != self.picture.outline {
            self.take_away_what_may_not_be_seen();
            return Err(NeedsTheApplication);
        }
        if picture.badges != self.picture.badges {
            self.parts.fill(".card__badges", &picture.badges);
        }
        if picture.body != self.picture.body {
            match &picture.body {
                BodyPicture::Still | BodyPicture::Coming => {}
                BodyPicture::Figure(markup) => self.parts.fill(".kpi", markup),
                BodyPicture::Flip(markup) => self.parts.fill(".flip", markup),
                BodyPicture::Ticker(markup) => self.parts.fill(".ticker", markup),
                BodyPicture::Rows(markup) => self.parts.fill("tbody", markup),
                BodyPicture::Chart(spec) => {
                    if let Some(size) = self.size {
                        self.parts.lay_out(spec, size);
                    }
                }
            }
        }
        self.picture = picture;
        self.age = age(&self.filling, now);
        Ok(())
    }

    /// Numbers that a problem takes away go at once, and not when the application is there.
    fn take_away_what_may_not_be_seen(&mut self) {
        if self.filling.frame.is_none() {
            for part in [".kpi", ".flip", ".ticker", "tbody", DRAWING, LEGEND] {
                self.parts.fill(part, "");
            }
        }
    }
}

impl Parts {
    fn part(&self, selector: &str) -> Option<Element> {
        self.card.query_selector(selector).ok().flatten()
    }

    fn fill(&mut self, selector: &'static str, markup: &str) {
        if let Some(part) = self.part(selector) {
            self.filled.entry(selector).or_default().fill(&part, markup);
        }
    }

    fn lay_out(&mut self, spec: &ChartSpec, size: Size) {
        self.fill(LEGEND, &legend_over(spec, size.w));
        self.fill(DRAWING, &svg(&spec.scene(size)));
        if let Some(drawing) = self.part(DRAWING) {
            let _ = drawing.set_attribute("aria-label", &spec.summary());
        }
    }
}

fn draw(page: &Page, sketch: &Sketch, filling: &Filling, now: Timestamp) -> CardPicture {
    let HouseStyle { rising, map_approval } = &page.house;
    let (locale, calendar) = (page.locale, page.view.calendar);
    let reading = Reading { names: &page.names, locale, calendar, map_approval: map_approval.as_ref() };
    CardPicture::draw(sketch, &filling.clone().state(age(filling, now)), reading, rising.is_red(), true)
}

fn age(filling: &Filling, now: Timestamp) -> Option<i64> {
    filling.as_of().map(|as_of| age_in_whole_minutes(as_of, now))
}
