//! What happens in a media network: manuscripts, advertisements, and the services of the house.

use crate::events::{
    ArticleAction, Event,
    fact_rows::{AdRow, ArticleRow, ServiceRow},
    log_bucket,
};

/// Something that happened to a manuscript.
pub(crate) fn article(event: &Event) -> Option<ArticleRow> {
    let (article_id, action) = (event.article_id.clone()?, event.article_action?);
    let reads = match action {
        ArticleAction::Read => event.reads.unwrap_or(1),
        ArticleAction::Submit
        | ArticleAction::Adopt
        | ArticleAction::Publish
        | ArticleAction::Share
        | ArticleAction::Reprint => 0,
    };
    Some(ArticleRow {
        org: event.org,
        household: event.household.clone(),
        province: event.province,
        isp: event.isp.clone(),
        platform: event.platform.clone(),
        unit: event.unit.clone(),
        unit_level: event.unit_level.clone(),
        article_id,
        action,
        reprint_of: event.reprint_of.clone(),
        reads,
        campaign: event.campaign.clone(),
        ts_ms: event.ts_event,
        day: event.day,
        received_ms: event.ts_received,
        simulated: event.simulated,
    })
}

/// Something that happened to an advertisement. A place that asks for one knows of none yet.
pub(crate) fn advertisement(event: &Event) -> Option<AdRow> {
    Some(AdRow {
        org: event.org,
        household: event.household.clone(),
        province: event.province,
        isp: event.isp.clone(),
        platform: event.platform.clone(),
        unit: event.unit.clone(),
        unit_level: event.unit_level.clone(),
        ad_id: event.ad_id.clone(),
        advertiser: event.advertiser.clone(),
        campaign: event.campaign.clone(),
        action: event.ad_action?,
        visible_ms: event.visible_ms,
        ts_ms: event.ts_event,
        day: event.day,
        received_ms: event.ts_received,
        simulated: event.simulated,
        channel_id: event.channel_id.clone(),
    })
}

/// A step in the use of a service.
pub(crate) fn service(event: &Event) -> Option<ServiceRow> {
    let (service, action) = (event.service?, event.service_action?);
    Some(ServiceRow {
        org: event.org,
        household: event.household.clone(),
        province: event.province,
        isp: event.isp.clone(),
        platform: event.platform.clone(),
        unit: event.unit.clone(),
        unit_level: event.unit_level.clone(),
        service,
        action,
        took_ms: event.took_ms,
        took_bucket: event.took_ms.map(log_bucket),
        ts_ms: event.ts_event,
        day: event.day,
        received_ms: event.ts_received,
        simulated: event.simulated,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::events::{AdAction, Service, ServiceAction};
    use model::time::Timestamp;

    fn event() -> Event {
        Event::new("1", Timestamp::from_millis(0))
    }

    #[test]
    fn only_a_reading_has_reads() {
        let happens = |action, reads| {
            let event = Event { article_id: Some("a".into()), article_action: Some(action), reads, ..event() };
            article(&event).unwrap().reads
        };
        assert_eq!(happens(ArticleAction::Read, None), 1);
        assert_eq!(happens(ArticleAction::Read, Some(300)), 300, "counters of other platforms tell many at once");
        assert_eq!(happens(ArticleAction::Publish, Some(300)), 0);
        assert!(article(&Event { article_id: Some("a".into()), ..event() }).is_none(), "what happened to it?");
    }

    #[test]
    fn a_spot_goes_on_air_on_a_channel() {
        let spot = Event { ad_action: Some(AdAction::Air), channel_id: Some("X".into()), ..event() };
        assert_eq!(advertisement(&spot).unwrap().channel_id.as_deref(), Some("X"));
    }

    #[test]
    fn a_step_is_one_of_a_service() {
        let asked = Event { service: Some(Service::Help), service_action: Some(ServiceAction::Ask), ..event() };
        assert!(service(&asked).is_some_and(|row| row.took_bucket.is_none()));
        assert!(service(&Event { service_action: None, ..asked }).is_none());
    }
}
