//! What viewers do beside watching: on pages of the programme guide, of the web and of apps, and in activities.

use crate::events::{
    Event, ParticipationResult,
    fact_rows::{PageRow, ParticipationRow},
    log_bucket,
};

/// Classes of events that say that their page was opened.
const PAGE_CLASSES: [&str; 2] = ["page", "epg"];

/// A page that was opened, or what happened to an element of one. An event that only says where it happened is neither.
pub(crate) fn page(event: &Event) -> Option<PageRow> {
    let page_id = event.page_id.clone()?;
    let is_opening = event.event_class.as_ref().is_some_and(|class| PAGE_CLASSES.contains(&class.as_str()));
    (is_opening || event.element_action.is_some()).then(|| PageRow {
        org: event.org,
        household: event.household.clone(),
        province: event.province,
        isp: event.isp.clone(),
        platform: event.platform.clone(),
        app_version: event.app_version.clone(),
        visit_id: event.visit_id.clone(),
        page_id,
        prev_page_id: event.prev_page_id.clone(),
        slot_id: event.slot_id.clone(),
        poster_id: event.poster_id.clone(),
        content_id: event.content_id.clone(),
        element_action: event.element_action,
        visible_ms: event.visible_ms,
        source_class: event.source_class.clone(),
        campaign: event.campaign.clone(),
        ts_ms: event.ts_event,
        day: event.day,
        received_ms: event.ts_received,
        simulated: event.simulated,
        load_ms: event.load_ms,
        load_bucket: event.load_ms.map(|took_ms| log_bucket(i64::from(took_ms))),
        ttfb_ms: event.ttfb_ms,
        ttfb_bucket: event.ttfb_ms.map(|took_ms| log_bucket(i64::from(took_ms))),
    })
}

/// Taking part in an activity, whatever became of it.
pub(crate) fn participation(event: &Event) -> Option<ParticipationRow> {
    let (activity_id, action) = (event.activity_id.clone()?, event.action?);
    Some(ParticipationRow {
        org: event.org,
        household: event.household.clone(),
        province: event.province,
        isp: event.isp.clone(),
        platform: event.platform.clone(),
        activity_id,
        round: event.round,
        action,
        option_id: event.option_id.clone(),
        result: event.result.unwrap_or(ParticipationResult::Accepted),
        prize_fen: event.prize_fen,
        qr_id: event.qr_id.clone(),
        ts_ms: event.ts_event,
        day: event.day,
        received_ms: event.ts_received,
        simulated: event.simulated,
        took_ms: event.took_ms,
        took_bucket: event.took_ms.map(log_bucket),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::events::{ElementAction, Participation};
    use model::time::Timestamp;

    fn event() -> Event {
        Event::new("1", Timestamp::from_millis(0))
    }

    #[test]
    fn only_what_happens_to_a_page_is_of_a_page() {
        let on = |class: Option<&str>, action| {
            let event_class = class.map(Into::into);
            page(&Event { page_id: Some("home".into()), event_class, element_action: action, ..event() })
        };
        assert!(on(Some("epg"), None).is_some() && on(Some("page"), None).is_some());
        assert!(on(None, Some(ElementAction::Click)).is_some());
        assert!(on(Some("play"), None).is_none(), "a play that was begun there is none of the page");
        assert!(page(&Event { event_class: Some("page".into()), ..event() }).is_none(), "which page?");
    }

    #[test]
    fn a_page_that_is_there_tells_how_long_it_took() {
        let told = Event { page_id: Some("home".into()), element_action: Some(ElementAction::Load), ..event() };
        let loaded = page(&Event { load_ms: Some(1_800), ttfb_ms: Some(120), ..told }).unwrap();
        assert_eq!((loaded.load_ms, loaded.load_bucket), (Some(1_800), Some(log_bucket(1_800))));
        assert_eq!((loaded.ttfb_ms, loaded.ttfb_bucket), (Some(120), Some(log_bucket(120))));
    }

    #[test]
    fn taking_part_is_accepted_unless_it_is_said_not_to_be() {
        let took_part = |result| {
            let (activity_id, action) = (Some("gala".into()), Some(Participation::Vote));
            participation(&Event { activity_id, action, result, ..event() }).unwrap().result
        };
        assert_eq!(took_part(None), ParticipationResult::Accepted);
        assert_eq!(took_part(Some(ParticipationResult::Duplicate)), ParticipationResult::Duplicate);
        assert!(participation(&Event { action: Some(Participation::Vote), ..event() }).is_none(), "in what?");
    }
}
