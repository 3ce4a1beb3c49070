use super::resolve;
use crate::metrics::catalogue::Catalogue;
use model::{
    metric::{Filter, FilterValues, GroupBy, MetricQuery, MetricRef},
    time::{Calendar, CalendarWord, TimeRange, Timestamp},
};

/// The menus of the builder offer what the chosen metrics have in common; all of it must be answerable.
#[test]
fn whatever_two_metrics_have_in_common_resolves() {
    let catalogue = Catalogue::shipped().unwrap();
    let now = Timestamp::parse("2026-11-21T10:20:30+08:00").unwrap();
    let reference = |metric: &crate::metrics::catalogue::Metric| MetricRef {
        stat: metric.stats.last().copied(),
        ..MetricRef::plain(metric.id.clone())
    };
    for one in catalogue.metrics() {
        for other in catalogue.metrics() {
            let mut query = MetricQuery::of(reference(one), TimeRange::Word(CalendarWord::Today));
            if one.id != other.id {
                query.metrics.push(reference(other));
            }
            let common = one.dimensions.iter().filter(|dimension| other.dimensions.contains(dimension));
            let values = FilterValues::In(vec![Some("ZJ".to_owned())]);
            query.filters = common.clone().map(|id| Filter { dimension: id.clone(), values: values.clone() }).collect();
            let grains = one.grains.iter().filter(|grain| other.grains.contains(grain));
            let ways = common.cloned().map(GroupBy::Dimension).chain(grains.copied().map(GroupBy::Time));
            for by in ways {
                query.by = vec![by];
                let resolved = resolve(&catalogue, &query, now, Calendar::CHINA);
                assert!(resolved.is_ok(), "{} and {}: {:?}", one.id, other.id, resolved.err());
            }
        }
    }
}
