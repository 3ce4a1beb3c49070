//! What a filter menu offers: values that occur within the scope, counted on the same way as any number.

use super::{
    admission::Lane,
    ask::Asker,
    explain::Trace,
    plan::occurrences,
    resolve::{definition_of, dimension_of, must_have},
    timeline::Timeline,
    waiters::Waiters,
};
use crate::{
    access::Scope,
    events::{EventEngine, Value},
};
use model::{
    metric::{DimensionId, Filter, MetricId},
    problem::Problem,
    time::{Grain, Interval},
};
use std::{cmp::Reverse, collections::BTreeMap};

/// The days looked at, and the most values offered.
const DAYS: i32 = 30;
const MOST_VALUES: usize = 200;

impl<E: EventEngine> Asker<E> {
    /// Values of a dimension over the last 30 days, most frequent first; those that contain `search`, beside the values of
    /// other dimensions that `filters` let in.
    pub(super) async fn filter_values(
        &self,
        lane: Lane,
        scope: &Scope,
        metric: &MetricId,
        dimension: &DimensionId,
        filters: &[Filter],
        search: &str,
    ) -> Result<Vec<String>, Problem> {
        let edition = self.edition(scope);
        let catalogue = &edition.catalogue;
        let metric = definition_of(catalogue, metric)?;
        let dimension = &dimension_of(catalogue, dimension)?.id;
        must_have(catalogue, metric, dimension)?;
        filters.iter().try_for_each(|filter| must_have(catalogue, metric, &filter.dimension))?;
        let now = self.clock.now();
        let to = self.calendar.next(now, Grain::Day);
        let from = self.calendar.start_of(self.calendar.day_of(now).plus(1 - DAYS));
        let Some(interval) = Interval::new(from, to) else {
            return Ok(Vec::new());
        };
        let timeline = Timeline::new(interval, now, self.calendar, None);
        let Some(request) = occurrences(catalogue, scope, metric, dimension, filters, &timeline)? else {
            return Ok(Vec::new());
        };
        let mut answers = self.run([request].into_iter().collect(), &mut Trace::of(Waiters::of(lane))).await;
        let Some((_, answer)) = answers.pop() else {
            return Ok(Vec::new());
        };
        let (answer, parts) = answer?;
        let key = answer.keys.first().copied().unwrap_or_default();
        let wanted = search.trim().to_lowercase();
        let rows = parts.iter().flat_map(|part| part.rows());
        let counted = rows.filter_map(|row| match (row.get(key)?, row.get(answer.measure)?) {
            (Value::Text(value), Value::Integer(count)) => Some((value.clone(), *count)),
            (Value::Integer(value), Value::Integer(count)) => Some((value.to_string(), *count)),
            _ => None,
        });
        let mut values: BTreeMap<String, i64> = BTreeMap::new();
        for (value, count) in counted.filter(|(value, _)| wanted.is_empty() || value.to_lowercase().contains(&wanted)) {
            *values.entry(value).or_default() += count;
        }
        let mut values: Vec<(String, i64)> = values.into_iter().collect();
        // In the order of the values where they are as frequent.
        values.sort_by_key(|(_, count)| Reverse(*count));
        Ok(values.into_iter().take(MOST_VALUES).map(|(value, _)| value).collect())
    }
}
