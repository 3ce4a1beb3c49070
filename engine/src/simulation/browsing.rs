//! Ways through the programme guide: those that lead to a session, and those that lead to none.

use super::{
    chance::{Chance, Urn},
    occurrence::known,
    session::Played,
};
use crate::events::{ElementAction, Event};

/// Of so many sessions the guide tells how they were come by; the others begin by a number key or by an app that tells nothing.
const TOLD: f64 = 0.2;
/// Of so many evenings somebody looks around once more and finds nothing; of those, so many click on something.
const LOOKS_AROUND: f64 = 0.5;
const CLICKS_IN_VAIN: f64 = 0.6;
const HOME: &str = "home";

/// Something that happens on a page.
#[derive(Debug, Clone, Copy)]
pub(super) struct PageStep {
    pub(super) at_ms: i64,
    /// Which one of the visit.
    pub(super) index: u32,
    pub(super) page: &'static str,
    pub(super) previous: Option<&'static str>,
    pub(super) slot: Option<&'static str>,
    pub(super) poster: Option<&'static str>,
    pub(super) content: Option<&'static str>,
    pub(super) action: Option<ElementAction>,
    pub(super) visible_ms: Option<i32>,
}

impl PageStep {
    pub(super) fn tell(self, event: Event) -> Event {
        Event {
            page_id: known(self.page),
            prev_page_id: self.previous.and_then(known),
            slot_id: self.slot.and_then(known),
            poster_id: self.poster.and_then(known),
            content_id: self.content.and_then(known),
            element_action: self.action,
            visible_ms: self.visible_ms,
            ..event
        }
    }
}

/// The slots of the home page with their posters, by how often they are clicked.
fn slots() -> Urn<(&'static str, &'static str)> {
    Urn::new(
        (("banner", "poster-春晚"), 0.34),
        [
            (("row-1", "poster-热播剧"), 0.24),
            (("row-1", "poster-院线"), 0.16),
            (("row-2", "poster-少儿"), 0.12),
            (("row-2", "poster-纪录"), 0.08),
            (("menu", "poster-会员"), 0.06),
        ],
    )
}

/// What is told of the way to a session; mostly nothing.
pub(super) fn steps(played: &Played, chance: &mut Chance) -> Vec<PageStep> {
    let Some(start_ms) = played.changes.first().map(|change| change.at_ms) else { return Vec::new() };
    if !chance.happens(TOLD) {
        return Vec::new();
    }
    let began_ms = start_ms - chance.millis_between(8_000, 11_000);
    let watched = played.session.watched;
    let blank = PageStep {
        at_ms: began_ms,
        index: 0,
        page: HOME,
        previous: None,
        slot: None,
        poster: None,
        content: None,
        action: None,
        visible_ms: None,
    };
    let urn = slots();
    let mut steps = vec![blank];
    let mut happens = |after_ms: i64, step: PageStep| {
        let index = steps.len() as u32;
        steps.push(PageStep { at_ms: began_ms + after_ms, index, ..step });
    };
    for after_ms in [2_200, 2_600] {
        let (slot, poster) = chance.choose(&urn);
        let visible_ms = Some(chance.millis_between(900, 6_000) as i32);
        let seen = PageStep { slot: Some(slot), poster: Some(poster), visible_ms, ..blank };
        happens(after_ms, PageStep { action: Some(ElementAction::Impression), ..seen });
    }
    let (slot, poster) = chance.choose(&urn);
    let clicked = PageStep { slot: Some(slot), poster: Some(poster), ..blank };
    let content = watched.content().map(|content| content.id);
    happens(4_000, PageStep { action: Some(ElementAction::Click), content, ..clicked });
    let page = match (content, chance.happens(0.3)) {
        (None, _) => "channels",
        (Some(_), true) => "search",
        (Some(_), false) => "library",
    };
    happens(4_300, PageStep { page, previous: Some(HOME), ..blank });
    if content.is_some() {
        happens(6_500, PageStep { page: "detail", previous: Some(page), content, ..blank });
    }
    steps
}

/// A look around after the last session, which leads nowhere; in half of the evenings.
pub(super) fn looking_around(after_ms: i64, chance: &mut Chance) -> Vec<PageStep> {
    if !chance.happens(LOOKS_AROUND) {
        return Vec::new();
    }
    let began_ms = after_ms + chance.millis_between(15_000, 90_000);
    let (slot, poster) = chance.choose(&slots());
    let blank = PageStep {
        at_ms: began_ms,
        index: 0,
        page: HOME,
        previous: None,
        slot: None,
        poster: None,
        content: None,
        action: None,
        visible_ms: None,
    };
    let on_poster = PageStep { slot: Some(slot), poster: Some(poster), ..blank };
    let visible_ms = Some(chance.millis_between(900, 6_000) as i32);
    let seen_at_ms = began_ms + chance.millis_between(1_500, 4_000);
    let mut steps = vec![
        blank,
        PageStep { at_ms: seen_at_ms, index: 1, action: Some(ElementAction::Impression), visible_ms, ..on_poster },
    ];
    if chance.happens(CLICKS_IN_VAIN) {
        let clicked_at_ms = seen_at_ms + chance.millis_between(800, 5_000);
        steps.push(PageStep { at_ms: clicked_at_ms, index: 2, action: Some(ElementAction::Click), ..on_poster });
        let at_ms = clicked_at_ms + chance.millis_between(200, 700);
        steps.push(PageStep { at_ms, index: 3, page: "library", previous: Some(HOME), ..blank });
    }
    steps
}
