//! Numbers that other systems work out and report: downloads, followers, titles on the shelf.

use crate::events::{Event, fact_rows::FigureRow};

/// The figure that an event reports.
pub(crate) fn reported(event: &Event) -> Option<FigureRow> {
    let (figure, value) = (event.figure?, event.figure_value?);
    Some(FigureRow {
        org: event.org,
        province: event.province,
        isp: event.isp.clone(),
        platform: event.platform.clone(),
        unit: event.unit.clone(),
        unit_level: event.unit_level.clone(),
        genre: event.genre.clone(),
        cp_id: event.cp_id.clone(),
        advertiser: event.advertiser.clone(),
        campaign: event.campaign.clone(),
        source_class: event.source_class.clone(),
        figure,
        value,
        ts_ms: event.ts_event,
        day: event.day,
        received_ms: event.ts_received,
        simulated: event.simulated,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::events::Figure;
    use model::time::Timestamp;

    #[test]
    fn a_figure_needs_its_value() {
        let named = Event { figure: Some(Figure::Downloads), ..Event::new("1", Timestamp::from_millis(0)) };
        assert_eq!(reported(&named), None);
        let told = reported(&Event { figure_value: Some(54_600_000), ..named });
        assert_eq!(told.map(|row| (row.figure, row.value)), Some((Figure::Downloads, 54_600_000)));
    }
}
