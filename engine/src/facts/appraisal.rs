//! Results of indicators against their targets.

use crate::events::{Better, Event, fact_rows::AppraisalRow};

/// How far beyond its target an indicator counts towards a score: 120 %, in thousandths.
const CAP_MILLI: i64 = 1_200;

/// The result that an event tells of. A weight that is not said is 1.
pub(crate) fn result(event: &Event) -> Option<AppraisalRow> {
    let (kpi_id, actual_milli, target_milli) = (event.kpi_id.clone()?, event.actual_milli?, event.target_milli?);
    let weight_milli = event.weight_milli.unwrap_or(1_000);
    let attainment_milli = attainment(actual_milli, target_milli, event.better.unwrap_or(Better::Higher));
    let score_milli = attainment_milli.map(|attained| attained.clamp(0, CAP_MILLI) * weight_milli / 1_000);
    Some(AppraisalRow {
        org: event.org,
        province: event.province,
        unit: event.unit.clone(),
        unit_level: event.unit_level.clone(),
        kpi_id,
        actual_milli,
        target_milli,
        weight_milli,
        attainment_milli,
        score_milli,
        ts_ms: event.ts_event,
        day: event.day,
        received_ms: event.ts_received,
        simulated: event.simulated,
    })
}

/// What was reached of a target, in thousandths; where less is better, the target over what was reached. Undefined where
/// the divisor is nothing or negative.
fn attainment(actual: i64, target: i64, better: Better) -> Option<i64> {
    let (of, by) = match better {
        Better::Higher => (actual, target),
        Better::Lower => (target, actual),
    };
    (by > 0).then(|| i64::try_from(i128::from(of) * 1_000 / i128::from(by)).unwrap_or(i64::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;
    use model::time::Timestamp;
    use proptest::prelude::*;

    fn told(actual: i64, target: i64, better: Option<Better>) -> AppraisalRow {
        let event = Event {
            kpi_id: Some("ratings".into()),
            actual_milli: Some(actual),
            target_milli: Some(target),
            weight_milli: Some(400),
            better,
            ..Event::new("1", Timestamp::from_millis(0))
        };
        result(&event).unwrap()
    }

    #[test]
    fn more_is_better_unless_it_is_said() {
        let row = told(900, 1_000, None);
        assert_eq!((row.attainment_milli, row.score_milli), (Some(900), Some(360)));
        let row = told(500, 1_000, Some(Better::Lower));
        assert_eq!((row.attainment_milli, row.score_milli), (Some(2_000), Some(480)), "it counts up to 120 %");
        assert_eq!(told(5, 0, None).attainment_milli, None, "there was nothing to reach");
    }

    proptest! {
        #[test]
        fn a_score_is_never_more_than_its_cap(actual in -1_000_000_000_000_i64..1_000_000_000_000, target in -1_000_000_000_000_i64..1_000_000_000_000) {
            for better in Better::ALL {
                let score = told(actual, target, Some(*better)).score_milli;
                prop_assert!(score.is_none_or(|score| (0..=480).contains(&score)));
            }
        }
    }
}
