//! All that keeps a query from being answered, for those who write queries down beforehand.

use super::{check_size, course::along_time, dimension_of, must_have, must_step, names::metric_of, resolve};
use crate::metrics::catalogue::Catalogue;
use model::{
    metric::{DimensionId, GroupBy, MetricQuery},
    problem::Problem,
    time::{Calendar, Timestamp},
};

impl Catalogue {
    /// Every metric, dimension and step that the query can't have; where those are right, what else is wrong with it.
    pub fn problems_of(&self, query: &MetricQuery, now: Timestamp, calendar: Calendar) -> Vec<Problem> {
        let mut problems: Vec<Problem> = check_size(query).err().into_iter().collect();
        let mut metrics = Vec::new();
        for metric in &query.metrics {
            match metric_of(self, metric) {
                Ok(metric) => metrics.push(metric),
                Err(problem) => problems.push(problem),
            }
        }
        for dimension in dimensions_of(query) {
            match dimension_of(self, dimension) {
                Ok(_) => problems
                    .extend(metrics.iter().filter_map(|metric| must_have(self, &metric.metric, dimension).err())),
                Err(problem) => problems.push(problem),
            }
        }
        if let Some(grain) = query.grain() {
            problems.extend(metrics.iter().filter_map(|metric| must_step(&metric.metric, grain).err()));
        }
        if let Some(step) = query.course {
            let courses = metrics.iter().filter_map(along_time);
            problems.extend(courses.filter_map(|metric| must_step(&metric.metric, step).err()));
        }
        if problems.is_empty() {
            problems.extend(resolve(self, query, now, calendar).err());
        }
        problems
    }

    /// Why nothing can be filtered by a dimension, where it is none.
    pub fn problem_of_dimension(&self, dimension: &DimensionId) -> Option<Problem> {
        dimension_of(self, dimension).err()
    }
}

/// Each that the query splits or filters by, once.
fn dimensions_of(query: &MetricQuery) -> Vec<&DimensionId> {
    let by = query.by.iter().filter_map(|by| match by {
        GroupBy::Dimension(dimension) => Some(dimension),
        GroupBy::Time(_) => None,
    });
    let mut dimensions = Vec::new();
    for dimension in by.chain(query.filters.iter().map(|filter| &filter.dimension)) {
        if !dimensions.contains(&dimension) {
            dimensions.push(dimension);
        }
    }
    dimensions
}

#[cfg(test)]
mod tests {
    use super::*;
    use model::problem::ProblemCode;

    fn codes(query: &str) -> Vec<ProblemCode> {
        let query = serde_json::from_str(query).unwrap();
        let catalogue = Catalogue::shipped().unwrap();
        let problems = catalogue.problems_of(&query, Timestamp::from_millis(1_763_611_200_000), Calendar::CHINA);
        problems.into_iter().map(|problem| problem.code).collect()
    }

    #[test]
    fn one_problem_hides_no_other() {
        assert_eq!(codes(r#"{"metrics":["content.plays"],"by":["province"],"time":"today"}"#), []);
        let many = r#"{"metrics":["content.plais","tv.rating_pctt","content.plays"],"by":["nowhere"],
            "where":[{"dim":"programme_id_of_old","in":["a"]}],"time":"today","limit":0}"#;
        let unknown = ProblemCode::UnknownDimension;
        assert_eq!(
            codes(many),
            [ProblemCode::InvalidQuery, ProblemCode::UnknownMetric, ProblemCode::UnknownMetric, unknown, unknown]
        );
        let steps = r#"{"metrics":["content.plays"],"by":[{"time":"minute"}],"time":"this_year","limit":100}"#;
        assert_eq!(codes(steps), [ProblemCode::TooManySteps], "what only the whole query can tell");
    }
}
